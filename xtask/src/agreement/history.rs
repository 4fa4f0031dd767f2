//! The official history replayed: every taxon, every day on which it has a step, the day before and the
//! day, for every State that its steps name and for one that they do not.
//!
//! What the history says of a taxon is replayed from its own steps alone, inclusions among them; the book
//! answers from its entries and from those of higher taxa. Where both agree, inheritance in the book does
//! what the history spells out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use cites::{Appendix, Country, Day, Kingdom, Place};
use law::{Listing, Origin, Subject};
use species::Placement;

use super::{Book, Comparison};
use crate::lawbook::history::{self, History, Step, StepKind};

/// A State that no step names: it stands for all the others.
const ELSEWHERE: Country = Country::new(b"AQ");

/// Appendices I and II, and the Parties of Appendix III.
type Answer = BTreeSet<String>;

pub(super) fn compare(book: Book<'_>, reference: &Path) -> Result<Comparison> {
    let history = history::read(&reference.join("listings/history_1975_2013"))?;
    let replay = Replay::new(&history);
    let mut comparison = Comparison::new("history 1975-2013", "history-1975-2013.csv");
    for (kingdom, taxon) in replay.steps.keys() {
        compare_taxon(book, &replay, kingdom, taxon, &mut comparison)?;
    }
    Ok(comparison)
}

/// The steps of each taxon and the taxon above it, as the history itself has them.
struct Replay<'h> {
    steps: BTreeMap<(&'h str, &'h str), Vec<&'h Step>>,
    parents: BTreeMap<(&'h str, &'h str), &'h str>,
}

impl<'h> Replay<'h> {
    fn new(history: &'h History) -> Self {
        let mut steps: BTreeMap<(&str, &str), Vec<&Step>> = BTreeMap::new();
        for step in history.steps.iter().filter(|step| step.kind != StepKind::Reservation) {
            steps.entry((step.kingdom, &step.taxon)).or_default().push(step);
        }
        let parents = history
            .taxa
            .iter()
            .filter_map(|taxon| Some(((taxon.kingdom, taxon.name.as_str()), taxon.parent.as_deref()?)));
        Replay { parents: parents.collect(), steps }
    }

    fn included(
        &self,
        kingdom: &'h str,
        state: &[&'h Step],
        on: &str,
        country: Country,
        answer: Answer,
    ) -> Answer {
        let mut kept = told(
            &state.iter().copied().filter(|step| step.included_in.is_none()).collect::<Vec<_>>(),
            country,
        );
        for step in state.iter().filter(|step| step.included_in.is_some()) {
            let above = step.included_in.as_deref().unwrap_or("");
            if self.steps.contains_key(&(kingdom, above)) {
                let limited = self
                    .steps
                    .get(&(kingdom, above))
                    .is_some_and(|steps| steps.iter().any(|step| !step.population.is_empty()));
                if limited {
                    kept.extend(self.told(kingdom, above, on, country));
                    continue;
                }
            }
            kept.extend(
                answer
                    .iter()
                    .filter(|word| {
                        word.starts_with(&format!("{} ", step.appendix)) || **word == step.appendix
                    })
                    .cloned(),
            );
        }
        kept
    }

    /// What is in force for a taxon on a day: its own steps, else those of the nearest taxon above that has any
    /// and does not exclude it. A taxon that was deleted by name stays out of what the taxa above it have in
    /// Appendices I and II; Appendix III of the whole holds for every part of it.
    fn told(&self, kingdom: &'h str, taxon: &'h str, on: &str, country: Country) -> Answer {
        let mut at = taxon;
        let mut below = vec![taxon];
        let mut third_only = false;
        loop {
            let steps = self.steps.get(&(kingdom, at)).map_or(&[][..], Vec::as_slice);
            let (state, last) = state_on(steps, on);
            let is_excluded = state
                .iter()
                .any(|step| step.except_taxa.iter().any(|name| at != name && below.contains(&name.as_str())));
            let mut answer = if is_excluded { Answer::new() } else { told(&state, country) };
            // An inclusion says no more than the higher taxon's entry does.
            if state.iter().any(|step| step.included_in.is_some() && step.population.is_empty())
                && at == taxon
            {
                answer = self.included(kingdom, &state, on, country, answer);
            }
            if third_only {
                answer.retain(|word| word.starts_with("III"));
            }
            third_only |= is_excluded
                || steps.iter().any(|step| {
                    step.kind == StepKind::Deleted
                        && step.appendix != "III"
                        && Some(step.day.as_str()) == last
                });
            match self.parents.get(&(kingdom, at)) {
                Some(above) if answer.is_empty() && *above != at => {
                    at = above;
                    below.push(at);
                }
                _ => return answer,
            }
        }
    }
}

/// What the steps of a taxon leave in force on a day, and the day of the last of them.
fn state_on<'s>(steps: &[&'s Step], on: &str) -> (Vec<&'s Step>, Option<&'s str>) {
    let mut days: Vec<&str> = steps.iter().map(|step| step.day.as_str()).filter(|day| *day <= on).collect();
    days.sort_unstable();
    days.dedup();
    let mut state = Vec::new();
    for day in &days {
        advance(&mut state, steps, day);
    }
    (state, days.last().copied())
}

