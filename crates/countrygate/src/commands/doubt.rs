//! The doubts about a name, as answers show them.

use law::book::Standing;
use serde::Serialize;
use species::Resolution;

/// A doubt.
#[derive(Debug, Serialize)]
pub struct DoubtView {
    /// The word by which it is known.
    pub id: &'static str,
    /// One line in English.
    pub text: String,
    /// Names that may have been meant, best first.
    pub candidates: Vec<String>,
}

/// Every doubt about a name and its standing.
pub fn doubts(resolution: &Resolution<'_>, standing: &Standing<'_>) -> Vec<DoubtView> {
    let mut doubts: Vec<DoubtView> = resolution
        .doubts
        .iter()
        .map(|doubt| DoubtView {
            id: doubt.id(),
            text: doubt.to_string(),
            candidates: doubt.candidates().iter().map(|candidate| candidate.name.clone()).collect(),
        })
        .collect();
    if !standing.differing.is_empty() {
        doubts.push(DoubtView {
            id: "different-appendices",
            text: "near names lie in different Appendices, so that none of them is the answer".to_owned(),
            candidates: standing.differing.iter().map(|near| near.name.clone()).collect(),
        });
    }
    doubts
}
