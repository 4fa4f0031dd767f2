//! The packs that are shipped, read as a whole and asked what an officer would ask.

use cites::{Day, Kingdom, Source, TaxonId, Term};
use species::{Backbone, Placement};

use super::*;
use crate::rule::{
    Ban, Carrier, Catalogue, Direction, MedicinalClass, NationalClass, Procedure, Regime, Truth,
};

macro_rules! files {
    ($folder:literal: $($file:literal)+) => {
        PackTables::new($folder, [$(($file, include_str!(concat!("../../../../data/packs/", $folder, "/", $file)))),+])
    };
}

fn china_tables() -> PackTables<'static> {
    files!("china": "pack.toml" "national_list.csv" "medicinal.csv" "prohibitions.csv" "carried_ban.csv"
        "commodity_hints.csv" "commodity_headings.csv" "designated_ports.csv" "approval.csv" "delegation.csv"
        "quarantine.csv" "list_effect.csv" "exemptions.csv" "livestock.csv" "list_corrections.csv" "placements.csv")
}

fn xinjiang_tables() -> PackTables<'static> {
    files!("xinjiang": "pack.toml" "ports.csv" "port_calendar.csv" "neighbours.csv" "agencies.csv" "reserves.csv"
        "species.csv")
}

fn backbone() -> Backbone {
    let read = Backbone::from_tables(
        include_str!("../../../../data/species/taxa.csv"),
        include_str!("../../../../data/species/synonyms.csv"),
        "",
    );
    read.unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>())
    })
}

fn told(errors: Vec<TableError>) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

pub(super) struct Shipped {
    pub(super) backbone: Backbone,
    pub(super) china: Pack,
    xinjiang: Pack,
}

pub(super) fn shipped() -> Shipped {
    let backbone = backbone();
    let read =
        |tables| Pack::from_tables(&tables, &backbone).unwrap_or_else(|errors| panic!("{}", told(errors)));
    let (china, xinjiang) = (read(china_tables()), read(xinjiang_tables()));
    Shipped { china, xinjiang, backbone }
}

const TODAY: Day = Day::new(2026, 11, 24);

