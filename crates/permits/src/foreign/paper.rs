//! The face of a foreign paper, as much as the register keeps of it.

use cites::{Country, Day, DocumentKind, Quantity, Term};

use super::number::PaperNumber;
use crate::paper::Paper;
use crate::told::Told;
use crate::validity::Validity;

/// A foreign paper as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPaper {
    /// The State whose authority issued it.
    pub issuer: Country,
    /// Its number.
    pub number: PaperNumber,
    /// What it is.
    pub kind: DocumentKind,
    /// The day of issue.
    pub issued: Told<Day>,
    /// The last day printed.
    pub last_day: Told<Day>,
    /// Its lines, numbered from 0.
    pub lines: Vec<SeenLine>,
}

/// A line of a foreign paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenLine {
    /// The scientific name as printed.
    pub name: Box<str>,
    /// The kind of specimen.
    pub term: Told<Term>,
    /// How much is authorised.
    pub quantity: Told<Quantity>,
}

/// What is not the same on two papers of one number from one authority. Lines are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// What the paper is.
    Kind {
        /// As it was first seen.
        first: DocumentKind,
        /// As it is presented.
        now: DocumentKind,
    },
    /// The day of issue.
    Issued {
        /// As it was first seen.
        first: Day,
        /// As it is presented.
        now: Day,
    },
    /// The last day.
    LastDay {
        /// As it was first seen.
        first: Day,
        /// As it is presented.
        now: Day,
    },
    /// How many lines it has.
    Lines {
        /// As it was first seen.
        first: usize,
        /// As it is presented.
        now: usize,
    },
    /// The name on a line.
    Name {
        /// The line.
        line: usize,
        /// As it was first seen.
        first: Box<str>,
        /// As it is presented.
        now: Box<str>,
    },
    /// The kind of specimen on a line.
    Term {
        /// The line.
        line: usize,
        /// As it was first seen.
        first: Term,
        /// As it is presented.
        now: Term,
    },
    /// How much a line authorises.
    Quantity {
        /// The line.
        line: usize,
        /// As it was first seen.
        first: Quantity,
        /// As it is presented.
        now: Quantity,
    },
}

impl SeenPaper {
    /// Whether both are one paper by issuer and number, whatever they hold.
    pub fn is_same(&self, other: &SeenPaper) -> bool {
        self.issuer == other.issuer && self.number.is_same(&other.number)
    }

    /// The days on which it is good: the last day printed, capped by its kind.
    pub fn validity(&self) -> Validity {
        let paper = Paper { issued: self.issued, expires: self.last_day, ..Paper::of(self.kind) };
        paper.validity(self.kind.cap_months())
    }

    /// What `now`, a paper of the same number, holds otherwise than this one, which was seen first. What one of them
    /// does not tell is no difference; amounts in two units are one where they convert exactly.
    pub fn differences(&self, now: &SeenPaper) -> Vec<Difference> {
        let mut found = Vec::new();
        if self.kind != now.kind {
            found.push(Difference::Kind { first: self.kind, now: now.kind });
        }
        found.extend(
            told_twice(self.issued, now.issued).map(|(first, now)| Difference::Issued { first, now }),
        );
        found.extend(
            told_twice(self.last_day, now.last_day).map(|(first, now)| Difference::LastDay { first, now }),
        );
        if self.lines.len() != now.lines.len() {
            found.push(Difference::Lines { first: self.lines.len(), now: now.lines.len() });
        }
        for (line, (first, now)) in self.lines.iter().zip(&now.lines).enumerate() {
            first.differences(line, now, &mut found);
        }
        found
    }
}

impl SeenLine {
    fn differences(&self, line: usize, now: &SeenLine, found: &mut Vec<Difference>) {
        if !is_one_name(&self.name, &now.name) {
            found.push(Difference::Name { line, first: self.name.clone(), now: now.name.clone() });
        }
        found.extend(told_twice(self.term, now.term).map(|(first, now)| Difference::Term {
            line,
            first,
            now,
        }));
        let quantity = told_twice(self.quantity, now.quantity);
        let quantity = quantity.filter(|(first, now)| now.convert_to(first.unit) != Some(*first));
        found.extend(quantity.map(|(first, now)| Difference::Quantity { line, first, now }));
    }
}

/// Both values, where both are there and differ.
fn told_twice<T: Copy + PartialEq>(first: Told<T>, now: Told<T>) -> Option<(T, T)> {
    match (first, now) {
        (Told::Is(first), Told::Is(now)) if first != now => Some((first, now)),
        _ => None,
    }
}

/// Whether two names are written with the same letters; an author behind one of them is not looked for.
fn is_one_name(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(one) == words(other)
}
