//! The backbone: the tree of taxa that the law names and everything above them, as shipped.
//!
//! Source of truth: `data/species/taxa.csv`, `synonyms.csv`, `vernacular.csv`, `domesticated.csv` and
//! `ranges.csv`. It answers what a name stands for and what lies above and below it. Whether a taxon is listed is
//! the business of `law`; names that are not written exactly are the business of [`crate::Names`].

mod build;

mod tree;
mod values;

pub use tree::{Children, Descendants, Lineage};

pub(crate) use values::read_kingdom;

use std::sync::OnceLock;

use cites::{CountrySet, Day, Kingdom, Rank, TaxonId};

use crate::domesticated::Domesticated;
use crate::exact::NameTable;
use crate::fold::Key;
use crate::hash::checksum;
use crate::near::NearIndex;
use crate::ranges::Ranges;

/// Whether a name is the one in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxonStatus {
    /// The name in use.
    Accepted,
    /// A name that law once used and nomenclature has left.
    Historic,
}

/// How one name came to stand for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SynonymKind {
    /// Nomenclature holds the two for one taxon.
    Synonym,
    /// The taxon bore this name until the day given, where it is known.
    Renamed(Option<Day>),
    /// Another way of writing the same name.
    Spelling,
    /// A name used in trade records only.
    Trade,
}

impl SynonymKind {
    /// A number for the kind and one for its day.
    pub(crate) const fn numbers(self) -> (u32, u32) {
        match self {
            SynonymKind::Synonym => (1, 0),
            SynonymKind::Spelling => (2, 0),
            SynonymKind::Trade => (3, 0),
            SynonymKind::Renamed(None) => (4, 0),
            SynonymKind::Renamed(Some(day)) => (Self::RENAMED_ON, day.days_since_1970().cast_unsigned()),
        }
    }

    /// The number of a renaming whose day is known: the only kind that has one.
    pub(crate) const RENAMED_ON: u32 = 5;

    /// The kind of these numbers; `None` where they are none.
    #[inline]
    pub(crate) fn from_numbers(kind: u32, day: u32) -> Option<SynonymKind> {
        match kind {
            1 => Some(SynonymKind::Synonym),
            2 => Some(SynonymKind::Spelling),
            3 => Some(SynonymKind::Trade),
            4 => Some(SynonymKind::Renamed(None)),
            Self::RENAMED_ON => Some(SynonymKind::Renamed(Day::from_days_since_1970(day.cast_signed()))),
            _ => None,
        }
    }
}

/// The version of the rules by which a name of two tables gets one answer. To be raised with every change of these
/// rules, since files of imported names keep answers.
const ANSWERS: u64 = 1;

/// A language of common names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese, `zh`.
    Chinese,
    /// English, `en`.
    English,
    /// Russian, `ru`.
    Russian,
}

impl Language {
    /// The languages of the tables.
    pub const ALL: [Language; 3] = [Language::Chinese, Language::English, Language::Russian];

    /// The two letters of ISO 639-1.
    pub const fn as_str(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
            Language::Russian => "ru",
        }
    }

    fn read(text: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.as_str() == text)
    }
}

/// The shipped tree of taxa with their names.
#[derive(Debug)]
pub struct Backbone {
    /// The letters of all names: taxa, then synonyms.
    letters: String,
    /// Where each name starts in `letters`; one more than there are names.
    starts: Vec<u32>,
    /// The lines of exact look-up.
    exact: Vec<u32>,
    /// One a taxon.
    taxa: Vec<Taxon>,
    /// One a synonym; the name of the synonym at 0 is numbered `taxa.len()`.
    synonyms: Vec<Synonym>,
    /// Where the children of each taxon start in `children`.
    children_starts: Vec<u32>,
    children: Vec<u32>,
    vernacular: Vernacular,
    domesticated: Vec<Domesticated>,
    ranges: Ranges,
    near: OnceLock<NearIndex>,
    fingerprint: OnceLock<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Taxon {
    /// The next higher taxon; the taxon itself at the top.
    parent: u32,
    kingdom: Kingdom,
    rank: Rank,
    status: TaxonStatus,
}

/// A name that stands for a taxon of the backbone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Synonym {
    pub taxon: TaxonId,
    pub kind: SynonymKind,
}

