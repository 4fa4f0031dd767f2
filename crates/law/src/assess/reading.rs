//! Readings: what the answer would be if something open were settled one way or another.
//!
//! Two readings are shown side by side, each with its consequence, so that an officer sees what hangs on the
//! missing fact. The answer itself stays "refer".

use cites::{Day, Outcome, Purpose};

use super::gather::Assumed;
use super::input::{Crossing, Line};
use super::require::Requirements;
use super::sources::Sources;
use super::{Assessment, assess_assuming};
use crate::rule::{Fact, ListedAs, Value};

/// What the answer would be if a fact had one of some values.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The fact.
    pub fact: Fact,
    /// The values that lead to this answer, by their words.
    pub values: Vec<&'static str>,
    /// What the line would come to.
    pub outcome: Outcome,
    /// The documents it would need.
    pub requirements: Requirements,
}

/// The readings of every fact that is open and that readings are made for: the Appendix and the purpose in
/// the State of import. Values that lead to the same answer stand together.
pub fn readings(
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    sources: &Sources<'_>,
    on: Day,
    assessment: &Assessment<'_>,
) -> Vec<Reading> {
    let mut readings = Vec::new();
    if assessment.outcome != Outcome::Refer {
        return readings;
    }
    if assessment.facts.is_open(Fact::Appendix) {
        let open = ListedAs::ALL
            .iter()
            .filter(|listed| assessment.facts.words(Fact::Appendix).any(|word| word == listed.as_str()));
        for listed in open {
            let assumed = Assumed { appendix: Some(*listed), purpose_import: None };
            let answer = assess_assuming(line, crossing, sources, on, assumed);
            join(&mut readings, Fact::Appendix, listed.as_str(), &answer);
        }
    }
    if crossing.purpose_import.is_none() && hangs_on_purpose(assessment) {
        for purpose in Purpose::ALL {
            let assumed = Assumed { appendix: None, purpose_import: Some(purpose) };
            let answer = assess_assuming(line, crossing, sources, on, assumed);
            let word = Purpose::word_at(purpose.place()).unwrap_or_default();
            join(&mut readings, Fact::PurposeImport, word, &answer);
        }
    }
    // One reading alone tells nothing apart.
    let alone = |fact: Fact, all: &[Reading]| all.iter().filter(|reading| reading.fact == fact).count() < 2;
    let lone: Vec<Fact> =
        [Fact::Appendix, Fact::PurposeImport].into_iter().filter(|fact| alone(*fact, &readings)).collect();
    readings.retain(|reading| !lone.contains(&reading.fact));
    readings
}

/// Whether some finding lacks the purpose in the State of import.
fn hangs_on_purpose(assessment: &Assessment<'_>) -> bool {
    assessment.findings.iter().any(|finding| finding.missing.contains(Fact::PurposeImport))
}

fn join(readings: &mut Vec<Reading>, fact: Fact, word: &'static str, answer: &Assessment<'_>) {
    let same = readings.iter_mut().find(|known| {
        known.fact == fact && known.outcome == answer.outcome && known.requirements == answer.requirements
    });
    match same {
        Some(known) => known.values.push(word),
        None => readings.push(Reading {
            fact,
            values: vec![word],
            outcome: answer.outcome,
            requirements: answer.requirements.clone(),
        }),
    }
}
