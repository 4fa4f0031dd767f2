//! Country codes and Parties.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

use super::table::{Row, Table, capital, quoted};

/// Every country code, and where its row stands.
pub fn country_rows(table: &Table) -> Result<String> {
    let mut out =
        table.opening("use crate::country::{Country, CountryFact, CountryKind};\nuse crate::day::Day;");
    let mut places = vec![u16::MAX; 26 * 26];
    let mut body = String::new();
    for (place, row) in table.rows().enumerate() {
        let slot = places.get_mut(country_index(row.get("code")?)?).context("a code of two letters")?;
        ensure!(*slot == u16::MAX, "{}: the code stands twice", row.place());
        *slot = u16::try_from(place)?;
        let successors: Result<Vec<String>> =
            row.get("successors")?.split_whitespace().map(country).collect();
        let _ = writeln!(
            body,
            "    CountryFact {{ country: {}, name_en: {}, name_zh: {}, name_ru: {}, kind: CountryKind::{}, successors: &[{}], until: {}, {} }},",
            country(row.get("code")?)?,
            row.text("name_en")?,
            row.maybe_text("name_zh")?,
            row.maybe_text("name_ru")?,
            capital(row.get("kind")?),
            successors?.join(", "),
            row.maybe_day("until")?,
            row.provenance()?,
        );
    }
    let _ = writeln!(
        out,
        "/// Every known code, by its letters.\npub static COUNTRIES: &[CountryFact] = &[\n{body}];\n"
    );
    out.push_str("/// Row of each code of two letters in [`COUNTRIES`]; `u16::MAX` where there is none.\n");
    out.push_str("pub static COUNTRY_ROWS: [u16; Country::COUNT] = [\n");
    for line in places.chunks(26) {
        let line: Vec<String> = line.iter().map(u16::to_string).collect();
        let _ = writeln!(out, "    {},", line.join(", "));
    }
    out.push_str("];\n");
    Ok(out)
}

/// Who is a Party, from when to when.
pub fn parties(table: &Table, countries: &Table) -> Result<String> {
    let known: Vec<&str> = countries.rows().map(|row| row.get("code")).collect::<Result<_>>()?;
    let mut out = table.opening(
        "use crate::country::Country;\nuse crate::day::Day;\nuse crate::outcome::Confidence;\nuse crate::party::{PartyFact, PartyStatus};",
    );
    out.push_str("/// Every row of the table of Parties, by country and in time.\npub static PARTIES: &[PartyFact] = &[\n");
    let mut before = (String::new(), String::new());
    for row in table.rows() {
        let (code, via) = (row.get("country")?, row.get("via")?);
        ensure!(
            known.contains(&code) && (via.is_empty() || known.contains(&via)),
            "{}: unknown country",
            row.place()
        );
        let key = (code.to_owned(), row.get("from")?.to_owned());
        ensure!(before < key, "{}: rows stand by country and first day, each once", row.place());
        before = key;
        let status = match (row.get("status")?, via) {
            ("party", "") => "Party".to_owned(),
            ("territory", via) => format!("TerritoryOf({})", country(via)?),
            ("non-party", "") => "NotParty".to_owned(),
            _ => bail!("{}: status is party, territory (with via) or non-party", row.place()),
        };
        let _ = writeln!(
            out,
            "    PartyFact {{ country: {}, status: PartyStatus::{status}, from: {}, until: {}, note: {}, source: {}, confidence: Confidence::{}, checked: {} }},",
            country(code)?,
            row.maybe_day("from")?,
            row.maybe_day("until")?,
            quoted(row.get("note")?),
            row.text("source")?,
            confidence(row)?,
            row.maybe_day("checked")?,
        );
    }
    out.push_str("];\n");
    Ok(out)
}

fn confidence(row: Row<'_>) -> Result<&'static str> {
    Ok(match row.get("confidence")? {
        "F" => "Found",
        "D" => "Derived",
        "M" => "Memory",
        "C" => "Conflict",
        other => bail!("{}: `{other}` is not F, D, M or C", row.place()),
    })
}

fn country(code: &str) -> Result<String> {
    country_index(code).map(|_| format!("Country::new(b\"{code}\")"))
}

fn country_index(code: &str) -> Result<usize> {
    match code.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(usize::from(a - b'A') * 26 + usize::from(b - b'A')),
        _ => bail!("`{code}` is not two capital letters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_out_of_order_are_an_error() {
        let countries = Table::parse("country.csv", "code\nKZ\nCN\n").unwrap();
        let header = "country,status,from,until,via,note,source,checked,confidence";
        let rows = "KZ,party,2000-04-19,,,,s,2026-11-24,F\nCN,party,1981-04-08,,,,s,2026-11-24,F";
        let table = Table::parse("party.csv", &format!("{header}\n{rows}\n")).unwrap();
        let error = parties(&table, &countries).unwrap_err();
        assert_eq!(error.to_string(), "party.csv line 3: rows stand by country and first day, each once");
    }
}
