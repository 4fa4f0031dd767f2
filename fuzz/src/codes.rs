//! Codes, days, quantities and places: each line of the input as every one of them.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use border::consignment::HsCode;
use border::record::Recorded;
use cites::{
    Amount, Appendix, AppendixSet, Confidence, Country, CountrySet, Day, DocumentKind, EditionId, Kingdom,
    Outcome, PackDocument, Place, Purpose, PurposeSet, Quantity, Rank, Region, Source, SourceCode, SourceSet,
    Term, TermSet, Unit,
};

use crate::parts;

/// The longest text of any code, however it was written.
const PRINTED: usize = 2_048;

/// Print then parse is identity; what is refused says what was written; reading days and amounts agrees with
/// counting.
pub fn codes(bytes: &[u8]) {
    let text = parts::text(bytes);
    for written in text.split('\n') {
        each(written);
        sets(written);
        day(written);
        amount(written);
    }
}

fn each(written: &str) {
    identity::<Amount>(written);
    identity::<Appendix>(written);
    identity::<Confidence>(written);
    identity::<Country>(written);
    identity::<Day>(written);
    identity::<DocumentKind>(written);
    identity::<EditionId>(written);
    identity::<HsCode>(written);
    identity::<Kingdom>(written);
    identity::<Outcome>(written);
    identity::<PackDocument>(written);
    identity::<Place>(written);
    identity::<Purpose>(written);
    identity::<Quantity>(written);
    identity::<Rank>(written);
    identity::<Region>(written);
    identity::<Source>(written);
    identity::<SourceCode>(written);
    identity::<Term>(written);
    identity::<Unit>(written);
    let _ = written.parse::<Recorded>();
    let _ = (Term::from_trade_name(written), Unit::from_trade_name(written));
}

fn sets(written: &str) {
    identity::<AppendixSet>(written);
    identity::<CountrySet>(written);
    identity::<PurposeSet>(written);
    identity::<SourceSet>(written);
    identity::<TermSet>(written);
}

fn identity<T>(written: &str)
where
    T: FromStr + Display + PartialEq + Debug,
    T::Err: Display,
{
    match written.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            assert!(printed.len() <= PRINTED, "{printed}");
            assert!(
                printed.parse::<T>().is_ok_and(|again| again == value),
                "`{written}` prints as `{printed}`"
            );
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn day(written: &str) {
    let Ok(day) = written.parse::<Day>() else { return };
    assert_eq!(day.to_string(), written, "a day is written in one way");
    assert_eq!(Day::from_ymd(day.year(), day.month(), day.day()), Some(day));
    if day < Day::MAX {
        assert_eq!(day.next().previous(), day);
        assert_eq!(day.days_until(day.next()), 1);
    }
    assert!(day.plus_months(6) >= day);
}

fn amount(written: &str) {
    let exact = written.parse::<Amount>();
    let read = Amount::read(written);
    if let Ok(amount) = exact {
        assert_eq!(read, Ok((amount, None)), "what is exact is read without a doubt");
        assert_eq!(Amount::from_millionths(amount.millionths()), Some(amount));
        if let Some(sum) = amount.checked_add(Amount::MAX) {
            assert_eq!(amount, Amount::ZERO, "{sum}");
        }
    }
    if let Ok((amount, _)) = read {
        assert!(amount <= Amount::MAX);
        assert_eq!(amount.checked_sub(amount), Some(Amount::ZERO));
    }
    if let Ok((unit, _)) = Unit::read(written) {
        let one = Amount::whole(1).map(|amount| Quantity::new(amount, unit));
        assert_eq!(one.and_then(|one| one.convert_to(unit)), one);
    }
}
