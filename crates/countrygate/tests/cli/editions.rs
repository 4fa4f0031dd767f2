//! Editions: an answer given again under the book it was given under, and files that cannot be used.

use std::path::{Path, PathBuf};

use crate::run::{Run, run, run_with};

const LISTINGS: &str = include_str!("../../../../data/law/listings.csv");
const SUSPENSIONS: &str = include_str!("../../../../data/law/suspensions.csv");

/// A live falcon from Kazakhstan, and a line that suspensions of that State bear on.
const DECLARATION: &str = "direction = \"import\"\nprocedure = \"ordinary\"\ncarrier = \"cargo\"\n\n[dates]\narrived = 2024-06-01\n\n\
    [countries]\nexport = \"KZ\"\nimport = \"AE\"\norigin = \"KZ\"\nvia = []\n\n[purpose]\nexport = \"T\"\nimport = \"T\"\n\n\
    [[line]]\nname = \"Falco cherrug\"\nterm = \"LIV\"\nquantity = \"2 NAR\"\nsource = \"W\"\n";

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(office.path("data")).unwrap();
        std::fs::write(office.path("declaration.toml"), DECLARATION).unwrap();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Lays a table over the shipped ones.
    fn lay(&self, path: &str, text: &str) {
        let path = self.path("book").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn check(&self, more: &[&str]) -> Run {
        let (file, data) = (self.text("declaration.toml"), self.text("data"));
        let mut arguments = vec!["check", &file, "--format", "json", "--data", &data];
        arguments.extend(more);
        run(&arguments)
    }

    fn editions(&self, more: &[&str]) -> Run {
        let data = self.text("data");
        let mut arguments = vec!["law", "editions"];
        arguments.extend(more);
        arguments.extend(["--data", &data]);
        run(&arguments)
    }

    fn files(&self) -> Vec<PathBuf> {
        let folder = self.path("data/editions");
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn edition(run: &Run) -> String {
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    answer["edition"].as_str().unwrap().to_owned()
}

fn verdict(run: &Run) -> String {
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    answer["verdict"].as_str().unwrap().to_owned()
}

/// The shipped entries, with the saker falcon moved to Appendix I.
fn saker_in_appendix_one() -> String {
    let (row, name) = ("falco-cherrug.2023-01-01.I", "Falco cherrug");
    format!("{LISTINGS}{row},Animalia,species,{name},I,,,,,,,2023-01-01,,,,,,test,test,F,2026-11-24\n")
}

#[test]
fn an_answer_is_given_again_under_the_edition_it_names() {
    let office = Office::new();
    let first = office.check(&[]);
    let shipped = edition(&first);
    assert!(first.err.contains(&format!("edition {shipped} is kept in")), "{}", first.err);
    assert_eq!(office.check(&[]).err, "", "it is kept once");

    office.lay("law/listings.csv", &saker_in_appendix_one());
    let book = office.text("book");
    let second = office.check(&["--book", &book]);
    let other = edition(&second);
    assert_ne!(shipped, other);
    assert_ne!(verdict(&first), verdict(&second), "{}", second.out);

    // The first answer again, whatever the book says now.
    for more in [&["--edition", &shipped][..], &["--edition", &shipped[..6], "--book", &book]] {
        let again = office.check(more);
        assert_eq!((&again.out, again.code), (&first.out, first.code), "{}", again.err);
    }
    // And the second, when the book is gone.
    std::fs::remove_dir_all(office.path("book")).unwrap();
    let again = office.check(&["--edition", &other[..12]]);
    assert_eq!((&again.out, again.code, &*again.err), (&second.out, second.code, ""));
}

#[test]
fn what_an_office_confirmed_is_kept_with_its_edition() {
    let office = Office::new();
    let header = SUSPENSIONS.lines().next().unwrap();
    let cells: Vec<&str> = header
        .split(',')
        .map(|column| match column {
            "id" => "kz.falco-cherrug.2023-01-01",
            "country" => "KZ",
            "basis" => "national",
            "direction" => "export",
            "kingdom" => "Animalia",
            "taxon" => "Falco cherrug",
            "scope" => "all",
            "from" => "2023-01-01",
            "verified_to" => "2026-01-01",
            "source" => "letter of the authority",
            "confidence" => "F",
            "checked" => "2026-01-01",
            _ => "",
        })
        .collect();
    let row = cells.join(",");
    office.lay("office/law/suspensions.csv", &format!("{header},person,day\n{row},A. Officer,2026-01-02\n"));
    let book = office.text("book");
    let kept = office.editions(&["keep", "--book", &book]);
    assert_eq!(kept.code, 0, "{}", kept.err);
    let with_book = office.check(&["--book", &book]);
    assert_eq!((verdict(&with_book).as_str(), &*with_book.err), ("prohibited", ""));
    std::fs::remove_dir_all(office.path("book")).unwrap();
    let again = office.check(&["--edition", &edition(&with_book)]);
    assert_eq!(again.out, with_book.out, "{}", again.err);
    let before = office.check(&[]);
    let (one, other) = (edition(&before), edition(&again));
    let differ = office.editions(&["diff", &one, &other, "--format", "csv"]);
    assert_eq!(differ.rows()[0][..3], ["office/law/suspensions.csv", "kz.falco-cherrug.2023-01-01", "added"]);
    let whole = office.editions(&["diff", &one]);
    assert!(whole.out.contains("No table differs."), "{}", whole.out);
}

#[test]
fn an_edition_that_is_not_at_hand_is_answered_with_those_that_are() {
    let office = Office::new();
    let shipped = edition(&office.check(&[]));
    let unknown = office.check(&["--edition", "000000"]);
    assert_eq!((unknown.code, &*unknown.out), (1, ""));
    assert!(unknown.err.contains("edition `000000` is not at hand; at hand are"), "{}", unknown.err);
    assert!(unknown.err.contains(&format!("{shipped} (shipped)")), "{}", unknown.err);
    for digits in ["00000", "00000g", ""] {
        assert_eq!(office.check(&["--edition", digits]).code, 2, "{digits}");
    }
    let without = run(&["doctor", "--edition", "000000"]);
    assert!(without.err.contains("name their folder with `--data DIR`"), "{}", without.err);
}

#[test]
fn every_command_answers_under_the_edition_that_is_told() {
    let office = Office::new();
    office.lay("law/listings.csv", &saker_in_appendix_one());
    let (book, data) = (office.text("book"), office.text("data"));
    let kept = office.editions(&["keep", "--book", &book, "--format", "json"]);
    let other = edition(&kept);
    std::fs::remove_dir_all(office.path("book")).unwrap();
    let options = ["--data", &data, "--edition", &other[..8]];
    let asked = |arguments: &[&str], input: &[u8]| run_with(&[arguments, &options[..]].concat(), input);
    let status = asked(&["law", "status", "--on", "2024-06-01"], b"Falco cherrug\tKZ\n");
    assert_eq!(status.rows()[0][3], "I", "{}", status.err);
    assert!(asked(&["law", "show", "Falco cherrug", "--on", "2024-06-01"], b"").out.contains("Appendix I"));
    assert!(asked(&["species", "Falco cherrug", "--on", "2024-06-01"], b"").out.contains("Appendix I\n"));
    let diff = asked(&["law", "diff", "2022-12-31", "2023-01-01"], b"");
    assert!(diff.out.contains("falco-cherrug.2023-01-01.I"), "{}{}", diff.out, diff.err);
    assert!(asked(&["doctor"], b"").out.contains(&other[..12]));
}

fn damage(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_file_is_an_error_and_never_half_an_answer() {
    let office = Office::new();
    office.lay("law/listings.csv", &saker_in_appendix_one());
    let book = office.text("book");
    let kept = office.editions(&["keep", "--book", &book, "--format", "json"]);
    let other = edition(&kept);
    let file = office.files().remove(0);
    let whole = std::fs::read(&file).unwrap();
    for (expected, change) in [
        ("damaged", (|bytes: &mut Vec<u8>| bytes[5000] ^= 1) as fn(&mut Vec<u8>)),
        ("damaged", |bytes| bytes.truncate(9000)),
        ("cut", |bytes| bytes.truncate(50)),
        ("no file of an edition", |bytes| bytes.clear()),
        ("has format 9", |bytes| bytes[8] = 9),
    ] {
        std::fs::write(&file, &whole).unwrap();
        damage(&file, change);
        let asked = office.check(&["--edition", &other]);
        assert_eq!((asked.code, &*asked.out), (1, ""), "{expected}");
        assert!(asked.err.contains(expected), "{expected}: {}", asked.err);
        let verified = office.editions(&["verify"]);
        assert_eq!(verified.code, 10, "{expected}");
        assert!(verified.out.contains("CANNOT BE USED"), "{}", verified.out);
    }
    // A file under the name of another edition.
    std::fs::write(file.with_file_name(format!("{}.cge", "ab".repeat(32))), &whole).unwrap();
    let asked = office.check(&["--edition", "ababab"]);
    assert!(asked.code == 1 && asked.err.contains(&format!("holds edition {other}")), "{}", asked.err);
    // Keeping it again mends the damaged one.
    let again = office.editions(&["keep", "--book", &book, "--format", "json"]);
    assert!(again.out.contains("\"written\": true"), "{}", again.out);
    assert_eq!(std::fs::read(&file).unwrap(), whole);
}

#[test]
fn editions_at_hand_are_listed_and_verified() {
    let office = Office::new();
    let shipped = edition(&office.check(&[]));
    let listed = office.editions(&["list", "--format", "csv"]);
    let places: Vec<[String; 2]> =
        listed.rows().into_iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
    assert_eq!(
        places,
        [[shipped.clone(), "shipped".to_owned()], [shipped.clone(), "kept".to_owned()]],
        "{}",
        listed.out
    );
    let verified = office.editions(&["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert_eq!(verified.out.matches("sound:").count(), 2, "{}", verified.out);
    let homeless = run(&["law", "editions", "keep"]);
    assert!(homeless.code == 1 && homeless.err.contains("add `--data DIR`"), "{}", homeless.err);
}
