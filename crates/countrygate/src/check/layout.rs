//! What a table of lines is, told by its first row: which columns there are and what they mean.
//!
//! Source of truth: the headings of the CITES Trade Database (comparative tabulation, shipment-level records)
//! and the project's own columns in `docs/reference/check-csv.md`. Columns are found by name; case, points,
//! spaces and underscores in a name do not matter.

use cites::heading;

use super::cells::{Cells, write_cell};
use super::report::{COLUMN_LETTERS_MAX, short};
use super::stream::ReadRow;

/// The most columns that are read. The widest official download has 49; a first row beyond this is no
/// heading.
pub const COLUMNS_MAX: usize = 256;

/// The columns that the answer adds, in order.
pub const ADDED: [&str; 7] =
    ["matched_taxon", "match", "law_appendix", "agrees", "verdict", "documents", "rules"];

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The comparative tabulation of the CITES Trade Database, as it is offered.
    Tabulation,
    /// The same, written again by another program: an index column, snake case, `NA` for what is missing.
    Rewritten,
    /// Shipment-level records of the CITES Trade Database.
    Shipments,
    /// The project's own columns.
    Lines,
}

impl Kind {
    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Tabulation => "CITES comparative tabulation",
            Kind::Rewritten => "CITES comparative tabulation, rewritten by another program",
            Kind::Shipments => "CITES shipment-level records",
            Kind::Lines => "lines of goods",
        }
    }
}

/// A column that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The year of the trade.
    Year,
    /// The day of the border event.
    Date,
    /// The Appendix stated.
    Appendix,
    /// The name as written.
    Name,
    /// A subspecies told apart from the name.
    Subspecies,
    /// Higher taxa.
    Kingdom,
    /// The class.
    Class,
    /// The order.
    Order,
    /// The family.
    Family,
    /// The genus.
    Genus,
    /// The State of import.
    Importer,
    /// The State of export or re-export.
    Exporter,
    /// The State of origin.
    Origin,
    /// The amount.
    Quantity,
    /// The amount as the State of import reports it.
    QuantityImporter,
    /// The amount as the State of export reports it.
    QuantityExporter,
    /// The kind of specimen.
    Term,
    /// The unit.
    Unit,
    /// The purpose.
    Purpose,
    /// The purpose on the side of export.
    PurposeExport,
    /// The purpose in the State of import.
    PurposeImport,
    /// How the specimen was obtained.
    Source,
    /// Which State reports.
    Reporter,
    /// The customs code.
    HsCode,
    /// Which way the goods go at this border.
    Direction,
    /// The customs procedure.
    Procedure,
    /// What carries the goods.
    Carrier,
    /// The port.
    Port,
}

/// Every column with the names it goes by, folded.
const NAMES: [(Column, &[&str]); 28] = [
    (Column::Year, &["year"]),
    (Column::Date, &["date"]),
    (Column::Appendix, &["app", "appendix"]),
    (Column::Name, heading::TAXON),
    (Column::Subspecies, &["subspecies"]),
    (Column::Kingdom, &["kingdom"]),
    (Column::Class, &["class"]),
    (Column::Order, &["order"]),
    (Column::Family, &["family"]),
    (Column::Genus, &["genus"]),
    (Column::Importer, &["importer"]),
    (Column::Exporter, &["exporter"]),
    (Column::Origin, heading::ORIGIN),
    (Column::Quantity, heading::QUANTITY),
    (Column::QuantityImporter, &["importerreportedquantity"]),
    (Column::QuantityExporter, &["exporterreportedquantity"]),
    (Column::Term, heading::TERM),
    (Column::Unit, heading::UNIT),
    (Column::Purpose, heading::PURPOSE),
    (Column::PurposeExport, &["purposeexport"]),
    (Column::PurposeImport, &["purposeimport"]),
    (Column::Source, heading::SOURCE),
    (Column::Reporter, &["reportertype"]),
    (Column::HsCode, &["hs"]),
    (Column::Direction, &["direction"]),
    (Column::Procedure, &["procedure"]),
    (Column::Carrier, &["carrier"]),
    (Column::Port, &["port"]),
];

/// Why a first row tells no table that is understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// There is none.
    #[error("the file is empty; it should begin with a row of column names")]
    Empty,
    /// More cells than any table has.
    #[error("row 1 has {0} cells, more than the {COLUMNS_MAX} that are read; check that the file is a table")]
    TooWide(usize),
    /// No column of names.
    #[error(
        "row 1 names no column `name` or `Taxon`; begin the file with the column names of the CITES Trade \
         Database or with those in docs/reference/check-csv.md"
    )]
    NoName,
    /// A column stands twice.
    #[error("row 1, column {1}: `{0}` stands twice; take one of the two out")]
    Twice(String, usize),
    /// A column that the answer adds.
    #[error("row 1, column {1}: `{0}` is a column that the answer adds; take it out of the file")]
    Added(String, usize),
    /// A zero byte or half a character.
    #[error("row 1 holds characters that are no text; check the encoding of the file")]
    NoText,
}

/// What a table is and where its columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What it is.
    pub kind: Kind,
    /// What stands between cells.
    pub delimiter: u8,
    /// The column names as written.
    pub names: Vec<String>,
    columns: [Option<usize>; NAMES.len()],
}

