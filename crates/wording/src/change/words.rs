//! Changes of the law in words: what each row says, and what its change comes to.
//!
//! Source of truth: the rows and the nature of the change. `law diff` and `law touched` say the same.

use cites::{AppendixSet, Country, PartyStatus, Place};
use law::Entry;
use law::book::{About, Change, Dated, Event, Kind, LawBook, Nature};
use law::pack::{CalendarKind, Traffic};

use crate::words;

/// A row in few words.
pub fn row(row: &Dated<'_>) -> String {
    match row {
        Dated::Entry(entry) => of_entry(entry),
        Dated::Annotation(text) => text.words.to_string(),
        Dated::Deemed(row) => {
            let terms = words::terms(row.terms);
            let terms = if terms.is_empty() { "any specimen".to_owned() } else { terms };
            let purposes = words::purposes(row.purposes);
            let purposes = if purposes.is_empty() { String::new() } else { format!(" for {purposes}") };
            format!("{terms}{purposes} from {}", words::places(row.population.within()))
        }
        Dated::Quota(row) => {
            let note = if row.note.is_empty() { String::new() } else { format!(": {}", row.note) };
            format!("{}{}{note}", words::limit(row.limit), of_places(&row.exporter))
        }
        Dated::YearlyQuota(row, _) => {
            let years = if row.year_first == row.year_last {
                row.year_first.to_string()
            } else {
                format!("{} to {}", row.year_first, row.year_last)
            };
            let terms = words::terms(row.terms);
            let terms = if terms.is_empty() { terms } else { format!(", {terms}") };
            let sources = row.sources.map(words::sources).filter(|told| !told.is_empty());
            let sources = sources.map(|told| format!(", source {told}")).unwrap_or_default();
            let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
            format!("{years}: {}{terms}{sources}{note}", words::limit(row.limit))
        }
        Dated::Suspension(row) => {
            let notice = if row.notification.is_empty() {
                String::new()
            } else {
                format!(", notification {}", row.notification)
            };
            format!("suspension{notice}")
        }
        Dated::Reservation(row) => format!("reservation on {}", words::appendix(row.appendix)),
        Dated::Party(fact) => of_party(fact.status),
        Dated::Rule(_, rule) => rule.title.to_string(),
        other => of_pack(other),
    }
}

fn of_pack(row: &Dated<'_>) -> String {
    match row {
        Dated::National(_, row) => {
            let class = words::numeral(row.class);
            let listed = if *row.as_listed == *row.taxon.name() {
                String::new()
            } else {
                format!(", listed as {}", row.as_listed)
            };
            format!("class {class} {}{listed}", row.name_zh)
        }
        Dated::Prohibition(_, row) => format!("{} ({})", row.title, row.clause),
        Dated::Carried(_, row) => format!("{} {}", row.name_en, row.name_zh),
        Dated::Medicinal(_, row) => format!("{} {}", row.material_en, row.material_zh),
        Dated::Delegation(_, row) => {
            let taxa: Vec<&str> = row.taxa.iter().map(|taxon| taxon.name()).collect();
            let how = if row.excluded { "kept by" } else { "decided by" };
            format!("{}: {how} {}", taxa.join(", "), row.authority)
        }
        Dated::Livestock(_, row) => format!("kept as {}", row.use_of),
        Dated::Calendar(_, row) => {
            let state = match row.kind {
                CalendarKind::Open => "open",
                CalendarKind::Closed => "closed",
                CalendarKind::Seasonal => "open by season",
                CalendarKind::Uncertain => "open or closed by a notice that is not held",
                CalendarKind::NoticeOpen => "open by a notice",
                CalendarKind::NoticeClosed => "closed by a notice",
            };
            let traffic = match row.traffic {
                Traffic::All => "",
                Traffic::Freight => ", goods only",
                Traffic::Passengers => ", travellers only",
            };
            let note = if row.note.is_empty() { String::new() } else { format!(": {}", row.note) };
            format!("{state}{traffic}{note}")
        }
        Dated::Designation(_, row) => {
            let goods = if row.goods.is_empty() { String::new() } else { format!(" for {}", row.goods) };
            format!("{}designated{goods}", if row.designated { "" } else { "not " })
        }
        Dated::Validity(_, _, row) => match row.cap {
            law::pack::Cap::Days(days) => format!("good for {days} days"),
            law::pack::Cap::Months(months) => format!("good for {months} months"),
            law::pack::Cap::EndOfYear => "good to the end of the year of issue".to_owned(),
        },
        _ => String::new(),
    }
}

