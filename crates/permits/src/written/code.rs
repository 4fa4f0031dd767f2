//! Codes as people write them: the code, the code in small letters, or its name in one of the languages of the
//! tables.
//!
//! Source of truth: the tables behind `cites`. A name that two codes share leads to neither.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use cites::{
    COUNTRIES, Country, CountryKind, DocumentKind, Place, Purpose, PurposeSet, SourceCode, SourceSet, Term,
    TermSet, Unit, UnitError,
};

use super::clean::{clean, fold};
use super::defect::Defect;
use super::doubt::Doubt;
use super::note::Read;
use super::number::unit_doubt;

/// Codes by their names, folded; a name that two codes share stands for none.
struct Named<T>(BTreeMap<String, Option<T>>);

impl<T: Copy + PartialEq> Named<T> {
    fn of(names: impl Iterator<Item = (T, &'static str)>) -> Named<T> {
        let mut all = BTreeMap::new();
        for (code, name) in names {
            let known = all.entry(fold(name)).or_insert(Some(code));
            *known = known.filter(|known| *known == code);
        }
        Named(all)
    }

    /// The one code with that name.
    fn find(&self, text: &str) -> Option<T> {
        self.0.get(&fold(text)).copied().flatten()
    }
}

/// A code that is written as it is, in other case, or by a name.
fn by_code_or_name<T: FromStr + Copy + PartialEq + ToString>(
    text: &str,
    names: &Named<T>,
) -> Result<Read<T>, T::Err> {
    let error = match text.parse() {
        Ok(code) => return Ok(Read::sure(code)),
        Err(error) => error,
    };
    let found = text.to_uppercase().parse().ok().or_else(|| names.find(text));
    match found {
        Some(code) => Ok(Read::with(code, Doubt::ReadAs { code: code.to_string().into() })),
        None => Err(error),
    }
}

/// A code with its names in three languages, where they are known.
fn in_languages<T: Copy>(
    code: T,
    en: &'static str,
    zh: Option<&'static str>,
    ru: Option<&'static str>,
) -> impl Iterator<Item = (T, &'static str)> {
    [Some(en), zh, ru].into_iter().flatten().map(move |name| (code, name))
}

/// Reads a kind of specimen.
///
/// # Errors
/// Why the text is none.
pub fn term(text: &str) -> Result<Read<Term>, Defect> {
    static NAMES: LazyLock<Named<Term>> = LazyLock::new(|| {
        Named::of(TermSet::ALL.iter().flat_map(|term| {
            let fact = term.fact();
            in_languages(term, fact.name_en, fact.name_zh, fact.name_ru)
        }))
    });
    let text = clean(text)?;
    let mut read = match Term::from_trade_name(&text) {
        Some(term) => Read::with(term, Doubt::ReadAs { code: term.code().into() }),
        None => by_code_or_name(&text, &NAMES).map_err(Defect::Term)?,
    };
    if read.value.is_legacy() {
        read.doubts.push(Doubt::Legacy { code: read.value.code().into() });
    }
    Ok(read)
}

/// Reads a source: letters in any order (`CI`), or the name of one.
///
/// # Errors
/// Why the text is none.
pub fn source(text: &str) -> Result<Read<SourceCode>, Defect> {
    static NAMES: LazyLock<Named<SourceCode>> = LazyLock::new(|| {
        Named::of(SourceSet::ALL.iter().flat_map(|source| {
            let fact = source.fact();
            in_languages(SourceCode::from(source), fact.name_en, fact.name_zh, fact.name_ru)
        }))
    });
    let text = clean(text)?;
    by_code_or_name(&text, &NAMES).map_err(Defect::Source)
}

/// Reads a purpose.
///
/// # Errors
/// Why the text is none.
pub fn purpose(text: &str) -> Result<Read<Purpose>, Defect> {
    static NAMES: LazyLock<Named<Purpose>> = LazyLock::new(|| {
        Named::of(PurposeSet::ALL.iter().flat_map(|purpose| {
            let fact = purpose.fact();
            in_languages(purpose, fact.name_en, fact.name_zh, fact.name_ru)
        }))
    });
    let text = clean(text)?;
    by_code_or_name(&text, &NAMES).map_err(Defect::Purpose)
}

/// Reads a State or territory, which must be one of the table.
///
/// # Errors
/// Why the text is none.
pub fn country(text: &str) -> Result<Read<Country>, Defect> {
    static NAMES: LazyLock<Named<Country>> = LazyLock::new(|| {
        Named::of(
            COUNTRIES
                .iter()
                .flat_map(|fact| in_languages(fact.country, fact.name_en, fact.name_zh, fact.name_ru)),
        )
    });
    let text = clean(text)?;
    let read = by_code_or_name(&text, &NAMES).map_err(Defect::Country)?;
    in_table(read)
}

fn in_table(mut read: Read<Country>) -> Result<Read<Country>, Defect> {
    let fact = read.value.fact().ok_or(Defect::NoSuchCountry)?;
    if fact.kind == CountryKind::Historic {
        read.doubts.push(Doubt::FormerCountry { code: read.value.to_string().into() });
    }
    Ok(read)
}

/// Reads a State, or a part of one such as `PH-PLW`.
///
/// # Errors
/// Why the text is none.
pub fn place(text: &str) -> Result<Read<Place>, Defect> {
    let cleaned = clean(text)?;
    match cleaned.to_uppercase().parse::<Place>() {
        Ok(place) if place.region.is_some() => {
            let as_written = *cleaned == place.to_string();
            let code = place.to_string().into();
            let read = if as_written { Read::sure(place) } else { Read::with(place, Doubt::ReadAs { code }) };
            let country = in_table(Read::sure(place.country))?;
            Ok(Read { value: place, doubts: [read.doubts, country.doubts].concat() })
        }
        _ => Ok(country(&cleaned)?.map(Place::from)),
    }
}

/// Reads a unit.
///
/// # Errors
/// Why the text is none.
pub fn unit(text: &str) -> Result<Read<Unit>, Defect> {
    let text = clean(text)?;
    if text.is_empty() {
        return Err(Defect::Unit(UnitError { written: String::new() }));
    }
    let error = match Unit::read(&text) {
        Ok((unit, doubt)) => {
            let mut read = Read { value: unit, doubts: doubt.map(unit_doubt).into_iter().collect() };
            if unit.is_legacy() {
                read.doubts.push(Doubt::Legacy { code: unit.code().into() });
            }
            return Ok(read);
        }
        Err(error) => error,
    };
    match Unit::read(&text.to_uppercase()) {
        Ok((unit, _)) => Ok(Read::with(unit, Doubt::ReadAs { code: unit.code().into() })),
        Err(_) => Err(Defect::Unit(error)),
    }
}

/// Reads the kind of a paper: its id, its letter in box 1, or its name. `O` is several kinds and is none here.
///
/// # Errors
/// Why the text is none.
pub fn document_kind(text: &str) -> Result<Read<DocumentKind>, Defect> {
    let text = clean(text)?;
    let letters = [
        (DocumentKind::ExportPermit, "E"),
        (DocumentKind::ImportPermit, "I"),
        (DocumentKind::ReExportCertificate, "R"),
        (DocumentKind::ExportPermit, "export"),
        (DocumentKind::ImportPermit, "import"),
        (DocumentKind::ReExportCertificate, "re-export"),
    ];
    let names = DocumentKind::TREATY.into_iter().filter_map(|kind| Some((kind, kind.name_en()?)));
    let error = match text.parse() {
        Ok(kind) => return Ok(Read::sure(kind)),
        Err(error) => error,
    };
    let found = Named::of(letters.into_iter().chain(names)).find(&text);
    match found.or_else(|| text.to_lowercase().parse().ok()) {
        Some(kind) => Ok(Read::with(kind, Doubt::ReadAs { code: kind.to_string().into() })),
        None => Err(Defect::DocumentKind(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: ToString>(read: Result<Read<T>, Defect>, expected: &str, doubts: &[&str]) {
        let read = read.unwrap_or_else(|defect| panic!("{expected}: {defect}"));
        assert_eq!(read.value.to_string(), expected);
        assert_eq!(read.doubts.iter().map(Doubt::id).collect::<Vec<_>>(), doubts, "{expected}");
    }

    #[test]
    fn codes_are_read_by_code_case_and_name() {
        check(term("LIV"), "LIV", &[]);
        check(term("ｌｉｖ"), "LIV", &["read-as"]);
        check(term("bones"), "BON", &["read-as"]);
        check(term("骨"), "BON", &["read-as"]);
        check(term("кости"), "BON", &["read-as"]);
        check(source("c i"), "CI", &["read-as"]);
        check(source("CI"), "CI", &[]);
        check(source("野外来源"), "W", &["read-as"]);
        check(purpose("коммерческая"), "T", &["read-as"]);
        check(country("Kazakhstan"), "KZ", &["read-as"]);
        check(country("kz"), "KZ", &["read-as"]);
        check(country("NA"), "NA", &[]);
        check(country("SU"), "SU", &["former-country"]);
        check(place("PH-PLW"), "PH-PLW", &[]);
        check(place("ph-plw"), "PH-PLW", &["read-as"]);
        check(place("蒙古"), "MN", &["read-as"]);
        check(unit("kgm"), "KGM", &["read-as"]);
        check(unit("kg"), "KGM", &[]);
        check(document_kind("export-permit"), "export-permit", &[]);
        check(document_kind("E"), "export-permit", &["read-as"]);
        check(document_kind("Pre-Convention certificate"), "pre-convention-certificate", &["read-as"]);
        check(document_kind("cn/convention-certificate"), "cn/convention-certificate", &[]);
    }

    #[test]
    fn what_is_no_code_is_told() {
        assert_eq!(term("LIVE ANIMAL").unwrap_err().id(), "not-a-term");
        assert_eq!(source("WC").unwrap_err().id(), "not-a-source");
        assert_eq!(source("").unwrap_err().id(), "not-a-source");
        assert_eq!(purpose("X").unwrap_err().id(), "not-a-purpose");
        assert_eq!(country("QQ").unwrap_err().id(), "no-such-country");
        assert_eq!(country("Atlantis").unwrap_err().id(), "not-a-country");
        assert_eq!(country("Kosovo").unwrap_err().id(), "not-a-country", "two codes share the name");
        assert_eq!(document_kind("O").unwrap_err().id(), "not-a-document");
    }
}
