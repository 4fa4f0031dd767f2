//! The official listing history, 1975 to September 2013: every step of every taxon with its day.
//!
//! Source of truth: the Species+ legislation export (UNEP-WCMC). Identifiers of taxa are unique only
//! within a kingdom and a rank; names are composed from the parents. Interprets nothing: what a step
//! does to the law is in `chain`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use super::reading::{self, Row};

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepKind {
    /// The taxon is in the Appendix from that day.
    Added,
    /// It is out of the Appendix from that day.
    Deleted,
    /// A reservation begins or ends: not a listing.
    Reservation,
}

/// A step of the history.
pub struct Step {
    pub kingdom: &'static str,
    pub rank: String,
    pub taxon: String,
    pub kind: StepKind,
    pub appendix: String,
    pub day: String,
    pub party: String,
    pub population: Vec<String>,
    pub except_population: Vec<String>,
    /// Listed through this higher taxon, not by itself.
    pub included_in: Option<String>,
    pub except_taxa: Vec<String>,
    pub annotation: String,
    pub note: String,
}

/// A taxon of the history's own taxonomy.
pub struct HistoryTaxon {
    pub kingdom: &'static str,
    pub rank: String,
    pub name: String,
    pub parent: Option<String>,
}

/// A synonym of the history's taxonomy.
pub struct HistorySynonym {
    pub kingdom: &'static str,
    pub name: String,
    pub accepted: String,
}

/// The whole history.
pub struct History {
    pub steps: Vec<Step>,
    pub taxa: Vec<HistoryTaxon>,
    pub synonyms: Vec<HistorySynonym>,
    /// Steps whose taxon the export does not name.
    pub nameless: Vec<String>,
}

struct Identified {
    part: String,
    rank: String,
    parent: (String, String),
}

struct Names {
    by_id: HashMap<(String, String), Identified>,
}

impl Names {
    fn full(&self, rank: &str, id: &str) -> Option<String> {
        let own = self.by_id.get(&(rank.to_lowercase(), id.to_owned()))?;
        let part = own.part.trim_start_matches("var. ").trim_start_matches("subsp. ");
        if is_low(&own.rank) {
            let above = self.full(&own.parent.0, &own.parent.1)?;
            return Some(format!("{above} {part}"));
        }
        Some(title_case(part))
    }

    fn parent(&self, rank: &str, id: &str) -> Option<String> {
        let own = self.by_id.get(&(rank.to_lowercase(), id.to_owned()))?;
        self.full(&own.parent.0, &own.parent.1)
    }
}

fn is_low(rank: &str) -> bool {
    matches!(rank, "species" | "subspecies" | "variety")
}

/// `ACCIPITRIDAE` as `Accipitridae`.
pub fn title_case(word: &str) -> String {
    if word.len() > 1 && word.chars().all(|letter| !letter.is_lowercase()) {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        return first + &letters.as_str().to_lowercase();
    }
    word.to_owned()
}

/// Reads both kingdoms from the folder of the history.
///
/// # Errors
/// A file is missing or a day cannot be read.
pub fn read(folder: &Path) -> Result<History> {
    let mut history =
        History { steps: Vec::new(), taxa: Vec::new(), synonyms: Vec::new(), nameless: Vec::new() };
    for (kingdom, stem) in [("Animalia", "animalia"), ("Plantae", "plantae")] {
        let taxa = reading::rows(&folder.join(format!("{stem}_taxa.csv.gz")))?;
        let synonyms = reading::rows(&folder.join(format!("{stem}_synonyms.csv.gz")))?;
        let names = names(&taxa, &synonyms);
        history.taxa.extend(taxa.iter().filter_map(|row| taxon(kingdom, row, &names)));
        history.synonyms.extend(synonyms.iter().filter_map(|row| synonym(kingdom, row, &names)));
        for row in reading::rows(&folder.join(format!("{stem}_legislation.csv.gz")))? {
            match step(kingdom, &row, &names)? {
                Ok(step) => history.steps.push(step),
                Err(nameless) => history.nameless.push(nameless),
            }
        }
    }
    name_parties(&mut history.steps);
    Ok(history)
}

