//! Properties of `species` on made-up input: whatever is written, reading it ends with an answer, the quick
//! ways give the answers of the thorough ones, and nothing within two edits is missed.
#![cfg(test)]

use cites::Kingdom;
use proptest::prelude::*;
use species::imported::{NameSet, write};
use species::{Backbone, Doubt, Hint, ImportedNames, MatchKind, Names, import, write_joined};

const TAXA: &str = include_str!("fixtures/taxa.csv");
const SYNONYMS: &str = include_str!("fixtures/synonyms.csv");
const VERNACULAR: &str = include_str!("fixtures/vernacular.csv");
const DOMESTICATED: &str = include_str!("fixtures/domesticated.csv");
const INDEX: &str = include_str!("fixtures/index.csv");

fn backbone() -> Backbone {
    Backbone::from_tables(TAXA, SYNONYMS, VERNACULAR).unwrap().with_domesticated(DOMESTICATED).unwrap()
}

fn set() -> NameSet {
    let mut set = NameSet::default();
    set.merge(&import::index_csv(INDEX).unwrap().rows);
    set
}

/// The file of an import, as `data import` writes it.
fn file() -> Vec<u8> {
    write_joined(&set(), &backbone())
}

/// Pieces that names and noise are made of.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Falco".to_owned()),
        Just("cherrug".to_owned()),
        Just("Prunella".to_owned()),
        prop::sample::select(vec![
            "x",
            "×",
            "hybrid",
            "sp.",
            "spp",
            "cf.",
            "aff.",
            "var.",
            "f.",
            "(Gray)",
            "Gray, 1834",
            "/",
            "?",
            "&times;",
            "<i>",
            "</i>",
            "\"",
            "'",
            "F.",
            "é",
            "\u{0}",
            "\u{feff}",
            "雪豹",
            "ß",
            "ﬁ",
            "_",
            "&#xd800;",
            "ex",
            "et",
            "L.",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z.×-]{1,12}",
        any::<String>(),
    ]
}

