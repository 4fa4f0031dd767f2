//! Walks a tree and turns its values into codes, collecting every problem on the way.
//!
//! A key that is not asked for is unknown and a problem. `"unknown"` is the same as leaving a key out; it
//! is never "no".

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;

use permits::Told;

use super::node::{Entry, Node, Value};
use super::problem::{Place, Problem};

/// The word for "nobody has said".
const UNKNOWN: &str = "unknown";
/// The word for "it is not there".
const NONE: &str = "none";

/// The longest text or number of a consignment: marks and numbers of rings fill a page at most.
pub const TEXT_BYTES_MAX: usize = 8_192;

/// How many problems are told at once; a reader mends the first ones and tries again.
pub const MOST_PROBLEMS: usize = 100;

/// The problems of one document.
pub(super) struct Report<'a> {
    text: &'a str,
    problems: RefCell<Vec<(usize, Problem)>>,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str) -> Report<'a> {
        Report { text, problems: RefCell::new(Vec::new()) }
    }

    pub(super) fn add(&self, at: usize, path: &str, message: impl Into<String>) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push((at, Problem::new(Place::in_text(self.text, at), path, message)));
        }
    }

    /// Whether no problem was found so far.
    pub(super) fn is_empty(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    /// The problems in the order of the text.
    pub(super) fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(at, _)| *at);
        problems.into_iter().map(|(_, problem)| problem).collect()
    }
}

