//! Corrections of the history that no download gives, each a row with its reason and source.

use std::path::Path;

use anyhow::{Result, bail};

use super::chain::{Chain, Entry};
use super::reading;

/// Applies `data/law/corrections.csv`: `open` adds an entry, `copy` gives a taxon
/// the entries of the one it is `like`, `drop` takes out the entries of a taxon that
/// begin on a day, `close` ends them, `population` gives them other populations, `window`
/// says from which day on they may have ended.
///
/// # Errors
/// An unknown action, or a correction that finds nothing to correct.
pub fn apply(chain: &mut Chain<'_>, table: &Path) -> Result<()> {
    if !table.exists() {
        return Ok(());
    }
    for row in reading::rows(table)? {
        let (kingdom, taxon, appendix) = (row.get("kingdom"), row.get("taxon"), row.get("appendix"));
        let is_meant = |entry: &Entry| {
            entry.kingdom == kingdom
                && entry.taxon == taxon
                && entry.appendix == appendix
                && (row.get("match_from").is_empty() || entry.from == row.get("match_from"))
        };
        match row.get("action") {
            "open" => chain.open(entry(&row)),
            "copy" => chain.copy(kingdom, row.get("like"), taxon, None, row.get("reason")),
            "drop" => {
                if !chain.entries.iter().any(is_meant) {
                    bail!("correction of `{taxon}`: no entry of {appendix} to drop");
                }
                chain.entries.retain(|entry| !is_meant(entry));
                chain.reindex();
            }
            "close" | "population" | "window" => {
                let meant: Vec<&mut Entry> =
                    chain.entries.iter_mut().filter(|entry| is_meant(entry)).collect();
                if meant.is_empty() {
                    bail!(
                        "correction of `{taxon}`: no entry of {appendix} from {} to change",
                        row.get("match_from")
                    );
                }
                for entry in meant {
                    amend(entry, &row);
                }
            }
            other => bail!("`{other}` is no action of corrections.csv"),
        }
    }
    Ok(())
}

fn words(cell: &str) -> Vec<String> {
    cell.split_whitespace().map(str::to_owned).collect()
}

fn amend(entry: &mut Entry, row: &reading::Row) {
    match row.get("action") {
        "close" => row.get("until").clone_into(&mut entry.until),
        "window" => row.get("from").clone_into(&mut entry.until_earliest),
        _ => {
            entry.population = words(row.get("population"));
            entry.except_population = words(row.get("except_population"));
        }
    }
    let before = if entry.note.is_empty() { String::new() } else { format!("{}; ", entry.note) };
    entry.note = format!("{before}corrected: {}", row.get("reason"));
    row.get("confidence").clone_into(&mut entry.confidence);
}

fn entry(row: &reading::Row) -> Entry {
    Entry {
        kingdom: row.get("kingdom").to_owned(),
        taxon: row.get("taxon").to_owned(),
        appendix: row.get("appendix").to_owned(),
        party: row.get("party").to_owned(),
        population: words(row.get("population")),
        except_population: words(row.get("except_population")),
        annotation: row.get("annotation").to_owned(),
        note: row.get("reason").to_owned(),
        from: row.get("from").to_owned(),
        until: row.get("until").to_owned(),
        event: row.get("event").to_owned(),
        source: row.get("source").to_owned(),
        confidence: row.get("confidence").to_owned(),
        ..Entry::default()
    }
}
