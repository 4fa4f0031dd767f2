//! Forms with files, as browsers send them.
//!
//! Source of truth: RFC 7578, and the HTML standard for the names of files, in which `"` is written `%22`. A form is
//! read whole, in memory, within the bound of its request; of a part only its name, the name of its file and its bytes
//! are read, and nothing that a browser says about the type of a file.

use axum::body::Bytes;

use crate::problem::Problem;

/// The most parts of a form; the widest page has four fields.
const PARTS_MAX: usize = 16;

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    name: String,
    /// The name of its file, where it is one; empty where none was chosen.
    pub(crate) file: Option<String>,
    pub(crate) bytes: Bytes,
}

/// The fields of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts(Vec<Part>);

impl Parts {
    /// Reads the body of a form, which `kind` says how it is divided.
    pub(crate) fn of(kind: &str, body: &Bytes) -> Result<Parts, Problem> {
        let detail = "the form cannot be read; open its page again and send it from there";
        read(kind, body).map(Parts).ok_or_else(|| Problem::unreadable(detail))
    }

    /// The field of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Part> {
        self.0.iter().find(|part| part.name == name)
    }

    /// The text of a field; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        let part = self.get(name).and_then(|part| std::str::from_utf8(&part.bytes).ok());
        part.unwrap_or_default().trim()
    }

    /// The file of a field, with its name, where one was chosen.
    pub(crate) fn file(&self, name: &str) -> Option<(&str, &Bytes)> {
        let part = self.get(name)?;
        let file = part.file.as_deref().filter(|file| !file.is_empty())?;
        Some((file, &part.bytes))
    }
}

fn read(kind: &str, body: &Bytes) -> Option<Vec<Part>> {
    let boundary = boundary(kind)?;
    let divider = [b"\r\n--", boundary.as_bytes()].concat();
    // The first divider may have no line before it.
    let mut at = if body.starts_with(divider.get(2..)?) {
        divider.len() - 2
    } else {
        find(body, &divider)? + divider.len()
    };
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        let rest = rest.strip_prefix(b"\r\n")?;
        let length = find(rest, &divider)?;
        let from = at + 2;
        if parts.len() == PARTS_MAX {
            return None;
        }
        parts.push(part(&body.slice(from..from + length))?);
        at = from + length + divider.len();
    }
}

/// What divides the parts (RFC 2046 §5.1.1: at most seventy letters).
fn boundary(kind: &str) -> Option<&str> {
    let (media_type, parameters) = kind.split_once(';')?;
    if !media_type.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let (_, told) = parameters
        .split(';')
        .filter_map(|one| one.split_once('='))
        .find(|(name, _)| name.trim() == "boundary")?;
    let told = told.trim().trim_matches('"');
    (1..=70).contains(&told.len()).then_some(told)
}

fn part(whole: &Bytes) -> Option<Part> {
    let end = find(whole, b"\r\n\r\n")?;
    let head = std::str::from_utf8(whole.get(..end)?).ok()?;
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    Some(Part { name, file: parameter(disposition, "filename"), bytes: whole.slice(end + 4..) })
}

/// A quoted parameter: browsers quote each, and write quotes and line ends within it as `%22`, `%0D` and `%0A`.
fn parameter(disposition: &str, name: &str) -> Option<String> {
    let begin = format!("; {name}=\"");
    let (_, rest) = disposition.split_once(begin.as_str())?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    // Only where the first byte is found is the rest compared, so that a large file is gone through once.
    let first = *what.first()?;
    let mut from = 0;
    loop {
        let at = from + within.get(from..)?.iter().position(|byte| *byte == first)?;
        if within.get(at..)?.starts_with(what) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=----WebKitX";

    #[test]
    fn a_form_of_a_browser_is_read() {
        let body = "------WebKitX\r\nContent-Disposition: form-data; name=\"seen\"\r\n\r\n3\r\n\
            ------WebKitX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"合同 %22a%22.pdf\"\r\n\
            Content-Type: text/html\r\n\r\n%PDF-1.7\r\n\r\n--x\r\n------WebKitX--\r\n";
        let parts = Parts::of(KIND, &Bytes::from_static(body.as_bytes())).unwrap();
        assert_eq!(parts.text("seen"), "3");
        let (name, bytes) = parts.file("file").unwrap();
        assert_eq!((name, bytes.as_ref()), ("合同 \"a\".pdf", b"%PDF-1.7\r\n\r\n--x".as_slice()));
        assert_eq!((parts.text("nothing"), parts.file("seen")), ("", None));
    }

    #[test]
    fn a_field_without_a_file_has_none() {
        let body = "------WebKitX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n------WebKitX--\r\n";
        let parts = Parts::of(KIND, &Bytes::from_static(body.as_bytes())).unwrap();
        assert_eq!(parts.file("file"), None);
    }

    #[test]
    fn what_is_no_form_is_told() {
        let many =
            "------WebKitX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(PARTS_MAX + 1);
        let many = format!("{many}------WebKitX--");
        for (kind, body) in [
            (KIND, ""),
            (KIND, "------WebKitX"),
            (KIND, "------WebKitX\r\n\r\n"),
            (KIND, "------WebKitX\r\nno head\r\n------WebKitX--"),
            (KIND, "------WebKitX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends"),
            (KIND, &many),
            ("multipart/form-data", "------WebKitX--"),
            ("application/json", "{}"),
        ] {
            let read = Parts::of(kind, &Bytes::copy_from_slice(body.as_bytes()));
            assert!(read.is_err(), "{kind} {body:.60}");
        }
    }
}