/// A table being read. Dropping it is not enough: [`Table::done`] reports the keys nobody asked for.
pub(super) struct Table<'a> {
    report: &'a Report<'a>,
    path: String,
    at: usize,
    entries: &'a [Entry],
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    /// The table at the root of a document.
    pub(super) fn root(report: &'a Report<'a>, node: &'a Node) -> Table<'a> {
        Table::of(report, String::new(), node)
    }

    fn of(report: &'a Report<'a>, path: String, node: &'a Node) -> Table<'a> {
        let entries: &[Entry] = match &node.value {
            Value::Table(entries) => entries,
            other => {
                report.add(node.at, &path, format!("expected a table, found {}", other.what()));
                &[]
            }
        };
        Table { report, path, at: node.at, entries, asked: RefCell::new(Vec::new()) }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value of `key`, unless it is left out or unknown.
    fn get(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        let node = &self.entries.iter().find(|entry| entry.key == key)?.node;
        match &node.value {
            Value::Null => None,
            Value::Text(text) if text == UNKNOWN => None,
            _ => Some(node),
        }
    }

    fn problem<T>(&self, node: &Node, key: &str, message: impl Into<String>) -> Option<T> {
        self.report.add(node.at, &self.path_of(key), message);
        None
    }

    /// A problem of the table as a whole.
    pub(super) fn wrong(&self, message: impl Into<String>) {
        self.report.add(self.at, &self.path, message);
    }

    /// A text or a number as written.
    pub(super) fn text(&self, key: &'static str) -> Option<Box<str>> {
        let node = self.get(key)?;
        self.text_of(node, key).filter(|text| !text.trim().is_empty()).or_else(|| match &node.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.problem(node, key, "the text is empty; write it, or leave the key out")
            }
            _ => None,
        })
    }

    fn text_of(&self, node: &Node, key: &str) -> Option<Box<str>> {
        match &node.value {
            Value::Text(text) | Value::Number(text) if text.len() > TEXT_BYTES_MAX => {
                let bytes = text.len();
                let message = format!("the text has {bytes} bytes, more than {TEXT_BYTES_MAX}; shorten it");
                self.problem(node, key, message)
            }
            Value::Text(text) | Value::Number(text) => Some(text.as_str().into()),
            other => self.problem(node, key, format!("expected a text, found {}", other.what())),
        }
    }

    /// A text that must be there.
    pub(super) fn needed_text(&self, key: &'static str, why: &str) -> Box<str> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.wrong(format!("`{key}` is missing; {why}"));
        }
        self.text(key).unwrap_or_default()
    }

    /// A code, a day or another value that its type reads from text.
    pub(super) fn code<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<T> {
        let node = self.get(key)?;
        self.parse(node, key)
    }

    fn parse<T: FromStr<Err: Display>>(&self, node: &Node, key: &str) -> Option<T> {
        let text = self.text_of(node, key)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.problem(node, key, T::Err::to_string(&error)),
        }
    }

    /// The same, where `"none"` says that it is not there.
    pub(super) fn told<T: FromStr<Err: Display>>(&self, key: &'static str) -> Told<T> {
        if self.is_none(key) { Told::Absent } else { self.code(key).into() }
    }

    /// A text, where `"none"` says that it is not there.
    pub(super) fn told_text(&self, key: &'static str) -> Told<Box<str>> {
        if self.is_none(key) { Told::Absent } else { self.text(key).into() }
    }

    /// Whether the value of `key` is `"none"` or `false`.
    pub(super) fn is_none(&self, key: &'static str) -> bool {
        self.get(key).is_some_and(|node| match &node.value {
            Value::Text(text) => text == NONE,
            Value::Flag(flag) => !flag,
            _ => false,
        })
    }

    /// A word of a list.
    pub(super) fn word<T>(
        &self,
        key: &'static str,
        from_word: impl Fn(&str) -> Option<T>,
        allowed: &[&str],
    ) -> Option<T> {
        let node = self.get(key)?;
        let text = self.text_of(node, key)?;
        from_word(&text).or_else(|| {
            self.problem(
                node,
                key,
                format!("`{text}` is not known here; write one of {}", allowed.join(", ")),
            )
        })
    }

    /// Yes or no.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        match &node.value {
            Value::Flag(flag) => Some(*flag),
            Value::Text(text) if text == "yes" => Some(true),
            Value::Text(text) if text == "no" => Some(false),
            other => {
                let found = other.what();
                self.problem(node, key, format!("expected true, false or \"unknown\", found {found}"))
            }
        }
    }

    /// A list of codes; one code alone is a list of one.
    pub(super) fn codes<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<Vec<T>> {
        let node = self.get(key)?;
        let nodes = self.nodes(node);
        Some(nodes.iter().filter_map(|node| self.parse(node, key)).collect())
    }

    /// A list of texts; one text alone is a list of one.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<Box<str>>> {
        let node = self.get(key)?;
        let nodes = self.nodes(node);
        Some(nodes.iter().filter_map(|node| self.text_of(node, key)).collect())
    }

    fn nodes(&self, node: &'a Node) -> &'a [Node] {
        match &node.value {
            Value::List(nodes) => nodes,
            _ => std::slice::from_ref(node),
        }
    }

    /// A table within this one.
    pub(super) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let node = self.get(key)?;
        Some(Table::of(self.report, self.path_of(key), node))
    }

    /// A table within this one, where `"none"` or `false` says that it is not there.
    pub(super) fn told_table(&self, key: &'static str) -> Told<Table<'a>> {
        if self.is_none(key) { Told::Absent } else { self.table(key).into() }
    }

    /// The tables of a list, at most `most`.
    pub(super) fn tables(&self, key: &'static str, most: usize) -> Vec<Table<'a>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let Value::List(nodes) = &node.value else {
            self.problem::<()>(node, key, format!("expected a list of tables, found {}", node.value.what()));
            return Vec::new();
        };
        if nodes.len() > most {
            self.problem::<()>(node, key, format!("more than {most}; split the consignment"));
        }
        let path = |at: usize| format!("{}[{}]", self.path_of(key), at + 1);
        nodes.iter().take(most).enumerate().map(|(at, node)| Table::of(self.report, path(at), node)).collect()
    }

    /// Whether the key is written at all.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Reports every key that nobody asked for.
    pub(super) fn done(self) {
        let asked = self.asked.borrow();
        for entry in self.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            let known = asked.join(", ");
            let message = format!("no such key; the keys here are {known}");
            self.report.add(entry.at, &self.path_of(&entry.key), message);
        }
    }
}
