//! A person walks an application through the pages, form by form, as a browser sends them.

use axum::http::StatusCode;
use cites::Quantity;

use crate::house::House;
use crate::pages::check_form;
use crate::world::{HERE, OWN, Reply};

fn fields(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// The version that a page bears in its forms.
fn seen(page: &Reply) -> String {
    let at = page.text.find("name=\"seen\" value=\"").unwrap_or_else(|| panic!("no form: {}", page.text));
    page.text[at + 19..].split('"').next().unwrap().to_owned()
}

/// Opens a page, fills in the form that is sent to `deed`, and is led back to a page, whose path is answered.
async fn does(house: &House, cookie: &str, path: &str, deed: &str, pairs: &[(&str, &str)]) -> String {
    let page = house.get(path, cookie).await;
    check_form(&page, path);
    assert!(page.text.contains(&format!("action=\"{path}/{deed}\"")), "{deed} is not offered: {}", page.text);
    let mut pairs = pairs.to_vec();
    let version = seen(&page);
    pairs.push(("seen", &version));
    let sent = house.world.fill_in(&format!("{path}/{deed}"), Some(cookie), &fields(&pairs)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{deed}: {}", sent.text);
    sent.location.unwrap()
}

const TABLE: &str = "scientific name\tterm\tquantity\tunit\tsource\nFalco cherrug\tLIV\t10\tNAR\tC\nFalco cherrug\tLIV\tmany\tNAR\tC\n";

#[tokio::test]
async fn an_application_is_written_decided_and_used_up_on_pages_alone() {
    let house = House::open().await;
    let quota = house.quota("20 NAR").await.to_string();
    let new = house.get("/applications/new", &house.applicant).await;
    assert!(new.text.contains(&OWN.to_string()), "{}", new.text);
    let begun = fields(&[("operator", &OWN.to_string()), ("kind", "export-permit")]);
    let begun = house.world.fill_in("/applications/new", Some(&house.applicant), &begun).await;
    let path = begun.location.unwrap();
    does(&house, &house.applicant, &path, "head", &[("other-side", "KZ"), ("purpose", "T")]).await;
    does(&house, &house.applicant, &path, "lines", &[("table", TABLE)]).await;
    let waiting = house.get(&path, &house.applicant).await;
    assert!(waiting.text.contains("many"), "the bad row is told with its reason: {}", waiting.text);
    does(&house, &house.applicant, &path, "lines/removal", &[("what", "waiting")]).await;
    does(&house, &house.applicant, &path, "submission", &[("agency", &HERE.to_string())]).await;
    does(&house, &house.intake, &path, "notice", &[("defects", "The ring numbers.\n\nThe invoice.\n")]).await;
    let told = house.get(&path, &house.applicant).await;
    assert!(told.text.contains("<li>The ring numbers.</li><li>The invoice.</li>"), "{}", told.text);
    does(&house, &house.applicant, &path, "answer", &[]).await;
    does(&house, &house.intake, &path, "acceptance", &[]).await;
    let granted = [("grant-1", "yes"), ("quantity-1", "6 NAR"), ("quota-1", &*quota)];
    does(&house, &house.decider, &path, "decision", &granted).await;
    let permit = does(&house, &house.issuer, &path, "permit", &[]).await;
    assert!(permit.starts_with("/permits/"), "{permit}");
    let crossed = |much| [("line", "1"), ("quantity", much), ("port", "Made-up Pass")];
    does(&house, &house.port, &permit, "endorsements", &crossed("4 NAR")).await;
    does(&house, &house.port, &permit, "endorsements", &crossed("2 NAR")).await;
    let used = house.get(&permit, &house.applicant).await;
    assert!(used.text.contains("Nothing left"), "{}", used.text);
    let left: Quantity = "14 NAR".parse().unwrap();
    assert_eq!(house.left(quota.parse().unwrap()).await.0, left.to_string());
}

#[tokio::test]
async fn a_permit_is_printed_handed_over_used_and_amended_on_pages_alone() {
    let house = House::open().await;
    let quota = house.quota("20 NAR").await;
    let api = house.permit(quota).await;
    let path = api.trim_start_matches("/api").to_owned();
    does(&house, &house.issuer, &path, "printing", &[]).await;
    does(&house, &house.intake, &path, "hand-over", &[]).await;
    let crossed = [("line", "1"), ("quantity", "1 NAR"), ("port", "Made-up Pass")];
    does(&house, &house.port, &path, "endorsements", &crossed).await;
    let wish = [("wanted", "another port"), ("why", "the road is closed")];
    does(&house, &house.applicant, &path, "amendment-request", &wish).await;
    let second = house.somebody(0x51, &[access::Role::DecisionOfficer]).await;
    let shown = house.get(&path, &second).await;
    assert!(
        shown.text.contains("the road is closed") && shown.text.contains("To be filed by"),
        "{}",
        shown.text
    );
    does(&house, &house.applicant, &path, "endorsed-copy", &[]).await;
    let amended = [("reason", "the road is closed"), ("port", "Alashankou"), ("quantity-1", "1 NAR")];
    let new = does(&house, &second, &path, "amendment", &amended).await;
    assert_ne!(new, path, "it leads to the permit that took its place");
    let old = house.get(&path, &house.applicant).await;
    assert!(old.text.contains("Replaced"), "{}", old.text);
    let new = house.get(&new, &house.applicant).await;
    assert!(new.text.contains("An earlier permit"), "{}", new.text);
}

#[tokio::test]
async fn the_departments_document_is_entered_on_the_page_and_more_time_is_taken_once() {
    let house = House::open().await;
    let (api, _) = house.accepted().await;
    let path = api.trim_start_matches("/api").to_owned();
    let document = [("number", "2026/7"), ("issued", "2026-11-02"), ("content", "ten sakers")];
    does(&house, &house.intake, &path, "approval", &document).await;
    let entered = house.get(&api, &house.decider).await.json();
    assert_eq!(entered["department"]["number"], "2026/7", "{entered}");
    does(&house, &house.decider, &path, "extension", &[("reason", "many files")]).await;
    let page = house.get(&path, &house.decider).await;
    let again = fields(&[("reason", "still"), ("seen", &seen(&page))]);
    let again = house.world.fill_in(&format!("{path}/extension"), Some(&house.decider), &again).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.text);
}

#[tokio::test]
async fn a_form_that_cannot_be_done_is_shown_again_with_the_reason_and_nothing_is_changed() {
    let house = House::open().await;
    let quota = house.quota("5 NAR").await.to_string();
    let (api, version) = house.accepted().await;
    let path = api.trim_start_matches("/api").to_owned();
    let version = version.to_string();
    let too_much = [("grant-1", "yes"), ("quota-1", &*quota), ("seen", &version)];
    let refused =
        house.world.fill_in(&format!("{path}/decision"), Some(&house.decider), &fields(&too_much)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("role=\"alert\"") && refused.text.contains("Grant it"), "{}", refused.text);
    let late = [("reasons", "none"), ("seen", "1")];
    let late = house.world.fill_in(&format!("{path}/refusal"), Some(&house.decider), &fields(&late)).await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.text);
    assert!(late.text.contains("changed since you saw it"), "{}", late.text);
    let without = house.world.fill_in(&format!("{path}/refusal"), Some(&house.decider), "reasons=none").await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
    let now = house.get(&api, &house.decider).await;
    assert_eq!(
        (now.json()["state"].clone(), now.json()["version"].to_string()),
        ("accepted".into(), version)
    );
}

#[tokio::test]
async fn who_decided_is_told_on_the_page_that_a_colleague_must_issue() {
    let house = House::open().await;
    let both = house.somebody(0x21, &[access::Role::DecisionOfficer, access::Role::IssuingOfficer]).await;
    let (api, seen) = house.accepted().await;
    house
        .does(&format!("{api}/decision"), &both, seen, serde_json::json!({ "lines": [{ "line": 1 }] }))
        .await;
    let page = house.get(api.trim_start_matches("/api"), &both).await;
    assert!(
        page.text.contains("a colleague must do it") && !page.text.contains("Sign and issue"),
        "{}",
        page.text
    );
}
