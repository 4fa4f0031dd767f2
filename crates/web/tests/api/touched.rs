//! Which permits and applications a change of the law bears on, within reach and page by page.

use axum::http::Method;
use serde_json::{Value, json};

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{ELSEWHERE, HERE};

const CHANGE: &str = "/api/touched?from=2026-12-09&until=2026-12-10";

/// An application for one of `name`, accepted; its path and its version.
async fn accepted(house: &House, name: &str) -> (String, i64) {
    let (path, seen) = house.draft(&house.applicant).await;
    let draft = json!({
        "form": 1,
        "head": { "kind": "export-permit", "other-side": "JP", "purpose": "T" },
        "lines": [{ "written": { "name": name, "term": "LIV", "quantity": "1", "unit": "NAR", "origin": "CN" } }],
    });
    let to = format!("{path}/draft");
    let written =
        house.world.change((Method::PUT, &to), &house.applicant, (Some(seen), None), Some(draft)).await;
    assert_eq!(written.status, 200, "{}", written.text);
    let to = json!({ "agency": HERE.to_string() });
    let seen = house.does(&format!("{path}/submission"), &house.applicant, seen + 1, to).await;
    let seen = house.does(&format!("{path}/acceptance"), &house.intake, seen, json!({})).await;
    (path, seen)
}

/// The same with its permit issued; the id of the permit.
async fn permit(house: &House, name: &str) -> String {
    let (path, seen) = accepted(house, name).await;
    let lines = json!({ "lines": [{ "line": 1 }] });
    let seen = house.does(&format!("{path}/decision"), &house.decider, seen, lines).await;
    let issued = house.post(&format!("{path}/permit"), &house.issuer, seen, json!({})).await;
    assert_eq!(issued.status, 201, "{}", issued.text);
    issued.json()["id"].as_str().unwrap().to_owned()
}

/// All rows, and the changes of the last page that has any.
async fn all(house: &House, cookie: &str, most: u32) -> (Vec<Value>, Vec<Value>) {
    let (mut rows, mut changes, mut after) = (Vec::new(), Vec::new(), String::new());
    for _ in 0..20 {
        let reply = house.get(&format!("{CHANGE}&most={most}{after}"), cookie).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let page = reply.json();
        rows.extend(page["rows"].as_array().unwrap().clone());
        if page["changes"][0].is_object() {
            changes = page["changes"].as_array().unwrap().clone();
        }
        let Some(next) = page["next"].as_str() else { return (rows, changes) };
        after = format!("&after={next}");
    }
    panic!("the list has no end: {rows:?}");
}

#[tokio::test]
async fn a_change_names_the_permits_and_open_applications_that_it_bears_on() {
    let house = House::open().await;
    house.quota("10 NAR").await;
    let touched = permit(&house, "Falco eleonorae").await;
    let view = house.get(&format!("/api/permits/{touched}"), &house.decider).await.json();
    assert_eq!(view["edition"], crate::book::law().sources.edition.to_string(), "as of the decision");
    permit(&house, "Falco cherrug").await;
    let (open, _) = accepted(&house, "Falco eleonorae").await;
    accepted(&house, "Falco cherrug").await;
    let (rows, changes) = all(&house, &house.decider, 50).await;
    let found: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["record"].as_str().unwrap(), row["id"].as_str().unwrap())).collect();
    assert_eq!(found, [("permit", touched.as_str()), ("application", open.rsplit('/').next().unwrap())]);
    let row = &rows[0];
    assert_eq!(
        (&row["line"], &row["taxon"], &row["touched"]),
        (&json!(1), &json!("Falco eleonorae"), &json!("yes"))
    );
    assert_eq!(
        (&row["before"]["verdict"], &row["before"]["appendix"]),
        (&json!("may-cross-with-documents"), &json!(["II"]))
    );
    assert_eq!((&row["after"]["verdict"], &row["after"]["appendix"]), (&json!("prohibited"), &json!(["I"])));
    assert_eq!((&row["answer"], &row["to_do"][0]["step"]), (&json!("stricter"), &json!("stop")));
    let change = row["changes"][0]["change"].as_u64().unwrap();
    let told = changes.iter().find(|told| told["change"] == change).unwrap();
    assert_eq!((&told["title"], &told["day"]), (&json!("Falco eleonorae"), &json!("2026-12-10")));
    let ids: Vec<(&str, &str)> = told["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["event"].as_str().unwrap(), row["id"].as_str().unwrap()))
        .collect();
    assert_eq!(ids, [("ends", "eleonora.II"), ("begins", "eleonora.I")]);
    assert_eq!(all(&house, &house.decider, 1).await, (rows, changes), "page by page the same");
}

#[tokio::test]
async fn a_line_that_cannot_be_read_may_be_touched() {
    let house = House::open().await;
    let (path, _) = accepted(&house, "nobody knows this").await;
    let (rows, _) = all(&house, &house.intake, 50).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(path.ends_with(rows[0]["id"].as_str().unwrap()));
    assert_eq!((&rows[0]["touched"], &rows[0]["any_change"]), (&json!("unknown"), &json!(true)));
}

#[tokio::test]
async fn what_is_touched_is_told_within_reach_alone() {
    let house = House::open().await;
    let (path, _) = accepted(&house, "Falco eleonorae").await;
    let mut work = house.world.work().await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut record = work.application(id).await.unwrap().unwrap();
    record.agency = Some(ELSEWHERE);
    work.put_application(&record).unwrap();
    house.world.save(work).await;
    assert_eq!(all(&house, &house.decider, 50).await, (Vec::new(), Vec::new()), "of another office");
    assert_eq!(house.get(CHANGE, &house.applicant).await.status, 403);
    let auditor = house.somebody(0x61, &[access::Role::Auditor]).await;
    assert_eq!(all(&house, &auditor, 50).await.0.len(), 1, "an auditor reads all");
}

#[tokio::test]
async fn days_and_places_that_make_no_sense_are_told() {
    let house = House::open().await;
    for asked in [
        "/api/touched",
        "/api/touched?from=2026-12-10&until=2026-12-10",
        "/api/touched?from=2026-12-09&until=soon",
        "/api/touched?from=2026-12-09&until=2026-12-10&after=draft",
        "/api/touched?from=2026-12-09&until=2026-12-10&after=permits.x",
    ] {
        assert_eq!(problem(&house.get(asked, &house.decider).await), told(400, "unreadable"), "{asked}");
    }
}
