//! `countrygate data import`: takes in official downloads.
//!
//! Names of the Index are kept; listings, quotas and suspensions are compared with the book and rule nothing.

mod report;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cites::Day;
use law::book::Agreement;
use species::import::{self, IndexRow, OfficialFormat, Read};
use species::imported::NameSet;
use species::{ImportedNames, Names};

use crate::arguments::{Format, ImportArguments};
use crate::clock::today;
use crate::exit::Exit;
use crate::session::Session;
use report::{FileReport, Merged, NamesReport, Problem, Report, Row};

/// The longest download that is read: the Index of 2017 has 98 MB.
pub const DOWNLOAD_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Imports every file.
///
/// # Errors
/// A file cannot be read or is no official download, or the names cannot be written. Nothing is written then.
pub fn run(
    session: &Session,
    arguments: &ImportArguments,
    folder: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit> {
    let on = arguments.on.unwrap_or_else(today);
    let (mut names, imported) = known(session);
    let mut downloads = Vec::new();
    for file in &arguments.files {
        downloads.push(Download::read(file)?);
    }
    let mut merged = Vec::new();
    for download in &downloads {
        merged.push(download.index().map(|rows| Merged::from(names.merge(rows))));
    }
    let has_index = merged.iter().any(Option::is_some);
    let bytes = if has_index { species::write_joined(&names, session.book.backbone()) } else { Vec::new() };
    let kept = if has_index { Some(keep(folder, &bytes, &names)?) } else { None };
    let fresh = if has_index { Some(ImportedNames::open(&bytes)?) } else { None };
    let comparing = Comparing { session, names: session.names(fresh.as_ref().or(imported.as_ref())), on };
    let mut files = Vec::new();
    for (download, merged) in downloads.iter().zip(merged) {
        files.push(comparing.report(download, merged)?);
    }
    if has_index {
        session.keep();
    }
    let report = Report { on, files, names: kept };
    report.write(session.format.unwrap_or(Format::Text), out)?;
    Ok(report.exit())
}

/// The names that were imported before. Damaged ones are replaced, which is told.
fn known(session: &Session) -> (NameSet, Option<ImportedNames<'_>>) {
    let read = session.imported().and_then(|imported| match imported {
        Some(names) => Ok((names.to_set()?, Some(names))),
        None => Ok((NameSet::default(), None)),
    });
    read.unwrap_or_else(|error| {
        eprintln!("{error:#}; only what is imported now will be in it");
        (NameSet::default(), None)
    })
}

/// Writes the names in one step, unless they are there already.
fn keep(folder: Option<&Path>, bytes: &[u8], names: &NameSet) -> Result<NamesReport> {
    let Some(folder) = folder else { bail!("names are kept in a folder; add `--data DIR`") };
    std::fs::create_dir_all(folder).with_context(|| format!("making the folder `{}`", folder.display()))?;
    let path = crate::imported::path(folder);
    let is_same = std::fs::read(&path).is_ok_and(|known| known == bytes);
    if !is_same {
        crate::replace::file(&path, bytes).with_context(|| format!("writing `{}`", path.display()))?;
    }
    Ok(NamesReport {
        file: path.display().to_string(),
        accepted: names.len(),
        synonyms: names.synonym_count(),
        bytes: bytes.len(),
        written: !is_same,
    })
}

/// A file that was read.
struct Download {
    file: String,
    rows: Rows,
}

enum Rows {
    Index(Read<IndexRow>),
    Listings(Read<import::ListingRow>),
    Quotas(Read<import::QuotaRow>),
    Suspensions(Read<import::SuspensionRow>),
}

impl Download {
    fn read(path: &Path) -> Result<Download> {
        let file = path.display().to_string();
        let bytes =
            crate::files::read(path, DOWNLOAD_BYTES_MAX).with_context(|| format!("reading `{file}`"))?;
        let text = crate::text::whole(&bytes).with_context(|| format!("reading `{file}`"))?;
        let Some(format) = import::detect(&text) else {
            bail!(
                "`{file}` is no official download that is known; import the Index of CITES Species as CSV, or the listings, quotas or suspensions of Species+"
            );
        };
        let rows = match format {
            OfficialFormat::Index => import::index_csv(&text).map(Rows::Index),
            OfficialFormat::Listings => import::species_plus_listings_csv(&text).map(Rows::Listings),
            OfficialFormat::Quotas => import::quotas_csv(&text).map(Rows::Quotas),
            OfficialFormat::Suspensions => import::suspensions_csv(&text).map(Rows::Suspensions),
        };
        let rows = rows.with_context(|| format!("reading `{file}` as {format}"))?;
        Ok(Download { file, rows })
    }

    fn index(&self) -> Option<&[IndexRow]> {
        match &self.rows {
            Rows::Index(read) => Some(&read.rows),
            _ => None,
        }
    }
}

/// Compares downloads with the book.
struct Comparing<'s> {
    session: &'s Session,
    names: Names<'s>,
    on: Day,
}

