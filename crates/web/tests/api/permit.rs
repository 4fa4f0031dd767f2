//! From the decision to the end of the permit through the router, each step refused to who did an earlier one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::Role;
use axum::http::StatusCode;
use serde_json::json;

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{HERE, OTHERS};

fn texts(left: &str, reserved: &str, issued: &str) -> (String, String, String) {
    (left.to_owned(), reserved.to_owned(), issued.to_owned())
}

#[tokio::test]
async fn a_grant_is_issued_endorsed_in_two_parts_and_taken_back() {
    let house = House::open().await;
    let quota = house.quota("100 NAR").await;
    let (path, seen) = house.granted(quota).await;
    assert_eq!(house.left(quota).await, texts("90 NAR", "10 NAR", "0 NAR"));
    let issue = format!("{path}/permit");
    let by_applicant = house.post(&issue, &house.applicant, seen, json!({})).await;
    assert_eq!(problem(&by_applicant), told(403, "no-role"));
    let too_long = house.post(&issue, &house.issuer, seen, json!({ "last_day": "2027-06-01" })).await;
    assert_eq!(problem(&too_long), told(422, "refused"), "an export permit is good for six months");
    let issued = house.post(&issue, &house.issuer, seen, json!({ "last_day": "2027-05-29" })).await;
    assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.text);
    let permit = issued.json();
    assert_eq!((&permit["number"], &permit["last_day"]), (&json!("TEST/2026/000001"), &json!("2027-05-29")));
    assert_eq!(house.left(quota).await, texts("90 NAR", "0 NAR", "10 NAR"));
    let permit_path = format!("/api/permits/{}", permit["id"].as_str().unwrap());
    assert_eq!(house.get(&permit_path, &house.applicant).await.json(), permit, "as it was answered");
    let again = house.post(&issue, &house.issuer, seen + 1, json!({})).await;
    assert_eq!(problem(&again), told(422, "refused"), "a grant is issued once");

    let endorse = format!("{permit_path}/endorsements");
    let crossed = |quantity: &str| json!({ "line": 1, "quantity": quantity, "port": "Khorgos" });
    let by_office = house.post(&endorse, &house.decider, 1, crossed("4 NAR")).await;
    assert_eq!(problem(&by_office), told(403, "no-role"));
    let seen = house.does(&endorse, &house.port, 1, crossed("4 NAR")).await;
    let too_much = house.post(&endorse, &house.port, seen, crossed("7 NAR")).await;
    assert_eq!(problem(&too_much), told(422, "refused"));
    let no_line = json!({ "line": 2, "quantity": "1 NAR", "port": "Khorgos" });
    assert_eq!(problem(&house.post(&endorse, &house.port, seen, no_line).await), told(422, "refused"));
    let to_come = json!({ "line": 1, "quantity": "1 NAR", "port": "Khorgos", "day": "2026-12-01" });
    assert_eq!(problem(&house.post(&endorse, &house.port, seen, to_come).await), told(422, "refused"));
    let seen = house.does(&endorse, &house.port, seen, crossed("3 NAR")).await;
    let line = &house.get(&permit_path, &house.port).await.json()["lines"][0];
    assert_eq!((&line["endorsed"], &line["left"]), (&json!("7"), &json!("3")));

    let seen = house.does(&format!("{permit_path}/return"), &house.intake, seen, json!({})).await;
    assert_eq!(house.left(quota).await, texts("93 NAR", "0 NAR", "7 NAR"), "what was not used is free again");
    let over = house.post(&endorse, &house.port, seen, crossed("1 NAR")).await;
    assert_eq!(problem(&over), told(422, "refused"));

    let events = house.get(&format!("{path}/history?most=3"), &house.applicant).await.json();
    let deeds: Vec<&str> =
        events["rows"].as_array().unwrap().iter().map(|row| row["deed"].as_str().unwrap()).collect();
    assert_eq!(deeds.len(), 3, "{events}");
    let next = format!("{path}/history?after={}", events["next"].as_str().unwrap());
    let rest = house.get(&next, &house.applicant).await.json();
    let rest = rest["rows"].as_array().unwrap().iter().map(|row| row["deed"].as_str().unwrap());
    let mut all: Vec<&str> = deeds.into_iter().chain(rest).collect();
    // Ids of one second are in no order, and all of this was one second.
    all.sort_unstable();
    let expected = [
        "accept-application",
        "decide-application",
        "draft-application",
        "import-lines",
        "issue-permit",
        "submit-application",
    ];
    assert_eq!(all, expected);
    let events = house.get(&format!("{permit_path}/history"), &house.applicant).await.json();
    assert_eq!(events["rows"].as_array().unwrap().len(), 3, "{events}");
}

