//! The XML of a workbook's parts, as far as it is needed: elements by their names without prefix, attributes, texts.
//!
//! Source of truth: XML 1.0. Of entities the five that XML has are known; a document type is not read, so that none of
//! its entities can grow.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::WorkbookError;
use crate::archive::Archive;

/// The text of a part; `None` where there is none. Which of the encodings of XML it has is told by its mark.
pub(super) fn text(archive: &mut Archive<'_>, part: &str) -> Result<Option<String>, WorkbookError> {
    let bytes = archive.unpacked(part)?;
    Ok(bytes.map(|bytes| encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
}

/// The events of a part.
pub(super) struct Events<'t> {
    reader: Reader<&'t [u8]>,
    part: &'t str,
}

impl<'t> Events<'t> {
    pub(super) fn of(part: &'t str, text: &'t str) -> Events<'t> {
        let mut reader = Reader::from_str(text);
        // `<c/>` is `<c></c>`, so that each element has one beginning and one end.
        reader.config_mut().expand_empty_elements = true;
        Events { reader, part }
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'t>>, WorkbookError> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(_) => Err(self.damaged()),
        }
    }

    /// The text within an element that has begun, up to its end; that of elements called `without` is left out.
    pub(super) fn text_within(&mut self, without: &[&str]) -> Result<String, WorkbookError> {
        let (mut text, mut depth, mut left_out) = (String::new(), 0_usize, None);
        while let Some(event) = self.next()? {
            match event {
                Event::Start(start) => {
                    depth += 1;
                    if left_out.is_none() && without.contains(&start.local_name().as_ref()) {
                        left_out = Some(depth);
                    }
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => {
                    if left_out == Some(depth) {
                        left_out = None;
                    }
                    depth -= 1;
                }
                Event::Text(piece) if left_out.is_none() => text.push_str(&piece.xml10_content()),
                Event::CData(piece) if left_out.is_none() => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(entity) if left_out.is_none() => text.push(self.letter(&entity)?),
                _ => {}
            }
        }
        Err(self.damaged())
    }

    fn letter(&self, entity: &BytesRef<'_>) -> Result<char, WorkbookError> {
        if let Ok(Some(letter)) = entity.resolve_char_ref() {
            return Ok(letter);
        }
        match entity.xml10_content().as_ref() {
            "amp" => Ok('&'),
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            _ => Err(self.damaged()),
        }
    }

    pub(super) fn damaged(&self) -> WorkbookError {
        WorkbookError::part(self.part)
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    // Looking for attributes that stand twice would cost the square of their number.
    let found = attributes.with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The texts that the cells of a workbook share, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn of(part: &str, text: &str) -> Result<Strings, WorkbookError> {
        let mut events = Events::of(part, text);
        let mut strings = Strings::default();
        while let Some(event) = events.next()? {
            let Event::Start(start) = event else { continue };
            if start.local_name().as_ref() == "si" {
                strings.text.push_str(&unescaped(&events.text_within(&PHONETIC)?));
                strings.ends.push(strings.text.len());
            }
        }
        Ok(strings)
    }

    /// The text of a place, from 0.
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let from = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(from..*self.ends.get(place)?)
    }
}

/// How a text is read aloud stands beside it, and is none of it.
pub(super) const PHONETIC: [&str; 2] = ["rPh", "phoneticPr"];

/// Letters that XML cannot hold, which workbooks write as `_x000D_` (ECMA-376 Part 1 §22.9.2.19).
pub(super) fn unescaped(text: &str) -> String {
    let mut pieces = text.split("_x");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..4).filter(|_| piece.get(4..5) == Some("_"));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match letter {
            Some(letter) => {
                out.push(letter);
                out.push_str(piece.get(5..).unwrap_or_default());
            }
            None => {
                out.push_str("_x");
                out.push_str(piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_texts_are_taken_without_how_they_are_read_aloud() {
        let text = "<sst uniqueCount=\"999999999999\"><si><t>Falco &amp; co</t></si><si/><si><r><t>猎</t></r>\
            <r><t>隼</t></r><rPh sb=\"0\" eb=\"1\"><t>lie</t></rPh></si><si><t>a_x000D_b_xZ_</t></si></sst>";
        let strings = Strings::of("part", text).unwrap();
        let all: Vec<_> = (0..5).map(|place| strings.get(place)).collect();
        assert_eq!(all, [Some("Falco & co"), Some(""), Some("猎隼"), Some("a\rb_xZ_"), None]);
    }

    #[test]
    fn entities_of_a_document_type_are_damage_and_do_not_grow() {
        let text = "<!DOCTYPE sst [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>";
        let error = Strings::of("xl/sharedStrings.xml", text).unwrap_err();
        assert_eq!(error, WorkbookError::part("xl/sharedStrings.xml"));
    }
}
