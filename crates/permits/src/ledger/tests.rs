//! Quotas and permits under every order of moves.

use proptest::prelude::*;

use super::quota::Change;
use super::*;

fn of(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn published(text: &str) -> QuotaBalance {
    let empty = QuotaBalance::empty(of(text).unit);
    empty.after(empty.change(Change::Publish, of(text)).unwrap()).unwrap()
}

#[test]
fn a_quota_is_reserved_issued_and_given_back() {
    let quota = published("10 KGM");
    let own = QuotaBalance::empty(quota.reserved().unit);
    let reserve = quota.reserve(of("4 KGM")).unwrap();
    let (quota, own) = (quota.after(reserve).unwrap(), own.after(reserve).unwrap());
    assert_eq!((quota.left(), quota.reserved()), (of("6 KGM"), of("4 KGM")));
    let issue = own.issue(of("3 KGM")).unwrap();
    let (quota, own) = (quota.after(issue).unwrap(), own.after(issue).unwrap());
    let release = own.release(of("1 KGM")).unwrap();
    let (quota, own) = (quota.after(release).unwrap(), own.after(release).unwrap());
    assert_eq!((quota.left(), quota.reserved(), quota.issued()), (of("7 KGM"), of("0 KGM"), of("3 KGM")));
    let back = own.give_back(of("3 KGM")).unwrap();
    assert_eq!(quota.after(back).unwrap(), published("10 KGM"));
}

#[test]
fn nothing_is_reserved_beyond_a_quota() {
    let quota = published("10 KGM");
    for (asked, error) in [
        ("10 KGM", None),
        ("10000 GRM", None),
        ("10.000001 KGM", Some("10.000001 KGM is asked and 10 KGM is left")),
        ("3 NAR", Some("3 NAR cannot be counted exactly in KGM")),
        ("0 KGM", Some("a move of nothing")),
    ] {
        let told = quota.reserve(of(asked)).map_or_else(|error| error.to_string(), |_| String::new());
        assert!(
            told.contains(error.unwrap_or_default()) && told.is_empty() == error.is_none(),
            "{asked}: {told}"
        );
    }
}

#[test]
fn an_application_gives_up_only_what_it_reserved_itself() {
    let quota = published("10 NAR");
    let others = quota.after(quota.reserve(of("10 NAR")).unwrap()).unwrap();
    assert_eq!(others.left(), of("0 NAR"));
    let own = QuotaBalance::empty(of("1 NAR").unit);
    let overrun = Err(LedgerError::Overrun { asked: of("1 NAR"), left: of("0 NAR") });
    assert_eq!(own.release(of("1 NAR")), overrun);
    assert_eq!(own.issue(of("1 NAR")), overrun);
    assert_eq!(own.give_back(of("1 NAR")), overrun);
}

#[test]
fn a_quota_lowered_below_what_is_used_leaves_nothing() {
    let quota = published("10 NAR");
    let quota = quota.after(quota.reserve(of("8 NAR")).unwrap()).unwrap();
    let quota = quota.after(quota.change(Change::Lower, of("5 NAR")).unwrap()).unwrap();
    assert_eq!((quota.published(), quota.left()), (of("5 NAR"), of("0 NAR")));
    assert!(quota.reserve(of("1 NAR")).is_err());
    assert!(quota.change(Change::Lower, of("6 NAR")).is_err());
}

#[test]
fn a_permit_is_endorsed_in_parts_and_closed() {
    let line = PermitLineBalance::empty(of("1 NAR").unit);
    let line = line.after(line.authorise(of("10 NAR")).unwrap()).unwrap();
    let line = line.after(line.endorse(of("4 NAR")).unwrap()).unwrap();
    let line = line.after(line.endorse(of("3 NAR")).unwrap()).unwrap();
    assert_eq!(
        line.endorse(of("4 NAR")),
        Err(LedgerError::Overrun { asked: of("4 NAR"), left: of("3 NAR") })
    );
    let line = line.after(line.undo(of("1 NAR")).unwrap()).unwrap();
    let (made, unused) = line.close().unwrap().unwrap();
    assert_eq!(unused, of("4 NAR"));
    let line = line.after(made).unwrap();
    assert_eq!((line.left(), line.close()), (of("0 NAR"), Ok(None)));
    assert!(line.endorse(of("1 NAR")).is_err());
}

#[test]
fn moves_that_do_not_add_up_are_told() {
    let unit = of("1 NAR").unit;
    let row = |kind| QuotaMove { kind, millionths: 1 };
    for kind in [QuotaMoveKind::Lower, QuotaMoveKind::Release, QuotaMoveKind::Issue, QuotaMoveKind::GiveBack]
    {
        assert_eq!(QuotaBalance::of(unit, [row(kind)]), Err(LedgerError::Broken), "{kind:?}");
    }
    let endorse = PermitMove { kind: PermitMoveKind::Endorse, millionths: 1 };
    assert_eq!(PermitLineBalance::of(unit, [endorse]), Err(LedgerError::Broken));
    let all = QuotaMove { kind: QuotaMoveKind::Publish, millionths: u64::MAX };
    assert_eq!(QuotaBalance::of(unit, [all]), Err(LedgerError::TooMuch));
}

#[test]
fn words_of_moves_are_read_back() {
    assert!(QuotaMoveKind::ALL.iter().all(|kind| QuotaMoveKind::from_word(kind.as_str()) == Some(*kind)));
    assert!(PermitMoveKind::ALL.iter().all(|kind| PermitMoveKind::from_word(kind.as_str()) == Some(*kind)));
}

/// A deed of one of a few applications: what it asks, and how much.
type Asked = (usize, u8, u64);

proptest! {
    #[test]
    fn no_order_of_deeds_overruns_a_quota(
        limit in 1_u64..40,
        asked in prop::collection::vec((0_usize..4, 0_u8..4, 1_u64..30), 0..60),
    ) {
        let whole = |count: u64| Quantity::from_millionths(count * 1_000_000, of("1 NAR").unit).unwrap();
        let mut quota = published(&format!("{limit} NAR"));
        let mut own = [QuotaBalance::empty(of("1 NAR").unit); 4];
        let mut moves = Vec::new();
        for (who, what, much) in asked as Vec<Asked> {
            let mine = own[who];
            let made = match what {
                0 => quota.reserve(whole(much)),
                1 => mine.release(whole(much)),
                2 => mine.issue(whole(much)),
                _ => mine.give_back(whole(much)),
            };
            let Ok(made) = made else { continue };
            quota = quota.after(made).unwrap();
            own[who] = mine.after(made).unwrap();
            moves.push(made);
            let used = quota.reserved().checked_add(quota.issued()).unwrap();
            prop_assert!(used.amount <= quota.published().amount);
        }
        // The sum of the moves is the balance.
        let first = QuotaMove { kind: QuotaMoveKind::Publish, millionths: whole(limit).millionths() };
        let all: Vec<QuotaMove> = std::iter::once(first).chain(moves).collect();
        prop_assert_eq!(QuotaBalance::of(of("1 NAR").unit, all.iter().copied()), Ok(quota));
        let sum_of = |kind| all.iter().filter(|made| made.kind == kind).map(|made| made.millionths).sum();
        prop_assert_eq!(QuotaBalance::of_sums(of("1 NAR").unit, sum_of), Ok(quota));
    }

    #[test]
    fn sums_by_kind_give_the_balance_of_a_line(asked in prop::collection::vec((0_u8..3, 1_u64..30), 0..40)) {
        let unit = of("1 KGM").unit;
        let whole = |count: u64| Quantity::from_millionths(count * 1_000_000, unit).unwrap();
        let first = PermitLineBalance::empty(unit).authorise(whole(40)).unwrap();
        let mut line = PermitLineBalance::empty(unit).after(first).unwrap();
        let mut all = vec![first];
        for (what, much) in asked {
            let made = match what {
                0 => line.endorse(whole(much)),
                1 => line.undo(whole(much)),
                _ if much > 28 => line.close().map(|closed| closed.map_or(first, |(made, _)| made)),
                _ => continue,
            };
            let Ok(made) = made else { continue };
            if made == first { continue }
            line = line.after(made).unwrap();
            all.push(made);
        }
        let sum_of = |kind| all.iter().filter(|made| made.kind == kind).map(|made| made.millionths).sum();
        prop_assert_eq!(PermitLineBalance::of_sums(unit, sum_of), Ok(line));
        prop_assert_eq!(PermitLineBalance::of(unit, all.iter().copied()), Ok(line));
    }

    #[test]
    fn sums_that_no_moves_give_are_told(sums in prop::array::uniform6(0_u64..4)) {
        let unit = of("1 NAR").unit;
        let [publish, lower, reserve, release, issue, give_back] = sums;
        let quota = QuotaBalance::of_sums(unit, |kind| sums[kind as usize]);
        let adds_up = lower <= publish && release + issue <= reserve && give_back <= issue;
        prop_assert_eq!(quota.is_ok(), adds_up);
        let line = PermitLineBalance::of_sums(unit, |kind| sums[kind as usize]);
        let [authorise, endorse, undo, close, ..] = sums;
        prop_assert_eq!(line.is_ok(), undo <= endorse && endorse - undo + close <= authorise);
    }
}

/// What is done to the permit of one application that is live.
#[derive(Debug, Clone, Copy)]
enum Step {
    Endorse(u32),
    Undo(u32),
    /// Another permit takes its place for so much.
    Amend(u32),
    AmendWhole,
    Cancel,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1_u32..40).prop_map(Step::Endorse),
        (1_u32..40).prop_map(Step::Undo),
        (1_u32..60).prop_map(Step::Amend),
        Just(Step::AmendWhole),
        Just(Step::Cancel),
    ]
}

