//! Lines of any input, one after the other, in fixed memory. A line that cannot be read loses no other.

use std::io::{BufRead, BufReader, Read};

/// The longest line that is read: a name with its authors has a few hundred bytes.
pub const LINE_BYTES_MAX: usize = 65_536;

/// Why a line could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineProblem {
    /// Longer than any name.
    #[error("longer than {LINE_BYTES_MAX} bytes; write one name a line")]
    TooLong,
    /// Another encoding.
    #[error(
        "byte {0} is not UTF-8; save the file as UTF-8 (for Chinese files often `iconv -f GB18030 -t UTF-8`)"
    )]
    NotUtf8(usize),
    /// No text.
    #[error("byte {0} is a zero byte, so this is no text; write one name a line")]
    Binary(usize),
}

/// A line of input.
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text; what could be read of it where there is a problem.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<LineProblem>,
}

/// The lines of an input.
pub struct Lines<R: Read> {
    input: BufReader<Decoded<R>>,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// The lines of `input`, in UTF-8 or, where it begins with the mark, UTF-16.
    pub fn of(input: R) -> Lines<R> {
        Lines { input: BufReader::with_capacity(1 << 16, Decoded::new(input)), number: 0 }
    }

    /// The next line.
    ///
    /// # Errors
    /// The input cannot be read any further.
    pub fn next_line(&mut self) -> std::io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let limit = LINE_BYTES_MAX as u64 + 1;
        if self.input.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_too_long = bytes.len() > LINE_BYTES_MAX && !bytes.ends_with(b"\n");
        if is_too_long {
            self.input.skip_until(b'\n')?;
            bytes.truncate(100);
        }
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        let zero = bytes.iter().position(|byte| *byte == 0).map(|at| LineProblem::Binary(at + 1));
        let (text, encoding) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to() + 1;
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(LineProblem::NotUtf8(at)))
            }
        };
        let problem = if is_too_long { Some(LineProblem::TooLong) } else { zero.or(encoding) };
        Ok(Some(Line { number: self.number, text, problem }))
    }
}

/// Bytes as UTF-8, whatever mark they begin with.
struct Decoded<R> {
    input: R,
    decoder: Option<encoding_rs::Decoder>,
    /// Bytes to hand out before more are read.
    ready: Vec<u8>,
    taken: usize,
    started: bool,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    fn new(input: R) -> Decoded<R> {
        Decoded { input, decoder: None, ready: Vec::new(), taken: 0, started: false, ended: false }
    }

    /// Looks at the mark, if there is one.
    fn start(&mut self) -> std::io::Result<()> {
        self.started = true;
        let mut mark = Vec::new();
        self.input.by_ref().take(3).read_to_end(&mut mark)?;
        let (encoding, kept) = match mark.as_slice() {
            [0xEF, 0xBB, 0xBF] => (None, &[][..]),
            [0xFF, 0xFE, rest @ ..] => (Some(encoding_rs::UTF_16LE), rest),
            [0xFE, 0xFF, rest @ ..] => (Some(encoding_rs::UTF_16BE), rest),
            all => (None, all),
        };
        self.decoder = encoding.map(encoding_rs::Encoding::new_decoder_without_bom_handling);
        self.decode(kept, false);
        Ok(())
    }

    fn decode(&mut self, bytes: &[u8], is_last: bool) {
        self.taken = 0;
        self.ready.clear();
        match &mut self.decoder {
            None => self.ready.extend_from_slice(bytes),
            Some(decoder) => {
                let mut text =
                    String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
                let _ = decoder.decode_to_string(bytes, &mut text, is_last);
                self.ready = text.into_bytes();
            }
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if !self.started {
            self.start()?;
        }
        while self.taken == self.ready.len() && !self.ended {
            if self.decoder.is_none() {
                return self.input.read(buffer);
            }
            let mut chunk = [0; 8192];
            let count = self.input.read(&mut chunk)?;
            self.ended = count == 0;
            let read = chunk.get(..count).unwrap_or(&[]).to_vec();
            self.decode(&read, self.ended);
        }
        let rest = self.ready.get(self.taken..).unwrap_or(&[]);
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<(String, Option<LineProblem>)> {
        let mut lines = Lines::of(bytes);
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            found.push((line.text, line.problem));
        }
        found
    }

    #[test]
    fn lines_of_any_encoding_are_read_or_told() {
        let good = |texts: &[&str]| texts.iter().map(|text| ((*text).to_owned(), None)).collect::<Vec<_>>();
        assert_eq!(read(b"a\r\nb"), good(&["a", "b"]));
        assert_eq!(read(b""), good(&[]));
        assert_eq!(read(b"\xEF\xBB\xBFa\n\nb\n"), good(&["a", "", "b"]));
        assert_eq!(read(b"\xFF\xFEa\0\n\0\xBC\x96\n\0"), good(&["a", "隼"]));
        assert_eq!(read(b"\xFE\xFF\0a"), good(&["a"]));
        let broken = read(b"a\n\xF6\xC0\nb\0\nc\n");
        assert_eq!(broken[1].1, Some(LineProblem::NotUtf8(1)));
        assert_eq!(broken[2].1, Some(LineProblem::Binary(2)));
        assert_eq!(broken[3], ("c".to_owned(), None));
    }

    #[test]
    fn a_long_line_loses_no_other() {
        let mut bytes = vec![b'a'; 3 * LINE_BYTES_MAX];
        bytes.extend(b"\nb\n");
        let found = read(&bytes);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1, Some(LineProblem::TooLong));
        assert_eq!(found[1], ("b".to_owned(), None));
    }
}
