//! What the law requires for an application: beside a draft, at the decision, and kept after it.

use axum::http::Method;
use serde_json::{Value, json};

use crate::book::law;
use crate::chain::{problem, told};
use crate::house::House;
use crate::world::HERE;

/// A draft of these lines, name and quantity each, for an export to Japan; its path and its version.
async fn draft(house: &House, purpose: Option<&str>, lines: &[(&str, &str)]) -> (String, i64) {
    let (path, seen) = house.draft(&house.applicant).await;
    let line = |(name, quantity): &(&str, &str)| json!({ "written": { "name": name, "term": "LIV", "quantity": quantity, "unit": "NAR", "origin": "CN" } });
    let lines: Vec<Value> = lines.iter().map(line).collect();
    let mut head = json!({ "kind": "export-permit", "other-side": "JP" });
    if let Some(purpose) = purpose {
        head["purpose"] = json!(purpose);
    }
    let draft = json!({ "form": 1, "head": head, "lines": lines });
    let to = format!("{path}/draft");
    let written =
        house.world.change((Method::PUT, &to), &house.applicant, (Some(seen), None), Some(draft)).await;
    assert_eq!(written.status, 200, "{}", written.text);
    (path, seen + 1)
}

async fn accepted(house: &House, purpose: Option<&str>, lines: &[(&str, &str)]) -> (String, i64) {
    let (path, seen) = draft(house, purpose, lines).await;
    let to = json!({ "agency": HERE.to_string() });
    let seen = house.does(&format!("{path}/submission"), &house.applicant, seen, to).await;
    let seen = house.does(&format!("{path}/acceptance"), &house.intake, seen, json!({})).await;
    (path, seen)
}

/// The answer that a line of an assessment names.
pub fn answer_of<'a>(whole: &'a Value, line: &Value) -> &'a Value {
    &whole["answers"][usize::try_from(line["answer"].as_u64().unwrap()).unwrap()]
}

