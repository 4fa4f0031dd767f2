//! Where a written name stands in law: the Appendices of what it stands for, on a day, for an origin.
//!
//! Source of truth: the resolution of `species` and the entries of the book. A hybrid has the standing of its
//! named parents. A near miss whose candidates lie in different Appendices is no answer: what holds for all
//! of them is shown instead.

use cites::{Appendix, AppendixSet, Day, EntryId, Kingdom, Rank, TaxonId};
use smallvec::SmallVec;
use species::{Backbone, CANDIDATES_MAX, Candidate, Doubt, MatchKind, Placement, Resolution};

use super::{BookFaults, LawBook};
use crate::listing::{Listing, ListingDoubts, Listings, Origin, Subject};

/// Where a name stands on a day.
#[derive(Debug, Clone)]
pub struct Standing<'n> {
    /// How the name was matched. A near miss that is no answer has the match of what holds its candidates.
    pub kind: MatchKind,
    /// What the name stands for; empty for nothing, the parents joined by `x` for a hybrid.
    pub matched: std::borrow::Cow<'n, str>,
    /// The Appendices, `NC` where some or all of it is in none; empty only where the name stands for nothing.
    pub appendices: AppendixSet,
    /// The entries that say so, exclusions among them.
    pub entries: SmallVec<[EntryId; 12]>,
    /// What makes the listing doubtful.
    pub doubts: ListingDoubts,
    /// Whether every entry is verified and the name leads somewhere.
    pub verified: bool,
    /// The taxa asked about: one, or the known parents of a hybrid.
    pub subjects: SmallVec<[Subject<'n>; 2]>,
    /// Whether it is a form that the entry of its wild kin leaves out; `subjects` then holds the wild taxon.
    pub is_excluded_form: bool,
    /// Near names that lie in different Appendices, so that none of them is the answer.
    pub differing: Vec<Candidate>,
}

impl LawBook {
    /// Where the name behind `resolution` stands on `on`, for specimens of `origin`.
    ///
    /// # Errors
    /// The faults of the tables of entries.
    pub fn standing<'n>(
        &self,
        resolution: &Resolution<'n>,
        origin: &Origin,
        on: Day,
    ) -> Result<Standing<'n>, BookFaults> {
        let law = Law { backbone: self.backbone(), listings: self.listings()?, origin, on };
        Ok(law.standing(resolution))
    }
}

struct Law<'b> {
    backbone: &'b Backbone,
    listings: &'b Listings,
    origin: &'b Origin,
    on: Day,
}

