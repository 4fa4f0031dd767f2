//! How quick names are looked up: exactly, and within two edits; against other libraries and against memory.
//!
//! `cargo bench -p species` prints a table at the end. It takes the shipped names and, where the reference data are
//! there, those of the Index of 2017 imported. Every ratio is between two measurements of one run.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench measures time, and one that cannot go on stops and says where"
)]

use std::hint::black_box;
use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use criterion::Criterion;
use species::{Backbone, ImportedNames, Names};

#[path = "../../tests/corpus/index.rs"]
mod index;
mod memory;
mod others;
#[path = "../../tests/corpus/shipped.rs"]
mod shipped;
#[path = "../../tests/corpus/slips.rs"]
mod slips;

use slips::Numbers;

/// How many names are looked up: more than the nearest caches hold.
const QUERIES: usize = 10_000;

/// One measured way.
pub struct Measured {
    /// What was measured.
    pub what: String,
    /// Nanoseconds a look-up on a core: the median of criterion's samples.
    pub nanoseconds: f64,
}

/// Measures `look_up` over all queries in turn.
pub fn measure<Q>(
    criterion: &mut Criterion,
    what: &str,
    queries: &[Q],
    mut look_up: impl FnMut(&Q),
) -> Measured {
    let (mut samples, mut at) = (Vec::new(), 0);
    criterion.bench_function(what, |bencher| {
        bencher.iter_custom(|count| {
            let start = time();
            for _ in 0..count {
                look_up(black_box(&queries[at]));
                at = if at + 1 == queries.len() { 0 } else { at + 1 };
            }
            let taken = time().saturating_sub(start);
            samples.push((count, taken.as_nanos() as f64 / count as f64));
            // What is too short to be counted is still no time below nothing.
            taken.max(Duration::from_nanos(1))
        });
    });
    let longest = samples.iter().map(|(count, _)| *count).max().unwrap_or(1);
    let mut long: Vec<f64> =
        samples.into_iter().filter(|(count, _)| count * 4 >= longest).map(|(_, each)| each).collect();
    long.sort_by(f64::total_cmp);
    let middle = long.get(long.len() / 2).copied().unwrap_or(f64::NAN);
    Measured { what: what.to_owned(), nanoseconds: middle }
}

/// The time that this thread had on a core, so that what else the machine does counts for less; where the system does
/// not tell it, the time that passed.
fn time() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_core = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    on_core.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// The known names, each once, in an order that follows nothing.
fn known(backbone: &Backbone, imported: Option<&ImportedNames<'_>>) -> Vec<String> {
    let shipped = backbone.taxa().flat_map(|taxon| {
        let synonyms = backbone.synonyms(taxon).map(|(name, _)| name.to_owned());
        synonyms.chain([backbone.name(taxon).to_owned()]).collect::<Vec<_>>()
    });
    let mut all: Vec<String> = shipped.collect();
    if let Some(imported) = imported {
        all.extend(imported.all_names().expect("sound").map(str::to_owned));
    }
    all.retain(|name| name.is_ascii() && !name.contains(['"', '.']));
    all.sort();
    all.dedup();
    let mut numbers = Numbers(1);
    for last in (1..all.len()).rev() {
        all.swap(last, numbers.below(last + 1));
    }
    all
}

/// The file where a mapping would put it: at the start of a line of memory. The room and the place in it.
fn as_mapped(file: &[u8]) -> (Vec<u8>, Range<usize>) {
    const LINE: usize = 64;
    let mut room = vec![0; file.len() + LINE];
    let start = room.as_ptr().align_offset(LINE);
    let place = start..start + file.len();
    room[place.clone()].copy_from_slice(file);
    (room, place)
}

/// Names with one slip, or two.
fn misspelt(known: &[String], numbers: &mut Numbers) -> Vec<String> {
    let binomials: Vec<&String> = known.iter().filter(|name| name.split(' ').count() == 2).collect();
    (0..QUERIES)
        .map(|at| {
            let which = numbers.below(binomials.len());
            let slipped = numbers.slip(binomials[which]);
            if at % 2 == 0 { slipped } else { numbers.slip(&slipped) }
        })
        .collect()
}

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .without_plots();
    let backbone = shipped::shipped();
    let file = index::reference(index::INDEX).map(|text| as_mapped(&index::index_file(&text, &backbone)));
    let file = file.as_ref().map(|(room, place)| &room[place.clone()]);
    let imported = file.map(|file| ImportedNames::open(file).expect("just written"));
    let names = Names { backbone: &backbone, imported: imported.as_ref() };
    let shipped = Names::shipped(&backbone);
    let (own, all) = (known(&backbone, None), known(&backbone, imported.as_ref()));
    // As in a file that is read: one name after another.
    let in_order: Vec<String> = all.iter().map(|name| name.as_str().to_owned()).collect();
    let slips = misspelt(&all, &mut Numbers(2));
    let mut table = vec![
        measure(&mut criterion, "exact, shipped names", &own[..QUERIES.min(own.len())], |name| {
            black_box(shipped.resolve(name));
        }),
        measure(&mut criterion, "exact, all names", &in_order, |name| {
            black_box(names.resolve(name));
        }),
        measure(&mut criterion, "exact, all names, each written elsewhere in memory", &all, |name| {
            black_box(names.resolve(name));
        }),
        measure(&mut criterion, "two edits, resolved with its doubts", &slips, |name| {
            black_box(names.resolve(name));
        }),
        measure(&mut criterion, "two edits, every name found", &slips, |name| {
            black_box(names.like(name).expect("sound"));
        }),
    ];
    let recalls = others::measure_all(&mut criterion, &names, &all, &slips, &mut table);
    let size = file.map_or(1 << 20, <[u8]>::len);
    table.push(memory::latency(&mut criterion, size));
    print(&table, all.len(), size, &recalls);
}

fn print(table: &[Measured], names: usize, size: usize, recalls: &[(String, f64)]) {
    let of = |what: &str| table.iter().find(|row| row.what == what).map_or(f64::NAN, |row| row.nanoseconds);
    let access = of(memory::WHAT);
    println!("\n{names} names; the file of imported names has {size} bytes");
    println!("| what | ns | a second | random accesses of memory |");
    println!("|---|---|---|---|");
    for row in table {
        let rate = 1e9 / row.nanoseconds;
        println!("| {} | {:.0} | {rate:.0} | {:.1} |", row.what, row.nanoseconds, row.nanoseconds / access);
    }
    let near = of("two edits, every name found");
    for row in table.iter().filter(|row| row.what.contains('`')) {
        println!("two edits, every name found: {:.0} times {}", row.nanoseconds / near, row.what);
    }
    for (what, recall) in recalls {
        println!("{what}: {:.4} of the names within two edits (unrestricted distance)", recall);
    }
}
