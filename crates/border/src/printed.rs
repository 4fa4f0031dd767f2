//! The names printed on papers, each resolved once, and which of them are written as a line writes its own.
//!
//! Source of truth: the papers. Two names are written alike when they differ in case and spaces at most.

use std::collections::HashMap;

use species::{Names, Resolution};

use crate::consignment::Consignment;

/// The names printed on the papers of a consignment.
#[derive(Debug, Clone, Default)]
pub struct Printed<'a> {
    /// Each name once.
    names: Vec<Resolution<'a>>,
    /// For each paper, the number of the name of each of its specimen blocks.
    blocks: Vec<Vec<u32>>,
    /// For each line, the number of the name that is written as its own.
    own: Vec<Option<u32>>,
}

impl<'a> Printed<'a> {
    /// Resolves every name on the papers of `consignment`.
    pub(crate) fn read(consignment: &Consignment, names: &Names<'a>) -> Printed<'a> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut printed = Printed::default();
        for paper in &consignment.papers {
            let number_of = |name: &str| {
                *numbers.entry(folded(name)).or_insert_with(|| {
                    printed.names.push(names.resolve(name));
                    printed.names.len() as u32 - 1
                })
            };
            printed.blocks.push(paper.lines.iter().map(|block| &*block.name).map(number_of).collect());
        }
        let own = consignment.lines.iter().map(|line| numbers.get(&folded(&line.name)).copied());
        printed.own = own.collect();
        printed
    }

    /// What the name of a specimen block stands for; `None` where it is written as line `line` writes its own.
    pub(crate) fn unlike(&self, line: usize, paper: usize, block: usize) -> Option<&Resolution<'a>> {
        let number = *self.blocks.get(paper)?.get(block)?;
        let own = self.own.get(line).copied().flatten();
        if own == Some(number) { None } else { self.names.get(number as usize) }
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