impl<'b> Law<'b> {
    fn standing<'n>(&self, resolution: &Resolution<'n>) -> Standing<'n> {
        if let Some(hybrid) = resolution.hybrid.as_ref().filter(|hybrid| !hybrid.parents.is_empty()) {
            return self.hybrid(resolution, &hybrid.parents);
        }
        let Some(subject) = Subject::of(resolution) else { return self.homonym(resolution) };
        if resolution.excluded_form.is_some() {
            return self.excluded(resolution, subject);
        }
        if let Some(standing) = self.several(resolution) {
            return standing;
        }
        let differing =
            if resolution.kind == MatchKind::Fuzzy { self.differing(resolution) } else { Vec::new() };
        if differing.is_empty() {
            let listing = self.listing(&subject);
            return Standing::of(resolution.kind, resolution.accepted.into(), listing, subject);
        }
        self.above(differing)
    }

    fn listing(&self, subject: &Subject<'_>) -> Listing {
        let mut listing = self.listings.listing(self.backbone, subject, self.origin, self.on);
        if listing.appendices.is_empty() {
            listing.appendices = AppendixSet::NOT_CONTROLLED;
        }
        listing
    }

    /// One name of several taxa that share nothing, such as a genus of lizards and one of plants: the standing
    /// of those that are listed, so that the doubt errs on the strict side; of all where none is.
    fn homonym<'n>(&self, resolution: &Resolution<'n>) -> Standing<'n> {
        let is_homonym = |doubt: &&Doubt| matches!(doubt, Doubt::Homonym { .. });
        let candidates = resolution.doubts.iter().find(is_homonym).map_or(&[][..], Doubt::candidates);
        let subjects = candidates.iter().filter_map(|candidate| candidate.taxon.map(Subject::itself));
        let readings: Vec<(Subject<'_>, Listing)> =
            subjects.map(|subject| (subject, self.listing(&subject))).collect();
        let any_listed = readings.iter().any(|(_, listing)| listing.appendices.strictest().is_some());
        let mut standing = Standing::nothing();
        for (subject, listing) in readings {
            if any_listed && listing.appendices.strictest().is_none() {
                continue;
            }
            standing.appendices = standing.appendices.union(listing.appendices);
            standing.kind = MatchKind::Exact;
            standing.matched = self.backbone.name(subject.taxon).to_owned().into();
            standing.join(listing, subject);
        }
        standing.verified = false;
        standing
    }

    /// One name of several taxa that all are known: what holds for any of them, and not for all that their
    /// common genus or family holds.
    fn several<'n>(&self, resolution: &Resolution<'n>) -> Option<Standing<'n>> {
        let [Doubt::Homonym { candidates }] = resolution.doubts.as_slice() else { return None };
        let is_whole = candidates.len() < CANDIDATES_MAX && candidates.iter().all(|one| one.taxon.is_some());
        if !is_whole {
            return None;
        }
        let mut standing = Standing::nothing();
        for subject in candidates.iter().filter_map(|candidate| self.subject_of(candidate)) {
            let listing = self.listing(&subject);
            standing.appendices = standing.appendices.union(listing.appendices);
            standing.join(listing, subject);
        }
        standing.kind = resolution.kind;
        standing.matched = resolution.accepted.into();
        Some(standing)
    }

    /// A form of man's making is in no Appendix; the entry that leaves it out is named.
    fn excluded<'n>(&self, resolution: &Resolution<'n>, subject: Subject<'n>) -> Standing<'n> {
        let mut listing = self.listing(&subject);
        listing.appendices = AppendixSet::NOT_CONTROLLED;
        listing.doubts = ListingDoubts::default();
        let standing = Standing::of(resolution.kind, resolution.accepted.into(), listing, subject);
        Standing { is_excluded_form: true, ..standing }
    }

    /// The near names, where they do not all lie in the same Appendices.
    fn differing(&self, resolution: &Resolution<'_>) -> Vec<Candidate> {
        let is_near = |doubt: &&Doubt| matches!(doubt, Doubt::Misspelt { .. });
        let candidates = resolution.doubts.iter().find(is_near).map_or(&[][..], Doubt::candidates);
        let listings: Vec<AppendixSet> =
            candidates.iter().map(|candidate| self.of_candidate(candidate)).collect();
        let differ = listings.windows(2).any(|pair| pair.first() != pair.last());
        if differ { candidates.to_vec() } else { Vec::new() }
    }

    fn of_candidate(&self, candidate: &Candidate) -> AppendixSet {
        self.subject_of(candidate).map_or(AppendixSet::EMPTY, |subject| self.listing(&subject).appendices)
    }

    fn subject_of<'n>(&self, candidate: &Candidate) -> Option<Subject<'n>> {
        let taxon = candidate.taxon?;
        let name = candidate.accepted.as_deref().unwrap_or(&candidate.name);
        let is_itself = self.backbone.name(taxon) == name;
        let placement = if is_itself { Placement::Itself } else { Placement::KnownMember };
        Some(Subject { taxon, placement, range: None })
    }

    /// The lowest taxon that holds all candidates, up to a family.
    fn above<'n>(&self, differing: Vec<Candidate>) -> Standing<'n> {
        let taxa = differing.iter().filter_map(|candidate| candidate.taxon);
        let holder = self.backbone.common(taxa).and_then(|common| self.up_to_genus(common));
        let mut standing = match holder {
            None => Standing::nothing(),
            Some(taxon) => {
                let is_genus = self.backbone.rank(taxon) == Rank::Genus;
                let kind = if is_genus { MatchKind::Genus } else { MatchKind::Higher };
                let subject = Subject { taxon, placement: Placement::UnresolvedMember, range: None };
                let name = self.backbone.name(taxon).to_owned();
                Standing::of(kind, name.into(), self.listing(&subject), subject)
            }
        };
        standing.differing = differing;
        standing
    }

    fn up_to_genus(&self, common: TaxonId) -> Option<TaxonId> {
        let taxon = self.backbone.at_rank(common, Rank::Genus).unwrap_or(common);
        (self.backbone.rank(taxon) >= Rank::Family).then_some(taxon)
    }

    /// An animal hybrid is treated as its strictest ancestor of Appendix I or II, a plant hybrid as its
    /// strictest parent.
    ///
    /// Source: Res. Conf. 10.17 (Rev. CoP14); Res. Conf. 11.11 (Rev. CoP18).
    fn hybrid<'n>(&self, resolution: &Resolution<'n>, parents: &[Resolution<'n>]) -> Standing<'n> {
        let mut standing = Standing::nothing();
        let mut appendices: Option<AppendixSet> = None;
        let mut names: Vec<&str> = Vec::new();
        for parent in parents {
            let own = match Subject::of(parent) {
                Some(subject) => {
                    let listing = self.listing(&subject);
                    names.push(parent.accepted);
                    let own = if parent.excluded_form.is_some() {
                        AppendixSet::NOT_CONTROLLED
                    } else {
                        listing.appendices
                    };
                    standing.join(listing, subject);
                    if self.backbone.kingdom(subject.taxon) == Kingdom::Animalia {
                        without_third(own)
                    } else {
                        own
                    }
                }
                None => unknown(),
            };
            appendices = Some(appendices.map_or(own, |others| strictest(others, own)));
        }
        if standing.subjects.is_empty() {
            return Standing::nothing();
        }
        standing.kind = resolution.kind;
        standing.matched = names.join(" x ").into();
        standing.appendices = appendices.unwrap_or_default();
        standing
    }
}