impl Comparing<'_> {
    fn report(&self, download: &Download, merged: Option<Merged>) -> Result<FileReport> {
        let (book, names, on) = (&self.session.book, &self.names, self.on);
        let mut report = match &download.rows {
            Rows::Index(read) => self.rows(OfficialFormat::Index, read, |row| {
                let agreement = book.compare_listing(names, row.kingdom, &row.name.name, &row.listing, on)?;
                Ok((row.line, row.name.name.clone(), row.listing.clone(), agreement))
            }),
            Rows::Listings(read) => self.rows(OfficialFormat::Listings, read, |row| {
                let agreement = book.compare_listing(names, row.kingdom, &row.name.name, &row.listing, on)?;
                Ok((row.line, row.name.name.clone(), row.listing.clone(), agreement))
            }),
            Rows::Quotas(read) => self.rows(OfficialFormat::Quotas, read, |row| {
                Ok((row.line, row.taxon.clone(), quota_in_words(row), book.compare_quota(names, row)?))
            }),
            Rows::Suspensions(read) => self.rows(OfficialFormat::Suspensions, read, |row| {
                Ok((
                    row.line,
                    row.taxon.clone(),
                    suspension_in_words(row),
                    book.compare_suspension(names, row, on)?,
                ))
            }),
        }?;
        report.file.clone_from(&download.file);
        report.names = merged;
        Ok(report)
    }

    fn rows<T>(
        &self,
        format: OfficialFormat,
        read: &Read<T>,
        compare: impl Fn(&T) -> Result<(usize, String, String, Agreement)>,
    ) -> Result<FileReport> {
        let bar = crate::progress::over(Some(read.rows.len() as u64));
        let mut report = FileReport {
            file: String::new(),
            format: format.as_str(),
            rows: read.seen,
            read: read.rows.len(),
            problems: read.problems.iter().map(Problem::from).collect(),
            more_problems: read.more_problems,
            lost: read.lost,
            agreeing: 0,
            differing: Vec::new(),
            unknown: Vec::new(),
            names: None,
        };
        for row in &read.rows {
            let (line, taxon, told, agreement) = compare(row)?;
            match agreement {
                Agreement::Agrees => report.agreeing += 1,
                Agreement::Differs { book } => report.differing.push(Row { line, taxon, told, book }),
                Agreement::Unknown { why } => {
                    report.unknown.push(Row { line, taxon, told, book: why.to_owned() });
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(report)
    }
}

fn quota_in_words(row: &import::QuotaRow) -> String {
    let amount = match &row.amount {
        import::QuotaAmount::NotPublished => "none published".to_owned(),
        import::QuotaAmount::UpTo(amount) => format!("{amount} {}", row.unit).trim().to_owned(),
    };
    let year = row.year.map_or(String::new(), |year| format!(" in {year}"));
    format!("{}: {amount}{year}", row.party)
}

fn suspension_in_words(row: &import::SuspensionRow) -> String {
    let day = |day: Option<Day>| day.map_or("?".to_owned(), |day| day.to_string());
    let until = row.until.map_or(String::new(), |until| format!(" until {until}"));
    format!("{} from {}{until}", row.party, day(row.from))
}
