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
