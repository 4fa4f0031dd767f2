//! Which parts a workbook has: its sheets in order, the texts they share, and how numbers are shown.
//!
//! Source of truth: the relationships of the package (ECMA-376 Part 2 §9.3) and the part of the workbook (Part 1 §18.2).

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::xml::{self, Events, attribute};
use super::{SHEETS_MAX, WorkbookError};
use crate::archive::Archive;

/// How many letters of a sheet's name are told; spreadsheet programs keep 31.
const NAME_LETTERS_SHOWN: usize = 80;

/// The parts that are read.
pub(super) struct Parts {
    /// The name of each sheet that is shown, with its part.
    pub(super) sheets: Vec<(String, String)>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
}

/// Where something is related to: the last word of its type, and the part.
struct Relation {
    kind: String,
    part: String,
}

impl Parts {
    pub(super) fn of(archive: &mut Archive<'_>) -> Result<Parts, WorkbookError> {
        let package = relations(archive, "", "_rels/.rels")?;
        let workbook = package.into_values().find(|relation| relation.kind == "officeDocument");
        let workbook = workbook.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part);
        let text = xml::text(archive, &workbook)?.ok_or(WorkbookError::NoWorkbook)?;
        let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let related = relations(archive, folder, &format!("{folder}/_rels/{file}.rels"))?;
        let of_kind = |kind: &str| {
            related.values().find(|relation| relation.kind == kind).map(|found| found.part.clone())
        };
        let (sheets, is_1904) = sheets(&workbook, &text, &related)?;
        Ok(Parts { sheets, strings: of_kind("sharedStrings"), styles: of_kind("styles"), is_1904 })
    }
}

/// The sheets that are shown, and whether days are counted from 1904.
fn sheets(
    part: &str,
    text: &str,
    related: &BTreeMap<String, Relation>,
) -> Result<(Vec<(String, String)>, bool), WorkbookError> {
    let mut events = Events::of(part, text);
    let (mut sheets, mut is_1904, mut is_workbook) = (Vec::new(), false, false);
    while let Some(event) = events.next()? {
        let Event::Start(start) = event else { continue };
        match start.local_name().as_ref() {
            "workbook" => is_workbook = true,
            "workbookPr" => {
                is_1904 = matches!(attribute(&start, "date1904").as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let is_shown = attribute(&start, "state").is_none_or(|state| state == "visible");
                let relation = attribute(&start, "id").and_then(|id| related.get(&id));
                // Sheets of charts hold no cells.
                let relation = relation.filter(|relation| is_shown && relation.kind == "worksheet");
                if let Some(relation) = relation {
                    let name: String = attribute(&start, "name")
                        .unwrap_or_default()
                        .chars()
                        .take(NAME_LETTERS_SHOWN)
                        .collect();
                    sheets.push((name, relation.part.clone()));
                }
            }
            _ => {}
        }
        if sheets.len() > SHEETS_MAX {
            return Err(WorkbookError::TooManySheets);
        }
    }
    if is_workbook { Ok((sheets, is_1904)) } else { Err(WorkbookError::NoWorkbook) }
}

fn relations(
    archive: &mut Archive<'_>,
    folder: &str,
    part: &str,
) -> Result<BTreeMap<String, Relation>, WorkbookError> {
    let text = xml::text(archive, part)?.unwrap_or_default();
    let mut events = Events::of(part, &text);
    let mut relations = BTreeMap::new();
    while let Some(event) = events.next()? {
        let Event::Start(start) = event else { continue };
        // What lies outside of the package is never opened.
        if attribute(&start, "TargetMode").as_deref() == Some("External") {
            continue;
        }
        let of = |name| attribute(&start, name);
        if let Some(((id, kind), target)) = of("Id").zip(of("Type")).zip(of("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.insert(id, Relation { kind, part: resolved(folder, &target) });
        }
    }
    Ok(relations)
}

/// The part that `target` names from within `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_from_its_folder() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "../custom/./a.xml", "custom/a.xml"),
            ("", "../../a.xml", "a.xml"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
