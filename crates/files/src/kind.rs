//! Of which type a file is that is handed in with an application.
//!
//! Source of truth: the bytes. What is not on the list is refused with the reason: a type is taken in because an office
//! needs it, and because it is looked at in a program that is made for it. What looks like one type and holds another
//! is of the type by which its bytes begin. Nothing is opened to find out.

use std::fmt;

use crate::archive::Archive;
use crate::text::Text;

/// A type of file that is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A page description (ISO 32000).
    Pdf,
    /// A picture (ISO/IEC 15948).
    Png,
    /// A picture (ISO/IEC 10918).
    Jpeg,
    /// A picture, as scanners write it (TIFF 6.0).
    Tiff,
    /// A workbook without macros (ECMA-376).
    Workbook,
    /// A text document without macros (ECMA-376).
    Document,
    /// Plain text, tables as text among it.
    Text,
}

/// Why a file is not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    /// It is none of the types that are taken in.
    #[error("the file is of no type that is taken in; hand in {LIST}")]
    Other,
    /// It holds a program.
    #[error("the file holds macros, which are programs; save it without them (.xlsx, .docx)")]
    Macros,
    /// A document of an older program, or one under a password.
    #[error(
        "the file is of an older program or under a password; save it as .xlsx, .docx or PDF without a password"
    )]
    Old,
    /// A page or a picture that a browser would run.
    #[error("the file is a page or a picture of markup, which can hold programs; hand in {LIST}")]
    Markup,
    /// A script.
    #[error("the file is a script, which is a program; hand in {LIST}")]
    Script,
    /// An archive.
    #[error("the file is an archive; unpack it and hand its files in one by one")]
    Archive,
}

const LIST: &str = "PDF, PNG, JPEG, TIFF, .xlsx, .docx or plain text";

impl Kind {
    /// Every type.
    pub const ALL: [Kind; 7] =
        [Kind::Pdf, Kind::Png, Kind::Jpeg, Kind::Tiff, Kind::Workbook, Kind::Document, Kind::Text];

    /// The type of a file.
    ///
    /// # Errors
    /// It is none that is taken in, with the reason.
    pub fn of(bytes: &[u8]) -> Result<Kind, KindError> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Ok(Kind::Pdf),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Kind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Ok(Kind::Jpeg),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(Kind::Tiff),
            [b'P', b'K', 3, 4, ..] => packed(bytes),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(KindError::Old),
            [0x1F, 0x8B, ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [b'R', b'a', b'r', b'!', ..] => {
                Err(KindError::Archive)
            }
            _ => text(bytes),
        }
    }

    /// Its media type (RFC 6838).
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Tiff => "image/tiff",
            Kind::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Document => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Text => "text/plain",
        }
    }

    /// The type of a media type; `None` where it is none of these.
    pub fn of_media_type(media_type: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// What the name of such a file ends in, without the point; the first is the usual one.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Tiff => &["tif", "tiff"],
            Kind::Workbook => &["xlsx"],
            Kind::Document => &["docx"],
            Kind::Text => &["txt", "csv", "tsv"],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.media_type())
    }
}

/// An archive is a workbook or a document by its parts, of which none may be a program.
fn packed(bytes: &[u8]) -> Result<Kind, KindError> {
    let archive = Archive::of(bytes).map_err(|_| KindError::Other)?;
    let has = |part: &str| archive.names().any(|name| name == part);
    if !has("[content_types].xml") {
        return Err(KindError::Archive);
    }
    if archive.names().any(|name| name.rsplit('/').next() == Some("vbaproject.bin")) {
        return Err(KindError::Macros);
    }
    match (has("xl/workbook.xml"), has("word/document.xml")) {
        (true, false) => Ok(Kind::Workbook),
        (false, true) => Ok(Kind::Document),
        _ => Err(KindError::Archive),
    }
}

/// Text is what reads as text throughout: letters and lines, and no sign that only programs write.
fn text(bytes: &[u8]) -> Result<Kind, KindError> {
    let (mut text, mut out, mut is_first) = (Text::of(bytes), String::new(), true);
    loop {
        let is_more = text.read_into(&mut out).map_err(|_| KindError::Other)?;
        let is_sign = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{C}');
        if out.contains(|letter: char| is_sign(letter) || letter == '\u{FFFD}') {
            return Err(KindError::Other);
        }
        if is_first {
            begins_as_text(&out)?;
        }
        if !is_more {
            return Ok(Kind::Text);
        }
        is_first = false;
        out.clear();
    }
}

fn begins_as_text(text: &str) -> Result<(), KindError> {
    match text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}') {
        "" => Err(KindError::Other),
        text if text.starts_with("#!") => Err(KindError::Script),
        text if text.starts_with('<') => Err(KindError::Markup),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::tests::packed;

    #[test]
    fn the_bytes_say_the_type() {
        let part = |name: &str| packed(&[("[Content_Types].xml", b"<a/>"), (name, b"<a/>")]);
        let with_macros =
            packed(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"")]);
        let (chinese, _, _) = encoding_rs::GB18030.encode("猎隼,霍尔果斯口岸\n");
        let cases: [(&[u8], Result<Kind, KindError>); 20] = [
            (b"%PDF-1.7\n", Ok(Kind::Pdf)),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Ok(Kind::Png)),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Ok(Kind::Jpeg)),
            (b"II*\0\x08\0\0\0", Ok(Kind::Tiff)),
            (b"MM\0*\0\0\0\x08", Ok(Kind::Tiff)),
            (&part("xl/workbook.xml"), Ok(Kind::Workbook)),
            (&part("word/document.xml"), Ok(Kind::Document)),
            (&part("ppt/presentation.xml"), Err(KindError::Archive)),
            (&with_macros, Err(KindError::Macros)),
            (&packed(&[("a.exe", b"MZ")]), Err(KindError::Archive)),
            (b"PK\x03\x04", Err(KindError::Other)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Err(KindError::Old)),
            ("name;term\nСокол;LIV\n".as_bytes(), Ok(Kind::Text)),
            (&chinese, Ok(Kind::Text)),
            (b"MZ\x90\0\x03\0", Err(KindError::Other)),
            (b"\x7FELF\x02\x01", Err(KindError::Other)),
            (b"\n <svg onload=\"alert(1)\">", Err(KindError::Markup)),
            (b"#!/bin/sh\n", Err(KindError::Script)),
            (b"GIF89a\x01\0\x01\0", Err(KindError::Other)),
            (b"", Err(KindError::Other)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Kind::of(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_type_is_known_by_its_media_type() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_media_type(&kind.to_string()), Some(kind));
            assert!(!kind.endings().is_empty());
        }
        assert_eq!(Kind::of_media_type("text/html"), None);
    }
}
