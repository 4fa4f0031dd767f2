//! What went wrong with a form, as its page says it beside the form.

use axum::http::StatusCode;

use crate::problem::Problem;

/// What went wrong.
pub(super) struct Wrong {
    pub(super) status: StatusCode,
    pub(super) words: String,
}

impl Wrong {
    /// What whoever filled the form in can mend in it.
    ///
    /// # Errors
    /// Every other problem, unchanged.
    pub(super) fn to_mend(problem: Problem) -> Result<Wrong, Problem> {
        match problem.word() {
            "wrong-proof" | "wait" | "refused" => {
                Ok(Wrong { status: problem.status(), words: sentence(problem.detail()) })
            }
            _ => Err(problem),
        }
    }
}

/// The words as a sentence: with a large letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    let mut sentence = first.unwrap_or_default();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}
