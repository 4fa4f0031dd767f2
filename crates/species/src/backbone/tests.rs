//! The tree is walked, names are found, and every fault of the tables is told.

use cites::{Kingdom, Rank};

use super::*;
use crate::TableError;

const TAXA: &str = include_str!("../../tests/fixtures/taxa.csv");
const SYNONYMS: &str = include_str!("../../tests/fixtures/synonyms.csv");
const VERNACULAR: &str = include_str!("../../tests/fixtures/vernacular.csv");

fn backbone() -> Backbone {
    Backbone::from_tables(TAXA, SYNONYMS, VERNACULAR).unwrap()
}

fn one(backbone: &Backbone, name: &str) -> TaxonId {
    let found = backbone.find(None, name);
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn names(backbone: &Backbone, taxa: impl Iterator<Item = TaxonId>) -> Vec<&str> {
    taxa.map(|taxon| backbone.name(taxon)).collect()
}

#[test]
fn the_tree_is_walked_up_and_down() {
    let backbone = backbone();
    let bear = one(&backbone, "Ursus arctos isabellinus");
    let above = [
        "Ursus arctos isabellinus",
        "Ursus arctos",
        "Ursus",
        "Ursidae",
        "Carnivora",
        "Mammalia",
        "Chordata",
        "Animalia",
    ];
    assert_eq!(names(&backbone, backbone.lineage(bear)), above);
    let falcons = one(&backbone, "Falconiformes");
    let below = ["Falconidae", "Falco", "Falco cherrug", "Falco rusticolus", "Falco peregrinus"];
    assert_eq!(names(&backbone, backbone.descendants(falcons)), below);
    assert_eq!(names(&backbone, backbone.children(falcons)), ["Falconidae"]);
    assert!(backbone.is_within(bear, one(&backbone, "Carnivora")) && !backbone.is_within(bear, falcons));
    assert_eq!(backbone.at_rank(bear, Rank::Family), Some(one(&backbone, "Ursidae")));
    assert_eq!(backbone.common([bear, one(&backbone, "Canis lupus")]), Some(one(&backbone, "Carnivora")));
    assert_eq!(backbone.common([bear, one(&backbone, "Aloe ferox")]), None);
    assert_eq!(backbone.common([]), None);
}

#[test]
fn names_are_found_by_kingdom_and_by_synonym() {
    let backbone = backbone();
    let saker = one(&backbone, "Falco cherrug");
    assert_eq!(backbone.find(Some(Kingdom::Animalia), "Falco altaicus"), [saker]);
    assert_eq!(backbone.find(Some(Kingdom::Plantae), "Falco altaicus"), []);
    assert_eq!(backbone.find(None, "Prunella").len(), 2);
    assert_eq!(backbone.find(Some(Kingdom::Plantae), "Prunella").len(), 1);
    let synonyms: Vec<_> = backbone.synonyms(one(&backbone, "Panthera uncia")).collect();
    let day = "2017-01-02".parse().ok();
    assert_eq!(synonyms, [("Uncia uncia", SynonymKind::Renamed(day))]);
    assert_eq!((backbone.len(), backbone.synonym_count()), (TAXA.lines().count() - 1, 4));
}

#[test]
fn common_names_come_in_the_order_of_the_table() {
    let backbone = backbone();
    let saker = one(&backbone, "Falco cherrug");
    assert_eq!(backbone.vernaculars(saker, Language::English).collect::<Vec<_>>(), ["Saker Falcon", "Saker"]);
    assert_eq!(backbone.vernacular(saker, Language::Chinese), Some("猎隼"));
    assert_eq!(backbone.vernacular(one(&backbone, "Panthera uncia"), Language::Russian), None);
}

#[test]
fn an_id_of_another_backbone_answers_nothing() {
    let backbone = backbone();
    let other = TaxonId(10_000);
    assert_eq!((backbone.name(other), backbone.parent(other)), ("", None));
    assert_eq!(
        backbone.lineage(other).count()
            + backbone.children(other).count()
            + backbone.descendants(other).count(),
        0
    );
    assert_eq!(backbone.vernacular(other, Language::English), None);
    // Numbers just beyond the taxa are those of synonyms, which have no id.
    assert_eq!(backbone.name(TaxonId(backbone.len() as u32)), "");
}

#[track_caller]
fn check_faults(taxa: &str, synonyms: &str, vernacular: &str, expected: &[&str]) {
    let header = "kingdom,rank,name,parent,status,source\n";
    let synonyms = format!("kingdom,name,accepted,kind,from,source\n{synonyms}");
    let vernacular = format!("kingdom,taxon,language,name,source\n{vernacular}");
    let built = Backbone::from_tables(&format!("{header}{taxa}"), &synonyms, &vernacular);
    let found: Vec<String> =
        built.map_or_else(|errors| errors, |_| Vec::new()).iter().map(TableError::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_fault_of_the_tables_is_told_with_its_line() {
    let falco = "Animalia,genus,Falco,,accepted,x\n";
    check_faults(
        &format!("{falco}{falco}"),
        "",
        "",
        &["taxa.csv line 3: `Falco` is in the table already, on line 2; keep one of the two rows"],
    );
    check_faults(
        "Animalia,species,Falco cherrug,Falco,accepted,x\n",
        "",
        "",
        &["taxa.csv line 2: no row above has the parent `Falco`; add it, or put it before its children"],
    );
    check_faults(
        &format!("Animalia,species,Falco cherrug,Falco,accepted,x\n{falco}"),
        "",
        "",
        &["taxa.csv line 2: no row above has the parent `Falco`; add it, or put it before its children"],
    );
    check_faults(
        &format!("{falco}Animalia,genus,Hierofalco,Falco,accepted,x\n"),
        "",
        "",
        &[
            "taxa.csv line 3: the parent `Falco` is not of a higher rank than its child; correct the rank or the parent",
        ],
    );
    check_faults(
        "Fungi,genus,Boletus,,accepted,x\nAnimalia,tribe,Felini,,accepted,x\nAnimalia,genus,Felis,,valid,x\n",
        "",
        "",
        &[
            "taxa.csv line 2: column kingdom: `Fungi` is not a kingdom; write Animalia or Plantae",
            "taxa.csv line 3: column rank: `tribe` is not a rank; write one such as family, genus, species or subspecies",
            "taxa.csv line 4: column status: `valid` is not known; write accepted or historic",
        ],
    );
    check_faults(
        falco,
        "Animalia,Hierofalco,Falko,synonym,,x\nAnimalia,Hierofalco,Falco,alias,,x\nAnimalia,Gennaia,Falco,renamed,2017-02-30,x\n",
        "",
        &[
            "synonyms.csv line 3: column kind: `alias` is not known; write synonym, renamed, spelling or trade",
            "synonyms.csv line 4: column from: `2017-02-30` is not in the calendar; check the month and the day",
            "synonyms.csv line 2: `Falko` is not an accepted name of taxa.csv; add the taxon or correct the name",
        ],
    );
    check_faults(
        falco,
        "Animalia,Hierofalco,Falco,synonym,,x\nAnimalia,HIEROFALCO,Falco,spelling,,x\n",
        "",
        &["synonyms.csv line 3: `HIEROFALCO` is in the table already, on line 2; keep one of the two rows"],
    );
    check_faults(
        falco,
        "",
        "Animalia,Falco,kk,сұңқар,x\nAnimalia,Aquila,en,Eagle,x\n",
        &[
            "vernacular.csv line 2: column language: `kk` is not known; write zh, en or ru",
            "vernacular.csv line 3: `Aquila` is not an accepted name of taxa.csv; add the taxon or correct the name",
        ],
    );
}

#[test]
fn a_variety_is_one_name_with_and_without_its_marker() {
    let rows = "Plantae,genus,Aloe,,accepted,x\nPlantae,species,Aloe laeta,Aloe,accepted,x\n\
                Plantae,variety,Aloe laeta var. maniaensis,Aloe laeta,accepted,x\n\
                Plantae,variety,Aloe laeta maniaensis,Aloe laeta,accepted,x\n";
    check_faults(
        rows,
        "",
        "",
        &[
            "taxa.csv line 5: `Aloe laeta maniaensis` is in the table already, on line 4; keep one of the two rows",
        ],
    );
}

#[test]
fn a_lumped_name_stands_below_the_taxon_it_belongs_to() {
    let rows = "Animalia,genus,Ovis,,accepted,x\nAnimalia,species,Ovis aries,Ovis,accepted,x\n\
                Animalia,species,Ovis vignei,Ovis aries,historic,x\n";
    check_faults(rows, "", "", &[]);
    check_faults(
        &rows.replace("historic", "accepted"),
        "",
        "",
        &[
            "taxa.csv line 4: the parent `Ovis aries` is not of a higher rank than its child; correct the rank or the parent",
        ],
    );
}
