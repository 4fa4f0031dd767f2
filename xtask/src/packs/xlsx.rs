//! The cells of one sheet of an `.xlsx` workbook: a packed folder of XML, of which two files are read.
//!
//! Knows only what the transcriptions use: stored or deflated members, shared strings, no formulas.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The rows of the first sheet, each cell under the letters of its column.
///
/// # Errors
/// The file is missing, is no workbook, or lacks the sheet.
pub fn first_sheet(path: &Path) -> Result<Vec<BTreeMap<String, String>>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
    let shared = shared_strings(&member(&bytes, "xl/sharedStrings.xml")?)?;
    rows_of(&member(&bytes, "xl/worksheets/sheet1.xml")?, &shared)
}

fn shared_strings(xml: &str) -> Result<Vec<String>> {
    let document = roxmltree::Document::parse(xml).context("the shared strings of the workbook")?;
    let items = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "si")));
    Ok(items.map(|item| joined_text(item)).collect())
}

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

fn joined_text(node: roxmltree::Node) -> String {
    let texts = node.descendants().filter(|inner| inner.has_tag_name((NAMESPACE, "t")));
    texts.filter_map(|text| text.text()).collect()
}

fn rows_of(xml: &str, shared: &[String]) -> Result<Vec<BTreeMap<String, String>>> {
    let document = roxmltree::Document::parse(xml).context("the first sheet of the workbook")?;
    let rows = document.descendants().filter(|node| node.has_tag_name((NAMESPACE, "row")));
    Ok(rows
        .map(|row| {
            let cells = row.children().filter(|node| node.has_tag_name((NAMESPACE, "c")));
            cells.map(|cell| (column(cell), value(cell, shared))).collect()
        })
        .collect())
}

fn column(cell: roxmltree::Node) -> String {
    let place = cell.attribute("r").unwrap_or_default();
    place.chars().take_while(char::is_ascii_alphabetic).collect()
}

fn value(cell: roxmltree::Node, shared: &[String]) -> String {
    let written = cell.children().find(|node| node.has_tag_name((NAMESPACE, "v")));
    let written = written.and_then(|node| node.text()).unwrap_or_default();
    match cell.attribute("t") {
        Some("s") => written.parse().ok().and_then(|at: usize| shared.get(at)).cloned().unwrap_or_default(),
        Some("inlineStr") => joined_text(cell),
        _ => written.to_owned(),
    }
}

/// A member of the packed folder as text.
fn member(bytes: &[u8], name: &str) -> Result<String> {
    let mut at = directory(bytes)?;
    while u32_at(bytes, at)? == 0x0201_4b50 {
        let name_length = usize::from(u16_at(bytes, at + 28)?);
        let skip = usize::from(u16_at(bytes, at + 30)?) + usize::from(u16_at(bytes, at + 32)?);
        if slice(bytes, at + 46, name_length)? == name.as_bytes() {
            return unpack(bytes, at).with_context(|| format!("unpacking `{name}`"));
        }
        at += 46 + name_length + skip;
    }
    bail!("the workbook has no `{name}`")
}

/// Where the central directory begins: told by the record at the end of the file.
fn directory(bytes: &[u8]) -> Result<usize> {
    let marks = bytes.windows(4).rposition(|mark| mark == [0x50, 0x4b, 0x05, 0x06]);
    let end = marks.context("not a packed folder")?;
    Ok(u32_at(bytes, end + 16)? as usize)
}

fn unpack(bytes: &[u8], entry: usize) -> Result<String> {
    let method = u16_at(bytes, entry + 10)?;
    let length = u32_at(bytes, entry + 20)? as usize;
    let local = u32_at(bytes, entry + 42)? as usize;
    let begin =
        local + 30 + usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
    let packed = slice(bytes, begin, length)?;
    let mut text = String::new();
    match method {
        0 => text.push_str(std::str::from_utf8(packed)?),
        8 => drop(flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text)?),
        other => bail!("packed with the unknown method {other}"),
    }
    Ok(text)
}

fn slice(bytes: &[u8], from: usize, length: usize) -> Result<&[u8]> {
    bytes.get(from..from + length).context("the packed folder ends too early")
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16> {
    let pair: [u8; 2] = slice(bytes, at, 2)?.try_into()?;
    Ok(u16::from_le_bytes(pair))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32> {
    let four: [u8; 4] = slice(bytes, at, 4)?.try_into()?;
    Ok(u32::from_le_bytes(four))
}
