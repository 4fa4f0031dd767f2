//! The deeds of an office, one function each: load and hold, ask whether it may be done, one pure function of
//! `permits`, and what is to be saved with its event. The API and the pages call them and render what comes.
//!
//! Source of truth: `access` for who may, `permits` for what becomes of a thing, `store` for what is kept. A deed is
//! done where its [`Prepared`] is saved, and not before; one that is dropped has changed nothing.

pub(crate) mod amendment;
pub(crate) mod attachment;
pub(crate) mod chain;
pub(crate) mod clock;
pub(crate) mod copy;
pub(crate) mod decision;
pub(crate) mod draft;
pub(crate) mod establishment;
pub(crate) mod foreign;
pub(crate) mod lines_file;
pub(crate) mod permit;
pub(crate) mod review;
pub(crate) mod stamps;
pub(crate) mod webhook;

use std::error::Error;

use access::{Deed, Instant, Owner, Thing};
use cites::{ApplicationId, EventId, OperatorId, PermitId};
use permits::application::asked::Asked;
use serde_json::{Value, json};
use store::{ApplicationRecord, By, Consultation, Done, Reply, Subject, SubjectKind, Version, Work};

use crate::caller::Caller;
use crate::calls::Whose;
use crate::once::Key;
use crate::problem::Problem;
use crate::{Office, calls, draw, seen};

/// A deed that is ready to be saved.
#[derive(Debug)]
pub struct Prepared<T> {
    work: Work,
    done: Done,
    at: Instant,
    /// Whose webhooks hear of it; nobody's, where it is to no application or permit.
    whose: Whose,
    /// What it is about, as it will be.
    pub(crate) record: T,
}

impl<T> Prepared<T> {
    /// Saves the deed of a program on this machine, to which no request was sent.
    ///
    /// # Errors
    /// Somebody changed the record meanwhile; there is one like it; the database fails.
    pub async fn done(self) -> Result<T, Problem> {
        self.save(None).await
    }

    /// The stamps on a permit, as they will be.
    pub(crate) async fn stamps_on(&mut self, permit: PermitId) -> Result<Vec<u64>, Problem> {
        Ok(self.work.stamps_on(permit).await?)
    }

    /// Saves the deed, and under the key of its request, where it has one, the reply to it.
    pub(crate) async fn save(mut self, kept: Option<(&Key, &Reply)>) -> Result<T, Problem> {
        if let Some((key, reply)) = kept {
            self.work.keep_reply(key.both(), reply);
        }
        calls::announce(&mut self.work, self.whose, &self.done, self.at).await?;
        self.work.save(self.done, self.at, Vec::new()).await?;
        Ok(self.record)
    }
}

impl<T> Prepared<T> {
    /// Has the history tell what was done besides the change of state.
    fn note(&mut self, word: &str, made: Value) {
        if let Some(after) = self.done.after.as_mut().and_then(Value::as_object_mut) {
            after.insert(word.to_owned(), made);
        }
    }
}

impl Prepared<ApplicationRecord> {
    /// The questions about the application, as they will be.
    pub(crate) async fn questions(&mut self) -> Result<Vec<Consultation>, Problem> {
        Ok(self.work.consultations(self.record.id).await?)
    }
}

/// What the history is told of a deed.
pub(crate) struct Told {
    pub(crate) by: By,
    pub(crate) deed: Deed,
    pub(crate) subject: Subject,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl Told {
    /// That the caller did the deed of their route: what is there after it.
    fn by(caller: &Caller, subject: Subject, after: Value) -> Told {
        Told { by: caller.by(), deed: caller.deed(), subject, before: None, after: Some(after) }
    }
}

/// A deed that rests on no assessment of the law, ready to be saved.
pub(crate) fn ready<T>(office: &Office, work: Work, told: Told, record: T) -> Prepared<T> {
    let Told { by, deed, subject, before, after } = told;
    let id = EventId(office.draw_id());
    let done = Done { id, by, deed, subject, before, after, edition: None };
    Prepared { work, done, at: office.now(), whose: (None, None), record }
}

/// Whether a draft may be begun for an operator.
pub(crate) fn may_begin(caller: &Caller, operator: OperatorId) -> Result<(), Problem> {
    let charge = caller.actor.agency;
    caller.may(&Thing { owner: Owner::Operator(operator), charge, ..Thing::default() })
}

/// The id of an application to which the deed may be done, as it stands now; what the deed rests on is asked again
/// when it is held.
pub(crate) async fn may_to_application(
    office: &Office,
    caller: &Caller,
    written: &str,
) -> Result<ApplicationId, Problem> {
    Ok(seen::application(office, caller, written).await?.id)
}

/// Loads an application and holds it, where the deed may be done to it and it is as it was seen.
async fn held(
    office: &Office,
    caller: &Caller,
    (application, seen): (ApplicationId, Version),
) -> Result<(Work, ApplicationRecord), Problem> {
    let mut work = office.store().work().await?;
    let record = work.application(application).await?.ok_or_else(Problem::not_found)?;
    caller.may(&record.thing())?;
    is_as_seen(record.version, seen)?;
    Ok((work, record))
}

pub(crate) fn is_as_seen(version: Version, seen: Version) -> Result<(), Problem> {
    if version == seen { Ok(()) } else { Err(Problem::changed_since_seen()) }
}

/// Puts an application as it is after the deed, with the last day of whatever clock runs now.
fn prepared(
    office: &Office,
    caller: &Caller,
    mut work: Work,
    before: Option<Value>,
    mut record: ApplicationRecord,
) -> Result<Prepared<ApplicationRecord>, Problem> {
    let at = office.now();
    record.due =
        record.state.due(record.review.as_ref(), office.today(), office.calendar()).map(|due| due.day);
    work.put_application(&record).map_err(|error| Problem::fault("a state cannot be written", &error))?;
    if record.version == Version::NEW {
        record.made = at;
    }
    record.changed = at;
    record.version = record.version.next();
    let done = Done {
        id: EventId(office.draw_id()),
        by: caller.by(),
        deed: caller.deed(),
        subject: Subject::new(SubjectKind::Application, record.id, record.version),
        before,
        after: Some(told(&record)),
        edition: record.edition,
    };
    let whose = (Some(record.operator), record.agency);
    Ok(Prepared { work, done, at, whose, record })
}

/// What the history tells of an application: its state with the facts of that state, and of what is asked the hash.
fn told(record: &ApplicationRecord) -> Value {
    json!({
        "state": record.state,
        "agency": record.agency.map(|agency| agency.to_string()),
        "review": record.review,
        "let_in": record.let_in.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "due": record.due.map(|due| due.to_string()),
        "verdict": record.assessment.as_ref().and_then(|kept| kept.get("verdict")),
        "asked_sha256": draw::hash_of(&record.asked),
    })
}

/// What is asked, as it is kept.
pub(crate) fn asked(record: &ApplicationRecord) -> Result<Asked, Problem> {
    serde_json::from_str(&record.asked)
        .map_err(|error| Problem::fault("what is asked cannot be read", &error))
}

fn written(asked: &Asked) -> Result<String, Problem> {
    serde_json::to_string(asked).map_err(|error| Problem::fault("what is asked cannot be written", &error))
}

/// A deed that the thing does not have in its state.
fn other_state(record: &ApplicationRecord, needed: &str) -> Problem {
    Problem::refused(format!(
        "the application is {} and this is done to one that is {needed}; look at it again",
        record.state.as_str()
    ))
}

/// Refused by the rules of `permits`, with the reason.
pub(crate) fn refused(error: &dyn Error) -> Problem {
    Problem::refused_by(error)
}
