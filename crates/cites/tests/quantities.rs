//! Amounts and quantities: what is read, what is refused by name, and that nothing is ever lost.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use cites::{Amount, AmountDoubt, AmountError, Quantity, Unit};
use proptest::prelude::*;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn any_unit() -> impl Strategy<Value = Unit> {
    proptest::sample::select(Unit::ALL.to_vec())
}

#[test]
fn plain_decimals_are_read() {
    for (text, millionths) in [
        ("0", 0),
        ("1", 1_000_000),
        ("007", 7_000_000),
        ("0.000001", 1),
        ("12.5", 12_500_000),
        ("12.500000", 12_500_000),
        ("9223372036854.775807", i64::MAX as u64),
    ] {
        assert_eq!(amount(text).millionths(), millionths, "{text}");
    }
}

#[test]
fn what_is_no_amount_is_named() {
    type Named = fn(String) -> AmountError;
    let rows: [(&str, Named); 33] = [
        ("-1", AmountError::Negative),
        ("−1", AmountError::Negative),
        ("-0.5", AmountError::Negative),
        ("1,000", AmountError::Grouping),
        ("1,5", AmountError::Grouping),
        ("1 000", AmountError::Grouping),
        ("1\u{a0}000", AmountError::Grouping),
        ("1'000", AmountError::Grouping),
        ("1.000.000", AmountError::Grouping),
        ("1e308", AmountError::Exponent),
        ("1E5", AmountError::Exponent),
        ("1.5e-06", AmountError::Exponent),
        ("1e+05", AmountError::Exponent),
        ("0.1234567", AmountError::TooManyDecimals),
        ("1.0000000", AmountError::TooManyDecimals),
        ("9223372036854.775808", AmountError::TooLarge),
        ("99999999999999999999999999", AmountError::TooLarge),
        ("NaN", AmountError::NotANumber),
        ("nan", AmountError::NotANumber),
        ("inf", AmountError::NotANumber),
        ("Infinity", AmountError::NotANumber),
        ("about 5", AmountError::NotANumber),
        ("5 kg", AmountError::NotANumber),
        ("+5", AmountError::NotANumber),
        (".5", AmountError::NotANumber),
        ("5.", AmountError::NotANumber),
        (".", AmountError::NotANumber),
        ("0x10", AmountError::NotANumber),
        ("٥", AmountError::NotANumber),
        ("５", AmountError::NotANumber),
        (" 5", AmountError::NotANumber),
        ("½", AmountError::NotANumber),
        ("1/2", AmountError::NotANumber),
    ];
    for (text, named) in rows {
        assert_eq!(text.parse::<Amount>(), Err(named(text.to_owned())), "{text}");
    }
    assert_eq!("".parse::<Amount>(), Err(AmountError::Empty));
    assert_eq!("  ".parse::<Amount>(), Err(AmountError::Empty));
}

#[test]
fn tables_of_other_programs_are_read_with_a_doubt() {
    use AmountDoubt::{Exponent, Rounded};
    for (text, expected, doubt) in [
        ("14.8", "14.8", None),
        ("1e+05", "100000", Some(Exponent)),
        ("1.5e+07", "15000000", Some(Exponent)),
        ("1e-05", "0.00001", Some(Exponent)),
        ("7.5e-06", "0.000008", Some(Rounded)),
        ("0.00105216", "0.001052", Some(Rounded)),
        ("2.5000000", "2.5", None),
        ("1e-09", "0.000001", Some(Rounded)),
        ("1e-99999", "0.000001", Some(Rounded)),
        ("0e99", "0", Some(Exponent)),
    ] {
        assert_eq!(Amount::read(text), Ok((amount(expected), doubt)), "{text}");
    }
    assert_eq!(Amount::read("1e308"), Err(AmountError::TooLarge("1e308".to_owned())));
    assert_eq!(Amount::read("1e2e3"), Err(AmountError::NotANumber("1e2e3".to_owned())));
    assert_eq!(Amount::read("1e"), Err(AmountError::NotANumber("1e".to_owned())));
}