/// One application with its quota, the line of its live permit, and what passed on those before it.
struct Amended {
    quota: QuotaBalance,
    own: QuotaBalance,
    line: PermitLineBalance,
    passed: u64,
}

impl Amended {
    fn moved(&mut self, made: QuotaMove) {
        (self.quota, self.own) = (self.quota.after(made).unwrap(), self.own.after(made).unwrap());
    }

    fn give_back(&mut self, much: Quantity) {
        if !much.is_zero() {
            let back = self.own.give_back(much).unwrap();
            self.moved(back);
        }
    }

    /// Whether the step was allowed.
    fn does(&mut self, step: Step) -> bool {
        let kilograms =
            |much: u32| Quantity::from_millionths(u64::from(much) * 1_000_000, self.line.unit()).unwrap();
        let wanted = match step {
            Step::Endorse(much) | Step::Undo(much) => {
                let made = match step {
                    Step::Endorse(_) => self.line.endorse(kilograms(much)),
                    _ => self.line.undo(kilograms(much)),
                };
                let Ok(made) = made else { return false };
                self.line = self.line.after(made).unwrap();
                return true;
            }
            Step::Cancel => {
                let Some((close, left)) = self.line.close().unwrap() else { return false };
                self.line = self.line.after(close).unwrap();
                self.give_back(left);
                return true;
            }
            Step::Amend(much) => Some(kilograms(much)),
            Step::AmendWhole => None,
        };
        let Ok(Some(over)) = self.line.take_over(wanted) else { return false };
        let (close, left) = self.line.close().unwrap().unwrap();
        assert_eq!(left.millionths(), over.taken.millionths() + over.freed.millionths());
        let old = self.line.after(close).unwrap();
        self.passed += old.endorsed().millionths();
        self.give_back(over.freed);
        let empty = PermitLineBalance::empty(old.unit());
        self.line = empty.after(empty.authorise(over.taken).unwrap()).unwrap();
        true
    }
}

