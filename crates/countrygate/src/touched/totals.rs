//! What a file comes to: how many lines are touched, how their answers move, by which changes.

use std::collections::BTreeMap;

use border::Verdict;
use border::change::Shift;

use crate::exit::Exit;
use border::touched::{Outcome, Touched};

/// How many lines there are of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// All lines.
    pub lines: u64,
    /// Lines with a cell, or all of it, that could not be read.
    pub bad: u64,
    /// Lines touched.
    pub touched: u64,
    /// Lines of which it is not known.
    pub unknown: u64,
    /// Lines whose answer becomes prohibited.
    pub forbidden: u64,
    shifts: [u64; Shift::ALL.len()],
    /// How many lines each change touches, or may.
    pub by_change: BTreeMap<usize, u64>,
}

impl Totals {
    /// Counts a line.
    pub fn count(&mut self, outcome: &Outcome, is_bad: bool) {
        self.lines += 1;
        self.bad += u64::from(is_bad);
        match outcome.touched {
            Touched::No => {}
            Touched::Unknown => self.unknown += 1,
            Touched::Yes => self.touched += 1,
        }
        let place = Shift::ALL.iter().position(|shift| *shift == outcome.shift());
        if let Some(shift) = place.and_then(|place| self.shifts.get_mut(place)) {
            *shift += 1;
        }
        if let Some((before, after)) = outcome.answers.as_deref() {
            let is = |verdict: Verdict| verdict == Verdict::Prohibited;
            self.forbidden += u64::from(is(after.verdict) && !is(before.verdict));
        }
        for touch in &outcome.touches {
            *self.by_change.entry(touch.change).or_default() += 1;
        }
    }

    /// Adds the counts of other lines.
    pub fn add(&mut self, other: &Totals) {
        self.lines += other.lines;
        self.bad += other.bad;
        self.touched += other.touched;
        self.unknown += other.unknown;
        self.forbidden += other.forbidden;
        self.shifts.iter_mut().zip(other.shifts).for_each(|(own, more)| *own += more);
        for (change, lines) in &other.by_change {
            *self.by_change.entry(*change).or_default() += lines;
        }
    }

    /// How many answers move in each way.
    pub fn shifts(&self) -> impl Iterator<Item = (Shift, u64)> {
        Shift::ALL.into_iter().zip(self.shifts)
    }

    /// What the file comes to.
    pub fn exit(&self) -> Exit {
        if self.forbidden > 0 {
            Exit::Prohibited
        } else if self.touched + self.unknown + self.bad > 0 {
            Exit::Refer
        } else {
            Exit::Clear
        }
    }
}
