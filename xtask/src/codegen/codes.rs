//! Tables that become an enum with one variant for each row.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

use super::table::{Row, Table, capital, quoted, some};

/// Kinds of specimen.
pub fn terms(table: &Table) -> Result<String> {
    let mut out = table.opening("use crate::day::Day;\nuse crate::term::TermFact;");
    code_enum(&mut out, table, "Term", "Kind of specimen.")?;
    facts(&mut out, table, "TERM_FACTS", "TermFact", |row| {
        Ok(format!(
            "code: {}, name_en: {}, name_zh: {}, name_ru: {}, since: {}, legacy: {}, successor: {}, {}",
            row.text("code")?,
            row.text("name_en")?,
            row.maybe_text("name_zh")?,
            row.maybe_text("name_ru")?,
            some(row.get("since")?),
            row.yes("legacy")?,
            row.maybe_variant("successor", "Term")?,
            row.provenance()?,
        ))
    })?;
    lookup(&mut out, table, "TERM_BY_CODE", "Term", "code")?;
    lookup(&mut out, table, "TERM_BY_TRADE_NAME", "Term", "trade_names")?;
    Ok(out)
}

/// Units and their exact factors.
pub fn units(table: &Table) -> Result<String> {
    let mut out = table.opening("use crate::day::Day;\nuse crate::unit::{Dimension, UnitFact};");
    code_enum(&mut out, table, "Unit", "Unit of a quantity.")?;
    facts(&mut out, table, "UNIT_FACTS", "UnitFact", |row| {
        let factor: (u64, u64) =
            (row.get("factor_numerator")?.parse()?, row.get("factor_denominator")?.parse()?);
        ensure!(factor.0 > 0 && factor.1 > 0, "{}: a factor is above zero", row.place());
        Ok(format!(
            "code: {}, name_en: {}, dimension: Dimension::{}, factor: {factor:?}, legacy: {}, {}",
            row.text("code")?,
            row.text("name_en")?,
            capital(row.get("dimension")?),
            row.yes("legacy")?,
            row.provenance()?,
        ))
    })?;
    lookup(&mut out, table, "UNIT_BY_CODE", "Unit", "code")?;
    lookup(&mut out, table, "UNIT_BY_TRADE_NAME", "Unit", "trade_names")?;
    lookup(&mut out, table, "UNIT_READ_AS", "Unit", "read_as")?;
    Ok(out)
}

/// Purposes and sources: a letter and names.
pub fn lettered(table: &Table, kind: &str, meaning: &str) -> Result<String> {
    let upper = kind.to_uppercase();
    let mut out =
        table.opening(&format!("use crate::day::Day;\nuse crate::{}::{kind}Fact;", kind.to_lowercase()));
    code_enum(&mut out, table, kind, meaning)?;
    facts(&mut out, table, &format!("{upper}_FACTS"), &format!("{kind}Fact"), |row| {
        Ok(format!(
            "code: {}, name_en: {}, name_zh: {}, name_ru: {}, {}",
            row.text("code")?,
            row.text("name_en")?,
            row.maybe_text("name_zh")?,
            row.maybe_text("name_ru")?,
            row.provenance()?,
        ))
    })?;
    lookup(&mut out, table, &format!("{upper}_BY_CODE"), kind, "code")?;
    Ok(out)
}

/// Kinds of documents.
pub fn documents(table: &Table) -> Result<String> {
    let mut out =
        table.opening("use crate::day::Day;\nuse crate::document::{Box1, DocumentFact, PackDocument};");
    document_enum(&mut out, table)?;
    facts(&mut out, table, "DOCUMENT_FACTS", "DocumentFact", |row| {
        let box_1 = match row.get("box_1")? {
            "E" => "Export",
            "I" => "Import",
            "R" => "ReExport",
            "O" => "Other",
            other => bail!("{}: `{other}` is not a letter of box 1", row.place()),
        };
        Ok(format!(
            "kind: DocumentKind::{}, id: {}, box_1: Box1::{box_1}, cap_months: {}, name_en: {}, {}",
            row.get("variant")?,
            row.text("id")?,
            some(row.get("cap_months")?),
            row.text("name_en")?,
            row.provenance()?,
        ))
    })?;
    document_rows(&mut out, table)?;
    lookup(&mut out, table, "DOCUMENT_BY_ID", "DocumentKind", "id")?;
    Ok(out)
}