proptest! {
    #[test]
    fn a_quota_holds_exactly_what_passed_and_what_is_left_however_often_a_permit_is_replaced(
        issued in 1_u64..100,
        steps in prop::collection::vec(step(), 0..20),
    ) {
        let much = Quantity::from_millionths(issued * 1_000_000, of("1 KGM").unit).unwrap();
        let empty = PermitLineBalance::empty(much.unit);
        let mut all = Amended {
            quota: published("100 KGM"),
            own: QuotaBalance::empty(much.unit),
            line: empty.after(empty.authorise(much).unwrap()).unwrap(),
            passed: 0,
        };
        let reserve = all.quota.reserve(much).unwrap();
        all.moved(reserve);
        let issue = all.own.issue(much).unwrap();
        all.moved(issue);
        for step in steps {
            all.does(step);
            let used = all.passed + all.line.endorsed().millionths() + all.line.left().millionths();
            prop_assert_eq!(all.own.issued().millionths(), used, "after {:?}", step);
            prop_assert_eq!(all.quota.issued(), all.own.issued());
            prop_assert_eq!(all.quota.left().millionths() + used, 100_000_000);
        }
    }
}

#[test]
fn a_replacement_takes_over_no_more_than_is_left() {
    let empty = PermitLineBalance::empty(of("1 NAR").unit);
    let line = empty.after(empty.authorise(of("10 NAR")).unwrap()).unwrap();
    let line = line.after(line.endorse(of("4 NAR")).unwrap()).unwrap();
    let over = |wanted: Option<&str>| line.take_over(wanted.map(of));
    let (taken, freed) = (of("6 NAR"), of("0 NAR"));
    assert_eq!(over(None), Ok(Some(TakenOver { taken, freed })));
    assert_eq!(over(Some("5 NAR")), Ok(Some(TakenOver { taken: of("5 NAR"), freed: of("1 NAR") })));
    assert_eq!(over(Some("7 NAR")), Err(LedgerError::Overrun { asked: of("7 NAR"), left: of("6 NAR") }));
    assert_eq!(over(Some("0 NAR")), Err(LedgerError::Nothing));
    let (close, _) = line.close().unwrap().unwrap();
    assert_eq!(line.after(close).unwrap().take_over(None), Ok(None));
}
