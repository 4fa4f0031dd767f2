//! Rows of a table in text, in runs that are large enough to be worth a thread and small enough to keep.
//!
//! A row ends at a line feed, a carriage return or both, outside quotes; quotes open only at the start of a
//! cell (RFC 4180). A row that never ends is told and left behind: the rows after it are read.

use std::io::Read;

use ::files::text::{Assumed, DecodeError, Text};

/// The longest row that is read. The widest official download has rows of some 10 KiB; a row beyond this is a
/// quote that was never closed, or no table.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;
/// The text that is handed out at once: some thousand rows, so that the order of answers costs little waiting.
pub const RUN_BYTES: usize = 256 * 1024;
/// The most rows that are handed out at once: an answer has some hundred bytes more than its row, so that a
/// file of the shortest rows would otherwise take the memory of a hundred like it.
pub const RUN_ROWS_MAX: usize = 4_096;

/// A run of rows.
#[derive(Debug, Default)]
pub struct Run {
    /// The place of the run among all, from 0.
    pub number: u64,
    /// The text of the rows.
    pub text: String,
    /// Where they are in it.
    pub rows: Vec<Row>,
    /// How many bytes of the input were read when the run was complete.
    pub bytes_read: u64,
}

/// A row of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted as spreadsheet programs count: the first row, a header or not, is 1.
    pub number: u64,
    /// The line on which it starts, from 1; cells may hold line ends.
    pub line: u64,
    start: usize,
    end: usize,
    /// What keeps it from being read.
    pub fault: Option<RowFault>,
}

impl Row {
    /// Its text, without the line end.
    pub fn text<'t>(&self, run: &'t Run) -> &'t str {
        run.text.get(self.start..self.end).unwrap_or_default()
    }
}

/// What keeps a row from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Longer than any row.
    #[error("the row is longer than {ROW_BYTES_MAX} bytes; check that the file is a table")]
    TooLong,
    /// A quote is open to the end.
    #[error("a quote in cell {cell} is never closed; close it, or write quotes inside a cell twice")]
    OpenQuote {
        /// The cell, from 1.
        cell: usize,
    },
}

/// The rows of an input.
pub struct Rows<R> {
    text: Text<R>,
    buffer: String,
    /// How much text is handed out at once, about.
    run_bytes: usize,
    delimiter: u8,
    number: u64,
    next_row: u64,
    next_line: u64,
    after_return: bool,
    ended: bool,
    /// Within a row that is too long: what comes up to the next line end is left out.
    skipping: bool,
}

/// How a row ends, as far as the text at hand tells.
enum End {
    /// At this place; the next row starts at the other.
    At(usize, usize),
    /// Not yet; the cell with an open quote, if one is open.
    NotYet(Option<usize>),
}

impl<R: Read> Rows<R> {
    /// The rows of `input`, about `run_bytes` of text at once.
    pub fn of(input: R, run_bytes: usize) -> Rows<R> {
        Rows {
            text: Text::of(input),
            buffer: String::new(),
            run_bytes,
            delimiter: b',',
            number: 0,
            next_row: 1,
            next_line: 1,
            after_return: false,
            ended: false,
            skipping: false,
        }
    }

    /// The encoding, where it had to be guessed.
    pub fn assumed(&self) -> Option<Assumed> {
        self.text.assumed()
    }

    /// Sets what stands between cells.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The first row alone, so that the rest can be read by what it tells.
    ///
    /// # Errors
    /// As [`Rows::next_run`].
    pub fn first_row(&mut self) -> Result<Option<(Run, Row)>, DecodeError> {
        while !self.ended && self.buffer.len() <= ROW_BYTES_MAX {
            if let Some(row) = self.cut_one() {
                return Ok(Some(row));
            }
            self.ended = !self.text.read_into(&mut self.buffer)?;
        }
        Ok(self.cut_one())
    }

    /// The next run; `None` at the end.
    ///
    /// # Errors
    /// The input cannot be read, or is no text.
    pub fn next_run(&mut self) -> Result<Option<Run>, DecodeError> {
        loop {
            while !self.ended && self.buffer.len() < self.run_bytes {
                self.ended = !self.text.read_into(&mut self.buffer)?;
            }
            let mut rows = Vec::new();
            let rest = self.cut(&mut rows, RUN_ROWS_MAX);
            let carried = self.buffer.split_off(rest);
            let text = std::mem::replace(&mut self.buffer, carried);
            if !rows.is_empty() {
                let number = self.number;
                self.number += 1;
                return Ok(Some(Run { number, text, rows, bytes_read: self.text.bytes_read() }));
            }
            if self.ended {
                return Ok(None);
            }
            // One row reaches beyond what was read; more is needed to see its end.
            self.ended = !self.text.read_into(&mut self.buffer)?;
        }
    }

    fn cut_one(&mut self) -> Option<(Run, Row)> {
        let mut rows = Vec::new();
        let rest = self.cut(&mut rows, 1);
        let carried = self.buffer.split_off(rest);
        let text = std::mem::replace(&mut self.buffer, carried);
        let row = rows.first().copied()?;
        Some((Run { number: 0, text, rows, bytes_read: self.text.bytes_read() }, row))
    }

