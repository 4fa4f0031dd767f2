//! The chain of an application through the router, each step by the right person and refused to the wrong one.

use access::Role;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::house::House;
use crate::world::{HERE, OWN};

pub fn problem(reply: &crate::world::Reply) -> (u16, String) {
    let kind = reply.json()["type"].as_str().unwrap_or_default().to_owned();
    (reply.status.as_u16(), kind.trim_start_matches("/problems/").to_owned())
}

pub fn told(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[tokio::test]
async fn a_draft_tells_every_doubt_and_defect_with_its_line_and_field() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let draft = json!({ "form": 1, "head": { "kind": "no such paper" }, "lines": [
        { "written": { "name": "Falco cherrug", "term": "LIV", "quantity": "2" } },
        { "written": { "name": "nobody knows this", "term": "LIV", "quantity": "many" } },
    ] });
    let path = format!("{path}/draft");
    let change = |seen, draft| house.world.change((Method::PUT, &path), &house.applicant, seen, Some(draft));
    let written = change((Some(seen), None), draft.clone()).await;
    assert_eq!((written.status, written.etag.as_str()), (StatusCode::OK, "\"3\""), "{}", written.text);
    let view = written.json();
    assert_eq!(view["head"][0]["field"], "kind");
    assert_eq!((&view["lines"][0]["taxon"], &view["lines"][0]["line"]), (&json!("Falco cherrug"), &json!(1)));
    let remarks = view["lines"][1]["remarks"].as_array().unwrap();
    let defects: Vec<&str> = remarks
        .iter()
        .filter(|remark| remark["defect"] == true)
        .map(|remark| remark["field"].as_str().unwrap())
        .collect();
    assert_eq!(defects, ["name", "quantity"], "{view}");
    assert_eq!(house.get(&path, &house.applicant).await.json(), view, "read as it was written");
    assert_eq!(problem(&change((None, None), draft.clone()).await), told(428, "if-match-missing"));
    assert_eq!(problem(&change((Some(2), None), draft.clone()).await), told(412, "changed"));
    let other = json!({ "form": 2 });
    assert_eq!(problem(&change((Some(3), None), other).await), told(422, "unreadable"));
    assert_eq!(
        house.get(&path, &house.intake).await.status,
        StatusCode::NOT_FOUND,
        "nobody's but theirs yet"
    );
}

#[tokio::test]
async fn a_pasted_table_answers_row_by_row() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let table = json!({ "rows": [
        ["scientific name", "term", "quantity", "unit"],
        ["Falco rusticolus", "LIV", "3", "NAR"],
        ["Falco cherrug", "LIV", "three", "NAR"],
        ["total", "", "6", ""],
    ] });
    let path = format!("{path}/lines/table");
    let reply = house.post(&path, &house.applicant, seen, table).await;
    let view = reply.json();
    assert_eq!((&view["taken"][0]["row"], &view["pending"][0]["row"]), (&json!(2), &json!(3)), "{view}");
    let cell = &view["pending"][0]["remarks"][0];
    assert_eq!(
        (&cell["column"], &cell["field"], &cell["text"]),
        (&json!(3), &json!("quantity"), &json!("three"))
    );
    assert_eq!(view["skipped"], json!([{ "row": 1, "why": "headings" }, { "row": 4, "why": "total" }]));
    let none = house.post(&path, &house.applicant, 3, json!({ "rows": [["what is this"]] })).await;
    assert_eq!(problem(&none), told(422, "refused"));
    // A row that waits keeps the draft from being handed in.
    let submission = path.replace("lines/table", "submission");
    let refused = house.post(&submission, &house.applicant, 3, json!({ "agency": HERE.to_string() })).await;
    assert_eq!(problem(&refused), told(422, "refused"), "{}", refused.text);
}

