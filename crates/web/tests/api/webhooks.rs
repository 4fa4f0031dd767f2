//! Webhooks through the router: who may have one, of what it is told, and that nobody hears of what is another's.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::outbox::MessageKind;

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{ELSEWHERE, HERE, NOW, OTHERS, OWN};

const PATH: &str = "/api/webhooks";

async fn make(house: &House, cookie: &str, body: Value) -> crate::world::Reply {
    house.world.change((Method::POST, PATH), cookie, (None, None), Some(body)).await
}

fn of_own(deeds: &[&str]) -> Value {
    json!({ "operator": OWN.to_string(), "url": "https://falcons.example/hook", "deeds": deeds })
}

/// What waits to be called: the webhook and what it is told, in the order of the deeds.
async fn calls(house: &House) -> Vec<(String, Value)> {
    let due = house.world.office.store().claim("a", MessageKind::Webhook, (99, 60), NOW).await.unwrap();
    due.into_iter().map(|call| (call.target, call.payload)).collect()
}

#[tokio::test]
async fn an_applicant_and_the_office_are_told_of_the_deeds_that_they_named() {
    let house = House::open().await;
    let quota = house.quota("20 NAR").await;
    let applicants = make(&house, &house.applicant, of_own(&["issue-permit", "submit-application"])).await;
    assert_eq!(applicants.status, StatusCode::CREATED, "{}", applicants.text);
    let applicants = applicants.json()["id"].as_str().unwrap().to_owned();
    let of_office = json!({ "url": "https://ma.example/hook", "deeds": ["endorse-permit", "issue-permit"] });
    let offices = make(&house, &house.decider, of_office).await.json();
    assert_eq!(offices["agency"], HERE.to_string());
    let offices = offices["id"].as_str().unwrap().to_owned();
    let permit = house.permit(quota).await;
    let crossed = json!({ "line": 1, "quantity": "4 NAR", "port": "Made-up Pass" });
    house.does(&format!("{permit}/endorsements"), &house.port, 1, crossed).await;
    let heard = calls(&house).await;
    // Ids of one second are in no order, and neither are calls.
    let types = |of: &str| -> BTreeSet<&str> {
        heard.iter().filter(|(hook, _)| hook == of).map(|(_, told)| told["type"].as_str().unwrap()).collect()
    };
    assert_eq!(types(&applicants), BTreeSet::from(["submit-application", "issue-permit"]), "{heard:?}");
    assert_eq!(types(&offices), BTreeSet::from(["endorse-permit", "issue-permit"]), "{heard:?}");
    assert_eq!(heard.len(), 4);
    let (_, issue) = heard.iter().find(|(_, told)| told["type"] == "issue-permit").unwrap();
    assert_eq!(issue["data"]["thing"]["kind"], "application");
    let whole = issue.to_string();
    assert!(
        !whole.contains("Falco") && !whole.contains("applicant"),
        "a call tells nothing of the thing: {whole}"
    );
}

#[tokio::test]
async fn nobody_is_told_of_what_is_anothers() {
    let house = House::open().await;
    let quota = house.quota("20 NAR").await;
    let mut work = house.world.work().await;
    for (owner, place) in
        [(store::WebhookOwner::Operator(OTHERS), 0xD1), (store::WebhookOwner::Agency(ELSEWHERE), 0xD2)]
    {
        work.put_webhook(&store::WebhookRecord {
            id: cites::WebhookId([place; 16]),
            version: store::Version::NEW,
            owner,
            url: "https://others.example/".to_owned(),
            secret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned(),
            deeds: web::calls::HEARD.to_vec(),
            active: true,
        });
    }
    house.world.save(work).await;
    house.permit(quota).await;
    assert!(calls(&house).await.is_empty());
}

