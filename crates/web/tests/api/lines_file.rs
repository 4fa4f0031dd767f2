//! Lines of a draft out of workbooks and texts, as programs write them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::Reply;

impl House {
    /// Sends a file as the body of a change to what was seen as `seen`.
    pub async fn hand_in(&self, path: &str, cookie: &str, seen: i64, bytes: Vec<u8>) -> Reply {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::IF_MATCH, format!("\"{seen}\""))
            .body(Body::from(bytes));
        Reply::of(self.world.send(request.unwrap()).await).await
    }

    async fn empty_draft(&self) -> String {
        let begun = json!({ "operator": crate::world::OWN.to_string(), "kind": "export-permit" });
        let begun = self.world.change(
            (axum::http::Method::POST, "/api/applications"),
            &self.applicant,
            (None, None),
            Some(begun),
        );
        format!("/api/applications/{}", begun.await.json()["id"].as_str().unwrap())
    }
}

/// The rows that wait, each with why.
fn waiting(answer: &Value) -> Vec<(u64, u64, String)> {
    let rows = answer["pending"].as_array().unwrap().iter();
    let cell = |row: &Value| {
        let remark = &row["remarks"][0];
        let column = remark["column"].as_u64().unwrap_or(0);
        (row["row"].as_u64().unwrap(), column, remark["id"].as_str().unwrap().to_owned())
    };
    rows.map(cell).collect()
}

/// A workbook written by openpyxl 3.1.5: a sheet of notes, and a sheet `标本 Lines` with a title, headings in row 3,
/// 250 specimens and a total. Marks are numbers shown as `000000`, days of acquisition are days of the workbook. Of
/// each twentieth row, twelve in all from row 11 on, the term, the quantity or the day is bad, in turn.
const TWO_HUNDRED_AND_FIFTY: &[u8] = include_bytes!("250-lines.xlsx");
/// A workbook of one sheet, whose one heading is `term`.
const NO_NAME: &[u8] = include_bytes!("no-name.xlsx");

#[tokio::test]
async fn of_two_hundred_and_fifty_rows_with_twelve_bad_ones_the_others_are_taken() {
    let house = House::open().await;
    let path = house.empty_draft().await;
    let answer = house
        .hand_in(&format!("{path}/lines/file"), &house.applicant, 1, TWO_HUNDRED_AND_FIFTY.to_vec())
        .await;
    assert_eq!((answer.status, answer.etag.as_str()), (StatusCode::OK, "\"2\""), "{}", answer.text);
    let answer = answer.json();
    assert_eq!(answer["sheet"], json!("标本 Lines"));
    assert_eq!(answer["taken"].as_array().unwrap().len(), 238);
    let waiting = waiting(&answer);
    assert_eq!(waiting.len(), 12, "{waiting:?}");
    // Row 11 of the sheet is the eighth specimen below the title and the headings.
    let expected = [(11, 2, "term"), (31, 3, "amount"), (51, 5, "day"), (71, 2, "term")];
    for (found, (row, column, word)) in waiting.iter().zip(expected) {
        assert_eq!((found.0, found.1), (row, column), "{found:?}");
        assert!(found.2.contains(word), "{found:?} has nothing to say of {word}");
    }
    let skipped: Vec<&str> =
        answer["skipped"].as_array().unwrap().iter().map(|row| row["why"].as_str().unwrap()).collect();
    assert_eq!(skipped, ["above-headings", "above-headings", "headings", "total"]);
    let draft = house.get(&format!("{path}/draft"), &house.applicant).await.json();
    assert_eq!(draft["lines"].as_array().unwrap().len(), 238);
    assert_eq!(draft["pending"].as_array().unwrap().len(), 12);
    let line = &draft["draft"]["lines"][1]["written"];
    assert_eq!((&line["marks"], &line["acquired"]), (&json!("000001"), &json!("2025-03-02")), "{line}");
    assert_eq!(draft["draft"]["pending"][1]["line"]["written"]["quantity"], json!("some"));
}

#[tokio::test]
async fn a_text_is_taken_in_the_encodings_of_the_region() {
    let house = House::open().await;
    let path = house.empty_draft().await;
    let file = format!("{path}/lines/file");
    // 学名;标本类型;数量 and a line, in GB18030.
    let chinese =
        b"\xD1\xA7\xC3\xFB;\xB1\xEA\xB1\xBE\xC0\xE0\xD0\xCD;\xCA\xFD\xC1\xBF\r\nFalco cherrug;LIV;2\r\n";
    let answer = house.hand_in(&file, &house.applicant, 1, chinese.to_vec()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let view = answer.json();
    assert_eq!((view["taken"].as_array().unwrap().len(), &view["sheet"]), (1, &Value::Null));
    assert!(view["encoding"].as_str().unwrap().contains("gb18030"), "{view}");
    let russian = "Научное название\tКоличество\nFalco rusticolus\t3\n".as_bytes().to_vec();
    let answer = house.hand_in(&file, &house.applicant, 2, russian).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["encoding"], Value::Null);
}

#[tokio::test]
async fn a_file_that_is_no_table_changes_nothing_and_is_told() {
    let house = House::open().await;
    let path = house.empty_draft().await;
    let file = format!("{path}/lines/file");
    let cut = TWO_HUNDRED_AND_FIFTY[..2_000].to_vec();
    for (bytes, word) in [
        (Vec::new(), "holds nothing"),
        (b"\x7FELF\x02\x01\x01\0".to_vec(), "zero byte"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "older program"),
        (b"hello\nworld\n".to_vec(), "names the columns"),
        (b"name,term\n\"Falco".to_vec(), "never closed"),
        (cut, "damaged"),
        (NO_NAME.to_vec(), "sheet `Sheet1`: row 1 names the columns, and none of them is `name`"),
    ] {
        let refused = house.hand_in(&file, &house.applicant, 1, bytes).await;
        assert_eq!(problem(&refused), told(422, "refused"), "{word}");
        assert!(refused.text.contains(word), "{word}: {}", refused.text);
    }
    let too_large = house.hand_in(&file, &house.applicant, 1, vec![b'a'; 4 * 1024 * 1024 + 1]).await;
    assert_eq!(problem(&too_large), told(413, "too-large"));
    let draft = house.get(&format!("{path}/draft"), &house.applicant).await;
    assert_eq!(draft.etag, "\"1\"");
    let stale = house.hand_in(&file, &house.applicant, 7, TWO_HUNDRED_AND_FIFTY.to_vec()).await;
    assert_eq!(problem(&stale), told(412, "changed"));
}
