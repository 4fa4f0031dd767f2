//! The names printed on papers, each resolved once, and which of them are written as a line writes its own.
//!
//! Source of truth: the papers. Two names are written alike when they differ in case and spaces at most.

use std::collections::HashMap;

use smallvec::SmallVec;
use species::{Names, Resolution};

use crate::consignment::Consignment;

/// The names printed on the papers of a consignment.
#[derive(Debug, Clone, Default)]
pub struct Printed<'a> {
    /// Each name once.
    names: Vec<Resolution<'a>>,
    /// The numbers of names, one list after another, so that a comparison reads one short stretch of memory: for
    /// each line the name that is written as its own, then for each specimen block of each paper its name.
    numbers: Vec<u32>,
    /// For each paper, where the numbers of its blocks begin.
    begins: SmallVec<[u32; 8]>,
}

/// The number of no name.
const NONE: u32 = u32::MAX;

impl<'a> Printed<'a> {
    /// Resolves every name on the papers of `consignment`.
    pub(crate) fn read(consignment: &Consignment, names: &Names<'a>) -> Printed<'a> {
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut printed = Printed { numbers: vec![NONE; consignment.lines.len()], ..Printed::default() };
        for paper in &consignment.papers {
            printed.begins.push(printed.numbers.len() as u32);
            for block in &paper.lines {
                let number = *known.entry(folded(&block.name)).or_insert_with(|| {
                    printed.names.push(names.resolve(&block.name));
                    printed.names.len() as u32 - 1
                });
                printed.numbers.push(number);
            }
        }
        for (own, line) in printed.numbers.iter_mut().zip(&consignment.lines) {
            *own = known.get(&folded(&line.name)).copied().unwrap_or(NONE);
        }
        printed
    }

    /// What the name of a specimen block stands for; `None` where it is written as line `line` writes its own.
    pub(crate) fn unlike(&self, line: usize, paper: usize, block: usize) -> Option<&Resolution<'a>> {
        let number = *self.numbers.get(*self.begins.get(paper)? as usize + block)?;
        let own = self.numbers.get(line).copied().unwrap_or(NONE);
        if own == number { None } else { self.names.get(number as usize) }
    }
}

/// A name in lower case, with single spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The same text, but for case and spaces.
pub(crate) fn written_alike(one: &str, other: &str) -> bool {
    let letters = |text| {
        let words = str::split_whitespace(text);
        words.flat_map(|word| std::iter::once(' ').chain(word.chars()).flat_map(char::to_lowercase))
    };
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_tell_names_apart() {
        for (one, other, alike) in [
            ("Falco cherrug", " FALCO  cherrug ", true),
            ("Falco cherrug", "Falcocherrug", false),
            ("Falco", "Falco cherrug", false),
            ("", " ", true),
        ] {
            assert_eq!(written_alike(one, other), alike, "`{one}` and `{other}`");
            assert_eq!(folded(one) == folded(other), alike, "`{one}` and `{other}`");
        }
    }
}
