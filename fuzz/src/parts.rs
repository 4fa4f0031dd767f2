//! Several files in one input: a line `=== name` begins each, as a person would write them down.

use std::borrow::Cow;

/// What begins a part.
const SIGN: &str = "=== ";

/// The text of an input; bytes that are no text stand as U+FFFD, since the parsers behind take text.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The parts of an input by their names, in order. Text before the first sign is the part without a name.
pub fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let (mut name, mut start, mut at) = ("", 0, 0);
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix(SIGN) {
            parts.push((name, text.get(start..at).unwrap_or_default()));
            (name, start) = (next.trim_end_matches(['\n', '\r']), at + line.len());
        }
        at += line.len();
    }
    parts.push((name, text.get(start..).unwrap_or_default()));
    parts.retain(|(name, text)| !name.is_empty() || !text.is_empty());
    parts
}

/// The first line of a text, and the rest.
pub fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// How many lines a text has, however they end: no fault can stand below them.
pub fn lines(text: &str) -> u64 {
    1 + text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_begins_a_part() {
        assert_eq!(parts("=== a\n1\n2\n=== b\r\n=== c\n3"), [("a", "1\n2\n"), ("b", ""), ("c", "3")]);
        assert_eq!(parts("x\n=== a"), [("", "x\n"), ("a", "")]);
        assert_eq!(lines("a\nb"), 2);
    }
}
