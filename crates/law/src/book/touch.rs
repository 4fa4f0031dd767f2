//! Which of the rows that change between two days bear on a line of goods.
//!
//! Source of truth: the rows that an assessment of the one day or the other rests on. Where a line leaves open
//! what would tell whether a row bears on it (its taxon, its State of origin, export or import), the row may
//! bear on it: unknown is never "not touched".

use std::collections::HashMap;

use cites::{COUNTRIES, Country, CountryKind, Day, Kingdom, TaxonId};
use smallvec::SmallVec;
use species::Backbone;

use super::diff::{Dated, RowEvent};
use super::{BookFaults, LawBook};
use crate::assess::{Assessment, Crossing, Line};
use crate::listing::Origin;
use crate::pack::{Asked, NationalEntry, Pack};
use crate::rule::{Fact, FactSet, Met, NameMatch};

/// Everything that changes after a day, up to another and on it, found by taxon.
#[derive(Debug)]
pub struct Window<'b> {
    book: &'b LawBook,
    /// The last day under the law before.
    pub since: Day,
    /// The day asked about.
    pub on: Day,
    events: Vec<RowEvent<'b>>,
    /// The events of rows that name a taxon.
    own: HashMap<TaxonId, Vec<u32>>,
    /// The events of rows that name a taxon below.
    below: HashMap<TaxonId, Vec<u32>>,
    /// The events of rows that name none.
    general: Vec<u32>,
    /// National lists that begin, by pack and kingdom.
    lists: Vec<(Box<str>, Kingdom)>,
}

/// An event that bears on a line.
#[derive(Debug, Clone, Copy)]
pub struct Bearing {
    /// The place of the event in the window.
    pub place: u32,
    /// Whether it surely does; else it may, as long as something is unknown.
    pub sure: bool,
}

/// The events that may bear on a line, by their places in the window.
pub type Candidates = SmallVec<[u32; 8]>;

impl LawBook {
    /// Everything that changes after `since`, up to `on` and on it.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn window(&self, since: Day, on: Day) -> Result<Window<'_>, BookFaults> {
        let events = self.events(since, on)?;
        let mut window = Window {
            book: self,
            since,
            on,
            events: Vec::new(),
            own: HashMap::new(),
            below: HashMap::new(),
            general: Vec::new(),
            lists: Vec::new(),
        };
        for (place, event) in events.iter().enumerate() {
            window.note(place as u32, &event.row)?;
        }
        window.events = events;
        Ok(window)
    }
}

impl<'b> Window<'b> {
    /// Finds the taxa of a row.
    fn note(&mut self, place: u32, row: &Dated<'b>) -> Result<(), BookFaults> {
        let taxa = match row {
            // A text concerns what the entries of either day have its symbol.
            Dated::Annotation(text) => {
                let mut taxa = self.book.annotated(&text.symbol, self.since)?;
                taxa.extend(self.book.annotated(&text.symbol, self.on)?);
                taxa.sort_unstable();
                taxa.dedup();
                taxa
            }
            row => row.taxa(),
        };
        // A list's entry of a taxon that the tree lacks is not asked for; the first day of the list is asked for
        // every taxon.
        let is_general = match row {
            Dated::Annotation(_) => false,
            Dated::National(pack, entry) => self.begins_list(pack, entry),
            _ => taxa.is_empty(),
        };
        if is_general {
            self.general.push(place);
        }
        for taxon in taxa {
            self.own.entry(taxon).or_default().push(place);
            for above in self.book.backbone().lineage(taxon).skip(1) {
                self.below.entry(above).or_default().push(place);
            }
        }
        Ok(())
    }