/// Known names, some with a letter changed.
fn known_or_near() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Falco",
        "Falco cherrug",
        "FALCO ALTAICUS",
        "Falco saqer",
        "Uncia uncia",
        "Uncia",
        "Prunella",
        "Masdevallia nova",
        "Dracula nova",
        "Masdevallia pescadoënsis",
        "masdevallia pescadoensis",
        "Aloe laeta var. maniaensis",
        "Aloe laeta maniaensis",
        "Pongo nemo",
        "Bos grunniens",
        "Canis lupus familiaris",
        "Ursus arctos isabellinus",
        "× Aloe ferox",
    ]);
    (known, any::<prop::sample::Index>(), prop::option::of(b'a'..=b'z')).prop_map(|(name, at, letter)| {
        let mut letters: Vec<char> = name.chars().collect();
        if let Some(letter) = letter {
            let at = at.index(letters.len());
            letters[at] = char::from(letter);
        }
        letters.into_iter().collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..7).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(written in text(), class in text()) {
        let (backbone, file) = (backbone(), file());
        let imported = ImportedNames::open(&file).unwrap();
        for names in [Names::shipped(&backbone), Names { backbone: &backbone, imported: Some(&imported) }] {
            let hint = Hint { class: &class, kingdom: Some(Kingdom::Animalia), ..Hint::default() };
            for found in [names.resolve(&written), names.resolve_with(&written, hint)] {
                prop_assert_eq!(found.kind == MatchKind::None, found.taxon.is_none(), "{:?}", found);
                prop_assert!(found.kind != MatchKind::Fuzzy || found.doubts.iter().any(|doubt| doubt.id() == "misspelt"));
                prop_assert!(found.kind != MatchKind::None || !found.doubts.is_empty());
                prop_assert!(found.doubts.iter().all(|doubt| doubt.candidates().len() <= species::CANDIDATES_MAX));
            }
        }
    }

    /// What is remembered about imported names changes no answer: names one after the other are answered as each
    /// alone, in whatever order and after another backbone was asked.
    #[test]
    fn many_names_are_answered_as_each_alone(
        written in proptest::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "Falco cherrug", "Falco saqer", "Masdevallia nova", "Dracula nova", "Pongo nemo", "Falco altaicus",
                    "Masdevallia novo", "Falco cherug", "Pongo nemi", "Aloe ferox",
                ]).prop_map(str::to_owned),
                text(),
            ],
            1..12,
        ),
    ) {
        let (backbone, file) = (backbone(), file());
        let other = Backbone::from_tables("kingdom,rank,name,parent,status,source\nPlantae,genus,Falco,,accepted,x\n", "", "").unwrap();
        let imported = ImportedNames::open(&file).unwrap();
        for name in &written {
            let found = Names { backbone: &backbone, imported: Some(&imported) }.resolve(name);
            let fresh = ImportedNames::open(&file).unwrap();
            let alone = Names { backbone: &backbone, imported: Some(&fresh) }.resolve(name);
            prop_assert_eq!(format!("{:?}", found), format!("{:?}", alone));
            let elsewhere = Names { backbone: &other, imported: Some(&imported) }.resolve(name);
            let fresh = ImportedNames::open(&file).unwrap();
            let alone = Names { backbone: &other, imported: Some(&fresh) }.resolve(name);
            prop_assert_eq!(format!("{:?}", elsewhere), format!("{:?}", alone));
        }
    }

    /// One index for both tables changes no answer: names are answered as by the two in turn.
    #[test]
    fn joined_tables_answer_as_two_do(written in prop_oneof![known_or_near(), text()], genus in text()) {
        let (backbone, joined, alone) = (backbone(), file(), write(&set()));
        let [joined, alone] = [&joined, &alone].map(|file| ImportedNames::open(file).unwrap());
        let [joined, alone] = [&joined, &alone].map(|imported| Names { backbone: &backbone, imported: Some(imported) });
        for kingdom in [None, Some(Kingdom::Animalia), Some(Kingdom::Plantae)] {
            let hint = Hint { kingdom, genus: &genus, ..Hint::default() };
            let [found, expected] = [joined, alone].map(|names| format!("{:?}", names.resolve_with(&written, hint)));
            prop_assert_eq!(found, expected);
        }
    }

    /// Noise of case, spacing and markup changes no answer.
    #[test]
    fn noise_changes_no_answer(
        name in prop::sample::select(vec!["Falco cherrug", "Ursus arctos isabellinus", "Falco altaicus", "Falco nemo", "Falco"]),
        noise in 0_usize..6,
    ) {
        let backbone = backbone();
        let names = Names::shipped(&backbone);
        let noisy = match noise {
            0 => name.to_uppercase(),
            1 => name.to_lowercase(),
            2 => name.replace(' ', "\u{a0}  "),
            3 => name.replace(' ', "_"),
            4 => format!("<em>{name}</em>"),
            _ => format!(" {name}\t"),
        };
        let (plain, found) = (names.resolve(name), names.resolve(&noisy));
        prop_assert_eq!((plain.kind, plain.taxon, plain.placement), (found.kind, found.taxon, found.placement));
    }

    /// Authors after a name change no answer.
    #[test]
    fn authors_change_no_answer(
        name in prop::sample::select(vec!["Falco cherrug", "Ursus arctos isabellinus", "Aloe ferox", "Falco nemo"]),
        author in prop::sample::select(vec!["Gray, 1834", "(Linnaeus, 1758)", "L.", "(L.) Benth. ex Kurz", "Miller & d'Orbigny", "Mill."]),
    ) {
        let backbone = backbone();
        let names = Names::shipped(&backbone);
        let (plain, found) = (names.resolve(name), names.resolve(&format!("{name} {author}")));
        prop_assert_eq!((plain.kind, plain.taxon, plain.placement), (found.kind, found.taxon, found.placement));
    }

    /// One slip in the epithet leads to the name, or to a doubt that names it.
    #[test]
    fn one_slip_is_read_or_asked_about(at in 0_usize..9, letter in b'a'..=b'z', kind in 0_u8..4) {
        let backbone = backbone();
        let names = Names::shipped(&backbone);
        let mut epithet = b"rusticolus".to_vec();
        match kind {
            0 => epithet.insert(at, letter),
            1 => { epithet.remove(at); }
            2 => epithet[at] = letter,
            _ => epithet.swap(at, at + 1),
        }
        let written = format!("Falco {}", String::from_utf8(epithet).unwrap());
        let found = names.resolve(&written);
        let asked = |doubt: &Doubt| doubt.candidates().iter().any(|candidate| candidate.name == "Falco rusticolus");
        prop_assert!(found.accepted == "Falco rusticolus" || found.doubts.iter().any(asked), "{} {:?}", written, found);
    }

    #[test]
    fn any_table_is_read_or_refused(text in "(kingdom|Animalia|Plantae|genus|species|Falco|[,\"\n;a-z ]){0,60}", rows in text()) {
        let taxa = format!("kingdom,rank,name,parent,status,source\n{rows}\n{text}");
        let _ = Backbone::from_tables(&taxa, &text, &rows);
        let _ = backbone().with_domesticated(&format!("kingdom,name,wild_taxon,note,source,checked\n{text}"));
    }

    #[test]
    fn any_download_is_read_or_refused(text in text(), noise in any::<String>()) {
        let header = INDEX.lines().next().unwrap();
        let body = format!("{header}\n{noise}\n{text}\"\n{INDEX}");
        let read = import::index_csv(&body).unwrap();
        prop_assert!(read.seen >= read.rows.len());
        let _ = import::detect(&noise);
        for text in [&noise, &text, &body] {
            let _ = import::quotas_csv(text);
            let _ = import::suspensions_csv(text);
            let _ = import::species_plus_listings_csv(text);
        }
    }
}

#[test]
fn hostile_names_are_answered_in_bounded_time() {
    let backbone = backbone();
    let names = Names::shipped(&backbone);
    for written in [
        "a".repeat(10_000_000),
        "Falco ".repeat(80),
        "(".repeat(500),
        "× ".repeat(200),
        "Falco cherrug / ".repeat(30),
        format!("Falco {}", "et al. ".repeat(60)),
        "<".repeat(500),
        "&".repeat(500),
        "é".repeat(250),
        "A. ".repeat(170),
    ] {
        let found = names.resolve(&written);
        assert!(found.kind == MatchKind::None || found.taxon.is_some(), "{found:?}");
    }
}

#[test]
fn a_quote_that_does_not_close_costs_its_row_and_bounded_time() {
    let header = INDEX.lines().next().unwrap();
    let bad = format!("{header}\n{}", "1,Animalia,\"open\n".repeat(20_000));
    let read = import::index_csv(&bad).unwrap();
    assert_eq!((read.seen, read.rows.len()), (20_000, 0));
}
