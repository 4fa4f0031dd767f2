//! Facts of what stands in the way: suspensions, quotas and reservations that fit the line.
//!
//! A row that surely fits sets the least that holds; a row that may fit leaves its own value possible too.

use cites::{Appendix, AppendixSet, Country, Day, Quantity, TaxonId};
use species::Placement;

use super::evidence::Evidence;
use super::gather::{Gathering, purposes_of, sources_of, terms_of};
use super::input::{Crossing, Line};
use super::lacks;
use super::sources::{Question, Sources};
use crate::bars::quota::Quota;
use crate::bars::suspension::{Certainty, Scope};
use crate::bars::{Match, Missing, Movement};
use crate::listing::Origin;
use crate::rule::{
    Fact, FactSet, Facts, Key, ListedAs, Membership, NameMatch, QuotaState, Reserving, Suspended, Value, key,
};

/// The line as the tables of bars ask about it.
pub(super) fn movement<'a>(
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    lineage: &'a [TaxonId],
    on: Day,
) -> Movement<'a> {
    let origin = match line.origin {
        Origin::Place(place) => Some(place),
        Origin::Several(_) | Origin::Unknown | Origin::Unstated => None,
    };
    Movement {
        origin,
        exporter: crossing.exporter,
        importer: crossing.importer,
        terms: terms_of(line),
        sources: sources_of(line),
        purposes: purposes_of(crossing),
        ..Movement::of(lineage, on)
    }
}

/// The Appendices that are possible, as a set of codes.
fn appendices(facts: &Facts) -> AppendixSet {
    Appendix::ALL
        .into_iter()
        .filter(|appendix| facts.may_be(key::appendix, ListedAs::from(*appendix)))
        .collect()
}

/// Fills the facts.
pub(super) fn fill<'b>(gathered: &mut Gathering<'_, 'b>, question: &Question<'_, '_, 'b>) {
    let Question { line, crossing, sources, on } = *question;
    let listed = appendices(gathered.facts);
    if line.subjects.is_empty() || listed.is_empty() {
        let facts = &mut gathered.facts;
        let unresolved = line.subjects.is_empty();
        if !unresolved {
            facts.know(key::suspension, Suspended::No);
            facts.know(key::quota, QuotaState::NotPublished);
            facts.know(key::reservation, Reserving::Neither);
        }
        let taxon = if unresolved { FactSet::of(&[Fact::Taxon]) } else { FactSet::EMPTY };
        [Fact::Suspension, Fact::Quota, Fact::Reservation]
            .into_iter()
            .for_each(|fact| facts.because(fact, taxon));
        return;
    }
    let sure = line.name != NameMatch::Doubtful;
    let (mut suspension, mut quota) =
        (Worst::at(Suspended::No, sure), Worst::at(QuotaState::NotPublished, sure));
    let mut reserving = Reservers::default();
    let lineages = std::mem::take(&mut gathered.lineages);
    for (lineage, subject) in lineages.iter().zip(&line.subjects) {
        let only_members = subject.placement == Placement::KnownMember;
        suspension.only_members = only_members;
        quota.only_members = only_members;
        let movement = Movement { appendices: listed, ..movement(line, crossing, lineage, on) };
        suspensions(gathered, sources, &movement, &mut suspension);
        quotas(gathered, sources, &movement, line.quantity, &mut quota);
        reservations(gathered, sources, &movement, crossing, &mut reserving);
    }
    gathered.lineages = lineages;
    suspension.tell(gathered.facts, key::suspension);
    quota.tell(gathered.facts, key::quota);
    reserving.tell(gathered.facts, crossing, on);
}

/// The severest value that surely holds, and those above it that may.
struct Worst<V> {
    surely: V,
    perhaps: u16,
    missing: FactSet,
    /// Whether the taxon is sure; a row for a doubtful one never surely holds.
    taxon_is_sure: bool,
    /// Whether the specimen is a known member of the taxon that no row names: a row for another member of it
    /// does not concern it.
    only_members: bool,
}

impl<V: Value + Ord> Worst<V> {
    fn at(surely: V, taxon_is_sure: bool) -> Worst<V> {
        Worst { surely, perhaps: 0, missing: FactSet::EMPTY, taxon_is_sure, only_members: false }
    }

    fn see(&mut self, value: V, matched: Match) {
        match matched {
            Match::Met if self.taxon_is_sure => self.surely = self.surely.max(value),
            Match::Met => self.may_be(value, FactSet::of(&[Fact::Taxon])),
            Match::Unknown(missing) if self.only_members && missing.contains(Missing::Taxon) => {}
            Match::Unknown(missing) => self.may_be(value, lacks::facts(missing)),
        }
    }

    fn may_be(&mut self, value: V, missing: FactSet) {
        self.perhaps |= 1 << value.place();
        self.missing = self.missing.union(missing);
    }