fn compare_taxon(
    book: Book<'_>,
    replay: &Replay<'_>,
    kingdom: &str,
    taxon: &str,
    comparison: &mut Comparison,
) -> Result<()> {
    let steps = replay.steps.get(&(kingdom, taxon)).map_or(&[][..], Vec::as_slice);
    let found = book.backbone.find(Some(kingdom.parse::<Kingdom>()?), taxon);
    let named = steps.iter().flat_map(|step| step.population.iter().chain(&step.except_population));
    let mut states: BTreeSet<Country> = named.filter_map(|code| code.parse().ok()).collect();
    states.insert(ELSEWHERE);
    let mut days = BTreeSet::new();
    for step in steps {
        let day: Day = step.day.parse()?;
        days.extend([day.previous(), day]);
    }
    for on in days {
        comparison.rows += 1;
        let Some(taxon_id) = found.first() else {
            comparison.differs(format!("{taxon} on {on}"), "a taxon", "not in the backbone");
            continue;
        };
        let subject = Subject { taxon: *taxon_id, placement: Placement::KnownMember, range: None };
        for country in &states {
            let expected = replay.told(kingdom, taxon, &on.to_string(), *country);
            let listing =
                book.listings.listing(book.backbone, &subject, &Origin::Place(Place::from(*country)), on);
            let found = answer(book, &listing);
            if expected != found {
                let row = format!("{taxon} from {country} on {on}");
                comparison.differs(row, words(&expected), words(&found));
                break;
            }
        }
    }
    Ok(())
}

fn words(answer: &Answer) -> String {
    if answer.is_empty() { "NC".to_owned() } else { answer.iter().cloned().collect::<Vec<_>>().join(" + ") }
}

/// What the steps up to and on `day` leave in force.
fn advance<'s>(state: &mut Vec<&'s Step>, steps: &[&'s Step], day: &str) {
    let today: Vec<&Step> = steps.iter().copied().filter(|step| step.day == day).collect();
    if today.iter().any(|step| step.note.contains("effect delayed by 18 months")) {
        return;
    }
    for gone in today.iter().filter(|step| step.kind == StepKind::Deleted) {
        state.retain(|old| {
            old.appendix != gone.appendix
                || (gone.appendix == "III" && !gone.party.is_empty() && old.party != gone.party)
        });
    }
    let added: Vec<&Step> = today.into_iter().filter(|step| step.kind == StepKind::Added).collect();
    let main: Vec<&&Step> = added.iter().filter(|step| step.appendix != "III").collect();
    let for_all = main.iter().any(|step| step.population.is_empty());
    state.retain(|old| {
        if old.appendix == "III" {
            return !for_all && !added.iter().any(|new| new.appendix == "III" && new.party == old.party);
        }
        let same: Vec<&&&Step> = main.iter().filter(|new| new.appendix == old.appendix).collect();
        let disjoint = |new: &Step| {
            !old.population.is_empty()
                && !new.population.is_empty()
                && old.population.iter().all(|place| !new.population.contains(place))
        };
        if same.is_empty() { !for_all } else { same.iter().all(|new| disjoint(new)) }
    });
    state.extend(added);
}

/// The steps that speak of a State. One that names it takes it from one of another Appendix that speaks of
/// all; where only a part of the State is meant, both hold.
fn told(state: &[&Step], country: Country) -> Answer {
    let code = country.to_string();
    let names = |step: &Step| step.population.contains(&code);
    let is_taken = |step: &Step| {
        let takes = |other: &&&Step| {
            names(other)
                && other.appendix != step.appendix
                && other.appendix != "III"
                && !PARTS.iter().any(|part| other.note.contains(part))
        };
        step.population.is_empty() && step.appendix != "III" && state.iter().any(|other| takes(&other))
    };
    let covers = |step: &&&Step| {
        (step.population.is_empty() || names(step))
            && !step.except_population.contains(&code)
            && !is_taken(step)
    };
    state
        .iter()
        .filter(covers)
        .map(|step| format!("{} {}", step.appendix, step.party).trim().to_owned())
        .collect()
}

/// Words by which the history tells populations that are parts of the States under which it files them.
const PARTS: [&str; 6] = [
    "Himalayan population",
    "Coastal population",
    "West Greenland stock",
    "Parts of populations",
    "Remaining populations of PE transferred",
    "Annotation as for 18/09/97",
];

fn answer(book: Book<'_>, listing: &Listing) -> Answer {
    let entries = listing.entries.iter().filter_map(|id| book.listings.entry(*id));
    entries
        .filter_map(|entry| {
            let appendix = entry.appendix?;
            let party = entry.party.filter(|_| appendix == Appendix::III).map(|party| party.to_string());
            Some(format!("{appendix} {}", party.unwrap_or_default()).trim().to_owned())
        })
        .collect()
}
