//! `countrygate law diff`: what changed between two days, and whom it concerns.

mod regions;
mod text;

use std::io::Write;

use anyhow::{Result, bail};
use cites::{Day, EditionId, TaxonId};
use law::book::{Change, Kind, LawBook};
use serde::Serialize;
use wording::change::{self, ChangeView};

use crate::arguments::{DiffArguments, Format};
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;
use regions::RegionView;

/// Everything that changed.
#[derive(Debug, Serialize)]
struct Diff {
    edition: EditionId,
    from: Day,
    to: Day,
    changes: Vec<ChangeView>,
    /// Yearly quotas that differ and are not shown.
    yearly_quotas_left_out: usize,
    regions: Vec<RegionView>,
}

const COLUMNS: [&str; 13] = [
    "day",
    "kind",
    "taxon",
    "country",
    "annotation",
    "ended",
    "began",
    "verified",
    "regions",
    "nature",
    "before",
    "after",
    "words",
];

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
    nature: &'c str,
    before: String,
    after: String,
    words: &'c str,
}

/// Answers what changed.
///
/// # Errors
/// The book has a fault, a taxon or region is not known, or the output ends early.
pub fn run(session: &Session, arguments: &DiffArguments, out: &mut dyn Write) -> Result<Exit> {
    let (from, to) = (arguments.from.min(arguments.to), arguments.from.max(arguments.to));
    let book = &session.book;
    let mut changes = book.changes(from, to)?;
    let kept = Kept::of(session, arguments)?;
    changes.retain(|change| kept.has(book, change, to));
    let left_out = changes.len();
    changes.retain(|change| kept.has_yearly || change.about.kind() != Kind::YearlyQuota);
    let diff = Diff {
        edition: book.edition(),
        from,
        to,
        yearly_quotas_left_out: left_out - changes.len(),
        regions: regions::of(book, &changes, to)?,
        changes: changes.iter().map(|one| change::of(book, one)).collect::<Result<_, _>>()?,
    };
    match session.format.unwrap_or(Format::Text) {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff)?;
            writeln!(out)?;
        }
        Format::Csv => diff.write_table(out)?,
        Format::Text => text::write(&diff, out)?,
    }
    Ok(Exit::Clear)
}

/// Which changes are shown.
struct Kept<'a> {
    kinds: &'a [crate::arguments::ChangeKind],
    taxa: Vec<TaxonId>,
    region: Option<Vec<TaxonId>>,
    has_yearly: bool,
}

impl<'a> Kept<'a> {
    fn of(session: &Session, arguments: &'a DiffArguments) -> Result<Kept<'a>> {
        let mut taxa = Vec::new();
        let imported = session.imported()?;
        let names = session.names(imported.as_ref());
        for written in &arguments.taxon {
            let resolution = names.resolve(written);
            let Some(taxon) = resolution.taxon else {
                bail!("`{written}` leads to no taxon; `countrygate species` shows what it may stand for");
            };
            taxa.push(taxon);
        }
        let region = arguments.region.as_deref().map(|region| regions::species(&session.book, region));
        let is_asked = |kind: &crate::arguments::ChangeKind| kind.0 == Kind::YearlyQuota;
        Ok(Kept {
            kinds: &arguments.kind,
            has_yearly: !taxa.is_empty() || arguments.kind.iter().any(is_asked),
            taxa,
            region: region.transpose()?,
        })
    }

    /// Whether a change is asked for: of its kind, and about a taxon that is, holds or lies below a named one.
    fn has(&self, book: &LawBook, change: &Change<'_>, to: Day) -> bool {
        let is_kind = self.kinds.is_empty() || self.kinds.iter().any(|kind| kind.0 == change.about.kind());
        let wanted: Vec<TaxonId> = self.taxa.iter().chain(self.region.iter().flatten()).copied().collect();
        if !is_kind || (self.taxa.is_empty() && self.region.is_none()) {
            return is_kind;
        }
        regions::taxa(book, change, to).iter().any(|taxon| {
            let related = |own: &TaxonId| {
                book.backbone().is_within(*own, *taxon) || book.backbone().is_within(*taxon, *own)
            };
            wanted.iter().any(related)
        })
    }
}

impl Diff {
    fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
        for (place, change) in self.changes.iter().enumerate() {
            let packs = self
                .regions
                .iter()
                .filter(|region| region.species.iter().any(|species| species.changes.contains(&place)));
            let appendices =
                |set: Option<cites::AppendixSet>| set.map_or(String::new(), |set| set.to_string());
            let row = TableRow {
                day: change.day,
                kind: change.kind,
                taxon: change.taxon.as_deref().unwrap_or(""),
                country: change.country.map_or(String::new(), |country| country.to_string()),
                annotation: change.annotation.as_deref().unwrap_or(""),
                ended: ChangeView::ids(&change.ended),
                began: ChangeView::ids(&change.began),
                verified: change.verified,
                regions: packs.map(|region| region.pack.as_str()).collect::<Vec<_>>().join(";"),
                nature: change.nature,
                before: appendices(change.before),
                after: appendices(change.after),
                words: &change.words,
            };
            rows.write(&row, |_| Ok(()))?;
        }
        rows.finish()
    }
}
