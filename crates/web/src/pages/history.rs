//! The history of an application and of a permit, for reading: who did what, and what changed, latest first.

use std::collections::BTreeMap;

use access::{Instant, Role};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cites::{AgencyId, UserId};
use serde_json::{Map, Value};
use store::{By, Event, SubjectKind};

use super::form::sentence;
use super::layout::{Around, Here, page};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::seen;
use crate::sent::{self, Asked};

/// What the page is asked for with.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    after: Option<String>,
}

/// A deed as it was done.
struct Done {
    at: String,
    what: String,
    who: String,
    roles: String,
    by_token: bool,
    changes: Vec<Change>,
}

/// What was so and is otherwise.
struct Change {
    what: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    around: Around,
    of: String,
    back: String,
    path: String,
    /// The application on which a permit was issued, whose history tells the issue.
    application: Option<String>,
    rows: Vec<Done>,
    is_first: bool,
    next: Option<String>,
}

pub(super) async fn of_application(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let record = seen::application(&office, &caller, &application).await?;
    let of = Of {
        subject: (SubjectKind::Application, record.id.to_string()),
        here: Here::Applications,
        name: "the application".to_owned(),
        back: format!("/applications/{}", record.id),
        application: None,
    };
    show(&office, &caller, of, &wanted).await
}

pub(super) async fn of_permit(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let record = seen::permit(&office, &caller, &permit).await?;
    let of = Of {
        subject: (SubjectKind::Permit, record.id.to_string()),
        here: Here::Permits,
        name: format!("permit {}", record.number),
        back: format!("/permits/{}", record.id),
        application: record.application.map(|id| format!("/applications/{id}/history")),
    };
    show(&office, &caller, of, &wanted).await
}

/// What the page is of.
struct Of {
    subject: (SubjectKind, String),
    here: Here,
    name: String,
    back: String,
    application: Option<String>,
}

async fn show(office: &Office, caller: &Caller, of: Of, wanted: &Wanted) -> Result<Response, Problem> {
    let Of { subject: (kind, id), here, name, back, application } = of;
    let (after, most) = sent::page(wanted.after.as_deref(), None)?;
    let found = office.store().events_of(kind, &id, after.as_ref(), most).await?;
    let people = People::of(office, caller, &found.rows).await?;
    let path = format!("{back}/history");
    let shown = HistoryPage {
        around: Around::of(caller, here),
        of: name,
        back,
        application,
        is_first: after.is_none(),
        next: found.next.map(|next| format!("{path}?after={next}")),
        path,
        rows: found.rows.into_iter().map(|event| Done::of(office, event, &people)).collect(),
    };
    page(StatusCode::OK, &shown)
}

/// By what names people are told: officers see each other's, and who applies sees their own side's and of officers the
/// agency.
struct People {
    persons: BTreeMap<UserId, String>,
    agencies: BTreeMap<AgencyId, String>,
}

impl People {
    async fn of(office: &Office, caller: &Caller, events: &[Event]) -> Result<People, Problem> {
        let mut people = People { persons: BTreeMap::new(), agencies: BTreeMap::new() };
        for event in events {
            let By::Person { user, agency, .. } = event.done.by else { continue };
            if let Some(agency) = agency
                && !people.agencies.contains_key(&agency)
                && let Some(record) = office.store().agency(agency).await?
            {
                people.agencies.insert(agency, record.agency.name);
            }
            let is_shown = agency.is_none() || caller.actor.agency.is_some();
            if is_shown
                && !people.persons.contains_key(&user)
                && let Some(account) = office.store().account(user).await?
            {
                people.persons.insert(user, account.name);
            }
        }
        Ok(people)
    }

    fn name(&self, user: UserId, agency: Option<AgencyId>) -> String {
        let person = self.persons.get(&user).map(String::as_str);
        let agency = agency.and_then(|agency| self.agencies.get(&agency)).map(String::as_str);
        match (person, agency) {
            (Some(person), Some(agency)) => format!("{person}, {agency}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => "Somebody whose account is gone".to_owned(),
        }
    }
}

impl Done {
    fn of(office: &Office, event: Event, people: &People) -> Done {
        let Event { at, done } = event;
        let (who, roles, by_token) = match done.by {
            By::Person { user, agency, roles, token } => {
                let words: Vec<&str> = roles.iter().map(Role::as_str).collect();
                (people.name(user, agency), words.join(", "), token.is_some())
            }
            By::Job(job) => (format!("The system ({job})"), String::new(), false),
        };
        Done {
            at: at_the_office(office, at),
            what: sentence(done.deed.meaning()),
            who,
            roles,
            by_token,
            changes: changes(done.before.as_ref(), done.after.as_ref()),
        }
    }
}

/// Day and time by the clock of the office.
fn at_the_office(office: &Office, at: Instant) -> String {
    let ahead = i64::from(office.parts().ahead_of_utc_seconds);
    let shifted = Instant(at.0.saturating_add_signed(ahead));
    shifted.to_string().trim_end_matches('Z').replace('T', " ")
}

/// What differs between before and after, by its words.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let none = Map::new();
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).unwrap_or(&none).clone();
    let (before, after) = (fields(before), fields(after));
    let mut words: Vec<&String> = before.keys().chain(after.keys()).collect();
    words.sort();
    words.dedup();
    let differs = words.into_iter().filter(|word| before.get(*word) != after.get(*word));
    let told = |value: Option<&Value>| value.map_or_else(String::new, plain);
    differs
        .map(|word| Change {
            what: match word.as_str() {
                // What is asked is kept with the application; the history tells by its hash whether it is the same.
                "asked_sha256" => "what is asked, as a hash".to_owned(),
                word => word.replace('_', " "),
            },
            before: told(before.get(word)),
            after: told(after.get(word)),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A value as people read it: texts without quotes, and nothing for nothing.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let told = fields.iter().map(|(word, value)| (word.replace('_', " "), plain(value)));
            let told = told.filter(|(_, text)| !text.is_empty());
            told.map(|(word, text)| format!("{word}: {text}")).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told_and_in_plain_words() {
        let before = json!({ "state": { "accepted": { "on": "2026-11-30" } }, "due": null, "same": 1 });
        let after = json!({ "state": "granted", "due": null, "same": 1, "let_in": ["a", "b"] });
        let told: Vec<_> = changes(Some(&before), Some(&after))
            .into_iter()
            .map(|change| (change.what, change.before, change.after))
            .collect();
        let row =
            |what: &str, before: &str, after: &str| (what.to_owned(), before.to_owned(), after.to_owned());
        assert_eq!(told, [row("let in", "", "a; b"), row("state", "accepted: on: 2026-11-30", "granted")]);
        assert!(changes(None, None).is_empty());
    }
}
