//! Foreign papers: no second use goes unseen, whatever the order, unit and way of writing.

use cites::{Day, DocumentKind, Quantity};
use proptest::prelude::*;

use super::*;
use crate::told::Told;

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn paper(lines: &[&str]) -> SeenPaper {
    SeenPaper {
        issuer: "KZ".parse().unwrap(),
        number: PaperNumber::of("KZ 12-345").unwrap(),
        kind: DocumentKind::ExportPermit,
        issued: Told::Is(Day::new(2026, 3, 1)),
        last_day: Told::Is(Day::new(2026, 8, 31)),
        lines: lines
            .iter()
            .map(|text| SeenLine {
                name: "Saiga tatarica".into(),
                term: Told::Is("HOR".parse().unwrap()),
                quantity: if text.is_empty() { Told::Unknown } else { Told::Is(quantity(text)) },
            })
            .collect(),
    }
}

fn used(consignment: &str, lines: &[(usize, &str)]) -> Use {
    Use {
        on: Day::new(2026, 4, 2),
        at: "Khorgos".into(),
        consignment: consignment.into(),
        lines: lines.iter().map(|(line, text)| UsedLine { line: *line, quantity: quantity(text) }).collect(),
    }
}

#[track_caller]
fn check(paper: &SeenPaper, earlier: &[Use], further: &Use, expected: &[&str]) {
    let uses = Uses::of(earlier.iter().cloned().map(UseMove::Use)).unwrap();
    let found = uses.findings(paper, paper, further);
    let ids: Vec<&str> = found.iter().map(Finding::id).collect();
    assert_eq!(ids, expected, "{found:?}");
    assert!(found.iter().all(|finding| finding.to_string().len() > 10));
}

#[test]
fn a_first_use_within_the_paper_has_no_finding() {
    check(&paper(&["100 KGM"]), &[], &used("A", &[(0, "100 KGM")]), &[]);
    check(&paper(&["100 KGM"]), &[], &used("A", &[(0, "60 KGM"), (0, "40000 GRM")]), &[]);
}

#[test]
fn a_second_use_is_told_with_what_is_left() {
    let paper = paper(&["100 KGM", "5 NAR"]);
    let earlier = [used("A", &[(0, "60 KGM")])];
    check(&paper, &earlier, &used("B", &[(0, "40 KGM")]), &["used-before"]);
    check(&paper, &earlier, &used("B", &[(0, "40000001 GRM")]), &["used-before", "more-than-left"]);
    check(&paper, &earlier, &used("B", &[(1, "5 NAR")]), &[]);
    let uses = Uses::of(earlier.into_iter().map(UseMove::Use)).unwrap();
    let found = uses.findings(&paper, &paper, &used("B", &[(0, "1 KGM")]));
    let [Finding::UsedBefore { extent: Extent::Part { left }, at, .. }] = &*found else {
        panic!("{found:?}")
    };
    assert_eq!((*left, &**at), (quantity("40 KGM"), "Khorgos"));
    let full = [used("A", &[(0, "100000 GRM")])];
    check(&paper, &full, &used("B", &[(0, "1 KGM")]), &["used-before", "more-than-left"]);
    let uses = Uses::of(full.into_iter().map(UseMove::Use)).unwrap();
    assert_eq!(uses.left(&paper, 0), LineLeft::Is(quantity("0 KGM")));
}

#[test]
fn what_cannot_be_counted_is_told() {
    let paper = paper(&["100 KGM", ""]);
    check(&paper, &[], &used("A", &[(0, "3 NAR")]), &["other-unit"]);
    check(&paper, &[], &used("A", &[(1, "3 NAR")]), &["no-quantity"]);
    check(&paper, &[], &used("A", &[(7, "3 NAR")]), &["no-such-line"]);
    let earlier = [used("A", &[(0, "3 NAR")])];
    check(&paper, &earlier, &used("B", &[(0, "1 KGM")]), &["used-before", "not-counted"]);
}

#[test]
fn a_paper_is_over_after_its_last_day_and_its_cap() {
    let on = |year, month, day| Use { on: Day::new(year, month, day), ..used("A", &[(0, "1 KGM")]) };
    let mut paper = paper(&["100 KGM"]);
    check(&paper, &[], &on(2026, 8, 31), &[]);
    check(&paper, &[], &on(2026, 9, 1), &["expired"]);
    check(&paper, &[], &on(2026, 2, 28), &["not-yet-issued"]);
    paper.last_day = Told::Is(Day::new(2027, 8, 31));
    check(&paper, &[], &on(2026, 9, 2), &["expired"]);
    paper.last_day = Told::Unknown;
    check(&paper, &[], &on(2026, 4, 1), &["no-last-day"]);
}

