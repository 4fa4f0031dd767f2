//! Permits that an office issued before are taken over whole, and its numbers go on after them.

use axum::http::{Method, Request, StatusCode, header};
use cites::Country;
use permits::taken_over::{State, read_table};
use store::{By, LineWithBalance};
use web::house::taken_over::Desk;

use crate::chain::{problem, told};
use crate::house::House;
use crate::world::{HERE, Reply};

const TABLE: [[&str; 11]; 6] = [
    [
        "number",
        "state",
        "kind",
        "holder",
        "issued",
        "valid until",
        "scientific name",
        "term",
        "quantity",
        "unit",
        "used",
    ],
    [
        "TEST/2026/000041",
        "issued",
        "export",
        "Old Farm",
        "2026-09-01",
        "2027-02-28",
        "Falco cherrug",
        "LIV",
        "10",
        "NAR",
        "4",
    ],
    ["TEST/2026/000041", "", "", "", "", "", "Falco rusticolus", "LIV", "2", "NAR", ""],
    [
        "OLD-7",
        "cancelled",
        "export",
        "Old Farm",
        "2026-01-05",
        "2026-07-04",
        "Falco cherrug",
        "LIV",
        "3",
        "NAR",
        "none",
    ],
    ["OLD-8", "", "export", "Old Farm", "2026-09-05", "2027-03-04", "Falco cherrug", "LIV", "3", "NAR", "0"],
    ["OLD-9", "issued", "export", "Old Farm", "2026-09-05", "2027-03-04", "Quercus", "LIV", "3", "NAR", "0"],
];

fn by() -> By {
    By::Job("test".to_owned())
}

#[tokio::test]
async fn permits_of_before_are_taken_over_with_what_is_left_and_numbers_go_on() {
    let house = House::open().await;
    let quota = house.quota("20 NAR").await;
    let (office, store) = (&house.world.office, house.world.office.store());
    let read = read_table(&TABLE.map(|row| row.to_vec()), office.taxa()).unwrap();
    assert_eq!((read.permits.len(), read.waiting.len()), (3, 1), "the oak waits: {:?}", read.waiting);
    let country: Country = "CN".parse().unwrap();
    let mut desk = Desk::of(office, HERE, country, None).await.unwrap();
    let live = desk.take(by(), &read.permits[0]).await.unwrap();
    let lines = store.permit_lines(live.id).await.unwrap();
    let left = |line: &LineWithBalance| line.balance.left().to_string();
    assert_eq!(lines.iter().map(left).collect::<Vec<_>>(), ["6 NAR", "2 NAR"]);
    assert_eq!(lines[1].line.content["use_before_unknown"], true, "nothing is told of its use");
    let cancelled = desk.take(by(), &read.permits[1]).await.unwrap();
    assert_eq!(cancelled.state.as_str(office.today()), "cancelled");
    assert_eq!(left(&store.permit_lines(cancelled.id).await.unwrap()[0]), "0 NAR");
    assert_eq!(cancelled.operator, live.operator, "one holder is one operator");
    let untold = desk.take(by(), &read.permits[2]).await.unwrap_err().to_string();
    assert!(untold.contains("its state is not told"), "{untold}");
    let mut desk = Desk::of(office, HERE, country, Some(State::Issued)).await.unwrap();
    assert_eq!(desk.take(by(), &read.permits[2]).await.unwrap().state.as_str(office.today()), "issued");
    let again = desk.take(by(), &read.permits[0]).await.unwrap_err().to_string();
    assert!(again.contains("of this number already"), "{again}");
    let path = house.permit(quota).await;
    let next = house.get(&path, &house.issuer).await;
    assert_eq!(next.json()["number"], "TEST/2026/000042");
}

#[tokio::test]
async fn a_table_that_is_handed_in_twice_takes_over_what_is_not_there_yet() {
    let house = House::open().await;
    let text: Vec<String> = TABLE.iter().map(|row| row.join(",")).collect();
    let send = async |cookie: &str, text: String| {
        let request = Request::builder().method(Method::POST).uri("/api/permits/import");
        let request = request.header(header::COOKIE, cookie).header("sec-fetch-site", "same-origin");
        Reply::of(house.world.send(request.body(text.into()).unwrap()).await).await
    };
    let by_intake = send(&house.intake, text.join("\n")).await;
    assert_eq!(problem(&by_intake), told(403, "no-role"));
    let first = send(&house.issuer, text.join("\n")).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    let view = first.json();
    let taken = view["taken"].as_u64().unwrap();
    assert!(taken > 0 && view["known"] == 0, "{view}");
    for row in view["rows"].as_array().unwrap() {
        assert!(row["row"].as_u64().unwrap() > 1 && !row["reason"].as_str().unwrap().is_empty(), "{row}");
    }
    let again = send(&house.issuer, text.join("\n")).await.json();
    assert_eq!((again["taken"].as_u64(), again["known"].as_u64()), (Some(0), Some(taken)), "{again}");
    assert_eq!(problem(&send(&house.issuer, String::new()).await), told(422, "refused"));
}
