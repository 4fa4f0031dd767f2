//! The answer for reading aloud: what it comes to first, then the papers, the reasons, what to ask.

use std::io::Write;

use anyhow::Result;
use wording::answer::{
    CodeView, DocumentView, EvidenceView, FactView, FindingView, LineView, PaperView, said,
};
use wording::words;

use super::view::View;

/// A fact with more values left than this tells nothing.
const FACT_VALUES_SHOWN: usize = 2;
/// How wide a line is.
const WIDTH: usize = 100;

pub(super) fn write(view: &View, color: bool, out: &mut dyn Write) -> Result<()> {
    let mut page = Page { out, color };
    let about = format!(
        "{}: the law of {} ({}); edition {}",
        view.file,
        words::day(view.on),
        view.on_why,
        short(&view.edition)
    );
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
        for told in [term, line.quantity.map(words::amount), source, origin].into_iter().flatten() {
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
            self.put(4, &format!("Entries: {}.", evidence(line.entries.iter())))?;
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
            self.put(
                7,
                &format!("It must be issued before the {}.", document.before.join(", ").replace('-', " ")),
            )?;
        }
        if !document.instead.is_empty() {
            self.put(7, &format!("Presented of that State instead: {}.", document.instead.join(", ")))?;
        }
        let Some(paper) = &document.paper else { return Ok(()) };
        if let Some(day) = &paper.good_until {
            self.put(7, &format!("Good until {}.", words::day(*day)))?;
        }
        for finding in paper.findings.iter().filter(|finding| finding.severity() >= 3) {
            self.put(
                7,
                &format!("{} {}", if finding.met { "Not in order:" } else { "Open:" }, rule(finding)),
            )?;
        }
        if !paper.to_see.is_empty() {
            let mut see: Vec<&str> = paper.to_see.iter().map(|missing| missing.ask).collect();
            see.dedup();
            self.put(7, &format!("Look: {}.", see.join("; ")))?;
        }
        Ok(())
    }

    /// What decides first, then what the law asks for, then what is open, then what is good to know.
    fn findings(&mut self, findings: &[FindingView]) -> Result<()> {
        let decided = |severity: u8| {
            move |finding: &&FindingView| (finding.met || severity < 3) && finding.severity() == severity
        };
        self.group("Forbidden:", findings.iter().filter(decided(4)))?;
        self.group("To be decided by a person:", findings.iter().filter(decided(3)))?;
        self.group(
            "What the law says:",
            findings.iter().filter(|finding| decided(2)(finding) || decided(1)(finding)),
        )?;
        self.open(findings)?;
        // Whom to ask stands by itself below.
        let notes = findings.iter().filter(|finding| decided(0)(finding) && finding.effect != "ask");
        self.group("To know:", notes)
    }

    fn group<'f>(&mut self, title: &str, findings: impl Iterator<Item = &'f FindingView>) -> Result<()> {
        for (place, finding) in findings.enumerate() {
            if place == 0 {
                self.put(2, title)?;
            }
            self.finding(4, finding)?;
        }
        Ok(())
    }

    /// Rules that may hold, by what is not told.
    fn open(&mut self, findings: &[FindingView]) -> Result<()> {
        let open: Vec<&FindingView> =
            findings.iter().filter(|finding| !finding.met && finding.severity() >= 3).collect();
        let mut told: Vec<&[&str]> = Vec::new();
        for finding in &open {
            if told.contains(&finding.missing.as_slice()) {
                continue;
            }
            told.push(&finding.missing);
            let missing: Vec<String> = finding.missing.iter().map(|fact| plain(fact)).collect();
            self.put(2, &format!("May hold, as long as this is not told: {}:", missing.join(", ")))?;
            for same in open.iter().filter(|other| other.missing == finding.missing) {
                self.put(4, &format!("- {}", rule(same)))?;
            }
        }
        Ok(())
    }

    fn finding(&mut self, indent: usize, finding: &FindingView) -> Result<()> {
        self.put(indent, &format!("- {}", rule(finding)))?;
        let few = |fact: &&FactView| fact.values.len() <= FACT_VALUES_SHOWN;
        let known = finding.facts.iter().filter(few);
        let known: Vec<String> =
            known.map(|fact| format!("{} {}", plain(fact.fact), fact.values.join(" or "))).collect();
        if !known.is_empty() && finding.severity() >= 2 {
            self.put(indent + 2, &format!("Since: {}.", known.join(", ")))?;
        }
        // What says in which Appendix it is stands above.
        let others = finding.rests_on.iter().filter(|row| row.fact != "appendix");
        let others = evidence(others);
        if !others.is_empty() && finding.severity() >= 3 {
            self.put(indent + 2, &format!("It rests on {others}."))?;
        }
        match &finding.note {
            Some(note) if finding.severity() >= 3 => self.put(indent + 2, &sentence(note)),
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

/// Rows of the book in words, with their ids.
fn evidence<'e>(rows: impl Iterator<Item = &'e EvidenceView>) -> String {
    let rows = rows.map(|row| {
        let mark = if row.verified { "" } else { ", not verified" };
        format!("{} [{}{mark}]", row.words, row.id)
    });
    rows.collect::<Vec<_>>().join("; ")
}

/// A rule with its clause and its id.
fn rule(finding: &FindingView) -> String {
    let mark = if finding.verified { "" } else { " NOT VERIFIED." };
    format!("{} {}, {} [{}].{mark}", sentence(&finding.title), finding.source, finding.clause, finding.rule)
}

/// A text that ends as a sentence does.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
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
