//! Real names with slips of the pen lead to their taxon or to a question, never silently to another Appendix.
//!
//! The names are the shipped ones and, where the reference data are there, those of the Index of 2017; without
//! them the test says so and takes the shipped ones alone. `SLIPS_SEEDS=5 cargo test --release -p law --test slips --
//! --nocapture` takes 10,000 names for each of five seeds.
#![cfg(test)]

use cites::{AppendixSet, Day};
use law::Origin;
use law::book::LawBook;
use species::{Doubt, ImportedNames, MatchKind, Names, Resolution};

#[path = "../../species/tests/corpus/index.rs"]
mod index;
mod shipped;
#[path = "../../species/tests/corpus/slips.rs"]
mod slips;

use slips::Numbers;

/// What became of the names.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    asked: usize,
    /// Written so, the name is another known one: written, meant, read.
    other_name: Vec<[String; 3]>,
    missed: Vec<[String; 3]>,
    /// Answered with a taxon of other Appendices, the one meant not named.
    silent: Vec<[String; 3]>,
}

struct Trial<'t> {
    book: &'t LawBook,
    names: Names<'t>,
    on: Day,
}

impl Trial<'_> {
    fn appendices(&self, resolution: &Resolution<'_>) -> AppendixSet {
        self.book.standing(resolution, &Origin::Unstated, self.on).unwrap().appendices
    }

    fn judge(&self, name: &str, written: &str, tally: &mut Tally) {
        let (meant, found) = (self.names.resolve(name), self.names.resolve(written));
        let names_it = |doubt: &Doubt| {
            let mut candidates = doubt.candidates().iter();
            candidates.any(|one| one.accepted.as_deref().unwrap_or(&one.name) == meant.accepted)
        };
        let row = || [written.to_owned(), name.to_owned(), format!("{} {}", found.kind, found.accepted)];
        if found.accepted == meant.accepted && found.placement == meant.placement {
            tally.right += 1;
        } else if found.doubts.iter().any(names_it) {
            tally.asked += 1;
        } else if matches!(found.kind, MatchKind::Exact | MatchKind::Synonym) {
            tally.other_name.push(row());
        } else {
            tally.missed.push(row());
            let is_answer = found.kind == MatchKind::Fuzzy;
            if is_answer && self.appendices(&found) != self.appendices(&meant) {
                tally.silent.push(row());
            }
        }
    }
}

/// The known binomials, each once.
fn binomials(book: &LawBook, imported: Option<&ImportedNames<'_>>) -> Vec<String> {
    let backbone = book.backbone();
    let mut all: Vec<String> = backbone.taxa().map(|taxon| backbone.name(taxon).to_owned()).collect();
    if let Some(imported) = imported {
        all.extend(imported.taxa().unwrap().map(|taxon| taxon.name.to_owned()));
    }
    all.retain(|name| name.is_ascii() && name.split(' ').count() == 2 && !name.contains('"'));
    all.sort();
    all.dedup();
    all
}

#[test]
fn random_slips_lead_to_the_taxon_or_to_a_question_that_names_it() {
    let book = shipped::book();
    // Reading the Index without optimisation takes most of a minute.
    let index = if cfg!(debug_assertions) { None } else { index::reference(index::INDEX) };
    let file = index.map(|index| index::index_file(&index, book.backbone()));
    if file.is_none() {
        eprintln!("SHIPPED NAMES ONLY: no optimisation or no reference data");
    }
    let imported = file.as_deref().map(|file| ImportedNames::open(file).unwrap());
    let names = Names { backbone: book.backbone(), imported: imported.as_ref() };
    let trial = Trial { book: &book, names, on: "2017-04-21".parse().unwrap() };
    let binomials = binomials(&book, imported.as_ref());
    let seeds = std::env::var("SLIPS_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(2);
    let count = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
    for seed in 1..=seeds {
        let (mut numbers, mut tally) = (Numbers(seed), Tally::default());
        for place in 0..count {
            let which = numbers.below(binomials.len());
            let slipped = numbers.slip(&binomials[which]);
            let written = if place % 2 == 0 { slipped } else { numbers.slip(&slipped) };
            trial.judge(&binomials[which], &written, &mut tally);
        }
        println!(
            "seed {seed}, {count} of {} names: {} right, {} asked, {} another known name, {} missed, {} silent",
            binomials.len(),
            tally.right,
            tally.asked,
            tally.other_name.len(),
            tally.missed.len(),
            tally.silent.len()
        );
        for (what, rows) in
            [("other", &tally.other_name), ("missed", &tally.missed), ("SILENT", &tally.silent)]
        {
            for [written, meant, read] in rows {
                println!("  {what}: `{written}` for `{meant}`: {read}");
            }
        }
        assert!(tally.silent.is_empty(), "seed {seed}: {:?}", tally.silent);
        assert!((tally.right + tally.asked) * 100 >= count * 99, "seed {seed}: {tally:?}");
    }
}
