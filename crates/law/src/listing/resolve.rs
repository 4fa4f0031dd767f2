//! From a taxon, an origin and a day to the Appendices in which it is, and the entries that say so.
//!
//! The search goes from the taxon upwards. Entries of Appendix I and II, and exclusions, take for
//! themselves the origins they cover: what a more specific entry says is not overridden by a general one.
//! Entries of Appendix III are noted on the way. Source: interpretation of the Appendices, paras 1 to 4.

use cites::{Appendix, AppendixSet, Country, CountrySet, Day, EntryId, Place, Rank, TaxonId};
use smallvec::SmallVec;
use species::{Backbone, Placement, Range, Resolution, TaxonStatus};

use super::entry::{Entry, InForce};
use super::population::Cover;
use super::{Held, Listings};

/// The taxon asked about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The deepest taxon of the backbone at or above it.
    pub taxon: TaxonId,
    /// How it stands to that taxon.
    pub placement: Placement,
    /// The States in which it occurs, where known: they bound the populations of an open origin.
    pub range: Option<Range<'a>>,
}

impl<'a> Subject<'a> {
    /// What a written name stands for; `None` where that is no taxon.
    pub fn of(resolution: &Resolution<'a>) -> Option<Subject<'a>> {
        let (placement, range) = (resolution.placement, resolution.range);
        Some(Subject { taxon: resolution.taxon?, placement, range })
    }

    /// The taxon of the backbone itself, its range not known.
    pub fn itself(taxon: TaxonId) -> Subject<'a> {
        Subject { taxon, placement: Placement::Itself, range: None }
    }
}

/// Where the specimen was taken from the wild, bred or grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A State or a part of it.
    Place(Place),
    /// One of several States: the successors of a former State, or a range.
    Several(CountrySet),
    /// Written as unknown or various (`XX`, `XV`): every population is possible.
    Unknown,
    /// Not told.
    Unstated,
}

impl From<Country> for Origin {
    /// Codes that name no State mean an unknown origin; a former State means one of its successors.
    fn from(country: Country) -> Origin {
        Origin::from(Place::from(country))
    }
}

impl From<Place> for Origin {
    fn from(place: Place) -> Origin {
        match place.country.fact() {
            Some(fact) if fact.kind == cites::CountryKind::Special => Origin::Unknown,
            Some(fact) if fact.kind == cites::CountryKind::Historic && !fact.successors.is_empty() => {
                // Entries of the former State's own days name it or its successors.
                Origin::Several(fact.successors.iter().copied().chain([place.country]).collect())
            }
            _ => Origin::Place(place),
        }
    }
}

/// What makes an answer doubtful, as a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListingDoubts(u8);

impl ListingDoubts {
    /// Only a part of the State of origin is in the entry, and which part is not told.
    pub const PART_OF_STATE: ListingDoubts = ListingDoubts(1);
    /// The origin is not known, and it decides.
    pub const ORIGIN: ListingDoubts = ListingDoubts(2);
    /// A lower taxon is listed separately, and it is not told whether it is meant.
    pub const LOWER_TAXON: ListingDoubts = ListingDoubts(4);
    /// The day on which an entry begins or ends is known only within bounds, and this day lies between.
    pub const DAY: ListingDoubts = ListingDoubts(8);
    /// The higher taxon's entry holds for some populations only, and the origin is open.
    pub const LIMITED: ListingDoubts = ListingDoubts(16);
    /// The name below the taxon is not known: any member may be meant.
    pub const UNRESOLVED: ListingDoubts = ListingDoubts(32);

