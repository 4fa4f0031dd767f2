//! Answers that are many rows of one shape, in any format, written as they come.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::arguments::Format;

/// Writes rows one after the other.
pub enum RowWriter<'o> {
    /// Lines for reading.
    Text(&'o mut dyn Write),
    /// An array with one row a line.
    Json(&'o mut dyn Write, usize),
    /// A table with a header.
    Csv(Box<csv::Writer<&'o mut dyn Write>>),
}

impl<'o> RowWriter<'o> {
    /// Rows in `format`; a table has `columns`, even where it has no row.
    ///
    /// # Errors
    /// The output ends early.
    pub fn new(format: Format, columns: &[&str], out: &'o mut dyn Write) -> Result<RowWriter<'o>> {
        Ok(match format {
            Format::Text => RowWriter::Text(out),
            Format::Json => RowWriter::Json(out, 0),
            Format::Csv => {
                let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
                writer.write_record(columns)?;
                RowWriter::Csv(Box::new(writer))
            }
        })
    }

    /// Writes a row; `text` writes it for reading.
    ///
    /// # Errors
    /// The output ends early.
    pub fn write<R: Serialize>(
        &mut self,
        row: &R,
        text: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<()> {
        match self {
            RowWriter::Text(out) => text(out)?,
            RowWriter::Json(out, written) => {
                out.write_all(if *written == 0 { b"[\n" } else { b",\n" })?;
                serde_json::to_writer(&mut **out, row)?;
                *written += 1;
            }
            RowWriter::Csv(writer) => writer.serialize(row)?,
        }
        Ok(())
    }

    /// Writes what stands after the last row.
    ///
    /// # Errors
    /// The output ends early.
    pub fn finish(self) -> Result<()> {
        match self {
            RowWriter::Text(_) => {}
            RowWriter::Json(out, 0) => writeln!(out, "[]")?,
            RowWriter::Json(out, _) => writeln!(out, "\n]")?,
            RowWriter::Csv(mut writer) => writer.flush()?,
        }
        Ok(())
    }
}