    /// Whether a row is the one that stands for the first day of a national list of its kingdom.
    fn begins_list(&mut self, pack: &Pack, row: &NationalEntry) -> bool {
        let same = pack.national_list().entries().iter().filter(|entry| entry.kingdom == row.kingdom);
        let is_first = same.map(|entry| entry.span.from).min() == Some(row.span.from);
        let list = (Box::from(pack.folder()), row.kingdom);
        is_first && !self.lists.contains(&list) && {
            self.lists.push(list);
            true
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// The event at a place.
    pub fn event(&self, place: u32) -> Option<&RowEvent<'b>> {
        self.events.get(place as usize)
    }

    /// The events that may bear on a line; all of them where its name leads to no taxon or may mean any.
    pub fn candidates(&self, line: &Line<'_>, crossing: &Crossing<'_>) -> Candidates {
        let mut found = Candidates::new();
        if line.may_be_any_taxon() {
            found.extend(0..self.events.len() as u32);
        } else {
            for subject in line.subjects.iter().chain(&line.or_else) {
                for (depth, taxon) in self.book.backbone().lineage(subject.taxon).enumerate() {
                    found.extend(self.own.get(&taxon).into_iter().flatten().copied());
                    if depth == 0 {
                        found.extend(self.below.get(&taxon).into_iter().flatten().copied());
                    }
                }
            }
            found.extend(self.general.iter().copied());
            found.sort_unstable();
            found.dedup();
        }
        found.retain(|place| self.event(*place).is_some_and(|event| may_concern(&event.row, crossing)));
        found
    }

    /// The days on which something happens that may bear on a line, in order; the last may be `on`.
    pub fn days(&self, candidates: &[u32]) -> Vec<Day> {
        let mut days: Vec<Day> =
            candidates.iter().filter_map(|place| self.event(*place)).map(|event| event.day).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The candidates that bear on a line, or may. `assessments` are those of the day before and of every day
    /// on which a candidate changes.
    pub fn bearing(
        &self,
        candidates: &[u32],
        line: &Line<'_>,
        crossing: &Crossing<'_>,
        assessments: &[Assessment<'b>],
    ) -> Vec<Bearing> {
        let bearing = candidates.iter().filter_map(|place| {
            let event = self.event(*place)?;
            let rested = assessments.iter().filter_map(|assessment| rests_on(&event.row, assessment));
            let sure = rested.max().or_else(|| beside(&event.row, line, crossing, self.book.backbone()))?;
            let sure = sure && line.name != NameMatch::Doubtful && line.name != NameMatch::Unresolved;
            Some(Bearing { place: *place, sure })
        });
        bearing.collect()
    }
}

/// Whether the assessment rests on the row: `Some(true)` surely, `Some(false)` as long as something is unknown.
fn rests_on(row: &Dated<'_>, assessment: &Assessment<'_>) -> Option<bool> {
    if let Dated::Rule(id, _) = row {
        let finding = assessment.findings.iter().find(|finding| finding.rule == *id)?;
        return Some(finding.met == Met::Met);
    }
    let evidence = assessment.evidence.iter().find(|evidence| row.is(evidence))?;
    let facts = [&assessment.facts].into_iter().chain(assessment.packs.iter().map(|pack| &pack.facts));
    // How much there is decides whether a quota is kept, not whether it counts.
    let told = FactSet::of(&[Fact::Quantity]);
    let open = facts.into_iter().any(|facts| {
        let missing = facts.missing_for(evidence.fact()).difference(told);
        facts.is_open(evidence.fact()) && !missing.is_empty()
    });
    Some(!open)
}

/// Whether a State may be the one that a row is about: it is, or it is not told.
fn may_be(told: Option<Country>, wanted: Country) -> bool {
    told.is_none_or(|told| told == wanted || !is_named(told))
}

/// Whether a code names a State that is there today.
fn is_named(country: Country) -> bool {
    country.fact().is_some_and(|fact| fact.kind != CountryKind::Special && fact.kind != CountryKind::Historic)
}

/// Whether a row that names no taxon, or a State, may have a part in the journey at all.
fn may_concern(row: &Dated<'_>, crossing: &Crossing<'_>) -> bool {
    let either = |wanted| may_be(crossing.exporter, wanted) || may_be(crossing.importer, wanted);
    let passes = |wanted: Country| crossing.via.is_some_and(|states| states.contains(&wanted));
    match row {
        Dated::Suspension(row) => row.country.is_none_or(either),
        Dated::Reservation(row) => either(row.territory.unwrap_or(row.party)),
        Dated::Party(fact) => {
            let dependent = COUNTRIES.iter().filter(|other| {
                other.country.party_facts().iter().any(
                    |own| matches!(own.status, cites::PartyStatus::TerritoryOf(of) if of == fact.country),
                )
            });
            either(fact.country) || passes(fact.country) || { dependent }
                .any(|other| either(other.country) || passes(other.country))
        }
        Dated::Calendar(pack, row) => {
            concerns_port(pack, crossing, |id| row.ports.iter().any(|port| **port == *id))
        }
        Dated::Designation(pack, row) => concerns_port(pack, crossing, |id| *row.port == *id),
        // A term of a paper is asked of papers only, and who decides changes no answer.
        Dated::Validity(..) | Dated::Delegation(..) | Dated::Livestock(..) => false,
        row => match row.country() {
            Some(country) if !matches!(row, Dated::YearlyQuota(..)) => either(country) || passes(country),
            _ => true,
        },
    }
}

fn concerns_port(pack: &Pack, crossing: &Crossing<'_>, is: impl Fn(&str) -> bool) -> bool {
    let country = pack.place().country;
    let has_part = may_be(crossing.exporter, country) || may_be(crossing.importer, country);
    has_part && crossing.port.is_none_or(|name| pack.port(name).is_some_and(|port| is(&port.id)))
}

/// Whether a row on which no assessment rests bears on the line all the same: what an assessment reads without
/// naming a row for it, and what it does not try because the line leaves a State open.
fn beside(row: &Dated<'_>, line: &Line<'_>, crossing: &Crossing<'_>, backbone: &Backbone) -> Option<bool> {
    if line.subjects.is_empty() {
        return Some(false);
    }
    let is_open = |state: Option<Country>| state.is_none_or(|state| !is_named(state));
    let a_side_is_open = is_open(crossing.exporter) || is_open(crossing.importer);
    match row {
        Dated::Party(_) => Some(!a_side_is_open),
        Dated::Calendar(..) | Dated::Designation(..) => Some(crossing.port.is_some() && !a_side_is_open),
        // The quotas of every State would have to be looked through.
        Dated::YearlyQuota(..) => (!matches!(line.origin, Origin::Place(_))).then_some(false),
        Dated::Reservation(_) => a_side_is_open.then_some(false),
        Dated::National(..) | Dated::Prohibition(..) | Dated::Carried(..) | Dated::Medicinal(..) => {
            (a_side_is_open && may_fit(row, line, crossing, backbone)).then_some(false)
        }
        Dated::Rule(_, rule) => (rule.pack.is_some() && a_side_is_open).then_some(false),
        _ => None,
    }
}

/// Whether a row of a pack may fit the goods, were its country to have a part in the journey.
fn may_fit(row: &Dated<'_>, line: &Line<'_>, crossing: &Crossing<'_>, backbone: &Backbone) -> bool {
    line.subjects.iter().any(|subject| {
        let lineage: SmallVec<[TaxonId; 14]> = backbone.lineage(subject.taxon).collect();
        let asked = Asked {
            placement: subject.placement,
            accepted: line.accepted,
            term: line.term,
            source: line.source.and_then(|code| code.primary()),
            carrier: crossing.carrier,
            procedure: crossing.procedure,
            ..Asked::of(&lineage, row.span().from)
        };
        match row {
            Dated::National(_, row) => !row.taxon.holds(&asked).and(row.fits(&asked)).is_no(),
            Dated::Prohibition(_, row) => !row.fits(&asked).is_no(),
            Dated::Carried(_, row) => !row.fits(&asked).is_no(),
            Dated::Medicinal(_, row) => !row.fits(&asked).is_no(),
            _ => true,
        }
    })
}
