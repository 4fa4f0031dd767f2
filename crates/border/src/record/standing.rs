//! The Appendices of one name and population over a year: on its last day, and on any of its days.
//!
//! Source of truth: the listings and the deemed specimens of the law book. How a name stands on one day is
//! answered by the book itself, so that a record and `law status` cannot differ.

use cites::{Appendix, AppendixSet, Country, Day, Place, TaxonId, TermSet};
use law::Origin;
use law::assess::Sources;
use law::bars::Movement;
use law::bars::deemed::Reading;
use law::book::{BookFaults, LawBook};
use law::listing::Subject;
use law::rule::NameMatch;
use smallvec::SmallVec;
use species::MatchKind;

use super::{Named, Recorded, Traded, When};
use crate::receive;

/// The law book, opened as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Law<'b> {
    book: &'b LawBook,
    /// What an assessment reads.
    pub sources: Sources<'b>,
}

impl<'b> Law<'b> {
    /// Opens `book`.
    ///
    /// # Errors
    /// The faults of its tables.
    pub fn of(book: &'b LawBook) -> Result<Law<'b>, BookFaults> {
        Ok(Law { book, sources: book.sources()? })
    }
}

/// The days on which the Appendices change, so that a year is asked about once for each stretch of it.
#[derive(Debug, Clone)]
pub struct Years(Vec<Day>);

impl Years {
    /// The days of change of `law`.
    pub fn of(law: &Law<'_>) -> Years {
        let deemed = law.sources.deemed.rows().iter();
        let mut days: Vec<Day> =
            deemed.flat_map(|row| [Some(row.span.from), row.span.until]).flatten().collect();
        days.extend(law.sources.listings.days_of_change());
        days.sort_unstable();
        days.dedup();
        Years(days)
    }

    /// A day of each stretch of `when` in which nothing changes, in order.
    fn stretches(&self, when: When) -> SmallVec<[Day; 8]> {
        let year = match when {
            When::On(day) => return SmallVec::from_slice(&[day]),
            When::Year(year) => year,
        };
        let Some(first) = Day::from_ymd(year, 1, 1) else { return SmallVec::new() };
        let after = self.0.partition_point(|day| *day <= first);
        let within = self.0.get(after..).unwrap_or_default().iter().copied();
        std::iter::once(first).chain(within.take_while(|day| day.year() == year)).collect()
    }
}

/// The Appendices of a name and population over a year, or on the one day that a record tells.
#[derive(Debug, Clone)]
pub struct Standing {
    /// On the last day, `NC` where some part or all is in none; empty where the name stands for nothing.
    pub at_end: AppendixSet,
    /// How sure the taxon is.
    pub name: NameMatch,
    /// How the name was matched.
    pub kind: MatchKind,
    /// The accepted name, where it is another than that of the resolution: what holds near names that stand in
    /// different Appendices, or the parents of a hybrid.
    pub matched: Option<Box<str>>,
    /// On any day, whatever the specimen.
    any: AppendixSet,
    /// The stretches in which the Appendix hangs on the kind of specimen.
    by_kind: Box<[Stretch]>,
}

/// A taxon in a part of a year in which the law does not change.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: Day,
    appendices: AppendixSet,
    taxon: TaxonId,
}

impl Standing {
    /// How `named` stands in the population of `population` over `when`; in every population where none is
    /// named or the code stands for no State.
    ///
    /// # Errors
    /// The faults of the tables of entries.
    pub fn of(
        named: &Named<'_>,
        population: Option<Country>,
        when: When,
        law: &Law<'_>,
        years: &Years,
    ) -> Result<Standing, BookFaults> {
        let origin = population.map_or(Origin::Unstated, Origin::from);
        let resolution = &named.resolution;
        let mut standing = Standing::nothing();
        let mut by_kind = Vec::new();
        for from in years.stretches(when) {
            let told = law.book.standing(resolution, &origin, from)?;
            standing.at_end = told.appendices;
            standing.kind = told.kind;
            standing.matched = (told.matched != resolution.accepted).then(|| told.matched.as_ref().into());
            let is_hybrid = told.subjects.len() > 1;
            for subject in &told.subjects {
                let appendices =
                    if is_hybrid { law.listing(subject, &origin, from) } else { told.appendices };
                let stretch = Stretch { from, appendices, taxon: subject.taxon };
                if stretch.hangs_on_kind(population, law) {
                    by_kind.push(stretch);
                } else {
                    standing.any = standing.any.union(appendices);
                }
            }
        }
        if let Some(last) = when.day() {
            let (subjects, all_known) = (&named.subjects, named.all_known);
            standing.name = receive::name_match(resolution, subjects, all_known, &origin, &law.sources, last);
        }
        standing.by_kind = by_kind.into();
        Ok(standing)
    }