#[tokio::test]
async fn a_request_under_a_key_is_done_once() {
    let house = House::open().await;
    let send = |key: &'static str, cookie: &str, kind: &str| {
        let (body, cookie) = (json!({ "operator": OWN.to_string(), "kind": kind }), cookie.to_owned());
        let world = &house.world;
        async move {
            world.change((Method::POST, "/api/applications"), &cookie, (None, Some(key)), Some(body)).await
        }
    };
    let first = send("one", &house.applicant, "export-permit").await;
    let again = send("one", &house.applicant, "export-permit").await;
    assert_eq!((first.status, &first.text, &first.etag), (again.status, &again.text, &again.etag));
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let other = send("one", &house.applicant, "import-permit").await;
    assert_eq!(problem(&other), told(422, "key-of-another"));
    let of_another = send("one", &house.intake, "export-permit").await;
    assert!(of_another.status == StatusCode::CREATED && of_another.text != first.text, "{}", of_another.text);
    let all = house.get("/api/applications", &house.applicant).await.json();
    assert_eq!(all["rows"].as_array().unwrap().len(), 2, "his, and that of the counter for him");
}

#[tokio::test]
async fn a_deed_that_was_refused_gives_its_key_back() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let path = format!("{path}/submission");
    let send = |seen| {
        let body = json!({ "agency": HERE.to_string() });
        house.world.change((Method::POST, &path), &house.applicant, (Some(seen), Some("k")), Some(body))
    };
    assert_eq!(problem(&send(seen + 1).await), told(412, "changed"));
    let done = send(seen).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let again = send(seen).await;
    assert_eq!((again.status, again.text), (StatusCode::OK, done.text), "the kept answer, not `changed`");
}

#[tokio::test]
async fn an_application_is_handed_in_told_its_defects_once_answered_and_accepted() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let step = |step: &str| format!("{path}/{step}");
    let to = json!({ "agency": HERE.to_string() });
    let early = house.post(&step("acceptance"), &house.intake, seen, json!({})).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "a draft is nobody's but the applicant's");
    let seen = house.does(&step("submission"), &house.applicant, seen, to.clone()).await;
    let twice = house.post(&step("submission"), &house.applicant, seen, to).await;
    assert_eq!(problem(&twice), told(422, "refused"));
    let view = house.get(&path, &house.intake).await.json();
    // Five working days after Monday, 30 November 2026.
    assert_eq!((&view["state"], &view["due"]), (&json!("received"), &json!("2026-12-07")));

    let nothing = house.post(&step("notice"), &house.intake, seen, json!({ "defects": [" "] })).await;
    assert_eq!(problem(&nothing), told(422, "refused"));
    let defects = json!({ "defects": ["the contract is missing"] });
    let by_himself = house.post(&step("notice"), &house.applicant, seen, defects.clone()).await;
    assert_eq!(problem(&by_himself), told(403, "no-role"));
    let seen = house.does(&step("notice"), &house.intake, seen, defects.clone()).await;
    let view = house.get(&path, &house.applicant).await.json();
    assert_eq!((&view["due"], &view["told"]), (&json!(null), &json!(["the contract is missing"])));

    let draft = house.get(&step("draft"), &house.applicant).await.json()["draft"].clone();
    let seen = house.does(&step("answer"), &house.applicant, seen, json!({ "draft": draft })).await;
    let again = house.post(&step("notice"), &house.intake, seen, defects).await;
    assert_eq!(problem(&again), told(422, "refused"), "it is told once");
    let seen = house.does(&step("acceptance"), &house.intake, seen, json!({})).await;
    let view = house.get(&path, &house.intake).await.json();
    assert_eq!((&view["state"], &view["due"]), (&json!("accepted"), &json!("2026-12-28")));
    let seen = house.does(&step("withdrawal"), &house.applicant, seen, json!({})).await;
    let view = house.get(&path, &house.applicant).await.json();
    assert_eq!((&view["state"], &view["version"]), (&json!("withdrawn"), &json!(seen)));
}

#[tokio::test]
async fn a_draft_of_the_counter_is_in_the_charge_of_its_office() {
    let house = House::open().await;
    let both = house.somebody(0x21, &[Role::IntakeOfficer, Role::DecisionOfficer]).await;
    let (path, seen) = house.draft(&both).await;
    let to = json!({ "agency": HERE.to_string() });
    house.does(&format!("{path}/submission"), &both, seen, to).await;
    let elsewhere = json!({ "agency": crate::world::ELSEWHERE.to_string() });
    let (path, seen) = house.draft(&both).await;
    let refused = house.post(&format!("{path}/submission"), &both, seen, elsewhere).await;
    assert_eq!(problem(&refused), told(422, "refused"));
}