impl Shipped {
    fn lineage(&self, kingdom: Kingdom, name: &str) -> Vec<TaxonId> {
        let found = self.backbone.find(Some(kingdom), name);
        let id = found.first().unwrap_or_else(|| panic!("{name} is not in the tree"));
        self.backbone.lineage(*id).collect()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn national_classes_follow_taxon_source_and_day() {
    let shipped = shipped();
    use NationalClass::{Nowhere, One, Two};
    let check = |name: &str,
                 kingdom: Kingdom,
                 source: Option<Source>,
                 on: &str,
                 expected: &[NationalClass]| {
        let lineage = shipped.lineage(kingdom, name);
        let asked = Asked { source, ..Asked::of(&lineage, day(on)) };
        let answer = shipped.china.national_class(&asked);
        let mut possible = answer.possible.to_vec();
        possible.sort_unstable();
        assert_eq!(possible, expected, "{name} {source:?} {on}");
        assert_eq!(answer.missing.is_empty(), expected.len() == 1 || !answer.held, "{name} {source:?} {on}");
    };
    let animal = |name, source, on, expected| check(name, Kingdom::Animalia, source, on, expected);
    let plant = |name, source, on, expected| check(name, Kingdom::Plantae, source, on, expected);
    let wild = Some(Source::Wild);
    let bred = Some(Source::CaptiveBred);
    animal("Saiga tatarica", None, "2026-11-24", &[One]);
    animal("Saiga tatarica", None, "2021-02-01", &[One]);
    animal("Saiga tatarica", None, "2021-01-31", &[One, Two, NationalClass::Regional, Nowhere]);
    animal("Falco cherrug", None, "2026-11-24", &[One]);
    animal("Testudo horsfieldii", bred, "2026-11-24", &[One]);
    animal("Cervus nippon", wild, "2026-11-24", &[One]);
    animal("Cervus nippon", bred, "2026-11-24", &[Nowhere]);
    animal("Cervus nippon", None, "2026-11-24", &[One, Nowhere]);
    animal("Cervus elaphus", wild, "2026-11-24", &[One, Two, Nowhere]);
    animal("Cervus canadensis", wild, "2026-11-24", &[Two]);
    animal("Cervus canadensis", bred, "2026-11-24", &[Nowhere]);
    animal("Cervus canadensis", None, "2026-11-24", &[Two, Nowhere]);
    animal("Cervus yarkandensis", None, "2026-11-24", &[One, Nowhere]);
    animal("Cervus wallichii", None, "2026-11-24", &[One]);
    animal("Hippocampus", wild, "2026-11-24", &[Two]);
    animal("Loxodonta africana", None, "2026-11-24", &[Nowhere]);
    animal("Coralliidae", None, "2026-11-24", &[One]);
    animal("Scleractinia", None, "2026-11-24", &[Two]);
    animal("Moschus", None, "2026-11-24", &[One, Nowhere]);
    plant("Cistanche deserticola", wild, "2026-11-24", &[Two]);
    plant("Cistanche deserticola", Some(Source::ArtificiallyPropagated), "2026-11-24", &[Nowhere]);
    plant("Cistanche deserticola", None, "2021-09-06", &[One, Two, NationalClass::Regional, Nowhere]);
    plant("Dendrobium huoshanense", wild, "2026-11-24", &[One]);
    plant("Dendrobium", wild, "2026-11-24", &[One, Two]);
    plant("Cymbidium", wild, "2026-11-24", &[One, Two, Nowhere]);
    plant("Camellia taliensis", wild, "2026-11-24", &[Two]);
    plant("Camellia", wild, "2026-11-24", &[One, Two, Nowhere]);
}

#[test]
fn a_member_that_the_tree_does_not_name_takes_the_class_of_its_genus() {
    let shipped = shipped();
    let lineage = shipped.lineage(Kingdom::Plantae, "Cymbidium");
    let class = |accepted: &str, placement: Placement| {
        let source = Some(Source::Wild);
        let asked = Asked { accepted, placement, source, ..Asked::of(&lineage, TODAY) };
        shipped.china.national_class(&asked).possible.to_vec()
    };
    assert_eq!(class("Cymbidium ensifolium", Placement::KnownMember), [NationalClass::Two]);
    assert_eq!(class("Cymbidium lancifolium", Placement::KnownMember), [NationalClass::Nowhere]);
    assert!(class("", Placement::UnresolvedMember).len() > 1);
}

#[test]
fn the_lists_hold_as_many_entries_as_the_announcements_state() {
    let shipped = shipped();
    for figure in shipped.china.founding_figures() {
        assert_eq!(figure.sourced, Some(figure.founding), "{}", figure.what);
    }
    let entries = shipped.china.national_list().entries();
    let of = |side: ManagingSide| entries.iter().filter(|entry| entry.side == side).count();
    assert_eq!(of(ManagingSide::Fishery), 294 + 8);
    assert_eq!(of(ManagingSide::Agriculture), 131 + 15);
    assert_eq!(of(ManagingSide::Forestry), 686 + 324 + 25);
}

#[test]
fn founding_figures_stand_beside_what_is_sourced() {
    let figures = shipped().xinjiang.founding_figures();
    let told: Vec<String> = figures
        .iter()
        .map(|figure| format!("{} {:?} of {}", figure.what, figure.sourced, figure.founding))
        .collect();
    let expected = [
        "border-km None of 5600",
        "neighbours Some(8) of 8",
        "ports Some(19) of 31",
        "protected-animals Some(17) of 103",
        "protected-plants Some(13) of 20",
        "cites-species None of 117",
        "regional-species None of 3",
        "reserves Some(17) of 44",
        "national-reserves Some(9) of 11",
        "agencies Some(4) of 11",
    ];
    assert_eq!(told, expected);
}

#[test]
fn every_native_species_of_the_region_may_be_protected() {
    let shipped = shipped();
    for species in shipped.xinjiang.region().species.iter().filter(|species| species.native == Some(true)) {
        let lineage = shipped.lineage(species.kingdom, species.taxon.name());
        let asked = Asked { source: Some(Source::Wild), ..Asked::of(&lineage, TODAY) };
        let possible = shipped.china.national_class(&asked).possible.to_vec();
        assert_ne!(possible, [NationalClass::Nowhere], "{}", species.taxon.name());
    }
}

#[test]
fn medicinal_classes_follow_taxon_and_kind() {
    let shipped = shipped();
    use MedicinalClass::{Nowhere, One, Three, Two};
    let check = |name: &str,
                 kingdom: Kingdom,
                 term: Option<Term>,
                 source: Option<Source>,
                 expected: &[MedicinalClass]| {
        let lineage = shipped.lineage(kingdom, name);
        let asked = Asked { term, source, ..Asked::of(&lineage, TODAY) };
        let answer = shipped.china.medicinal_class(&asked);
        assert_eq!(answer.possible.to_vec(), expected, "{name} {term:?} {source:?}");
    };
    let wild = Some(Source::Wild);
    check("Saiga tatarica", Kingdom::Animalia, Some(Term::Horn), wild, &[One]);
    check("Saiga tatarica", Kingdom::Animalia, Some(Term::Skin), wild, &[Nowhere]);
    check("Saiga tatarica", Kingdom::Animalia, Some(Term::Medicine), wild, &[One, Nowhere]);
    check("Saiga tatarica", Kingdom::Animalia, None, wild, &[One, Nowhere]);
    check("Panthera uncia", Kingdom::Animalia, Some(Term::Bones), wild, &[One]);
    check("Moschus moschiferus", Kingdom::Animalia, Some(Term::Musk), wild, &[Two]);
    check("Cervus nippon", Kingdom::Animalia, Some(Term::Horn), Some(Source::CaptiveBred), &[One, Nowhere]);
    check("Cistanche deserticola", Kingdom::Plantae, Some(Term::Stem), wild, &[Three]);
    check("Falco cherrug", Kingdom::Animalia, Some(Term::Live), wild, &[Nowhere]);
}

#[test]
fn bans_follow_taxon_kind_regime_and_day() {
    let shipped = shipped();
    let check = |name: &str, term: Term, direction: Direction, on: &str, expected: &[Ban]| {
        let lineage = shipped.lineage(Kingdom::Animalia, name);
        let mut asked = Asked::of(&lineage, day(on));
        asked.term = Some(term);
        asked.direction = Some(direction);
        asked.purpose = Some(cites::Purpose::Personal);
        asked.regime = Some(Regime::PreConvention);
        asked.circumstances.for_food = Truth::No;
        asked.circumstances.convention_forbids_commerce = Truth::No;
        assert_eq!(
            shipped.china.prohibitions(&asked).possible.to_vec(),
            expected,
            "{name} {term:?} {direction:?} {on}"
        );
    };
    use Direction::{Export, Import, Transit};
    let elephant = "Loxodonta africana";
    check(elephant, Term::Tusk, Import, "2016-03-19", &[Ban::No]);
    check(elephant, Term::Tusk, Import, "2016-03-20", &[Ban::Prohibited]);
    check(elephant, Term::Tusk, Import, "2019-12-31", &[Ban::Prohibited]);
    check(elephant, Term::Tusk, Import, "2020-01-01", &[Ban::Refer]);
    check(elephant, Term::Skin, Import, "2019-12-31", &[Ban::No]);
    check("Diceros bicornis", Term::Horn, Transit, "1993-05-28", &[Ban::No]);
    check("Diceros bicornis", Term::Horn, Transit, "1993-05-29", &[Ban::Prohibited]);
    check("Panthera tigris", Term::Bones, Import, "2018-11-01", &[Ban::Refer]);
    check("Panthera tigris", Term::Bones, Import, "2018-12-13", &[Ban::Prohibited]);
    check("Panthera tigris", Term::Skin, Import, "2018-12-13", &[Ban::Prohibited]);
    check("Panthera tigris", Term::Live, Import, "2026-11-24", &[Ban::No]);
    check("Pantholops hodgsonii", Term::Cloth, Export, "2026-11-24", &[Ban::Refer]);
    check("Falco cherrug", Term::Live, Import, "2026-11-24", &[Ban::No]);
}

#[test]
fn game_meat_is_forbidden_as_food_only() {
    let shipped = shipped();
    let lineage = shipped.lineage(Kingdom::Animalia, "Canis lupus");
    let ban = |for_food: Truth| {
        let mut asked = Asked::of(&lineage, TODAY);
        asked.term = Some(Term::Meat);
        asked.direction = Some(Direction::Import);
        asked.circumstances =
            Circumstances { for_food, convention_forbids_commerce: Truth::No, ..Circumstances::default() };
        shipped.china.prohibitions(&asked).possible.to_vec()
    };
    assert_eq!(ban(Truth::Yes), [Ban::Prohibited]);
    assert_eq!(ban(Truth::No), [Ban::No]);
    assert_eq!(ban(Truth::Unknown), [Ban::Prohibited, Ban::No]);
}

#[test]
fn what_a_traveller_carries_is_barred_by_its_kind() {
    let shipped = shipped();
    let check = |name: &str, term: Term, carrier: Carrier, on: &str, expected: Truth| {
        let lineage = shipped.lineage(Kingdom::Animalia, name);
        let mut asked = Asked::of(&lineage, day(on));
        asked.term = Some(term);
        asked.direction = Some(Direction::Import);
        asked.carrier = Some(carrier);
        asked.procedure = Some(Procedure::Ordinary);
        assert_eq!(shipped.china.carried_ban(&asked).fit.truth, expected, "{name} {term:?} {carrier:?} {on}");
    };
    check("Falco peregrinus", Term::Live, Carrier::Baggage, "2026-11-24", Truth::Yes);
    check("Falco peregrinus", Term::Live, Carrier::Cargo, "2026-11-24", Truth::No);
    check("Acipenser gueldenstaedtii", Term::Caviar, Carrier::Baggage, "2026-11-24", Truth::Yes);
    check("Saiga tatarica", Term::Horn, Carrier::Post, "2021-10-20", Truth::Yes);
    check("Saiga tatarica", Term::Horn, Carrier::Post, "2021-10-19", Truth::Unknown);
    check("Panthera uncia", Term::CarvingBone, Carrier::Baggage, "2026-11-24", Truth::Unknown);
    check("Moschus moschiferus", Term::Musk, Carrier::Express, "2026-11-24", Truth::Yes);
}

#[test]
fn ports_are_open_closed_or_not_known() {
    let shipped = shipped();
    let opening = |port: &str, on: &str| match shipped.xinjiang.port_open(port, day(on)).opening {
        Opening::Open(Traffic::Freight) => "freight",
        Opening::Open(_) => "open",
        Opening::Closed => "closed",
        Opening::Unknown { .. } => "unknown",
    };
    for (port, on, expected) in [
        ("horgos", "2026-06-01", "open"),
        ("Khorgos", "2026-03-24", "unknown"),
        ("霍尔果斯口岸", "2025-10-03", "closed"),
        ("Horgos", "2025-10-04", "open"),
        ("horgos", "2025-10-06", "closed"),
        ("horgos", "2026-10-02", "unknown"),
        ("horgos-rail", "2023-10-02", "open"),
        ("horgos", "2023-10-02", "closed"),
        ("horgos", "2022-06-01", "unknown"),
        ("irkeshtam", "2025-10-05", "freight"),
        ("khunjerab", "2023-11-30", "open"),
        ("khunjerab", "2023-12-15", "unknown"),
        ("khunjerab", "2024-06-15", "open"),
        ("khunjerab", "2024-01-15", "unknown"),
        ("khunjerab", "2024-12-15", "open"),
        ("karasu", "2014-04-19", "unknown"),
        ("karasu", "2014-12-05", "closed"),
        ("karasu", "2014-11-05", "unknown"),
        ("karasu", "2026-06-05", "open"),
        ("karasu", "2026-12-05", "unknown"),
        ("hongshanzui", "2026-07-05", "open"),
        ("hongshanzui", "2026-07-15", "unknown"),
        ("hongshanzui", "2026-11-24", "closed"),
        ("laoyemiao", "2026-08-20", "open"),
        ("laoyemiao", "2026-09-20", "unknown"),
        ("takeshiken", "2026-11-24", "open"),
        ("ulastai", "2026-07-01", "unknown"),
        ("ulastai", "2025-10-05", "closed"),
        ("bedel", "2026-07-01", "unknown"),
        ("urumqi-airport", "2026-10-02", "open"),
        ("nowhere", "2026-07-01", "unknown"),
    ] {
        assert_eq!(opening(port, on), expected, "{port} {on}");
    }
}

#[test]
fn no_port_is_designated_until_an_office_confirms_it() {
    let Shipped { xinjiang, backbone, .. } = shipped();
    assert_eq!(xinjiang.designated("horgos", TODAY), None);
    let states =
        |pack: &Pack| pack.port_states(pack.port("Khorgos").unwrap(), day("2026-06-01")).collect::<Vec<_>>();
    assert_eq!(states(&xinjiang), [PortState::Undesignated]);
    let table = "port,goods,designated,from,until,note,source,confidence,checked,person,day\n\
                 horgos,,yes,2026-01-01,,,letter of the office,F,2026-02-01,A. Officer,2026-02-02\n";
    let overlay = PackTables::new("office", [("designated_ports.csv", table)]);
    let pack = xinjiang.with_overlay(&overlay, &backbone).unwrap();
    assert_eq!(pack.designated("霍尔果斯", TODAY), Some(true));
    assert_eq!(pack.designated("horgos", day("2025-12-31")), None);
    assert_eq!(states(&pack), [PortState::Designated]);
}

#[test]
fn a_customs_code_hints_and_never_clears() {
    let shipped = shipped();
    let hint = shipped.china.commodity_hint("0106.11.1000");
    assert_eq!(hint.catalogue("0106111000"), Some(Catalogue::Listed));
    assert!(hint.headings.iter().any(|heading| &*heading.hs == "0106"));
    assert!(!hint.verified().is_yes());
    let none = shipped.china.commodity_hint("8471300000");
    assert!(none.codes.is_empty() && none.headings.is_empty());
    assert_eq!(none.catalogue("8471300000"), None);
    assert_eq!(shipped.china.commodity_hint("0501000000").catalogue("0501000000"), None);
}

#[test]
fn validity_of_a_paper_hangs_on_its_day_of_issue() {
    let shipped = shipped();
    let paper = shipped.china.document("cn/species-certificate-multi".parse().unwrap()).unwrap();
    let last =
        |issued: &str| paper.validity_on(day(issued)).map(|validity| validity.cap.last_day(day(issued)));
    assert_eq!(last("2014-04-30"), Some(day("2014-12-31")));
    assert_eq!(last("2014-05-01"), Some(day("2015-04-26")));
    assert_eq!(last("1999-12-31"), None);
}

#[test]
fn groups_kept_by_the_state_are_told_with_their_days() {
    let shipped = shipped();
    let kept = |name: &str, on: &str| {
        let lineage = shipped.lineage(Kingdom::Animalia, name);
        let asked = Asked::of(&lineage, day(on));
        shipped.china.procedures().delegations_of(&asked).any(|(row, fit)| row.excluded && fit.is_yes())
    };
    assert!(kept("Ursus arctos", "2019-01-01"));
    assert!(!kept("Ursus arctos", "2019-10-01"));
    assert!(!kept("Canis lupus", "2019-01-01"));
}
