//! Bytes of any encoding of the region as UTF-8, in fixed memory.
//!
//! A mark at the start decides. Without one, text stays undecided while it is ASCII, which all encodings
//! but UTF-16 share, and the first other bytes decide; what was assumed is told. Bytes that are no character
//! become U+FFFD, so that the rows they stand in can be told and the others read.

use std::fmt;
use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are read at once: enough to tell an encoding by, little enough to keep.
const CHUNK_BYTES: usize = 64 * 1024;

/// An encoding that no mark told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumed(&'static Encoding);

impl fmt::Display for Assumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no mark tells its encoding; it is read as {}. Save it as UTF-8 to be sure", self.0.name())
    }
}

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// It cannot be read at all.
    #[error("the file cannot be read any further")]
    Read(#[from] io::Error),
    /// A workbook of a spreadsheet program.
    #[error("this is a workbook of a spreadsheet program; save it as CSV in UTF-8")]
    Workbook,
    /// Compressed.
    #[error("this file is compressed; unpack it first")]
    Compressed,
    /// No text.
    #[error("byte {0} is a zero byte, so this is no text; export it as CSV in UTF-8")]
    Binary(usize),
}

/// An input as UTF-8 text.
pub struct Text<R> {
    input: R,
    chunk: Vec<u8>,
    state: State,
    assumed: Option<Assumed>,
    bytes_read: u64,
}

enum State {
    Start,
    /// Nothing but ASCII so far.
    Undecided,
    Decided(Box<Decoder>),
    Ended,
}

impl<R: Read> Text<R> {
    /// The text of `input`.
    pub fn of(input: R) -> Text<R> {
        Text { input, chunk: Vec::new(), state: State::Start, assumed: None, bytes_read: 0 }
    }

    /// The encoding, where it had to be guessed.
    pub fn assumed(&self) -> Option<Assumed> {
        self.assumed
    }

    /// How many bytes of the input were read.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Adds a chunk of text to `out`; `false` at the end of the input.
    ///
    /// # Errors
    /// The input cannot be read, or is no text.
    pub fn read_into(&mut self, out: &mut String) -> Result<bool, DecodeError> {
        if matches!(self.state, State::Ended) {
            return Ok(false);
        }
        self.chunk.clear();
        let count = self.input.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut self.chunk)?;
        self.bytes_read += count as u64;
        let is_last = count == 0;
        let mut skip = 0;
        if matches!(self.state, State::Start) {
            (self.state, skip) = self.start()?;
        }
        if matches!(self.state, State::Undecided) && !self.chunk.is_ascii() {
            let encoding = guess(&self.chunk);
            self.assumed = (encoding != UTF_8).then_some(Assumed(encoding));
            self.state = State::Decided(Box::new(encoding.new_decoder_without_bom_handling()));
        }
        let bytes = self.chunk.get(skip..).unwrap_or_default();
        match &mut self.state {
            State::Decided(decoder) => decode(decoder, bytes, out, is_last),
            _ => out.push_str(std::str::from_utf8(bytes).unwrap_or_default()),
        }
        if is_last {
            self.state = State::Ended;
        }
        Ok(!is_last)
    }

    /// What the first bytes tell, and how many of them are a mark.
    fn start(&mut self) -> Result<(State, usize), DecodeError> {
        let decided = |encoding: &'static Encoding| {
            State::Decided(Box::new(encoding.new_decoder_without_bom_handling()))
        };
        match self.chunk.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => return Ok((decided(UTF_8), 3)),
            [0xFF, 0xFE, ..] => return Ok((decided(UTF_16LE), 2)),
            [0xFE, 0xFF, ..] => return Ok((decided(UTF_16BE), 2)),
            [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(DecodeError::Workbook),
            [0x1F, 0x8B, ..] => return Err(DecodeError::Compressed),
            _ => {}
        }
        let Some(zero) = self.chunk.iter().position(|byte| *byte == 0) else {
            return Ok((State::Undecided, 0));
        };
        match utf_16(&self.chunk) {
            Some(encoding) => {
                self.assumed = Some(Assumed(encoding));
                Ok((decided(encoding), 0))
            }
            // A stray zero byte further down spoils its row only.
            None if self.chunk.iter().take(zero).any(|byte| matches!(byte, b'\n' | b'\r')) => {
                Ok((State::Undecided, 0))
            }
            None => Err(DecodeError::Binary(zero + 1)),
        }
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], out: &mut String, is_last: bool) {
    loop {
        out.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
        let (result, read, _) = decoder.decode_to_string(bytes, out, is_last);
        bytes = bytes.get(read..).unwrap_or_default();
        if result == encoding_rs::CoderResult::InputEmpty {
            return;
        }
    }
}