impl Layout {
    /// Reads the first row of a table whose answer adds the columns `added`.
    ///
    /// # Errors
    /// The row tells no table that is understood.
    pub fn read(row: &str, added: &[&str]) -> Result<Layout, LayoutError> {
        if row.contains(['\0', '\u{FFFD}']) {
            return Err(LayoutError::NoText);
        }
        let delimiter = delimiter(row);
        let mut cells = Cells::default();
        let cells = cells.split(row, delimiter);
        if cells.len() > COLUMNS_MAX {
            return Err(LayoutError::TooWide(cells.len()));
        }
        let names: Vec<String> = (0..cells.len()).map(|at| cells.raw(at).into_owned()).collect();
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let mut columns = [None; NAMES.len()];
        for (at, name) in folded.iter().enumerate() {
            let written = || short(names.get(at).map_or("", |name| name.trim()), COLUMN_LETTERS_MAX);
            if added.iter().any(|added| fold(added) == *name) {
                return Err(LayoutError::Added(written(), at + 1));
            }
            let known = NAMES.iter().position(|(_, known)| known.contains(&name.as_str()));
            let Some(column) = known.and_then(|known| columns.get_mut(known)) else { continue };
            if column.replace(at).is_some() {
                return Err(LayoutError::Twice(written(), at + 1));
            }
        }
        let mut layout = Layout { kind: Kind::Lines, delimiter, names, columns };
        if layout.at(Column::Name).is_none() {
            return Err(LayoutError::NoName);
        }
        layout.kind = layout.kind_of();
        Ok(layout)
    }

    /// Where a column is.
    pub fn at(&self, column: Column) -> Option<usize> {
        self.columns.get(column as usize).copied().flatten()
    }

    /// The name of the column at a place, as written.
    pub fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", |name| name.trim())
    }

    /// The first row of an answer as CSV: the columns read, then those added.
    pub fn head(&self, added: &[&str]) -> Vec<u8> {
        let mut out = Vec::new();
        for (place, name) in self.names.iter().map(String::as_str).chain(added.iter().copied()).enumerate() {
            if place > 0 {
                out.push(b',');
            }
            write_cell(&mut out, name);
        }
        out.push(b'\n');
        out
    }

    /// Writes the cells of a row as CSV, as they stand. A row with an open quote is written with the quote
    /// closed, since whoever reads the answer would take the rows after it for a part of the cell.
    pub fn write_row(&self, out: &mut Vec<u8>, row: &ReadRow<'_>) {
        if row.row.fault.is_none() && row.cells.len() == self.names.len() && self.delimiter == b',' {
            return out.extend_from_slice(row.text.as_bytes());
        }
        for place in 0..self.names.len() {
            if place > 0 {
                out.push(b',');
            }
            write_cell(out, &row.cells.raw(place));
        }
    }

    fn kind_of(&self) -> Kind {
        let has = |columns: &[Column]| columns.iter().all(|column| self.at(*column).is_some());
        let is_record =
            has(&[Column::Year, Column::Appendix, Column::Importer, Column::Exporter, Column::Term]);
        if is_record && has(&[Column::Reporter]) {
            return Kind::Shipments;
        }
        if !is_record || !has(&[Column::QuantityImporter, Column::QuantityExporter]) {
            return Kind::Lines;
        }
        let is_spaced = self.names.iter().any(|name| name.contains(' '));
        if is_spaced { Kind::Tabulation } else { Kind::Rewritten }
    }
}

/// The name of a column without case and anything but letters and digits.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands between the cells of the first row: a comma, a semicolon or a tab, whichever is most frequent.
fn delimiter(row: &str) -> u8 {
    let count = |delimiter: u8| row.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABULATION: &str = "Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin,\
        Importer reported quantity,Exporter reported quantity,Term,Unit,Purpose,Source";

    fn check(row: &str, kind: Kind) -> Layout {
        let layout = Layout::read(row, &ADDED).unwrap();
        assert_eq!(layout.kind, kind, "{row}");
        layout
    }

    #[test]
    fn tables_are_known_by_their_first_row() {
        check(TABULATION, Kind::Tabulation);
        let rewritten = "\"\",\"year\",\"app\",\"taxon\",\"class\",\"order\",\"family\",\"genus\",\"importer\",\
            \"exporter\",\"origin\",\"importer_reported_quantity\",\"exporter_reported_quantity\",\"term\",\
            \"unit\",\"purpose\",\"source\"";
        let layout = check(rewritten, Kind::Rewritten);
        assert_eq!((layout.at(Column::Year), layout.at(Column::Source)), (Some(1), Some(16)));
        let shipments = "Id,Year,Appendix,Taxon,Class,Order,Family,Genus,Term,Quantity,Unit,Importer,Exporter,\
            Origin,Purpose,Source,Reporter.type";
        check(shipments, Kind::Shipments);
        check("name,origin,date", Kind::Lines);
        assert_eq!(check("NAME; Exporter ;Term", Kind::Lines).delimiter, b';');
        assert_eq!(check("name\tterm", Kind::Lines).delimiter, b'\t');
    }

    #[test]
    fn what_is_no_table_is_told() {
        let fails = |row: &str| Layout::read(row, &ADDED).unwrap_err();
        assert_eq!(fails("species,origin"), LayoutError::NoName);
        assert_eq!(fails("name,Taxon"), LayoutError::Twice("Taxon".to_owned(), 2));
        assert_eq!(fails("name,verdict"), LayoutError::Added("verdict".to_owned(), 2));
        assert_eq!(fails("name,a\0b"), LayoutError::NoText);
        assert_eq!(fails(&",".repeat(1_000_000)), LayoutError::TooWide(1_000_001));
    }

    #[test]
    fn every_column_stands_at_its_place() {
        for (place, (column, _)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, place, "{column:?}");
        }
    }
}
