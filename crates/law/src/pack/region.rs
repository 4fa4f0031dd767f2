//! What a region pack knows of its region: neighbours, agencies, reserves, species.
//!
//! Source of truth: `neighbours.csv`, `agencies.csv`, `reserves.csv`, `species.csv`. An agency that is only
//! plausible is told apart from a documented one; a species says on what evidence it is called native.

use cites::{Country, Kingdom, TermSet};
use species::Backbone;

use super::port::yes_or_no;
use super::tables::{Layer, Origin, PackTables, origin, word};
use super::taxon::PackTaxon;
use crate::bars::codes;
use crate::table::{Row, TableError};

/// A State that borders the region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// The State.
    pub country: Country,
    /// Whether a port with it is open at all.
    pub has_ports: bool,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// An agency of the coordination group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its id.
    pub id: Box<str>,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
    /// What it does.
    pub role: Box<str>,
    /// Whether a source names it as a member; otherwise it is only plausible.
    pub documented: bool,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A nature reserve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Whether it is national; otherwise regional.
    pub national: bool,
    /// What it protects, where its name says so.
    pub protects: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A species of the region's trade or nature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSpecies {
    /// The taxon.
    pub taxon: PackTaxon,
    /// The kingdom.
    pub kingdom: Kingdom,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Whether it is in trade.
    pub in_trade: bool,
    /// As what it is traded.
    pub trade_terms: TermSet,
    /// Whether it lives in the region; `None` where not known.
    pub native: Option<bool>,
    /// On what evidence.
    pub evidence: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct RegionFacts {
    /// The neighbours.
    pub neighbours: Vec<Neighbour>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The reserves.
    pub reserves: Vec<Reserve>,
    /// The species.
    pub species: Vec<RegionSpecies>,
}

impl RegionFacts {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> RegionFacts {
        RegionFacts {
            neighbours: tables.rows("neighbours.csv", &["country", "ports", "note"], errors, neighbour),
            agencies: tables.rows(
                "agencies.csv",
                &["id", "name_zh", "name_en", "documented"],
                errors,
                agency,
            ),
            reserves: tables.rows("reserves.csv", &["name_zh", "level", "protects"], errors, reserve),
            species: tables.rows("species.csv", &["kingdom", "taxon", "in_trade", "native"], errors, |row| {
                region_species(row, backbone)
            }),
        }
    }
}

fn neighbour(row: &Row<'_>) -> Result<Neighbour, TableError> {
    let ports = |word: &str| match word {
        "yes" => Some(true),
        "none" => Some(false),
        _ => None,
    };
    Ok(Neighbour {
        country: row.parsed("country")?,
        has_ports: word(row, "ports", ports, "yes, none")?,
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

fn agency(row: &Row<'_>) -> Result<Agency, TableError> {
    Ok(Agency {
        id: row.needed("id")?.into(),
        name_zh: row.needed("name_zh")?.into(),
        name_en: row.needed("name_en")?.into(),
        role: row.get("role").into(),
        documented: word(row, "documented", yes_or_no, "yes, no")?,
        origin: origin(row, Layer::Pack)?,
    })
}

fn reserve(row: &Row<'_>) -> Result<Reserve, TableError> {
    let national = |word: &str| match word {
        "national" => Some(true),
        "regional" => Some(false),
        _ => None,
    };
    Ok(Reserve {
        name_zh: row.needed("name_zh")?.into(),
        national: word(row, "level", national, "national, regional")?,
        protects: row.get("protects").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

fn region_species(row: &Row<'_>, backbone: &Backbone) -> Result<RegionSpecies, TableError> {
    let kingdom = row.parsed("kingdom")?;
    let native = |word: &str| match word {
        "unknown" => Some(None),
        word => yes_or_no(word).map(Some),
    };
    let in_trade = word(row, "in_trade", yes_or_no, "yes, no")?;
    Ok(RegionSpecies {
        taxon: PackTaxon::find(backbone, kingdom, row.needed("taxon")?),
        kingdom,
        name_zh: row.get("name_zh").into(),
        in_trade,
        trade_terms: if row.get("trade_terms").is_empty() {
            TermSet::EMPTY
        } else {
            codes(row, "trade_terms")?
        },
        native: word(row, "native", native, "yes, no, unknown")?,
        evidence: row.get("evidence").into(),
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}
