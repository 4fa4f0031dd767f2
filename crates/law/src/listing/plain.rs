//! The plain listing: one entry of Appendix I or II that holds for every population, or none at all.
//!
//! Most lines of goods are such: the nearest entry in force says all, whatever the origin, and nothing below
//! the taxon is listed apart. What is not plain is left to the full search, which gives the same answer for
//! what is; a property test holds the two against each other.

use cites::{Appendix, AppendixSet, Day, EntryId, Rank, TaxonId};
use smallvec::SmallVec;
use species::{Backbone, Placement};

use super::Listings;
use super::entry::{Days, Entry, InForce};
use super::resolve::{Listing, ListingDoubts, Origin, Subject};

/// What the search of a plain listing reads of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    days: Days,
    /// The Appendix, where the entry is of I or II and holds for every population.
    plain: Option<Appendix>,
    verified: bool,
}

impl From<&Entry> for Brief {
    fn from(entry: &Entry) -> Brief {
        let main = entry.appendix.filter(|appendix| *appendix != Appendix::III);
        Brief {
            days: entry.days(),
            plain: main.filter(|_| entry.population.is_whole()),
            verified: entry.is_verified(),
        }
    }
}

impl Brief {
    pub(super) fn in_force(&self, on: Day) -> InForce {
        self.days.in_force(on)
    }
}

/// The first level at or above a taxon on which an entry is in force.
enum First {
    /// One entry alone, of Appendix I or II, for every population.
    Plain(EntryId, Appendix, bool),
    /// No level has one.
    Nothing,
    /// Something else: populations, Appendix III, exclusions, days that are not known.
    Else,
}

impl Listings {
    /// The listing of `subject` on `on`, where it is plain.
    pub(super) fn plain(
        &self,
        backbone: &Backbone,
        subject: &Subject<'_>,
        origin: &Origin,
        on: Day,
    ) -> Option<Listing> {
        if matches!(origin, Origin::Several(states) if states.is_empty()) {
            return None;
        }
        let (placement, taxon) = (subject.placement, subject.taxon);
        let is_member = placement == Placement::KnownMember;
        let (entries, appendices, verified) = match self.first(taxon, on) {
            First::Else => return None,
            // What a higher taxon without an entry shows is told by its members.
            First::Nothing if !is_member && backbone.rank(taxon) < Rank::Species => return None,
            First::Nothing => (SmallVec::new(), AppendixSet::NOT_CONTROLLED, true),
            First::Plain(id, appendix, verified) => {
                (SmallVec::from_slice(&[id]), AppendixSet::from(appendix), verified)
            }
        };
        if !is_member && (self.moves.ever_held(taxon) || self.is_any_below(taxon, on)) {
            return None;
        }
        let mut doubts = ListingDoubts::default();
        if placement == Placement::UnresolvedMember {
            doubts.insert(ListingDoubts::UNRESOLVED);
        }
        Some(Listing { appendices, entries, doubts, verified })
    }

    fn first(&self, taxon: TaxonId, on: Day) -> First {
        let mut level = self.lineages.nearest_listed(taxon);
        while let Some(at) = level {
            let mut only = None;
            let positions = self.of(at);
            let briefs = self.briefs.get(positions.clone()).unwrap_or_default();
            for (brief, position) in briefs.iter().zip(positions) {
                match (brief.in_force(on), brief.plain) {
                    (InForce::No, _) => {}
                    (InForce::Yes, Some(appendix)) if only.is_none() => {
                        only = Some(First::Plain(EntryId(position as u32), appendix, brief.verified));
                    }
                    _ => return First::Else,
                }
            }
            if let Some(only) = only {
                return only;
            }
            level = self.lineages.next_listed(at);
        }
        First::Nothing
    }

    /// Whether an entry of a taxon below is in force, or may be.
    fn is_any_below(&self, taxon: TaxonId, on: Day) -> bool {
        // A taxon's own entries stand before those below it.
        let below = self.of(taxon).end..self.all_of(taxon).end;
        self.briefs.get(below).unwrap_or_default().iter().any(|brief| brief.in_force(on) != InForce::No)
    }
}
