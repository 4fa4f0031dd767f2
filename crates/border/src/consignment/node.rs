//! A document as a tree of values with their places: the common ground of TOML and JSON.
//!
//! Numbers stay as written, so that no quantity passes through a floating-point number.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::json;
use super::problem::{ConsignmentError, Place, Problem};

/// A value and the byte at which it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

/// A value of either format.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// JSON's `null`: nothing told.
    Null,
    Flag(bool),
    /// A number, or a TOML date, as written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: usize,
    pub(super) node: Node,
}

impl Value {
    /// What the value is, for messages.
    pub(super) const fn what(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Flag(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// How many signs (`=`, `,`, brackets, quotes, line ends, …) a TOML document may have: ten
/// thousand lines with everything told are written with half as many. The TOML reader keeps some hundred and
/// fifty bytes for each before it knows what they mean.
pub const MOST_SIGNS: usize = 2_000_000;

/// The tree of a TOML document.
pub(super) fn from_toml(text: &str) -> Result<Node, ConsignmentError> {
    if let Some(at) = one_too_many(text) {
        let message = "the document has too many values; split the consignment";
        return Err(ConsignmentError::one(Problem::new(Place::in_text(text, at), "", message)));
    }
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        ConsignmentError::one(Problem::new(Place::in_text(text, at), "", one_line(error.message())))
    })?;
    Ok(Node { at: table.span().start, value: Value::Table(toml_table(table.get_ref())) })
}

/// The tree of a JSON document.
pub(super) fn from_json(text: &str) -> Result<Node, ConsignmentError> {
    json::parse(text)
        .map_err(|(at, message)| ConsignmentError::one(Problem::new(Place::in_text(text, at), "", message)))
}

/// Where the first sign stands that is one too many.
fn one_too_many(text: &str) -> Option<usize> {
    let is_sign = |byte: u8| byte.is_ascii_punctuation() && byte != b'_' && byte != b'-' || byte == b'\n';
    let mut signs = text.bytes().enumerate().filter(|(_, byte)| is_sign(*byte));
    signs.nth(MOST_SIGNS).map(|(at, _)| at)
}

fn toml_table(table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: key.span().start,
            node: toml_value(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

fn toml_value(value: &Spanned<DeValue<'_>>) -> Node {
    let converted = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(day) => Value::Number(day.to_string()),
        DeValue::Array(values) => Value::List(values.iter().map(toml_value).collect()),
        DeValue::Table(table) => Value::Table(toml_table(table)),
    };
    Node { at: value.span().start, value: converted }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::MOST_LINES;
    use super::*;

    /// A line with every key, as `docs/reference/consignment.md` lists them.
    const LINE: &str = r#"
[[line]]
name = "Ursus arctos isabellinus"
subspecies = "isabellinus"
hybrid = true
ancestors = ["Ursus arctos", "Ursus maritimus"]
pedigree_complete = false
domesticated = false
term = "SKI"
hs = "4301.80.90"
quantity = 29.5
unit = "KGM"
mass_per_item = "1.5 KGM"
mass_per_shipment = "29.5 KGM"
finished = true
retail_packed = false
instrument = false
sterile = false
exhausted = false
labelled = true
source = "W"
origin = "KZ"
acquired = { before = 2026-01-01, how = "taken" }
marks = "KZ-1, KZ-2"
operation = "none"
live = false
use_of_goods = "other"
"#;

    #[test]
    fn as_many_lines_as_there_may_be_can_tell_everything() {
        assert!(crate::consignment::from_toml(LINE).is_ok());
        let lines = LINE.repeat(MOST_LINES);
        assert_eq!(one_too_many(&lines), None);
        assert_eq!(one_too_many(&"=".repeat(MOST_SIGNS)), None);
        assert_eq!(one_too_many(&"=".repeat(MOST_SIGNS + 1)), Some(MOST_SIGNS));
    }
}