    /// Finds at most `most` rows in the buffer; where what is left over starts.
    fn cut(&mut self, rows: &mut Vec<Row>, most: usize) -> usize {
        let buffer = std::mem::take(&mut self.buffer);
        let bytes = buffer.as_bytes();
        let mut start = if self.skipping { self.skip(bytes) } else { 0 };
        while rows.len() < most && start < bytes.len() {
            let (end, next, fault) = match end_of_row(bytes, start, self.delimiter) {
                End::At(end, next) if end - start <= ROW_BYTES_MAX => (end, next, None),
                End::At(_, next) => (start, next, Some(RowFault::TooLong)),
                End::NotYet(None) if self.ended => (bytes.len(), bytes.len(), None),
                End::NotYet(open) if self.ended || bytes.len() - start > ROW_BYTES_MAX => {
                    self.leave(bytes, start, open)
                }
                End::NotYet(_) => break,
            };
            self.push(rows, bytes, start, end, fault);
            self.count_lines(bytes, start, next);
            start = next;
        }
        self.buffer = buffer;
        start
    }

    /// Leaves a row behind that has no end: its first line, or, where that is too long, all up to the next
    /// line end.
    fn leave(&mut self, bytes: &[u8], start: usize, open: Option<usize>) -> (usize, usize, Option<RowFault>) {
        let line = bytes.iter().skip(start).take(ROW_BYTES_MAX).position(|byte| is_line_end(*byte));
        match (line, open) {
            (Some(length), Some(cell)) => {
                (start + length, start + length + 1, Some(RowFault::OpenQuote { cell }))
            }
            (_, Some(cell)) if self.ended => (bytes.len(), bytes.len(), Some(RowFault::OpenQuote { cell })),
            _ => {
                let rest = bytes.get(start..).unwrap_or_default();
                let end = rest.iter().position(|byte| is_line_end(*byte)).map(|length| start + length);
                self.skipping = end.is_none();
                // What is shown of it is nothing: it may be anything.
                (start, end.map_or(bytes.len(), |end| end + 1), Some(RowFault::TooLong))
            }
        }
    }

    /// Leaves out the rest of a row that is too long.
    fn skip(&mut self, bytes: &[u8]) -> usize {
        let end = bytes.iter().position(|byte| is_line_end(*byte));
        self.skipping = end.is_none();
        let next = end.map_or(bytes.len(), |end| end + 1);
        self.count_lines(bytes, 0, next);
        next
    }

    /// Adds a row, unless it is empty: spreadsheet programs leave empty lines behind.
    fn push(&mut self, rows: &mut Vec<Row>, bytes: &[u8], start: usize, end: usize, fault: Option<RowFault>) {
        let is_tail = self.after_return && start == end && bytes.get(start) == Some(&b'\n');
        if end > start || fault.is_some() {
            rows.push(Row { number: self.next_row, line: self.next_line, start, end, fault });
        }
        if !is_tail {
            self.next_row += 1;
        }
    }

    fn count_lines(&mut self, bytes: &[u8], start: usize, next: usize) {
        for byte in bytes.get(start..next).unwrap_or_default() {
            let ends = *byte == b'\r' || (*byte == b'\n' && !self.after_return);
            self.next_line += u64::from(ends);
            self.after_return = *byte == b'\r';
        }
    }
}

fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// Where the row that begins at `start` ends.
fn end_of_row(bytes: &[u8], start: usize, delimiter: u8) -> End {
    let rest = bytes.get(start..).unwrap_or_default();
    let line = rest.iter().position(|byte| is_line_end(*byte));
    let simple = rest.get(..line.unwrap_or(rest.len())).unwrap_or_default();
    match line {
        Some(length) if !simple.contains(&b'"') => End::At(start + length, after(bytes, start + length)),
        None if !simple.contains(&b'"') => End::NotYet(None),
        _ => quoted_end(bytes, start, delimiter),
    }
}

/// The start of the next row, behind one line end.
fn after(bytes: &[u8], end: usize) -> usize {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => end + 2,
        _ => end + 1,
    }
}

/// The same for a row with quotes.
fn quoted_end(bytes: &[u8], start: usize, delimiter: u8) -> End {
    let (mut at, mut cell, mut at_cell_start) = (start, 1, true);
    while let Some(byte) = bytes.get(at).copied() {
        if at_cell_start && byte == b'"' {
            match closing_quote(bytes, at + 1) {
                Some(close) => at = close + 1,
                None => return End::NotYet(Some(cell)),
            }
            at_cell_start = false;
        } else if is_line_end(byte) {
            return End::At(at, after(bytes, at));
        } else {
            at_cell_start = byte == delimiter;
            cell += usize::from(at_cell_start);
            at += 1;
        }
    }
    End::NotYet(None)
}

/// The quote that closes a cell; two together are one inside it.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
