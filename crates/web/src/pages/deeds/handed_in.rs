//! Tables and files that are handed in on the page of an application, and copies that are begun there.
//!
//! What can be mended in a form is told beside it; what was done leads back to the page, so that to load it again does
//! nothing twice.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cites::ApplicationId;
use store::{ATTACHMENT_BYTES_MAX, Version};

use super::super::applications::again;
use super::{saved, to_mend};
use crate::caller::Caller;
use crate::deeds::{attachment, copy, lines_file, may_to_application};
use crate::form_data::Parts;
use crate::limits::BODY_BYTES_MAX;
use crate::once::Unread;
use crate::problem::Problem;
use crate::{Office, seen};

/// What stands around the bytes of a file in a form.
const FORM_BYTES: usize = 64 * 1024;

/// A form as it was sent, and the application as it was seen in it.
async fn sent(
    office: &Office,
    unread: Unread,
    (application, bytes_max): (ApplicationId, usize),
) -> Result<(Parts, (ApplicationId, Version)), Problem> {
    let sent = unread.read(office, bytes_max + FORM_BYTES).await?;
    let parts = Parts::of(sent.content_type(), sent.bytes())?;
    let seen = parts.text("seen").parse().map(Version);
    let seen =
        seen.map_err(|_| Problem::unreadable("the form does not say what was seen; open its page again"))?;
    Ok((parts, (application, seen)))
}

/// Back to the page of an application, or the page with what is to be mended.
async fn back(
    office: &Office,
    caller: &Caller,
    application: ApplicationId,
    done: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    match done.await {
        Ok(response) => Ok(response),
        Err(problem) => {
            let wrong = to_mend(problem)?;
            let record = seen::application(office, caller, &application.to_string()).await?;
            again(office, caller, record, wrong).await
        }
    }
}

/// Takes the lines of a file.
pub(in super::super) async fn lines(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    unread: Unread,
) -> Result<Response, Problem> {
    let application = may_to_application(&office, &caller, &application).await?;
    let (parts, which) = sent(&office, unread, (application, BODY_BYTES_MAX)).await?;
    let done = async {
        let (_, bytes) = parts.file("file").ok_or_else(|| Problem::refused("choose a file first"))?;
        let (imported, _) = lines_file::import(&office, &caller, which, bytes.clone()).await?;
        saved(Ok(imported), &format!("/applications/{application}")).await
    };
    back(&office, &caller, application, done).await
}

/// Adds a file.
pub(in super::super) async fn file(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    unread: Unread,
) -> Result<Response, Problem> {
    let application = may_to_application(&office, &caller, &application).await?;
    let (parts, which) = sent(&office, unread, (application, ATTACHMENT_BYTES_MAX)).await?;
    let done = async {
        let file = parts.file("file").ok_or_else(|| Problem::refused("choose a file first"))?;
        let (prepared, _) = attachment::attach(&office, &caller, which, file).await?;
        saved(Ok(prepared), &format!("/applications/{application}")).await
    };
    back(&office, &caller, application, done).await
}

/// Begins a draft of what an application asks, and leads to it.
pub(in super::super) async fn copied(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let source = seen::application(&office, &caller, &application).await?;
    let draft = copy::copy(&office, &caller, &source).await?.save(None).await?;
    Ok(Redirect::to(&format!("/applications/{}", draft.id)).into_response())
}
