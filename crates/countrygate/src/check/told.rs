//! One row of a table as a record: every cell read into its code, every cell that cannot be read told.
//!
//! Source of truth: the row. A cell that cannot be read tells nothing; the rest of the row still counts.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use border::consignment::HsCode;
use border::record::{Recorded, Traded, When};
use cites::{Amount, Country, Day, Kingdom, Purpose, Quantity, Term, Unit};
use law::rule::{Carrier, Direction, Procedure};
use species::Hint;

use super::cells::RowCells;
use super::layout::{Column, Kind, Layout};

/// What a row tells.
#[derive(Debug, Default, Clone)]
pub struct Told<'r> {
    /// The name, with the subspecies that is told apart from it.
    pub name: Cow<'r, str>,
    /// The higher taxa that the row gives.
    pub above: Above<'r>,
    /// When; `None` where the row tells neither year nor day.
    pub when: Option<When>,
    /// The Appendix stated.
    pub recorded: Option<Recorded>,
    /// What records of trade tell too.
    pub traded: Traded,
    /// What only lines of goods tell.
    pub declared: Declared<'r>,
    /// Every cell that cannot be read.
    pub problems: Vec<CellProblem>,
}

/// The higher taxa that a row gives.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Above<'r> {
    /// The kingdom.
    pub kingdom: Option<Kingdom>,
    /// Class, order, family, genus; empty where nothing is given.
    pub names: [Cow<'r, str>; 4],
}

/// What lines of goods tell beside what records of trade tell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Declared<'r> {
    /// Which way the goods go at this border.
    pub direction: Option<Direction>,
    /// The customs procedure; the ordinary one for records of trade.
    pub procedure: Option<Procedure>,
    /// What carries the goods.
    pub carrier: Option<Carrier>,
    /// The port, by any of its names.
    pub port: Option<Cow<'r, str>>,
    /// The customs code.
    pub hs: Option<HsCode>,
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// The cell, from 0; `None` for the row as a whole.
    pub at: Option<usize>,
    /// What is wrong with it and what to do.
    pub message: String,
}

impl Above<'_> {
    /// The same for the search of names.
    pub fn hint(&self) -> Hint<'_> {
        let [class, order, family, genus] = &self.names;
        Hint { kingdom: self.kingdom, class, order, family, genus }
    }
}

/// Reads a row, or tells what keeps it from being read.
pub fn read_row<'r>(row: &super::rows::Row, cells: RowCells<'r>, layout: &Layout) -> Told<'r> {
    match row.fault {
        None => read(cells, layout),
        Some(fault) => {
            let problem = CellProblem { at: None, message: fault.to_string() };
            Told { problems: vec![problem], ..Told::default() }
        }
    }
}

/// Reads the cells of a row.
pub fn read<'r>(cells: RowCells<'r>, layout: &Layout) -> Told<'r> {
    if let Some(problem) = ragged(cells, layout) {
        return Told { problems: vec![problem], ..Told::default() };
    }
    let mut row = Row { cells, layout, problems: Vec::new() };
    let name = row.name();
    let above = row.above();
    let when = row.when();
    let recorded = row.code(Column::Appendix);
    let traded = row.traded();
    let declared = row.declared();
    Told { name, above, when, recorded, traded, declared, problems: row.problems }
}

/// A row with another number of cells than the first: nobody knows which cell is which.
fn ragged(cells: RowCells<'_>, layout: &Layout) -> Option<CellProblem> {
    let (found, wanted) = (cells.len(), layout.names.len());
    if found == wanted || (found > wanted && cells.is_empty_from(wanted)) {
        return None;
    }
    let what_to_do = if found < wanted {
        "add what is missing; the file may have been cut"
    } else {
        "put quotes around a cell that holds the delimiter"
    };
    Some(CellProblem {
        at: None,
        message: format!("the row has {found} cells, row 1 has {wanted}; {what_to_do}"),
    })
}