/// An addition to Appendix III that lacks its Party has the Party that later withdraws it.
fn name_parties(steps: &mut [Step]) {
    let is_third = |step: &Step, kind| step.kind == kind && step.appendix == "III";
    let withdrawn: HashMap<(&str, String), String> = steps
        .iter()
        .filter(|step| is_third(step, StepKind::Deleted))
        .map(|step| ((step.kingdom, step.taxon.clone()), step.party.clone()))
        .collect();
    for step in steps.iter_mut().filter(|step| is_third(step, StepKind::Added) && step.party.is_empty()) {
        step.party = withdrawn.get(&(step.kingdom, step.taxon.clone())).cloned().unwrap_or_default();
    }
}

fn names(taxa: &[Row], synonyms: &[Row]) -> Names {
    let mut by_id = HashMap::new();
    let both =
        synonyms.iter().map(|row| (row, "Parent recID")).chain(taxa.iter().map(|row| (row, "ParentRecID")));
    for (row, parent_column) in both {
        let rank = row.get("Rank").to_lowercase();
        let parent = (row.get("ParentRank").to_lowercase(), row.get(parent_column).to_owned());
        let own = Identified { part: row.get("Scientific name").to_owned(), rank: rank.clone(), parent };
        by_id.insert((rank, row.get("RecID").to_owned()), own);
    }
    Names { by_id }
}

fn taxon(kingdom: &'static str, row: &Row, names: &Names) -> Option<HistoryTaxon> {
    let (rank, id) = (row.get("Rank").to_lowercase(), row.get("RecID"));
    if !row.get("Designation").contains("CITES") {
        return None;
    }
    let name = names.full(&rank, id)?;
    // The export calls the kingdom of plants by another name.
    let parent =
        names.parent(&rank, id).map(|above| if above == "Flora" { kingdom.to_owned() } else { above });
    if rank == "kingdom" {
        return None;
    }
    Some(HistoryTaxon { kingdom, rank, name, parent })
}

fn synonym(kingdom: &'static str, row: &Row, names: &Names) -> Option<HistorySynonym> {
    if !row.get("Designation").contains("CITES") {
        return None;
    }
    let name = names.full(row.get("Rank"), row.get("RecID"))?;
    let accepted = names.full(row.get("AcceptedRank"), row.get("AcceptedRecID"))?;
    Some(HistorySynonym { kingdom, name, accepted })
}

/// The inner error names a step that cannot be placed.
fn step(kingdom: &'static str, row: &Row, names: &Names) -> Result<Result<Step, String>> {
    let (rank, id) = (row.get("rank_name").to_lowercase(), row.get("rec_id"));
    // Two records are filed under the rank of the species though the taxon is a lower one.
    let found = [rank.as_str(), "subspecies", "variety"]
        .iter()
        .find_map(|rank| Some(((*rank).to_owned(), names.full(rank, id)?)));
    let Some((rank, taxon)) = found else {
        let what = format!("{kingdom} {rank} {id} {} {}", row.get("listing"), row.get("effective_from"));
        return Ok(Err(what));
    };
    let (kind, appendix) = kind(row.get("listing"));
    let through = (row.get("is_inclusion") == "1").then(|| {
        let above = row.get("RankforInclusions");
        names.full(above, row.get("included_in_RecID")).unwrap_or_default()
    });
    Ok(Ok(Step {
        kingdom,
        rank,
        taxon,
        kind,
        appendix: appendix.to_owned(),
        day: reading::iso_day(row.get("effective_from"))?,
        party: row.get("party_iso2").to_owned(),
        population: codes(row.get("populations_iso2")),
        except_population: codes(row.get("EXCLUDEDpopulations_iso")),
        included_in: through,
        except_taxa: excluded(row.get("excluded_rec_ids"), names),
        annotation: row.get("hash_note").rsplit(' ').next().unwrap_or("").to_owned(),
        note: reading::plain(row.get("short_note_en")),
    }))
}

fn kind(listing: &str) -> (StepKind, &str) {
    if let Some(appendix) = listing.strip_prefix("DEL") {
        return (StepKind::Deleted, appendix);
    }
    match listing.split_once('/') {
        Some((appendix, _)) => (StepKind::Reservation, appendix),
        None => (StepKind::Added, listing),
    }
}

fn codes(cell: &str) -> Vec<String> {
    cell.split([',', ' ', ';']).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn excluded(cell: &str, names: &Names) -> Vec<String> {
    let pairs = cell.split(',').filter_map(|pair| pair.split_once(':'));
    pairs.filter_map(|(rank, id)| names.full(rank.trim(), id.trim())).collect()
}