fn of_party(status: PartyStatus) -> String {
    match status {
        PartyStatus::Party => "Party to the Convention".to_owned(),
        PartyStatus::TerritoryOf(of) => format!("a territory of {}", words::country(of)),
        PartyStatus::NotParty => "no Party to the Convention".to_owned(),
    }
}

fn of_places(places: &law::bars::Places) -> String {
    let (within, except) = (words::places(places.within()), words::places(places.except()));
    match (within.is_empty(), except.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" from anywhere but {except}"),
        (false, true) => format!(" from {within}"),
        (false, false) => format!(" from {within}, but not {except}"),
    }
}

fn of_entry(entry: &Entry) -> String {
    let party = entry.party.map_or(String::new(), |party| format!(" ({party})"));
    let symbol = entry.annotation.as_ref().map_or(String::new(), |symbol| format!(" {symbol}"));
    let appendix =
        entry.appendix.map_or("left out of the entry of a higher taxon".to_owned(), words::appendix);
    let note = if entry.note.is_empty() { String::new() } else { format!(": {}", entry.note) };
    format!("{appendix}{party}{symbol}{}{note}", population(entry))
}

/// The populations of an entry, with a comma before them; nothing for all.
fn population(entry: &Entry) -> String {
    let named: Vec<Place> = entry.population.named().collect();
    let except: Vec<Place> = entry.population.except().map(Place::from).collect();
    let named = if named.is_empty() { String::new() } else { format!(", {}", words::places(&named)) };
    let except =
        if except.is_empty() { String::new() } else { format!(", but not {}", words::places(&except)) };
    format!("{named}{except}")
}

/// What a change is about, in words.
pub fn title(book: &LawBook, about: &About) -> String {
    let name = |taxon| book.backbone().name(taxon).to_owned();
    let country = |country: Option<Country>| country.map_or("every State".to_owned(), words::country);
    let pack_name = |folder: &str| {
        let packs = book.packs().ok().into_iter().flatten();
        { packs }
            .find(|pack| pack.folder() == folder)
            .map_or(folder.to_owned(), |pack| pack.manifest().name_en.to_string())
    };
    match about {
        About::Listing(taxon) => name(*taxon),
        About::Annotation(symbol) => format!("annotation {symbol}"),
        About::Specimens(taxon) => format!("{}: specimens for which Appendix II holds", name(*taxon)),
        About::Quota(taxon) => format!("{}: quota", name(*taxon)),
        About::Suspension(state, taxon) => {
            let taxon = taxon.map_or("everything that is listed".to_owned(), name);
            format!("{taxon}: trade of {}", country(*state))
        }
        About::Reservation(party, taxon) => {
            format!("{}: reservation of {}", name(*taxon), country(Some(*party)))
        }
        About::Party(state) => country(Some(*state)),
        About::Rule(key) => format!("rule {key}"),
        About::YearlyQuota(taxon, state) => {
            format!("{}: yearly quota of {}", name(*taxon), country(Some(*state)))
        }
        About::Pack(kind, pack, what) => {
            let of = match kind {
                Kind::National => "national list",
                Kind::Prohibition => "prohibition",
                Kind::Carried => "what may not be carried or sent in",
                Kind::Medicinal => "medicinal materials",
                Kind::Delegation => "who decides",
                Kind::Livestock => "livestock",
                Kind::Port => "port",
                _ => "how long a paper is good",
            };
            format!("{what}: {of} of {}", pack_name(pack))
        }
    }
}