struct Row<'r, 'l> {
    cells: RowCells<'r>,
    layout: &'l Layout,
    problems: Vec<CellProblem>,
}

impl<'r> Row<'r, '_> {
    /// The text of a column; `None` where it is empty or there is no such column.
    fn text(&mut self, column: Column) -> Option<Cow<'r, str>> {
        let at = self.layout.at(column)?;
        let text = self.cells.get(at);
        if text.is_empty() || (text == "NA" && self.is_missing(column, at)) {
            return None;
        }
        if text.contains(['\0', '\u{FFFD}']) {
            return self.problem(at, "the cell holds bytes that are no text; check the encoding of the file");
        }
        Some(text)
    }

    /// Whether `NA` means that nothing is told. Programs that write it so write Namibia in quotes, or lose it;
    /// the State of import and of export is always there in these records, so that there it is Namibia.
    fn is_missing(&self, column: Column, at: usize) -> bool {
        if self.layout.kind != Kind::Rewritten {
            return false;
        }
        match column {
            Column::Importer | Column::Exporter => false,
            Column::Origin => !self.cells.is_quoted(at),
            _ => true,
        }
    }

    fn problem<T>(&mut self, at: usize, message: impl Into<String>) -> Option<T> {
        self.problems.push(CellProblem { at: Some(at), message: message.into() });
        None
    }

    /// A code of a column.
    fn code<T: FromStr<Err: Display>>(&mut self, column: Column) -> Option<T> {
        let text = self.text(column)?;
        match text.parse() {
            Ok(code) => Some(code),
            Err(error) => self.refused(column, T::Err::to_string(&error)),
        }
    }

    fn refused<T>(&mut self, column: Column, message: String) -> Option<T> {
        let at = self.layout.at(column)?;
        self.problem(at, message)
    }

    /// A name of a taxon, which is never long.
    fn taxon(&mut self, column: Column) -> Option<Cow<'r, str>> {
        let text = self.text(column)?;
        if text.len() > species::NAME_BYTES_MAX {
            return self.refused(column, "longer than any scientific name; write the name alone".to_owned());
        }
        Some(text)
    }

    fn name(&mut self) -> Cow<'r, str> {
        let name = self.taxon(Column::Name);
        if name.is_none() && self.problems.is_empty() {
            let message = "the name is missing; write the scientific name";
            self.refused::<()>(Column::Name, message.to_owned());
        }
        let name = name.unwrap_or_default();
        match self.taxon(Column::Subspecies) {
            None => name,
            Some(subspecies) if subspecies.contains(' ') => subspecies,
            Some(epithet) => format!("{name} {epithet}").into(),
        }
    }

    fn above(&mut self) -> Above<'r> {
        let kingdom = self.code(Column::Kingdom);
        let columns = [Column::Class, Column::Order, Column::Family, Column::Genus];
        Above { kingdom, names: columns.map(|column| self.taxon(column).unwrap_or_default()) }
    }

    fn when(&mut self) -> Option<When> {
        if let Some(day) = self.code::<Day>(Column::Date) {
            return Some(When::On(day));
        }
        let text = self.text(Column::Year)?;
        match text.parse().ok().filter(|year| Day::from_ymd(*year, 1, 1).is_some()) {
            Some(year) => Some(When::Year(year)),
            None => {
                let message =
                    format!("`{text}` is not a year from 1800 to 2200; write four digits, such as 2012");
                self.refused(Column::Year, message)
            }
        }
    }

    fn traded(&mut self) -> Traded {
        let (purpose_export, purpose_import, amount) = self.sides();
        let unit = self.unit();
        let amount = amount.or_else(|| self.amount(Column::Quantity));
        Traded {
            importer: self.code(Column::Importer),
            exporter: self.code(Column::Exporter),
            origin: self.origin(),
            term: self.term(),
            source: self.code(Column::Source),
            quantity: amount.zip(unit).map(|(amount, unit)| Quantity::new(amount, unit)),
            purpose_export,
            purpose_import,
        }
    }

    fn declared(&mut self) -> Declared<'r> {
        if self.layout.kind != Kind::Lines {
            return Declared { procedure: Some(Procedure::Ordinary), ..Declared::default() };
        }
        Declared {
            direction: self.word(Column::Direction, Direction::ALL, |word| word.as_str()),
            procedure: self.word(Column::Procedure, Procedure::ALL, |word| word.as_str()),
            carrier: self.word(Column::Carrier, Carrier::ALL, |word| word.as_str()),
            port: self.text(Column::Port),
            hs: self.code(Column::HsCode),
        }
    }

    /// A word of a list.
    fn word<T: Copy>(&mut self, column: Column, all: &[T], as_str: fn(&T) -> &'static str) -> Option<T> {
        let text = self.text(column)?;
        let found = all.iter().find(|one| as_str(one) == text).copied();
        found.or_else(|| {
            let words: Vec<&str> = all.iter().map(as_str).collect();
            self.refused(column, format!("`{text}` is not known here; write one of {}", words.join(", ")))
        })
    }

    /// The purposes on both sides, and the greater of the amounts that both report. A side that reports no
    /// amount reports no purpose either.
    fn sides(&mut self) -> (Option<Purpose>, Option<Purpose>, Option<Amount>) {
        let purpose: Option<Purpose> = self.code(Column::Purpose);
        match self.layout.kind {
            Kind::Tabulation | Kind::Rewritten => {
                let import = self.amount(Column::QuantityImporter);
                let export = self.amount(Column::QuantityExporter);
                (
                    purpose.filter(|_| export.is_some()),
                    purpose.filter(|_| import.is_some()),
                    import.max(export),
                )
            }
            Kind::Shipments => match self.text(Column::Reporter).as_deref() {
                Some("I") => (None, purpose, None),
                Some("E") => (purpose, None, None),
                None => (None, None, None),
                Some(other) => {
                    let message =
                        format!("`{other}` is not a reporter; write I for the importer, E for the exporter");
                    self.refused::<()>(Column::Reporter, message);
                    (None, None, None)
                }
            },
            Kind::Lines => {
                let export = self.code(Column::PurposeExport).or(purpose);
                let import = self.code(Column::PurposeImport).or(purpose);
                (export, import, None)
            }
        }
    }

    fn amount(&mut self, column: Column) -> Option<Amount> {
        let text = self.text(column)?;
        match Amount::read(&text) {
            Ok((amount, _)) => Some(amount),
            Err(error) => self.refused(column, error.to_string()),
        }
    }

    /// The unit; without one, specimens are counted.
    fn unit(&mut self) -> Option<Unit> {
        let Some(text) = self.text(Column::Unit) else { return Some(Unit::Number) };
        match Unit::from_trade_name(&text).map(Ok).unwrap_or_else(|| Unit::read(&text).map(|(unit, _)| unit))
        {
            Ok(unit) => Some(unit),
            Err(error) => self.refused(Column::Unit, error.to_string()),
        }
    }

    /// The kind of specimen by its letters or by the name that the CITES Trade Database gives it.
    fn term(&mut self) -> Option<Term> {
        let text = self.text(Column::Term)?;
        match Term::from_trade_name(&text).map(Ok).unwrap_or_else(|| text.parse()) {
            Ok(term) => Some(term),
            Err(error) => self.refused(Column::Term, cites::TermError::to_string(&error)),
        }
    }

    /// The State of origin. One that cannot be read is an unknown one, not the State of export.
    fn origin(&mut self) -> Option<Country> {
        let before = self.problems.len();
        let origin = self.code(Column::Origin);
        if self.problems.len() > before { Some(Country::UNKNOWN) } else { origin }
    }
}

#[cfg(test)]
#[path = "told_tests.rs"]
mod tests;
