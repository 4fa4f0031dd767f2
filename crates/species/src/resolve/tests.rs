//! What written names stand for, on a small backbone and a small import.

use super::*;
use crate::Placement;

const TAXA: &str = include_str!("../../tests/fixtures/taxa.csv");
const SYNONYMS: &str = include_str!("../../tests/fixtures/synonyms.csv");
const DOMESTICATED: &str = include_str!("../../tests/fixtures/domesticated.csv");

fn backbone() -> Backbone {
    Backbone::from_tables(TAXA, SYNONYMS, "").unwrap().with_domesticated(DOMESTICATED).unwrap()
}

/// A resolution in short: kind, accepted name, placement where it is not the taxon itself, doubts.
fn show(resolution: &Resolution<'_>) -> String {
    let mut text = format!("{} {}", resolution.kind, resolution.accepted);
    match resolution.placement {
        Placement::Itself => {}
        Placement::KnownMember => text += " (member)",
        Placement::UnresolvedMember => text += " (unresolved)",
    }
    for doubt in &resolution.doubts {
        text += " ";
        text += doubt.id();
    }
    if let Some(form) = resolution.excluded_form {
        text += &format!(" excluded: {}", form.name);
    }
    if let Some(hybrid) = &resolution.hybrid {
        let parents: Vec<&str> = hybrid.parents.iter().map(|parent| parent.accepted).collect();
        text += &format!(" [{}]", parents.join(" + "));
    }
    text
}

#[track_caller]
fn check(written: &str, expected: &str) {
    let backbone = backbone();
    assert_eq!(show(&Names::shipped(&backbone).resolve(written)), expected, "{written:?}");
}

#[test]
fn accepted_names_are_exact_however_written() {
    for written in [
        "Falco cherrug",
        "FALCO CHERRUG",
        "falco Cherrug",
        "Falco_cherrug",
        "Falco\u{a0}cherrug",
        "<i>Falco cherrug</i>",
        "Falco cherrug Gray, 1834",
        "Falco (Hierofalco) cherrug Gray, 1834",
    ] {
        check(written, "exact Falco cherrug");
    }
    check("Falco spp.", "exact Falco");
    check("Falco", "exact Falco");
    check("Falconiformes spp.", "exact Falconiformes");
    check("Ursus arctos ssp. isabellinus", "exact Ursus arctos isabellinus");
    check("Masdevallia pescadoensis", "exact Masdevallia pescadoënsis");
    check("Aloe laeta var. maniaensis", "exact Aloe laeta var. maniaensis");
    check("Aloe laeta maniaensis", "exact Aloe laeta var. maniaensis");
}

#[test]
fn synonyms_lead_to_their_taxon() {
    check("Falco altaicus", "synonym Falco cherrug");
    check("Falco altaicus (Menzbier, 1891)", "synonym Falco cherrug");
    check("Uncia uncia", "synonym Panthera uncia");
}

#[test]
fn an_unknown_member_resolves_to_what_holds_it() {
    check("Falco nemo", "genus Falco (unresolved) unknown-epithet");
    check("Falco sp.", "exact Falco (unresolved) undetermined");
    check("Falco cherrug nemo", "higher Falco cherrug (unresolved) unknown-subspecies");
    check("Falco cherrug cherrug", "exact Falco cherrug (member)");
    check("Quagga nemo", "none  (unresolved) unknown-genus");
    check("雪豹", "none  (unresolved) no-name");
}

#[test]
fn a_hint_gives_the_higher_taxon_of_an_unknown_genus() {
    let backbone = backbone();
    let names = Names::shipped(&backbone);
    let hint = Hint { class: "Aves", family: "Falconidae", genus: "Quagga", ..Hint::default() };
    assert_eq!(
        show(&names.resolve_with("Quagga nemo", hint)),
        "higher Falconidae (unresolved) unknown-genus"
    );
}

