//! How long one access of memory takes that nothing foretells: the limit of any look-up in a table.

use std::hint::black_box;

use criterion::Criterion;

use crate::slips::Numbers;
use crate::{Measured, measure};

/// The row of the table.
pub const WHAT: &str = "one random access in an array of the file's size";

/// Follows a chain that visits every line of an array of `size` bytes once, in an order that follows nothing.
pub fn latency(criterion: &mut Criterion, size: usize) -> Measured {
    const LINE_WORDS: usize = 16;
    let lines = (size / 64).max(2);
    let mut order: Vec<u32> = (0..lines as u32).collect();
    let mut numbers = Numbers(3);
    for last in (1..lines).rev() {
        order.swap(last, numbers.below(last));
    }
    let mut next = vec![0_u32; lines * LINE_WORDS];
    for (at, line) in order.iter().enumerate() {
        next[*line as usize * LINE_WORDS] = order[(at + 1) % lines];
    }
    let mut here = 0_u32;
    measure(criterion, WHAT, &[(); 1_000], |()| {
        here = black_box(next[here as usize * LINE_WORDS]);
    })
}
