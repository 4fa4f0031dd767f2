//! Files that were handed in with an application: sent to be kept, listed, and sent out to be looked at elsewhere.
//!
//! Source of truth: `files` for the type, RFC 6266 and RFC 8187 for the name of a download. A file is never shown
//! within a page of the office: it comes as a download, of the type that its bytes have, under a policy by which a
//! browser that shows it all the same runs nothing of it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use cites::AttachmentId;
use files::Kind;
use store::{ATTACHMENT_BYTES_MAX, Attachment};
use utoipa::{IntoParams, ToSchema};

use super::answer::reply;
use super::view::FileBytes;
use crate::caller::Caller;
use crate::deeds::attachment as deed;
use crate::once::{IdempotencyKey, IfMatch, Unread, once};
use crate::problem::Problem;
use crate::sent::{Asked, id};
use crate::{Office, deeds, seen};

/// The name of a file.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// Its name, without a folder; at most 120 letters.
    name: String,
}

/// A file that was handed in.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AttachmentView {
    /// Its id.
    id: String,
    /// Its name as it was handed in.
    name: String,
    /// Its type, found out from its bytes.
    media_type: String,
    /// How many bytes.
    size: u64,
    /// The SHA-256 of its bytes, as hexadecimal digits.
    sha256: String,
    /// The id of who handed it in.
    by: String,
    /// When.
    made: String,
    /// When it was taken out of the file of the application; its bytes stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<String>,
}

impl AttachmentView {
    pub(super) fn of(attachment: &Attachment) -> AttachmentView {
        AttachmentView {
            id: attachment.id.to_string(),
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment.size,
            sha256: attachment.sha256.clone(),
            by: attachment.by.to_string(),
            made: attachment.made.to_string(),
            removed: attachment.removed.map(|removed| removed.to_string()),
        }
    }
}

/// A file that was just handed in, and the application as of then.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AttachedView {
    /// The id of the application.
    application: String,
    /// The version of the application, which grows with each change.
    version: i64,
    /// The file.
    attachment: AttachmentView,
}

/// The files of an application.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AttachmentsView {
    /// The files, oldest first.
    rows: Vec<AttachmentView>,
}

/// Adds a file to an application that is not decided yet: PDF, PNG, JPEG, TIFF, .xlsx, .docx or plain text, at most
/// 25 MiB. Its type is told by its bytes, not by its name.
#[utoipa::path(
    post, path = "/api/applications/{application}/attachments", tag = "applications",
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file."),
    params(("application" = String, Path, description = "Its id."), Named, IfMatch, IdempotencyKey),
    responses((status = 201, description = "The file, and the version of the application.", body = AttachedView))
)]
pub(super) async fn attach(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    named: Result<Asked<Named>, Problem>,
    unread: Unread,
) -> Result<Response, Problem> {
    let application = deeds::may_to_application(&office, &caller, &application).await?;
    let Asked(Named { name }) = named?;
    let sent = unread.read(&office, ATTACHMENT_BYTES_MAX).await?;
    let (seen, key) = (sent.seen()?, sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let of = (name.as_str(), sent.bytes());
        let (prepared, attachment) = deed::attach(&office, &caller, (application, seen), of).await?;
        let view = AttachedView {
            application: application.to_string(),
            version: prepared.record.version.0,
            attachment: AttachmentView::of(&attachment),
        };
        let reply = reply(201, &view)?;
        prepared.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// The files of an application, without their bytes.
#[utoipa::path(
    get, path = "/api/applications/{application}/attachments", tag = "applications",
    params(("application" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The files, oldest first.", body = AttachmentsView))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Json<AttachmentsView>, Problem> {
    let application = seen::application(&office, &caller, &application).await?;
    let found = office.store().attachments(application.id).await?;
    Ok(Json(AttachmentsView { rows: found.iter().map(AttachmentView::of).collect() }))
}

/// The bytes of a file, as a download.
#[utoipa::path(
    get, path = "/api/applications/{application}/attachments/{attachment}", tag = "applications",
    params(
        ("application" = String, Path, description = "The id of the application."),
        ("attachment" = String, Path, description = "The id of the file."),
    ),
    responses((
        status = 200, description = "The bytes, of the type that they have.",
        body = FileBytes, content_type = "application/octet-stream"
    ))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path((application, attachment)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let application = seen::application(&office, &caller, &application).await?;
    let attachment: AttachmentId = id(&attachment)?;
    let found = office.store().attachment(attachment).await?;
    let (attachment, bytes) =
        found.filter(|(own, _)| own.application == application.id).ok_or_else(Problem::not_found)?;
    download(&attachment, bytes)
}

/// What a browser may do with a file that it shows in spite of being told to keep it: nothing.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// A file as a download.
pub(crate) fn download(attachment: &Attachment, bytes: Vec<u8>) -> Result<Response, Problem> {
    let kind = Kind::of_media_type(&attachment.media_type);
    let disposition = HeaderValue::try_from(disposition(&attachment.name, kind));
    let disposition = disposition.map_err(|error| Problem::fault("a name cannot be sent", &error))?;
    // What is of no type of ours, which no row is, is bytes.
    let media_type = kind.map_or("application/octet-stream", Kind::media_type);
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, bytes).into_response())
}

/// The name of a download: for old programs in ASCII, for others in full. A name that ends otherwise than its type
/// gets the ending of it, so that a text called `invoice.html` is not opened as a page where it was kept.
fn disposition(name: &str, kind: Option<Kind>) -> String {
    let endings = kind.map_or(&["bin"] as &[&str], Kind::endings);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_sound = endings.iter().any(|own| ending.eq_ignore_ascii_case(own));
    let name = match endings.first() {
        Some(first) if !is_sound => format!("{name}.{first}"),
        _ => name.to_owned(),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' ');
    let ascii: String = name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, kind: Kind, ascii: &str, full: &str) {
        let expected = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{full}");
        assert_eq!(disposition(name, Some(kind)), expected);
    }

    #[test]
    fn a_name_is_sent_so_that_no_program_reads_another() {
        check("a b.PDF", Kind::Pdf, "a b.PDF", "a%20b.PDF");
        check("合同.pdf", Kind::Pdf, "__.pdf", "%E5%90%88%E5%90%8C.pdf");
        check("a\"; x=\"y.txt", Kind::Text, "a__ x__y.txt", "a%22%3B%20x%3D%22y.txt");
        check("invoice.html", Kind::Text, "invoice.html.txt", "invoice.html.txt");
        check("run.exe", Kind::Pdf, "run.exe.pdf", "run.exe.pdf");
        check("100%.csv", Kind::Text, "100_.csv", "100%25.csv");
        check("scan", Kind::Jpeg, "scan.jpg", "scan.jpg");
    }
}