#[test]
fn a_homonym_is_never_chosen_silently() {
    check("Prunella", "none  (unresolved) homonym");
    let backbone = backbone();
    let names = Names::shipped(&backbone);
    let bird = Hint { kingdom: Some(Kingdom::Animalia), ..Hint::default() };
    assert_eq!(show(&names.resolve_with("Prunella spp.", bird)), "exact Prunella");
    let plant = Hint { family: "Lamiaceae", ..Hint::default() };
    let found = names.resolve_with("Prunella spp.", plant);
    assert_eq!(found.taxon.map(|taxon| backbone.kingdom(taxon)), Some(Kingdom::Plantae));
}

#[test]
fn a_hybrid_keeps_its_parents() {
    let both = "hybrid Falco (unresolved) [Falco rusticolus + Falco cherrug]";
    check("Falco rusticolus x Falco cherrug", both);
    check("Falco rusticolus × F. cherrug", both);
    check("Falco hybrid", "hybrid Falco []");
    check(
        "Falco rusticolus x Panthera uncia",
        "hybrid Chordata (unresolved) [Falco rusticolus + Panthera uncia]",
    );
    check("Falco rusticolus x nemo", "hybrid Falco (unresolved) [Falco rusticolus + Falco]");
    check("Falco rusticolus/cherrug", "genus Falco (unresolved) alternatives");
}

#[test]
fn a_qualified_name_carries_a_doubt() {
    check("Falco cf. cherrug", "exact Falco cherrug qualified");
    check("Falco aff. cherrug", "genus Falco (unresolved) qualified");
}

#[test]
fn a_form_that_a_listing_excludes_is_said_to_be_one() {
    check("Bos grunniens", "exact Bos grunniens (member) excluded: Bos grunniens");
    check(
        "Canis lupus familiaris Linnaeus, 1758",
        "exact Canis lupus familiaris (member) excluded: Canis lupus familiaris",
    );
    check("Canis lupus", "exact Canis lupus");
}

#[test]
fn a_misspelling_of_one_name_is_read_as_it_with_a_doubt() {
    for written in
        ["Falco cherug", "Falco cehrrug", "Flaco cherrug", "Falco cherrugs", "Falcocherrug", "Fal co cherrug"]
    {
        check(written, "fuzzy Falco cherrug misspelt");
    }
    check("Flaco spp.", "fuzzy Falco misspelt");
    check("Ursus arctos isabelinus", "fuzzy Ursus arctos isabellinus misspelt");
    check("Ursus artcos nemo", "fuzzy Ursus arctos (unresolved) misspelt unknown-subspecies");
    check("Panthera pardos", "fuzzy Panthera pardus misspelt");
    check("Uncia unca", "genus Panthera (unresolved) unknown-epithet");
}

#[test]
fn equally_near_names_resolve_to_what_holds_them() {
    let backbone = backbone();
    let names = Names::shipped(&backbone);
    // One edit from `alphus` and one from `alphis`.
    let taxa = "kingdom,rank,name,parent,status,source\n\
                Animalia,family,Testidae,,accepted,x\n\
                Animalia,genus,Testus,Testidae,accepted,x\n\
                Animalia,species,Testus alphabus,Testus,accepted,x\n\
                Animalia,species,Testus alphacus,Testus,accepted,x\n";
    let two = Backbone::from_tables(taxa, "", "").unwrap();
    let found = Names::shipped(&two).resolve("Testus alphadus");
    assert_eq!(show(&found), "genus Testus (unresolved) unknown-epithet");
    let candidates: Vec<&str> =
        found.doubts[0].candidates().iter().map(|candidate| candidate.name.as_str()).collect();
    assert_eq!(candidates, ["Testus alphabus", "Testus alphacus"]);
    let found = Names::shipped(&two).resolve("Testos alphadus");
    assert_eq!(show(&found), "genus Testus (unresolved) misspelt");
    assert!(names.resolve("Falco xx").doubts[0].candidates().is_empty());
}

