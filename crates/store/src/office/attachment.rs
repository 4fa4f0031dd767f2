//! Files that were handed in with an application. Their type is found out by the caller; here they are bytes.

use access::Instant;
use cites::{ApplicationId, AttachmentId, UserId};

use crate::executor::{ReadError, Row, values};
use crate::hash::hash_of;
use crate::work::{Write, all};
use crate::{Store, Version, Work};

/// The largest file, bytes: 25 MiB, a scanned contract of some hundred pages.
pub const ATTACHMENT_BYTES_MAX: usize = 25 * 1024 * 1024;

/// A file as it stands in a list, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its version.
    pub version: Version,
    /// The application.
    pub application: ApplicationId,
    /// Its name as it was handed in.
    pub name: String,
    /// Its type (RFC 6838), found out from its bytes.
    pub media_type: String,
    /// How many bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, as hexadecimal digits.
    pub sha256: String,
    /// Who handed it in.
    pub by: UserId,
    /// When.
    pub made: Instant,
    /// When it was taken out of the file; its bytes stay.
    pub removed: Option<Instant>,
}

/// A file that is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// Its id.
    pub id: AttachmentId,
    /// The application.
    pub application: ApplicationId,
    /// Its name as it was handed in.
    pub name: String,
    /// Its type, found out from its bytes.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Who hands it in.
    pub by: UserId,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentError {
    /// It is too large.
    #[error("the file has {0} bytes, and at most {ATTACHMENT_BYTES_MAX} are taken; hand it in in parts")]
    Large(usize),
    /// It holds nothing.
    #[error("the file holds nothing; choose it again")]
    Empty,
}

const LIST: &str = "SELECT id, version, application, name, media_type, size, sha256, account, made_at, removed_at \
    FROM attachment WHERE application = $1 ORDER BY made_at, id";

impl Attachment {
    fn read(row: &Row) -> Result<Attachment, ReadError> {
        Ok(Attachment {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            application: row.parsed("application")?,
            name: row.text("name")?,
            media_type: row.text("media_type")?,
            size: row.count("size")?,
            sha256: row.text("sha256")?,
            by: row.parsed("account")?,
            made: row.instant("made_at")?,
            removed: row.maybe_instant("removed_at")?,
        })
    }
}

impl Store {
    /// The files of an application, oldest first, also those that were taken out; by the index of applications.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn attachments(&self, application: ApplicationId) -> Result<Vec<Attachment>, ReadError> {
        all(&self.pool.rows(LIST, values![application]).await?, Attachment::read)
    }

    /// A file with its bytes, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn attachment(&self, id: AttachmentId) -> Result<Option<(Attachment, Vec<u8>)>, ReadError> {
        let sql = "SELECT id, version, application, name, media_type, size, sha256, account, made_at, removed_at, \
            bytes FROM attachment WHERE id = $1";
        let Some(row) = self.pool.row(sql, values![id]).await? else { return Ok(None) };
        Ok(Some((Attachment::read(&row)?, row.bytes("bytes")?)))
    }
}

impl Work {
    /// Saves a file with the deed, with its size and hash.
    ///
    /// # Errors
    /// It is too large or holds nothing.
    pub fn put_attachment(&mut self, new: NewAttachment) -> Result<(), AttachmentError> {
        match new.bytes.len() {
            0 => return Err(AttachmentError::Empty),
            size if size > ATTACHMENT_BYTES_MAX => return Err(AttachmentError::Large(size)),
            _ => {}
        }
        let sha256 = hash_of(&new.bytes);
        self.collect(Write::ChangeAt {
            sql: "INSERT INTO attachment (id, version, application, name, media_type, size, sha256, bytes, account, \
                made_at) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values: values![
                new.id,
                new.application,
                new.name,
                new.media_type,
                new.bytes.len() as u64,
                sha256,
                new.bytes,
                new.by
            ],
            rows: Some(1),
        });
        Ok(())
    }

    /// Takes a file out with the deed; its bytes stay. Where it was taken out already, the deed is not saved.
    pub fn remove_attachment(&mut self, attachment: &Attachment) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE attachment SET version = version + 1, removed_at = $3 \
                WHERE id = $1 AND version = $2 AND removed_at IS NULL",
            values: values![attachment.id, attachment.version.0],
            rows: Some(1),
        });
    }
}
