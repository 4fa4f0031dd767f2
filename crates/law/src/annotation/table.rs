//! Reading `data/law/annotations.csv`.
//!
//! Source of truth: the table. Two texts of one symbol on one day stop the loading.

use cites::TermSet;
use species::Backbone;

use super::{AnnotationText, Bearing, Covers, clause};
use crate::bars::{codes, overlap, provenance, read_rows, span};
use crate::table::{Row, TableError};

const TABLE: &str = "annotations.csv";
const COLUMNS: [&str; 11] = [
    "symbol",
    "from",
    "until",
    "covers",
    "covered_terms",
    "excluded_terms",
    "excluded_when",
    "note",
    "source",
    "confidence",
    "checked",
];

pub(super) fn read(text: &str, backbone: &Backbone) -> Result<Vec<AnnotationText>, Vec<TableError>> {
    let rows = read_rows(TABLE, &COLUMNS, text, |row| annotation(row, backbone))?;
    let mut errors = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        let same = |other: &&AnnotationText| other.symbol == row.symbol && other.span.overlaps(row.span);
        let earlier = rows.iter().take(nth).find(same);
        errors.extend(earlier.map(|other| overlap(TABLE, row.line, other.line)));
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

fn annotation(row: &Row<'_>, backbone: &Backbone) -> Result<AnnotationText, TableError> {
    let covers = match row.needed("covers")? {
        "all" => Covers::All,
        "only" => Covers::Only,
        other => return Err(row.fault("covers", &format!("`{other}` is not known; write all or only"))),
    };
    let excluded = row.get("excluded_terms");
    let clauses = clause::read(row.get("excluded_when"), backbone);
    let clauses = clauses.map_err(|problem| row.fault("excluded_when", &problem))?;
    if clauses.len() > Bearing::CLAUSES_MOST {
        let most = Bearing::CLAUSES_MOST;
        return Err(row.fault("excluded_when", &format!("a text has {most} clauses at most; write fewer")));
    }
    Ok(AnnotationText {
        symbol: row.needed("symbol")?.into(),
        span: span(row)?,
        covers,
        covered_terms: if covers == Covers::All { TermSet::ALL } else { codes(row, "covered_terms")? },
        excluded_terms: if excluded.is_empty() { TermSet::EMPTY } else { codes(row, "excluded_terms")? },
        bearing: Bearing::of(&clauses),
        clauses,
        words: row.needed("note")?.into(),
        provenance: provenance(row)?,
        line: row.line(),
    })
}
