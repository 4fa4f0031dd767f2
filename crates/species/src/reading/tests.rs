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
