//! What the office writes by mail, with the deed that it tells of and in its transaction.
//!
//! Source of truth: the deeds; the words are here and nowhere else, in English. A letter goes to the accounts that have an
//! address: of those who act for the operator, or of those of an agency who do the work. That nobody has one is no
//! hindrance to the deed.

use access::Role;
use cites::AgencyId;
use permits::application::department::{Review, Side, With};
use serde_json::json;
use store::outbox::MessageKind;
use store::{ApplicationRecord, MailBox, Message, Work};

use crate::Office;
use crate::problem::Problem;

/// What an applicant must know of.
#[derive(Debug)]
pub(crate) enum Letter<'l> {
    /// What is missing.
    Defects(&'l [Box<str>]),
    /// Accepted: the clock of the decision runs.
    Accepted,
    /// The term was extended, for this reason.
    Extended(&'l str),
    /// Granted.
    Granted,
    /// Refused, for these reasons.
    Refused(&'l str),
    /// The permit of this number was issued.
    Issued(&'l str),
    /// The permit of this number is printed and can be fetched.
    Ready(&'l str),
    /// The permit of the first number was replaced by that of the second, for this reason.
    Replaced(&'l str, &'l str, &'l str),
    /// The permit of this number was cancelled, for this reason.
    Cancelled(&'l str, &'l str),
    /// The State department approved, by the document of this number.
    Approved(&'l str),
    /// The State department refused, for these reasons.
    DepartmentRefused(&'l str),
}

impl Letter<'_> {
    /// Subject and text.
    fn words(&self) -> (&'static str, String) {
        match self {
            Letter::Defects(defects) => {
                let list: Vec<String> = defects.iter().map(|defect| format!("- {defect}")).collect();
                let list = list.join("\n");
                (
                    "Your application is incomplete",
                    format!("This is missing:\n{list}\nPlease answer in the system."),
                )
            }
            Letter::Accepted => (
                "Your application was accepted",
                "It is complete. The term of the decision runs from today.".into(),
            ),
            Letter::Extended(reason) => {
                ("The decision takes longer", format!("The term was extended for this reason: {reason}"))
            }
            Letter::Granted => ("Your application was granted", "The permit will be issued next.".into()),
            Letter::Refused(reasons) => {
                ("Your application was refused", format!("It was refused for these reasons: {reasons}"))
            }
            Letter::Issued(number) => ("Your permit was issued", format!("It has the number {number}.")),
            Letter::Ready(number) => {
                ("Your permit is ready", format!("The permit {number} is printed and can be fetched."))
            }
            Letter::Replaced(old, new, why) => (
                "Your permit was replaced",
                format!("The permit {new} takes the place of {old}, which is no longer good: {why}"),
            ),
            Letter::Cancelled(number, why) => {
                ("Your permit was cancelled", format!("The permit {number} is no longer good: {why}"))
            }
            Letter::Approved(number) => (
                "The State department approved your application",
                format!("Its document has the number {number}. The Management Authority looks at it next."),
            ),
            Letter::DepartmentRefused(reasons) => (
                "The State department refused your application",
                format!("It refused for these reasons: {reasons}"),
            ),
        }
    }
}

/// Writes to those who act for the operator of an application.
pub(crate) async fn to_applicant(
    office: &Office,
    work: &mut Work,
    record: &ApplicationRecord,
    letter: &Letter<'_>,
) -> Result<(), Problem> {
    let (subject, text) = letter.words();
    let due = record.state.due(record.review.as_ref(), office.today(), office.calendar());
    let text = match due {
        Some(due) if matches!(letter, Letter::Accepted | Letter::Extended(_)) => {
            format!("{text}\nIts last day is {}.", due.day)
        }
        _ => text,
    };
    let boxes = work.mail_of_operator(record.operator).await?;
    send(work, record, boxes, (subject, &text));
    Ok(())
}

/// Writes to the reviewers of the department that has a review.
pub(crate) async fn to_department(
    work: &mut Work,
    with: With,
    record: &ApplicationRecord,
    what: &str,
) -> Result<(), Problem> {
    let role = match with.side {
        Side::Forestry => Role::ForestryReviewer,
        Side::Fishery => Role::FisheryReviewer,
    };
    let boxes = work.mail_of_agency(with.agency, role).await?;
    send(work, record, boxes, ("On an application under your review", what));
    Ok(())
}

/// Writes to the Scientific Authority that was asked.
pub(crate) async fn to_scientific_authority(
    work: &mut Work,
    agency: AgencyId,
    record: &ApplicationRecord,
) -> Result<(), Problem> {
    let boxes = work.mail_of_agency(agency, Role::ScientificAuthority).await?;
    let what = "You were asked for your advice. The letter is in the system.";
    send(work, record, boxes, ("Your advice is asked for", what));
    Ok(())
}

/// Tells the applicant what the department decided; that it takes more time is seen in the application.
pub(crate) async fn of_review(
    office: &Office,
    work: &mut Work,
    record: &ApplicationRecord,
    review: &Review,
) -> Result<(), Problem> {
    let letter = match review {
        Review::Approved(approval) => Letter::Approved(&approval.number),
        Review::Refused(refusal) => Letter::DepartmentRefused(&refusal.reasons),
        Review::Provincial(_) | Review::Deciding(_) => return Ok(()),
    };
    to_applicant(office, work, record, &letter).await
}

fn send(work: &mut Work, record: &ApplicationRecord, boxes: Vec<MailBox>, (subject, text): (&str, &str)) {
    for MailBox { address, .. } in boxes {
        let text = format!("Application {}\n\n{text}\n", record.id);
        let payload = json!({ "language": "en", "subject": subject, "text": text });
        work.tell(Message { kind: MessageKind::Mail, target: address, payload });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_tells_what_it_was_given() {
        let defects: [Box<str>; 2] = ["no contract".into(), "no origin".into()];
        for (letter, parts) in [
            (Letter::Defects(&defects), ["no contract", "no origin"]),
            (Letter::Extended("the range State is slow"), ["the range State is slow", ""]),
            (Letter::Refused("no finding"), ["no finding", "refused"]),
            (Letter::Replaced("A/1", "A/2", "another port"), ["A/2 takes the place of A/1", "another port"]),
            (Letter::DepartmentRefused("the pond is dry"), ["the pond is dry", ""]),
        ] {
            let (_, text) = letter.words();
            assert!(parts.iter().all(|part| text.contains(part)), "{text}");
        }
    }
}
