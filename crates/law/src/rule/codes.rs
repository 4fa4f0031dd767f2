//! The conditions on codes, taxa and amounts, as the rules of a set see them.
//!
//! Source of truth: the tests of the rules. A kind of specimen or a State is one code of a long list: for each
//! code it is kept which rules it leaves, so that one look answers for all rules. Most taxa lie in no group that a
//! rule names, and that is one answer too; amounts and the taxa of groups are asked test by test.

use cites::{Country, Term};

use super::bits::RuleBits;
use super::column::Left;
use super::facts::{Groups, Particulars, Truth};
use super::test::{Role, Test};

/// The conditions of the rules of a set.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes {
    terms: CodeColumn,
    /// By [`Role`]: export or re-export, import, origin.
    states: [CodeColumn; 3],
    /// What a taxon in no group leaves.
    in_no_group: Left,
    groups: Asking,
    amounts: Asking,
}

/// Tests, each with the rules that make it.
type Asking = Vec<(Test, RuleBits)>;

/// What each code of a list leaves; nothing where no rule asks.
#[derive(Debug, Clone, Default)]
struct CodeColumn {
    of_code: Box<[Left]>,
    /// What is left where no code is told.
    open: Left,
}

impl Codes {
    /// Compiles the tests of a set of `rules` rules, each once with the rules that make it.
    pub(super) fn compile(rules: usize, tests: &[(Test, RuleBits)]) -> Codes {
        let all = Left::all(RuleBits::first(rules));
        let of = |is: &dyn Fn(&Test) -> bool| -> Asking {
            tests.iter().filter(|(test, _)| is(test)).cloned().collect()
        };
        let groups = of(&|test| matches!(test, Test::InGroup(_) | Test::NotInGroup(_)));
        let of_state = |role: Role, told: fn(Option<Country>) -> Particulars| {
            let own = of(&|test| matches!(test, Test::States(asked, _) if *asked == role));
            CodeColumn::compile(&own, all, (0..Country::COUNT).map(Country::from_index).map(told))
        };
        let term = |term: &Term| Particulars { term: Some(*term), ..Particulars::default() };
        Codes {
            terms: CodeColumn::compile(
                &of(&|test| matches!(test, Test::Terms(_))),
                all,
                Term::ALL.iter().map(term),
            ),
            states: [
                of_state(Role::Exporter, |exporter| Particulars { exporter, ..Particulars::default() }),
                of_state(Role::Importer, |importer| Particulars { importer, ..Particulars::default() }),
                of_state(Role::Origin, |origin| Particulars { origin, ..Particulars::default() }),
            ],
            in_no_group: ask(&groups, &Particulars::default(), all),
            groups,
            amounts: of(&|test| matches!(test, Test::Amount(_))),
        }
    }

    /// What all conditions leave of `left`.
    #[inline]
    pub(super) fn narrow(&self, told: &Particulars, left: Left) -> Left {
        let [exporters, importers, origins] = &self.states;
        let left = self.terms.narrow(told.term.map(|term| term as usize), left);
        let left = exporters.narrow(told.exporter.map(Country::index), left);
        let left = importers.narrow(told.importer.map(Country::index), left);
        let left = origins.narrow(told.origin.map(Country::index), left);
        let is_in_none = told.groups == Groups::default();
        let left = if is_in_none { left.and(self.in_no_group) } else { ask(&self.groups, told, left) };
        ask(&self.amounts, told, left)
    }
}

impl CodeColumn {
    /// What is left of `all` by each of `codes`, lines of which only the code is told.
    fn compile(
        tests: &[(Test, RuleBits)],
        all: Left,
        codes: impl Iterator<Item = Particulars>,
    ) -> CodeColumn {
        if tests.is_empty() {
            return CodeColumn::default();
        }
        let of_code = codes.map(|told| ask(tests, &told, all)).collect();
        CodeColumn { of_code, open: ask(tests, &Particulars::default(), all) }
    }

    #[inline]
    fn narrow(&self, code: Option<usize>, left: Left) -> Left {
        if self.of_code.is_empty() {
            return left;
        }
        let own = code.map_or(self.open, |code| self.of_code.get(code).copied().unwrap_or_default());
        left.and(own)
    }
}

/// What `tests` leave of `left`, looked at one by one.
#[inline]
fn ask(tests: &[(Test, RuleBits)], told: &Particulars, mut left: Left) -> Left {
    for (test, rules) in tests {
        if left.some.and(*rules).is_empty() {
            continue;
        }
        match test.holds(told) {
            Truth::Yes => {}
            Truth::No => {
                left.some = left.some.without(*rules);
                left.every = left.every.without(*rules);
            }
            Truth::Unknown => left.every = left.every.without(*rules),
        }
    }
    left
}
