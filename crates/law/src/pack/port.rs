//! Ports of entry: which there are, when they are open, and which are designated for wildlife.
//!
//! Source of truth: `ports.csv`, `port_calendar.csv`, `designated_ports.csv`, and an office's overlay of the
//! last two. A port that no row designates is not "not designated": the answer is `None`, and the officer is
//! referred to the authority.

use cites::{Country, Day, Span};

use super::tables::{Layer, Origin, PackTables, origin, refuse_overlaps, word};
use crate::bars::span;
use crate::keyed::Keyed;
use crate::table::{Row, TableError};

const PORTS: &str = "ports.csv";
const PORT_COLUMNS: [&str; 8] =
    ["id", "name_zh", "name_en", "aliases", "neighbour", "mode", "class", "status"];
const DESIGNATED: &str = "designated_ports.csv";
const DESIGNATED_COLUMNS: [&str; 5] = ["port", "goods", "designated", "from", "until"];

/// How goods pass a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PortMode {
    /// By road.
    Road,
    /// By rail.
    Rail,
    /// By air.
    Air,
    /// On foot through a zone that belongs to a port.
    Zone,
    /// By post.
    Post,
}

/// A port of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// Its id, such as `horgos`.
    pub id: Box<str>,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Its name in English.
    pub name_en: Box<str>,
    /// Other names by which papers call it.
    pub aliases: Box<[Box<str>]>,
    /// The State on the other side.
    pub neighbour: Option<Country>,
    /// How goods pass it.
    pub mode: PortMode,
    /// The class as the country counts it, `I` or `II`; empty where not known.
    pub class: Box<str>,
    /// Whether it is planned only.
    pub planned: bool,
    /// The port on the far side.
    pub far_side: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A row that says whether a port is designated for wildlife.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// The port's id.
    pub port: Box<str>,
    /// For which goods; empty for all.
    pub goods: Box<str>,
    /// Whether it is.
    pub designated: bool,
    /// Its days.
    pub span: Span,
    /// Where the row comes from.
    pub origin: Origin,
}

/// The ports of a pack, by every name.
#[derive(Debug, Clone, Default)]
pub struct Ports {
    rows: Vec<Port>,
    by_name: Keyed<usize>,
}

impl Port {
    /// Whether it counts among the ports of the region: a zone belongs to a port, a post office is none.
    pub fn is_counted(&self) -> bool {
        !self.planned && !matches!(self.mode, PortMode::Zone | PortMode::Post)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let given = [&self.id, &self.name_zh, &self.name_en].into_iter().chain(&self.aliases);
        given.map(|name| &**name)
    }
}

impl Ports {
    pub(super) fn read(tables: &PackTables<'_>, errors: &mut Vec<TableError>) -> Ports {
        let rows = tables.rows(PORTS, &PORT_COLUMNS, errors, port);
        let mut ports = Ports { rows, by_name: Keyed::default() };
        for (number, port) in ports.rows.iter().enumerate() {
            for name in port.names() {
                // As written too, so that the usual ways to write a name need no folding.
                let keys = [name.to_owned(), folded(name)];
                let other = keys.map(|key| ports.by_name.insert(key.into(), number));
                if other.into_iter().flatten().any(|other| other != number) {
                    errors.push(TableError {
                        table: tables.path(PORTS),
                        line: port.origin.line,
                        column: "aliases".to_owned(),
                        problem: format!("`{name}` is also a name of another port; keep it at one of them"),
                    });
                }
            }
        }
        ports
    }

    /// Every port.
    pub fn all(&self) -> &[Port] {
        &self.rows
    }

    /// The port of an id, a name or an alias, whatever its case, spaces and hyphens.
    pub fn find(&self, name: &str) -> Option<&Port> {
        if self.rows.is_empty() {
            return None;
        }
        let number = self.by_name.get(name).or_else(|| self.by_name.get(&*folded(name)));
        number.and_then(|number| self.rows.get(*number))
    }
}

/// Letters and digits of a name in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn read_designations(
    tables: &PackTables<'_>,
    layer: Layer,
    errors: &mut Vec<TableError>,
) -> Vec<Designation> {
    let rows = tables.rows(DESIGNATED, &DESIGNATED_COLUMNS, errors, |row| designation(row, layer));
    let keyed = rows.iter().map(|row| ((&*row.port, &*row.goods), row.span, row.origin.line));
    refuse_overlaps(&tables.path(DESIGNATED), keyed, errors);
    rows
}

/// What `rows` say of `port` on `on`. A row of an office goes before one of the pack; a designation for some
/// goods only leaves the answer open.
pub(super) fn designated(rows: &[Designation], port: &str, on: Day) -> Option<bool> {
    let mut known =
        rows.iter().filter(|row| &*row.port == port && row.span.contains(on) && row.goods.is_empty());
    let office = known.clone().find(|row| row.origin.confirmed.is_some());
    office.or_else(|| known.next()).map(|row| row.designated)
}

fn designation(row: &Row<'_>, layer: Layer) -> Result<Designation, TableError> {
    Ok(Designation {
        port: row.needed("port")?.into(),
        goods: row.get("goods").into(),
        designated: word(row, "designated", yes_or_no, "yes, no")?,
        span: span(row)?,
        origin: origin(row, layer)?,
    })
}

fn port(row: &Row<'_>) -> Result<Port, TableError> {
    let aliases = row.get("aliases").split(';').map(str::trim).filter(|alias| !alias.is_empty());
    Ok(Port {
        id: row.needed("id")?.into(),
        name_zh: row.needed("name_zh")?.into(),
        name_en: row.needed("name_en")?.into(),
        aliases: aliases.map(Box::from).collect(),
        neighbour: row.optional("neighbour")?,
        mode: word(row, "mode", mode, "road, rail, air, zone, post")?,
        class: word(row, "class", class, "I, II, or nothing")?,
        planned: word(row, "status", planned, "open, planned")?,
        far_side: row.get("far_side").into(),
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

pub(super) fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn class(word: &str) -> Option<Box<str>> {
    matches!(word, "" | "I" | "II").then(|| word.into())
}

fn planned(word: &str) -> Option<bool> {
    match word {
        "open" => Some(false),
        "planned" => Some(true),
        _ => None,
    }
}

fn mode(word: &str) -> Option<PortMode> {
    match word {
        "road" => Some(PortMode::Road),
        "rail" => Some(PortMode::Rail),
        "air" => Some(PortMode::Air),
        "zone" => Some(PortMode::Zone),
        "post" => Some(PortMode::Post),
        _ => None,
    }
}
