//! A page of plain sentences with numbered sources.

use std::io::{Result, Write};

use super::view::SourceView;
use wording::words;

/// The width to which sentences are broken; longer lines are hard to read aloud.
const WIDTH: usize = 96;

/// A page that is being written.
pub struct Page<'o> {
    out: &'o mut dyn Write,
    color: bool,
    sources: Vec<(String, Option<cites::Day>)>,
    /// Whether something on it is not verified.
    pub has_unverified: bool,
}

impl<'o> Page<'o> {
    pub fn new(out: &'o mut dyn Write, color: bool) -> Page<'o> {
        Page { out, color, sources: Vec::new(), has_unverified: false }
    }

    /// The first line.
    pub fn title(&mut self, text: &str) -> Result<()> {
        if self.color { writeln!(self.out, "\x1b[1m{text}\x1b[0m") } else { writeln!(self.out, "{text}") }
    }

    /// A heading with an empty line above it.
    pub fn heading(&mut self, text: &str) -> Result<()> {
        writeln!(self.out)?;
        self.title(text)
    }

    /// A sentence.
    pub fn say(&mut self, text: &str) -> Result<()> {
        self.indented(2, text)
    }

    /// A sentence that belongs to the one above it.
    pub fn add(&mut self, text: &str) -> Result<()> {
        self.indented(4, text)
    }

    /// A sentence with its source and the flag of what is not verified.
    pub fn say_from(&mut self, text: &str, source: &SourceView) -> Result<()> {
        let flag = self.flag(source);
        let number = self.number(&source.source, source.checked);
        self.say(&format!("{text} [{number}]{flag}"))
    }

    /// What is to be said of a row that is not verified.
    fn flag(&mut self, source: &SourceView) -> &'static str {
        self.has_unverified |= !source.verified;
        match source.confidence {
            "M" => " Not verified: from memory.",
            "C" => " Not verified: sources conflict.",
            _ => "",
        }
    }

    /// The number of a source.
    pub fn number(&mut self, source: &str, checked: Option<cites::Day>) -> usize {
        let key = (source.to_owned(), checked);
        let known = self.sources.iter().position(|known| *known == key);
        known.unwrap_or_else(|| {
            self.sources.push(key);
            self.sources.len() - 1
        }) + 1
    }

    /// The sources, each with the day on which rows were last compared with it.
    pub fn end(mut self, edition: &str) -> Result<()> {
        self.heading("Sources")?;
        let sources = std::mem::take(&mut self.sources);
        for (number, (source, checked)) in sources.iter().enumerate() {
            let checked = checked.map_or(String::new(), |day| format!(" (compared on {})", words::day(day)));
            self.say(&format!("[{}] {source}{checked}", number + 1))?;
        }
        if self.has_unverified {
            self.say("What is marked as not verified must be confirmed before a decision rests on it.")?;
        }
        self.say(&format!("Edition of the law book: {edition}"))
    }

    fn indented(&mut self, indent: usize, text: &str) -> Result<()> {
        let mut column = indent;
        write!(self.out, "{:indent$}", "")?;
        for (place, word) in text.split_whitespace().enumerate() {
            let width = word.chars().count();
            if place > 0 && column + 1 + width > WIDTH {
                write!(self.out, "\n{:indent$}{word}", "", indent = indent + 2)?;
                column = indent + 2 + width;
            } else {
                write!(self.out, "{}{word}", if place > 0 { " " } else { "" })?;
                column += width + usize::from(place > 0);
            }
        }
        writeln!(self.out)
    }
}
