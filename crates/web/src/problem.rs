//! What is answered when something went wrong: problem details (RFC 9457), in words for who asked.
//!
//! The word at the end of `type` is stable and each has its place in `docs/reference/api.md`. A fault of the program
//! or the database is told to the log and never to who asked.

use access::{Deed, Denied};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::{DatabaseError, ReadError, SaveError};
use utoipa::ToSchema;

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    word: &'static str,
    title: &'static str,
    detail: String,
    retry_after: Option<u64>,
}

/// Problem details, as they are sent (RFC 9457).
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct ProblemDetails {
    /// What kind of problem: a reference whose last word is stable.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not-found")]
    kind: String,
    /// The kind in words, the same for all of a kind.
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 404)]
    status: u16,
    /// What happened, and what to do next.
    detail: String,
}

impl Problem {
    fn new(
        status: StatusCode,
        word: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem { status, word, title, detail: detail.into(), retry_after: None }
    }

    /// Nobody is signed in, or no longer.
    pub fn not_signed_in(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "not-signed-in", "Not signed in", detail)
    }

    /// The second factor was not shown.
    pub fn second_factor_due() -> Problem {
        let detail = "show the second factor first, at /api/session/second-factor";
        Problem::new(StatusCode::UNAUTHORIZED, "second-factor-due", "Second factor due", detail)
    }

    /// Name or password are wrong; which, is not told.
    pub fn wrong_proof() -> Problem {
        let detail = "the name, the password or the code is not right; try again, or ask for a new link";
        Problem::new(StatusCode::UNAUTHORIZED, "wrong-proof", "Not right", detail)
    }

    /// A passkey is not taken, for this reason.
    pub(crate) fn not_proved(error: &dyn std::error::Error) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "wrong-proof", "Not right", error.to_string())
    }

    /// There is no such thing, or nobody may know of it.
    pub fn not_found() -> Problem {
        let detail = "there is nothing here that you may see; check the address or the id";
        Problem::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// What was sent cannot be read.
    pub fn unreadable(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "unreadable", "Cannot be read", detail)
    }

    /// A body that cannot be taken, by the status that the reader gives it.
    pub(crate) fn of_body(status: StatusCode, detail: impl Into<String>) -> Problem {
        let (word, title) = match status {
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "Too large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("other-type", "Other type"),
            _ => ("unreadable", "Cannot be read"),
        };
        Problem::new(status, word, title, detail)
    }

    /// A password that may not be chosen, a code that is not right, a deed that its state does not allow.
    pub fn refused(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", "Refused", detail)
    }

    /// Refused by an error that says why, with what is behind it.
    pub(crate) fn refused_by(error: &dyn std::error::Error) -> Problem {
        Problem::refused(Chain(error).to_string())
    }

    /// A change does not say which version it rests on.
    pub(crate) fn if_match_missing() -> Problem {
        let detail =
            "send `If-Match` with the `ETag` of what you have seen, so that you overwrite nothing else";
        Problem::new(StatusCode::PRECONDITION_REQUIRED, "if-match-missing", "Version missing", detail)
    }

    /// A change rests on another version than there is.
    pub(crate) fn changed_since_seen() -> Problem {
        let detail = "it was changed since you saw it; load it again and repeat what you did";
        Problem::new(StatusCode::PRECONDITION_FAILED, "changed", "Changed meanwhile", detail)
    }

    /// A request under a key whose first one has no answer yet.
    pub(crate) fn key_pending() -> Problem {
        let detail = "the same request is being done, or was broken off; look whether it was done before you send another";
        let problem = Problem::new(StatusCode::CONFLICT, "key-pending", "Being done", detail);
        Problem { retry_after: Some(2), ..problem }
    }

    /// A key that another request had.
    pub(crate) fn key_of_another() -> Problem {
        let detail = "the `Idempotency-Key` was used for another request; draw a new one for each";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key-of-another", "Key of another request", detail)
    }

    /// Too many tries.
    pub fn wait(seconds: u64) -> Problem {
        let detail = format!("too many tries; wait {seconds} seconds and try again");
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "wait", "Wait", detail);
        Problem { retry_after: Some(seconds), ..problem }
    }

    /// A fault of ours, told to the log.
    pub fn fault(what: &str, cause: &dyn std::error::Error) -> Problem {
        tracing::error!(what, cause = %Chain(cause), "fault");
        Problem::fault_told()
    }

    /// There is something here, and not by this method.
    pub(crate) fn not_allowed_method() -> Problem {
        let detail = "the address takes other methods; see /api/openapi.json";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "other-method", "Other method", detail)
    }

    /// Another site sent the request.
    pub(crate) fn other_site() -> Problem {
        let detail = "the request came from another site, so nothing was done; open the office's own page and try there";
        Problem::new(StatusCode::FORBIDDEN, "other-site", "Sent by another site", detail)
    }

    /// A handler that broke off.
    pub(crate) fn panicked() -> Problem {
        tracing::error!("a handler broke off");
        Problem::fault_told()
    }

    fn fault_told() -> Problem {
        let detail =
            "something went wrong on our side and was noted; try again, or tell the administrator when";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "Fault", detail)
    }

    /// A handler that answered without asking whether it may.
    pub(crate) fn not_asked(deed: Deed) -> Problem {
        tracing::error!(%deed, "a handler answered without asking whether it may");
        Problem::fault_told()
    }

    /// The database is busy or away.
    fn unavailable(cause: &dyn std::error::Error) -> Problem {
        tracing::error!(cause = %Chain(cause), "the database does not answer");
        let detail = "the database does not answer at present; try again in a moment";
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Unavailable", detail);
        Problem { retry_after: Some(2), ..problem }
    }

    /// The stable word of its kind.
    pub(crate) const fn word(&self) -> &'static str {
        self.word
    }

    /// Its kind in words.
    pub(crate) const fn title(&self) -> &'static str {
        self.title
    }

    /// What happened, and what to do next.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Problem {}

/// An error with what is behind it.
struct Chain<'e>(&'e dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl From<Denied> for Problem {
    /// A thing that one may not see is not found; what one may see and not do is forbidden, with the reason.
    fn from(denied: Denied) -> Problem {
        if denied.hides_the_thing() {
            return Problem::not_found();
        }
        Problem::new(StatusCode::FORBIDDEN, denied.as_str(), "Not allowed", denied.to_string())
    }
}

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Problem {
        match error {
            DatabaseError::Taken(_) => {
                let detail = "there is one like it already; look at what is there, or choose another name";
                Problem::new(StatusCode::CONFLICT, "taken", "There already", detail)
            }
            DatabaseError::Refused(_) => Problem::fault("the database refused a statement", &error),
            DatabaseError::Unreachable(_) | DatabaseError::Busy(_) | DatabaseError::BrokenOff => {
                Problem::unavailable(&error)
            }
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        match error {
            ReadError::Database(error) => error.into(),
            unreadable => Problem::fault("a row cannot be read", &unreadable),
        }
    }
}

impl From<SaveError> for Problem {
    fn from(error: SaveError) -> Problem {
        match error {
            SaveError::Changed => {
                Problem::new(StatusCode::CONFLICT, "changed", "Changed meanwhile", error.to_string())
            }
            SaveError::Database(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    /// The problem itself goes along, so that a page can say it in its own way.
    fn into_response(self) -> Response {
        let itself = self.clone();
        let details = ProblemDetails {
            kind: format!("/problems/{}", self.word),
            title: self.title,
            status: self.status.as_u16(),
            detail: self.detail,
        };
        let mut response = (self.status, Json(details)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(itself);
        response
    }
}
