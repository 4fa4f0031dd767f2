//! Files that are handed in with an application.
//!
//! Source of truth: the bytes, by which `files` says of what type they are, and the state of the application, by which
//! `permits` says whether files are taken. A file is never opened here.

use axum::body::Bytes;
use cites::{ApplicationId, AttachmentId};
use files::Kind;
use serde_json::json;
use store::{ApplicationRecord, Attachment, NewAttachment, Version};

use super::{Prepared, held, other_state, prepared, refused, told};
use crate::caller::Caller;
use crate::limits::{ATTACHMENT_NAME_LETTERS_MAX, ATTACHMENTS_MAX};
use crate::problem::Problem;
use crate::{Office, draw};

/// Adds a file to an application.
pub(crate) async fn attach(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    (name, bytes): (&str, &Bytes),
) -> Result<(Prepared<ApplicationRecord>, Attachment), Problem> {
    is_a_name(name)?;
    let kind = Kind::of(bytes).map_err(|error| refused(&error))?;
    let (mut work, record) = held(office, caller, which).await?;
    let before = told(&record);
    if !record.state.takes_files() {
        return Err(other_state(&record, "not decided yet"));
    }
    // The application is held, so that no other file comes in meanwhile.
    if office.store().attachments(record.id).await?.len() >= ATTACHMENTS_MAX {
        let detail = format!("the application has {ATTACHMENTS_MAX} files, and no more are taken; join some");
        return Err(Problem::refused(detail));
    }
    let new = NewAttachment {
        id: AttachmentId(office.draw_id()),
        application: record.id,
        name: name.to_owned(),
        media_type: kind.media_type().to_owned(),
        bytes: bytes.to_vec(),
        by: caller.actor.user,
    };
    let attachment = Attachment {
        id: new.id,
        version: Version::NEW.next(),
        application: new.application,
        name: new.name.clone(),
        media_type: new.media_type.clone(),
        size: new.bytes.len() as u64,
        sha256: draw::hash_of_bytes(bytes),
        by: new.by,
        made: office.now(),
        removed: None,
    };
    work.put_attachment(new).map_err(|error| refused(&error))?;
    let mut ready = prepared(office, caller, work, Some(before), record)?;
    let of = &attachment;
    ready.note(
        "attached",
        json!({ "id": of.id.to_string(), "name": of.name, "media_type": of.media_type, "sha256": of.sha256 }),
    );
    let attachment = Attachment { made: ready.at, ..attachment };
    Ok((ready, attachment))
}

/// A name is kept as it is, so that one that could mislead whoever reads it is not taken.
fn is_a_name(name: &str) -> Result<(), Problem> {
    let detail = match () {
        () if name.trim().is_empty() => "the file has no name; send one as `name`".to_owned(),
        () if name.chars().count() > ATTACHMENT_NAME_LETTERS_MAX => {
            format!("the name has more than {ATTACHMENT_NAME_LETTERS_MAX} letters; shorten it")
        }
        () if name.contains(['/', '\\']) => {
            "the name holds `/` or `\\`; send it without its folder".to_owned()
        }
        () if name.chars().any(misleads) => {
            "the name holds signs that are not seen or turn its letters round; type it anew".to_owned()
        }
        () if name.trim() != name || name.chars().all(|letter| letter == '.') => {
            "the name begins or ends with a space, or is only points; type it anew".to_owned()
        }
        () => return Ok(()),
    };
    Err(Problem::refused(detail))
}

/// Controls, line ends, marks of direction and signs of no width, by which `fdp.exe` reads as `exe.pdf`.
fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_mislead_is_not_taken() {
        for name in ["contract.pdf", "合同 2026.pdf", "Договор.pdf", "شەرتنامە.pdf", ".htaccess", "a%2Fb.txt"]
        {
            assert!(is_a_name(name).is_ok(), "{name}");
        }
        let long = "a".repeat(ATTACHMENT_NAME_LETTERS_MAX + 1);
        for name in
            ["", " ", "..", "../a", "a\\b", "a\nb", "a\0", "x\u{202E}fdp.exe", "a\u{200B}", "a ", &long]
        {
            assert!(is_a_name(name).is_err(), "{name:?}");
        }
    }
}
