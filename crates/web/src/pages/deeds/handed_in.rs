//! Tables and files that are handed in on the page of an application, and copies that are begun there.
//!
//! What can be mended in a form is told beside it; what was done leads back to the page, so that to load it again does
//! nothing twice.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::ApplicationId;
use store::{ATTACHMENT_BYTES_MAX, Version};

use super::application::{led, page_of};
use super::{saved, version};
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
    let seen = version(parts.text("seen"))?;
    Ok((parts, (application, seen)))
}

/// The file that was chosen, with its name.
fn chosen(parts: &Parts) -> Result<(&str, &Bytes), Problem> {
    parts.file("file").ok_or_else(|| Problem::refused("choose a file first"))
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
    let deed = async {
        let (_, bytes) = chosen(&parts)?;
        Ok(lines_file::import(&office, &caller, which, bytes.clone()).await?.0)
    };
    led(&office, &caller, application, deed, page_of).await
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
    let deed = async { Ok(attachment::attach(&office, &caller, which, chosen(&parts)?).await?.0) };
    led(&office, &caller, application, deed, page_of).await
}

/// Begins a draft of what an application asks, and leads to it.
pub(in super::super) async fn copied(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let source = seen::application(&office, &caller, &application).await?;
    saved(copy::copy(&office, &caller, &source), page_of).await
}
