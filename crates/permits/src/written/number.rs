//! Numbers and quantities as people and spreadsheets write them.
//!
//! Source of truth: `cites::Amount`, which reads digits with one point. A comma is a decimal sign where it cannot be
//! anything else; `1,234` may be a thousand or one and a bit, and is told instead of guessed.

use cites::{Amount, AmountDoubt, AmountError, Quantity, Unit, UnitDoubt};

use super::clean::clean;
use super::code::unit;
use super::defect::Defect;
use super::doubt::Doubt;
use super::note::Read;

/// Reads an amount.
///
/// # Errors
/// Why the text is none.
pub fn amount(text: &str) -> Result<Read<Amount>, Defect> {
    let text = clean(text)?;
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (&*text, ""),
    };
    let (digits, mut doubts) = without_groups(mantissa)?;
    let (amount, doubt) = Amount::read(&format!("{digits}{exponent}")).map_err(|error| {
        // The message shows what was written, not what it was made into.
        match error {
            AmountError::TooLarge(_) => Defect::Amount(AmountError::TooLarge(text.to_string())),
            error if digits == mantissa => Defect::Amount(error),
            _ => Defect::Amount(AmountError::NotANumber(text.to_string())),
        }
    })?;
    doubts.extend(doubt.map(|doubt| match doubt {
        AmountDoubt::Exponent => Doubt::Exponent,
        AmountDoubt::Rounded => Doubt::Rounded,
    }));
    Ok(Read { value: amount, doubts })
}

/// The number with one point at most, and what was made of its other signs.
fn without_groups(text: &str) -> Result<(String, Vec<Doubt>), Defect> {
    let spaced = text.contains([' ', '\'', '’']);
    let text = if spaced { joined(text, &[' ', '\'', '’']) } else { Some(text.to_owned()) };
    let Some(text) = text else { return Err(Defect::Amount(AmountError::NotANumber(String::new()))) };
    let mut doubts = if spaced { vec![Doubt::Grouped] } else { Vec::new() };
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    let last_comma_is_behind = text.rfind(',') > text.rfind('.');
    let read = match (commas, points) {
        (0, 0 | 1) => text,
        (1, 0) if may_be_a_group(&text) && !spaced => return Err(Defect::CommaOfTwoReadings),
        // One comma behind all points is a decimal sign: `12,5` and `1.234,5`.
        (1, _) if last_comma_is_behind => {
            doubts.push(Doubt::DecimalComma);
            let (whole, decimals) = text.split_once(',').unwrap_or_default();
            let whole = if points == 0 { Some(whole.to_owned()) } else { grouped(whole, '.', &mut doubts) };
            whole.map(|whole| format!("{whole}.{decimals}")).unwrap_or(text)
        }
        (0, _) => grouped(&text, '.', &mut doubts).unwrap_or(text),
        (_, 0 | 1) if points == 0 || !last_comma_is_behind => {
            grouped(&text, ',', &mut doubts).unwrap_or(text)
        }
        _ => text,
    };
    Ok((read, doubts))
}

/// Whether what stands around the one comma could be groups of digits.
fn may_be_a_group(text: &str) -> bool {
    text.split_once(',').is_some_and(|(whole, rest)| {
        rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    })
}

/// The number without `sign` between its groups, where they are groups.
fn grouped(text: &str, sign: char, doubts: &mut Vec<Doubt>) -> Option<String> {
    let joined = joined(text, &[sign])?;
    if !doubts.contains(&Doubt::Grouped) {
        doubts.push(Doubt::Grouped);
    }
    Some(joined)
}

/// The number without signs between its digits; `None` where they do not stand between groups of three.
fn joined(text: &str, signs: &[char]) -> Option<String> {
    let last = text.rfind(|letter| signs.contains(&letter))?;
    // What follows the last group is a decimal sign with its digits.
    let mut behind = text.get(last..)?.char_indices().skip(1);
    let end = behind.find(|(_, letter)| matches!(letter, ',' | '.')).map_or(text.len(), |(at, _)| last + at);
    let (whole, rest) = text.split_at_checked(end)?;
    let mut groups = whole.split(|letter| signs.contains(&letter));
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_digits(first));
    let others = groups.all(|group| group.len() == 3 && is_digits(group));
    let digits = whole.chars().filter(|letter| !signs.contains(letter));
    (first && others).then(|| digits.chain(rest.chars()).collect())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a quantity from the texts of its number and of its unit. The unit may stand behind the number (`12 kg`);
/// without any, specimens are counted, which is a doubt.
///
/// # Errors
/// Why there is none; `true` where the fault is the unit's.
pub fn quantity(number: &str, unit_text: &str) -> Result<Read<Quantity>, (bool, Defect)> {
    let number = clean(number).map_err(|defect| (false, defect))?;
    let own = clean(unit_text).map_err(|defect| (true, defect))?;
    let (digits, beside) = split_unit(&number);
    let read = amount(digits).map_err(|defect| (false, of_whole(defect, &number)))?;
    if read.value == Amount::ZERO {
        return Err((false, Defect::NoAmount));
    }
    let mut doubts = read.doubts;
    let beside = if beside.is_empty() { None } else { Some(unit(beside).map_err(|defect| (false, defect))?) };
    let own = if own.is_empty() { None } else { Some(unit(&own).map_err(|defect| (true, defect))?) };
    let chosen = match (beside, own) {
        (Some(beside), Some(own)) if beside.value != own.value => {
            return Err((true, Defect::TwoUnits { beside: beside.value, own: own.value }));
        }
        (_, Some(own)) => own,
        (Some(beside), None) => {
            doubts.push(Doubt::UnitBesideNumber { unit: beside.value });
            beside
        }
        (None, None) => Read::with(Unit::Number, Doubt::Counted),
    };
    doubts.extend(chosen.doubts);
    Ok(Read { value: Quantity::new(read.value, chosen.value), doubts })
}

