//! The history, as it is read: by thing, and in time.

use cites::UserId;

use crate::executor::{ReadError, values};
use crate::work::{EVENT_COLUMNS, all};
use crate::{Event, Page, Place, Store, SubjectKind};

/// After every instant that is kept, so that a list that begins at the latest begins here.
pub(crate) const LAST: (&str, &str) = ("9999", "~");

impl Store {
    /// What was done about a thing, latest first, `most` at a time; by the index of things.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn events_of(
        &self,
        kind: SubjectKind,
        id: &str,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<Event>, ReadError> {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE thing_kind = $1 AND thing = $2 AND (at, id) < ($3, $4) \
             ORDER BY at DESC, id DESC LIMIT $5"
        );
        let (at, event) = after.map_or(LAST, Place::both);
        let row = values![kind.as_str(), id, at, event, i64::from(most) + 1];
        page(&self.pool.rows(sql, row).await?, most)
    }

    /// What somebody did, latest first, `most` at a time; by the index of accounts.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn events_by(
        &self,
        account: UserId,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<Event>, ReadError> {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE account = $1 AND (at, id) < ($2, $3) \
             ORDER BY at DESC, id DESC LIMIT $4"
        );
        let (at, event) = after.map_or(LAST, Place::both);
        page(&self.pool.rows(sql, values![account, at, event, i64::from(most) + 1]).await?, most)
    }

    /// All that was done, latest first, `most` at a time; by the index of time.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn events(&self, after: Option<&Place>, most: u32) -> Result<Page<Event>, ReadError> {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE (at, id) < ($1, $2) ORDER BY at DESC, id DESC LIMIT $3"
        );
        let (at, event) = after.map_or(LAST, Place::both);
        page(&self.pool.rows(sql, values![at, event, i64::from(most) + 1]).await?, most)
    }
}

fn page(rows: &[crate::executor::Row], most: u32) -> Result<Page<Event>, ReadError> {
    let events = all(rows, Event::read)?;
    Ok(Page::cut(events, most, |event| Place::new(event.at.to_string(), event.done.id.to_string())))
}
