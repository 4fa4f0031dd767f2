//! Values inside cells: days, lists of countries, marked-up text.

use cites::{Country, CountrySet, Day, Kingdom, Rank};

use super::sheet::Problems;

/// `31/12/1999`, `31/12/1999 00:00` or `1999-12-31`; `None` for an empty cell, `Present`, and, with a problem,
/// for what is no day.
pub(super) fn day(cell: &str, column: &str, problems: &mut Problems) -> Option<Day> {
    let written = cell.split([' ', 'T']).next().unwrap_or("");
    if written.is_empty() || written.eq_ignore_ascii_case("present") {
        return None;
    }
    let day = slashed(written).or_else(|| written.parse().ok());
    if day.is_none() {
        problems.cell(column, format!("`{cell}` is not a day"), "write day/month/year");
    }
    day
}

fn slashed(written: &str) -> Option<Day> {
    let mut parts = written.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Codes separated by commas, semicolons, spaces or line ends; others are reported and left out.
pub(super) fn countries(cell: &str, column: &str, problems: &mut Problems) -> CountrySet {
    let mut set = CountrySet::EMPTY;
    for code in list(cell) {
        match code.parse::<Country>() {
            Ok(country) => set.insert(country),
            Err(error) => problems.cell(column, error.to_string(), "the code is left out"),
        }
    }
    set
}

/// The members of a list of codes; `ALL` is none, for nothing is left out.
pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    let members = cell.split([',', ';', ' ', '\n', '\r']).map(str::trim);
    members.filter(|member| !member.is_empty() && !member.eq_ignore_ascii_case("all"))
}

/// The kingdom; its absence loses the row.
pub(super) fn kingdom(cell: &str, problems: &mut Problems) -> Option<Kingdom> {
    let kingdom = cell.parse();
    kingdom
        .map_err(|error: cites::KingdomError| {
            problems.lost("Kingdom", error.to_string(), "the row is left out")
        })
        .ok()
}

/// The rank; its absence loses the row.
pub(super) fn rank(cell: &str, column: &str, problems: &mut Problems) -> Option<Rank> {
    let rank = cell.parse();
    rank.map_err(|error: cites::RankError| problems.lost(column, error.to_string(), "the row is left out"))
        .ok()
}

/// The text without markup such as `<i>`, with single spaces.
pub(super) fn plain_text(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match after.split_once('>').filter(|_| is_tag) {
            Some((tag, text)) => {
                if matches!(tag.trim_matches(['/', ' ']), "p" | "br" | "li" | "div") {
                    out.push(' ');
                }
                rest = text;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

/// The members of a list of codes.
pub(super) fn codes(cell: &str) -> Vec<String> {
    list(cell).map(str::to_owned).collect()
}

/// The text of a cell that may say that nothing is left out: `ALL` is no text.
pub(super) fn not_all(cell: &str) -> String {
    if cell.eq_ignore_ascii_case("all") { String::new() } else { plain_text(cell) }
}

/// Remarks in several cells as one text.
pub(super) fn remarks(cells: [&str; 2]) -> String {
    let texts: Vec<String> = cells.map(plain_text).into_iter().filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}
