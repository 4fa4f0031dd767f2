//! The same names and queries with other libraries, and what each of them finds.

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::Criterion;
use rapidfuzz::distance::{damerau_levenshtein, osa};
use species::Names;
use symspell::{AsciiStringStrategy, SymSpell, SymSpellBuilder, Verbosity};

use crate::{Measured, measure};

const EDITS_MAX: usize = 2;
/// Comparing with every name takes milliseconds; so many queries tell enough.
const FEW: usize = 200;

/// Measures each way over the same queries, and returns the part of all names within two edits that it finds.
pub fn measure_all(
    criterion: &mut Criterion,
    names: &Names<'_>,
    known: &[String],
    queries: &[String],
    table: &mut Vec<Measured>,
) -> Vec<(String, f64)> {
    let folded: Vec<String> = known.iter().map(|name| name.to_lowercase()).collect();
    let queries: Vec<String> = queries.iter().map(|name| name.to_lowercase()).collect();
    let few = &queries[..FEW.min(queries.len())];
    let deletions = symspell(&folded);
    table.push(measure(criterion, "`symspell`, all within two edits", &queries, |query| {
        black_box(deletions.lookup(query, Verbosity::All, EDITS_MAX as i64));
    }));
    table.push(measure(criterion, "`rapidfuzz` osa, compared with each name", few, |query| {
        black_box(by_osa(&folded, query));
    }));
    let truth: Vec<BTreeSet<String>> = few.iter().map(|query| by_distance(&folded, query)).collect();
    let own = few.iter().map(|query| {
        let found = names.like(query).expect("sound");
        found.iter().map(|like| like.name.to_lowercase()).collect()
    });
    let theirs = few.iter().map(|query| {
        let found = deletions.lookup(query, Verbosity::All, EDITS_MAX as i64);
        found.into_iter().map(|suggestion| suggestion.term).collect()
    });
    vec![
        ("this index".to_owned(), recall(own, &truth)),
        ("symspell".to_owned(), recall(theirs, &truth)),
        ("rapidfuzz osa".to_owned(), recall(few.iter().map(|query| by_osa(&folded, query)), &truth)),
    ]
}

fn symspell(known: &[String]) -> SymSpell<AsciiStringStrategy> {
    let mut index: SymSpell<AsciiStringStrategy> = SymSpellBuilder::default()
        .max_dictionary_edit_distance(EDITS_MAX as i64)
        .prefix_length(7)
        .count_threshold(0)
        .build()
        .expect("sound settings");
    for name in known {
        index.load_dictionary_line(&format!("{name}\t1"), 0, 1, "\t");
    }
    index
}

/// Bit-parallel, with its own meaning of a swap: no letter may be edited twice.
fn by_osa(known: &[String], query: &str) -> BTreeSet<String> {
    let comparator = osa::BatchComparator::new(query.bytes());
    let arguments = osa::Args::default().score_cutoff(EDITS_MAX);
    let near = known.iter().filter(|name| comparator.distance_with_args(name.bytes(), &arguments).is_some());
    near.cloned().collect()
}

/// The unrestricted distance of Damerau and Levenshtein: what is to be found.
fn by_distance(known: &[String], query: &str) -> BTreeSet<String> {
    let arguments = damerau_levenshtein::Args::default().score_cutoff(EDITS_MAX);
    let near = known.iter().filter(|name| {
        damerau_levenshtein::distance_with_args(name.bytes(), query.bytes(), &arguments).is_some()
    });
    near.cloned().collect()
}

fn recall(found: impl Iterator<Item = BTreeSet<String>>, truth: &[BTreeSet<String>]) -> f64 {
    let (mut all, mut hit) = (0, 0);
    for (found, truth) in found.zip(truth) {
        all += truth.len();
        hit += truth.intersection(&found).count();
    }
    hit as f64 / all as f64
}