#[tokio::test]
async fn nobody_decides_what_they_drafted_nor_issues_what_they_decided_nor_endorses_what_they_issued() {
    let house = House::open().await;
    let quota = house.quota("100 NAR").await;
    let all = [Role::IntakeOfficer, Role::DecisionOfficer, Role::IssuingOfficer, Role::PortOfficer];
    let (one, two, three) = (
        house.somebody(0x31, &all).await,
        house.somebody(0x32, &all).await,
        house.somebody(0x33, &all).await,
    );
    let (path, seen) = house.draft(&one).await;
    let to = json!({ "agency": HERE.to_string() });
    let seen = house.does(&format!("{path}/submission"), &one, seen, to).await;
    let seen = house.does(&format!("{path}/acceptance"), &one, seen, json!({})).await;
    let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
    let decision = format!("{path}/decision");
    for (deed, body) in [("decision", lines.clone()), ("refusal", json!({ "reasons": "none" }))] {
        let refused = house.post(&format!("{path}/{deed}"), &one, seen, body).await;
        assert_eq!(problem(&refused), told(403, "four-eyes"), "{deed}");
    }
    let seen = house.does(&decision, &two, seen, lines).await;
    for cookie in [&one, &two] {
        let refused = house.post(&format!("{path}/permit"), cookie, seen, json!({})).await;
        assert_eq!(problem(&refused), told(403, "four-eyes"));
    }
    let issued = house.post(&format!("{path}/permit"), &three, seen, json!({})).await;
    assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.text);
    let endorse = format!("/api/permits/{}/endorsements", issued.json()["id"].as_str().unwrap());
    let crossed = json!({ "line": 1, "quantity": "1 NAR", "port": "Khorgos" });
    let refused = house.post(&endorse, &three, 1, crossed.clone()).await;
    assert_eq!(problem(&refused), told(403, "four-eyes"));
    house.does(&endorse, &house.port, 1, crossed).await;
}

#[tokio::test]
async fn a_quota_is_reserved_by_the_decision_and_free_again_after_a_withdrawal() {
    let house = House::open().await;
    let quota = house.quota("15 NAR").await;
    let (path, seen) = house.granted(quota).await;
    let (other, other_seen) = house.accepted().await;
    let lines = |much: Option<&str>| json!({ "lines": [{ "line": 1, "quantity": much, "quota": quota.to_string() }] });
    let decision = format!("{other}/decision");
    let beyond = house.post(&decision, &house.decider, other_seen, lines(None)).await;
    assert_eq!(problem(&beyond), told(422, "refused"));
    let no_such = json!({ "lines": [{ "line": 1, "quota": OTHERS.to_string() }] });
    let no_such = house.post(&decision, &house.decider, other_seen, no_such).await;
    assert_eq!(problem(&no_such), told(422, "refused"));
    house.does(&decision, &house.decider, other_seen, lines(Some("5 NAR"))).await;
    assert_eq!(house.left(quota).await, texts("0 NAR", "15 NAR", "0 NAR"));
    house.does(&format!("{path}/withdrawal"), &house.applicant, seen, json!({})).await;
    assert_eq!(house.left(quota).await, texts("10 NAR", "5 NAR", "0 NAR"));
}

#[tokio::test]
async fn a_quota_of_another_year_or_country_is_not_drawn_on() {
    let house = House::open().await;
    house.quota("15 NAR").await;
    let (path, seen) = house.accepted().await;
    for (place, year, country, expected) in [
        (0xC2, 2025, "CN", "is drawn on in 2025, and it is 2026"),
        (0xC3, 2026, "KZ", "limits the exports of KZ, and the specimens are exported by CN"),
    ] {
        let quota = cites::QuotaId([place; 16]);
        let mut work = house.world.work().await;
        work.put_quota(&store::QuotaRecord {
            id: quota,
            version: store::Version::NEW,
            agency: HERE,
            year,
            country: country.parse().unwrap(),
            kingdom: "Animalia".parse().unwrap(),
            taxon: "Falco cherrug".to_owned(),
            term: None,
            source: None,
            purpose: None,
            unit: "NAR".parse().unwrap(),
            basis: "made up".to_owned(),
        });
        work.change_quota(quota, permits::ledger::Change::Publish, "50 NAR".parse().unwrap()).unwrap();
        house.world.save(work).await;
        let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
        let refused = house.post(&format!("{path}/decision"), &house.decider, seen, lines).await;
        assert_eq!(problem(&refused), told(422, "refused"), "{}", refused.text);
        assert!(refused.text.contains(expected), "{}", refused.text);
    }
}