impl<'n> Standing<'n> {
    fn nothing() -> Standing<'n> {
        Standing {
            kind: MatchKind::None,
            matched: "".into(),
            appendices: AppendixSet::EMPTY,
            entries: SmallVec::new(),
            doubts: ListingDoubts::default(),
            verified: false,
            subjects: SmallVec::new(),
            is_excluded_form: false,
            differing: Vec::new(),
        }
    }

    fn of(
        kind: MatchKind,
        matched: std::borrow::Cow<'n, str>,
        listing: Listing,
        subject: Subject<'n>,
    ) -> Standing<'n> {
        let Listing { appendices, entries, doubts, verified } = listing;
        let subjects = SmallVec::from_slice(&[subject]);
        Standing {
            kind,
            matched,
            appendices,
            entries,
            doubts,
            verified,
            subjects,
            is_excluded_form: false,
            differing: Vec::new(),
        }
    }

    fn join(&mut self, listing: Listing, subject: Subject<'n>) {
        self.verified = listing.verified && (self.verified || self.subjects.is_empty());
        self.doubts.insert(listing.doubts);
        self.subjects.push(subject);
        for id in listing.entries {
            if !self.entries.contains(&id) {
                self.entries.push(id);
            }
        }
    }
}

/// Everything is possible for a parent that is not known.
fn unknown() -> AppendixSet {
    AppendixSet::of(&Appendix::ALL).with_not_controlled()
}

/// Appendix III does not reach the hybrids of animals.
fn without_third(appendices: AppendixSet) -> AppendixSet {
    let kept: AppendixSet = appendices.iter().filter(|appendix| *appendix != Appendix::III).collect();
    let is_free = appendices.contains(Appendix::III) || appendices.has_not_controlled();
    if is_free { kept.with_not_controlled() } else { kept }
}

/// The stricter of the two for every pair that is possible.
fn strictest(one: AppendixSet, other: AppendixSet) -> AppendixSet {
    let possible = |set: AppendixSet| set.iter().map(Some).chain(set.has_not_controlled().then_some(None));
    let rank = |appendix: &Option<Appendix>| appendix.map_or(u8::MAX, |appendix| appendix as u8);
    let pairs = possible(one).flat_map(|one| {
        possible(other).map(move |other| if rank(&one) <= rank(&other) { one } else { other })
    });
    pairs.fold(AppendixSet::EMPTY, |all, appendix| match appendix {
        Some(appendix) => all.with(appendix),
        None => all.with_not_controlled(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> AppendixSet {
        text.parse().unwrap()
    }

    #[test]
    fn a_hybrid_is_as_strict_as_its_strictest_parent() {
        for (one, other, both) in [
            ("I", "II", "I"),
            ("II", "NC", "II"),
            ("I/II", "II", "I/II"),
            ("NC", "NC", "NC"),
            ("I/II/III/NC", "II", "I/II"),
        ] {
            assert_eq!(strictest(set(one), set(other)), set(both), "{one} x {other}");
            assert_eq!(strictest(set(other), set(one)), set(both), "{other} x {one}");
        }
    }

    #[test]
    fn appendix_three_does_not_reach_animal_hybrids() {
        assert_eq!(without_third(set("III")), set("NC"));
        assert_eq!(without_third(set("II/III")), set("II/NC"));
        assert_eq!(without_third(set("I")), set("I"));
    }
}