#[tokio::test]
async fn a_secret_is_told_when_it_is_drawn_and_never_again() {
    let house = House::open().await;
    let made = make(&house, &house.applicant, of_own(&["issue-permit"])).await;
    let view = made.json();
    let secret = view["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_"), "{secret}");
    let path = format!("{PATH}/{}", view["id"].as_str().unwrap());
    let read = house.get(&path, &house.applicant).await;
    let listed = house.get(&format!("{PATH}?operator={OWN}"), &house.applicant).await;
    for reply in [&read, &listed] {
        assert!(reply.status == StatusCode::OK && !reply.text.contains("whsec_"), "{}", reply.text);
        assert!(reply.text.contains("https://falcons.example/hook"), "{}", reply.text);
    }
    let renewed = house.post(&format!("{path}/secret"), &house.applicant, 1, json!({})).await.json();
    assert_eq!(renewed["version"], 2);
    assert!(renewed["secret"].as_str().is_some_and(|drawn| drawn != secret), "{renewed}");
    let changed =
        json!({ "url": "https://falcons.example/other", "deeds": ["cancel-permit"], "active": false });
    let change = |seen, body| {
        house.world.change((Method::PUT, &path), &house.applicant, (Some(seen), None), Some(body))
    };
    assert_eq!(problem(&change(1, changed.clone()).await), told(412, "changed"));
    let changed = change(2, changed).await.json();
    assert_eq!((&changed["active"], &changed["deeds"]), (&json!(false), &json!(["cancel-permit"])));
    assert_eq!(changed.get("secret"), None);
    let events = house.world.office.store().events(None, 9).await.unwrap();
    let told: Vec<String> = events.rows.iter().map(|event| format!("{:?}", event.done.after)).collect();
    assert!(told.iter().all(|after| !after.contains("whsec_") && !after.contains("/hook")), "{told:?}");
}

#[tokio::test]
async fn a_trial_is_called_and_how_it_went_is_told() {
    let house = House::open().await;
    let view = make(&house, &house.applicant, of_own(&["issue-permit"])).await.json();
    let path = format!("{PATH}/{}", view["id"].as_str().unwrap());
    let tried = house.post(&format!("{path}/trial"), &house.applicant, 1, json!({})).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    let heard = house.get(&format!("{path}/calls"), &house.applicant).await.json();
    assert_eq!((&heard[0]["type"], &heard[0]["state"]), (&json!("trial"), &json!("waiting")), "{heard}");
    let store = house.world.office.store();
    let due = store.claim("a", MessageKind::Webhook, (9, 60), NOW).await.unwrap();
    store.not_sent(&due[0], "it answered with 500", NOW).await.unwrap();
    let heard = house.get(&format!("{path}/calls"), &house.applicant).await.json();
    assert_eq!((&heard[0]["tries"], &heard[0]["error"]), (&json!(1), &json!("it answered with 500")));
    let off = json!({ "url": "https://falcons.example/", "deeds": ["issue-permit"], "active": false });
    house.world.change((Method::PUT, &path), &house.applicant, (Some(2), None), Some(off)).await;
    let refused = house.post(&format!("{path}/trial"), &house.applicant, 3, json!({})).await;
    assert_eq!(problem(&refused), told(422, "refused"));
}

#[tokio::test]
async fn what_is_no_webhook_is_told_with_what_to_write() {
    let house = House::open().await;
    for (changed, expected) in [
        (json!({ "url": "http://falcons.example/" }), "write https://"),
        (json!({ "url": "https://127.0.0.1/" }), "within the walls"),
        (json!({ "url": "https://[fd00::1]/" }), "within the walls"),
        (json!({ "url": "falcons.example" }), "write https://HOST/PATH"),
        (json!({ "url": "https://me:secret@falcons.example/" }), "leave that out"),
        (json!({ "deeds": [] }), "say of which deeds"),
        (json!({ "deeds": ["read-permit"] }), "the words are draft-application"),
        (json!({ "deeds": ["manage-users"] }), "the words are draft-application"),
    ] {
        let mut body = of_own(&["issue-permit"]);
        for (field, value) in changed.as_object().unwrap() {
            body[field] = value.clone();
        }
        let refused = make(&house, &house.applicant, body).await;
        assert_eq!(problem(&refused), told(422, "refused"), "{changed}: {}", refused.text);
        assert!(refused.text.contains(expected), "{changed}: {}", refused.text);
    }
    let anothers =
        json!({ "operator": OTHERS.to_string(), "url": "https://a.example/", "deeds": ["issue-permit"] });
    assert_eq!(make(&house, &house.applicant, anothers).await.status, StatusCode::NOT_FOUND);
    let nobodys = json!({ "url": "https://a.example/", "deeds": ["issue-permit"] });
    assert_eq!(problem(&make(&house, &house.applicant, nobodys).await), told(400, "unreadable"));
    for _ in 0..20 {
        let made = make(&house, &house.applicant, of_own(&["issue-permit"])).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
    let one_more = make(&house, &house.applicant, of_own(&["issue-permit"])).await;
    assert!(one_more.text.contains("20 webhooks already"), "{}", one_more.text);
}