    /// Values are listed from the mildest, so that what may hold above the surest stays possible.
    fn tell(self, facts: &mut Facts, key: Key<V>) {
        let above = self.perhaps & !((1 << (self.surely.place() + 1)) - 1);
        facts.among_places(key, above | 1 << self.surely.place());
        if above != 0 {
            facts.because(key.fact(), self.missing);
        }
    }
}

fn suspensions<'b>(
    gathered: &mut Gathering<'_, 'b>,
    sources: &Sources<'b>,
    movement: &Movement<'_>,
    worst: &mut Worst<Suspended>,
) {
    sources.suspensions.each_applying(movement, |found| {
        let value = match (found.certainty, found.suspension.scope) {
            (Certainty::NotVerified, _) => Suspended::Unverified,
            (Certainty::InForce, Scope::Ordinary) => Suspended::InForce,
            (Certainty::InForce, Scope::All) => Suspended::AllTrade,
        };
        worst.see(value, found.matched);
        gathered.evidence.push(Evidence::Suspension(found.suspension));
    });
}

fn quotas<'b>(
    gathered: &mut Gathering<'_, 'b>,
    sources: &Sources<'b>,
    movement: &Movement<'_>,
    asked: Option<Quantity>,
    worst: &mut Worst<QuotaState>,
) {
    sources.quotas.each_applying(movement, |found| {
        see_quota(worst, found.quota.limit, found.matched, asked);
        gathered.evidence.push(Evidence::Quota(found.quota));
        if !found.quota.provenance.confidence.is_verified() {
            gathered.facts.rests_on_unverified(Fact::Quota);
        }
    });
    sources.yearly_quotas.each_applying(movement, |found| {
        see_quota(worst, found.quota.limit, found.matched, asked);
        gathered.evidence.push(Evidence::YearlyQuota(found.quota));
    });
}

/// The amount of the line alone against a quota; what others have exported is told on the permit.
fn see_quota(worst: &mut Worst<QuotaState>, limit: Quota, matched: Match, asked: Option<Quantity>) {
    match limit {
        Quota::Zero => worst.see(QuotaState::Zero, matched),
        Quota::NotPublished => worst.see(QuotaState::Within, matched),
        Quota::UpTo(most) => {
            let asked = asked.and_then(|asked| asked.convert_to(most.unit));
            match asked.map(|asked| asked.amount <= most.amount) {
                Some(true) => worst.see(QuotaState::Within, matched),
                Some(false) => worst.see(QuotaState::Over, matched),
                None => {
                    worst.see(QuotaState::Within, matched);
                    worst.may_be(QuotaState::Over, FactSet::of(&[Fact::Quantity]));
                }
            }
        }
    }
}

/// Which sides reserve, surely or perhaps.
#[derive(Default)]
struct Reservers {
    exporter: bool,
    importer: bool,
    doubtful: bool,
}

fn reservations<'b>(
    gathered: &mut Gathering<'_, 'b>,
    sources: &Sources<'b>,
    movement: &Movement<'_>,
    crossing: &Crossing<'_>,
    found: &mut Reservers,
) {
    let states = [crossing.exporter, crossing.importer];
    for row in sources.reservations.of_states(states, movement.lineage, movement.on) {
        let by = |state: Option<Country>| state == Some(row.state());
        if !movement.appendices.contains(row.appendix) {
            continue;
        }
        found.exporter |= by(crossing.exporter);
        found.importer |= by(crossing.importer);
        found.doubtful |= row.certainty(movement.on) != Some(Certainty::InForce);
        gathered.evidence.push(Evidence::Reservation(row));
    }
}

impl Reservers {
    /// Two reserving sides, or one that reserves and one that is no Party, are free of the treaty among
    /// themselves when no Party is passed through.
    ///
    /// Source: Arts. XV.3, XVI.2, XXIII.3; 50 CFR 23.21.
    fn tell(&self, facts: &mut Facts, crossing: &Crossing<'_>, on: Day) {
        let outside =
            |facts: &Facts, key, reserves: bool| reserves || facts.is(key, Membership::NonParty).is_yes();
        let exporter_out = outside(facts, key::exporter_status, self.exporter);
        let importer_out = outside(facts, key::importer_status, self.importer);
        let passes_party = crossing.via.map(|states| states.iter().any(|state| state.is_party_on(on)));
        match (self.exporter || self.importer, exporter_out && importer_out, passes_party) {
            (false, ..) => facts.know(key::reservation, Reserving::Neither),
            (true, false, _) | (true, true, Some(true)) => facts.know(key::reservation, Reserving::OneSide),
            (true, true, Some(false)) if !self.doubtful => facts.know(key::reservation, Reserving::Both),
            (true, true, _) => {
                facts.among(key::reservation, [Reserving::OneSide, Reserving::Both]);
                let untold = if passes_party.is_none() { Fact::Via } else { Fact::Reservation };
                facts.because(Fact::Reservation, FactSet::of(&[untold]));
            }
        }
    }
}
