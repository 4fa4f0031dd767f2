//! The stock of security stamps of an office: what came in, and what was spoiled or lost.

use access::{Owner, Thing};
use cites::AgencyId;
use permits::{Fate, StampEntry};
use serde_json::{Value, json};
use store::{MoveError, Subject, SubjectKind, Work};

use super::{Prepared, Told, ready, refused};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// The highest number of a stamp: fifteen digits, which every reader of JSON keeps as they are.
const STAMP_MAX: u64 = 999_999_999_999_999;
/// The most stamps that come in at once, more than a printer delivers in a year.
const RUN_MAX: u64 = 1_000_000;

/// The stock of `agency`, as `access` is asked about it.
pub(crate) fn stock_of(agency: AgencyId) -> Thing {
    Thing { owner: Owner::House, charge: Some(agency), ..Thing::default() }
}

/// Enters into the stock of one's office that a run came in, or that a stamp was spoiled or lost.
pub(crate) async fn keep(
    office: &Office,
    caller: &Caller,
    entry: StampEntry,
) -> Result<Prepared<StampEntry>, Problem> {
    let agency =
        caller.actor.agency.ok_or_else(|| Problem::refused("you are of no office that keeps stamps"))?;
    caller.may(&stock_of(agency))?;
    is_sound(entry)?;
    let mut work = office.store().work().await?;
    let series = work.number_series(agency).await?.ok_or_else(|| {
        Problem::refused("the office has no form of numbers; have one set before stamps are kept")
    })?;
    enter(&mut work, agency, entry, None).await?;
    let subject = Subject::new(SubjectKind::Office, agency, series.version);
    Ok(ready(office, work, Told::by(caller, subject, told(entry)), entry))
}

/// Makes an entry of a stock, with the permit that bears the stamp.
pub(super) async fn enter(
    work: &mut Work,
    agency: AgencyId,
    entry: StampEntry,
    permit: Option<cites::PermitId>,
) -> Result<(), Problem> {
    work.enter_stamp(agency, entry, permit).await.map_err(|error| match error {
        MoveError::Read(error) => error.into(),
        error => refused(&error),
    })
}

/// That a stamp was put on a permit.
pub(super) const fn issued(stamp: u64) -> StampEntry {
    StampEntry::Became { stamp, fate: Fate::Issued }
}

fn is_sound(entry: StampEntry) -> Result<(), Problem> {
    let (first, last) = match entry {
        StampEntry::Received { first, last } => (first, last),
        StampEntry::Became { stamp, .. } => (stamp, stamp),
    };
    if first.max(last) > STAMP_MAX {
        return Err(Problem::refused(format!("a stamp has a number of at most {STAMP_MAX}; read it again")));
    }
    if last.saturating_sub(first) >= RUN_MAX {
        let detail = format!("a run has at most {RUN_MAX} stamps; enter it in parts, or correct its numbers");
        return Err(Problem::refused(detail));
    }
    Ok(())
}

fn told(entry: StampEntry) -> Value {
    match entry {
        StampEntry::Received { first, last } => json!({ "received": { "first": first, "last": last } }),
        StampEntry::Became { stamp, fate } => json!({ fate.as_str(): { "stamp": stamp } }),
    }
}
