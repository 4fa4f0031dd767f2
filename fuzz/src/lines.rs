//! Names one a line, as `countrygate species` and `law status` take them from standard input, and whole files.

use std::io::Read;

use countrygate::door::{LINE_BYTES_MAX, Line, Lines, whole};

/// Every line is handed out in order or told, whatever comes before it; how the input arrives changes nothing;
/// and a whole file is text or told with its place.
pub fn lines(bytes: &[u8]) {
    let at_once = read(bytes);
    for (number, line) in (1..).zip(&at_once) {
        assert_eq!(line.number, number);
        assert!(line.text.len() <= 3 * LINE_BYTES_MAX, "{} bytes", line.text.len());
        assert!(line.problem.is_some() || !line.text.contains(['\0', '\n']));
    }
    let in_drops = read(Drops(bytes));
    let told = |lines: &[Line]| -> Vec<String> {
        lines.iter().map(|line| format!("{} {:?} {:?}", line.number, line.text, line.problem)).collect()
    };
    assert_eq!(told(&at_once), told(&in_drops), "drop by drop");
    match whole(bytes) {
        Ok(text) => same_lines(&text, bytes, &at_once),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn read(input: impl Read) -> Vec<Line> {
    let mut lines = Lines::of(input);
    let mut found = Vec::new();
    while let Ok(Some(line)) = lines.next_line() {
        found.push(line);
    }
    found
}

/// A text as a whole has the lines that are handed out, and so has its UTF-16.
fn same_lines(text: &str, bytes: &[u8], lines: &[Line]) {
    let is_marked =
        [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| bytes.starts_with(mark));
    let is_text = lines.iter().all(|line| line.problem.is_none());
    if is_marked || !is_text || text.starts_with('\u{feff}') {
        return;
    }
    let own: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    assert_eq!(own, lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>());
    let utf_16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let again = read(utf_16.as_slice());
    assert_eq!(own, again.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), "in UTF-16");
}

/// An input that comes byte by byte.
struct Drops<'b>(&'b [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match (self.0.split_first(), buffer.first_mut()) {
            (Some((byte, rest)), Some(place)) => {
                *place = *byte;
                self.0 = rest;
                Ok(1)
            }
            _ => Ok(0),
        }
    }
}
