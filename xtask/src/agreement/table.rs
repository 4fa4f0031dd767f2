//! The one table of all comparisons, and the counts by cause in the document of known differences.
//!
//! Source of truth: the rows that were found. The same rows give the same text, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::known::{self, Cause, Known, Whose};

/// The document that says the causes, and the lines between which their counts stand.
pub const DOCUMENT: &str = "docs/reference/known-differences.md";
const OPENS: &str = "<!-- counts: written by `cargo xtask agreement --write` -->\n";
const CLOSES: &str = "<!-- end of the counts -->";

/// Groups of trade records shown at least, by how many rows they have.
const GROUP_LEAST: usize = 5;

/// A line of the table.
pub struct Line<'l> {
    pub state: &'l str,
    pub rows: usize,
    pub differ: usize,
    /// Of those that differ, the rows that are the other side's.
    pub theirs: usize,
}

/// The table as text.
pub fn text(lines: &[Line<'_>]) -> String {
    let mut out = format!(
        "{:<27} {:>7} {:>7} {:>9} {:>7} {:>10}\n",
        "state", "rows", "differ", "agree", "theirs", "set aside"
    );
    for line in lines {
        let (agree, aside) = (line.rows - line.differ, line.rows - line.theirs);
        let _ = writeln!(
            out,
            "{:<27} {:>7} {:>7} {:>7} % {:>7} {:>8} %",
            line.state,
            line.rows,
            line.differ,
            percent(agree, line.rows),
            line.theirs,
            percent(agree, aside)
        );
    }
    out
}

/// `part` of `whole` in thousandths of a percent, cut and never rounded up, so that 100 % is all.
pub fn percent(part: usize, whole: usize) -> String {
    let thousandths = part * 100_000 / whole.max(1);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// How many of `known` are the other side's.
pub fn theirs(known: &Known) -> usize {
    known.values().filter(|cause| cause.whose == Whose::Theirs).count()
}

/// The document with the counts of the files of differences in `root`.
///
/// # Errors
/// A file of differences cannot be read, or the document has no place for the counts.
pub fn document(root: &Path) -> Result<String> {
    let text =
        std::fs::read_to_string(root.join(DOCUMENT)).with_context(|| format!("reading `{DOCUMENT}`"))?;
    let parts = text.split_once(OPENS).and_then(|(before, rest)| Some((before, rest.split_once(CLOSES)?.1)));
    let Some((before, after)) = parts else {
        bail!("`{DOCUMENT}` has no place for the counts, between `{}` and `{CLOSES}`", OPENS.trim())
    };
    Ok(format!("{before}{OPENS}{}{CLOSES}{after}", counts(&root.join(known::FOLDER))?))
}

fn counts(folder: &Path) -> Result<String> {
    let mut out = String::from("\n| state | rows | differ | whose | cause |\n|---|---|---|---|---|\n");
    let mut files = BTreeMap::new();
    for figure in known::figures(folder)? {
        let known = known::read(&folder.join(&figure.file))?;
        let mut of_cause: BTreeMap<(Whose, &str), usize> = BTreeMap::new();
        for Cause { whose, cause, .. } in known.values() {
            *of_cause.entry((*whose, cause)).or_default() += 1;
        }
        let (rows, differ) = (figure.rows, figure.differ);
        let _ = writeln!(
            out,
            "| **{}** | {rows} | {differ} | | {} % agree |",
            figure.state,
            percent(rows - differ, rows)
        );
        let mut sorted: Vec<_> = of_cause.into_iter().collect();
        sorted.sort_by_key(|((whose, cause), count)| (*whose, std::cmp::Reverse(*count), *cause));
        for ((whose, cause), count) in sorted {
            let _ = writeln!(out, "| | | {count} | {whose} | {cause} |");
        }
        files.insert(figure.file, known);
    }
    for (file, known) in files.iter().filter(|(file, _)| file.starts_with("trade")) {
        groups(&mut out, file, known);
    }
    Ok(out)
}

/// The largest groups of trade records: taxon, population, what is stated and what the law says.
fn groups(out: &mut String, file: &str, known: &Known) {
    let mut of_group: BTreeMap<[&str; 5], (usize, usize)> = BTreeMap::new();
    for (difference, cause) in known {
        let (taxon, population) = taxon_and_population(&difference.row);
        let key = [taxon, population, &difference.official, &difference.book, &cause.cause];
        let (rows, in_part) = of_group.entry(key).or_default();
        *rows += 1;
        *in_part += usize::from(!cause.part.is_empty());
    }
    let mut groups: Vec<_> = of_group.into_iter().filter(|(_, (rows, _))| *rows >= GROUP_LEAST).collect();
    groups.sort_by_key(|(key, (rows, _))| (std::cmp::Reverse(*rows), *key));
    let _ = writeln!(out, "\nThe groups of {GROUP_LEAST} rows and more in [{file}](differences/{file}):\n");
    out.push_str(
        "| rows | law changed | taxon | population | stated | law | cause |\n|---|---|---|---|---|---|---|\n",
    );
    for ([taxon, population, stated, law, cause], (rows, changed)) in groups {
        let _ =
            writeln!(out, "| {rows} | {changed} | *{taxon}* | {population} | {stated} | {law} | {cause} |");
    }
}

/// `Falco cherrug 2004: FR to JP of MN; live T` is of *Falco cherrug* and of Mongolia.
fn taxon_and_population(row: &str) -> (&str, &str) {
    let (head, rest) = row.split_once(": ").unwrap_or((row, ""));
    let taxon = head.rsplit_once(' ').map_or(head, |(taxon, _)| taxon);
    let states = rest.split(';').next().unwrap_or("");
    let exporter = states.split(' ').next().unwrap_or("");
    (taxon, states.split_once(" of ").map_or(exporter, |(_, origin)| origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_cut_and_never_rounded_up() {
        assert_eq!(percent(99_999, 100_000), "99.999");
        assert_eq!(percent(999_999, 1_000_000), "99.999");
        assert_eq!(percent(7, 7), "100.000");
        assert_eq!(percent(1, 3), "33.333");
    }

    #[test]
    fn the_table_sets_aside_what_is_the_other_sides() {
        let line = Line { state: "Index", rows: 1000, differ: 10, theirs: 8 };
        let text = text(&[line]);
        assert!(
            text.ends_with("Index                          1000      10  99.000 %       8   99.798 %\n"),
            "{text}"
        );
    }

    #[test]
    fn a_record_tells_its_population() {
        let told = taxon_and_population("Falco cherrug 2004: FR to JP of MN; live T W");
        assert_eq!(told, ("Falco cherrug", "MN"));
        assert_eq!(taxon_and_population("Falco spp. 2004: FR to JP; live").1, "FR");
    }
}
