//! The resolution of one name, from the sure to the doubtful: as written, its second reading, a name like it,
//! its species, its genus, what the row says.

use cites::{Rank, TaxonId};

use super::hits::{Found, Hits};
use super::near::{NearNames, Written};
use super::{Hint, Names};
use crate::fold::Key;
use crate::hit::Hit;
use crate::imported::{ImportedError, Range};
use crate::near::Query;
use crate::reading::{self, Extent, Parts};
use crate::{CANDIDATES_MAX, Candidate, Doubt, MatchKind, Placement, Qualifier, Resolution};

/// That no table has a name as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unknown {
    /// Whether the imported names could not be asked.
    is_damaged: bool,
}

impl<'a> Names<'a> {
    /// What one name stands for.
    pub(super) fn one(&self, parts: &Parts<'_>, hint: Hint<'_>) -> Resolution<'a> {
        let Some(key) = key_of(parts) else { return self.nothing(Doubt::TooLong, hint) };
        let resolution = match self.second_reading(parts, hint) {
            Some(resolution) => resolution,
            None => match self.by_key(&key, parts.hybrid_sign, hint) {
                Ok(resolution) => resolution,
                Err(unknown) => self.not_exact(parts, &key, hint, unknown),
            },
        };
        self.qualified(resolution, parts, hint)
    }

    /// A text that is a known name as a whole, quotes and all.
    pub(super) fn whole(&self, written: &str, hint: Hint<'_>) -> Option<Resolution<'a>> {
        let is_quoted = written.contains('"') && written.len() <= crate::fold::KEY_BYTES_MAX;
        let key = Key::of(written).filter(|_| is_quoted)?;
        self.by_key(&key, false, hint).ok()
    }

    /// What a known name stands for.
    pub(super) fn by_key(
        &self,
        key: &Key,
        hybrid_sign: bool,
        hint: Hint<'_>,
    ) -> Result<Resolution<'a>, Unknown> {
        let joint = match self.joint(key) {
            Ok(Some((hit, range))) => return Ok(with_sign(self.answer(&hit, Ok(range), hint), hybrid_sign)),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if let Some(form) = self.excluded_form(key, hint) {
            return Ok(form);
        }
        let Found { hits, otherwise, damage } = self.exact(key.as_bytes());
        let damage = damage.or(joint);
        let hits = self.preferred(hits, hint);
        if hits.is_empty() {
            return Err(Unknown { is_damaged: damage.is_some() });
        }
        let mut resolution = match hits.only() {
            Some(hit) => self.hit(hit, hint),
            None => self.homonym(&hits),
        };
        if otherwise.iter().any(|other| other.taxon != resolution.taxon) {
            resolution.doubts.push(Doubt::TablesDisagree { candidates: self.candidates(&otherwise) });
        }
        if damage.is_some() {
            say_damaged(&mut resolution);
        }
        Ok(with_sign(resolution, hybrid_sign))
    }

    /// The one taxon of a name and where it lives, where the import was written with this backbone and the name is
    /// sure: one place of memory tells what else two tables have to be asked for.
    fn joint(&self, key: &Key) -> Result<Option<(Hit<'a>, Option<Range<'a>>)>, ImportedError> {
        let joint = self.imported.and_then(|imported| imported.joint(self.backbone.fingerprint()));
        let Some(joint) = joint else { return Ok(None) };
        let found = joint.find(key.as_bytes())?;
        Ok(found.map(|(hit, range)| (hit, range.or_else(|| self.shipped_range(&hit)))))
    }

    /// What the first word of a longer name stands for: a genus, where a higher taxon is called the same
    /// (the orchids *Pholidota* and the order of the pangolins).
    fn genus(&self, key: &Key, hint: Hint<'_>) -> Option<Resolution<'a>> {
        let hits = self.exact(key.as_bytes()).hits.preferring(|hit| hit.rank == Rank::Genus);
        match self.preferred(hits, hint).only() {
            Some(hit) => Some(self.hit(hit, hint)),
            None => self.by_key(key, false, hint).ok(),
        }
    }

    /// A form of man's making that a listing excludes.
    fn excluded_form(&self, key: &Key, hint: Hint<'_>) -> Option<Resolution<'a>> {
        let mut forms = self.backbone.domesticated().iter().filter(|form| form.is(key.as_bytes()));
        let form = forms.find(|form| hint.kingdom.is_none_or(|kingdom| kingdom == form.kingdom))?;
        let mut resolution = Resolution::none();
        resolution.kind = MatchKind::Exact;
        resolution.taxon = Some(form.wild);
        resolution.placement = Placement::KnownMember;
        resolution.accepted = &form.name;
        resolution.rank =
            Some(if form.name.split(' ').count() > 2 { Rank::Subspecies } else { Rank::Species });
        resolution.excluded_form = Some(form);
        Some(resolution)
    }

    /// One taxon, found by its exact name.
    fn hit(&self, hit: &Hit<'a>, hint: Hint<'_>) -> Resolution<'a> {
        self.answer(hit, self.range(hit), hint)
    }

    /// One taxon, found by its exact name, and where it lives.
    fn answer(
        &self,
        hit: &Hit<'a>,
        range: Result<Option<Range<'a>>, ImportedError>,
        hint: Hint<'_>,
    ) -> Resolution<'a> {
        let mut resolution = Resolution::none();
        resolution.kind = if hit.synonym.is_none() { MatchKind::Exact } else { MatchKind::Synonym };
        resolution.taxon = hit.taxon;
        resolution.placement = hit.placement;
        resolution.accepted = hit.accepted;
        resolution.rank = Some(hit.rank);
        resolution.synonym = hit.synonym;
        match range {
            Ok(range) => resolution.range = range,
            Err(_) => say_damaged(&mut resolution),
        }
        if let Some(kingdom) = hint.kingdom.filter(|kingdom| *kingdom != hit.kingdom) {
            resolution.doubts.push(Doubt::HintDisagrees { hint: kingdom.as_str().to_owned() });
        }
        resolution
    }

    /// Several taxa of one name: the lowest taxon that holds them all.
    fn homonym(&self, hits: &Hits<'a>) -> Resolution<'a> {
        let candidates = self.candidates(hits);
        let common = self.backbone.common(hits.iter().filter_map(|hit| hit.taxon));
        let mut resolution = common.map_or_else(Resolution::none, |taxon| self.above(taxon));
        resolution.doubts.push(Doubt::Homonym { candidates });
        resolution
    }

    /// A taxon that holds what was written, which is not known itself.
    pub(super) fn above(&self, taxon: TaxonId) -> Resolution<'a> {
        let mut resolution = Resolution::none();
        let rank = self.backbone.rank(taxon);
        resolution.kind = if rank == Rank::Genus { MatchKind::Genus } else { MatchKind::Higher };
        resolution.taxon = Some(taxon);
        resolution.accepted = self.backbone.name(taxon);
        resolution.rank = Some(rank);
        resolution
    }

    fn second_reading(&self, parts: &Parts<'_>, hint: Hint<'_>) -> Option<Resolution<'a>> {
        let other = reading::with_capital_epithet(parts)?;
        self.by_key(&key_of(&other)?, other.hybrid_sign, hint).ok()
    }

    /// A name that no table has as written.
    pub(super) fn not_exact(
        &self,
        parts: &Parts<'_>,
        key: &Key,
        hint: Hint<'_>,
        unknown: Unknown,
    ) -> Resolution<'a> {
        let query = Query::of(key);
        let written = Written::of(&query);
        let near = self.near(written, hint);
        let genus = Key::of(&parts.first).and_then(|key| self.genus(&key, hint));
        let mut resolution =
            if let Some(answer) = near.answer(written, genus.is_some() || self.has_first(written.first)) {
                let mut resolution = self.hit(&answer.hit, hint);
                resolution.kind = MatchKind::Fuzzy;
                resolution.doubts.push(Doubt::Misspelt { candidates: near.candidates() });
                resolution
            } else if let Some(infra) = &parts.infra {
                self.unknown_subspecies(parts, infra, &near, hint)
            } else if let (Some(epithet), Some(genus)) = (&parts.species, genus) {
                self.unknown_epithet(genus, epithet, written, &near)
            } else {
                self.unknown_genus(parts, written, &near, hint)
            };
        if unknown.is_damaged || near.damage.is_some() {
            say_damaged(&mut resolution);
        }
        resolution
    }

    /// The species of a subspecies that is not known. The one named like its species is known wherever the
    /// species is (ICZN Art. 47, ICN Art. 26).
    fn unknown_subspecies(
        &self,
        parts: &Parts<'_>,
        infra: &str,
        near: &NearNames<'a>,
        hint: Hint<'_>,
    ) -> Resolution<'a> {
        let species = Parts { infra: None, qualifier: None, rest: String::new(), ..parts.clone() };
        let mut resolution = self.one(&species, hint);
        let species_is_known = resolution.rank == Some(Rank::Species)
            && matches!(resolution.kind, MatchKind::Exact | MatchKind::Synonym | MatchKind::Fuzzy);
        if !species_is_known || resolution.excluded_form.is_some() {
            return resolution;
        }
        if parts.species.as_deref() == Some(infra) {
            resolution.placement = Placement::KnownMember;
            return resolution;
        }
        if resolution.kind != MatchKind::Fuzzy {
            resolution.kind = MatchKind::Higher;
        }
        resolution.placement = Placement::UnresolvedMember;
        let doubt = Doubt::UnknownSubspecies { epithet: infra.to_owned(), candidates: near.candidates() };
        resolution.doubts.push(doubt);
        resolution
    }

    /// The genus of an epithet that is not known.
    fn unknown_epithet(
        &self,
        mut genus: Resolution<'a>,
        epithet: &str,
        written: Written<'_>,
        near: &NearNames<'a>,
    ) -> Resolution<'a> {
        let family = genus.taxon.and_then(|taxon| self.backbone.at_rank(taxon, Rank::Family));
        let candidates = joined(near.candidates(), self.other_combinations(written, family.or(genus.taxon)));
        let is_genus = genus.rank == Some(Rank::Genus);
        if genus.taxon.is_some() {
            genus.kind = if is_genus { MatchKind::Genus } else { MatchKind::Higher };
        }
        genus.placement = Placement::UnresolvedMember;
        genus.range = None;
        genus.doubts.push(Doubt::UnknownEpithet { epithet: epithet.to_owned(), candidates });
        genus
    }

    /// What holds the names near one whose first word is not known, or what the row says.
    fn unknown_genus(
        &self,
        parts: &Parts<'_>,
        written: Written<'_>,
        near: &NearNames<'a>,
        hint: Hint<'_>,
    ) -> Resolution<'a> {
        if let Some(holder) = near.holder(written, self) {
            let mut resolution = self.above(holder);
            resolution.doubts.push(Doubt::Misspelt { candidates: near.candidates() });
            return resolution;
        }
        let family = self.hinted(hint).and_then(|taxon| self.backbone.at_rank(taxon, Rank::Family));
        let candidates = joined(near.candidates(), self.other_combinations(written, family));
        self.nothing(Doubt::UnknownGenus { genus: parts.first.to_string(), candidates }, hint)
    }

    /// The resolution with what the writer says about the name.
    fn qualified(&self, mut resolution: Resolution<'a>, parts: &Parts<'_>, hint: Hint<'_>) -> Resolution<'a> {
        if parts.extent == Extent::OneBelow && resolution.taxon.is_some() {
            resolution.placement = Placement::UnresolvedMember;
            resolution.doubts.push(Doubt::Undetermined);
        }
        let Some(qualifier) = parts.qualifier else { return resolution };
        let candidates = resolution.taxon.map(|taxon| self.candidate(taxon, 0)).into_iter().collect();
        let doubt = Doubt::Qualified { qualifier, candidates };
        if qualifier == Qualifier::Affine && parts.species.is_some() {
            // Like the species and not it: all that is said is the genus.
            let genus =
                Parts { qualifier: None, species: None, infra: None, rest: String::new(), ..parts.clone() };
            resolution = self.one(&genus, hint);
            if resolution.taxon.is_some() {
                resolution.kind = MatchKind::Genus;
                resolution.placement = Placement::UnresolvedMember;
            }
        }
        resolution.doubts.push(doubt);
        resolution
    }
}

/// The resolution of a name that was written with the sign of a hybrid, or without.
fn with_sign(mut resolution: Resolution<'_>, hybrid_sign: bool) -> Resolution<'_> {
    if hybrid_sign {
        if resolution.is_resolved() {
            resolution.kind = MatchKind::Hybrid;
        }
        resolution.hybrid = Some(crate::Hybrid::default());
    }
    resolution
}

/// Adds once that the import is damaged.
fn say_damaged(resolution: &mut Resolution<'_>) {
    if !resolution.doubts.contains(&Doubt::ImportDamaged) {
        resolution.doubts.push(Doubt::ImportDamaged);
    }
}

/// Candidates, then others that are not among them, as many as a doubt holds.
fn joined(mut candidates: Vec<Candidate>, others: Vec<Candidate>) -> Vec<Candidate> {
    for other in others {
        if candidates.len() < CANDIDATES_MAX && !candidates.iter().any(|known| known.name == other.name) {
            candidates.push(other);
        }
    }
    candidates
}

/// The folded name.
fn key_of(parts: &Parts<'_>) -> Option<Key> {
    let mut key = Key::of(&parts.first)?;
    key.append(parts.species.as_deref())?;
    key.append(parts.infra.as_deref())?;
    Some(key)
}
