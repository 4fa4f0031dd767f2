//! How many days an authority has, and which days count: by the tables of its country.

use anyhow::{Context, Result};
use cites::Country;
use law::book::LawBook;
use permits::WorkingDays;
use permits::application::Terms;

/// The calendars that are part of the program, by their country.
const CALENDARS: [(&str, &str); 1] = [("CN", include_str!("../../../../data/calendars/CN.toml"))];

/// The Management Authority's terms, out of the table of approval steps of its country's pack.
///
/// # Errors
/// No pack of the country has the table, or it cannot be read.
pub(super) fn terms(book: &LawBook, country: Country) -> Result<Terms> {
    let packs = book.packs().map_err(|faults| anyhow::anyhow!("{faults}"))?;
    let pack = packs.iter().find(|pack| pack.place().country == country && pack.place().region.is_none());
    let table = pack.map(|pack| format!("packs/{}/approval.csv", pack.folder()));
    let text = table.as_deref().and_then(|path| book.tables().get(path)).with_context(|| {
        format!("no pack of {country} says how many days its authority has; write approval.csv in a pack of it, and lay it over with --book")
    })?;
    Terms::from_table(text).with_context(|| format!("the terms of {country} cannot be read"))
}

/// The days on which the authorities of the country work.
///
/// # Errors
/// The program has no calendar of the country.
pub(super) fn calendar(country: Country) -> Result<WorkingDays> {
    let code = country.to_string();
    let calendar = CALENDARS.iter().find(|(own, _)| *own == code);
    let (_, text) = calendar.with_context(|| {
        format!("there is no calendar of working days of {country}; add data/calendars/{code}.toml with its notices")
    })?;
    WorkingDays::from_toml(text).with_context(|| format!("the calendar of {country} cannot be read"))
}