#[tokio::test]
async fn an_application_is_refused_with_reasons_that_the_applicant_reads() {
    let house = House::open().await;
    let (path, seen) = house.accepted().await;
    let refusal = format!("{path}/refusal");
    let silent = house.post(&refusal, &house.decider, seen, json!({ "reasons": " " })).await;
    assert_eq!(problem(&silent), told(422, "refused"));
    let by_intake = house.post(&refusal, &house.intake, seen, json!({ "reasons": "no" })).await;
    assert_eq!(problem(&by_intake), told(403, "no-role"));
    house.does(&refusal, &house.decider, seen, json!({ "reasons": "no finding of non-detriment" })).await;
    let view = house.get(&path, &house.applicant).await.json();
    assert_eq!((&view["state"], &view["due"]), (&json!("refused"), &json!(null)));
    assert_eq!(view["told"], json!(["no finding of non-detriment"]));
}

#[tokio::test]
async fn a_cancelled_permit_gives_its_quota_back_and_a_lost_one_does_not() {
    let house = House::open().await;
    let quota = house.quota("100 NAR").await;
    let (cancelled, lost) = (house.permit(quota).await, house.permit(quota).await);
    let path = format!("{cancelled}/cancellation");
    let silent = house.post(&path, &house.decider, 1, json!({ "reason": "" })).await;
    assert_eq!(problem(&silent), told(422, "refused"));
    let by_applicant = house.post(&path, &house.applicant, 1, json!({ "reason": "error" })).await;
    assert_eq!(problem(&by_applicant), told(403, "no-role"));
    house.does(&path, &house.decider, 1, json!({ "reason": "issued in error" })).await;
    assert_eq!(house.left(quota).await, texts("90 NAR", "0 NAR", "10 NAR"));
    house.does(&format!("{lost}/loss"), &house.applicant, 1, json!({})).await;
    assert_eq!(house.left(quota).await, texts("90 NAR", "0 NAR", "10 NAR"));
    let view = house.get(&lost, &house.applicant).await.json();
    assert_eq!((&view["state"], &view["lines"][0]["left"]), (&json!("lost"), &json!("0")));
}

/// How many applications ask for ten each, of a quota of a thousand.
const TRIES: usize = 110;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clients_issue_no_more_than_a_quota_through_the_router() {
    let house = Arc::new(House::open().await);
    let quota = house.quota("1000 NAR").await;
    let next = Arc::new(AtomicUsize::new(0));
    let clients = (0..64).map(|_| {
        let (house, next) = (house.clone(), next.clone());
        tokio::spawn(async move {
            let (mut issued, mut refused) = (0, 0);
            while next.fetch_add(1, Ordering::Relaxed) < TRIES {
                let (path, seen) = house.accepted().await;
                let lines = json!({ "lines": [{ "line": 1, "quota": quota.to_string() }] });
                let decided = house.post(&format!("{path}/decision"), &house.decider, seen, lines).await;
                if decided.status != StatusCode::OK {
                    assert_eq!(problem(&decided), told(422, "refused"));
                    refused += 1;
                    continue;
                }
                let permit = house.post(&format!("{path}/permit"), &house.issuer, seen + 1, json!({})).await;
                assert_eq!(permit.status, StatusCode::CREATED, "{}", permit.text);
                issued += 1;
            }
            (issued, refused)
        })
    });
    let (mut issued, mut refused) = (0, 0);
    for client in clients.collect::<Vec<_>>() {
        let (one, other) = client.await.unwrap();
        issued += one;
        refused += other;
    }
    assert_eq!((issued, refused), (100, TRIES - 100));
    assert_eq!(house.left(quota).await, texts("0 NAR", "0 NAR", "1000 NAR"));
    let serials = house.world.office.store().serials(HERE, 2026).await.unwrap();
    assert!(serials.iter().copied().eq(1..=100), "{:?}", permits::breaks(&serials));
}
