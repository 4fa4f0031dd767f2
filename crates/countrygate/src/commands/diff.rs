//! `countrygate law diff`: what changed between two days, and whom it concerns.

use std::io::Write;

use anyhow::Result;
use cites::{Country, Day, EditionId, TaxonId};
use law::book::{About, Change, Dated, LawBook};
use law::pack::RegionSpecies;
use serde::Serialize;

use crate::arguments::{DiffArguments, Format};
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;
use crate::words;

/// Everything that changed.
#[derive(Debug, Serialize)]
struct Diff {
    edition: EditionId,
    from: Day,
    to: Day,
    changes: Vec<ChangeView>,
    regions: Vec<RegionView>,
}

/// Rows that end and begin on one day.
#[derive(Debug, Serialize)]
struct ChangeView {
    day: Day,
    kind: &'static str,
    taxon: Option<String>,
    country: Option<Country>,
    annotation: Option<String>,
    ended: Vec<RowView>,
    began: Vec<RowView>,
}

/// A row in words.
#[derive(Debug, Serialize)]
struct RowView {
    id: String,
    text: String,
    source: String,
    verified: bool,
}

/// The species of a region that changes concern.
#[derive(Debug, Serialize)]
struct RegionView {
    pack: String,
    name: String,
    species: Vec<Concerned>,
}

#[derive(Debug, Serialize)]
struct Concerned {
    taxon: String,
    name_zh: String,
    /// The places in `changes`.
    changes: Vec<usize>,
}

const COLUMNS: [&str; 9] =
    ["day", "kind", "taxon", "country", "annotation", "ended", "began", "verified", "regions"];

/// A change as a row of a table.
#[derive(Debug, Serialize)]
struct TableRow<'c> {
    day: Day,
    kind: &'c str,
    taxon: &'c str,
    country: String,
    annotation: &'c str,
    ended: String,
    began: String,
    verified: bool,
    regions: String,
}

/// Answers what changed.
///
/// # Errors
/// The book has a fault, or the output ends early.
pub fn run(session: &Session, arguments: &DiffArguments, out: &mut dyn Write) -> Result<Exit> {
    let (from, to) = (arguments.from.min(arguments.to), arguments.from.max(arguments.to));
    let changes = session.book.changes(from, to)?;
    let diff = Diff {
        edition: session.book.edition(),
        from,
        to,
        regions: regions(&session.book, &changes, to)?,
        changes: changes.iter().map(|change| view(&session.book, change)).collect(),
    };
    match session.format.unwrap_or(Format::Text) {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff)?;
            writeln!(out)?;
        }
        Format::Csv => diff.write_table(out)?,
        Format::Text => diff.write_text(out)?,
    }
    Ok(Exit::Clear)
}

fn view(book: &LawBook, change: &Change<'_>) -> ChangeView {
    let (kind, country, annotation) = match &change.about {
        About::Listing(_) => ("listing", None, None),
        About::Annotation(symbol) => ("annotation", None, Some(symbol.to_string())),
        About::Specimens(_) => ("specimens", None, None),
        About::Quota(_) => ("quota", None, None),
        About::Suspension(country, _) => ("suspension", *country, None),
        About::Reservation(party, _) => ("reservation", Some(*party), None),
    };
    ChangeView {
        day: change.day,
        kind,
        taxon: change.about.taxon().map(|taxon| book.backbone().name(taxon).to_owned()),
        country,
        annotation,
        ended: change.ended.iter().map(row).collect(),
        began: change.began.iter().map(row).collect(),
    }
}

/// A row in few words.
fn row(row: &Dated<'_>) -> RowView {
    match row {
        Dated::Entry(entry) => {
            let party = entry.party.map_or(String::new(), |party| format!(" ({party})"));
            let symbol = entry.annotation.as_ref().map_or(String::new(), |symbol| format!(" {symbol}"));
            let appendix = entry.appendix.map_or("left out".to_owned(), words::appendix);
            let named: Vec<_> = entry.population.named().collect();
            let except: Vec<_> = entry.population.except().map(cites::Place::from).collect();
            let named = if named.is_empty() { String::new() } else { format!(", {}", words::places(&named)) };
            let except = if except.is_empty() {
                String::new()
            } else {
                format!(", but not {}", words::places(&except))
            };
            let note = if entry.note.is_empty() { String::new() } else { format!(": {}", entry.note) };
            let text = format!("{appendix}{party}{symbol}{named}{except}{note}");
            view_of(&entry.id, text, &entry.source, entry.is_verified())
        }
        Dated::Annotation(row) => {
            told(&format!("{}.{}", row.symbol, row.span.from), row.words.to_string(), &row.provenance)
        }
        Dated::Deemed(row) => {
            let terms = words::terms(row.terms);
            let terms = if terms.is_empty() { "any specimen".to_owned() } else { terms };
            let purposes = words::purposes(row.purposes);
            let purposes = if purposes.is_empty() { String::new() } else { format!(" for {purposes}") };
            told(
                &row.id,
                format!("{terms}{purposes} from {}", words::places(row.population.within())),
                &row.provenance,
            )
        }
        Dated::Quota(row) => told(&row.id, super::show::limit_in_words(row.limit), &row.provenance),
        Dated::Suspension(row) => {
            let notice = if row.notification.is_empty() {
                String::new()
            } else {
                format!(", notification {}", row.notification)
            };
            told(&row.id, format!("suspension{notice}"), &row.provenance)
        }
        Dated::Reservation(row) => {
            told(&row.id, format!("reservation on {}", words::appendix(row.appendix)), &row.provenance)
        }
    }
}

