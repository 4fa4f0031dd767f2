//! How a deed to an application or a permit is asked for and answered: the same for every one.

use axum::response::Response;
use cites::ApplicationId;
use store::{ApplicationRecord, Reply, Version};

use super::applications::ApplicationView;
use super::view::PermitView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::permit::Whole;
use crate::deeds::{self, Prepared};
use crate::once::{Sent, once};
use crate::problem::Problem;

/// A reply of a view.
pub(super) fn reply(status: u16, view: &impl serde::Serialize) -> Result<Reply, Problem> {
    let body = serde_json::to_vec(view);
    Ok(Reply { status, body: body.map_err(|error| Problem::fault("an answer cannot be written", &error))? })
}

/// What a deed to an application is asked with: which one, as it was seen, by a request read as `T`.
pub(super) struct Asking<T> {
    pub(super) which: (ApplicationId, Version),
    pub(super) body: T,
}

/// Reads a request, once it is known that the deed may be done.
pub(super) async fn asking<T>(
    office: &Office,
    caller: &Caller,
    (written, sent): (&str, &Sent),
    read: impl FnOnce(&Sent) -> Result<T, Problem>,
) -> Result<Asking<T>, Problem> {
    let id = deeds::may_to_application(office, caller, written).await?;
    Ok(Asking { which: (id, sent.seen()?), body: read(sent)? })
}

/// Does a deed to an application once and answers with the application.
pub(super) async fn done(
    office: &Office,
    caller: &Caller,
    sent: &Sent,
    deed: impl Future<Output = Result<Prepared<ApplicationRecord>, Problem>> + Send,
) -> Result<Response, Problem> {
    let key = sent.key(caller)?;
    once(office, key.as_ref(), sent, async {
        let mut prepared = deed.await?;
        let questions = prepared.questions().await?;
        let view = ApplicationView::whole(&prepared.record, &questions, office).await?;
        let reply = reply(200, &view)?;
        prepared.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// Does a deed to a permit once and answers with the permit.
pub(super) async fn permit_done(
    office: &Office,
    caller: &Caller,
    (sent, status): (&Sent, u16),
    deed: impl Future<Output = Result<Prepared<Whole>, Problem>> + Send,
) -> Result<Response, Problem> {
    let key = sent.key(caller)?;
    once(office, key.as_ref(), sent, async {
        let mut prepared = deed.await?;
        let stamps = prepared.stamps_on(prepared.record.0.id).await?;
        let (permit, lines) = &prepared.record;
        let reply = reply(status, &PermitView::of(permit, lines, stamps, office))?;
        prepared.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// Does a deed once and answers with a view of what it is about.
pub(super) async fn saved<T: Send, V: serde::Serialize>(
    office: &Office,
    caller: &Caller,
    (sent, status): (&Sent, u16),
    deed: impl Future<Output = Result<Prepared<T>, Problem>> + Send,
    view: impl Fn(&T) -> V + Send + Sync,
) -> Result<Response, Problem> {
    let key = sent.key(caller)?;
    once(office, key.as_ref(), sent, async {
        let prepared = deed.await?;
        let reply = reply(status, &view(&prepared.record))?;
        prepared.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
