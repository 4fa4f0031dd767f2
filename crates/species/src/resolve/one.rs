//! The resolution of one name, from the sure to the doubtful: as written, its second reading, its species,
//! names like it, its genus, what the row says.

use cites::{Rank, TaxonId};

use super::hits::{Hit, Hits};
use super::{Hint, Names};
use crate::fold::Key;
use crate::reading::{self, Extent, Parts};
use crate::{Doubt, MatchKind, Placement, Qualifier, Resolution};

impl<'a> Names<'a> {
    /// What one name stands for.
    pub(super) fn one(&self, parts: &Parts<'_>, hint: Hint<'_>) -> Resolution<'a> {
        let Some(key) = key_of(parts) else { return self.nothing(Doubt::TooLong, hint) };
        let resolution = self
            .second_reading(parts, hint)
            .or_else(|| self.by_key(&key, parts.hybrid_sign, hint))
            .unwrap_or_else(|| self.not_exact(parts, hint));
        self.qualified(resolution, parts, hint)
    }

    /// A text that is a known name as a whole, quotes and all.
    pub(super) fn whole(&self, written: &str, hint: Hint<'_>) -> Option<Resolution<'a>> {
        let is_quoted = written.contains('"') && written.len() <= crate::fold::KEY_BYTES_MAX;
        let key = Key::of(written).filter(|_| is_quoted)?;
        self.by_key(&key, false, hint)
    }

    /// What a known name stands for.
    fn by_key(&self, key: &Key, hybrid_sign: bool, hint: Hint<'_>) -> Option<Resolution<'a>> {
        if let Some(form) = self.backbone.domesticated().iter().find(|form| form.is(key.as_bytes())) {
            let mut resolution = Resolution::none();
            resolution.kind = MatchKind::Exact;
            resolution.taxon = Some(form.wild);
            resolution.placement = Placement::KnownMember;
            resolution.accepted = &form.name;
            resolution.rank = Some(self.backbone.rank(form.wild));
            resolution.excluded_form = Some(form);
            return Some(resolution);
        }
        let hits = self.preferred(self.exact(key.as_bytes()), hint);
        if hits.is_empty() {
            return None;
        }
        let mut resolution = match hits.only() {
            Some(hit) => self.hit(&hit, hint),
            None => self.homonym(&hits),
        };
        if hybrid_sign {
            resolution.kind = MatchKind::Hybrid;
            resolution.hybrid = Some(crate::Hybrid::default());
        }
        Some(resolution)
    }

    /// One taxon, found by its exact name.
    fn hit(&self, hit: &Hit<'a>, hint: Hint<'_>) -> Resolution<'a> {
        let mut resolution = Resolution::none();
        resolution.kind = if hit.synonym.is_none() { MatchKind::Exact } else { MatchKind::Synonym };
        resolution.taxon = hit.taxon;
        resolution.placement = hit.placement;
        resolution.accepted = hit.accepted;
        resolution.rank = Some(hit.rank);
        resolution.synonym = hit.synonym;
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
        self.by_key(&key_of(&other)?, other.hybrid_sign, hint)
    }

    /// A name that no table has as written.
    fn not_exact(&self, parts: &Parts<'_>, hint: Hint<'_>) -> Resolution<'a> {
        if let Some(infra) = &parts.infra {
            return self.unknown_subspecies(parts, infra, hint);
        }
        let genus = Key::of(&parts.first).and_then(|key| self.by_key(&key, false, hint));
        match (&parts.species, genus) {
            (Some(epithet), Some(genus)) => self.unknown_epithet(genus, epithet),
            _ => {
                let doubt = Doubt::UnknownGenus { genus: parts.first.to_string(), candidates: Vec::new() };
                self.nothing(doubt, hint)
            }
        }
    }

    /// The species of a subspecies that is not known. The one named like its species is known wherever the
    /// species is (ICZN Art. 47, ICN Art. 26).
    fn unknown_subspecies(&self, parts: &Parts<'_>, infra: &str, hint: Hint<'_>) -> Resolution<'a> {
        let species = Parts { infra: None, ..parts.clone() };
        let is_nominate = parts.species.as_deref() == Some(infra);
        let mut resolution = self.one(&Parts { qualifier: None, ..species }, hint);
        if !matches!(resolution.kind, MatchKind::Exact | MatchKind::Synonym)
            || resolution.excluded_form.is_some()
        {
            return resolution;
        }
        if is_nominate {
            resolution.placement = Placement::KnownMember;
            return resolution;
        }
        resolution.kind = MatchKind::Higher;
        resolution.placement = Placement::UnresolvedMember;
        resolution
            .doubts
            .push(Doubt::UnknownSubspecies { epithet: infra.to_owned(), candidates: Vec::new() });
        resolution
    }

    /// The genus of an epithet that is not known.
    fn unknown_epithet(&self, mut genus: Resolution<'a>, epithet: &str) -> Resolution<'a> {
        let is_genus = genus.rank == Some(Rank::Genus);
        genus.kind = if is_genus { MatchKind::Genus } else { MatchKind::Higher };
        genus.placement = Placement::UnresolvedMember;
        genus.doubts.push(Doubt::UnknownEpithet { epithet: epithet.to_owned(), candidates: Vec::new() });
        genus
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
            let genus = Parts { qualifier: None, species: None, infra: None, ..parts.clone() };
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

/// The folded name.
fn key_of(parts: &Parts<'_>) -> Option<Key> {
    match (&parts.species, &parts.infra) {
        (None, None) => Key::of(&parts.first),
        (species, infra) => {
            let mut key = Key::of(&parts.first)?;
            key.append(species.as_deref())?;
            key.append(infra.as_deref())?;
            Some(key)
        }
    }
}