async fn required(house: &House, path: &str, cookie: &str) -> Value {
    let reply = house.get(&format!("{path}/requirements"), cookie).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

#[tokio::test]
async fn a_draft_is_told_what_the_law_requires_by_whom_why_and_what_is_missing() {
    let house = House::open().await;
    let lines = [("saker", "2"), ("Falco rusticolus", "1"), ("nobody knows this", "1")];
    let (path, _) = draft(&house, None, &lines).await;
    let view = required(&house, &path, &house.applicant).await;
    assert_eq!(
        (&view["stored"], &view["state"], &view["edition_differs"]),
        (&json!(false), &json!("draft"), &json!(false))
    );
    let answer = &view["assessment"];
    assert_eq!((&answer["verdict"], &answer["on"]), (&json!("refer"), &json!("2026-11-30")));
    assert_eq!(answer["edition"], law().sources.edition.to_string());
    let [saker_line, gyrfalcon_line, unknown] = answer["lines"].as_array().unwrap().as_slice() else {
        panic!("{view}")
    };

    let (saker, gyrfalcon) = (answer_of(answer, saker_line), answer_of(answer, gyrfalcon_line));
    assert_eq!(
        (&saker_line["verdict"], &saker["taxon"]),
        (&json!("may-cross-with-documents"), &json!("Falco cherrug"))
    );
    assert_eq!((&saker["appendix"], &saker["entries"]), (&json!(["II"]), &json!(["sakers.II"])));
    let permit = &saker["documents"][0];
    assert_eq!(permit["kind"], json!({ "code": "export-permit", "name": "Export permit" }));
    assert_eq!(permit["issuer"], json!({ "code": "CN", "name": "China" }));
    assert_eq!((&permit["state"], &permit["why"]), (&json!("applied-for"), &json!("it is made up so")));
    let rule =
        answer["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == permit["rule"]).unwrap();
    assert_eq!((&rule["source"], &rule["clause"]), (&json!("A made-up treaty"), &json!("Art. 4")));
    assert!(
        saker["verified"] == true && gyrfalcon["verified"] == false && answer["verified"] == false,
        "{view}"
    );

    // Without the purpose nobody knows whether it is forbidden.
    assert_eq!(gyrfalcon_line["verdict"], "refer", "{gyrfalcon}");
    let facts: Vec<&str> =
        gyrfalcon["missing"].as_array().unwrap().iter().map(|fact| fact["fact"].as_str().unwrap()).collect();
    assert_eq!(facts, ["purpose_export"]);
    let states: Vec<&str> = gyrfalcon["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paper| paper["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["shown-elsewhere", "applied-for"]);

    // What cannot be read is told so, and is never "nothing required".
    assert_eq!((&unknown["answer"], &unknown["verdict"]), (&Value::Null, &json!("refer")));
    assert_eq!(
        (&unknown["remarks"][0]["field"], &unknown["remarks"][0]["defect"]),
        (&json!("name"), &json!(true))
    );
    assert_eq!(
        house.get(&format!("{path}/requirements"), &house.intake).await.status,
        404,
        "a draft is theirs"
    );
}

#[tokio::test]
async fn a_line_of_which_nothing_is_written_is_no_line_that_needs_nothing() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let table = json!({ "rows": [["scientific name", "term", "quantity", "unit"], ["Falco cherrug", "LIV", "many", "NAR"]] });
    house.post(&format!("{path}/lines/table"), &house.applicant, seen, table).await;
    let view = required(&house, &path, &house.applicant).await;
    assert_eq!(
        (&view["assessment"]["waiting"], &view["assessment"]["verdict"]),
        (&json!(1), &json!("refer"))
    );
}

#[tokio::test]
async fn what_the_law_does_not_clear_is_granted_with_reasons_only() {
    let house = House::open().await;
    let lines = [("Falco cherrug", "2"), ("Falco rusticolus", "1")];
    let (path, seen) = accepted(&house, Some("T"), &lines).await;
    let to = format!("{path}/decision");
    let bare = json!({ "lines": [{ "line": 1 }, { "line": 2, "reasons": " " }], "reasons": "" });
    let refused = house.post(&to, &house.decider, seen, bare).await;
    assert_eq!(problem(&refused), told(422, "refused"));
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    let named = "line 2 is prohibited (Appendix I does not go out for trade [made-up-commercial-ban])";
    assert!(detail.contains(named) && !detail.contains("line 1"), "{detail}");

    let reasoned = json!({ "lines": [{ "line": 1 }, { "line": 2, "reasons": "a court has ordered it" }] });
    let seen = house.does(&to, &house.decider, seen, reasoned).await;
    let view = required(&house, &path, &house.decider).await;
    assert_eq!((&view["stored"], &view["version"]), (&json!(true), &json!(seen)));
    let decision = &view["assessment"]["decision"];
    assert_eq!((&decision["what"], &decision["on"]), (&json!("granted"), &json!("2026-11-30")));
    assert_eq!(
        decision["lines"][1],
        json!({ "line": 2, "quantity": "1 NAR", "reasons": "a court has ordered it" })
    );
    let application = house.get(&path, &house.decider).await.json();
    assert_eq!(application["edition"], law().sources.edition.to_string());
    let history = house.get(&format!("{path}/history"), &house.decider).await.json();
    let rows = history["rows"].as_array().unwrap();
    let after = &rows.iter().find(|row| row["deed"] == "decide-application").unwrap()["after"];
    assert_eq!(after["verdict"], "prohibited");
    assert_eq!(after["state"]["granted"]["lines"][1]["reasons"], "a court has ordered it");
}

#[tokio::test]
async fn a_grant_of_what_the_law_clears_needs_no_reasons_and_one_for_the_whole_may_have_them() {
    let house = House::open().await;
    let (path, seen) = accepted(&house, None, &[("Falco cherrug", "2"), ("Falco rusticolus", "1")]).await;
    // The line that is not granted is not asked about.
    house.does(&format!("{path}/decision"), &house.decider, seen, json!({ "lines": [{ "line": 1 }] })).await;
    let (path, seen) = accepted(&house, None, &[("Falco rusticolus", "1")]).await;
    let whole = json!({ "lines": [{ "line": 1 }], "reasons": "between two zoos, seen by letter" });
    house.does(&format!("{path}/decision"), &house.decider, seen, whole).await;
    let view = required(&house, &path, &house.applicant).await;
    assert_eq!(view["assessment"]["decision"]["reasons"], "between two zoos, seen by letter");
}

#[tokio::test]
async fn the_assessment_of_a_refusal_is_kept_and_stays_what_it_was() {
    let house = House::open().await;
    let (path, seen) = accepted(&house, Some("T"), &[("Falco rusticolus", "1")]).await;
    let reasons = json!({ "reasons": "it is forbidden" });
    house.does(&format!("{path}/refusal"), &house.decider, seen, reasons).await;
    let view = required(&house, &path, &house.applicant).await;
    let answer = &view["assessment"];
    assert_eq!((&view["stored"], &answer["verdict"]), (&json!(true), &json!("prohibited")));
    assert_eq!(
        (&answer["decision"]["what"], &answer["decision"]["reasons"]),
        (&json!("refused"), &json!("it is forbidden"))
    );
    // What was kept under another edition is told to differ.
    let mut work = house.world.work().await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut record = work.application(id).await.unwrap().unwrap();
    let other = "00".repeat(32);
    record.assessment.as_mut().unwrap()["edition"] = json!(other);
    work.put_application(&record).unwrap();
    house.world.save(work).await;
    let view = required(&house, &path, &house.applicant).await;
    assert_eq!((&view["edition_differs"], &view["assessment"]["edition"]), (&json!(true), &json!(other)));
}

#[tokio::test]
async fn the_pages_say_what_the_law_requires_and_print_it_for_the_file() {
    let house = House::open().await;
    let (path, seen) =
        accepted(&house, Some("T"), &[("Falco rusticolus", "1"), ("<b>nobody</b>", "1")]).await;
    let page = path.trim_start_matches("/api").to_owned();
    let beside = house.get(&page, &house.applicant).await.text;
    for told in ["What the law requires", "Prohibited", "The law could not be asked", "&#60;b&#62;nobody"] {
        assert!(beside.contains(told), "{told}: {beside}");
    }
    let print = format!("{page}/assessment");
    assert!(!beside.contains(&print), "an applicant gets the decision and not the page for the file");
    assert_eq!(house.get(&print, &house.applicant).await.status, 403);
    assert!(house.get(&page, &house.decider).await.text.contains(&print));

    let open = house.get(&print, &house.decider).await.text;
    assert!(open.contains("None rests on this assessment"), "{open}");
    let reasons =
        json!({ "lines": [{ "line": 1, "reasons": "a court <ordered> it" }], "reasons": "see line 1" });
    house.does(&format!("{path}/decision"), &house.decider, seen, reasons).await;
    let file = house.get(&print, &house.decider).await.text;
    let edition = law().sources.edition.to_string();
    for told in [
        "Granted on 2026-11-30 by Made up",
        "Reasons: see line 1",
        "Reasons: a court &#60;ordered&#62; it",
        "Appendix I does not go out for trade",
        "A made-up treaty, Art. 3 [made-up-commercial-ban]",
        "Not verified",
        &edition,
    ] {
        assert!(file.contains(told), "{told}: {file}");
    }
}

#[tokio::test]
async fn lines_of_one_answer_have_it_once() {
    let house = House::open().await;
    let lines =
        [("saker", "2"), ("Falco rusticolus", "1"), ("Falco cherrug", "7"), ("nobody knows this", "1")];
    let (path, _) = draft(&house, None, &lines).await;
    let view = required(&house, &path, &house.applicant).await;
    let answer = &view["assessment"];
    let places: Vec<&Value> =
        answer["lines"].as_array().unwrap().iter().map(|line| &line["answer"]).collect();
    assert_eq!(places, [&json!(0), &json!(1), &json!(0), &Value::Null], "{answer}");
    assert_eq!(answer["answers"].as_array().unwrap().len(), 2);
    assert_eq!(answer["lines"][2]["quantity"], "7 NAR");
    let page = house.get(path.trim_start_matches("/api"), &house.applicant).await.text;
    assert!(
        page.contains("2 lines: Falco cherrug") && page.contains("Line 3: Falco cherrug; 7 NAR"),
        "{page}"
    );
}