/// Common names, ordered by taxon and language.
#[derive(Debug, Default)]
struct Vernacular {
    letters: String,
    names: Vec<CommonName>,
}

#[derive(Debug, Clone, Copy)]
struct CommonName {
    taxon: u32,
    language: Language,
    start: u32,
    end: u32,
}

impl Backbone {
    /// Where `taxon` lives, as far as the shipped table tells: of taxa whose listing depends on the country.
    pub fn range(&self, taxon: TaxonId) -> Option<&CountrySet> {
        self.ranges.of(taxon)
    }

    /// How many taxa there are.
    pub fn len(&self) -> usize {
        self.taxa.len()
    }

    /// Whether there is no taxon.
    pub fn is_empty(&self) -> bool {
        self.taxa.is_empty()
    }

    /// How many synonyms there are.
    pub fn synonym_count(&self) -> usize {
        self.synonyms.len()
    }

    /// Every taxon, in the order of the table: parents before children.
    pub fn taxa(&self) -> impl ExactSizeIterator<Item = TaxonId> + use<> {
        (0..self.taxa.len() as u32).map(TaxonId)
    }

    /// The scientific name; empty for an id of another backbone.
    pub fn name(&self, id: TaxonId) -> &str {
        if (id.0 as usize) < self.taxa.len() { self.name_text(id.0) } else { "" }
    }

    /// The rank; `Kingdom` for an id of another backbone.
    pub fn rank(&self, id: TaxonId) -> Rank {
        self.taxon(id).map_or(Rank::Kingdom, |taxon| taxon.rank)
    }

    /// The kingdom; `Animalia` for an id of another backbone.
    pub fn kingdom(&self, id: TaxonId) -> Kingdom {
        self.taxon(id).map_or(Kingdom::Animalia, |taxon| taxon.kingdom)
    }

    /// Whether the name is in use; `Historic` for an id of another backbone.
    pub fn status(&self, id: TaxonId) -> TaxonStatus {
        self.taxon(id).map_or(TaxonStatus::Historic, |taxon| taxon.status)
    }

    /// The taxa whose accepted name or synonym is exactly `name`, but for case and accents: accepted names
    /// first. Without `kingdom` both are searched, so a name may stand for several taxa.
    pub fn find(&self, kingdom: Option<Kingdom>, name: &str) -> Vec<TaxonId> {
        let mut found = Vec::new();
        if let Some(key) = Key::of(name) {
            for number in self.names().find(key.as_bytes()) {
                let taxon = self.named(number).0;
                let wanted = kingdom.is_none_or(|kingdom| self.kingdom(taxon) == kingdom);
                if wanted && !found.contains(&taxon) {
                    found.push(taxon);
                }
            }
        }
        found
    }

    /// The taxon whose accepted name or synonym is exactly `name` in `kingdom`; `None` for none, or several.
    pub(crate) fn only(&self, kingdom: Kingdom, name: &str) -> Option<TaxonId> {
        let key = Key::of(name)?;
        let numbers = self.names().find(key.as_bytes());
        let mut taxa =
            numbers.map(|number| self.named(number).0).filter(|taxon| self.kingdom(*taxon) == kingdom);
        let first = taxa.next()?;
        taxa.all(|other| other == first).then_some(first)
    }

    /// The first common name of the taxon in a language.
    pub fn vernacular(&self, id: TaxonId, language: Language) -> Option<&str> {
        self.vernaculars(id, language).next()
    }

    /// All common names of the taxon in a language, in the order of the table.
    pub fn vernaculars(&self, id: TaxonId, language: Language) -> impl Iterator<Item = &str> {
        let names = &self.vernacular.names;
        let first = names.partition_point(|name| (name.taxon, name.language) < (id.0, language));
        let same = names.iter().skip(first);
        let same = same.take_while(move |name| name.taxon == id.0 && name.language == language);
        same.filter_map(|name| self.vernacular.letters.get(name.start as usize..name.end as usize))
    }

