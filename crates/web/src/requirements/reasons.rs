//! Who grants what the law's answer does not clear says why: per line, or for the whole.
//!
//! Source of truth: the assessment that the decision rests on. Nothing is barred here; a person decides and signs.

use permits::application::LineDecision;

use super::kept::{Assessment, FindingAnswer, LineAnswer};

/// How many findings are named for a line.
const FINDINGS_NAMED: usize = 3;

/// What a grant without reasons lacks, in words; `None` where it may be made as it is.
pub(crate) fn lacking_reasons(assessment: &Assessment, decided: &[LineDecision]) -> Option<String> {
    let is_given =
        |reasons: &Option<Box<str>>| reasons.as_deref().is_some_and(|text| !text.trim().is_empty());
    let bare = decided.iter().filter(|decision| !is_given(&decision.reasons));
    let answers = bare.filter_map(|decision| {
        assessment.lines.iter().find(|line| line.line == decision.line && is_open(line))
    });
    let lines: Vec<String> = answers.map(|line| told(line, assessment)).collect();
    (!lines.is_empty()).then(|| {
        let lines = lines.join("; ");
        format!("the law's answer does not clear what is granted: {lines}; give reasons, for each line or for the whole")
    })
}

/// Whether the law forbids a line or leaves it to a person.
fn is_open(line: &LineAnswer) -> bool {
    matches!(line.verdict.as_str(), "refer" | "prohibited")
}

fn told(line: &LineAnswer, assessment: &Assessment) -> String {
    let grave = |finding: &&FindingAnswer| matches!(finding.outcome.as_str(), "refer" | "refuse");
    let answer = assessment.answer(line);
    let findings = answer.map(|answer| answer.findings.as_slice()).unwrap_or_default();
    let all: Vec<&FindingAnswer> = findings.iter().filter(grave).collect();
    let title = |finding: &&FindingAnswer| {
        let rule = assessment.rule(&finding.rule);
        let title = rule.map_or(finding.rule.as_str(), |rule| rule.title.as_str());
        format!("{title} [{}]", finding.rule)
    };
    let mut named: Vec<String> = all.iter().take(FINDINGS_NAMED).map(title).collect();
    if all.len() > FINDINGS_NAMED {
        named.push(format!("and {} more", all.len() - FINDINGS_NAMED));
    }
    if answer.is_none() {
        named.push("the law could not be asked about it".to_owned());
    }
    let because = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
    let verdict = if line.verdict == "refer" { "left to a person" } else { line.verdict.as_str() };
    format!("line {} is {verdict}{because}", line.line)
}