/// The enum of documents: the treaty's, and one variant for all the packs'.
fn document_enum(out: &mut String, table: &Table) -> Result<()> {
    out.push_str(
        "/// Kind of a permit, a certificate or another paper that must lie beside specimens.\n///\n",
    );
    out.push_str("/// Source: `data/codes/document.csv`; a pack's papers are named by the pack.\n");
    out.push_str(
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum DocumentKind {\n",
    );
    for row in table.rows() {
        let _ = writeln!(out, "    /// {}.\n    {},", row.get("name_en")?, row.get("variant")?);
    }
    out.push_str("    /// A paper of one country only, defined by its pack.\n    Pack(PackDocument),\n}\n\n");
    let count = table.rows.len();
    let _ = writeln!(out, "impl DocumentKind {{\n    /// Every paper of the treaty.");
    let _ = writeln!(out, "    pub const TREATY: [DocumentKind; {count}] = [");
    for row in table.rows() {
        let _ = writeln!(out, "        DocumentKind::{},", row.get("variant")?);
    }
    out.push_str("    ];\n}\n\n");
    Ok(())
}

/// From each document of the treaty to its row.
fn document_rows(out: &mut String, table: &Table) -> Result<()> {
    out.push_str("/// The row of a paper of the treaty.\n");
    out.push_str("pub const fn document_fact(kind: DocumentKind) -> Option<&'static DocumentFact> {\n    match kind {\n");
    for (place, row) in table.rows().enumerate() {
        let _ =
            writeln!(out, "        DocumentKind::{} => Some(&DOCUMENT_FACTS[{place}]),", row.get("variant")?);
    }
    out.push_str("        DocumentKind::Pack(_) => None,\n    }\n}\n\n");
    Ok(())
}

/// The enum of a code table, one variant for each row, and the list of them all.
fn code_enum(out: &mut String, table: &Table, kind: &str, meaning: &str) -> Result<()> {
    let _ = writeln!(out, "/// {meaning}\n///\n/// Source: `data/codes/{}`.", table.file);
    out.push_str("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\n");
    let _ = writeln!(out, "pub enum {kind} {{");
    for row in table.rows() {
        let _ = writeln!(
            out,
            "    /// {} (`{}`).\n    {},",
            row.get("name_en")?,
            row.get("code")?,
            row.get("variant")?
        );
    }
    let _ = writeln!(out, "}}\n\nimpl {kind} {{\n    /// Every code, in the order of the table.");
    let _ = writeln!(out, "    pub const ALL: [{kind}; {}] = [", table.rows.len());
    for row in table.rows() {
        let _ = writeln!(out, "        {kind}::{},", row.get("variant")?);
    }
    out.push_str("    ];\n}\n\n");
    Ok(())
}

/// One struct literal for each row, in the order of the enum.
fn facts(
    out: &mut String,
    table: &Table,
    name: &str,
    kind: &str,
    fields: impl Fn(Row<'_>) -> Result<String>,
) -> Result<()> {
    let _ = writeln!(out, "/// What is known about each code, in the order of the table.");
    let _ = writeln!(out, "pub static {name}: [{kind}; {}] = [", table.rows.len());
    for row in table.rows() {
        let _ = writeln!(out, "    {kind} {{ {} }},", fields(row).with_context(|| row.place())?);
    }
    out.push_str("];\n\n");
    Ok(())
}

/// A table from text to variant, sorted by text; a cell may hold several texts with `;` between them.
fn lookup(out: &mut String, table: &Table, name: &str, kind: &str, column: &str) -> Result<()> {
    let mut found = BTreeMap::new();
    for row in table.rows() {
        for text in row.get(column)?.split(';').map(str::trim).filter(|text| !text.is_empty()) {
            let twice = found.insert(text, row.get("variant")?).is_some();
            ensure!(!twice, "{}: `{text}` stands twice in {column}", row.place());
        }
    }
    let _ = writeln!(out, "/// Variants by `{column}`, sorted.");
    let _ = writeln!(out, "pub static {name}: [(&str, {kind}); {}] = [", found.len());
    for (text, variant) in found {
        let _ = writeln!(out, "    ({}, {kind}::{variant}),", quoted(text));
    }
    out.push_str("];\n\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_for_two_variants_is_an_error() {
        let table =
            Table::parse("t.csv", "variant,names\nPearl,pearl;pearls\nLegacyPearls,pearls\n").unwrap();
        let error = lookup(&mut String::new(), &table, "NAMES", "Term", "names").unwrap_err();
        assert_eq!(error.to_string(), "t.csv line 3: `pearls` stands twice in names");
    }
}
