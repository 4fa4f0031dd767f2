//! The exceptions of a suspension, as its cell writes them.
//!
//! Source of truth: the notifications, in the column `exceptions`. Exceptions stand between `;`. Each is a
//! list of tests between `&`, all of which must fit: `taxon=NAME` (or `NAME|NAME`), `terms=`, `sources=`,
//! `purposes=` (codes, as in the columns), `appendix=I III`. An `if=words` test is one that no field of a
//! declaration decides; an exception with it is never sure. No species stands in code.

use cites::{Appendix, AppendixSet, Kingdom, PurposeSet, SourceSet, TermSet};
use species::Backbone;

use super::missing::{Missing, Test};
use super::movement::Movement;
use super::table::{code_set, unknown_taxon};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

/// What is outside a suspension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    taxa: Box<[ListedTaxon]>,
    terms: TermSet,
    sources: SourceSet,
    purposes: PurposeSet,
    appendices: Option<AppendixSet>,
    condition: Option<Box<str>>,
    written: Box<str>,
}

impl Exception {
    /// The exception as the table writes it.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The condition that no field decides, in the words of the table.
    pub fn condition(&self) -> Option<&str> {
        self.condition.as_deref()
    }

    /// Whether the movement is outside.
    pub(crate) fn frees(&self, movement: &Movement<'_>) -> Test {
        let taxon = self.taxa.iter().map(|taxon| taxon.holds(movement.lineage)).fold(Test::NotMet, Test::or);
        let taxon = if self.taxa.is_empty() { Test::Met } else { taxon };
        let condition = if self.condition.is_some() { Test::lacks(Missing::Condition) } else { Test::Met };
        taxon
            .and(movement.terms_in(self.terms))
            .and(movement.sources_in(self.sources))
            .and(movement.purposes_in(self.purposes))
            .and(self.appendix(movement.appendices))
            .and(condition)
    }

    fn appendix(&self, told: AppendixSet) -> Test {
        let Some(wanted) = self.appendices else { return Test::Met };
        let mut fits = told.iter().map(|appendix| wanted.contains(appendix));
        match fits.next() {
            None => Test::lacks(Missing::Appendix),
            Some(first) if fits.all(|other| other == first) => Test::told(Some(first), Missing::Appendix),
            Some(_) => Test::lacks(Missing::Appendix),
        }
    }
}

/// Reads the cell `exceptions` of a row.
pub(crate) fn read(row: &Row<'_>, backbone: &Backbone) -> Result<Box<[Exception]>, TableError> {
    let items = row.get("exceptions").split(';').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| exception(row, item, backbone)).collect()
}

fn exception(row: &Row<'_>, item: &str, backbone: &Backbone) -> Result<Exception, TableError> {
    let mut exception = Exception {
        taxa: Box::default(),
        terms: TermSet::ALL,
        sources: SourceSet::ALL,
        purposes: PurposeSet::ALL,
        appendices: None,
        condition: None,
        written: item.into(),
    };
    for test in item.split('&').map(str::trim) {
        add(&mut exception, test, backbone).map_err(|problem| row.fault("exceptions", &problem))?;
    }
    Ok(exception)
}

fn add(exception: &mut Exception, test: &str, backbone: &Backbone) -> Result<(), String> {
    let Some((key, value)) = test.split_once('=') else { return Err(unknown(test)) };
    let value = value.trim();
    match key.trim() {
        "taxon" => exception.taxa = taxa(value, backbone)?,
        "terms" => exception.terms = code_set(value).map_err(told)?,
        "sources" => exception.sources = code_set(value).map_err(told)?,
        "purposes" => exception.purposes = code_set(value).map_err(told)?,
        "appendix" => {
            let appendices = value.split_whitespace().map(str::parse::<Appendix>);
            exception.appendices = Some(appendices.collect::<Result<_, _>>().map_err(told)?);
        }
        "if" => exception.condition = Some(value.into()),
        _ => return Err(unknown(test)),
    }
    Ok(())
}

fn taxa(names: &str, backbone: &Backbone) -> Result<Box<[ListedTaxon]>, String> {
    names.split('|').map(|name| find(name.trim(), backbone)).collect()
}

fn find(name: &str, backbone: &Backbone) -> Result<ListedTaxon, String> {
    let kingdoms = [Kingdom::Animalia, Kingdom::Plantae].into_iter();
    let mut found = kingdoms.filter_map(|kingdom| ListedTaxon::find_or_below(backbone, kingdom, name));
    match (found.next(), found.next()) {
        (Some(taxon), None) => Ok(taxon),
        _ => Err(unknown_taxon(name)),
    }
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn unknown(test: &str) -> String {
    format!(
        "`{test}` is not an exception; write taxon=, terms=, sources=, purposes=, appendix= or if=, joined by &"
    )
}
