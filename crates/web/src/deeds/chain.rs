//! From the submission to the acceptance, and back out of it.
//!
//! Source: Regulation 465 of China Arts. 12 and 13, by the states of `permits::application`; terms and working days
//! are data that the program hands in.

use std::collections::BTreeSet;

use access::{Authority, Hand};
use cites::{AgencyId, ApplicationId, QuotaId};
use permits::application::asked::Asked;
use permits::application::department::{ReviewTerms, Side, With};
use permits::application::{Application, ApplicationError};
use permits::ledger::QuotaMoveKind;
use store::{ApplicationRecord, Version, Work};

use super::{Prepared, asked, held, other_state, prepared, refused, review, told, written};
use crate::Office;
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;

/// The department that is to review, and on which side.
pub(crate) type Department = (AgencyId, Side);

type Which = (ApplicationId, Version);
type Ready = Result<Prepared<ApplicationRecord>, Problem>;

/// Hands a draft in to an office of the Management Authority, which has charge of it from then on, and to the State
/// department that is to review it, where one is named that shares the system.
pub(crate) async fn submit(
    office: &Office,
    caller: &Caller,
    which: Which,
    (to, department): (AgencyId, Option<Department>),
) -> Ready {
    let agency = office.store().agency(to).await?.map(|record| record.agency);
    if !agency.is_some_and(|agency| agency.authorities.contains(&Authority::Management)) {
        return Err(Problem::refused("the agency is no office of a Management Authority; name one that is"));
    }
    let department = with(office, department).await?;
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Draft(draft) = record.state else { return Err(other_state(&record, "a draft")) };
    if record.agency.is_some_and(|charge| charge != to) {
        return Err(Problem::refused("another office has charge of the draft; hand it in there"));
    }
    let kind = asked(&record)?.ready().map_err(|error| refused(&error))?;
    let today = office.today();
    record.kind = Some(kind);
    record.agency = Some(to);
    record.submitted = Some(today);
    record.hands.insert((Hand::Submitted, caller.actor.user));
    record.state = Application::Received(draft.submit(today, office.terms()));
    if let Some(department) = department {
        review::begin(office, &mut work, &mut record, department).await?;
    }
    prepared(office, caller, work, Some(before), record)
}

/// Tells everything that is missing, once.
pub(crate) async fn notify(office: &Office, caller: &Caller, which: Which, defects: Vec<Box<str>>) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Received(received) = record.state.clone() else {
        return Err(other_state(&record, "received"));
    };
    letters::to_applicant(office, &mut work, &record, &Letter::Defects(&defects)).await?;
    let incomplete = received.notify(defects, office.today(), office.calendar());
    record.state = Application::Incomplete(incomplete.map_err(|error| refused(&error))?);
    prepared(office, caller, work, Some(before), record)
}

/// Answers the notice, where it is told with what is asked written anew.
pub(crate) async fn answer(
    office: &Office,
    caller: &Caller,
    which: Which,
    (anew, department): (Option<&Asked>, Option<Department>),
) -> Ready {
    let department = with(office, department).await?;
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Incomplete(incomplete) = record.state.clone() else {
        return Err(other_state(&record, "incomplete"));
    };
    if let Some(anew) = anew {
        record.kind = Some(anew.ready().map_err(|error| refused(&error))?);
        record.asked = written(anew)?;
        record.hands.insert((Hand::Drafted, caller.actor.user));
    }
    record.hands.insert((Hand::Submitted, caller.actor.user));
    let received = incomplete.answer(office.today(), office.terms());
    record.state = Application::Received(received.map_err(|error| refused(&error))?);
    if let Some(department) = department {
        review::begin(office, &mut work, &mut record, department).await?;
    }
    prepared(office, caller, work, Some(before), record)
}

/// Accepts an application as complete: the clock of the decision begins.
pub(crate) async fn accept(office: &Office, caller: &Caller, which: Which) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Received(received) = record.state.clone() else {
        return Err(other_state(&record, "received"));
    };
    review::may_accept(&record)?;
    let accepted = received.accept(office.today(), office.terms());
    record.state = Application::Accepted(accepted.map_err(|error| refused(&error))?);
    letters::to_applicant(office, &mut work, &record, &Letter::Accepted).await?;
    prepared(office, caller, work, Some(before), record)
}

/// Takes an application back. What a grant has reserved of quotas is free again.
pub(crate) async fn withdraw(office: &Office, caller: &Caller, which: Which) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let today = office.today();
    let withdrawn = match record.state.clone() {
        Application::Received(received) => received.withdraw(today),
        Application::Incomplete(incomplete) => incomplete.withdraw(today),
        Application::Accepted(accepted) => accepted.withdraw(today),
        Application::Granted(granted) => {
            let quotas = granted.lines().iter().filter_map(|line| line.quota).collect();
            release(&mut work, record.id, &quotas).await?;
            granted.withdraw(today)
        }
        _ => return Err(other_state(&record, "handed in and not yet at its end")),
    };
    let withdrawn = withdrawn.map_err(|error: ApplicationError| refused(&error))?;
    record.state = Application::Withdrawn(withdrawn);
    prepared(office, caller, work, Some(before), record)
}

async fn with(
    office: &Office,
    department: Option<Department>,
) -> Result<Option<(With, ReviewTerms)>, Problem> {
    match department {
        Some((agency, side)) => review::with(office, agency, side).await.map(Some),
        None => Ok(None),
    }
}

/// Gives up what the application still reserves of `quotas`.
async fn release(
    work: &mut Work,
    application: ApplicationId,
    quotas: &BTreeSet<QuotaId>,
) -> Result<(), Problem> {
    for loaded in work.quotas(quotas, Some(application)).await? {
        let reserved = loaded.own.reserved();
        if !reserved.is_zero() {
            let moved = work.move_quota(loaded.quota.id, application, QuotaMoveKind::Release, reserved);
            moved.map_err(|error| refused(&error))?;
        }
    }
    Ok(())
}
