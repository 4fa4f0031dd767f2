//! How long the authorities have, as a pack's table says, and the last day of the clock that runs.
//!
//! Source of truth: `approval.csv` of the country's pack, whose rows bear their clause; its days are working days. What
//! is not in the table is an error and never a number of the program.

use serde::Deserialize;

use super::department::{Review, ReviewTerms};
use super::{Application, Terms};
use crate::clock::Term;
use crate::working_days::{Counted, WorkingDays};

/// Why a table gives no terms.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// It cannot be read.
    #[error("the table of approval steps cannot be read; compare its columns with the shipped one")]
    Shape(#[source] Box<csv::Error>),
    /// A step is not there, or names no days.
    #[error("the step `{0}` tells no days; add them to the table of approval steps")]
    NoDays(&'static str),
    /// A step stands twice.
    #[error("the step `{0}` stands twice; keep one row")]
    Twice(&'static str),
}

/// The step in which everything that is missing is told once.
const DEFECTS: &str = "defects";
/// The step in which the Management Authority decides.
const DECISION: &str = "certificate-decision";

/// The first review of the fishery side, by the province.
const PROVINCE: &str = "provincial-review";
/// The decision of the State department, by its side.
const FISHERY: &str = "department-decision-fishery";
const FORESTRY: &str = "department-decision-forestry";
/// The return of the endorsed copy. Its days are those of the calendar, whatever the others are.
const COPY: &str = "endorsed-copy";

/// What is read of a row.
#[derive(Deserialize)]
struct Row {
    step: String,
    days: Option<u16>,
    more_days: Option<u16>,
}

impl Terms {
    /// The terms out of a table of approval steps. A table without the State department's steps is of a country where
    /// no such review comes first.
    ///
    /// Source: for China, Regulation 465 Arts. 10, 11, 13 and 21, in `data/packs/china/approval.csv`.
    ///
    /// # Errors
    /// The table cannot be read, or a step of the Management Authority is missing, or one stands twice or tells no
    /// days.
    pub fn from_table(text: &str) -> Result<Terms, TermsError> {
        let rows: Result<Vec<Row>, csv::Error> =
            csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
        let rows = rows.map_err(|error| TermsError::Shape(Box::new(error)))?;
        let days = |row: &Row, step| row.days.ok_or(TermsError::NoDays(step));
        let (defects, decision) = (one(&rows, DEFECTS)?, one(&rows, DECISION)?);
        Ok(Terms {
            completeness: Term::WorkingDays(days(defects, DEFECTS)?),
            decision: Term::WorkingDays(days(decision, DECISION)?),
            extension: decision.more_days.ok_or(TermsError::NoDays(DECISION))?,
            forestry: review(&rows, None, FORESTRY)?,
            fishery: review(&rows, Some(PROVINCE), FISHERY)?,
            copy: maybe(&rows, COPY)?.map(|row| days(row, COPY)).transpose()?.map(Term::CalendarDays),
        })
    }
}

/// The terms of one side of the State department; `None` where the table has no decision of that side.
fn review(
    rows: &[Row],
    province: Option<&'static str>,
    step: &'static str,
) -> Result<Option<ReviewTerms>, TermsError> {
    let Some(decision) = maybe(rows, step)? else { return Ok(None) };
    let first = match province {
        Some(province) => maybe(rows, province)?.map(|row| row.days.ok_or(TermsError::NoDays(province))),
        None => None,
    };
    Ok(Some(ReviewTerms {
        provincial: first.transpose()?.map(Term::WorkingDays),
        decision: Term::WorkingDays(decision.days.ok_or(TermsError::NoDays(step))?),
        extension: decision.more_days.ok_or(TermsError::NoDays(step))?,
    }))
}

fn maybe<'r>(rows: &'r [Row], step: &'static str) -> Result<Option<&'r Row>, TermsError> {
    if rows.iter().any(|row| row.step == step) { one(rows, step).map(Some) } else { Ok(None) }
}

fn one<'r>(rows: &'r [Row], step: &'static str) -> Result<&'r Row, TermsError> {
    let mut found = rows.iter().filter(|row| row.step == step);
    let first = found.next().ok_or(TermsError::NoDays(step))?;
    if found.next().is_some() { Err(TermsError::Twice(step)) } else { Ok(first) }
}

impl Application {
    /// The last day of the clock that runs on `on`, with what the calendar does not know of the way to it; `None`
    /// where none runs, or one stands still. While the State department reviews, it is the department's.
    pub fn due(&self, review: Option<&Review>, on: cites::Day, calendar: &WorkingDays) -> Option<Counted> {
        if let Some(review) = review.filter(|review| self.awaits_review(review)) {
            return review.due(on, calendar);
        }
        let standing = match self {
            Application::Received(received) => received.standing(on, calendar),
            Application::Accepted(accepted) => accepted.standing(on, calendar),
            _ => return None,
        };
        standing.last()
    }

    /// Whether the State department's review is under way, so that the Management Authority does not count its days.
    pub const fn awaits_review(&self, review: &Review) -> bool {
        matches!(self, Application::Received(_) | Application::Incomplete(_)) && review.is_under_way()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::Draft;

    const SHIPPED: &str = include_str!("../../../../data/packs/china/approval.csv");

    #[test]
    fn the_terms_of_china_are_those_of_its_pack() {
        let terms = Terms::from_table(SHIPPED).unwrap();
        let days = (terms.completeness, terms.decision, terms.extension);
        assert_eq!(days, (Term::WorkingDays(5), Term::WorkingDays(20), 10));
        let decides =
            |provincial| Some(ReviewTerms { provincial, decision: Term::WorkingDays(20), extension: 10 });
        assert_eq!(terms.forestry, decides(None));
        assert_eq!(terms.fishery, decides(Some(Term::WorkingDays(10))));
        assert_eq!(terms.copy, Some(Term::CalendarDays(30)));
    }

    #[test]
    fn a_table_without_a_department_has_no_review() {
        let without = SHIPPED.replace("department-decision-", "other-").replace("endorsed-copy", "other");
        let terms = Terms::from_table(&without).unwrap();
        assert_eq!((terms.forestry, terms.fishery, terms.copy), (None, None, None));
    }

    #[test]
    fn a_table_without_a_step_or_its_days_gives_no_terms() {
        for (from, to) in [
            ("defects,7", "other,7"),
            ("certificate-decision,8", "defects,8"),
            ("decides; a refusal goes in writing to the applicant and the department,20,", "decides,,"),
        ] {
            let table = SHIPPED.replace(from, to);
            assert_ne!(table, SHIPPED, "{from}");
            assert!(Terms::from_table(&table).is_err(), "{from}");
        }
        assert!(matches!(
            Terms::from_table("step\ndefects"),
            Err(TermsError::Shape(_) | TermsError::NoDays(_))
        ));
    }

    #[test]
    fn the_day_that_is_due_names_years_without_a_notice() {
        let calendar = include_str!("../../../../data/calendars/CN.toml");
        let (calendar, terms) =
            (WorkingDays::from_toml(calendar).unwrap(), Terms::from_table(SHIPPED).unwrap());
        let on = cites::Day::new(2026, 12, 29);
        let received = Application::Received(Draft.submit(on, terms));
        let due = received.due(None, on, &calendar).unwrap();
        assert_eq!((due.day, due.unknown_years), (cites::Day::new(2027, 1, 5), vec![2027]));
        assert_eq!(Application::Draft(Draft).due(None, on, &calendar), None);
    }
}