    fn nothing() -> Standing {
        Standing {
            at_end: AppendixSet::EMPTY,
            name: NameMatch::Unresolved,
            kind: MatchKind::None,
            matched: None,
            any: AppendixSet::EMPTY,
            by_kind: Box::default(),
        }
    }

    /// The Appendices that were in force for the specimen of `traded` on some day. Where they hang on its kind
    /// and the record does not decide, all that are possible.
    pub fn in_force(&self, traded: &Traded, law: &Law<'_>) -> AppendixSet {
        let by_kind = self.by_kind.iter().map(|stretch| stretch.read(traded, law));
        by_kind.fold(self.any, AppendixSet::union)
    }

    /// Whether the Appendix hangs on the kind of specimen on some day.
    pub fn hangs_on_kind(&self) -> bool {
        !self.by_kind.is_empty()
    }

    /// Whether the Appendix that the record states was in force on some day; `None` where its name stands for
    /// nothing.
    pub fn agrees(&self, recorded: Recorded, traded: &Traded, law: &Law<'_>) -> Option<bool> {
        (!self.at_end.is_empty()).then(|| recorded.is_among(self.in_force(traded, law)))
    }
}

impl Law<'_> {
    fn listing(&self, subject: &Subject<'_>, origin: &Origin, on: Day) -> AppendixSet {
        self.sources.listings.listing(self.sources.backbone, subject, origin, on).appendices
    }
}

impl Stretch {
    /// Whether some annotation speaks of the taxon and population on these days.
    fn hangs_on_kind(&self, population: Option<Country>, law: &Law<'_>) -> bool {
        let anything = Traded { origin: population, ..Traded::default() };
        self.appendices.contains(Appendix::II)
            && self.with_reading(&anything, law, |reading| reading.is_some())
    }

    /// The Appendices for a specimen of this kind.
    fn read(&self, traded: &Traded, law: &Law<'_>) -> AppendixSet {
        self.with_reading(traded, law, |reading| match reading {
            None => self.appendices,
            // Marks are looked at on the goods, and no record tells of them.
            Some(Reading::AppendixII { row }) if !row.conditions.is_empty() => {
                self.appendices.with(row.otherwise)
            }
            Some(Reading::AppendixII { .. }) => self.appendices,
            Some(Reading::DeemedI { row }) => without_second(self.appendices).with(row.otherwise),
            Some(Reading::Either { rows, .. }) => {
                rows.iter().fold(self.appendices, |all, row| all.with(row.otherwise))
            }
        })
    }

    fn with_reading<T>(
        &self,
        traded: &Traded,
        law: &Law<'_>,
        use_it: impl Fn(Option<Reading<'_>>) -> T,
    ) -> T {
        let lineage: SmallVec<[TaxonId; 16]> = law.sources.backbone.lineage(self.taxon).collect();
        let movement = Movement {
            origin: traded.population().map(Place::from),
            exporter: traded.exporter,
            importer: traded.importer,
            terms: traded.term.map_or(TermSet::ALL, TermSet::from),
            purposes: traded.purposes(),
            appendices: self.appendices,
            ..Movement::of(&lineage, self.from)
        };
        use_it(law.sources.deemed.reading(&movement))
    }
}

fn without_second(appendices: AppendixSet) -> AppendixSet {
    let others: AppendixSet = appendices.iter().filter(|appendix| *appendix != Appendix::II).collect();
    if appendices.has_not_controlled() { others.with_not_controlled() } else { others }
}