    /// Every flag with the word that stands for it in answers.
    pub const WORDS: [(ListingDoubts, &'static str); 6] = [
        (ListingDoubts::PART_OF_STATE, "part-of-state"),
        (ListingDoubts::ORIGIN, "origin"),
        (ListingDoubts::LOWER_TAXON, "lower-taxon"),
        (ListingDoubts::DAY, "day"),
        (ListingDoubts::LIMITED, "limited"),
        (ListingDoubts::UNRESOLVED, "unresolved"),
    ];

    /// Adds `doubt`.
    pub fn insert(&mut self, doubt: ListingDoubts) {
        self.0 |= doubt.0;
    }

    /// Whether `doubt` is among them.
    pub fn contains(self, doubt: ListingDoubts) -> bool {
        self.0 & doubt.0 == doubt.0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The Appendices in which a taxon is, with what says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The Appendices; `NC` where some part, or all, is in none.
    pub appendices: AppendixSet,
    /// The entries that say so, exclusions among them.
    pub entries: SmallVec<[EntryId; 12]>,
    /// What makes the answer doubtful.
    pub doubts: ListingDoubts,
    /// Whether every entry is verified.
    pub verified: bool,
}

impl Listing {
    fn none() -> Listing {
        Listing {
            appendices: AppendixSet::EMPTY,
            entries: SmallVec::new(),
            doubts: ListingDoubts::default(),
            verified: true,
        }
    }

    fn note(&mut self, id: EntryId, entry: &Entry, state: InForce) {
        self.appendices = match entry.appendix {
            Some(appendix) => self.appendices.with(appendix),
            None => self.appendices.with_not_controlled(),
        };
        if !self.entries.contains(&id) {
            self.entries.push(id);
        }
        self.verified &= entry.is_verified();
        if state == InForce::Perhaps {
            self.doubts.insert(ListingDoubts::DAY);
        }
    }

    fn join(&mut self, other: &Listing) {
        self.appendices = self.appendices.union(other.appendices);
        self.verified &= other.verified;
        self.doubts.insert(other.doubts);
        for id in &other.entries {
            if !self.entries.contains(id) {
                self.entries.push(*id);
            }
        }
    }
}

/// What a taxon's own entries and those above it say.
struct Own {
    listing: Listing,
    /// All of it is said by entries above the taxon.
    from_above: bool,
}

/// The origins that no entry has taken yet.
struct Open {
    /// The single place, where there is one.
    place: Option<Place>,
    /// Not taken by an entry of Appendix I or II or an exclusion.
    main: CountrySet,
    /// Not taken by any entry.
    any: CountrySet,
    /// The States to which an open origin is bound.
    range: Option<CountrySet>,
}

impl Open {
    fn new(origin: &Origin, everywhere: CountrySet) -> Open {
        let (place, among) = match origin {
            Origin::Place(place) => (Some(*place), [place.country].into_iter().collect()),
            Origin::Several(set) => (None, *set),
            Origin::Unknown | Origin::Unstated => (None, everywhere),
        };
        Open { place, main: among, any: among, range: None }
    }

    /// The origins of `open` that are asked about.
    fn considered(&self, open: &CountrySet) -> CountrySet {
        self.range.as_ref().map_or(*open, |range| open.intersection(range))
    }

    /// Whether `entry` speaks of an open origin, and the origins it takes.
    fn taken(&self, entry: &Entry, open: &CountrySet) -> (Cover, CountrySet) {
        let whole = entry.population.whole_of(open);
        let asked = self.considered(open);
        let cover = match self.place {
            Some(place) if open.contains(place.country) => entry.population.cover(place),
            Some(_) => Cover::Outside,
            None if !entry.population.whole_of(&asked).is_empty() => Cover::Whole,
            None if entry.population.part_of(&asked) => Cover::Part,
            None => Cover::Outside,
        };
        let taken = if cover == Cover::Exact { *open } else { whole };
        (cover, taken)
    }
}

impl Listings {
    /// The Appendices in which `subject` is on `on`, for specimens of `origin`.
    ///
    /// A species shows the union with its separately listed subspecies, a higher taxon the union of what
    /// it holds; a known member below a taxon shows what it inherits.
    pub fn listing(&self, backbone: &Backbone, subject: &Subject<'_>, origin: &Origin, on: Day) -> Listing {
        let plain = self.plain(backbone, subject, origin, on);
        plain.unwrap_or_else(|| self.searched(backbone, subject, origin, on))
    }

    /// The same by the full search, whether or not the listing is plain.
    pub(super) fn searched(
        &self,
        backbone: &Backbone,
        subject: &Subject<'_>,
        origin: &Origin,
        on: Day,
    ) -> Listing {
        let mut own = self.own(subject, subject.taxon, origin, on);
        if subject.placement == Placement::KnownMember {
            return own.listing;
        }
        let mut lower = self.lower(backbone, subject, origin, on);
        let is_higher = backbone.rank(subject.taxon) < Rank::Species;
        // What a higher taxon inherits counts where one of its members has nothing of its own; a member whose
        // name is not known may be such a one.
        let is_known = subject.placement == Placement::Itself;
        if is_higher && is_known && own.from_above && self.is_told_by_members(backbone, subject.taxon, on) {
            own.listing = Listing::none();
        }
        if own.listing.appendices.union(lower.appendices) != own.listing.appendices {
            lower.doubts.insert(ListingDoubts::LOWER_TAXON);
        }
        own.listing.join(&lower);
        if subject.placement == Placement::UnresolvedMember {
            own.listing.doubts.insert(ListingDoubts::UNRESOLVED);
        }
        own.listing
    }

    /// The union of what the listed taxa below `subject` say; of a genus or species, what it held on that day.
    fn lower(&self, backbone: &Backbone, subject: &Subject<'_>, origin: &Origin, on: Day) -> Listing {
        let mut listing = Listing::none();
        let mut last = subject.taxon;
        let may_hold_others = backbone.rank(subject.taxon) >= Rank::Genus;
        for Held { entry, .. } in self.in_force(self.all_of(subject.taxon), on) {
            if entry.taxon != last {
                last = entry.taxon;
                if !(may_hold_others && self.moves.stood_elsewhere(entry.taxon, subject.taxon, on)) {
                    listing.join(&self.own(subject, entry.taxon, origin, on).listing);
                }
            }
        }
        let once = may_hold_others.then(|| self.moves.once_in(subject.taxon, on));
        for taxon in once.into_iter().flatten().filter(|taxon| !backbone.is_within(*taxon, subject.taxon)) {
            if self.of_taxon(taxon).iter().any(|entry| entry.in_force(on) != InForce::No) {
                listing.join(&self.own(subject, taxon, origin, on).listing);
            }
        }
        listing
    }

    /// Whether every known member of a higher taxon has an entry or an exclusion of its own, so that
    /// nothing of what the taxon inherits is left.
    fn is_told_by_members(&self, backbone: &Backbone, taxon: TaxonId, on: Day) -> bool {
        let children = backbone
            .children(taxon)
            .filter(|member| backbone.status(*member) == TaxonStatus::Accepted)
            .filter(|member| !self.moves.stood_elsewhere(*member, taxon, on));
        let once = self.moves.once_in(taxon, on).filter(|member| !backbone.is_within(*member, taxon));
        let mut members = children.chain(once).peekable();
        members.peek().is_some()
            && members.all(|member| {
                let own = self.of_taxon(member).iter().any(|entry| entry.in_force(on) == InForce::Yes);
                own || (backbone.rank(member) < Rank::Species
                    && self.is_told_by_members(backbone, member, on))
            })
    }

    /// What a taxon's own entries and those above it say, without what lies below it.
    fn own(&self, subject: &Subject<'_>, taxon: TaxonId, origin: &Origin, on: Day) -> Own {
        let mut open = Open::new(origin, self.everywhere);
        let mut listing = Listing::none();
        let is_open = matches!(origin, Origin::Unknown | Origin::Unstated);
        let range = subject.range.filter(|_| is_open).map(|range| range.countries());
        let range = range.filter(|range| !range.is_empty());
        let is_member = subject.placement == Placement::KnownMember;
        open.range = range.filter(|_| is_member);
        let (mut from_above, mut limited_here) = (true, false);
        let mut next = Some(taxon);
        while let Some(level) = next {
            self.level(level, &mut open, on, &mut listing);
            if level == taxon {
                from_above = listing.appendices.is_empty();
                let is_main = listing.appendices.iter().any(|appendix| appendix != Appendix::III);
                limited_here = is_main && !is_member;
                // Above the taxon itself, an open origin is one of the States in which it occurs.
                open.range = range;
            }
            next = if open.main.is_empty() { None } else { self.lineages.next_listed(level) };
        }
        let left = !open.any.is_empty() && limited_here;
        let left_in_range = !open.considered(&open.any).is_empty();
        // What a day between two bounds leaves open may be in no Appendix.
        let perhaps = listing.doubts.contains(ListingDoubts::DAY);
        if left || (left_in_range && (listing.appendices.is_empty() || perhaps || !is_open)) {
            listing.appendices = listing.appendices.with_not_controlled();
        } else if left_in_range {
            listing.doubts.insert(ListingDoubts::LIMITED);
        }
        if is_open && is_split(listing.appendices) && !listing.doubts.contains(ListingDoubts::DAY) {
            listing.doubts.insert(ListingDoubts::ORIGIN);
        }
        Own { listing, from_above: from_above && !(open.any == self.everywhere) }
    }

    /// What the entries of one taxon take of what is open.
    fn level(&self, level: TaxonId, open: &mut Open, on: Day, listing: &mut Listing) {
        let held: SmallVec<[Held<'_>; 8]> = self.in_force(self.of(level), on).collect();
        if held.is_empty() {
            return;
        }
        let exact = open.place.is_some_and(|place| {
            let is_exact = |held: &Held<'_>| held.entry.population.cover(place) == Cover::Exact;
            place.region.is_some() && held.iter().any(is_exact)
        });
        let (mut main, mut any) = (open.main, open.any);
        // Exclusions come last: a taxon taken out of a higher entry may be listed in Appendix III all the same.
        for exclusions in [false, true] {
            let of_kind = held.iter().filter(|held| held.entry.appendix.is_none() == exclusions);
            for Held { id, entry, state } in of_kind.copied() {
                let third = entry.appendix == Some(Appendix::III);
                let (cover, taken) =
                    open.taken(entry, if third || exclusions { &open.any } else { &open.main });
                if state == InForce::Yes && (exclusions || open.place.is_none()) && !third {
                    main = main.difference(&entry.population.whole_of(&open.main));
                    any = any.difference(&entry.population.whole_of(&open.any));
                }
                if cover == Cover::Outside || (exact && !third && cover != Cover::Exact) {
                    continue;
                }
                listing.note(id, entry, state);
                if cover == Cover::Part || (cover == Cover::Whole && entry.population.part_of(&open.main)) {
                    listing.doubts.insert(ListingDoubts::PART_OF_STATE);
                }
                if state == InForce::Yes {
                    any = any.difference(&taken);
                    if !third {
                        main = main.difference(&taken);
                    }
                }
            }
            open.any = any;
        }
        open.main = main;
    }

    /// The first day on which the Convention applied to `subject`: the earliest entry of its own or of a
    /// higher taxon, in any Appendix; transfers between Appendices do not reset it.
    ///
    /// Source: Res. Conf. 13.6 (Rev. CoP18).
    pub fn first_listed(&self, backbone: &Backbone, subject: &Subject<'_>) -> Option<Day> {
        let levels = backbone.lineage(subject.taxon).flat_map(|level| self.of_taxon(level));
        let own = levels
            .filter(|entry| entry.appendix.is_some())
            .map(|entry| entry.from_earliest.unwrap_or(entry.from))
            .min();
        let lower = || {
            let within = self.within(subject.taxon).iter().filter(|entry| entry.appendix.is_some());
            within.map(|entry| entry.from).min()
        };
        let is_member =
            subject.placement == Placement::KnownMember || backbone.rank(subject.taxon) >= Rank::Species;
        own.or_else(|| if is_member { None } else { lower() })
    }
}

fn is_split(appendices: AppendixSet) -> bool {
    appendices.iter().count() + usize::from(appendices.has_not_controlled()) > 1
}
