//! The answer for reading aloud: what it comes to first, then the papers, the reasons, what to ask.

use std::io::Write;

use anyhow::Result;

use super::view::{CodeView, DocumentView, EvidenceView, FindingView, LineView, PaperView, View, said};

/// How wide a line is.
const WIDTH: usize = 100;

pub(super) fn write(view: &View, color: bool, out: &mut dyn Write) -> Result<()> {
    let mut page = Page { out, color };
    let about =
        format!("{}: the law of {} ({}); edition {}", view.file, view.on, view.on_why, short(&view.edition));
    page.put(0, &about)?;
    for line in &view.lines {
        page.gap()?;
        page.line(line)?;
    }
    page.gap()?;
    let documents = if view.documents_missing { ", documents missing" } else { "" };
    page.verdict(0, "The consignment", view.verdict, documents)
}

fn short(edition: &str) -> &str {
    edition.get(..12).unwrap_or(edition)
}

struct Page<'o> {
    out: &'o mut dyn Write,
    color: bool,
}

impl Page<'_> {
    fn gap(&mut self) -> Result<()> {
        Ok(self.out.write_all(b"\n")?)
    }

    /// A paragraph, indented, and broken between words.
    fn put(&mut self, indent: usize, text: &str) -> Result<()> {
        let mut at = 0;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if at == 0 {
                write!(self.out, "{:indent$}{word}", "")?;
                at = indent + length;
            } else if at + 1 + length > WIDTH {
                write!(self.out, "\n{:hang$}{word}", "", hang = indent + 2)?;
                at = indent + 2 + length;
            } else {
                write!(self.out, " {word}")?;
                at += 1 + length;
            }
        }
        self.gap()
    }

    fn verdict(&mut self, indent: usize, what: &str, verdict: &str, more: &str) -> Result<()> {
        let said = said(verdict).to_uppercase();
        let (on, off) = if self.color { (color_of(verdict), "\u{1B}[0m") } else { ("", "") };
        Ok(writeln!(self.out, "{:indent$}{what}: {on}{said}{off}{more}", "")?)
    }

    fn line(&mut self, line: &LineView) -> Result<()> {
        let mut about = format!("Line {}: {}", line.line, line.name);
        let term = line.term.as_ref().map(|term| format!("{} ({})", term.name.to_lowercase(), term.code));
        let source = line.source.as_ref().map(|source| format!("source {source}"));
        let origin = line.origin.as_ref().map(|origin| format!("origin {origin}"));
        for told in [term, line.quantity.clone(), source, origin].into_iter().flatten() {
            about += &format!(", {told}");
        }
        self.put(0, &about)?;
        let missing = line.documents.iter().any(|document| document.certain && is_missing(document));
        self.verdict(2, "Verdict", line.verdict, if missing { ", documents missing" } else { "" })?;
        self.taxon(line)?;
        self.documents(line)?;
        self.findings(&line.findings)?;
        self.unknown(line)?;
        self.readings(line)?;
        for ask in &line.asks {
            let state = ask.state.as_ref().map_or("the other State".to_owned(), named);
            self.put(2, &format!("Ask the authority of {state}: {}", lower(&ask.title)))?;
        }
        if !line.verified {
            self.put(2, "Not verified: the answer rests on facts from memory or in conflict, marked above.")?;
        }
        Ok(())
    }

    fn taxon(&mut self, line: &LineView) -> Result<()> {
        let stands_for = match (line.r#match, line.matched_taxon.as_str()) {
            (_, "") => "The name leads to no taxon.".to_owned(),
            ("exact", taxon) if taxon == line.name => String::new(),
            (how, taxon) => format!("The name stands for {taxon} ({how})."),
        };
        let appendix = match line.appendix.as_slice() {
            ["none"] => "It is in no Appendix.".to_owned(),
            [one] => format!("It is in Appendix {one}."),
            several => {
                format!("It may be in Appendix {}.", several.join(" or ").replace("none", "(in none)"))
            }
        };
        self.put(2, &format!("{stands_for} {appendix}"))?;
        if !line.entries.is_empty() {
            self.put(4, &format!("By {}.", evidence(&line.entries)))?;
        }
        for doubt in &line.doubts {
            self.put(4, &format!("Doubt: {}.", doubt.message))?;
        }
        Ok(())
    }

    fn documents(&mut self, line: &LineView) -> Result<()> {
        let (sure, open): (Vec<_>, Vec<_>) = line.documents.iter().partition(|document| document.certain);
        if !sure.is_empty() {
            self.put(2, "Documents required:")?;
            sure.into_iter().try_for_each(|document| self.document(document))?;
        }
        if !open.is_empty() {
            self.put(2, "Documents that may be required, as long as something is unknown:")?;
            open.into_iter().try_for_each(|document| self.document(document))?;
        }
        Ok(())
    }

    fn document(&mut self, document: &DocumentView) -> Result<()> {
        let issuer =
            document.issuer.as_ref().map(|state| format!(" of {}", named(state))).unwrap_or_default();
        let or =
            if document.or.is_empty() { String::new() } else { format!(" (or {})", document.or.join(", ")) };
        let state = match document.state {
            "missing" => "MISSING".to_owned(),
            "shown-elsewhere" => "shown at the other border".to_owned(),
            "refused" => format!("presented and NOT GOOD{}", number(document.paper.as_ref())),
            _ => format!("presented{}", number(document.paper.as_ref())),
        };
        self.put(4, &format!("{}. {}{issuer}{or}: {state}", document.order, document.name))?;
        self.put(7, &format!("Because {} [{}].", document.why, document.rule))?;
        if !document.before.is_empty() {
            self.put(7, &format!("It must be issued before the {}.", document.before.join(", ")))?;
        }
        if !document.instead.is_empty() {
            self.put(7, &format!("Presented of that State instead: {}.", document.instead.join(", ")))?;
        }
        let Some(paper) = &document.paper else { return Ok(()) };
        if let Some(day) = &paper.good_until {
            self.put(7, &format!("Good until {day}."))?;
        }
        for finding in paper.findings.iter().filter(|finding| finding.severity() >= 3) {
            self.finding(7, finding)?;
        }
        if !paper.to_see.is_empty() {
            let see: Vec<&str> = paper.to_see.iter().map(|missing| missing.ask).collect();
            self.put(7, &format!("Look: {}.", see.join("; ")))?;
        }
        Ok(())
    }

    fn findings(&mut self, findings: &[FindingView]) -> Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        self.put(2, "Why:")?;
        findings.iter().try_for_each(|finding| self.finding(4, finding))
    }

    fn finding(&mut self, indent: usize, finding: &FindingView) -> Result<()> {
        let says = match finding.outcome {
            "refuse" => "Forbidden: ",
            "refer" if !finding.met => "May hold: ",
            "refer" => "To be decided by a person: ",
            _ if finding.effect == "note" || finding.effect == "ask" => "Note: ",
            _ => "",
        };
        let mark = if finding.verified { "" } else { " NOT VERIFIED." };
        let text = format!(
            "{says}{}. {}, {} [{}].{mark}",
            finding.title, finding.source, finding.clause, finding.rule
        );
        self.put(indent, &text)?;
        let known = finding
            .facts
            .iter()
            .filter(|fact| !finding.missing.contains(&fact.fact) && fact.values.len() < 4);
        let known: Vec<String> =
            known.map(|fact| format!("{} {}", plain(fact.fact), fact.values.join(" or "))).collect();
        if !known.is_empty() && finding.severity() >= 2 {
            self.put(indent + 2, &format!("Since: {}.", known.join(", ")))?;
        }
        if !finding.rests_on.is_empty() && finding.severity() >= 3 {
            self.put(indent + 2, &format!("It rests on {}.", evidence(&finding.rests_on)))?;
        }
        if !finding.missing.is_empty() {
            let missing: Vec<String> = finding.missing.iter().map(|fact| plain(fact)).collect();
            self.put(indent + 2, &format!("Not told: {}.", missing.join(", ")))?;
        }
        match &finding.note {
            Some(note) if finding.severity() >= 3 => {
                self.put(indent + 2, &format!("{note}.").replace("..", "."))
            }
            _ => Ok(()),
        }
    }

    fn unknown(&mut self, line: &LineView) -> Result<()> {
        if line.missing.is_empty() {
            return Ok(());
        }
        self.put(2, "What is unknown, and what to ask:")?;
        line.missing.iter().try_for_each(|missing| self.put(4, &format!("- {}", missing.ask)))
    }

    fn readings(&mut self, line: &LineView) -> Result<()> {
        if line.readings.is_empty() {
            return Ok(());
        }
        self.put(2, "The answer hangs on it:")?;
        for reading in &line.readings {
            let comes_to = match reading.outcome {
                "refuse" => "prohibited".to_owned(),
                "refer" => "still to be referred".to_owned(),
                _ if reading.documents.is_empty() => "may cross".to_owned(),
                _ => "may cross with documents".to_owned(),
            };
            let documents = if reading.documents.is_empty() {
                String::new()
            } else {
                format!("; documents: {}", reading.documents.join(", "))
            };
            let values = reading.values.join(", ");
            self.put(4, &format!("- if {} is {values}: {comes_to}{documents}", plain(reading.fact)))?;
        }
        Ok(())
    }
}

fn is_missing(document: &DocumentView) -> bool {
    matches!(document.state, "missing" | "refused")
}

fn number(paper: Option<&PaperView>) -> String {
    paper.and_then(|paper| paper.number.as_ref()).map(|number| format!(", No. {number}")).unwrap_or_default()
}

fn named(code: &CodeView) -> String {
    format!("{} ({})", code.name, code.code)
}

fn evidence(rows: &[EvidenceView]) -> String {
    let rows = rows.iter().map(|row| {
        let mark = if row.verified { "" } else { " (not verified)" };
        format!("{}{mark}", row.id)
    });
    rows.collect::<Vec<_>>().join(", ")
}

/// A key of a fact as words.
fn plain(key: &str) -> String {
    key.replace('_', " ")
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn color_of(verdict: &str) -> &'static str {
    match verdict {
        "prohibited" => "\u{1B}[1;31m",
        "refer" => "\u{1B}[1;33m",
        _ => "\u{1B}[1;32m",
    }
}
