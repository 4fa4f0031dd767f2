//! How an approval runs in the pack's country, who decides, and what quarantine asks for.
//!
//! Source of truth: `approval.csv`, `delegation.csv`, `quarantine.csv`, `list_effect.csv`, `exemptions.csv`,
//! `livestock.csv`. Told to an applicant or officer; the rules that bind a line are the pack's rules.

use cites::{Day, DocumentKind, Kingdom, Place, Span};
use species::Backbone;

use super::asked::Asked;
use super::fit::Fit;
use super::tables::{Layer, Origin, PackTables, origin, word};
use super::taxon::{Names, PackTaxa, PackTaxon, read_names};
use crate::bars::span;
use crate::table::{Row, TableError};

/// A step of an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalStep {
    /// Its name.
    pub step: Box<str>,
    /// Its place in the order; steps of the same place are alternatives.
    pub position: u8,
    /// Export, import or all.
    pub direction: Box<str>,
    /// Forestry, fishery, agriculture or all.
    pub side: Box<str>,
    /// Who acts.
    pub actor_en: Box<str>,
    /// Who acts, in the language of the country.
    pub actor_zh: Box<str>,
    /// What is done.
    pub action: Box<str>,
    /// Working days allowed; `None` where the law sets no clock.
    pub days: Option<u16>,
    /// Days that may be added.
    pub more_days: Option<u16>,
    /// From when the days count.
    pub counted_from: Box<str>,
    /// What must be there.
    pub needs: Box<str>,
    /// The clause.
    pub clause: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A group of taxa for which decisions are kept by, or given to, an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Whether the group was kept out of a delegation to provinces.
    pub excluded: bool,
    /// The group.
    pub taxa: Box<[PackTaxon]>,
    /// Who decides.
    pub authority: Box<str>,
    /// Its days.
    pub span: Span,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A paper that quarantine asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinePaper {
    /// Its id.
    pub id: Box<str>,
    /// Import or transit.
    pub direction: Box<str>,
    /// Animals, plants, or both.
    pub kingdom: Option<Kingdom>,
    /// `live`, `dead`, or empty for both.
    pub state: Box<str>,
    /// The paper.
    pub document: DocumentKind,
    /// What it needs beside.
    pub needs: Box<str>,
    /// The clause.
    pub clause: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// The day on which something of the Convention takes effect in the pack's country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEffect {
    /// What.
    pub event: Box<str>,
    /// `appendices` or `equivalence`.
    pub kind: Box<str>,
    /// The day under the Convention.
    pub cites_from: Option<Day>,
    /// The day in the country; `None` where it was not found.
    pub own_from: Option<Day>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// Whether a place exempts personal effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The place.
    pub place: Place,
    /// `Some(false)`: it does not; `Some(true)`: as the Conference resolved; `None`: not found.
    pub personal_effects: Option<bool>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A form kept as livestock, for which the law on livestock holds beside the Convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Livestock {
    /// The taxon.
    pub taxa: PackTaxa,
    /// For what it is kept.
    pub use_of: Box<str>,
    /// Its days.
    pub span: Span,
    /// Where the row comes from.
    pub origin: Origin,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Procedures {
    /// The steps of an approval, in order.
    pub approval: Vec<ApprovalStep>,
    /// Groups kept by or given to an authority.
    pub delegations: Vec<Delegation>,
    /// Papers of quarantine.
    pub quarantine: Vec<QuarantinePaper>,
    /// Days of effect.
    pub effects: Vec<ListEffect>,
    /// Personal effects.
    pub exemptions: Vec<Exemption>,
    /// Livestock.
    pub livestock: Vec<Livestock>,
}

impl Procedures {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> Procedures {
        let mut approval =
            tables.rows("approval.csv", &["step", "position", "action", "days"], errors, approval_step);
        approval.sort_by_key(|step| step.position);
        Procedures {
            approval,
            delegations: read_delegations(tables, Layer::Pack, backbone, errors),
            quarantine: tables.rows(
                "quarantine.csv",
                &["id", "direction", "document"],
                errors,
                quarantine_paper,
            ),
            effects: read_effects(tables, Layer::Pack, errors),
            exemptions: tables.rows("exemptions.csv", &["place", "personal_effects"], errors, exemption),
            livestock: tables
                .rows("livestock.csv", &["kingdom", "taxon", "use"], errors, |row| livestock(row, backbone)),
        }
    }

    /// The delegations in force on the day that hold or may hold for what is asked.
    pub fn delegations_of<'p>(&'p self, asked: &'p Asked<'_>) -> impl Iterator<Item = (&'p Delegation, Fit)> {
        let in_force = self.delegations.iter().filter(|row| row.span.contains(asked.on));
        let fits = in_force.map(|row| (row, super::taxon::any(&row.taxa, asked)));
        fits.filter(|(_, fit)| !fit.is_no())
    }
}

fn approval_step(row: &Row<'_>) -> Result<ApprovalStep, TableError> {
    Ok(ApprovalStep {
        step: row.needed("step")?.into(),
        position: row.parsed("position")?,
        direction: row.get("direction").into(),
        side: row.get("side").into(),
        actor_en: row.get("actor_en").into(),
        actor_zh: row.get("actor_zh").into(),
        action: row.needed("action")?.into(),
        days: row.optional("days")?,
        more_days: row.optional("more_days")?,
        counted_from: row.get("counted_from").into(),
        needs: row.get("needs").into(),
        clause: row.get("clause").into(),
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

pub(super) fn read_delegations(
    tables: &PackTables<'_>,
    layer: Layer,
    backbone: &Backbone,
    errors: &mut Vec<TableError>,
) -> Vec<Delegation> {
    tables.rows("delegation.csv", &["kind", "kingdom", "taxon", "authority", "from"], errors, |row| {
        let kingdom = row.parsed("kingdom")?;
        let kind = |word: &str| match word {
            "excluded" => Some(true),
            "delegated" => Some(false),
            _ => None,
        };
        Ok(Delegation {
            excluded: word(row, "kind", kind, "excluded, delegated")?,
            taxa: read_names(row, "taxon", row.needed("taxon")?, kingdom, backbone, Names::InTree)?,
            authority: row.needed("authority")?.into(),
            span: span(row)?,
            note: row.get("note").into(),
            origin: origin(row, layer)?,
        })
    })
}

pub(super) fn read_effects(
    tables: &PackTables<'_>,
    layer: Layer,
    errors: &mut Vec<TableError>,
) -> Vec<ListEffect> {
    tables.rows("list_effect.csv", &["event", "kind", "cites_from", "cn_published_from"], errors, |row| {
        Ok(ListEffect {
            event: row.needed("event")?.into(),
            kind: row.needed("kind")?.into(),
            cites_from: row.optional("cites_from")?,
            own_from: row.optional("cn_published_from")?,
            note: row.get("note").into(),
            origin: origin(row, layer)?,
        })
    })
}

fn quarantine_paper(row: &Row<'_>) -> Result<QuarantinePaper, TableError> {
    Ok(QuarantinePaper {
        id: row.needed("id")?.into(),
        direction: row.needed("direction")?.into(),
        kingdom: row.optional("kingdom")?,
        state: row.get("state").into(),
        document: row.parsed("document")?,
        needs: row.get("needs").into(),
        clause: row.get("clause").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

fn exemption(row: &Row<'_>) -> Result<Exemption, TableError> {
    let known = |word: &str| match word {
        "none" => Some(Some(false)),
        "conf-13.7" => Some(Some(true)),
        "unknown" => Some(None),
        _ => None,
    };
    Ok(Exemption {
        place: row.parsed("place")?,
        personal_effects: word(row, "personal_effects", known, "none, conf-13.7, unknown")?,
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

fn livestock(row: &Row<'_>, backbone: &Backbone) -> Result<Livestock, TableError> {
    let kingdom = row.parsed("kingdom")?;
    let taxa = read_names(row, "taxon", row.needed("taxon")?, kingdom, backbone, Names::Free)?;
    Ok(Livestock {
        taxa: PackTaxa { taxa, except: Box::default() },
        use_of: row.get("use").into(),
        span: span(row)?,
        origin: origin(row, Layer::Pack)?,
    })
}
