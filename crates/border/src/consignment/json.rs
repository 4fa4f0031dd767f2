//! Reads JSON into a tree with places. Strict: RFC 8259, no duplicate keys, bounded depth.
//!
//! The pure crates have no JSON library; a reader that keeps numbers as written and knows where each value
//! stands is small.

use super::MOST_VALUES;
use super::node::{Entry, Node, Value};

/// How deep values may nest; a consignment needs five.
pub const DEEPEST: usize = 32;

/// How many keys one table may have; the longest table of a consignment has some thirty.
pub const MOST_KEYS: usize = 1_000;

/// The byte at which reading stopped, and why.
pub(super) type JsonError = (usize, String);

/// The one value of `text`.
pub(super) fn parse(text: &str) -> Result<Node, JsonError> {
    let mut reader = Reader { text, at: 0, values: 0 };
    let node = reader.value(0)?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.error("more text follows the end of the document; remove it")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// How many values were read.
    values: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, JsonError> {
        self.skip_space();
        let at = self.at;
        if depth > DEEPEST {
            return Err(self.error("values are nested too deeply"));
        }
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(self.error("the document has too many values; split the consignment"));
        }
        let value = match self.peek() {
            Some(b'{') => Value::Table(self.table(depth)?),
            Some(b'[') => Value::List(self.list(depth)?),
            Some(b'"') => Value::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Flag(true))?,
            Some(b'f') => self.word("false", Value::Flag(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => {
                return Err(self.error(
                    "expected a value: a text in double quotes, a number, true, false, null, [ or {",
                ));
            }
            None => return Err(self.error("the document ends where a value should be; it may be cut off")),
        };
        Ok(Node { at, value })
    }

    fn table(&mut self, depth: usize) -> Result<Vec<Entry>, JsonError> {
        let mut entries: Vec<Entry> = Vec::new();
        self.at += 1;
        if self.closes(b'}') {
            return Ok(entries);
        }
        loop {
            self.skip_space();
            let at = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.error("expected a key in double quotes"));
            }
            let key = self.text()?;
            if entries.len() >= MOST_KEYS {
                return Err((at, "the table has too many keys".to_owned()));
            }
            if entries.iter().any(|entry| entry.key == key) {
                return Err((at, format!("the key `{key}` stands twice; keep one")));
            }
            self.expect(b':', "expected `:` after the key")?;
            let node = self.value(depth + 1)?;
            entries.push(Entry { key, at, node });
            if self.ends(b'}', "expected `,` or `}` after the value")? {
                return Ok(entries);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, JsonError> {
        let mut nodes = Vec::new();
        self.at += 1;
        if self.closes(b']') {
            return Ok(nodes);
        }
        loop {
            nodes.push(self.value(depth + 1)?);
            if self.ends(b']', "expected `,` or `]` after the value")? {
                return Ok(nodes);
            }
        }
    }

    fn text(&mut self) -> Result<String, JsonError> {
        let begin = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(next) = rest.chars().next() else {
                return Err((begin, "this text is not closed; it may be cut off".to_owned()));
            };
            self.at += next.len_utf8();
            match next {
                '"' => return Ok(text),
                '\\' => text.push(self.escaped()?),
                '\0'..='\u{1f}' => {
                    self.at -= 1;
                    return Err(self.error("a control character stands in a text; write it as an escape"));
                }
                other => text.push(other),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, JsonError> {
        let letter = self.peek();
        self.at += usize::from(letter.is_some());
        match letter {
            Some(b'"') => Ok('"'),
            Some(b'\\') => Ok('\\'),
            Some(b'/') => Ok('/'),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'u') => self.unicode(),
            _ => Err((self.at.saturating_sub(1), "no such escape; write \\\\ for a backslash".to_owned())),
        }
    }

    /// `\uXXXX`, in a pair where the character needs one; half a pair alone is no character.
    fn unicode(&mut self) -> Result<char, JsonError> {
        let at = self.at;
        let error = || (at, "half a surrogate pair is no character".to_owned());
        let first = self.four_digits()?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or_else(error);
        }
        if !self.text.get(self.at..).unwrap_or_default().starts_with("\\u") {
            return Err(error());
        }
        self.at += 2;
        let second = self.four_digits()?;
        if first >= 0xDC00 || !(0xDC00..0xE000).contains(&second) {
            return Err(error());
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or_else(error)
    }

    fn four_digits(&mut self) -> Result<u32, JsonError> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        let all_hex = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex);
        let number = number.ok_or_else(|| self.error("expected four hexadecimal digits after \\u"))?;
        self.at += 4;
        Ok(number)
    }

    fn number(&mut self) -> Result<String, JsonError> {
        let begin = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut good = whole > 0 && !(leading_zero && whole > 1);
        if self.peek() == Some(b'.') {
            self.at += 1;
            good &= self.digits() > 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            good &= self.digits() > 0;
        }
        let written = self.text.get(begin..self.at).unwrap_or_default();
        if good {
            Ok(written.to_owned())
        } else {
            Err((begin, format!("`{written}` is not a number as JSON writes them")))
        }
    }

    fn digits(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonError> {
        if !self.text.get(self.at..).unwrap_or_default().starts_with(word) {
            return Err(self.error(&format!("expected `{word}`")));
        }
        self.at += word.len();
        Ok(value)
    }

    /// A comma goes on, `close` ends.
    fn ends(&mut self, close: u8, message: &str) -> Result<bool, JsonError> {
        if self.closes(close) {
            return Ok(true);
        }
        self.expect(b',', message)?;
        Ok(false)
    }

    fn closes(&mut self, close: u8) -> bool {
        self.skip_space();
        let closes = self.peek() == Some(close);
        self.at += usize::from(closes);
        closes
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), JsonError> {
        self.skip_space();
        if self.peek() != Some(byte) {
            return Err(self.error(message));
        }
        self.at += 1;
        Ok(())
    }

    fn skip_space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn error(&self, message: &str) -> JsonError {
        (self.at, message.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(json: &str) -> Option<String> {
        match parse(json).ok()?.value {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn values_are_read_as_written() {
        for (json, expected) in [
            (r#""a\"\\\/\n\u0041\ud83d\ude00""#, "a\"\\/\nA😀"),
            ("29.500000", "29.500000"),
            ("-0.5e-3", "-0.5e-3"),
            (" \n\t 0 ", "0"),
        ] {
            assert_eq!(text_of(json).as_deref(), Some(expected), "{json}");
        }
        let table = parse(r#"{"a": [1, true, null], "b": {}}"#).unwrap();
        assert_eq!(table.value.what(), "a table");
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (json, at, message) in [
            ("", 0, "ends where a value should be"),
            ("{\"a\": 1", 7, "expected `,` or `}`"),
            ("{\"a\": 1, \"a\": 2}", 9, "stands twice"),
            ("[1,]", 3, "expected a value"),
            ("01", 0, "not a number"),
            ("1.", 0, "not a number"),
            ("\"\\ud800\"", 3, "half a surrogate pair"),
            ("\"\\ud800\\u0041\"", 3, "half a surrogate pair"),
            ("\"a\nb\"", 2, "control character"),
            ("\"abc", 0, "not closed"),
            ("\"\\x\"", 2, "no such escape"),
            ("\"\\u+123\"", 3, "four hexadecimal digits"),
            ("nul", 0, "expected `null`"),
            ("1 2", 2, "more text follows"),
        ] {
            let error = parse(json).map_err(|(place, error)| (place, error.contains(message)));
            assert_eq!(error, Err((at, true)), "{json}: {:?}", parse(json));
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err_and(|(_, message)| message.contains("too deeply")));
        let good = format!("{}{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert!(parse(&good).is_ok());
    }

    #[test]
    fn the_number_of_values_is_bounded() {
        let list = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
        assert!(parse(&list(MOST_VALUES)).is_ok());
        assert!(parse(&list(MOST_VALUES + 1)).is_err_and(|(_, message)| message.contains("too many values")));
    }
}
