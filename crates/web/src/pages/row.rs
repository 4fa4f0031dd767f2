//! Rows of the lists, and what stands in them in words.

use std::collections::BTreeMap;

use cites::{Day, DocumentKind, OperatorId};
use store::{ApplicationSummary, Page, PermitSummary, Stopped};

use crate::Office;
use crate::problem::Problem;

/// How the clock of an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// There is no term: it is not handed in, or it is decided.
    None,
    /// The last day is past.
    Late,
    /// It stands still while others are asked.
    Stopped,
    /// It runs.
    Runs,
}

impl Clock {
    /// By its last day; a term has none while it hangs on an answer.
    pub(super) fn of(stopped: Option<Stopped>, due: Option<Day>, today: Day) -> Clock {
        match due {
            Some(due) if due < today => Clock::Late,
            Some(_) => Clock::Runs,
            None if stopped.is_some() => Clock::Stopped,
            None => Clock::None,
        }
    }
}

/// The name of a paper in words; a pack's paper under its own.
pub(super) fn paper(kind: DocumentKind) -> String {
    kind.name_en().map_or_else(|| kind.to_string(), str::to_owned)
}

/// An application in a list.
pub(super) struct ApplicationRow {
    pub(super) id: String,
    pub(super) paper: Option<String>,
    pub(super) operator: String,
    pub(super) state: String,
    pub(super) review: Option<String>,
    pub(super) submitted: Option<Day>,
    pub(super) due: Option<Day>,
    pub(super) clock: Clock,
}

impl ApplicationRow {
    pub(super) fn of(row: ApplicationSummary, names: &Names, today: Day) -> ApplicationRow {
        ApplicationRow {
            id: row.id.to_string(),
            paper: row.kind.map(paper),
            operator: names.of(row.operator),
            clock: Clock::of(row.stopped, row.due, today),
            state: row.state,
            review: row.review,
            submitted: row.submitted,
            due: row.due,
        }
    }
}

/// A permit in a list.
pub(super) struct PermitRow {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) paper: String,
    pub(super) operator: String,
    pub(super) state: &'static str,
    pub(super) issued: Day,
    pub(super) last_day: Day,
}

impl PermitRow {
    pub(super) fn of(row: PermitSummary, names: &Names, today: Day) -> PermitRow {
        PermitRow {
            id: row.id.to_string(),
            paper: paper(row.kind),
            operator: names.of(row.operator),
            state: row.state.as_str(today),
            number: row.number,
            issued: row.issued,
            last_day: row.last_day,
        }
    }
}

/// The names of the operators of a page of a list.
pub(super) struct Names(BTreeMap<OperatorId, String>);

impl Names {
    /// Of those that `of` tells of each row; each is loaded once.
    ///
    /// # Errors
    /// The database fails.
    pub(super) async fn on<R>(
        office: &Office,
        page: &Page<R>,
        of: fn(&R) -> OperatorId,
    ) -> Result<Names, Problem> {
        let mut names = BTreeMap::new();
        for operator in page.rows.iter().map(of) {
            if names.contains_key(&operator) {
                continue;
            }
            if let Some(record) = office.store().operator(operator).await? {
                names.insert(operator, record.name);
            }
        }
        Ok(Names(names))
    }

    fn of(&self, operator: OperatorId) -> String {
        self.0.get(&operator).cloned().unwrap_or_else(|| operator.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_late_after_its_last_day_and_stopped_while_others_are_asked() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let today = day("2026-11-30");
        let of = |stopped, due: Option<&str>| Clock::of(stopped, due.map(day), today);
        assert_eq!(of(None, Some("2026-11-29")), Clock::Late);
        assert_eq!(of(Some(Stopped::Review), Some("2026-11-30")), Clock::Runs);
        assert_eq!(of(Some(Stopped::Asked(permits::Wait::Abroad, 0)), None), Clock::Stopped);
        assert_eq!(of(None, None), Clock::None);
    }
}
