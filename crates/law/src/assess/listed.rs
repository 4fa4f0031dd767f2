//! The Appendix that holds the specimen: the listing of the taxon and population, then the filters of the
//! specimen: annotation, deemed Appendix, excluded form, hybrid.
//!
//! Source: Interpretation of the Appendices, paras 1 to 7; Res. Conf. 10.17 (Rev. CoP14) for animal hybrids,
//! Res. Conf. 11.11 (Rev. CoP18) for plant hybrids.

use cites::{Appendix, Kingdom, Rank, TaxonId};

use super::evidence::Evidence;
use super::gather::{Gathering, purposes_of_trade, specimen_kind};
use super::input::{Hybridity, Line};
use super::sources::{Question, Sources};
use super::{barred, journey, lacks};
use crate::annotation::Coverage;
use crate::bars::Movement;
use crate::bars::deemed::Reading;
use crate::listing::{Entry, Listing, ListingDoubts, Origin, Subject};
use crate::rule::{Fact, FactSet, ListedAs, ListingDay, NameMatch, Realm, Truth, YesNo, key};

/// The Appendices that are possible, one bit for each [`ListedAs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Possible(u8);

impl Possible {
    const NONE: Possible = Possible(0);
    const ALL: Possible = Possible(0b1111);

    fn of(listed: ListedAs) -> Possible {
        Possible(1 << listed as u8)
    }

    fn or(self, other: Possible) -> Possible {
        Possible(self.0 | other.0)
    }

    fn contains(self, listed: ListedAs) -> bool {
        self.0 & 1 << listed as u8 != 0
    }

    fn iter(self) -> impl Iterator<Item = ListedAs> {
        ListedAs::ALL.iter().copied().filter(move |listed| self.contains(*listed))
    }

    /// The stricter of two for every pair that is possible; I is stricter than II, II than III.
    fn strictest(self, other: Possible) -> Possible {
        let pairs = self.iter().flat_map(|one| other.iter().map(move |two| one.min(two)));
        pairs.fold(Possible::NONE, |all, listed| all.or(Possible::of(listed)))
    }

    fn replace(self, listed: ListedAs, by: Possible) -> Possible {
        if self.contains(listed) { Possible(self.0 & !(1 << listed as u8)).or(by) } else { self }
    }
}

/// What one taxon of the line is.
struct Found {
    possible: Possible,
    missing: FactSet,
    parts: Parts,
    /// Whether the origin is a Party that listed it in Appendix III.
    origin_lists: Truth,
}

/// What the entries say of this part or product.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    covered: bool,
    free: bool,
    undecided: bool,
}

impl Parts {
    fn join(self, other: Parts) -> Parts {
        Parts {
            covered: self.covered || other.covered,
            free: self.free || other.free,
            undecided: self.undecided || other.undecided,
        }
    }

    /// Covered as soon as one entry covers it; a taxon without an entry leaves nothing out.
    fn truth(self) -> Truth {
        if self.covered || !(self.free || self.undecided) {
            Truth::Yes
        } else if self.undecided {
            Truth::Unknown
        } else {
            Truth::No
        }
    }
}

/// Fills the facts of the listing.
pub(super) fn fill<'b>(gathered: &mut Gathering<'_, 'b>, question: &Question<'_, '_, 'b>) {
    let Question { line, sources, .. } = *question;
    gathered.facts.know(key::name, line.name);
    gathered.facts.know(key::listing_day, ListingDay::Certain);
    let is_hybrid = line.hybrid != Hybridity::No;
    gathered.facts.know(key::hybrid, YesNo::from(is_hybrid));
    let origin_told = match line.origin {
        _ if line.from_high_seas => Some(YesNo::Yes),
        Origin::Place(_) => Some(YesNo::Yes),
        Origin::Several(_) | Origin::Unknown => Some(YesNo::No),
        Origin::Unstated => None,
    };
    gathered.facts.know_if_told(key::origin_named, origin_told);
    gathered.facts.because(Fact::OriginNamed, FactSet::of(&[Fact::Origin]));
    if let Some(first) = line.subjects.first() {
        gathered.facts.know(key::kingdom, Realm::from(sources.backbone.kingdom(first.taxon)));
    }
    let mut joined: Option<Found> = None;
    let lineages = std::mem::take(&mut gathered.lineages);
    for (subject, lineage) in line.subjects.iter().zip(&lineages) {
        let mut found = subject_of(gathered, subject, lineage, question);
        if is_hybrid && sources.backbone.kingdom(subject.taxon) == Kingdom::Animalia {
            found.possible = found.possible.replace(ListedAs::III, Possible::of(ListedAs::Nowhere));
        }
        joined = Some(match joined {
            None => found,
            Some(other) => Found {
                possible: other.possible.strictest(found.possible),
                missing: other.missing.union(found.missing),
                parts: other.parts.join(found.parts),
                origin_lists: other.origin_lists.or(found.origin_lists),
            },
        });
    }
    gathered.lineages = lineages;
    if line.name == NameMatch::Doubtful {
        joined = joined.map(|found| or_else(gathered, found, question));
    }
    settle(gathered, line, joined);
}

