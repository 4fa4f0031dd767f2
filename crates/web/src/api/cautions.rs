//! What an officer should look at before they decide an application: told, and barring nothing.
//!
//! Source of truth: the review and the questions of the application. What is sure to bar a grant is refused by the deed;
//! here stands what is missing or doubtful, since a person decides.

use permits::application::Application;
use permits::application::advice::Finding;
use permits::application::department::{Caution, Review, stands};
use store::{ApplicationRecord, Consultation};

use crate::Office;

/// Everything there is to say of an application as it stands.
pub(super) fn of(record: &ApplicationRecord, questions: &[Consultation], office: &Office) -> Vec<String> {
    match record.state {
        Application::Received(_) | Application::Incomplete(_) | Application::Accepted(_) => {
            let mut all: Vec<String> = of_review(record, office).into_iter().collect();
            all.extend(of_advice(record, questions));
            all
        }
        Application::Refused(_)
            if has_department(office) && record.review.as_ref().and_then(Review::with).is_none() =>
        {
            vec!["the State department has no part in the system; send it the refusal with its reasons by letter (Regulation 465 Art. 13)".to_owned()]
        }
        _ => Vec::new(),
    }
}

/// Whether the country has a State department that comes first.
fn has_department(office: &Office) -> bool {
    let terms = office.terms();
    terms.forestry.is_some() || terms.fishery.is_some()
}

fn of_review(record: &ApplicationRecord, office: &Office) -> Option<String> {
    let today = office.today();
    match stands(record.review.as_ref(), record.submitted.unwrap_or(today), today) {
        Err(bar) => Some(bar.to_string()),
        Ok(None) => None,
        Ok(Some(Caution::NotRecorded)) => has_department(office).then(|| {
            "no approval of the State department is recorded; whether one is needed is not known here, so look before deciding"
                .to_owned()
        }),
        Ok(Some(Caution::NoLastDay)) => {
            Some("the State department's approval does not say how long it is good; ask before deciding".to_owned())
        }
        Ok(Some(Caution::OverSince(last))) => Some(format!(
            "the State department's approval was good through {last}, after the application came and before today"
        )),
    }
}

fn of_advice(record: &ApplicationRecord, questions: &[Consultation]) -> Option<String> {
    let latest = questions.iter().filter_map(|question| question.advice.as_ref()).next_back();
    match latest.map(|advice| (advice.finding, advice.recipient_equipped)) {
        Some((Finding::Detrimental, _)) => Some(
            "the Scientific Authority finds the trade detrimental (the Convention, Arts III and IV); read its reasons"
                .to_owned(),
        ),
        Some((Finding::CannotSay, _)) => {
            Some("the Scientific Authority could not say whether the trade is detrimental; read its reasons".to_owned())
        }
        Some((Finding::NotDetrimental, Some(false))) => {
            Some("the Scientific Authority finds the recipient not suitably equipped (Art III 3(b))".to_owned())
        }
        Some((Finding::NotDetrimental, _)) => None,
        None if matches!(record.state, Application::Accepted(_)) => Some(
            "no advice of the Scientific Authority is recorded; Arts III and IV of the Convention ask for one of most wild trade in Appendices I and II"
                .to_owned(),
        ),
        None => None,
    }
}
