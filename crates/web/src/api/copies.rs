//! New drafts of what was asked before.

use axum::extract::{Path, State};
use axum::response::Response;

use super::answer::reply;
use super::drafts::DraftView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::copy as deed;
use crate::once::{IdempotencyKey, Sent, once};
use crate::problem::Problem;
use crate::seen;

/// Begins a draft of what an application asks, in whatever state that is; every doubt is told anew.
#[utoipa::path(
    post, path = "/api/applications/{application}/copy", tag = "applications",
    params(("application" = String, Path, description = "The id of the application that is copied."), IdempotencyKey),
    responses((status = 201, description = "The draft.", body = DraftView))
)]
pub(super) async fn copy(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let source = seen::application(&office, &caller, &application).await?;
    let key = sent.key(&caller)?;
    once(&office, key.as_ref(), &sent, async {
        let begun = deed::copy(&office, &caller, &source).await?;
        let reply = reply(201, &DraftView::of(&begun.record, office.taxa())?)?;
        begun.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