#[test]
fn an_old_combination_is_a_candidate_not_an_answer() {
    let taxa = "kingdom,rank,name,parent,status,source\n\
                Animalia,family,Testidae,,accepted,x\n\
                Animalia,genus,Testus,Testidae,accepted,x\n\
                Animalia,species,Testus montanus,Testus,accepted,x\n\
                Animalia,genus,Vetus,Testidae,accepted,x\n";
    let backbone = Backbone::from_tables(taxa, "", "").unwrap();
    let names = Names::shipped(&backbone);
    let found = names.resolve("Vetus montana");
    assert_eq!(show(&found), "genus Vetus (unresolved) unknown-epithet");
    assert_eq!(found.doubts[0].candidates()[0].name, "Testus montanus");
    let found = names.resolve("Novus montanus");
    assert_eq!(show(&found), "none  (unresolved) unknown-genus");
    assert_eq!(found.doubts[0].candidates()[0].name, "Testus montanus");
}

#[test]
fn the_genus_of_a_binomial_is_not_an_order_of_that_name() {
    let taxa = "kingdom,rank,name,parent,status,source\n\
                Animalia,order,Pholidota,,accepted,x\n\
                Plantae,genus,Pholidota,,accepted,x\n";
    let backbone = Backbone::from_tables(taxa, "", "").unwrap();
    let names = Names::shipped(&backbone);
    assert_eq!(show(&names.resolve("Pholidota nemo")), "genus Pholidota (unresolved) unknown-epithet");
    assert_eq!(show(&names.resolve("Pholidota")), "none  (unresolved) homonym");
}

mod imported {
    use super::*;
    use crate::imported::{Contents, ImportedError, JointTables, NameSet, write};
    use crate::write_joined;

    fn set() -> NameSet {
        let mut set = NameSet::default();
        set.merge(&crate::import::index_csv(include_str!("../../tests/fixtures/index.csv")).unwrap().rows);
        set
    }

    fn file() -> Vec<u8> {
        write(&set())
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let backbone = backbone();
        for file in [file(), write_joined(&set(), &backbone)] {
            let imported = ImportedNames::open(&file).unwrap();
            let names = Names { backbone: &backbone, imported: Some(&imported) };
            assert_eq!(show(&names.resolve(written)), expected, "{written:?}");
        }
    }

    /// Every name of both tables.
    fn known(backbone: &Backbone) -> Vec<String> {
        let file = file();
        let imported = ImportedNames::open(&file).unwrap();
        backbone.names().texts().chain(imported.all_names().unwrap()).map(str::to_owned).collect()
    }

    #[test]
    fn the_join_has_every_sure_name_and_no_other() {
        let backbone = backbone();
        let file = write_joined(&set(), &backbone);
        let imported = ImportedNames::open(&file).unwrap();
        let names = Names { backbone: &backbone, imported: Some(&imported) };
        let joint = imported.joint(backbone.fingerprint()).unwrap();
        let mut sure = 0;
        for name in known(&backbone) {
            let key = Key::of(&name).unwrap();
            let found = names.exact(key.as_bytes());
            let is_sure = found.hits.only().is_some() && found.otherwise.is_empty();
            sure += usize::from(is_sure);
            assert_eq!(joint.find(key.as_bytes()).unwrap().is_some(), is_sure, "{name}");
        }
        assert!(sure > 40, "{sure}");
        assert!(joint.find(b"falco nemo").unwrap().is_none());
        assert!(joint.find(b"").unwrap().is_none());
        // A dog is a form that a listing excludes, whatever else the tables say.
        assert!(joint.find(b"canis lupus familiaris").unwrap().is_none());
    }

    #[test]
    fn another_backbone_is_told_from_the_one_of_the_join() {
        let backbone = backbone();
        let file = write_joined(&set(), &backbone);
        let imported = ImportedNames::open(&file).unwrap();
        assert!(imported.joint(backbone.fingerprint()).is_some());
        let synonyms = include_str!("../../tests/fixtures/synonyms.csv");
        let taxa = include_str!("../../tests/fixtures/taxa.csv");
        for (taxa, synonyms) in [
            (taxa.to_owned(), String::new()),
            (taxa.to_owned(), synonyms.replace("2017-01-02", "2017-01-03")),
            (taxa.to_owned(), synonyms.replace("synonym,,", "trade,,")),
            (taxa.replace("species,Falco peregrinus", "subspecies,Falco peregrinus"), synonyms.to_owned()),
        ] {
            let other = Backbone::from_tables(&taxa, &synonyms, "").unwrap();
            let domesticated = include_str!("../../tests/fixtures/domesticated.csv");
            let other = other.with_domesticated(domesticated).unwrap();
            assert!(imported.joint(other.fingerprint()).is_none());
        }
        let same = Backbone::from_tables(taxa, synonyms, "").unwrap();
        assert!(imported.joint(same.fingerprint()).is_none(), "without the forms that listings exclude");
    }

