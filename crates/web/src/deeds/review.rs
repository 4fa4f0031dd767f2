//! The State department's review: begun where the department shares the system, passed on, decided; or its document.
//!
//! Source: Regulation 465 of China Arts. 10 to 12, by the states of `permits::application::department`. While it is under
//! way the Management Authority's days are not counted: it is asked once the department has decided.

use access::{Authority, Hand};
use cites::{AgencyId, ApplicationId, Day};
use permits::application::department::{Approval, Review, ReviewTerms, Side, Unapproved, With, stands};
use permits::application::{Application, Received};
use store::{ApplicationRecord, Version, Work};

use super::{Prepared, held, other_state, prepared, refused, told};
use crate::Office;
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;

type Which = (ApplicationId, Version);
type Ready = Result<Prepared<ApplicationRecord>, Problem>;

/// What the department does with its review.
#[derive(Debug)]
pub(crate) enum Step {
    /// The province passes it on, with what it says of it.
    PassOn(AgencyId, String),
    /// More time, once.
    Extend,
    /// Approved by a document of this number, good through a day where it tells one, with this content.
    Approve { number: String, last_day: Option<Day>, content: String },
    /// Refused with reasons.
    Refuse(String),
}

/// The authority that reviews on a side.
pub(crate) const fn authority_of(side: Side) -> Authority {
    match side {
        Side::Forestry => Authority::Forestry,
        Side::Fishery => Authority::Fishery,
    }
}

/// How the department's review is to begin at an agency that shares the system.
pub(crate) async fn with(
    office: &Office,
    agency: AgencyId,
    side: Side,
) -> Result<(With, ReviewTerms), Problem> {
    let authority = authority_of(side);
    let found = office.store().agency(agency).await?.map(|record| record.agency);
    if !found.is_some_and(|found| found.authorities.contains(&authority)) {
        return Err(Problem::refused(format!(
            "the agency is no department of the {} side; name one that is",
            side.as_str()
        )));
    }
    let terms = match side {
        Side::Forestry => office.terms().forestry,
        Side::Fishery => office.terms().fishery,
    };
    let terms = terms.ok_or_else(|| {
        Problem::refused("no terms of such a review are known; hand in the document instead")
    })?;
    Ok((With { side, agency }, terms))
}

/// Begins the review of an application that is being handed in, or whose notice is being answered.
pub(super) async fn begin(
    office: &Office,
    work: &mut Work,
    record: &mut ApplicationRecord,
    (with, terms): (With, ReviewTerms),
) -> Result<(), Problem> {
    if record.review.as_ref().is_some_and(|review| !matches!(review, Review::Refused(_))) {
        return Err(Problem::refused("the department reviews or has approved it already; name none"));
    }
    record.review = Some(Review::begin(with, office.today(), terms));
    record.let_in.insert(with.agency);
    letters::to_department(work, with, record, "an application waits for your review").await
}

