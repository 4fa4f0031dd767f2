//! Applications under the shipped law: what an officer of China is told, and what a Conference of the Parties changed.

use axum::http::Method;
use serde_json::{Value, json};

use crate::book::shipped;
use crate::house::House;
use crate::requirements::answer_of;
use crate::world::{HERE, World};

/// An application with this head and these lines, handed in; its path.
async fn received(house: &House, head: Value, lines: &[Value]) -> String {
    let (path, seen) = house.draft(&house.applicant).await;
    let lines: Vec<Value> = lines.iter().map(|line| json!({ "written": line })).collect();
    let draft = json!({ "form": 1, "head": head, "lines": lines });
    let to = format!("{path}/draft");
    let written =
        house.world.change((Method::PUT, &to), &house.applicant, (Some(seen), None), Some(draft)).await;
    assert_eq!(written.status, 200, "{}", written.text);
    let to = json!({ "agency": HERE.to_string() });
    house.does(&format!("{path}/submission"), &house.applicant, seen + 1, to).await;
    path
}

/// The verdict on the first line, and the whole.
async fn answer_to(house: &House, path: &str) -> (Value, Value) {
    let reply = house.get(&format!("{path}/requirements"), &house.decider).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let answer = reply.json()["assessment"].clone();
    (answer["lines"][0]["verdict"].clone(), answer)
}

/// `order kind issuer state`, of each document.
fn documents(line: &Value) -> Vec<String> {
    let told = |document: &Value| {
        format!(
            "{} {} {} {}",
            document["order"],
            document["kind"]["code"].as_str().unwrap(),
            document["issuer"]["code"].as_str().unwrap_or("-"),
            document["state"].as_str().unwrap()
        )
    };
    line["documents"].as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn horn_of_saiga_from_kazakhstan_is_for_a_person_to_decide_with_every_paper_in_order() {
    let house = House::of(World::under(shipped()).await).await;
    let horn = json!({
        "name": "高鼻羚羊", "term": "HOR", "source": "W", "quantity": "10", "unit": "KGM", "origin": "KZ",
        "previous-number": "KZ 1",
    });
    let head = json!({ "kind": "import-permit", "other-side": "KZ", "purpose": "T" });
    let path = received(&house, head, &[horn]).await;
    let (verdict, answer) = answer_to(&house, &path).await;
    let line = answer_of(&answer, &answer["lines"][0]);
    assert_eq!((&line["taxon"], &line["appendix"]), (&json!("Saiga tatarica"), &json!(["II"])));
    assert_eq!(
        documents(line),
        [
            "1 cn/department-approval CN missing",
            "2 export-permit KZ named",
            "3 cn/convention-certificate CN applied-for",
        ]
    );
    assert_eq!((&verdict, &line["verified"]), (&json!("refer"), &json!(false)));
    let findings = line["findings"].as_array().unwrap();
    let judged = findings.iter().find(|finding| finding["rule"] == "cn-prohibition-to-judge").unwrap();
    assert_eq!((&judged["met"], &judged["rests_on"]), (&json!(true), &json!(["saiga-horn"])));
    let row = answer["rows"].as_array().unwrap().iter().find(|row| row["id"] == "saiga-horn").unwrap();
    assert_eq!(row["verified"], false, "what is not verified says so: {row}");
    let asks: Vec<&str> =
        line["missing"].as_array().unwrap().iter().map(|fact| fact["ask"].as_str().unwrap()).collect();
    assert!(asks.contains(&"the port of entry or exit"), "{asks:?}");
}

#[tokio::test]
async fn an_earlier_certificate_is_never_taken_for_the_one_that_is_applied_for() {
    let house = House::of(World::under(shipped()).await).await;
    let falcon = json!({
        "name": "Falco cherrug", "term": "LIV", "source": "C", "quantity": "1", "unit": "NAR", "origin": "KZ",
        "previous-number": "KZ 1", "last-re-export-number": "RU 7", "last-re-export-country": "RU",
    });
    let head = json!({ "kind": "re-export-certificate", "other-side": "AE", "purpose": "T" });
    let path = received(&house, head, &[falcon]).await;
    let (_, answer) = answer_to(&house, &path).await;
    let told = documents(answer_of(&answer, &answer["lines"][0]));
    assert!(told.contains(&"3 cn/convention-certificate CN applied-for".to_owned()), "{told:?}");
    assert!(told.iter().all(|document| !document.ends_with("named")), "{told:?}");
}

#[tokio::test]
async fn what_the_conference_of_2025_moved_touches_what_waits() {
    let house = House::of(World::under(shipped()).await).await;
    let line = |name| json!({ "name": name, "term": "LIV", "source": "C", "quantity": "2", "unit": "NAR", "origin": "EC" });
    let head = json!({ "kind": "import-permit", "other-side": "EC", "purpose": "Z" });
    let path = received(&house, head, &[line("Falco cherrug"), line("Conolophus subcristatus")]).await;
    let asked = "/api/touched?from=2026-03-04&until=2026-03-05&after=received";
    let page = house.get(asked, &house.decider).await.json();
    let rows = page["rows"].as_array().unwrap();
    let iguana = rows.iter().find(|row| row["line"] == 2).unwrap();
    assert!(path.ends_with(iguana["id"].as_str().unwrap()));
    assert_eq!(
        (&iguana["before"]["appendix"], &iguana["after"]["appendix"]),
        (&json!(["II"]), &json!(["I"]))
    );
    let steps: Vec<&Value> = iguana["to_do"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
    assert!(iguana["touched"] == "yes" && steps.contains(&&json!("replace-paper")), "{iguana}");
    let ids: Vec<&Value> = page["changes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|change| change["rows"].as_array().unwrap())
        .map(|row| &row["id"])
        .collect();
    assert!(ids.contains(&&json!("conolophus.2026-03-05.I")), "{ids:?}");
}