/// UTF-16 without a mark: every other byte of Latin letters is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), bytes.len() / 2);
    if odd * 5 > half * 2 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 5 > half * 2 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of bytes that are not all ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (characters, strays) = utf_8(bytes);
    if strays * 4 <= characters {
        return UTF_8;
    }
    let (pairs, alone) = high_bytes(bytes);
    let (_, had_errors) = GB18030.decode_without_bom_handling(bytes);
    // Chinese stands in pairs of high bytes, accented Latin letters stand alone.
    if pairs >= alone && (!had_errors || pairs > 8) { GB18030 } else { WINDOWS_1252 }
}

/// How many characters beyond ASCII there are in UTF-8, and how many bytes are none.
fn utf_8(mut bytes: &[u8]) -> (usize, usize) {
    let (mut characters, mut strays) = (0, 0);
    let count = |valid: &[u8]| valid.iter().filter(|byte| **byte >= 0xC0).count();
    loop {
        match std::str::from_utf8(bytes) {
            Ok(_) => return (characters + count(bytes), strays),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                characters += count(valid);
                // A character cut by the end of the chunk is none of the writer's faults.
                let Some(length) = error.error_len() else { return (characters + 1, strays) };
                strays += length;
                bytes = rest.get(length..).unwrap_or_default();
            }
        }
    }
}

/// How many bytes above ASCII stand in pairs, and how many stand alone.
fn high_bytes(bytes: &[u8]) -> (usize, usize) {
    let runs = bytes.chunk_by(|one, other| (*one >= 0x80) == (*other >= 0x80));
    let runs = runs.filter(|run| run.first().is_some_and(|byte| *byte >= 0x80));
    runs.fold((0, 0), |(pairs, alone), run| (pairs + run.len() / 2, alone + run.len() % 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<&'static str>) {
        let mut text = Text::of(bytes);
        let mut out = String::new();
        while text.read_into(&mut out).unwrap() {}
        (out, text.assumed().map(|assumed| assumed.0.name()))
    }

    fn utf_16_of(text: &str, mark: &[u8], bytes_of: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes_of)).collect()
    }

    #[test]
    fn a_mark_decides() {
        let plain = "name,port\n隼,霍尔果斯\n";
        let marked = [b"\xEF\xBB\xBF".as_slice(), plain.as_bytes()].concat();
        assert_eq!(read(&marked), (plain.to_owned(), None));
        assert_eq!(read(&utf_16_of(plain, b"\xFF\xFE", u16::to_le_bytes)), (plain.to_owned(), None));
        assert_eq!(read(&utf_16_of(plain, b"\xFE\xFF", u16::to_be_bytes)), (plain.to_owned(), None));
    }

    #[test]
    fn without_a_mark_the_bytes_decide_and_it_is_told() {
        assert_eq!(read(b"name\nFalco\n"), ("name\nFalco\n".to_owned(), None));
        assert_eq!(read("name\n隼\n".as_bytes()), ("name\n隼\n".to_owned(), None));
        let (chinese, _, _) = GB18030.encode("name\n猎隼,霍尔果斯口岸\n");
        assert_eq!(read(&chinese), ("name\n猎隼,霍尔果斯口岸\n".to_owned(), Some("gb18030")));
        assert_eq!(
            read(b"name\nMasdevallia pescado\xEBnsis\n"),
            ("name\nMasdevallia pescadoënsis\n".to_owned(), Some("windows-1252"))
        );
        let latin = utf_16_of("name,origin\nFalco cherrug,KZ\n", b"", u16::to_le_bytes);
        assert_eq!(read(&latin), ("name,origin\nFalco cherrug,KZ\n".to_owned(), Some("UTF-16LE")));
    }

    #[test]
    fn the_encoding_is_told_by_the_first_chunk_that_tells_it() {
        let ascii = "Falco cherrug\n".repeat(CHUNK_BYTES / 10);
        let (chinese, _, _) = GB18030.encode("猎隼,霍尔果斯口岸\n");
        let (text, assumed) = read(&[ascii.as_bytes(), &chinese].concat());
        assert!(text.ends_with("猎隼,霍尔果斯口岸\n"));
        assert_eq!(assumed, Some("gb18030"));
    }

    #[test]
    fn a_stray_byte_spoils_one_character() {
        let bytes = ["隼".repeat(20).as_bytes(), b"\xFF", "隼".as_bytes()].concat();
        let (text, assumed) = read(&bytes);
        assert_eq!(text, format!("{}\u{FFFD}隼", "隼".repeat(20)));
        assert_eq!(assumed, None);
        assert_eq!(read(b"\xFF\xFEF\0\x00\xD8a\0"), ("F\u{FFFD}a".to_owned(), None));
    }

    #[test]
    fn what_is_no_text_is_told() {
        let fails = |bytes: &[u8]| Text::of(bytes).read_into(&mut String::new()).unwrap_err().to_string();
        assert!(fails(b"PK\x03\x04rest").contains("workbook"));
        assert!(fails(b"\x1F\x8B\x08").contains("compressed"));
        assert!(fails(b"\x7FELF\x02\0\x01").contains("byte 6"));
    }
}
