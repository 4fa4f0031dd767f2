//! The sentences of `law show`: short, plain, to be read aloud to an officer.

use cites::{Day, Place};

use super::view::{
    DeemedView, EntryView, NationalView, QuotaView, ReservationView, Shown, SuspensionView, YearlyView,
};
use wording::words;

/// `Ursus arctos is in Appendix I for the populations of China and Mongolia, since 11 June 1992 (CoP8).`
pub fn entry(entry: &EntryView, shown: &Shown) -> String {
    let is_above = shown.taxa.iter().any(|taxon| taxon.above.contains(&entry.taxon));
    let what = match entry.appendix {
        None => format!("{} is left out of the entry above it", entry.taxon),
        Some(appendix) if is_above => {
            format!("As a part of {} it is in {}", entry.taxon, words::appendix(appendix))
        }
        Some(appendix) => format!("{} is in {}", entry.taxon, words::appendix(appendix)),
    };
    let party = entry.party.map_or(String::new(), |party| format!(", listed by {}", words::country(party)));
    let annotation =
        entry.annotation.as_ref().map_or(String::new(), |symbol| format!(", with annotation {symbol}"));
    format!("{what}{party}{}{annotation}, since {}.", population(entry), since(entry))
}

/// The populations for which an entry holds.
pub fn population(entry: &EntryView) -> String {
    let except: Vec<Place> = entry.except_population.iter().copied().map(Place::from).collect();
    match (entry.population.is_empty(), except.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" for all populations but those of {}", words::places(&except)),
        (false, true) => {
            format!(" for the {} of {}", plural(&entry.population), words::places(&entry.population))
        }
        (false, false) => format!(
            " for the {} of {}, but not {}",
            plural(&entry.population),
            words::places(&entry.population),
            words::places(&except)
        ),
    }
}

fn plural(places: &[Place]) -> &'static str {
    if places.len() == 1 { "population" } else { "populations" }
}

fn since(entry: &EntryView) -> String {
    let event = if entry.event.is_empty() { String::new() } else { format!(" ({})", event(entry)) };
    match entry.from_earliest {
        Some(earliest) => {
            format!("some day from {} to {}{event}", words::day(earliest), words::day(entry.from))
        }
        None => format!("{}{event}", words::day(entry.from)),
    }
}

/// The event that brought an entry.
fn event(entry: &EntryView) -> &str {
    match entry.event.as_str() {
        "Pre-CoP1" => "before CoP1",
        event => event.strip_suffix("-delayed").unwrap_or(event),
    }
}

/// A line of the history.
pub fn past(entry: &EntryView) -> String {
    let from =
        entry.from_earliest.map_or(entry.from.to_string(), |earliest| format!("{earliest}/{}", entry.from));
    let last = entry.until.map_or("on".to_owned(), |until| format!("to {}", until.previous()));
    let appendix = entry.appendix.map_or("left out".to_owned(), words::appendix);
    let party = entry.party.map_or(String::new(), |party| format!(" ({party})"));
    let symbol = entry.annotation.as_ref().map_or(String::new(), |symbol| format!(" {symbol}"));
    format!(
        "{from} {last}: {appendix}{party}{symbol}, {}{}; {}",
        entry.taxon,
        population(entry),
        event(entry)
    )
}

/// What will change.
pub fn coming(entry: &EntryView, on: Day) -> String {
    if on < entry.from_earliest.unwrap_or(entry.from) {
        let place = entry.appendix.map_or("is left out of the entry above it".to_owned(), |appendix| {
            format!("is in {}", words::appendix(appendix))
        });
        return format!(
            "From {}: {} {place}{} ({}).",
            words::day(entry.from),
            entry.taxon,
            population(entry),
            event(entry)
        );
    }
    let until = entry.until.unwrap_or(Day::MAX);
    format!("From {}: the entry of {} ends as it stands.", words::day(until), entry.taxon)
}

