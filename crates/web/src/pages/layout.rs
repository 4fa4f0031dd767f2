//! What stands around every page: who is signed in, and where they can go.

use access::{Deed, reach};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::caller::Caller;
use crate::problem::Problem;

/// Which of the linked pages is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Queue,
    Applications,
    Permits,
    Account,
    Elsewhere,
}

/// What stands around a page of somebody who is signed in.
pub(super) struct Around {
    pub(super) here: Here,
    /// Who is signed in; `None` where a program asks.
    pub(super) name: Option<String>,
    pub(super) has_queue: bool,
    pub(super) has_applications: bool,
    pub(super) has_permits: bool,
}

impl Around {
    pub(super) fn of(caller: &Caller, here: Here) -> Around {
        let may = |deed| reach(&caller.actor, deed).is_ok();
        Around {
            here,
            name: caller.session.as_ref().map(|signed_in| signed_in.account.name.clone()),
            // Who is of no agency has no work waiting.
            has_queue: may(Deed::ReadQueue) && caller.actor.agency.is_some(),
            has_applications: may(Deed::ReadApplication),
            has_permits: may(Deed::ReadPermit),
        }
    }
}

/// A page as it is sent.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let text = template.render().map_err(|error| Problem::fault("a page cannot be written", &error))?;
    let mut response = (status, Html(text)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What a page may load that makes or shows a passkey: the script beside everything else that pages load.
const WITH_SCRIPT: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// A page as it is sent, with the script of passkeys.
pub(super) fn page_with_script(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let mut response = page(status, template)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, WITH_SCRIPT);
    Ok(response)
}
