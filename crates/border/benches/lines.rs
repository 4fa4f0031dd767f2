//! Lines assessed a second on one core, with their findings: the trade records and the drawn lines.
//!
//! `cargo bench -p border --bench lines`; in the same run a document matrix in Rego. Names are led to taxa
//! beforehand; nothing is kept between lines, so that a line costs the same whether or not its like was seen.

#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "lines to measure are test data, shared with a test; a bench may stop at the first surprise"
)]
#[path = "../tests/corpus/mod.rs"]
mod corpus;

#[expect(clippy::unwrap_used, reason = "a comparison may stop at the first surprise")]
#[path = "rego/mod.rs"]
mod rego;

use std::hint::black_box;

use allocation_counter::measure;
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

use corpus::{Corpus, Part};

fn ask(part: &Part, corpus: &Corpus) -> usize {
    let mut findings = 0;
    part.ask(corpus, |found, verdict| findings += black_box(found) + verdict as usize);
    findings
}

fn lines(criterion: &mut Criterion) {
    let corpus = Corpus::load(1);
    let mut group = criterion.benchmark_group("lines");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for part in &corpus.parts {
        let counted = measure(|| {
            ask(part, &corpus);
        })
        .count_total;
        let a_line = counted as f64 / part.lines() as f64;
        println!("{}: {} lines, {a_line:.3} allocations a line", part.name, part.lines());
        group.throughput(Throughput::Elements(part.lines() as u64));
        group.bench_function(part.name, |bencher| bencher.iter(|| ask(part, &corpus)));
    }
    let all: usize = corpus.parts.iter().map(Part::lines).sum();
    group.throughput(Throughput::Elements(all as u64));
    group.bench_function("all together", |bencher| {
        bencher.iter(|| corpus.parts.iter().map(|part| ask(part, &corpus)).sum::<usize>());
    });
    group.finish();
    rego::compare(&corpus);
}

criterion_group!(benches, lines);
criterion_main!(benches);