/// What to ask, for each doubt of the listing.
pub fn doubt(word: &str, shown: &Shown) -> String {
    let own = shown.taxa.first().map_or("", |taxon| taxon.name.as_str());
    match word {
        "part-of-state" => "Only a part of the State of origin is meant by an entry. Ask which part the specimen comes from; until it is known, refer.".to_owned(),
        "origin" => "The Appendix depends on the State of origin. Ask for it; until it is known, the stricter answer is possible.".to_owned(),
        "lower-taxon" => {
            let lower: Vec<String> = lower(shown, own);
            let names = words::and(&lower, "and");
            let names = if lower.is_empty() || lower.len() > 6 { String::new() } else { format!(": {names}") };
            format!("Some of what belongs to {own} is in another Appendix{names}. Ask whether it is meant; until that is known, refer.")
        }
        "day" => "The exact day of a change is not known, and this day lies between the possible ones: refer.".to_owned(),
        "limited" => "The entry above holds for some populations only, and the origin is not told.".to_owned(),
        "unresolved" => format!("The name is not known below {own}. Any member may be meant."),
        other => other.to_owned(),
    }
}

/// The taxa below `own` that are listed in another Appendix than it.
fn lower(shown: &Shown, own: &str) -> Vec<String> {
    let is_above = |name: &str| shown.taxa.iter().any(|taxon| taxon.above.iter().any(|above| above == name));
    let is_own = |entry: &&EntryView| entry.taxon == own || is_above(&entry.taxon);
    let appendices: Vec<_> = shown.entries.iter().filter(is_own).map(|entry| entry.appendix).collect();
    let mut names: Vec<String> = Vec::new();
    for entry in shown.entries.iter().filter(|entry| !is_own(entry) && !appendices.contains(&entry.appendix))
    {
        if !names.contains(&entry.taxon) {
            names.push(entry.taxon.clone());
        }
    }
    names
}

/// An exception of a suspension, from the tests of the table: `sources=C D&if=from a breeder`.
pub fn exception(written: &str) -> String {
    let tests = written.split('&').map(|test| match test.trim().split_once('=') {
        Some(("if", words)) => words.trim().to_owned(),
        Some((key, value)) => {
            let (other, value) =
                value.trim().strip_prefix('!').map_or(("", value.trim()), |value| ("other than ", value));
            format!("{} {other}{}", key.trim().trim_end_matches('s'), value.replace(['|', ' '], ", "))
        }
        None => test.trim().to_owned(),
    });
    tests.collect::<Vec<_>>().join("; ")
}

/// A suspension.
pub fn suspension(row: &SuspensionView) -> String {
    let ways: Vec<String> = row.directions.iter().map(|way| (*way).to_owned()).collect();
    let ways = capital(&words::and(&ways, "and"));
    let place = row.country.map_or("every State".to_owned(), words::country);
    let of = row.taxon.as_deref().unwrap_or("everything that is listed");
    let limits = limits(&row.terms, &row.sources, &row.purposes);
    let notice = if row.notification.is_empty() {
        String::new()
    } else {
        format!(" (notification {})", row.notification)
    };
    let sure = match (row.verified_to, row.certainty) {
        (Some(last), "in-force") => format!(" Seen in force up to {}.", words::day(last)),
        (Some(last), _) => {
            format!(" Seen in force up to {}; nobody has confirmed it since: refer.", words::day(last))
        }
        (None, "in-force") => {
            row.until.map_or(String::new(), |until| format!(" It ended or ends on {}.", words::day(until)))
        }
        (None, _) => " Whether it is still in force is not verified: refer.".to_owned(),
    };
    format!(
        "{ways} by {place} of {of}{limits} has been suspended since {}{notice}.{sure}",
        words::day(row.from)
    )
}