#[test]
fn conversions_are_exact_or_not_made() {
    for (from, to, expected) in [
        ("1.5 KGM", "GRM", Some("1500 GRM")),
        ("1 GRM", "KGM", Some("0.001 KGM")),
        ("0.000001 GRM", "KGM", None),
        ("0.000001 KGM", "MGM", Some("1 MGM")),
        ("1 MGM", "MYG", Some("1000 MYG")),
        ("2.5 TON", "KGM", Some("2500 KGM")),
        ("1 PND", "GRM", Some("453.59237 GRM")),
        ("1 OUN", "GRM", None),
        ("16 OUN", "PND", Some("1 PND")),
        ("1000 OUN", "GRM", Some("28349.523125 GRM")),
        ("1 LTR", "MLT", Some("1000 MLT")),
        ("1 CMQ", "MLT", Some("1 MLT")),
        ("1000 CMQ", "LTR", Some("1 LTR")),
        ("1 MTQ", "CMQ", Some("1000000 CMQ")),
        ("1 CMQ", "MTQ", Some("0.000001 MTQ")),
        ("1000000000 CUF", "MTQ", Some("28316846.592 MTQ")),
        ("1 MTK", "SQC", Some("10000 SQC")),
        ("1 SQD", "MTK", Some("0.01 MTK")),
        ("10000 SQF", "MTK", Some("929.0304 MTK")),
        ("100 INC", "MTR", Some("2.54 MTR")),
        ("1 CTM", "MTR", Some("0.01 MTR")),
        ("5 NAR", "NAR", Some("5 NAR")),
        ("5 PCS", "PCS", Some("5 PCS")),
        ("5 NAR", "KGM", None),
        ("5 PCS", "NAR", None),
        ("5 PCS", "KGM", None),
        ("2 PAI", "NAR", None),
        ("1 BAG", "BOX", None),
        ("1 KGM", "LTR", None),
        ("9000000000000 TON", "MYG", None),
    ] {
        let unit = to.parse().unwrap();
        assert_eq!(quantity(from).convert_to(unit), expected.map(quantity), "{from} in {to}");
    }
}

#[test]
fn quantities_are_read_with_their_unit() {
    for (text, expected) in
        [("12.5 KGM", "12.5 KGM"), ("12.5 kg", "12.5 KGM"), ("3", "3 NAR"), ("3 belly skins", "")]
    {
        let read = text.parse::<Quantity>().map(|quantity| quantity.to_string()).unwrap_or_default();
        assert_eq!(read, expected, "{text}");
    }
    let error = "3 XYZ".parse::<Quantity>().unwrap_err().to_string();
    assert!(error.starts_with("`XYZ` is not a unit;"), "{error}");
}

#[test]
fn different_units_do_not_add() {
    assert_eq!(quantity("1 KGM").checked_add(quantity("1 GRM")), None);
    assert_eq!(quantity("1 KGM").checked_sub(quantity("2 KGM")), None);
    assert_eq!(quantity("3 KGM").checked_sub(quantity("2 KGM")), Some(quantity("1 KGM")));
    let most = Quantity::new(Amount::MAX, Unit::Number);
    assert_eq!(most.checked_add(quantity("0.000001")), None);
    assert_eq!(most.checked_add(quantity("0")), Some(most));
}

proptest! {
    #[test]
    fn a_printed_quantity_reads_back(millionths in 0..=i64::MAX as u64, unit in any_unit()) {
        let quantity = Quantity::from_millionths(millionths, unit).unwrap();
        prop_assert_eq!(quantity.to_string().parse::<Quantity>(), Ok(quantity));
        prop_assert_eq!(quantity.amount.to_string().parse::<Amount>(), Ok(quantity.amount));
    }

    #[test]
    fn sums_do_not_depend_on_the_order(mut parts in proptest::collection::vec(0u64..1_000_000_000_000, 0..40)) {
        let total = |parts: &[u64]| parts.iter().try_fold(Amount::ZERO, |sum, part| sum.checked_add(Amount::from_millionths(*part)?));
        let forward = total(&parts);
        prop_assert_eq!(forward.map(Amount::millionths), Some(parts.iter().sum()));
        parts.sort_unstable();
        prop_assert_eq!(total(&parts), forward);
    }

    #[test]
    fn a_sum_never_wraps(a in 0..=i64::MAX as u64, b in 0..=i64::MAX as u64) {
        let [a_amount, b_amount] = [a, b].map(|millionths| Amount::from_millionths(millionths).unwrap());
        let expected = u128::from(a) + u128::from(b);
        prop_assert_eq!(a_amount.checked_add(b_amount).map(|sum| u128::from(sum.millionths())), (expected <= i64::MAX as u128).then_some(expected));
    }

    #[test]
    fn a_conversion_that_is_made_can_be_undone(millionths in 0u64..1_000_000_000_000_000, from in any_unit(), to in any_unit()) {
        let quantity = Quantity::from_millionths(millionths, from).unwrap();
        if let Some(converted) = quantity.convert_to(to) {
            prop_assert_eq!(converted.convert_to(from), Some(quantity));
            prop_assert_eq!(from.dimension(), to.dimension());
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in "[0-9.,eE+\\-' ]{0,30}|\\PC{0,12}") {
        let _ = Amount::read(&text);
        if let Ok(amount) = text.parse::<Amount>() {
            prop_assert_eq!(Amount::read(&text), Ok((amount, None)));
        }
    }
}
