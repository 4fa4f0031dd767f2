//! What stops the clock of the decision, starts it again and lengthens it: questions, their answers, more time.
//!
//! Source: Regulation 465 of China Arts. 13 and 14. A question has the number that it has in the clock; its letter, its
//! answer and the Scientific Authority's advice are kept beside it.

use access::{Authority, Hand};
use cites::{AgencyId, ApplicationId, Day};
use permits::Wait;
use permits::application::advice::Advice;
use permits::application::{Accepted, Application};
use serde_json::json;
use store::{ApplicationRecord, Consultation, Version, Work};

use super::{Prepared, held, other_state, prepared, refused, told};
use crate::Office;
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;

type Which = (ApplicationId, Version);
type Ready = Result<Prepared<ApplicationRecord>, Problem>;

/// A question by letter.
#[derive(Debug)]
pub(crate) struct Question {
    /// Whom the clock waits for.
    pub(crate) wait: Wait,
    /// Who is asked, as the letter names them.
    pub(crate) asked_of: Option<String>,
    /// The agency, where it shares the system.
    pub(crate) agency: Option<AgencyId>,
    /// The letter.
    pub(crate) letter: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) advice: Option<Advice>,
    pub(crate) day: Day,
}

/// Asks. The clock stands still from today; an agency that shares the system is let in, so that it can read and answer.
pub(crate) async fn ask(office: &Office, caller: &Caller, which: Which, question: Question) -> Ready {
    let asked_of = asked_of(office, &question).await?;
    if question.letter.trim().is_empty() {
        return Err(Problem::refused("a question needs its letter; write what is asked"));
    }
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let (accepted, number) =
        accepted(&record)?.ask(question.wait, office.today()).map_err(|error| refused(&error))?;
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let kept = Consultation {
        application: record.id,
        question: number,
        version: Version::NEW,
        asked_of,
        agency: question.agency,
        letter: question.letter,
        asked: office.today(),
        answer: None,
        advice: None,
    };
    put(&mut work, &kept)?;
    record.state = Application::Accepted(accepted);
    if let Some(agency) = question.agency {
        record.let_in.insert(agency);
        letters::to_scientific_authority(&mut work, agency, &record).await?;
    }
    let mut ready = prepared(office, caller, work, Some(before), record)?;
    ready.note("asked", json!({ "question": number, "of": kept.asked_of, "letter": kept.letter }));
    Ok(ready)
}

/// Who is asked, as the letter names them: an agency by its name where nothing else is told.
async fn asked_of(office: &Office, question: &Question) -> Result<String, Problem> {
    let named = question.asked_of.clone().filter(|named| !named.trim().is_empty());
    let Some(agency) = question.agency else {
        return named.ok_or_else(|| Problem::refused("a question names who is asked; name them"));
    };
    let agency = office.store().agency(agency).await?.map(|record| record.agency);
    let agency = agency.filter(|agency| agency.authorities.contains(&Authority::Scientific));
    let agency = agency.ok_or_else(|| {
        Problem::refused("the agency is no Scientific Authority; name one that is, or ask by letter alone")
    })?;
    Ok(named.unwrap_or(agency.name))
}

/// The Scientific Authority that was asked gives its advice, and the clock runs on.
pub(crate) async fn advise(
    office: &Office,
    caller: &Caller,
    which: Which,
    (question, advice): (u32, Advice),
) -> Ready {
    let answer = Answer { text: advice.reasons.to_string(), advice: Some(advice), day: office.today() };
    answered(office, caller, which, (question, answer), true).await
}

/// The office enters an answer that came by letter, and the clock runs on.
pub(crate) async fn reply(
    office: &Office,
    caller: &Caller,
    which: Which,
    (question, answer): (u32, Answer),
) -> Ready {
    if answer.text.trim().is_empty() || answer.day > office.today() {
        return Err(Problem::refused("an answer has a text and a day that is not to come; correct it"));
    }
    answered(office, caller, which, (question, answer), false).await
}

async fn answered(
    office: &Office,
    caller: &Caller,
    which: Which,
    (number, answer): (u32, Answer),
    is_own: bool,
) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let accepted = accepted(&record)?;
    let questions = work.consultations(record.id).await?;
    let of = questions.into_iter().find(|question| question.question == number);
    // Who was not asked is told nothing of what others were.
    let of = of.filter(|question| !is_own || question.agency == caller.actor.agency);
    let question = of.ok_or_else(|| Problem::refused(format!("you were asked no question {number}")))?;
    let place = usize::try_from(number).unwrap_or(usize::MAX);
    let is_of_science = accepted.clock().pauses().get(place).is_some_and(|pause| pause.wait == Wait::Experts);
    if is_of_science != answer.advice.is_some() {
        return Err(Problem::refused(
            "the Scientific Authority's answer tells its finding, and no other answer does; correct it",
        ));
    }
    let accepted = accepted.answered(place, answer.day).map_err(|error| refused(&error))?;
    record.state = Application::Accepted(accepted);
    if is_own {
        record.hands.insert((Hand::Advised, caller.actor.user));
    }
    let told_of = json!({ "question": number, "answer": answer.text, "advice": answer.advice });
    put(
        &mut work,
        &Consultation { answer: Some((answer.text, answer.day)), advice: answer.advice, ..question },
    )?;
    let mut ready = prepared(office, caller, work, Some(before), record)?;
    ready.note("answered", told_of);
    Ok(ready)
}

/// Takes more time, once, with the reason that the applicant is told.
pub(crate) async fn extend(office: &Office, caller: &Caller, which: Which, reason: &str) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let extended = accepted(&record)?.extend(reason, office.today(), office.calendar());
    record.state = Application::Accepted(extended.map_err(|error| refused(&error))?);
    letters::to_applicant(office, &mut work, &record, &Letter::Extended(reason)).await?;
    prepared(office, caller, work, Some(before), record)
}

fn accepted(record: &ApplicationRecord) -> Result<Accepted, Problem> {
    match &record.state {
        Application::Accepted(accepted) => Ok(accepted.clone()),
        _ => Err(other_state(record, "accepted")),
    }
}

fn put(work: &mut Work, question: &Consultation) -> Result<(), Problem> {
    work.put_consultation(question).map_err(|error| Problem::fault("an advice cannot be written", &error))
}
