//! dev
#![allow(warnings)]
#[path = "../tests/corpus/mod.rs"]
mod corpus;
use corpus::*;
fn cpu() -> u64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}
fn main() {
    let corpus = Corpus::load(std::env::var("STEP").ok().and_then(|s| s.parse().ok()).unwrap_or(4));
    let only = std::env::args().nth(1);
    let n: usize = std::env::var("N").ok().and_then(|s| s.parse().ok()).unwrap_or(12);
    let (mut total, mut lines) = (0.0, 0);
    for part in &corpus.parts {
        if only.as_ref().is_some_and(|o| !part.name.contains(o.as_str())) {
            continue;
        }
        let mut best = u64::MAX;
        let mut sum = 0;
        let mut hash = 0u64;
        for i in 0..n {
            let t = cpu();
            let mut h = 0u64;
            part.ask(&corpus, |f, v| h = h.wrapping_mul(31).wrapping_add(f as u64 * 8 + v as u64));
            best = best.min(cpu() - t);
            hash = h;
        }
        let allocs = allocation_counter::measure(|| part.ask(&corpus, |_, _| {}));
        if let Asked::Records(records) = &part.asked {
            let mut c = [0usize; 8];
            for r in records {
                let mut sp = [false; 4];
                let n = allocation_counter::measure(|| {
                    let a = corpus.assess(r);
                    sp = [
                        a.findings.spilled(),
                        a.evidence.spilled(),
                        a.requirements.spilled(),
                        a.packs.spilled(),
                    ];
                })
                .count_total;
                c[0] += (n > 0) as usize;
                c[5] += n as usize;
                for i in 0..4 {
                    c[1 + i] += sp[i] as usize;
                }
                if n > 0 && !sp.iter().any(|x| *x) {
                    c[6] += 1;
                    if c[6] < 6 {
                        let (l, x) = corpus.question(r);
                        eprintln!(
                            "other {n}: {:?} {:?} {:?} {:?} {:?}",
                            l.accepted, l.origin, l.term, r.on, x.port
                        );
                    }
                }
            }
            println!(
                "alloc lines {:.4} findings {} evidence {} requirements {} packs {} other {} of {}",
                c[0] as f64 / records.len() as f64,
                c[1],
                c[2],
                c[3],
                c[4],
                c[6],
                records.len()
            );
        }
        let ns = best as f64 / part.lines() as f64;
        println!(
            "{:<20} {:>8} lines {:>7.1} ns/line {:>9.0}/s  allocs/line {:.3} {hash:x}",
            part.name,
            part.lines(),
            ns,
            1e9 / ns,
            allocs.count_total as f64 / part.lines() as f64
        );
        total += best as f64;
        lines += part.lines();
    }
    println!("all {:.1} ns/line {:.0}/s", total / lines as f64, 1e9 * lines as f64 / total);
}
