//! One record of the comparative tabulation.
//!
//! Source of truth: the 16 columns of the CITES Trade Database, which never change their order.

use anyhow::{Context, Result};
use border::record::{Recorded, Traded};
use cites::{Purpose, Term};
use species::Hint;

/// One record.
pub struct Row<'r> {
    pub year: i16,
    pub recorded: Recorded,
    pub taxon: &'r str,
    pub hint: Hint<'r>,
    /// Importer, exporter, origin, as written.
    states: [&'r str; 3],
    /// Kind of specimen, purpose, source, as written.
    kind: [&'r str; 3],
    pub traded: Traded,
}

impl<'r> Row<'r> {
    /// Reads a record.
    ///
    /// # Errors
    /// Year, Appendix or kind of specimen cannot be read: the download is not what it was.
    pub fn read(record: &'r csv::StringRecord) -> Result<Row<'r>> {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let purpose: Option<Purpose> = cell(14).parse().ok();
        let traded = Traded {
            importer: cell(7).parse().ok(),
            exporter: cell(8).parse().ok(),
            origin: cell(9).parse().ok(),
            term: Some(
                Term::from_trade_name(cell(12)).with_context(|| format!("`{}` is no term", cell(12)))?,
            ),
            source: cell(15).parse().ok(),
            quantity: None,
            // A side that reports no amount reports no purpose.
            purpose_import: purpose.filter(|_| !cell(10).is_empty()),
            purpose_export: purpose.filter(|_| !cell(11).is_empty()),
        };
        Ok(Row {
            year: cell(0).parse().with_context(|| format!("`{}` is no year", cell(0)))?,
            recorded: cell(1).parse()?,
            taxon: cell(2),
            hint: Hint { kingdom: None, class: cell(3), order: cell(4), family: cell(5), genus: cell(6) },
            states: [cell(7), cell(8), cell(9)],
            kind: [cell(12), cell(14), cell(15)],
            traded,
        })
    }

    /// The record in one line; `number` tells it from records that differ in nothing but their amounts.
    pub fn written(&self, number: usize) -> String {
        let [importer, exporter, origin] = self.states;
        let of = if origin.is_empty() { String::new() } else { format!(" of {origin}") };
        let known = self.kind.iter().filter(|word| !word.is_empty());
        let kind = known.copied().collect::<Vec<_>>().join(" ");
        let again = if number > 1 { format!(" ({number})") } else { String::new() };
        format!("{} {}: {exporter} to {importer}{of}; {kind}{again}", self.taxon, self.year)
    }

    /// The name with what tells it from others.
    pub fn key(&self) -> String {
        let Hint { class, order, family, genus, .. } = self.hint;
        [self.taxon, class, order, family, genus].join("\t")
    }
}