/// Enters the department's approval that came as a document. It takes the place of what was entered before.
pub(crate) async fn record(office: &Office, caller: &Caller, which: Which, approval: Approval) -> Ready {
    let (work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    is_open(&record)?;
    let today = office.today();
    let approval = approval.entered(today).map_err(|error| refused(&error))?;
    let refused_on = match &record.review {
        Some(Review::Refused(refusal)) => Some(refusal.on),
        _ => None,
    };
    if refused_on.is_some_and(|on| approval.issued < on) {
        return Err(Problem::refused("the department refused after this approval; enter a later one"));
    }
    ended(office, &mut record, Review::Approved(approval));
    prepared(office, caller, work, Some(before), record)
}

/// Does a step of a review that is with the caller's agency, on `side`.
pub(crate) async fn step(
    office: &Office,
    caller: &Caller,
    which: Which,
    (side, step): (Side, Step),
) -> Ready {
    let to = match &step {
        Step::PassOn(agency, _) => Some(with(office, *agency, side).await?.1),
        _ => None,
    };
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    is_open(&record)?;
    let own = record.review.as_ref().and_then(Review::with);
    if own.map(|own| (own.side, Some(own.agency))) != Some((side, caller.actor.agency)) {
        return Err(Problem::refused("the review is not with your agency; look at the application again"));
    }
    let review = after(office, &record, (step, to))?;
    match review.with().filter(|with| own != Some(*with)) {
        Some(with) => {
            record.let_in.insert(with.agency);
            letters::to_department(&mut work, with, &record, "an application was passed on to you").await?;
        }
        None => letters::of_review(office, &mut work, &record, &review).await?,
    }
    record.hands.insert((Hand::Reviewed, caller.actor.user));
    ended(office, &mut record, review);
    prepared(office, caller, work, Some(before), record)
}

/// The review after a step.
fn after(
    office: &Office,
    record: &ApplicationRecord,
    (step, terms): (Step, Option<ReviewTerms>),
) -> Result<Review, Problem> {
    let today = office.today();
    let review = match (record.review.clone(), step, terms) {
        (Some(Review::Provincial(province)), Step::PassOn(agency, opinion), Some(terms)) => {
            province.pass_on((agency, &opinion), today, terms).map(Review::Deciding)
        }
        (Some(Review::Deciding(deciding)), Step::Extend, _) => {
            deciding.extend(today, office.calendar()).map(Review::Deciding)
        }
        (Some(Review::Deciding(deciding)), Step::Approve { number, last_day, content }, _) => {
            let (number, content) = (number.into(), content.into());
            let approval = Approval { number, issued: today, last_day, content, with: None };
            approval.entered(today).and_then(|approval| deciding.approve(approval)).map(Review::Approved)
        }
        (Some(Review::Deciding(deciding)), Step::Refuse(reasons), _) => {
            deciding.refuse(&reasons, today).map(Review::Refused)
        }
        _ => {
            return Err(Problem::refused(
                "a province passes on, and the department itself approves, refuses or takes more time; look at the review again",
            ));
        }
    };
    review.map_err(|error| refused(&error))
}

/// The review as it is now. Where it has just come to its end, the Management Authority is asked from today on.
fn ended(office: &Office, record: &mut ApplicationRecord, review: Review) {
    let was_under_way = record.review.as_ref().is_some_and(Review::is_under_way);
    if was_under_way
        && !review.is_under_way()
        && let Application::Received(received) = &record.state
    {
        let reached: Received = received.clone().reaches(office.today(), office.terms());
        record.state = Application::Received(reached);
    }
    record.review = Some(review);
}

/// Whether the department's word still matters: before the decision.
fn is_open(record: &ApplicationRecord) -> Result<(), Problem> {
    match record.state {
        Application::Received(_) | Application::Incomplete(_) | Application::Accepted(_) => Ok(()),
        _ => Err(other_state(record, "handed in and not decided")),
    }
}

/// Whether the Management Authority may accept: not while the department reviews, which comes first.
pub(super) fn may_accept(record: &ApplicationRecord) -> Result<(), Problem> {
    let is_under_way = record.review.as_ref().is_some_and(Review::is_under_way);
    if is_under_way { Err(refused(&Unapproved::UnderWay)) } else { Ok(()) }
}

/// Whether it may grant, as far as the department's review tells; what is only doubtful bars nothing.
pub(super) fn may_grant(office: &Office, record: &ApplicationRecord) -> Result<(), Problem> {
    let today = office.today();
    let applied = record.submitted.unwrap_or(today);
    stands(record.review.as_ref(), applied, today).map(drop).map_err(|error| refused(&error))
}

/// Tells applicant and department that the Management Authority refused.
///
/// Source: Regulation 465 Art. 13.
pub(super) async fn tell_refusal(
    office: &Office,
    work: &mut Work,
    record: &ApplicationRecord,
    reasons: &str,
) -> Result<(), Problem> {
    letters::to_applicant(office, work, record, &Letter::Refused(reasons)).await?;
    match record.review.as_ref().and_then(Review::with) {
        Some(with) => {
            let what =
                format!("the Management Authority refused an application that you reviewed: {reasons}");
            letters::to_department(work, with, record, &what).await
        }
        None => Ok(()),
    }
}
