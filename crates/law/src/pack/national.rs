//! National protection: which class a species has in the pack's country.
//!
//! Source of truth: `national_list.csv`. The search goes from the taxon upwards and stops at the first
//! entry that surely holds; entries for wild populations, sections of a genus and parts of a taxon leave
//! the class open where the declaration does not decide. A day before the list began is open altogether.

use std::collections::{BTreeMap, BTreeSet};

use cites::{Day, Kingdom, Span, TaxonId};
use smallvec::SmallVec;
use species::{Backbone, Placement};

use super::asked::Asked;
use super::fit::Fit;
use super::tables::{Layer, Origin, PackTables, origin, refuse_overlaps, word};
use super::taxon::{Names, PackTaxon, any, read_names};
use crate::bars::{span, unknown_taxon};
use crate::rule::{Fact, FactSet, NationalClass};
use crate::table::{Row, TableError};

const TABLE: &str = "national_list.csv";
const COLUMNS: [&str; 12] = [
    "kingdom",
    "taxon",
    "rank",
    "class",
    "side",
    "scope",
    "section",
    "except_taxa",
    "name_zh",
    "part_of",
    "from",
    "until",
];

/// Who manages a species.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ManagingSide {
    /// Forestry and grassland.
    Forestry,
    /// Fishery.
    Fishery,
    /// Agriculture.
    Agriculture,
}

/// Which specimens an entry means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All.
    All,
    /// Wild populations, or plants growing wild.
    Wild,
    /// Populations of inland waters.
    Landlocked,
}

/// One entry of a national list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalEntry {
    /// Animals, or plants with what the list counts among them.
    pub kingdom: Kingdom,
    /// The taxon.
    pub taxon: PackTaxon,
    /// First or second class.
    pub class: NationalClass,
    /// Who manages it.
    pub side: ManagingSide,
    /// Which specimens are meant.
    pub scope: Scope,
    /// The section of the genus that is meant; empty the whole.
    pub section: Box<str>,
    /// The list's own words on what is meant.
    pub scope_note: Box<str>,
    /// Taxa below it that are not meant.
    pub except: Box<[PackTaxon]>,
    /// Those of them that have no entry of their own: only they can leave the class of the whole open.
    unlisted: Box<[PackTaxon]>,
    /// The wider taxon of the Checklist of which this one is only a part.
    pub part_of: Option<PackTaxon>,
    /// The name as the list writes it.
    pub as_listed: Box<str>,
    /// The name in the language of the country.
    pub name_zh: Box<str>,
    /// Its days.
    pub span: Span,
    /// Where the row comes from.
    pub origin: Origin,
}

/// The national class of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct National<'p> {
    /// The classes that are possible, each once; one alone is certain.
    pub possible: SmallVec<[NationalClass; 4]>,
    /// The entries that say so, the certain one first.
    pub entries: SmallVec<[&'p NationalEntry; 4]>,
    /// What would decide.
    pub missing: FactSet,
    /// Whether the pack holds a list for the day; if not, every class is possible.
    pub held: bool,
}

/// The entries of a pack, with the taxa they hang on.
#[derive(Debug, Clone, Default)]
pub struct NationalList {
    entries: Vec<NationalEntry>,
    /// Entries of a taxon's own.
    own: Hung,
    /// Entries for a part of the taxon.
    parts: Hung,
    /// Entries for a taxon below.
    below: Hung,
    /// First day of the list for the animals or plants, by the root of the tree.
    begins: BTreeMap<TaxonId, Day>,
}

impl NationalList {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> NationalList {
        let entries = tables.rows(TABLE, &COLUMNS, errors, |row| entry(row, backbone));
        let keyed = entries
            .iter()
            .map(|entry| ((entry.taxon.name(), &*entry.section), entry.span, entry.origin.line));
        refuse_overlaps(&tables.path(TABLE), keyed, errors);
        let listed: BTreeSet<TaxonId> = entries.iter().filter_map(|entry| entry.taxon.id()).collect();
        let mut list = NationalList::default();
        let mut maps = Maps::default();
        for mut entry in entries {
            let is_unlisted = |taxon: &&PackTaxon| taxon.id().is_none_or(|id| !listed.contains(&id));
            entry.unlisted = entry.except.iter().filter(is_unlisted).cloned().collect();
            list.hang(entry, &mut maps);
        }
        [list.own, list.parts, list.below] =
            [maps.own, maps.parts, maps.below].map(|map| Hung::of(&map, backbone.len()));
        list
    }

