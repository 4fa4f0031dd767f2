//! What an office is made of before anybody applies: its agencies, its people, who applies, its quotas and numbers.
//!
//! Source of truth: `access` for which roles go together and which agency has them, `permits` for the ledger and the form
//! of numbers, `store` for what is kept. Whether somebody may do it is asked by whoever calls: the API of its caller, and
//! the command line of nobody, since who holds the database holds the office.

pub mod agencies;
pub mod operators;
pub mod people;
pub mod quotas;
pub mod taken_over;

use access::Deed;
use cites::EventId;
use serde_json::Value;
use store::{By, Done, Subject, Work};

use crate::Office;
use crate::deeds::Prepared;

/// What the history is told of a deed.
struct Told {
    by: By,
    deed: Deed,
    subject: Subject,
    before: Option<Value>,
    after: Option<Value>,
}

fn ready<T>(office: &Office, work: Work, told: Told, record: T) -> Prepared<T> {
    let Told { by, deed, subject, before, after } = told;
    let id = EventId(office.draw_id());
    Prepared::of(work, Done { id, by, deed, subject, before, after, edition: None }, office.now(), record)
}
