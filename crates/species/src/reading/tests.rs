//! Names are taken apart, by the quick way and by GBIF's parser alike.

use super::*;

fn genera(word: &str) -> bool {
    matches!(word, "Falco" | "Huso" | "Acipenser")
}

/// What a text is read as, in short: words, then what else is said.
fn show(parts: &Parts<'_>) -> String {
    let mut text = parts.name();
    if parts.extent != Extent::Named {
        text += &format!(" {:?}", parts.extent);
    }
    if let Some(qualifier) = parts.qualifier {
        text += &format!(" {qualifier:?}");
    }
    if parts.hybrid_sign {
        text += " ×";
    }
    text
}

fn show_reading(reading: &Reading<'_>) -> String {
    let list = |all: &[Parts<'_>]| all.iter().map(show).collect::<Vec<_>>().join(" + ");
    match reading {
        Reading::Name(parts) => show(parts),
        Reading::Hybrid { anchor: Some(anchor), .. } => format!("hybrid of {}", show(anchor)),
        Reading::Hybrid { anchor: None, parents } => format!("hybrid: {}", list(parents)),
        Reading::Alternatives(names) => format!("one of: {}", list(names)),
        other => format!("{other:?}"),
    }
}

fn check(written: &str, expected: &str) {
    assert_eq!(show_reading(&read(written, &genera)), expected, "{written:?}");
}

#[test]
fn names_are_taken_apart() {
    check("Falco cherrug", "Falco cherrug");
    check("  falco   cherrug ", "Falco cherrug");
    check("FALCO CHERRUG", "Falco cherrug");
    check("Falco cherrug Gray, 1834", "Falco cherrug");
    check("FALCO CHERRUG GRAY, 1834", "Falco cherrug");
    check("Panax quinquefolius L.", "Panax quinquefolius");
    check("Rauvolfia serpentina (L.) Benth. ex Kurz", "Rauvolfia serpentina");
    check("Ursus arctos isabellinus", "Ursus arctos isabellinus");
    check("Ursus arctos ssp. isabellinus Horsfield, 1826", "Ursus arctos isabellinus");
    check("Aloe ferox var. galpinii (Baker) Reynolds", "Aloe ferox galpinii");
    check("Aloe ferox Mill. var. galpinii (Baker) Reynolds", "Aloe ferox galpinii");
    check("Astrochelys (Geochelone) radiata", "Astrochelys radiata");
    check("Elephantidae (Elephants)", "Elephantidae");
    check("Opuntia ficus-indica", "Opuntia ficus-indica");
    check("Falco cherrug, live, 3 pcs", "Falco cherrug");
    check("<i>Falco cherrug</i>", "Falco cherrug");
    check("Falco", "Falco");
    check("Hoodia gordonii (Masson) Sweet ex Decne.", "Hoodia gordonii");
    check("Masdevallia pescadoënsis", "Masdevallia pescadoënsis");
    check("Falco cherru9", "Falco cherru9");
    check("Woodworthia \"Mt. Arthur\" Nielsen, 2011", "Woodworthia Mt. Arthur");
}

#[test]
fn what_the_writer_says_about_a_name_is_kept() {
    check("Falco spp.", "Falco AllBelow");
    check("Falconiformes spp", "Falconiformes AllBelow");
    check("Falco sp.", "Falco OneBelow");
    check("Falco sp. 1", "Falco OneBelow");
    check("Dalbergia spp. (populations of Madagascar)", "Dalbergia AllBelow");
    check("Falco cf. cherrug", "Falco cherrug Compare");
    check("cf. Falco cherrug", "Falco cherrug Compare");
    check("Falco aff. cherrug", "Falco cherrug Affine");
    check("Falco cherrug?", "Falco cherrug Uncertain");
    check("× Brassocattleya alba", "Brassocattleya alba ×");
    check("×Brassocattleya", "Brassocattleya ×");
    check("Cattleya x hardyana", "Cattleya hardyana ×");
}

#[test]
fn hybrids_are_read_with_their_parents() {
    let both = "hybrid: Falco rusticolus + Falco cherrug";
    check("Falco rusticolus x Falco cherrug", both);
    check("F. rusticolus × F. cherrug", "hybrid: F rusticolus + F cherrug");
    check("Falco rusticolus × F. cherrug", both);
    check("Falco rusticolus × cherrug", both);
    check("FALCO RUSTICOLUS X FALCO CHERRUG", both);
    check("Falco hybrid (F. rusticolus x F. cherrug)", both);
    check("Falco rusticolus x Falco cherrug hybrid", both);
    check("Huso huso x acipenser naccarii", "hybrid: Huso huso + Acipenser naccarii");
    check("Falco hybrid", "hybrid of Falco");
    check("Orchidaceae hybrid", "hybrid of Orchidaceae");
    check("hybrid Falco", "hybrid of Falco");
    check("Falco rusticolus/cherrug", "one of: Falco rusticolus + Falco cherrug");
    check("Falco cherrug / Falco rusticolus", "one of: Falco cherrug + Falco rusticolus");
}

#[test]
fn no_name_is_no_name() {
    check("", "NoName");
    check("   ", "NoName");
    check("雪豹", "NoName");
    check("?", "NoName");
    check("12", "NoName");
    check("hybrid", "NoName");
    check(&"a".repeat(NAME_BYTES_MAX + 1), "TooLong");
}

#[test]
fn a_capital_epithet_has_a_second_reading() {
    let Reading::Name(parts) = read("falco Cherrug", &genera) else { panic!("one name") };
    assert_eq!(parts.name(), "Falco");
    assert_eq!(with_capital_epithet(&parts).map(|parts| parts.name()), Some("Falco cherrug".to_owned()));
}

#[test]
fn plain_names_need_no_heap() {
    for (written, is_plain) in [
        ("Falco cherrug", true),
        ("Ursus arctos isabellinus", true),
        ("Opuntia ficus-indica", true),
        ("Falco", true),
        ("Falco spp", false),
        ("Falco hybrid", false),
        ("Falco cherrug ", false),
        ("falco cherrug", false),
        ("Falco Cherrug", false),
        ("Falco cherrug altaicus menzbieri", false),
        ("Falco  cherrug", false),
        ("Falco aff cherrug", false),
        ("", false),
    ] {
        let parts = plain(written);
        assert_eq!(parts.is_some(), is_plain, "{written:?}");
        assert!(parts.is_none_or(|parts| matches!(parts.first, Cow::Borrowed(_))));
    }
}

/// The names of the shipped tables, in the words of which most declarations are written.
fn shipped_names(every: usize) -> Vec<String> {
    let taxa = include_str!("../../../../data/species/taxa.csv");
    let synonyms = include_str!("../../../../data/species/synonyms.csv");
    let mut names = Vec::new();
    for (table, column) in [(taxa, 2), (synonyms, 1)] {
        let cells = table.lines().skip(1).filter_map(|line| line.split(',').nth(column));
        names.extend(cells.step_by(every).map(str::to_owned));
    }
    names
}

/// The quick way and GBIF's parser read every plain name of the tables alike; where they would not, the quick
/// way would have to give way.
#[test]
fn plain_names_are_read_as_gbif_reads_them() {
    let mut compared = 0;
    for name in shipped_names(7) {
        let Some(plain) = plain(&name) else { continue };
        let own = Parts::of(String::new());
        let Some(gbif) = gbif::read(&name, &own) else { panic!("{name}: GBIF reads no name") };
        assert_eq!((plain.name(), plain.extent), (gbif.name(), gbif.extent), "{name}");
        compared += 1;
    }
    assert!(compared > 1_500, "{compared}");
}

/// With authors of any form behind them, the plain reading and GBIF's parser find the same name.
#[test]
fn authors_are_left_aside_as_gbif_leaves_them() {
    let authors = [
        "Gray, 1834",
        "(Linnaeus, 1758)",
        "L.",
        "(L.) Benth. ex Kurz",
        "de Saussure, 1853",
        "Hook.f.",
        "van der Hoeven, 1833",
    ];
    for (name, author) in shipped_names(97).iter().zip(authors.iter().cycle()) {
        let Some(plain) = plain(name) else { continue };
        let written = format!("{name} {author}");
        let Reading::Name(own) = read(&written, &genera) else { panic!("{written}: no name") };
        assert_eq!(own.name(), plain.name(), "{written}");
        let gbif = gbif::read(&written, &Parts::of(String::new()));
        assert_eq!(gbif.map(|parts| parts.name()), Some(plain.name()), "{written}");
    }
}

proptest::proptest! {
    /// What the quick way reads, the thorough one reads the same.
    #[test]
    fn the_quick_way_reads_as_the_thorough_one(name in "[A-Z][a-z]{1,9}( [a-z-]{2,10}){0,2}") {
        if let Some(parts) = plain(&name) {
            let thorough = read(&name, &genera);
            let Reading::Name(thorough) = thorough else { panic!("{name:?} {thorough:?}") };
            proptest::prop_assert_eq!((parts.name(), parts.extent, parts.rest), (thorough.name(), thorough.extent, thorough.rest));
        }
    }

    /// A name that is printed from its parts is read back as them.
    #[test]
    fn a_printed_name_reads_back(name in "[A-Z][a-z]{2,9}( [a-z]{3,10}){0,2}") {
        if let Reading::Name(parts) = read(&name, &genera) {
            let again = read(&parts.name(), &genera);
            proptest::prop_assert!(matches!(again, Reading::Name(again) if again.name() == parts.name()));
        }
    }
}
