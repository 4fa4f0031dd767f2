//! What people do on pages: a form for each deed that is theirs to do now, and where it is sent.
//!
//! Source of truth: the functions of `crate::deeds`, which the API calls too. A form bears the version of what its page
//! showed, so that nobody does a deed to what they have not seen. Who may do it is asked before the form is read.

pub(super) mod application;
pub(super) mod begin;
pub(super) mod consultation;
pub(super) mod handed_in;
pub(super) mod permit;

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Redirect, Response};
use store::Version;

use super::form::{Wrong, sentence};
use crate::deeds::Prepared;
use crate::once::Sent;
use crate::problem::Problem;

/// The fields of a form, by their names.
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The fields that were sent.
    ///
    /// # Errors
    /// The body is no form.
    pub(super) async fn of(sent: Sent) -> Result<Fields, Problem> {
        Ok(Fields(sent.form().await?))
    }

    /// What is written in a field, without spaces around it; empty where nothing is.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// What is written in a field, where something is.
    pub(super) fn maybe(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// What is written in a field, read; nothing where nothing is written.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let read = self.maybe(name).map(str::parse::<T>).transpose();
        read.map_err(|error| Problem::refused(error.to_string()))
    }

    /// The version that the page showed.
    ///
    /// # Errors
    /// The form bears none.
    pub(super) fn seen(&self) -> Result<Version, Problem> {
        version(self.text("seen"))
    }
}

/// The version that a page showed, as its form bears it.
///
/// # Errors
/// It bears none.
fn version(written: &str) -> Result<Version, Problem> {
    written
        .parse()
        .map(Version)
        .map_err(|_| Problem::unreadable("the form does not say what its page showed; open the page again"))
}

/// Saves a deed and leads on to the page of what it is about.
///
/// # Errors
/// It cannot be done.
async fn saved<T>(
    deed: impl Future<Output = Result<Prepared<T>, Problem>>,
    to: impl Fn(&T) -> String,
) -> Result<Response, Problem> {
    let record = deed.await?.save(None).await?;
    Ok(Redirect::to(&to(&record)).into_response())
}

/// What went wrong with a form, for the page that shows it again.
///
/// # Errors
/// What its sender cannot mend there.
pub(super) fn to_mend(problem: Problem) -> Result<Wrong, Problem> {
    match problem.word() {
        "changed" => Ok(Wrong { status: problem.status(), words: sentence(problem.detail()) }),
        _ => Wrong::to_mend(problem),
    }
}