    proptest::proptest! {
        /// Whatever stands in the cells, a name is answered: a cell answers for the letters in it alone.
        #[test]
        fn cells_of_any_bytes_are_answered_or_refused(
            seeds in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            cells in proptest::collection::vec(proptest::num::u8::ANY, 0..1000),
            letters in proptest::collection::vec(proptest::num::u8::ANY, 0..100),
        ) {
            let backbone = backbone();
            let file = Contents::of(&set()).joined(backbone.fingerprint(), JointTables { seeds, cells, letters });
            let alone = write(&set());
            let [joined, alone] = [&file, &alone].map(|file| ImportedNames::open(file).unwrap());
            let [joined, alone] =
                [&joined, &alone].map(|imported| Names { backbone: &backbone, imported: Some(imported) });
            for name in ["Falco", "Falco cherrug", "Prunella", "Masdevallia nova", "Falco nemo"] {
                let (found, expected) = (joined.resolve(name), alone.resolve(name));
                proptest::prop_assert_eq!(
                    (found.kind, found.taxon, found.accepted),
                    (expected.kind, expected.taxon, expected.accepted)
                );
            }
        }
    }

    #[test]
    fn a_changed_byte_of_a_joined_file_changes_no_answer() {
        let backbone = backbone();
        let (file, known) = (write_joined(&set(), &backbone), known(&backbone));
        let answers = |bytes: &[u8]| {
            let imported = ImportedNames::open(bytes)?;
            let names = Names { backbone: &backbone, imported: Some(&imported) };
            Ok::<_, ImportedError>(
                known.iter().map(|name| format!("{:?}", names.resolve(name))).collect::<Vec<_>>(),
            )
        };
        let whole = answers(&file).unwrap();
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 0x55;
            let Ok(found) = answers(&damaged) else { continue };
            for (found, whole) in found.iter().zip(&whole) {
                assert!(found == whole || found.contains("ImportDamaged"), "byte {at}: {found}");
            }
        }
    }

    #[test]
    fn imported_names_are_placed_in_the_shipped_tree() {
        check("Masdevallia nova", "exact Masdevallia nova (member)");
        check("Dracula nova (Nemo) Nemo", "synonym Masdevallia nova (member)");
        check("Masdevallia novo", "fuzzy Masdevallia nova (member) misspelt");
        check("Falco saqer", "synonym Falco cherrug");
        check("Falco cherrug", "exact Falco cherrug");
        check("Pongo nemo", "exact Pongo nemo (member)");
        check("Masdevallia nemo", "genus Masdevallia (unresolved) unknown-epithet");
    }

    #[test]
    fn a_range_comes_with_the_import() {
        let (backbone, file) = (backbone(), file());
        let imported = ImportedNames::open(&file).unwrap();
        let names = Names { backbone: &backbone, imported: Some(&imported) };
        assert_eq!(names.resolve("Falco altaicus").range.map(|range| range.countries().len()), Some(3));
        assert!(names.resolve("Falco peregrinus").range.is_none());
    }

    #[test]
    fn a_damaged_import_is_said_and_the_shipped_names_still_answer() {
        let backbone = backbone();
        let mut file = file();
        let middle = file.len() / 2;
        file[middle..].iter_mut().for_each(|byte| *byte ^= 1);
        let imported = ImportedNames::open(&file).unwrap();
        let names = Names { backbone: &backbone, imported: Some(&imported) };
        // Only where it lives is not known any more.
        assert_eq!(show(&names.resolve("Falco cherrug")), "exact Falco cherrug import-damaged");
        assert_eq!(
            show(&names.resolve("Falco nemo")),
            "genus Falco (unresolved) unknown-epithet import-damaged"
        );
        assert_eq!(show(&names.resolve("Quagga")), "none  (unresolved) unknown-genus import-damaged");
    }
}