/// What a change comes to, as a sentence without its end.
pub fn sentence(change: &Change<'_>, nature: Nature, before: AppendixSet, after: AppendixSet) -> String {
    let (ended, began) = (entries(&change.ended), entries(&change.began));
    let symbols = |entries: &[&Entry]| {
        let mut all: Vec<&str> = entries.iter().filter_map(|entry| entry.annotation.as_deref()).collect();
        all.dedup();
        if all.is_empty() { "no annotation".to_owned() } else { all.join(", ") }
    };
    let populations = |entries: &[&Entry]| {
        let all: Vec<String> = entries
            .iter()
            .map(|entry| {
                let told = population(entry);
                if told.is_empty() {
                    "all populations".to_owned()
                } else {
                    told.trim_start_matches(", ").to_owned()
                }
            })
            .collect();
        all.join("; ")
    };
    match nature {
        Nature::Added => format!("added to {}{}", set(after), by_party(&began)),
        Nature::Deleted => format!("deleted from {}{}", set(before), by_party(&ended)),
        Nature::Moved if before == after => format!(
            "moved between Appendices for some populations: {} before, {} after",
            populations_by_appendix(&ended),
            populations_by_appendix(&began)
        ),
        Nature::Moved => format!("moved from {} to {}", set(before), set(after)),
        Nature::Annotated => {
            format!("annotation changed from {} to {}", symbols(&ended), symbols(&began))
        }
        Nature::Repopulated => {
            format!("populations changed from {} to {}", populations(&ended), populations(&began))
        }
        Nature::Remarked => format!("stays in {}; what is said of the entry changed", set(after)),
        Nature::Excluded => {
            format!("left out of the entry of a higher taxon: {} before, {} after", set(before), set(after))
        }
        Nature::Readmitted => {
            format!("no longer left out of the entry of a higher taxon: {} after", set(after))
        }
        Nature::Restated => format!("stays in {} by another entry", set(after)),
        Nature::Began | Nature::Ended | Nature::Replaced => of_others(change, nature),
        Nature::Unsure => unsure(change),
    }
}

/// Appendices within a sentence; a higher taxon may be in one only in part.
fn set(appendices: AppendixSet) -> String {
    let listed: AppendixSet = appendices.iter().collect();
    match appendices.has_not_controlled() && !listed.is_empty() {
        true => format!("{} (parts of it in none)", words::appendices(listed)),
        false => words::appendices(appendices),
    }
}

/// Whether two annotations say the same, so that only what is known of the text changed.
fn is_same_text(change: &Change<'_>) -> bool {
    let words = |rows: &[Dated<'_>]| -> Vec<String> { rows.iter().map(row).collect() };
    words(&change.ended) == words(&change.began)
}

fn of_others(change: &Change<'_>, nature: Nature) -> String {
    if nature == Nature::Replaced && is_same_text(change) {
        let is_open = change.began.iter().any(|row| !row.is_verified());
        let known = if is_open { "; that it still holds is not verified" } else { "" };
        return format!("stays as it was, by another row{known}");
    }
    match (change.about.kind(), nature) {
        (Kind::Annotation, Nature::Replaced) => "its text changed",
        (Kind::Suspension, Nature::Began) => "trade is suspended",
        (Kind::Suspension, Nature::Ended) => "the suspension ends",
        (Kind::Reservation, Nature::Began) => "reserves",
        (Kind::Reservation, Nature::Ended) => "the reservation ends",
        (Kind::Quota | Kind::YearlyQuota, Nature::Began) => "a quota begins",
        (Kind::Quota | Kind::YearlyQuota, Nature::Ended) => "the quota ends",
        (Kind::Quota | Kind::YearlyQuota, _) => "the quota changed",
        (_, Nature::Began) => "begins",
        (_, Nature::Ended) => "ends",
        _ => "changed",
    }
    .to_owned()
}

fn unsure(change: &Change<'_>) -> String {
    let told = |event: Event| match event {
        Event::MayBegin => "may begin: its day is known within bounds only",
        Event::MayEnd => "may end: its day is known within bounds only",
        _ => "was last seen in force the day before",
    };
    change.others.first().map_or(String::new(), |(event, _)| told(*event).to_owned())
}

fn by_party(entries: &[&Entry]) -> String {
    let mut parties: Vec<String> =
        entries.iter().filter_map(|entry| entry.party).map(words::country).collect();
    parties.dedup();
    if parties.is_empty() {
        String::new()
    } else {
        format!(" at the request of {}", words::and(&parties, "and"))
    }
}

fn populations_by_appendix(entries: &[&Entry]) -> String {
    let each = entries.iter().map(|entry| of_entry(entry));
    each.collect::<Vec<_>>().join("; ")
}

fn entries<'b>(rows: &[Dated<'b>]) -> Vec<&'b Entry> {
    let entries = rows.iter().filter_map(|row| match row {
        Dated::Entry(entry) => Some(*entry),
        _ => None,
    });
    entries.collect()
}
