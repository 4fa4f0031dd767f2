//! `countrygate doctor`: what the program knows, how old it is, what is not verified, what an import adds, and how the
//! office is set up.

mod health;
mod office;

use std::io::Write;

use anyhow::Result;
use cites::{Day, EditionId, Rank};
use law::book::LawBook;
use serde::Serialize;
use species::{Backbone, ImportedNames};

use crate::arguments::{DoctorArguments, Format, Options};
use crate::clock::today;
use crate::configuration::Sources;
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;
use health::{TableHealth, health};
use office::OfficeHealth;

/// The state of the book and of what is beside it.
#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    edition: EditionId,
    shipped_edition: EditionId,
    on: Day,
    tables: Vec<TableHealth>,
    counts: Counts,
    names: NamesHealth,
    packs: Vec<PackHealth>,
    office: OfficeHealth,
}

/// How much the book holds.
#[derive(Debug, Serialize)]
struct Counts {
    taxa: usize,
    synonyms: usize,
    entries: usize,
    entries_in_force: usize,
    annotations: usize,
    suspensions: usize,
    quotas: usize,
    yearly_quotas: usize,
    reservations: usize,
    rules: usize,
}

/// The imported names, or what an import would add.
#[derive(Debug, Serialize)]
struct NamesHealth {
    imported: Option<usize>,
    imported_synonyms: Option<usize>,
    /// Imported names that the shipped tables lack.
    beyond_shipped: Option<usize>,
    damage: Option<String>,
    /// Listed genera without a species in the shipped tables.
    genera_without_species: usize,
    listed_genera: usize,
}

/// A pack and the figures stated about its subject.
#[derive(Debug, Serialize)]
struct PackHealth {
    id: String,
    name: String,
    checked: Day,
    figures: Vec<Figure>,
}

#[derive(Debug, Serialize)]
struct Figure {
    what: String,
    stated: u32,
    sourced: Option<u32>,
    note: String,
}

/// Reports.
///
/// # Errors
/// The book has a fault, or the output ends early.
pub fn run(
    arguments: &DoctorArguments,
    options: &Options,
    sources: &Sources,
    out: &mut dyn Write,
) -> Result<Exit> {
    let office = office::health(&arguments.office, sources)?;
    if arguments.settings {
        office.write(options.format.unwrap_or(Format::Text), out)?;
        return Ok(if office.has_problems() { Exit::Refer } else { Exit::Clear });
    }
    // The program ends with the command; taking the book apart again would only take time.
    let session = std::mem::ManuallyDrop::new(Session::open(options)?);
    whole(&session, office, out)
}

fn whole(session: &Session, office: OfficeHealth, out: &mut dyn Write) -> Result<Exit> {
    let on = today();
    let book = &session.book;
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        edition: book.edition(),
        shipped_edition: crate::shipped::edition(),
        on,
        tables: health(book.tables(), on),
        counts: counts(book, on)?,
        names: names(session, on)?,
        packs: packs(book)?,
        office,
    };
    match session.format.unwrap_or(Format::Text) {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
        Format::Csv => {
            let mut rows = RowWriter::new(Format::Csv, &health::COLUMNS, out)?;
            report.tables.iter().try_for_each(|table| rows.write(&table.row(), |_| Ok(())))?;
            rows.finish()?;
        }
        Format::Text => report.write_text(out)?,
    }
    let is_sound = report.names.damage.is_none() && !report.office.has_problems();
    Ok(if is_sound { Exit::Clear } else { Exit::Refer })
}

fn counts(book: &LawBook, on: Day) -> Result<Counts> {
    let in_force = |entry: &law::Entry| entry.in_force(on) != law::InForce::No;
    Ok(Counts {
        taxa: book.backbone().len(),
        synonyms: book.backbone().synonym_count(),
        entries: book.listings()?.all().len(),
        entries_in_force: book.listings()?.all().filter(|(_, entry)| in_force(entry)).count(),
        annotations: book.annotations()?.rows().len(),
        suspensions: book.suspensions()?.rows().len(),
        quotas: book.quotas()?.rows().len(),
        yearly_quotas: book.yearly_quotas()?.rows().len(),
        reservations: book.reservations()?.rows().len(),
        rules: book.rules()?.rules().count(),
    })
}

fn names(session: &Session, on: Day) -> Result<NamesHealth> {
    let backbone = session.book.backbone();
    let listings = session.book.listings()?;
    let is_listed = |taxon: &cites::TaxonId| {
        let listing = listings.listing(backbone, &law::Subject::itself(*taxon), &law::Origin::Unstated, on);
        listing.appendices.strictest().is_some()
    };
    let genera: Vec<_> =
        backbone.taxa().filter(|taxon| backbone.rank(*taxon) == Rank::Genus).filter(is_listed).collect();
    let empty = genera.iter().filter(|genus| backbone.children(**genus).len() == 0).count();
    let mut health = NamesHealth {
        imported: None,
        imported_synonyms: None,
        beyond_shipped: None,
        damage: None,
        genera_without_species: empty,
        listed_genera: genera.len(),
    };
    let read = session.imported().and_then(|imported| match imported {
        None => Ok(None),
        Some(names) => Ok(Some((names.len()?, names.synonym_count()?, beyond(&names, backbone)?))),
    });
    match read {
        Ok(None) => {}
        Ok(Some((accepted, synonyms, beyond))) => {
            (health.imported, health.imported_synonyms) = (Some(accepted), Some(synonyms));
            health.beyond_shipped = Some(beyond);
        }
        Err(error) => health.damage = Some(format!("{error:#}")),
    }
    Ok(health)
}