#[test]
fn the_same_consignment_again_is_told() {
    let earlier = [used("26-0042", &[(0, "60 KGM")])];
    let further = used(" 26-0042 ", &[(0, "40 KGM")]);
    check(&paper(&["100 KGM"]), &earlier, &further, &["recorded-before", "used-before"]);
}

#[test]
fn the_same_number_with_other_content_may_be_a_forgery() {
    let first = paper(&["100 KGM"]);
    let further = used("A", &[(0, "1 KGM")]);
    let found = |now: &SeenPaper| Uses::default().findings(&first, now, &further);
    let mut now = SeenPaper { number: PaperNumber::of("kz12345").unwrap(), ..first.clone() };
    assert_eq!(found(&now).iter().map(Finding::id).collect::<Vec<_>>(), ["number-written-otherwise"]);
    now.number = first.number.clone();
    now.lines[0].quantity = Told::Is(quantity("100000 GRM"));
    now.lines[0].name = "saiga  tatarica".into();
    now.issued = Told::Unknown;
    assert_eq!(found(&now), [], "the same amount in another unit, and a day that is not told");
    now.lines[0].quantity = Told::Is(quantity("900 KGM"));
    now.lines[0].name = "Saiga borealis".into();
    now.last_day = Told::Is(Day::new(2026, 8, 30));
    now.kind = DocumentKind::ReExportCertificate;
    now.lines.push(now.lines[0].clone());
    let [Finding::OtherContent { differences }] = &*found(&now) else { panic!("{:?}", found(&now)) };
    assert_eq!(differences.len(), 5, "{differences:?}");
    let other = SeenPaper { issuer: "KG".parse().unwrap(), ..first.clone() };
    assert_eq!(found(&other), [Finding::AnotherPaper]);
}

#[test]
fn a_use_is_undone_by_another_move_and_stays() {
    let undo =
        |of: usize, reason: &str| UseMove::Undo(Undo { of, on: Day::new(2026, 4, 3), reason: reason.into() });
    let first = UseMove::Use(used("A", &[(0, "60 KGM")]));
    let mut uses = Uses::of([first.clone()]).unwrap();
    assert_eq!(uses.make(undo(0, " ")), Err(UseError::NoReason));
    assert_eq!(uses.make(undo(1, "typed twice")), Err(UseError::NotAUse(1)));
    uses.make(undo(0, "typed twice")).unwrap();
    assert_eq!(uses.make(undo(0, "typed twice")), Err(UseError::NotAUse(0)));
    assert_eq!(uses.make(undo(1, "typed twice")), Err(UseError::NotAUse(1)));
    assert_eq!(uses.left(&paper(&["100 KGM"]), 0), LineLeft::Is(quantity("100 KGM")));
    assert_eq!(uses.moves()[0], first);
    assert_eq!(uses.make(UseMove::Use(used("B", &[(0, "0 KGM")]))), Err(UseError::Nothing));
    assert_eq!(uses.make(UseMove::Use(used("B", &[]))), Err(UseError::Nothing));
    let long = UseMove::Use(used(&"B".repeat(USE_LETTERS_MAX + 1), &[(0, "1 KGM")]));
    assert!(matches!(uses.make(long), Err(UseError::TooMuch { most: USE_LETTERS_MAX, .. })));
    let lines = vec![(0, "1 KGM"); USE_LINES_MAX + 1];
    assert!(matches!(
        uses.make(UseMove::Use(used("B", &lines))),
        Err(UseError::TooMuch { most: USE_LINES_MAX, .. })
    ));
    assert_eq!(uses.moves().len(), 2);
}

proptest! {
    #[test]
    fn no_order_of_uses_hides_an_overrun(
        amounts in prop::collection::vec((1_u64..60, any::<bool>()), 1..8),
        asked in 1_u64..120,
        turn in 0_usize..8,
    ) {
        let paper = paper(&["100 KGM"]);
        let mut earlier: Vec<Use> = amounts
            .iter()
            .enumerate()
            .map(|(place, (kilograms, in_grams))| {
                let text = if *in_grams { format!("{kilograms}000 GRM") } else { format!("{kilograms} KGM") };
                used(&place.to_string(), &[(0, &text)])
            })
            .collect();
        let turn = turn % earlier.len();
        earlier.rotate_left(turn);
        let uses = Uses::of(earlier.into_iter().map(UseMove::Use)).unwrap();
        let sum: u64 = amounts.iter().map(|(kilograms, _)| kilograms).sum();
        let found = uses.findings(&paper, &paper, &used("further", &[(0, &format!("{asked} KGM"))]));
        prop_assert_eq!(found.iter().any(|finding| finding.id() == "more-than-left"), sum + asked > 100);
        prop_assert_eq!(found.iter().filter(|finding| finding.id() == "used-before").count(), amounts.len());
    }
}
