//! Files of rules.

use cites::Day;
use law::rule::{Facts, Findings, Pack, RuleBook, RuleError, RuleFile};

use crate::{book, parts};

const ON: Day = Day::new(2026, 3, 5);

/// A file of rules loads, or every mistake is told with its line; the same rules twice contradict each other;
/// and where nothing is known no rule is met for certain unless it asks nothing.
pub fn rules(bytes: &[u8]) {
    let text = parts::text(bytes);
    match read(&[&text]) {
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!((1..=parts::lines(&text)).contains(&(error.place.line as u64)), "{error}");
            }
        }
        Ok(book) => {
            let count = book.rules().count();
            assert_eq!(read(&[&text]).map(|again| again.rules().count()), Ok(count));
            assert!(count == 0 || read(&[&text, &text]).is_err(), "a rule stands twice");
            asked(&book);
        }
    }
}

fn asked(book: &RuleBook) {
    let packs = book.packs().iter().flat_map(|pack| [&pack.lines, &pack.papers]);
    for set in [book.caps(), book.lines(), book.papers()].into_iter().chain(packs) {
        let mut findings = Findings::new();
        set.evaluate(&Facts::default(), ON, &mut findings);
        for finding in findings {
            assert!(book.rule(finding.rule).is_some_and(|rule| rule.in_force.contains(ON)));
        }
    }
}

/// Reads each text as a file of the treaty, and again as one of a pack.
fn read(texts: &[&str]) -> Result<RuleBook, Vec<RuleError>> {
    let backbone = book::small_backbone();
    let pack = Pack { name: "example", country: cites::Country::new(b"KZ") };
    let files: Vec<RuleFile<'_>> = texts
        .iter()
        .zip(["law/rules/a.toml", "law/rules/b.toml"])
        .map(|(text, name)| RuleFile { name, text, pack: text.contains("pack").then_some(pack) })
        .collect();
    RuleBook::read(&files, |name| backbone.find(None, name).first().copied())
}
