//! Reading `pack.toml`, with serde; a day is a TOML date.
//!
//! Source of truth: the file. A key that nobody knows, a document of another pack, validities that overlap or
//! a missing source stop the loading.

use cites::{Confidence, Day, DocumentKind, Place, Span};
use serde::Deserialize;

use super::manifest::{Cap, Manifest, Milestone, PackPaper, StatedFigure, Validity};
use super::tables::PackTables;
use crate::bars::Provenance;
use crate::table::TableError;

const FILE: &str = "pack.toml";

/// A date of TOML that is a day.
#[derive(Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
struct Date(Day);

impl TryFrom<toml::value::Datetime> for Date {
    type Error = cites::DayError;

    fn try_from(written: toml::value::Datetime) -> Result<Date, cites::DayError> {
        written.to_string().parse().map(Date)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    id: Box<str>,
    country: Option<Place>,
    region: Option<Place>,
    name_en: Box<str>,
    name_zh: Box<str>,
    #[serde(default)]
    languages: Box<[Box<str>]>,
    #[serde(default)]
    requires: Box<[Box<str>]>,
    checked: Date,
    #[serde(default)]
    document: Vec<RawPaper>,
    #[serde(default)]
    figure: Vec<RawFigure>,
    #[serde(default)]
    milestone: Vec<RawMilestone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPaper {
    id: DocumentKind,
    name_en: Box<str>,
    name_zh: Box<str>,
    issuer_en: Box<str>,
    issuer_zh: Box<str>,
    directions: Box<[Box<str>]>,
    stands_for: Box<[DocumentKind]>,
    single_use: bool,
    clause: Box<str>,
    note: Box<str>,
    source: Box<str>,
    confidence: Confidence,
    checked: Date,
    #[serde(default)]
    validity: Vec<RawValidity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawValidity {
    from: Date,
    until: Option<Date>,
    cap_days: Option<u16>,
    cap_months: Option<u8>,
    end_of_year: Option<bool>,
    source: Box<str>,
    confidence: Confidence,
    checked: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFigure {
    what: Box<str>,
    stated: u32,
    note: Box<str>,
    source: Box<str>,
    confidence: Confidence,
    checked: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMilestone {
    what: Box<str>,
    since: Date,
    exact: Box<str>,
    source: Box<str>,
    confidence: Confidence,
    checked: Date,
}

/// Reads `pack.toml`.
pub(super) fn read(tables: &PackTables<'_>) -> Result<Manifest, TableError> {
    let text = tables.text(FILE);
    if text.is_empty() {
        return Err(fault(
            tables,
            1,
            "file",
            "the pack has no pack.toml; write who it speaks for".to_owned(),
        ));
    }
    let raw: RawManifest = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() as u64 + 1;
        fault(tables, line, "key", error.message().to_owned())
    })?;
    manifest(raw).map_err(|problem| {
        let line =
            text.lines().zip(1..).find(|(line, _)| line.contains(&*problem.near)).map_or(1, |(_, line)| line);
        fault(tables, line, problem.key, problem.what)
    })
}

fn fault(tables: &PackTables<'_>, line: u64, column: &str, problem: String) -> TableError {
    TableError { table: tables.path(FILE), line, column: column.to_owned(), problem }
}

/// Something that is wrong, and text near which it stands.
struct Problem {
    near: Box<str>,
    key: &'static str,
    what: String,
}

fn manifest(raw: RawManifest) -> Result<Manifest, Problem> {
    let place = match (raw.country, raw.region) {
        (Some(place), None) | (None, Some(place)) => place,
        _ => {
            let what = "write either `country` or `region`, for which the pack speaks".to_owned();
            return Err(Problem { near: raw.id, key: "country", what });
        }
    };
    let documents =
        raw.document.into_iter().map(|paper| self::paper(paper, &raw.id)).collect::<Result<_, _>>()?;
    let figure = |raw: RawFigure| {
        let provenance = provenance(raw.source, raw.confidence, raw.checked);
        StatedFigure { what: raw.what, stated: raw.stated, note: raw.note, provenance }
    };
    let milestone = |raw: RawMilestone| {
        let provenance = provenance(raw.source, raw.confidence, raw.checked);
        Milestone { what: raw.what, since: raw.since.0, exact: raw.exact, provenance }
    };
    Ok(Manifest {
        id: raw.id,
        place,
        name_en: raw.name_en,
        name_zh: raw.name_zh,
        languages: raw.languages,
        requires: raw.requires,
        documents,
        figures: raw.figure.into_iter().map(figure).collect(),
        milestones: raw.milestone.into_iter().map(milestone).collect(),
        checked: raw.checked.0,
    })
}

fn provenance(source: Box<str>, confidence: Confidence, checked: Date) -> Provenance {
    Provenance { source, confidence, checked: checked.0 }
}

fn paper(raw: RawPaper, pack: &str) -> Result<PackPaper, Problem> {
    let id = raw.id.to_string();
    let problem = |key, what: String| Problem { near: id.as_str().into(), key, what };
    match raw.id {
        DocumentKind::Pack(own) if own.pack() == pack => {}
        _ => return Err(problem("id", format!("`{id}` is not of this pack; begin it with `{pack}/`"))),
    }
    if raw.source.is_empty() {
        return Err(problem("source", "the source is empty; every document needs one".to_owned()));
    }
    let validity: Vec<Validity> = raw
        .validity
        .into_iter()
        .map(validity)
        .collect::<Result<_, String>>()
        .map_err(|what| problem("validity", what))?;
    let overlap =
        validity.iter().zip(validity.iter().skip(1)).any(|(one, next)| one.span.overlaps(next.span));
    if overlap {
        return Err(problem(
            "validity",
            "two validities overlap; close one where the other begins".to_owned(),
        ));
    }
    Ok(PackPaper {
        kind: raw.id,
        name_en: raw.name_en,
        name_zh: raw.name_zh,
        issuer_en: raw.issuer_en,
        issuer_zh: raw.issuer_zh,
        directions: raw.directions,
        stands_for: raw.stands_for,
        single_use: raw.single_use,
        clause: raw.clause,
        note: raw.note,
        validity,
        provenance: provenance(raw.source, raw.confidence, raw.checked),
    })
}

fn validity(raw: RawValidity) -> Result<Validity, String> {
    let cap = match (raw.cap_days, raw.cap_months, raw.end_of_year) {
        (Some(days), None, None) => Cap::Days(days),
        (None, Some(months), None) => Cap::Months(months),
        (None, None, Some(true)) => Cap::EndOfYear,
        _ => return Err("write one of cap_days, cap_months, end_of_year = true".to_owned()),
    };
    let span = match raw.until {
        None => Span::since(raw.from.0),
        Some(until) => Span::between(raw.from.0, until.0).ok_or("the validity ends before it begins")?,
    };
    Ok(Validity { span, cap, provenance: provenance(raw.source, raw.confidence, raw.checked) })
}