fn beyond(names: &ImportedNames<'_>, backbone: &Backbone) -> Result<usize> {
    Ok(names.taxa()?.filter(|taxon| backbone.find(Some(taxon.kingdom), taxon.name).is_empty()).count())
}

fn packs(book: &LawBook) -> Result<Vec<PackHealth>> {
    let packs = book.packs()?.iter().map(|pack| PackHealth {
        id: pack.manifest().id.to_string(),
        name: pack.manifest().name_en.to_string(),
        checked: pack.manifest().checked,
        figures: pack
            .founding_figures()
            .into_iter()
            .map(|figure| Figure {
                what: figure.what.to_string(),
                stated: figure.founding,
                sourced: figure.sourced,
                note: figure.note.to_string(),
            })
            .collect(),
    });
    Ok(packs.collect())
}

impl Report {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "countrygate {}, law book {}, {}", self.version, short(self.edition), self.on)?;
        if self.edition != self.shipped_edition {
            writeln!(
                out,
                "tables of `--book` are laid over the shipped edition {}",
                short(self.shipped_edition)
            )?;
        }
        writeln!(
            out,
            "\n{:<40} {:>6}  {:<10}  {:<10}  not verified",
            "table", "rows", "compared", "oldest row"
        )?;
        for table in &self.tables {
            let day = |day: Option<Day>| day.map_or("-".to_owned(), |day| day.to_string());
            let own = if table.laid_over { " *" } else { "" };
            let path = format!("{}{own}", table.path);
            let (newest, oldest) = (day(table.checked_newest), day(table.checked_oldest));
            let open =
                if table.unverified.is_empty() { String::new() } else { table.unverified.len().to_string() };
            writeln!(out, "{path:<40} {:>6}  {newest:<10}  {oldest:<10}  {open}", table.rows)?;
        }
        if self.tables.iter().any(|table| table.laid_over) {
            writeln!(out, "* from the folder of `--book`")?;
        }
        self.write_counts(out)?;
        self.write_names(out)?;
        self.packs.iter().try_for_each(|pack| pack.write_text(out))?;
        writeln!(out)?;
        self.office.write_text(out)
    }

    fn write_counts(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let Counts {
            taxa,
            synonyms,
            entries,
            entries_in_force,
            annotations,
            suspensions,
            quotas,
            yearly_quotas,
            reservations,
            rules,
        } = self.counts;
        writeln!(
            out,
            "\n{taxa} taxa and {synonyms} synonyms; {entries} entries of the Appendices, {entries_in_force} of them in force"
        )?;
        writeln!(
            out,
            "{annotations} texts of annotations, {suspensions} suspensions, {reservations} reservations"
        )?;
        writeln!(
            out,
            "{quotas} quotas of the Appendices and the Conference, {yearly_quotas} published year by year; {rules} rules"
        )?;
        let unverified: usize = self.tables.iter().map(|table| table.unverified.len()).sum();
        writeln!(
            out,
            "{unverified} rows are not verified (from memory, or sources conflict); `--format json` names them"
        )
    }

    fn write_names(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let NamesHealth {
            imported,
            imported_synonyms,
            beyond_shipped,
            damage,
            genera_without_species,
            listed_genera,
        } = &self.names;
        writeln!(out)?;
        if let Some(damage) = damage {
            return writeln!(out, "the imported names cannot be used: {damage}");
        }
        if let (Some(imported), Some(synonyms), Some(beyond)) = (imported, imported_synonyms, beyond_shipped)
        {
            return writeln!(
                out,
                "{imported} names and {synonyms} synonyms are imported; {beyond} of the names are not in the shipped tables"
            );
        }
        writeln!(
            out,
            "no names are imported. Of {listed_genera} listed genera, {genera_without_species} have no species in the shipped"
        )?;
        writeln!(
            out,
            "tables: a name in them resolves to its genus. An import of the Index of CITES Species adds their species,"
        )?;
        writeln!(out, "synonyms and ranges: `countrygate data import FILE --data DIR`")
    }
}

impl PackHealth {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "\n{} ({}), compared {}", self.name, self.id, self.checked)?;
        for figure in &self.figures {
            let what = figure.what.replace('-', " ");
            let note = if figure.note.is_empty() { String::new() } else { format!(" ({})", figure.note) };
            match figure.sourced {
                Some(sourced) => writeln!(out, "  {sourced} sourced of {} {what}{note}", figure.stated)?,
                None => writeln!(out, "  {} {what} stated; no table counts them{note}", figure.stated)?,
            }
        }
        Ok(())
    }
}

fn short(edition: EditionId) -> String {
    edition.to_string().chars().take(12).collect()
}
