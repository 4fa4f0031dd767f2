//! Recommendations to suspend trade: the Species+ download, and the shapes in which UNEP-WCMC hands them on.

use cites::{Day, Kingdom};

use super::sheet::{Problems, Row, Sheet};
use super::{ImportError, OfficialFormat, Read, value};

/// A row of a suspensions download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspensionRow {
    /// The line on which it starts.
    pub line: usize,
    /// The kingdom, where one is given.
    pub kingdom: Option<Kingdom>,
    /// The taxon's name; empty for all taxa.
    pub taxon: String,
    /// The identifier of the taxon; 0 where none is given.
    pub taxon_id: u32,
    /// The rank as written.
    pub rank: String,
    /// The Party as written, a code or its name in English; empty for all.
    pub party: String,
    /// The first day, where one is given.
    pub from: Option<Day>,
    /// The day of its end, where one is given.
    pub until: Option<Day>,
    /// The notification that began it, as written.
    pub notification: String,
    /// Whether the download says that it holds, where it says so.
    pub holds: Option<bool>,
    /// The terms it is for; empty is all.
    pub terms: Vec<String>,
    /// The sources it is for; empty is all.
    pub sources: Vec<String>,
    /// The purposes that the cell names, as written.
    pub purposes: Vec<String>,
    /// The note, without markup.
    pub note: String,
}

/// Reads suspensions.
///
/// # Errors
/// The text has no header, or the header lacks a column that is needed.
pub fn suspensions_csv(text: &str) -> Result<Read<SuspensionRow>, ImportError> {
    let sheet = Sheet::open(text)?;
    if sheet.column(&["party", "ISO code", "iso_code2"]).is_none() {
        sheet.require(&["party"], OfficialFormat::Suspensions)?;
    }
    let columns: [&[&str]; 14] = [
        &["Kingdom"],
        &["Full Name", "FullName", "taxon_name"],
        &["RecID", "taxon_concept_id"],
        &["Rank"],
        &["party", "ISO code", "iso_code2"],
        &["start_date"],
        &["end_date"],
        &["start_notification", "StartNotificationID"],
        &["valid", "IsCurrent"],
        &["Terms", "Term"],
        &["Sources", "Source"],
        &["Purposes", "Purpose"],
        &["notes"],
        &["Remarks"],
    ];
    let at = columns.map(|names| sheet.column(names));
    Ok(sheet.read(|row, problems| suspension_row(row, at, problems)))
}

fn suspension_row(row: &Row<'_>, at: [Option<usize>; 14], problems: &mut Problems) -> Option<SuspensionRow> {
    let mut row = row.clone();
    if row.join_split_lists() {
        problems.cell(
            "",
            "a list without quotes was split into cells".to_owned(),
            "it was joined again; check the row",
        );
    }
    let [
        kingdom,
        taxon,
        id,
        rank,
        party,
        from,
        until,
        notification,
        holds,
        terms,
        sources,
        purposes,
        note,
        remark,
    ] = at.map(|column| row.cell(column));
    let holds = match holds {
        "1" | "true" | "TRUE" | "t" => Some(true),
        "0" | "false" | "FALSE" | "f" => Some(false),
        _ => None,
    };
    let (taxon, party) = (value::not_all(taxon), value::not_all(party));
    if taxon.is_empty() && party.is_empty() {
        problems.lost("party", "neither a taxon nor a Party".to_owned(), "the row is left out");
        return None;
    }
    Some(SuspensionRow {
        line: row.line,
        kingdom: kingdom.parse().ok(),
        taxon,
        taxon_id: id.parse().unwrap_or(0),
        rank: value::not_all(rank),
        party,
        from: value::day(from, "start_date", problems),
        until: value::day(until, "end_date", problems),
        notification: notification.to_owned(),
        holds,
        terms: value::codes(terms),
        sources: value::codes(sources),
        purposes: value::codes(purposes),
        note: value::remarks([note, remark]),
    })
}