    /// The synonyms of the taxon with their kind. Looks through all synonyms: for showing, not for checking.
    pub fn synonyms(&self, id: TaxonId) -> impl Iterator<Item = (&str, SynonymKind)> {
        let first = self.taxa.len() as u32;
        let all = (first..).zip(&self.synonyms);
        let own = all.filter(move |(_, synonym)| synonym.taxon == id);
        own.map(|(number, synonym)| (self.name_text(number), synonym.kind))
    }

    /// Every name that a taxon had until a known day, with that day.
    pub fn renamed(&self) -> impl Iterator<Item = (TaxonId, &str, Day)> {
        let first = self.taxa.len() as u32;
        (first..).zip(&self.synonyms).filter_map(|(number, synonym)| match synonym.kind {
            SynonymKind::Renamed(Some(day)) => Some((synonym.taxon, self.name_text(number), day)),
            _ => None,
        })
    }

    fn taxon(&self, id: TaxonId) -> Option<&Taxon> {
        self.taxa.get(id.0 as usize)
    }

    /// The index of names.
    pub(crate) fn names(&self) -> NameTable<'_, &[u32]> {
        NameTable { letters: self.letters.as_bytes(), starts: &self.starts, lines: &self.exact }
    }

    /// The taxon that the name numbered `number` stands for, and how where it is not its accepted name.
    pub(crate) fn named(&self, number: u32) -> (TaxonId, Option<SynonymKind>) {
        let synonym = (number as usize).checked_sub(self.taxa.len()).and_then(|at| self.synonyms.get(at));
        synonym.map_or((TaxonId(number), None), |synonym| (synonym.taxon, Some(synonym.kind)))
    }

    /// The text of the name numbered `number`.
    pub(crate) fn name_text(&self, number: u32) -> &str {
        let at = number as usize;
        let range = self.starts.get(at).zip(self.starts.get(at + 1));
        range.and_then(|(start, end)| self.letters.get(*start as usize..*end as usize)).unwrap_or("")
    }

    /// The forms of man's making that the listings exclude.
    pub(crate) fn domesticated(&self) -> &[Domesticated] {
        &self.domesticated
    }

    /// What tells this backbone from others: the hash of all that decides what a name stands for. Zero is the
    /// fingerprint of none.
    pub(crate) fn fingerprint(&self) -> u64 {
        *self.fingerprint.get_or_init(|| {
            let taxa = self.taxa.iter().flat_map(|taxon| {
                [taxon.parent, taxon.kingdom as u32, taxon.rank as u32].map(u32::to_le_bytes)
            });
            let synonyms = self.synonyms.iter().flat_map(|synonym| {
                let (kind, day) = synonym.kind.numbers();
                [synonym.taxon.0, kind, day].map(u32::to_le_bytes)
            });
            let forms = self.domesticated.iter().flat_map(|form| [form.kingdom as u32, form.wild.0]);
            let starts = self.starts.iter().map(|start| start.to_le_bytes());
            let numbers: Vec<u8> =
                taxa.chain(synonyms).chain(forms.map(u32::to_le_bytes)).chain(starts).flatten().collect();
            let forms: String =
                self.domesticated.iter().flat_map(|form| [form.name.as_str(), "\n"]).collect();
            let places = checksum(&numbers) ^ checksum(forms.as_bytes()).rotate_left(2) ^ ANSWERS;
            (checksum(self.letters.as_bytes()) ^ places.rotate_left(1)).max(1)
        })
    }

    /// The index for names that are not written exactly, made when first asked for: a start that meets
    /// only exact names does not pay for it.
    pub(crate) fn near(&self) -> &NearIndex {
        self.near
            .get_or_init(|| NearIndex::of((0..self.starts.len() as u32 - 1).map(|at| self.name_text(at))))
    }
}

#[cfg(test)]
mod tests;
