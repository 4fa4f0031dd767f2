//! Days, places, codes and Appendices in words, for answers that are read aloud.

use cites::{Appendix, AppendixSet, Country, Day, Place, PurposeSet, Quantity, SourceSet, TermSet, Unit};
use law::bars::quota::Quota;
use law::rule::NationalClass;

/// `5 March 2026`.
pub fn day(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(usize::from(day.month()).wrapping_sub(1)).copied().unwrap_or("");
    format!("{} {month} {}", day.day(), day.year())
}

/// The name of a country in English, or its code where it has none.
pub fn country(country: Country) -> String {
    country.fact().map_or_else(|| country.to_string(), |fact| fact.name_en.to_owned())
}

/// A country, or a part of one with its code.
pub fn place(place: Place) -> String {
    match place.region {
        None => country(place.country),
        Some(_) => format!("{place} (a part of {})", country(place.country)),
    }
}

/// How many places are named; more are given by their codes.
const PLACES_NAMED: usize = 12;

/// Places one after the other.
pub fn places(all: &[Place]) -> String {
    if all.len() <= PLACES_NAMED {
        return and(&all.iter().copied().map(place).collect::<Vec<_>>(), "and");
    }
    let codes: Vec<String> = all.iter().map(ToString::to_string).collect();
    format!("{} States and territories ({})", all.len(), codes.join(" "))
}

/// `a, b and c`.
pub fn and(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} {word} {last}", others.join(", ")),
    }
}

/// `Appendix I or Appendix II`, `in no Appendix`.
pub fn appendices(set: AppendixSet) -> String {
    let parts: Vec<String> = set.iter().map(appendix).collect();
    match (parts.is_empty(), set.has_not_controlled()) {
        (true, _) => "in no Appendix".to_owned(),
        (false, true) => format!("{}, and part of it in none", and(&parts, "or")),
        (false, false) => and(&parts, "or"),
    }
}

/// `Appendix II`.
pub fn appendix(appendix: Appendix) -> String {
    format!("Appendix {appendix}")
}

/// The terms by name where they are few, by code where they are many; nothing for all.
pub fn terms(set: TermSet) -> String {
    const NAMED: u32 = 6;
    if set == TermSet::ALL {
        return String::new();
    }
    let outside = TermSet::ALL.difference(set);
    if outside.len() <= NAMED {
        let names: Vec<String> = outside.iter().map(|term| format!("{term} ({})", term.name_en())).collect();
        return format!("everything but {}", and(&names, "and"));
    }
    let names = set.iter().map(|term| {
        if set.len() <= NAMED { format!("{term} ({})", term.name_en()) } else { term.to_string() }
    });
    and(&names.collect::<Vec<_>>(), "and")
}

/// The sources by letter, and by name where they are few; nothing for all.
pub fn sources(set: SourceSet) -> String {
    const NAMED: u32 = 2;
    if set == SourceSet::ALL {
        return String::new();
    }
    let name = |source: cites::Source| {
        if set.len() <= NAMED {
            format!("{source} ({})", plain(source.name_en()))
        } else {
            source.to_string()
        }
    };
    and(&set.iter().map(name).collect::<Vec<_>>(), "or")
}

/// The purposes by letter and name; nothing for all.
pub fn purposes(set: PurposeSet) -> String {
    let named = |set: PurposeSet| {
        let names: Vec<String> =
            set.iter().map(|purpose| format!("{purpose} ({})", plain(purpose.name_en()))).collect();
        and(&names, "or")
    };
    let outside = PurposeSet::ALL.difference(set);
    match outside.len() {
        0 => String::new(),
        1 => format!("any but {}", named(outside)),
        _ => named(set),
    }
}

/// A name within a sentence: its first letter is small, unless a capital follows it.
fn plain(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    let is_word = letters.clone().next().is_some_and(char::is_lowercase);
    match first.filter(|_| is_word) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// `10 000 kilograms`; specimens are counted.
pub fn amount(quantity: Quantity) -> String {
    match quantity.unit {
        Unit::Number if quantity.amount.to_string() == "1" => "1 specimen".to_owned(),
        Unit::Number => format!("{} specimens", quantity.amount),
        _ => self::quantity(quantity),
    }
}

/// `10 000 kilograms`.
pub fn quantity(quantity: Quantity) -> String {
    let amount = quantity.amount.to_string();
    let (whole, fraction) = amount.split_once('.').unwrap_or((&amount, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && whole.len() > 4 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{grouped}{point}{fraction} {}", plain(quantity.unit.name_en()))
}

/// The class as national lists print it.
pub fn numeral(class: NationalClass) -> &'static str {
    match class {
        NationalClass::One => "I",
        NationalClass::Two => "II",
        NationalClass::Regional => "regional",
        NationalClass::Nowhere => "none",
    }
}

/// A limit in words.
pub fn limit(limit: Quota) -> String {
    match limit {
        Quota::NotPublished => "a quota whose number is not known".to_owned(),
        Quota::Zero => "nothing may be exported".to_owned(),
        Quota::UpTo(most) => format!("at most {} a year", quantity(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain() {
        assert_eq!(day(Day::new(2026, 3, 5)), "5 March 2026");
        let set = |text: &str| appendices(text.parse().unwrap());
        assert_eq!(set("I/II"), "Appendix I or Appendix II");
        assert_eq!(set("II/NC"), "Appendix II, and part of it in none");
        assert_eq!(set("NC"), "in no Appendix");
        let all =
            |codes: &str| places(&codes.split(' ').map(|code| code.parse().unwrap()).collect::<Vec<_>>());
        assert_eq!(all("KZ MN"), "Kazakhstan and Mongolia");
        assert_eq!(quantity(Quantity::new("10000".parse().unwrap(), Unit::Kilogram)), "10 000 kilograms");
        assert_eq!(all("PH-PLW"), "PH-PLW (a part of Philippines)");
    }
}
