//! How many lines of goods touch the heap while they are assessed: hardly any.
//!
//! Lists that an answer holds stay in place while they are short. A line that needs longer ones, such as ivory
//! of a mixed origin with all its rows of exceptions, may allocate; it must stay rare.
#![cfg(test)]

mod corpus;

use allocation_counter::measure;

use corpus::{Asked, Corpus};

/// One record in so many is asked.
const STEP: usize = 40;
/// At most so many lines in a thousand may allocate while the law is asked.
const MOST_OF_THOUSAND: usize = 20;
/// At most so many allocations a line, where papers are compared too: the answer keeps a list of documents and
/// what was found about each paper.
const MOST_WITH_PAPERS: usize = 6;

#[test]
fn hardly_any_line_touches_the_heap_while_it_is_assessed() {
    let corpus = Corpus::load(STEP);
    for part in &corpus.parts {
        let Asked::Records(records) = &part.asked else { continue };
        let allocates = |record: &&corpus::Record| measure(|| drop(corpus.assess(record))).count_total > 0;
        let lines = records.iter().filter(allocates).count();
        let told = format!("{}: {lines} of {} lines allocate", part.name, part.lines());
        eprintln!("{told}");
        assert!(lines * 1000 <= part.lines() * MOST_OF_THOUSAND, "{told}");
    }
}

#[test]
fn papers_are_compared_with_few_allocations_a_line() {
    let corpus = Corpus::load(STEP);
    for part in corpus.parts.iter().filter(|part| matches!(part.asked, Asked::Consignments(_))) {
        let counted = measure(|| part.ask(&corpus, |_, _| {})).count_total as usize;
        let told = format!("{}: {counted} allocations for {} lines", part.name, part.lines());
        eprintln!("{told}");
        assert!(counted <= part.lines() * MOST_WITH_PAPERS, "{told}");
    }
}
