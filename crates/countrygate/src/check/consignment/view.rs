//! What is shown of a check: the words of the answer, with the file, the day and the edition.
//!
//! Source of truth: the verdicts. `docs/reference/check-json.md` describes the shape; a field is added, never
//! changed.

use cites::Day;
use serde::Serialize;
use wording::answer::LineView;

use super::Shown;

/// A consignment and what it comes to.
#[derive(Serialize)]
pub struct View {
    pub file: String,
    pub verdict: &'static str,
    pub on: Day,
    pub on_why: &'static str,
    pub edition: String,
    pub documents_missing: bool,
    pub lines: Vec<LineView>,
}

/// The view of a checked consignment.
pub fn of(shown: &Shown<'_, '_, '_>) -> View {
    let verdicts = shown.checked.verdicts;
    View {
        file: shown.file.to_owned(),
        verdict: verdicts.verdict.as_str(),
        on: shown.day.on,
        on_why: shown.day.why,
        edition: verdicts.edition.to_string(),
        documents_missing: verdicts.lacks_documents(),
        lines: shown.checked.lines(),
    }
}