/// A message about the number alone would not show what was written.
fn of_whole(defect: Defect, number: &str) -> Defect {
    match defect {
        Defect::Amount(AmountError::NotANumber(_)) => {
            Defect::Amount(AmountError::NotANumber(number.to_owned()))
        }
        other => other,
    }
}

/// The number and what stands behind it. The `e` of an exponent belongs to the number.
fn split_unit(text: &str) -> (&str, &str) {
    let mut letters = text.char_indices().peekable();
    let mut has_digit = false;
    while let Some((at, letter)) = letters.next() {
        let is_exponent = matches!(letter, 'e' | 'E')
            && has_digit
            && letters.peek().is_some_and(|(_, next)| next.is_ascii_digit() || matches!(next, '+' | '-'));
        has_digit |= letter.is_ascii_digit();
        if letter.is_alphabetic() && !is_exponent && has_digit {
            let (number, unit) = text.split_at_checked(at).unwrap_or((text, ""));
            return (number.trim(), unit.trim());
        }
    }
    (text, "")
}

/// What a remark of `cites` on a unit is here.
pub(super) const fn unit_doubt(doubt: UnitDoubt) -> Doubt {
    match doubt {
        UnitDoubt::UnofficialCode(unit) => Doubt::UnofficialUnit { unit },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str, doubts: &[Doubt]) {
        let read = amount(written).unwrap_or_else(|defect| panic!("{written}: {defect}"));
        assert_eq!(read.value.to_string(), expected, "{written}");
        assert_eq!(read.doubts, doubts, "{written}");
    }

    #[test]
    fn numbers_of_spreadsheets_are_read() {
        check("12.0", "12", &[]);
        check("1e3", "1000", &[Doubt::Exponent]);
        check("1.5E+03", "1500", &[Doubt::Exponent]);
        check("1,5E+03", "1500", &[Doubt::DecimalComma, Doubt::Exponent]);
        check("0.1234567", "0.123457", &[Doubt::Rounded]);
        check("１２", "12", &[]);
    }

    #[test]
    fn a_comma_is_read_where_it_has_one_reading() {
        check("12,5", "12.5", &[Doubt::DecimalComma]);
        check("0,125", "0.125", &[Doubt::DecimalComma]);
        check("1234,567", "1234.567", &[Doubt::DecimalComma]);
        check("1.234,5", "1234.5", &[Doubt::DecimalComma, Doubt::Grouped]);
        check("1,234.5", "1234.5", &[Doubt::Grouped]);
        check("1,234,567", "1234567", &[Doubt::Grouped]);
        check("1.234.567", "1234567", &[Doubt::Grouped]);
        check("1 234 567,25", "1234567.25", &[Doubt::Grouped, Doubt::DecimalComma]);
        check("1\u{a0}234", "1234", &[Doubt::Grouped]);
        check("1'234.5", "1234.5", &[Doubt::Grouped]);
        assert_eq!(amount("1,234"), Err(Defect::CommaOfTwoReadings));
        assert_eq!(amount("123,456"), Err(Defect::CommaOfTwoReadings));
    }

    #[test]
    fn what_is_no_number_is_told() {
        for written in ["", "-3", "12,3,4", "1 2", "1,23.4", "1.2.3", "about 5", "1e999", "12..5", ",5", "5,"]
        {
            let defect = amount(written).unwrap_err();
            assert!(matches!(defect, Defect::Amount(_)), "{written}: {defect:?}");
        }
        assert_eq!(amount("#VALUE!"), Err(Defect::ErrorText));
    }

    #[test]
    fn a_quantity_has_its_unit_from_either_place() {
        let read = |number: &str, unit: &str| {
            let read = quantity(number, unit).unwrap();
            (read.value.to_string(), read.doubts.iter().map(Doubt::id).collect::<Vec<_>>())
        };
        assert_eq!(read("12", "KGM"), ("12 KGM".to_owned(), vec![]));
        assert_eq!(read("12 kg", ""), ("12 KGM".to_owned(), vec!["unit-beside-number"]));
        assert_eq!(read("12", ""), ("12 NAR".to_owned(), vec!["counted"]));
        assert_eq!(read("12,5kg", "KGM"), ("12.5 KGM".to_owned(), vec!["decimal-comma"]));
        assert_eq!(read("12", "KIL"), ("12 KGM".to_owned(), vec!["unofficial-unit"]));
        assert_eq!(
            quantity("12 kg", "m3"),
            Err((true, Defect::TwoUnits { beside: Unit::Kilogram, own: Unit::CubicMetre }))
        );
        assert_eq!(quantity("0", "KGM"), Err((false, Defect::NoAmount)));
        assert!(matches!(quantity("12 hogsheads", ""), Err((false, Defect::Unit(_)))));
        assert!(matches!(quantity("12", "hogsheads"), Err((true, Defect::Unit(_)))));
    }
}
