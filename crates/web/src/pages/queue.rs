//! The work that waits at one's agency: by role the queue that is theirs, and the others beside it.

use access::{Role, RoleSet};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use store::Queue;

use super::layout::{Around, Here, page};
use super::row::{ApplicationRow, Clock, Names};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::sent::{self, Asked};

/// A queue of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Which {
    /// Handed in, and not looked at.
    Received,
    /// Complete, to be decided.
    Accepted,
    /// Granted, to be issued.
    Granted,
    /// Sent back with a notice of defects.
    Incomplete,
    /// To be reviewed by the province for the State department.
    Provincial,
    /// To be decided by the State department.
    Deciding,
    /// The agency was asked.
    Asked,
}

impl Which {
    const OFFICE: [Which; 4] = [Which::Received, Which::Accepted, Which::Granted, Which::Incomplete];
    const REVIEW: [Which; 2] = [Which::Provincial, Which::Deciding];

    const fn as_str(self) -> &'static str {
        match self {
            Which::Received => "received",
            Which::Accepted => "accepted",
            Which::Granted => "granted",
            Which::Incomplete => "incomplete",
            Which::Provincial => "provincial",
            Which::Deciding => "deciding",
            Which::Asked => "asked",
        }
    }

    const fn queue(self) -> Queue<'static> {
        match self {
            Which::Received | Which::Accepted | Which::Granted | Which::Incomplete => {
                Queue::InState(self.as_str())
            }
            Which::Provincial | Which::Deciding => Queue::InReview(self.as_str()),
            Which::Asked => Queue::Asked,
        }
    }

    /// Those of somebody's roles, what they mostly do first.
    fn of(roles: RoleSet) -> Vec<Which> {
        let of_role = |role| match role {
            Role::IntakeOfficer => &[Which::Received][..],
            Role::DecisionOfficer => &[Which::Accepted],
            Role::IssuingOfficer => &[Which::Granted],
            Role::ForestryReviewer | Role::FisheryReviewer => &Which::REVIEW,
            Role::ScientificAuthority => &[Which::Asked],
            _ => &[],
        };
        let own: Vec<Which> = roles.iter().flat_map(of_role).copied().collect();
        let is_of_office = own.is_empty() || own.iter().any(|own| Which::OFFICE.contains(own));
        let others = if is_of_office { &Which::OFFICE[..] } else { &[] };
        let mut all = Vec::new();
        for which in own.iter().chain(others) {
            if !all.contains(which) {
                all.push(*which);
            }
        }
        all
    }
}

/// What the page is asked for with.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    which: Option<Which>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    around: Around,
    which: &'static str,
    others: Vec<&'static str>,
    rows: Vec<ApplicationRow>,
    is_first: bool,
    next: Option<String>,
}

pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    caller.reach()?;
    let Some(agency) = caller.actor.agency else {
        return Err(Problem::refused("you are of no agency, so no work waits for you"));
    };
    let others = Which::of(caller.actor.roles);
    let which = wanted.which.or(others.first().copied()).unwrap_or(Which::Received);
    let (after, most) = sent::page(wanted.after.as_deref(), None)?;
    let found = office.store().queue(agency, which.queue(), after.as_ref(), most).await?;
    let names = Names::on(&office, &found, |row| row.operator).await?;
    let today = office.today();
    let shown = QueuePage {
        around: Around::of(&caller, Here::Queue),
        which: which.as_str(),
        others: others.into_iter().map(Which::as_str).collect(),
        is_first: after.is_none(),
        next: found.next.map(|next| format!("/queue?which={}&after={next}", which.as_str())),
        rows: found.rows.into_iter().map(|row| ApplicationRow::of(row, &names, today)).collect(),
    };
    page(StatusCode::OK, &shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_begins_with_its_own_queue() {
        for (role, first) in [
            (Role::IntakeOfficer, Which::Received),
            (Role::DecisionOfficer, Which::Accepted),
            (Role::IssuingOfficer, Which::Granted),
            (Role::ForestryReviewer, Which::Provincial),
            (Role::FisheryReviewer, Which::Provincial),
            (Role::ScientificAuthority, Which::Asked),
            (Role::Auditor, Which::Received),
        ] {
            assert_eq!(Which::of(RoleSet::from(role)).first(), Some(&first), "{role}");
        }
    }

    #[test]
    fn no_queue_stands_twice() {
        let both = RoleSet::from(Role::IntakeOfficer).with(Role::DecisionOfficer).unwrap();
        let all = [Which::Received, Which::Accepted, Which::Granted, Which::Incomplete];
        assert_eq!(Which::of(both), all);
    }
}