/// What a doubtful name may mean besides: the Appendices of the other taxa, or any.
fn or_else<'b>(gathered: &mut Gathering<'_, 'b>, mut found: Found, question: &Question<'_, '_, 'b>) -> Found {
    let Question { line, sources, .. } = *question;
    found.missing = found.missing.with(Fact::Taxon);
    if line.or_else.is_empty() {
        found.possible = Possible::ALL;
    }
    for subject in &line.or_else {
        let lineage = sources.listings.lineage(subject.taxon);
        let other = subject_of(gathered, subject, lineage, question);
        found.possible = found.possible.or(other.possible);
        found.missing = found.missing.union(other.missing);
        if other.origin_lists != found.origin_lists {
            found.origin_lists = Truth::Unknown;
        }
    }
    found
}

/// Turns what was found into facts, with the forms and crossings that a listing leaves out.
fn settle(gathered: &mut Gathering<'_, '_>, line: &Line<'_>, found: Option<Found>) {
    let facts = &mut gathered.facts;
    let unresolved = || Found {
        possible: Possible::ALL,
        missing: FactSet::of(&[Fact::Taxon]),
        parts: Parts { undecided: true, ..Parts::default() },
        origin_lists: Truth::Unknown,
    };
    let mut found = found.unwrap_or_else(unresolved);
    if line.name == NameMatch::Unresolved {
        found = unresolved();
    }
    if let Hybridity::Yes { pedigree_complete } = line.hybrid {
        ancestry(&mut found, line, pedigree_complete);
        let listed = !found.possible.contains(ListedAs::Nowhere);
        let free = found.possible == Possible::of(ListedAs::Nowhere);
        facts.know_if_told(key::listed_ancestor, (listed || free).then_some(YesNo::from(listed)));
        facts.because(Fact::ListedAncestor, FactSet::of(&[Fact::Ancestors]));
    } else {
        facts.know(key::listed_ancestor, YesNo::No);
    }
    domesticated(gathered, line, &mut found);
    let facts = &mut gathered.facts;
    facts.among(key::appendix, found.possible.iter());
    facts.because(Fact::Appendix, found.missing);
    match found.parts.truth() {
        Truth::Yes => facts.know(key::covered, YesNo::Yes),
        Truth::No => facts.know(key::covered, YesNo::No),
        Truth::Unknown => facts.because(Fact::Covered, found.missing),
    }
    match found.origin_lists {
        Truth::Yes => facts.know(key::origin_lists, YesNo::Yes),
        Truth::No => facts.know(key::origin_lists, YesNo::No),
        Truth::Unknown => facts.because(Fact::OriginLists, FactSet::of(&[Fact::Origin])),
    }
}

/// A hybrid none of whose named ancestors is listed is free only by a complete pedigree.
///
/// Source: Res. Conf. 10.17 (Rev. CoP14); the burden is on the trader, 50 CFR 23.43.
fn ancestry(found: &mut Found, line: &Line<'_>, pedigree_complete: bool) {
    let nothing_listed = line.subjects.is_empty() || found.possible == Possible::of(ListedAs::Nowhere);
    if nothing_listed && pedigree_complete {
        found.possible = Possible::of(ListedAs::Nowhere);
        found.missing = FactSet::EMPTY;
        found.parts = Parts::default();
    } else if nothing_listed {
        found.possible = Possible::ALL;
        found.missing = found.missing.with(Fact::Ancestors);
    }
}

/// Forms that the entry of their wild kin leaves out.
fn domesticated(gathered: &mut Gathering<'_, '_>, line: &Line<'_>, found: &mut Found) {
    let facts = &mut gathered.facts;
    let free = Possible::of(ListedAs::Nowhere);
    match (line.excluded_form, line.domesticated) {
        (true, Some(false)) => {
            facts.because(Fact::Domesticated, FactSet::of(&[Fact::Domesticated]));
            found.possible = found.possible.or(free);
            found.missing = found.missing.with(Fact::Domesticated);
        }
        (true, _) => {
            facts.know(key::domesticated, YesNo::Yes);
            found.possible = free;
            found.missing = FactSet::EMPTY;
        }
        (false, told) => facts.know(key::domesticated, YesNo::from(told == Some(true))),
    }
}