fn told(id: &str, text: String, provenance: &law::bars::Provenance) -> RowView {
    view_of(id, text, &provenance.source, provenance.confidence.is_verified())
}

fn view_of(id: &str, text: String, source: &str, verified: bool) -> RowView {
    RowView { id: id.to_owned(), text, source: source.to_owned(), verified }
}

/// The species of each region that the changes concern.
fn regions(book: &LawBook, changes: &[Change<'_>], on: Day) -> Result<Vec<RegionView>> {
    let backbone = book.backbone();
    let mut touched: Vec<Vec<TaxonId>> = Vec::new();
    for change in changes {
        touched.push(match &change.about {
            About::Annotation(symbol) => book.annotated(symbol, on)?,
            about => about.taxon().into_iter().collect(),
        });
    }
    let concerns = |species: &RegionSpecies, taxon: &TaxonId| {
        let own = species.taxon.id();
        own.is_some_and(|own| backbone.is_within(own, *taxon) || backbone.is_within(*taxon, own))
    };
    let mut views = Vec::new();
    for pack in book.packs()?.iter().filter(|pack| !pack.region().species.is_empty()) {
        let concerned = pack.region().species.iter().filter_map(|species| {
            let places: Vec<usize> = touched
                .iter()
                .enumerate()
                .filter(|(_, taxa)| taxa.iter().any(|taxon| concerns(species, taxon)))
                .map(|(place, _)| place)
                .collect();
            (!places.is_empty()).then(|| Concerned {
                taxon: species.taxon.name().to_owned(),
                name_zh: species.name_zh.to_string(),
                changes: places,
            })
        });
        views.push(RegionView {
            pack: pack.manifest().id.to_string(),
            name: pack.manifest().name_en.to_string(),
            species: concerned.collect(),
        });
    }
    Ok(views)
}

impl ChangeView {
    /// What the change is about, in words.
    fn title(&self) -> String {
        let country = self.country.map_or("every State".to_owned(), words::country);
        let taxon = self.taxon.as_deref().unwrap_or("everything that is listed");
        match self.kind {
            "annotation" => format!("annotation {}", self.annotation.as_deref().unwrap_or("")),
            "specimens" => format!("{taxon}: specimens for which Appendix II holds"),
            "quota" => format!("{taxon}: quota"),
            "suspension" => format!("{taxon}: trade of {country}"),
            "reservation" => format!("{taxon}: reservation of {country}"),
            _ => taxon.to_owned(),
        }
    }
}

impl Diff {
    fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
        for (place, change) in self.changes.iter().enumerate() {
            let ids = |rows: &[RowView]| rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>().join(";");
            let packs = self
                .regions
                .iter()
                .filter(|region| region.species.iter().any(|species| species.changes.contains(&place)));
            let row = TableRow {
                day: change.day,
                kind: change.kind,
                taxon: change.taxon.as_deref().unwrap_or(""),
                country: change.country.map_or(String::new(), |country| country.to_string()),
                annotation: change.annotation.as_deref().unwrap_or(""),
                ended: ids(&change.ended),
                began: ids(&change.began),
                verified: change.ended.iter().chain(&change.began).all(|row| row.verified),
                regions: packs.map(|region| region.pack.as_str()).collect::<Vec<_>>().join(";"),
            };
            rows.write(&row, |_| Ok(()))?;
        }
        rows.finish()
    }

    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(
            out,
            "After {}, up to {}: {} changes",
            words::day(self.from),
            words::day(self.to),
            self.changes.len()
        )?;
        let mut day = None;
        for change in &self.changes {
            if day != Some(change.day) {
                writeln!(out, "\n{}", words::day(change.day))?;
                day = Some(change.day);
            }
            writeln!(out, "  {}", change.title())?;
            for (sign, rows) in [("-", &change.ended), ("+", &change.began)] {
                for row in rows {
                    let flag = if row.verified { "" } else { " (not verified)" };
                    writeln!(out, "    {sign} {}{flag}  [{}]", row.text, row.id)?;
                }
            }
        }
        for region in &self.regions {
            writeln!(out, "\n{}: {} of its species are concerned", region.name, region.species.len())?;
            for species in &region.species {
                let changes = species.changes.iter().filter_map(|place| self.changes.get(*place));
                let mut titles: Vec<String> = changes.map(ChangeView::title).collect();
                titles.dedup();
                let more = titles.len().saturating_sub(3);
                titles.truncate(3);
                let more = if more > 0 { format!(", and {more} more") } else { String::new() };
                writeln!(out, "  {} {}: {}{more}", species.taxon, species.name_zh, titles.join(", "))?;
            }
        }
        Ok(())
    }
}
