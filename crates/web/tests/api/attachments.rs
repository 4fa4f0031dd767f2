//! Files that are handed in with an application: taken by what they are, sent out so that nothing of them runs.

use access::Role;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::HERE;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript >> >>\n";

#[tokio::test]
async fn a_file_is_kept_listed_and_sent_as_a_download_alone() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let to = format!("{path}/attachments?name=%E5%90%88%E5%90%8C%20%222026%22.html");
    let text = "<b> is no markup here: it stands behind a word".as_bytes();
    let text = [b"contract ".as_slice(), text].concat();
    let attached = house.hand_in(&to, &house.applicant, seen, text.clone()).await;
    assert_eq!(
        (attached.status, attached.etag.as_str()),
        (StatusCode::CREATED, "\"3\""),
        "{}",
        attached.text
    );
    let file = &attached.json()["attachment"];
    assert_eq!((&file["media_type"], &file["size"]), (&json!("text/plain"), &json!(text.len())));
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let list = house.get(&format!("{path}/attachments"), &house.applicant).await.json();
    assert_eq!(list["rows"], json!([file]));
    let view = house.get(&path, &house.applicant).await.json();
    assert_eq!(view["attachments"], json!([file]));
    let history = house.get(&format!("{path}/history?most=1"), &house.applicant).await.json();
    assert_eq!(history["rows"][0]["deed"], json!("attach-file"));
    assert_eq!(history["rows"][0]["after"]["attached"]["sha256"], file["sha256"]);

    let of = format!("{path}/attachments/{}", file["id"].as_str().unwrap());
    let request = Request::get(&of).header(header::COOKIE, &house.applicant).body(Body::empty());
    let answer = house.world.send(request.unwrap()).await;
    let told = |name: header::HeaderName| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(told(header::CONTENT_TYPE), "text/plain");
    let name = "attachment; filename=\"__ _2026_.html.txt\"; \
        filename*=UTF-8''%E5%90%88%E5%90%8C%20%222026%22.html.txt";
    assert_eq!(told(header::CONTENT_DISPOSITION), name);
    assert_eq!(told(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(told(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert_eq!(told(header::CACHE_CONTROL), "no-store");
    let bytes = axum::body::to_bytes(answer.into_body(), 1_000_000).await.unwrap();
    assert_eq!(bytes, text);
}

#[tokio::test]
async fn what_is_no_paper_is_refused_with_the_reason_and_changes_nothing() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let to = |name: &str| format!("{path}/attachments?name={name}");
    for (name, bytes, word) in [
        ("a.pdf", b"MZ\x90\0\x03".to_vec(), "no type that is taken in"),
        ("a.pdf", b"<script>alert(1)</script>".to_vec(), "markup"),
        ("a.txt", b"#!/bin/sh\n".to_vec(), "script"),
        ("a.pdf", Vec::new(), "no type"),
        ("..%2Fa.pdf", PDF.to_vec(), "without its folder"),
        ("a%E2%80%AEfdp.exe", PDF.to_vec(), "turn its letters round"),
        ("", PDF.to_vec(), "no name"),
    ] {
        let refused = house.hand_in(&to(name), &house.applicant, seen, bytes).await;
        assert_eq!(problem(&refused), told(422, "refused"), "{name}: {}", refused.text);
        assert!(refused.text.contains(word), "{word}: {}", refused.text);
    }
    let nameless = house.hand_in(&format!("{path}/attachments"), &house.applicant, seen, PDF.to_vec()).await;
    assert_eq!(problem(&nameless), told(400, "unreadable"));
    let large = [PDF, &vec![0; 25 * 1024 * 1024]].concat();
    let refused = house.hand_in(&to("a.pdf"), &house.applicant, seen, large).await;
    assert_eq!(problem(&refused), told(413, "too-large"));
    let list = house.get(&format!("{path}/attachments"), &house.applicant).await.json();
    assert_eq!(list["rows"], json!([]));
    let fits = [PDF, &vec![0; 5 * 1024 * 1024]].concat();
    let taken = house.hand_in(&to("a.pdf"), &house.applicant, seen, fits).await;
    assert_eq!(taken.status, StatusCode::CREATED, "more than other requests may have: {}", taken.text);
}

#[tokio::test]
async fn a_file_is_added_until_it_is_decided_and_read_under_its_own_application_alone() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let attach = format!("{path}/attachments?name=a.pdf");
    let taken = house.hand_in(&attach, &house.applicant, seen, PDF.to_vec()).await.json();
    let to = json!({ "agency": HERE.to_string() });
    let seen = house.does(&format!("{path}/submission"), &house.applicant, seen + 1, to).await;
    let by_port = house.hand_in(&attach, &house.port, seen, PDF.to_vec()).await;
    assert_eq!(problem(&by_port), told(403, "no-role"));
    let by_counter = house.hand_in(&attach, &house.intake, seen, PDF.to_vec()).await;
    assert_eq!(by_counter.status, StatusCode::CREATED, "{}", by_counter.text);
    let seen = house.does(&format!("{path}/acceptance"), &house.intake, seen + 1, json!({})).await;
    let reasons = json!({ "reasons": "no finding of non-detriment" });
    let seen = house.does(&format!("{path}/refusal"), &house.decider, seen, reasons).await;
    let late = house.hand_in(&attach, &house.applicant, seen, PDF.to_vec()).await;
    assert_eq!(problem(&late), told(422, "refused"));

    let id = taken["attachment"]["id"].as_str().unwrap();
    assert_eq!(house.get(&format!("{path}/attachments/{id}"), &house.decider).await.status, StatusCode::OK);
    let (other, _) = house.draft(&house.applicant).await;
    let elsewhere = house.get(&format!("{other}/attachments/{id}"), &house.applicant).await;
    assert_eq!(problem(&elsewhere), told(404, "not-found"));
}

#[tokio::test]
async fn a_copy_is_a_draft_of_the_same_lines_that_says_of_what_it_is_one() {
    let house = House::open().await;
    let (path, seen) = house.accepted().await;
    let reasons = json!({ "reasons": "no finding of non-detriment" });
    let seen = house.does(&format!("{path}/refusal"), &house.decider, seen, reasons).await;
    let copy = format!("{path}/copy");
    let by_decider = house.post(&copy, &house.decider, seen, json!({})).await;
    assert_eq!(problem(&by_decider), told(403, "no-role"));
    let ask = || house.world.change((Method::POST, &copy), &house.applicant, (None, Some("one")), None);
    let copied = ask().await;
    assert_eq!((copied.status, copied.etag.as_str()), (StatusCode::CREATED, "\"1\""), "{}", copied.text);
    assert_eq!(ask().await.text, copied.text, "a request that is sent twice is done once");
    let copied = copied.json();
    let of = house.get(&format!("{path}/draft"), &house.applicant).await.json();
    assert_eq!((&copied["draft"], &copied["lines"]), (&of["draft"], &of["lines"]));
    let new = format!("/api/applications/{}", copied["id"].as_str().unwrap());
    assert_ne!(new, path);
    let history = house.get(&format!("{new}/history"), &house.applicant).await.json();
    let source = json!({ "application": of["id"], "version": seen });
    assert_eq!(history["rows"][0]["after"]["copy_of"], source);
    assert_eq!(
        house.get(&path, &house.applicant).await.etag,
        format!("\"{seen}\""),
        "the source is as it was"
    );
    let stranger = house.somebody(0x41, &[Role::IntakeOfficer]).await;
    let (foreign, _) = house.draft(&house.applicant).await;
    let hidden = house.post(&format!("{foreign}/copy"), &stranger, 1, json!({})).await;
    assert_eq!(problem(&hidden), told(404, "not-found"));
}
