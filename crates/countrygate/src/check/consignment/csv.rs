//! The answer as a table: one row a line of goods.

use std::io::Write;

use anyhow::Result;
use wording::answer::LineView;

use super::view::View;

const HEADER: [&str; 12] = [
    "line",
    "name",
    "matched_taxon",
    "match",
    "appendix",
    "verdict",
    "documents",
    "missing_documents",
    "rules",
    "missing_facts",
    "verified",
    "edition",
];

pub(super) fn write(view: &View, out: &mut dyn Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for line in &view.lines {
        table.write_record(row(line, &view.edition))?;
    }
    Ok(table.flush()?)
}

fn row(line: &LineView, edition: &str) -> [String; 12] {
    let documents = |wanted: &dyn Fn(&str) -> bool| {
        let all = line.documents.iter().filter(|document| document.certain && wanted(document.state));
        all.map(|document| document.kind.as_str()).collect::<Vec<_>>().join(";")
    };
    [
        line.line.to_string(),
        line.name.clone(),
        line.matched_taxon.clone(),
        line.r#match.to_owned(),
        line.appendix.join("/"),
        line.verdict.to_owned(),
        documents(&|_| true),
        documents(&|state| matches!(state, "missing" | "refused")),
        line.findings.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>().join(";"),
        line.missing.iter().map(|missing| missing.fact).collect::<Vec<_>>().join(";"),
        line.verified.to_string(),
        edition.to_owned(),
    ]
}