    fn hang(&mut self, entry: NationalEntry, maps: &mut Maps) {
        let number = self.entries.len() as u32;
        let whole = entry.part_of.as_ref().and_then(PackTaxon::id);
        for (depth, taxon) in entry.taxon.lineage().iter().enumerate() {
            // A name that the tree holds for the whole taxon hangs there as a part only.
            let map = if depth > 0 { &mut maps.below } else { &mut maps.own };
            if depth > 0 || Some(*taxon) != whole {
                map.entry(*taxon).or_default().push(number);
            }
        }
        if let Some(whole) = whole {
            maps.parts.entry(whole).or_default().push(number);
        }
        if let Some(root) = entry.taxon.lineage().last() {
            let first = self.begins.entry(*root).or_insert(entry.span.from);
            *first = entry.span.from.min(*first);
        }
        self.entries.push(entry);
    }

    /// Every entry, in the order of the table.
    pub fn entries(&self) -> &[NationalEntry] {
        &self.entries
    }

    /// The entries of a kingdom.
    pub(super) fn entries_of(&self, kingdom: Kingdom) -> impl Iterator<Item = &NationalEntry> {
        self.entries.iter().filter(move |entry| entry.kingdom == kingdom)
    }

    /// The class of what is asked.
    pub(super) fn class(&self, asked: &Asked<'_>) -> National<'_> {
        let root = asked.lineage.last();
        let held = root.and_then(|root| self.begins.get(root)).is_some_and(|first| *first <= asked.on);
        if !held {
            return National {
                possible: every_class(),
                entries: SmallVec::new(),
                missing: FactSet::EMPTY,
                held,
            };
        }
        let mut search = Search { asked, sure: None, open: SmallVec::new(), missing: FactSet::EMPTY };
        for taxon in asked.lineage {
            let mut speaks = false;
            for entry in self.of(&self.own, *taxon, asked.on) {
                speaks |= search.own(entry);
            }
            if search.sure.is_some() {
                break;
            }
            for entry in self.of(&self.parts, *taxon, asked.on) {
                search.offer(entry, entry.fits(asked).weaken(Fact::Taxon));
            }
            // What the list says of a taxon itself decides; what it says of wider ones, or of other parts of
            // them, is not about it.
            if speaks {
                break;
            }
        }
        if let (Some(first), true) = (asked.lineage.first(), asked.placement != Placement::KnownMember) {
            for entry in self.of(&self.below, *first, asked.on) {
                search.offer(entry, entry.fits(asked).weaken(Fact::Taxon));
            }
        }
        search.answer()
    }

    fn of<'p>(&'p self, hung: &'p Hung, taxon: TaxonId, on: Day) -> impl Iterator<Item = &'p NationalEntry> {
        let entries = hung.numbers_of(taxon).iter().filter_map(|number| self.entries.get(*number as usize));
        entries.filter(move |entry| entry.span.contains(on))
    }
}

/// Entries by taxon, while they are read.
#[derive(Default)]
struct Maps {
    own: BTreeMap<TaxonId, Vec<u32>>,
    parts: BTreeMap<TaxonId, Vec<u32>>,
    below: BTreeMap<TaxonId, Vec<u32>>,
}

/// The numbers of the entries that hang on each taxon.
#[derive(Debug, Clone, Default)]
struct Hung {
    /// For each taxon of the tree, where its numbers begin; one more at the end.
    begins: Vec<u32>,
    numbers: Vec<u32>,
}

impl Hung {
    fn of(map: &BTreeMap<TaxonId, Vec<u32>>, taxa: usize) -> Hung {
        let mut hung = Hung { begins: Vec::with_capacity(taxa + 1), numbers: Vec::new() };
        for taxon in (0..taxa as u32).map(TaxonId) {
            hung.begins.push(hung.numbers.len() as u32);
            hung.numbers.extend(map.get(&taxon).into_iter().flatten());
        }
        hung.begins.push(hung.numbers.len() as u32);
        hung
    }