fn subject_of<'b>(
    gathered: &mut Gathering<'_, 'b>,
    subject: &Subject<'_>,
    lineage: &[TaxonId],
    question: &Question<'_, '_, 'b>,
) -> Found {
    let Question { line, sources, on, .. } = *question;
    let listing = sources.listings.listing(sources.backbone, subject, &line.origin, on);
    let is_species = sources.backbone.rank(subject.taxon) >= Rank::Species;
    let mut found = Found {
        possible: Possible::NONE,
        missing: lacks::doubts(listing.doubts, is_species),
        parts: Parts::default(),
        origin_lists: origin_lists(&listing, line, sources),
    };
    if listing.doubts.contains(ListingDoubts::DAY) {
        gathered.facts.know(key::listing_day, ListingDay::Between);
    }
    if !listing.verified {
        gathered.facts.rests_on_unverified(Fact::Appendix);
    }
    let joins_by_strictest = listing.doubts.is_empty();
    for id in &listing.entries {
        let Some(entry) = sources.listings.entry(*id) else { continue };
        gathered.evidence.push(Evidence::Entry(entry));
        let part = part_of(gathered, entry, lineage, question, &mut found);
        found.possible = match found.possible {
            Possible::NONE => part,
            before if joins_by_strictest => before.strictest(part),
            before => before.or(part),
        };
    }
    let limited = listing.doubts.contains(ListingDoubts::LIMITED);
    let open = (listing.appendices.has_not_controlled() && !joins_by_strictest) || limited;
    if found.possible == Possible::NONE || open {
        found.possible = found.possible.or(Possible::of(ListedAs::Nowhere));
    }
    deemed(gathered, &mut found, lineage, question);
    found
}

/// What an entry makes of this part or product of its taxon.
fn part_of<'b>(
    gathered: &mut Gathering<'_, 'b>,
    entry: &'b Entry,
    lineage: &[TaxonId],
    question: &Question<'_, '_, 'b>,
    found: &mut Found,
) -> Possible {
    let Question { line, crossing, sources, on } = *question;
    let free = Possible::of(ListedAs::Nowhere);
    let Some(appendix) = entry.appendix else { return free };
    let listed = Possible::of(ListedAs::from(appendix));
    let Some(symbol) = entry.annotation.as_deref() else {
        found.parts.covered = true;
        return listed;
    };
    let kind = specimen_kind(line, crossing, lineage);
    let Some(answer) = sources.annotations.covers(symbol, on, &kind) else {
        found.parts.undecided = true;
        found.missing = found.missing.with(Fact::Covered);
        return listed.or(free);
    };
    gathered.evidence.push(Evidence::Annotation(answer.text));
    if !answer.verified.is_yes() {
        gathered.facts.rests_on_unverified(Fact::Appendix);
        gathered.facts.rests_on_unverified(Fact::Covered);
    }
    match answer.coverage {
        Coverage::Covered => {
            found.parts.covered = true;
            listed
        }
        Coverage::Free { .. } => {
            found.parts.free = true;
            free
        }
        Coverage::Unknown { missing } => {
            found.parts.undecided = true;
            found.missing = found.missing.union(lacks::facts(missing));
            listed.or(free)
        }
    }
}

/// Specimens of an Appendix II population that an annotation deems to be of Appendix I.
fn deemed<'b>(
    gathered: &mut Gathering<'_, 'b>,
    found: &mut Found,
    lineage: &[TaxonId],
    question: &Question<'_, '_, 'b>,
) {
    let Question { line, crossing, sources, on } = *question;
    if !found.possible.contains(ListedAs::II) || !sources.deemed.concern(lineage) {
        return;
    }
    let purposes = purposes_of_trade(crossing.purpose_export, crossing.purpose_import);
    let movement = Movement { purposes, ..barred::movement(line, crossing, lineage, on) };
    let (one, two) = (Possible::of(ListedAs::I), Possible::of(ListedAs::II));
    match sources.deemed.reading(&movement) {
        None => {}
        Some(Reading::AppendixII { row }) => gathered.evidence.push(Evidence::Deemed(row)),
        Some(Reading::DeemedI { row }) => {
            gathered.evidence.push(Evidence::Deemed(row));
            found.possible = found.possible.replace(ListedAs::II, one);
        }
        Some(Reading::Either { rows, missing }) => {
            gathered.evidence.extend(rows.into_iter().map(Evidence::Deemed));
            found.possible = found.possible.replace(ListedAs::II, one.or(two));
            found.missing = found.missing.union(lacks::facts(missing));
        }
    }
}

/// Whether the origin is a Party that listed the species in Appendix III.
fn origin_lists(listing: &Listing, line: &Line<'_>, sources: &Sources<'_>) -> Truth {
    let third = listing.entries.iter().filter_map(|id| sources.listings.entry(*id));
    let mut parties =
        third.filter(|entry| entry.appendix == Some(Appendix::III)).filter_map(|entry| entry.party);
    match journey::origin_country(&line.origin) {
        Some(origin) => Truth::from(parties.any(|party| party == origin)),
        None if parties.next().is_none() => Truth::No,
        None => Truth::Unknown,
    }
}
