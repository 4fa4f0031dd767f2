//! Stamps, papers of other countries and establishments through the router.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{ELSEWHERE, HERE, OWN, Reply};

impl House {
    /// A deed that rests on no version.
    async fn enter(&self, path: &str, cookie: &str, body: Value) -> Reply {
        self.world.change((Method::POST, path), cookie, (None, None), Some(body)).await
    }
}

fn ids(view: &Value) -> Vec<&str> {
    view["findings"].as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_stamp_is_put_on_one_permit_and_never_a_spoiled_or_lost_one() {
    let house = House::open().await;
    let no_form = json!({ "entry": "received", "first": 101, "last": 105 });
    assert_eq!(
        problem(&house.enter("/api/stamps", &house.issuer, no_form.clone()).await),
        told(422, "refused")
    );
    let quota = house.quota("100 NAR").await;
    let by_decider = house.enter("/api/stamps", &house.decider, no_form.clone()).await;
    assert_eq!(problem(&by_decider), told(403, "no-role"));
    let received = house.enter("/api/stamps", &house.issuer, no_form.clone()).await;
    assert_eq!(received.status, StatusCode::CREATED, "{}", received.text);
    for (body, word) in [
        (no_form, "came in before"),
        (json!({ "entry": "received", "first": 9, "last": 8 }), "before its first number"),
        (json!({ "entry": "received", "first": 1000, "last": 9_000_000 }), "at most 1000000"),
        (json!({ "entry": "spoiled", "stamp": 99 }), "not in the stock"),
        (json!({ "entry": "lost", "stamp": 1_000_000_000_000_000_u64 }), "at most"),
    ] {
        let refused = house.enter("/api/stamps", &house.issuer, body).await;
        assert_eq!(problem(&refused), told(422, "refused"));
        assert!(refused.text.contains(word), "{word}: {}", refused.text);
    }
    for (entry, stamp) in [("spoiled", 101), ("lost", 103)] {
        let body = json!({ "entry": entry, "stamp": stamp });
        assert_eq!(house.enter("/api/stamps", &house.issuer, body).await.status, StatusCode::CREATED);
    }
    let stock = house.get("/api/stamps", &house.decider).await.json();
    assert_eq!((&stock["received"], &stock["left"], &stock["lowest"]), (&json!(5), &json!(3), &json!(102)));
    assert_eq!((&stock["rows"][0]["first"], &stock["rows"][0]["last"]), (&json!(101), &json!(105)));

    let (path, seen) = house.granted(quota).await;
    let issue = format!("{path}/permit");
    for stamp in [101, 103, 106] {
        let refused = house.post(&issue, &house.issuer, seen, json!({ "stamp": stamp })).await;
        assert_eq!(problem(&refused), told(422, "refused"), "stamp {stamp}");
    }
    let issued = house.post(&issue, &house.issuer, seen, json!({ "stamp": 102 })).await;
    assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.text);
    let permit = issued.json();
    assert_eq!((&permit["stamps"], &permit["number"]), (&json!([102]), &json!("TEST/2026/000001")));
    let permit_path = format!("/api/permits/{}", permit["id"].as_str().unwrap());
    assert_eq!(house.get(&permit_path, &house.port).await.json()["stamps"], json!([102]));
    let crossed = json!({ "line": 1, "quantity": "1 NAR", "port": "Khorgos" });
    let endorsed = house.post(&format!("{permit_path}/endorsements"), &house.port, 1, crossed).await;
    assert_eq!(endorsed.json()["stamps"], json!([102]), "every answer tells it");
    let (other, seen) = house.granted(quota).await;
    let again = house.post(&format!("{other}/permit"), &house.issuer, seen, json!({ "stamp": 102 })).await;
    assert_eq!(problem(&again), told(422, "refused"));
    let gone = house.get("/api/stamps?became=issued", &house.issuer).await.json();
    assert_eq!((&gone["rows"][0]["first"], &gone["rows"][0]["permit"]), (&json!(102), &permit["id"]));
    let spoiled =
        house.enter("/api/stamps", &house.issuer, json!({ "entry": "spoiled", "stamp": 102 })).await;
    assert_eq!(problem(&spoiled), told(422, "refused"), "what is on a permit is not in the stock");
    let elsewhere = house.get(&format!("/api/stamps?office={ELSEWHERE}"), &house.issuer).await;
    assert_eq!(problem(&elsewhere), told(404, "not-found"));
    let auditor = house.somebody(0x51, &[Role::Auditor]).await;
    let read = house.get(&format!("/api/stamps?office={HERE}"), &auditor).await.json();
    assert_eq!(read["left"], json!(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_put_one_stamp_on_their_permit_one_does() {
    let house = Arc::new(House::open().await);
    let quota = house.quota("1000 NAR").await;
    let run = json!({ "entry": "received", "first": 1, "last": 1 });
    assert_eq!(house.enter("/api/stamps", &house.issuer, run).await.status, StatusCode::CREATED);
    let mut grants = Vec::new();
    for _ in 0..8 {
        grants.push(house.granted(quota).await);
    }
    let tries = grants.into_iter().map(|(path, seen)| {
        let house = house.clone();
        tokio::spawn(async move {
            let issue = format!("{path}/permit");
            house.post(&issue, &house.issuer, seen, json!({ "stamp": 1 })).await.status.as_u16()
        })
    });
    let mut answers = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [201, 422, 422, 422, 422, 422, 422, 422]);
}

fn paper(number: &str, quantity: &str) -> Value {
    json!({
        "issuer": "KZ", "number": number, "kind": "export-permit", "issued": "2026-10-01", "last_day": "2027-03-31",
        "lines": [{ "name": "Falco cherrug", "term": "LIV", "quantity": quantity }, { "name": "Falco sp.", "quantity": "1 KGM" }],
    })
}

fn used(quantity: &str, consignment: &str) -> Value {
    let lines = json!([{ "line": 1, "quantity": quantity }]);
    json!({ "lines": lines, "port": "Khorgos", "day": "2026-11-29", "consignment": consignment })
}

#[tokio::test]
async fn a_second_use_and_more_than_is_left_are_told_and_kept() {
    let house = House::open().await;
    let papers = "/api/foreign-papers";
    let by_applicant = house.enter(papers, &house.applicant, paper("KZ 12-345", "10 NAR")).await;
    assert_eq!(problem(&by_applicant), told(403, "no-role"));
    let new = house.enter(papers, &house.port, paper("KZ 12-345", "10 NAR")).await;
    assert_eq!((new.status, new.etag.as_str()), (StatusCode::CREATED, "\"1\""), "{}", new.text);
    let new = new.json();
    assert_eq!((&new["findings"], &new["lines"][0]["taxon"]), (&json!([]), &json!("Falco cherrug")));
    let path = format!("{papers}/{}", new["id"].as_str().unwrap());
    let uses = format!("{path}/uses");

    let first = house.post(&uses, &house.port, 1, used("4 NAR", "truck 1")).await;
    assert_eq!((first.status, first.etag.as_str()), (StatusCode::CREATED, "\"2\""), "{}", first.text);
    let first = first.json();
    assert_eq!((&first["findings"], &first["lines"][0]["left"]), (&json!([]), &json!("6 NAR")));
    let stale = house.post(&uses, &house.port, 1, used("1 NAR", "truck 2")).await;
    assert_eq!(
        problem(&stale),
        told(412, "changed"),
        "who did not see the first use sees it before the second"
    );
    let again = house.post(&uses, &house.port, 2, used("4 NAR", "truck 1")).await.json();
    assert_eq!(ids(&again), ["recorded-before", "used-before"]);
    let beyond = house.post(&uses, &house.port, 3, used("3 NAR", "truck 3")).await.json();
    assert_eq!(ids(&beyond), ["used-before", "used-before", "more-than-left"]);
    assert_eq!(beyond["lines"][0]["left"], json!("0 NAR"));
    let no_line = json!({ "lines": [{ "line": 7, "quantity": "1 NAR" }], "port": "Khorgos" });
    let no_line = house.post(&uses, &house.port, 4, no_line).await.json();
    assert_eq!(ids(&no_line), ["no-such-line"]);

    let seen = house.get(&path, &house.decider).await;
    assert_eq!(seen.etag, "\"5\"");
    let seen = seen.json();
    let kept = seen["uses"].as_array().unwrap().iter().map(|used| used["quantity"].as_str().unwrap());
    let mut kept: Vec<&str> = kept.collect();
    // Uses of one second are in no order, and all of this was one second.
    kept.sort_unstable();
    assert_eq!(kept, ["1 NAR", "3 NAR", "4 NAR", "4 NAR"], "what happened is kept");
    let history = house.get(&format!("{path}/history"), &house.intake).await.json();
    let words: BTreeSet<&str> =
        history["rows"].as_array().unwrap().iter().flat_map(|row| ids(&row["after"])).collect();
    let expected = ["more-than-left", "no-such-line", "recorded-before", "used-before"];
    assert_eq!(words.into_iter().collect::<Vec<_>>(), expected);
    for (body, word) in [
        (json!({ "lines": [], "port": "Khorgos" }), "names no line"),
        (json!({ "lines": [{ "line": 0, "quantity": "1 NAR" }], "port": "Khorgos" }), "numbered from 1"),
        (json!({ "lines": [{ "line": 1, "quantity": "1 NAR" }], "port": " " }), "names its port"),
        (
            json!({ "lines": [{ "line": 1, "quantity": "1 NAR" }], "port": "x", "day": "2026-12-01" }),
            "not to come",
        ),
    ] {
        let refused = house.post(&uses, &house.port, 5, body).await;
        assert_eq!(problem(&refused), told(422, "refused"));
        assert!(refused.text.contains(word), "{word}: {}", refused.text);
    }
}

#[tokio::test]
async fn a_paper_of_a_known_number_is_held_against_the_first_one() {
    let house = House::open().await;
    let papers = "/api/foreign-papers";
    let first = house.enter(papers, &house.port, paper("KZ 12-345", "10 NAR")).await.json();
    let mut other = paper("kz12345", "100 NAR");
    other["last_day"] = json!("2026-11-01");
    let known = house.enter(papers, &house.intake, other.clone()).await;
    assert_eq!(known.status, StatusCode::OK, "{}", known.text);
    let known = known.json();
    assert_eq!(
        (&known["id"], &known["version"], &known["lines"]),
        (&first["id"], &json!(1), &first["lines"])
    );
    assert_eq!(ids(&known), ["other-content", "number-written-otherwise", "expired"]);
    let fields = known["findings"][0]["differences"].as_array().unwrap().iter();
    let fields: Vec<(&Value, &Value)> = fields.map(|found| (&found["field"], &found["now"])).collect();
    let expected = (json!("last-day"), json!("2026-11-01"), json!("quantity"), json!("100 NAR"));
    assert_eq!(fields, [(&expected.0, &expected.1), (&expected.2, &expected.3)]);
    let path = format!("{papers}/{}", first["id"].as_str().unwrap());
    let history = house.get(&format!("{path}/history"), &house.port).await.json();
    let presented =
        history["rows"].as_array().unwrap().iter().filter(|row| row["after"]["number"] == "kz12345");
    assert_eq!(presented.count(), 1, "what was presented is kept: {history}");
    let mut use_of_it = used("1 NAR", "truck 1");
    use_of_it["presented"] = other;
    let used = house.post(&format!("{path}/uses"), &house.port, 1, use_of_it).await.json();
    assert_eq!(ids(&used), ["other-content", "number-written-otherwise", "expired"]);

    let found = |query: &str| format!("{papers}?{query}");
    for query in ["issuer=KZ&number=KZ%2012345", "issuer=KZ", "most=1"] {
        let list = house.get(&found(query), &house.decider).await.json();
        assert_eq!(list["rows"].as_array().unwrap().len(), 1, "{query}: {list}");
        assert_eq!(list["rows"][0]["number"], json!("KZ 12-345"));
    }
    for query in ["issuer=KG&number=KZ12345", "issuer=KG"] {
        assert_eq!(house.get(&found(query), &house.decider).await.json()["rows"], json!([]), "{query}");
    }
    for query in ["number=KZ12345", "issuer=Q9", "issuer=KZ&number=--"] {
        assert_eq!(
            problem(&house.get(&found(query), &house.decider).await),
            told(400, "unreadable"),
            "{query}"
        );
    }
    for body in [
        json!({ "issuer": "KZ", "number": "1", "kind": "export-permit", "lines": [] }),
        json!({ "issuer": "KZ", "number": "--", "kind": "export-permit", "lines": [{ "name": "x", "quantity": "1 NAR" }] }),
        json!({ "issuer": "KZ", "number": "1", "kind": "export-permit", "lines": [{ "name": " ", "quantity": "1 NAR" }] }),
    ] {
        assert_eq!(problem(&house.enter(papers, &house.port, body).await), told(422, "refused"));
    }
}

#[tokio::test]
async fn an_establishment_is_entered_as_its_register_numbers_it() {
    let house = House::open().await;
    let path = "/api/establishments";
    let body = |number: &str, name: &str| {
        json!({
            "kind": "breeding-operation", "number": number, "name": name, "country": "CN", "operator": OWN.to_string(),
            "address": "made up", "marks": "closed rings", "taxa": ["Falco cherrug"], "registered": "2020-01-01",
        })
    };
    let by_intake = house.enter(path, &house.intake, body("A-CN-501", "Falcons")).await;
    assert_eq!(problem(&by_intake), told(403, "no-role"));
    let entered = house.enter(path, &house.decider, body("A-CN-501", "猎隼养殖场")).await;
    assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text);
    let view = entered.json();
    let taxa = json!([{ "kingdom": "Animalia", "name": "Falco cherrug" }]);
    assert_eq!((&view["number"], &view["content"]["taxa"]), (&json!("A-CN-501"), &taxa));
    for (mut body, changed, word) in [
        (body("A-CN-501", "Another"), json!({}), "in the register already"),
        (body("A-CN-500", "Another"), json!({}), "as in the register"),
        (body("A-KZ-502", "Another"), json!({}), "is one of KZ"),
        (body("A-CN-502", " "), json!({}), "no name"),
        (body("A-CN-502", "Another"), json!({ "taxa": ["Falco nobody"] }), "no sure name"),
        (body("A-CN-502", "Another"), json!({ "ended": "2019-12-31" }), "before it was registered"),
        (body("A-CN-502", "Another"), json!({ "operator": HERE.to_string() }), "no such operator"),
    ] {
        for (field, value) in changed.as_object().unwrap() {
            body[field] = value.clone();
        }
        let refused = house.enter(path, &house.decider, body).await;
        assert_eq!(problem(&refused), told(422, "refused"), "{word}: {}", refused.text);
        assert!(refused.text.contains(word), "{word}: {}", refused.text);
    }
    for name in ["Alpha", "Beta", "Gamma"] {
        let entered = house.enter(path, &house.decider, body("", name)).await;
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text);
    }
    let list = |query: &str| format!("{path}?kind=breeding-operation&{query}");
    let names = |page: &Value| -> Vec<String> {
        page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let page = house.get(&list("most=2"), &house.applicant).await.json();
    assert_eq!(names(&page), ["Alpha", "Beta"]);
    let next = format!("most=2&after={}", page["next"].as_str().unwrap());
    assert_eq!(names(&house.get(&list(&next), &house.applicant).await.json()), ["Gamma", "猎隼养殖场"]);
    for (search, expected) in [("ALPH", "Alpha"), ("a-cn-5", "猎隼养殖场"), ("%E9%9A%BC", "猎隼养殖场")]
    {
        let found = house.get(&list(&format!("search={search}")), &house.applicant).await.json();
        assert_eq!(names(&found), [expected], "{search}");
    }
    let first = house.get(&list("search=a&most=1"), &house.applicant).await.json();
    let next = format!("search=a&most=2&after={}", first["next"].as_str().unwrap());
    assert_eq!(
        (names(&first), names(&house.get(&list(&next), &house.applicant).await.json())),
        (vec!["Alpha".to_owned()], vec!["Beta".to_owned(), "Gamma".to_owned()])
    );
    let nurseries = house.get(&format!("{path}?kind=nursery"), &house.applicant).await.json();
    assert_eq!(nurseries["rows"], json!([]));
}

#[tokio::test]
async fn every_record_tells_who_did_what_to_it() {
    let house = House::open().await;
    let body = json!({ "kind": "nursery", "name": "Saxaul", "country": "CN" });
    let entered = house.enter("/api/establishments", &house.decider, body).await;
    let nursery = format!("/api/establishments/{}", entered.json()["id"].as_str().unwrap());
    let quota = json!({
        "year": 2026, "country": "CN", "taxon": "Falco cherrug", "quantity": "5 NAR", "basis": "made up",
    });
    let quota = house.enter("/api/quotas", &house.decider, quota).await.json();
    let quota = format!("/api/quotas/{}", quota["id"].as_str().unwrap());
    let hook =
        json!({ "operator": OWN.to_string(), "url": "https://falcons.example/", "deeds": ["issue-permit"] });
    let hook = house.enter("/api/webhooks", &house.applicant, hook).await.json();
    let hook = format!("/api/webhooks/{}", hook["id"].as_str().unwrap());
    for (path, cookie, deed) in [
        (&nursery, &house.decider, "register-establishment"),
        (&quota, &house.decider, "set-quota"),
        (&hook, &house.applicant, "manage-webhooks"),
    ] {
        let told = house.get(&format!("{path}/history"), cookie).await;
        assert_eq!(told.json()["rows"][0]["deed"], deed, "{path}: {}", told.text);
    }
    let applicants = house.get(&format!("{quota}/history"), &house.applicant).await;
    assert_eq!(problem(&applicants), told(403, "no-role"));
    let unknown = house.get(&format!("/api/establishments/{HERE}/history"), &house.decider).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
