//! The forms of an application's page, sent as a browser sends them.

use access::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::house::House;
use crate::world::Reply;

const DIVIDER: &str = "----WebKitFormBoundaryMadeUp";

/// A field, with the name of its file where it is one.
fn field(name: &str, file: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let file =
        file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: text/html")).unwrap_or_default();
    let head = format!("--{DIVIDER}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

impl House {
    async fn form(&self, path: &str, cookie: &str, fields: &[Vec<u8>]) -> Reply {
        let body = [fields.concat(), format!("--{DIVIDER}--\r\n").into_bytes()].concat();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={DIVIDER}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        Reply::of(self.world.send(request.unwrap()).await).await
    }
}

#[tokio::test]
async fn a_table_is_handed_in_and_its_bad_rows_stand_on_the_page_with_the_reason() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let page = path.strip_prefix("/api").unwrap().to_owned();
    let form = format!("{page}/lines/file");
    let version = |seen: i64| field("seen", None, seen.to_string().as_bytes());
    let table = b"scientific name;term;quantity\r\nFalco cherrug;LIV;2\r\nFalco <b>;LIV;some\r\n";
    let file = || field("file", Some("table.csv"), table);
    let sent = house.form(&form, &house.applicant, &[version(seen), file()]).await;
    assert_eq!((sent.status, sent.location.as_deref()), (StatusCode::SEE_OTHER, Some(page.as_str())));
    let shown = house.get(&page, &house.applicant).await.text;
    for part in ["Falco cherrug", "Row 3 of the table: Falco &#60;b&#62;", "value=\"some\""] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let again = house.form(&form, &house.applicant, &[version(seen), file()]).await;
    assert!(again.status.is_client_error(), "a form that is sent twice is done once: {}", again.status);
    let none = field("file", Some(""), b"");
    let empty = house.form(&form, &house.applicant, &[version(seen + 1), none]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("role=\"alert\"") && empty.text.contains("hoose a file"), "{}", empty.text);
    let no_form = house.world.fill_in(&form, Some(&house.applicant), "seen=4&pasted=x").await;
    assert_eq!(
        (no_form.status, no_form.kind.as_str()),
        (StatusCode::BAD_REQUEST, "text/html; charset=utf-8")
    );
}

#[tokio::test]
async fn a_file_is_added_on_the_page_and_listed_as_a_download() {
    let house = House::open().await;
    let (path, seen) = house.draft(&house.applicant).await;
    let page = path.strip_prefix("/api").unwrap().to_owned();
    let form = format!("{page}/files");
    let version = field("seen", None, seen.to_string().as_bytes());
    let script = field("file", Some("a.html"), b"<script>alert(1)</script>");
    let refused = house.form(&form, &house.applicant, &[version.clone(), script]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("markup") && refused.text.contains("Add the file"), "{}", refused.text);
    let contract = field("file", Some("合同 %221%22.pdf"), b"%PDF-1.7\r\n");
    let added = house.form(&form, &house.applicant, &[version, contract]).await;
    assert_eq!((added.status, added.location.as_deref()), (StatusCode::SEE_OTHER, Some(page.as_str())));
    let shown = house.get(&page, &house.applicant).await.text;
    assert!(shown.contains("合同 &#34;1&#34;.pdf</a>"), "{shown}");
    let link = format!("/api{page}/attachments/");
    let (_, rest) = shown.split_once(&link).unwrap();
    let file = house.get(&format!("{link}{}", rest.split('"').next().unwrap()), &house.applicant).await;
    assert_eq!((file.status, file.text.as_str()), (StatusCode::OK, "%PDF-1.7\r\n"));
    let copied = house.form(&format!("{page}/copy"), &house.applicant, &[]).await;
    assert_eq!(copied.status, StatusCode::SEE_OTHER);
    let draft = house.get(copied.location.as_deref().unwrap(), &house.applicant).await.text;
    assert!(draft.contains("Falco cherrug") && !draft.contains(".pdf</a>"), "{draft}");
}

#[tokio::test]
async fn a_form_stands_only_on_the_page_of_who_may_send_it() {
    let house = House::open().await;
    let (path, _) = house.accepted().await;
    let page = path.strip_prefix("/api").unwrap();
    let auditor = house.somebody(0x52, &[Role::Auditor]).await;
    for (cookie, forms) in
        [(&house.intake, [false, true, true]), (&house.decider, [false; 3]), (&auditor, [false; 3])]
    {
        let shown = house.get(page, cookie).await.text;
        let has = ["Take the lines of the file in", "Add the file", "Begin a new draft"]
            .map(|part| shown.contains(part));
        assert_eq!(has, forms);
    }
}