    #[inline]
    fn numbers_of(&self, taxon: TaxonId) -> &[u32] {
        let at = taxon.0 as usize;
        let ends = self.begins.get(at).zip(self.begins.get(at + 1));
        let own = ends.and_then(|(from, until)| self.numbers.get(*from as usize..*until as usize));
        own.unwrap_or_default()
    }
}

fn every_class() -> SmallVec<[NationalClass; 4]> {
    NationalClass::ALL.iter().copied().collect()
}

impl NationalEntry {
    /// Whether the specimens asked about are those the entry means.
    pub(crate) fn fits(&self, asked: &Asked<'_>) -> Fit {
        let scope = match self.scope {
            Scope::All => Fit::YES,
            Scope::Wild => asked.is_wild(),
            Scope::Landlocked => Fit::lacks(Fact::Origin),
        };
        if self.section.is_empty() { scope } else { scope.weaken(Fact::Taxon) }
    }
}

/// A search through the lineage of what is asked.
struct Search<'a, 'p> {
    asked: &'a Asked<'a>,
    sure: Option<&'p NationalEntry>,
    open: SmallVec<[&'p NationalEntry; 4]>,
    missing: FactSet,
}

impl<'p> Search<'_, 'p> {
    /// An entry that hangs on the taxon or above it; whether it speaks of what is asked, and does not leave it
    /// out.
    fn own(&mut self, entry: &'p NationalEntry) -> bool {
        if any(&entry.except, self.asked).is_yes() {
            return false;
        }
        let excepted = any(&entry.unlisted, self.asked);
        self.offer(entry, entry.fits(self.asked).and(excepted.negate()));
        true
    }

    fn offer(&mut self, entry: &'p NationalEntry, fit: Fit) {
        if fit.is_yes() {
            self.sure = self.sure.or(Some(entry));
        } else if !fit.is_no() && !self.open.iter().any(|known| std::ptr::eq(*known, entry)) {
            self.open.push(entry);
            self.missing = self.missing.union(fit.missing);
        }
    }

    fn answer(self) -> National<'p> {
        let certain = self.sure.map_or(NationalClass::Nowhere, |entry| entry.class);
        let mut possible = SmallVec::from_slice(&[certain]);
        for entry in &self.open {
            if !possible.contains(&entry.class) {
                possible.push(entry.class);
            }
        }
        let missing = if possible.len() > 1 { self.missing } else { FactSet::EMPTY };
        let entries = self.sure.into_iter().chain(self.open).collect();
        National { possible, entries, missing, held: true }
    }
}

fn entry(row: &Row<'_>, backbone: &Backbone) -> Result<NationalEntry, TableError> {
    let kingdom: Kingdom = row.parsed("kingdom")?;
    let name = row.needed("taxon")?;
    let taxon = PackTaxon::find(backbone, kingdom, name);
    if taxon.lineage().is_empty() {
        return Err(row.fault("taxon", &unknown_taxon(name)));
    }
    let part_of = row.get("part_of");
    Ok(NationalEntry {
        kingdom,
        taxon,
        class: word(row, "class", class, "I, II")?,
        side: word(row, "side", side, "forestry, fishery, agriculture")?,
        scope: word(row, "scope", scope, "wild, landlocked, or nothing for all")?,
        section: row.get("section").into(),
        scope_note: row.get("scope_note").into(),
        except: read_names(row, "except_taxa", row.get("except_taxa"), kingdom, backbone, Names::Free)?,
        unlisted: Box::default(),
        part_of: (!part_of.is_empty()).then(|| PackTaxon::find(backbone, kingdom, part_of)),
        as_listed: row.get("as_listed").into(),
        name_zh: row.get("name_zh").into(),
        span: span(row)?,
        origin: origin(row, Layer::Pack)?,
    })
}

fn class(word: &str) -> Option<NationalClass> {
    match word {
        "I" => Some(NationalClass::One),
        "II" => Some(NationalClass::Two),
        _ => None,
    }
}

fn side(word: &str) -> Option<ManagingSide> {
    match word {
        "forestry" => Some(ManagingSide::Forestry),
        "fishery" => Some(ManagingSide::Fishery),
        "agriculture" => Some(ManagingSide::Agriculture),
        _ => None,
    }
}

fn scope(word: &str) -> Option<Scope> {
    match word {
        "" => Some(Scope::All),
        "wild" => Some(Scope::Wild),
        "landlocked" => Some(Scope::Landlocked),
        _ => None,
    }
}
