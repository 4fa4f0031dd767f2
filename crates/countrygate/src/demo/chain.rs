//! Walks the applications through the chain, day by day, as the people of the office would.

use anyhow::{Context, Result};
use axum::http::Method;
use serde_json::{Value, json};
use web::Office;

use super::people::Settled;
use super::requests::Desk;
use super::set_days_ago;
use super::table::{STORIES, Step, Story};

/// An application on its way: where it is found, and its version as it was last seen; then the same of its permit.
#[derive(Default)]
struct Way {
    application: (String, i64),
    permit: (String, i64),
}

/// Does every step of every application, the earliest day first.
pub(super) async fn walk(office: &Office, settled: &Settled) -> Result<()> {
    let mut steps = Vec::new();
    for (place, story) in STORIES.iter().enumerate() {
        steps.extend(story.steps.iter().map(|(days, step)| (*days, place, *step)));
    }
    // What stands first in a story is done first on a day.
    steps.sort_by_key(|(days, ..)| std::cmp::Reverse(*days));
    let desk = Desk::of(office);
    let mut ways: Vec<Way> = STORIES.iter().map(|_| Way::default()).collect();
    for (days, place, step) in steps {
        set_days_ago(days);
        let (story, way) = (STORIES.get(place), ways.get_mut(place));
        let (story, way) = story.zip(way).context("a step of no application")?;
        let walker = Walker { desk: &desk, settled, story, way, year: office.today().year() };
        walker.take(step).await.with_context(|| format!("application {}", place + 1))?;
    }
    Ok(())
}

struct Walker<'w, 'o> {
    desk: &'w Desk<'o>,
    settled: &'w Settled,
    story: &'static Story,
    way: &'w mut Way,
    /// The year of the deed.
    year: i16,
}

impl Walker<'_, '_> {
    async fn take(self, step: Step) -> Result<()> {
        let (own, office) = (self.story.by, self.settled.office.to_string());
        match step {
            Step::Draft => self.draft().await,
            Step::Submit => self.does(own, "submission", json!({ "agency": office })).await,
            Step::Notice(defect) => self.does("intake", "notice", json!({ "defects": [defect] })).await,
            Step::Answer => self.does(own, "answer", json!({})).await,
            Step::Accept => self.does("intake", "acceptance", json!({})).await,
            Step::Withdraw => self.does(own, "withdrawal", json!({})).await,
            Step::Grant(quota) => {
                let lines = self.granted(quota);
                self.does("decider", "decision", lines).await
            }
            Step::Refuse(reasons) => self.does("decider", "refusal", json!({ "reasons": reasons })).await,
            Step::Issue => self.issue().await,
            Step::Endorse(quantity) => {
                let crossed = json!({ "line": 1, "quantity": quantity, "port": "Made-up Pass" });
                self.does_on_permit("port", "endorsements", crossed).await
            }
            Step::Cancel(reason) => {
                self.does_on_permit("decider", "cancellation", json!({ "reason": reason })).await
            }
            Step::Lose => self.does_on_permit(own, "loss", json!({})).await,
            Step::Return => self.does_on_permit("intake", "return", json!({})).await,
        }
    }

    async fn draft(self) -> Result<()> {
        let Story { by, operator, kind, other_side, lines, .. } = self.story;
        let operator = self.settled.operators.get(*operator).context("an operator of no place")?;
        let new = json!({ "operator": operator.to_string(), "kind": kind });
        let begun = self.desk.send(by, (Method::POST, "/api/applications"), None, &new).await?;
        let path = format!("/api/applications/{}", text(&begun, "id")?);
        let head = json!({ "form": 1, "head": { "kind": kind, "other-side": other_side }, "lines": [], "pending": [] });
        let written = (Method::PUT, &*format!("{path}/draft"));
        let written = self.desk.send(by, written, Some(version(&begun)?), &head).await?;
        let headings = ["scientific name", "term", "quantity", "unit", "source", "purpose", "origin"];
        let rows: Vec<_> = std::iter::once(headings).chain(lines.iter().copied()).collect();
        let table = (Method::POST, &*format!("{path}/lines/table"));
        let taken = self.desk.send(by, table, Some(version(&written)?), &json!({ "rows": rows })).await?;
        self.way.application = (path, version(&taken)?);
        Ok(())
    }

    /// Every line as much as is asked, the first one on the quota of that place.
    fn granted(&self, quota: Option<usize>) -> Value {
        let quota = quota.and_then(|place| self.settled.quota(place, self.year));
        let line = |number: usize| match quota.filter(|_| number == 1) {
            Some(quota) => json!({ "line": number, "quota": quota.to_string() }),
            None => json!({ "line": number }),
        };
        // The law leaves most lines to a person as long as the port is not told, and then asks for reasons.
        json!({
            "lines": (1..=self.story.lines.len()).map(line).collect::<Vec<_>>(),
            "reasons": "Made up for the demonstration: what the law's answer leaves open was looked at.",
        })
    }

    async fn does(self, who: &str, deed: &str, body: Value) -> Result<()> {
        let (path, seen) = &self.way.application;
        let done = self.desk.send(who, (Method::POST, &format!("{path}/{deed}")), Some(*seen), &body).await?;
        self.way.application.1 = version(&done)?;
        Ok(())
    }

    async fn issue(self) -> Result<()> {
        let (path, seen) = &self.way.application;
        let issued = (Method::POST, &*format!("{path}/permit"));
        let permit = self.desk.send("issuer", issued, Some(*seen), &json!({})).await?;
        self.way.permit = (format!("/api/permits/{}", text(&permit, "id")?), version(&permit)?);
        Ok(())
    }

    async fn does_on_permit(self, who: &str, deed: &str, body: Value) -> Result<()> {
        let (path, seen) = &self.way.permit;
        let done = self.desk.send(who, (Method::POST, &format!("{path}/{deed}")), Some(*seen), &body).await?;
        self.way.permit.1 = version(&done)?;
        Ok(())
    }
}

fn text(answer: &Value, field: &str) -> Result<String> {
    let found = answer.get(field).and_then(Value::as_str);
    Ok(found.with_context(|| format!("the answer has no `{field}`"))?.to_owned())
}

fn version(answer: &Value) -> Result<i64> {
    answer.get("version").and_then(Value::as_i64).context("the answer has no `version`")
}