/// A quota.
pub fn quota(row: &QuotaView) -> String {
    let place = match (row.exporters.is_empty(), row.except_exporters.is_empty()) {
        (true, true) => "From every State".to_owned(),
        (true, false) => format!("From every State but {}", words::places(&row.except_exporters)),
        (false, _) => format!("From {}", words::places(&row.exporters)),
    };
    let limits = limits(&row.terms, &row.sources, &row.purposes);
    let condition = if row.condition.is_empty() {
        String::new()
    } else {
        format!(", if {}", row.condition.replace('-', " "))
    };
    let note = if row.note.is_empty() { String::new() } else { format!(" {}.", capital(&row.note)) };
    format!(
        "{place}: {} of {}{limits}{condition}, since {}.{note}",
        row.limit_in_words,
        row.taxon,
        words::day(row.from)
    )
}

/// A published quota.
pub fn yearly(row: &YearlyView) -> String {
    let limits = limits(&row.terms, &row.sources, "");
    let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
    format!(
        "{} published for this year: {} of {}{limits}{note}.",
        words::country(row.exporter),
        row.limit_in_words,
        row.taxon
    )
}

fn limits(terms: &str, sources: &str, purposes: &str) -> String {
    let mut told = Vec::new();
    if !terms.is_empty() {
        told.push(terms.to_owned());
    }
    if !sources.is_empty() {
        told.push(format!("source {sources}"));
    }
    if !purposes.is_empty() {
        told.push(format!("purpose {purposes}"));
    }
    if told.is_empty() { String::new() } else { format!(" [{}]", told.join("; ")) }
}

/// A reservation.
pub fn reservation(row: &ReservationView) -> String {
    let by = match row.territory {
        Some(territory) => format!("{} for {}", words::country(row.party), words::country(territory)),
        None => words::country(row.party),
    };
    let sure = match (row.certainty, row.verified_to) {
        ("in-force", _) => String::new(),
        (_, Some(last)) => {
            format!(" Seen in force up to {}; nobody has confirmed it since.", words::day(last))
        }
        _ => " Whether it is still in force is not verified.".to_owned(),
    };
    format!(
        "{by} reserves on {} of {} since {}, and is treated as a State outside the Convention for it.{sure}",
        words::appendix(row.appendix),
        row.taxon,
        words::day(row.from)
    )
}

/// Specimens that stay in Appendix II.
pub fn deemed(row: &DeemedView) -> String {
    let terms: Vec<String> = row.terms.iter().map(|term| term.name_en().to_owned()).collect();
    let terms = if row.all_terms { "any specimen".to_owned() } else { words::and(&terms, "and") };
    let terms = if terms.is_empty() { "no specimen at all".to_owned() } else { terms };
    let places = if row.population.is_empty() {
        String::new()
    } else {
        format!(" from {}", words::places(&row.population))
    };
    let purposes =
        if row.purposes.is_empty() { String::new() } else { format!(" for purpose {}", row.purposes) };
    let conditions: Vec<String> =
        row.conditions.iter().map(|condition| condition.replace('-', " ")).collect();
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!(", provided: {}", words::and(&conditions, "and"))
    };
    format!("{}{places}{purposes}{conditions}.", capital(&terms))
}

/// National protection.
pub fn national(row: &NationalView) -> String {
    if !row.held {
        return format!("{}: the book holds no list for this day, so the class is not known.", row.country);
    }
    let classes: Vec<String> = row.classes.iter().map(|class| class_in_words(class).to_owned()).collect();
    let open = match row.missing.as_slice() {
        [] => String::new(),
        missing => {
            let missing: Vec<String> = missing.iter().map(|fact| fact.replace('_', " ")).collect();
            format!(" To decide, ask for: {}.", words::and(&missing, "and"))
        }
    };
    format!("{}: {}.{open}", row.country, words::and(&classes, "or"))
}

fn class_in_words(class: &str) -> &'static str {
    match class {
        "I" => "protected in the first class",
        "II" => "protected in the second class",
        "regional" => "protected by a region",
        _ => "not on the national list",
    }
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
