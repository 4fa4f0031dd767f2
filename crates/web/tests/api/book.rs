//! A small law book of the tests' own, so that answers are exact and a program starts at once; its rules are made
//! up. And the book of the tree, for what only the law itself can tell.

use std::path::Path;
use std::sync::LazyLock;

use law::book::{LawBook, Tables};
use web::Law;

const TREE: &str = "kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,example
Animalia,genus,Falco,Animalia,accepted,example
Animalia,species,Falco cherrug,Falco,accepted,example
Animalia,species,Falco rusticolus,Falco,accepted,example
Animalia,species,Falco eleonorae,Falco,accepted,example
";
const LISTINGS: &str = "sakers.II,Animalia,species,Falco cherrug,II,,,,,,,1975-07-01,,,,,,A made-up meeting,a made-up table,F,2026-11-24
gyrfalcons.I,Animalia,species,Falco rusticolus,I,,,,,,,1975-07-01,,,,,,A made-up meeting,a made-up table,M,2026-11-24
eleonora.II,Animalia,species,Falco eleonorae,II,,,,,,,1975-07-01,,,2026-12-10,,,A made-up meeting,a made-up table,F,2026-11-24
eleonora.I,Animalia,species,Falco eleonorae,I,,,,,,,2026-12-10,,,,,,The next meeting,a made-up table,F,2026-11-24
";
const RULES: &str = r#"
about = "Made-up rules of the tests."
stage = "documents"

[[rule]]
id = "made-up-export-permit"
title = "Appendix II goes out with an export permit"
when = { appendix = "II", direction = "export" }
outcome = "require"
documents = [{ kind = "export-permit", issued_by = "exporter", order = 2, why = "it is made up so" }]
in_force = { from = 1975-07-01 }
checked = 2026-11-24
confidence = "F"
source = { title = "A made-up treaty", clause = "Art. 4" }

[[rule]]
id = "made-up-commercial-ban"
title = "Appendix I does not go out for trade"
when = { appendix = "I", direction = "export", purpose_export = "T" }
outcome = "refuse"
in_force = { from = 1975-07-01 }
checked = 2026-11-24
confidence = "F"
source = { title = "A made-up treaty", clause = "Art. 3" }

[[rule]]
id = "made-up-appendix-one"
title = "Appendix I goes out with an export permit after the import permit"
when = { appendix = "I", direction = "export" }
outcome = "require"
documents = [
  { kind = "import-permit", issued_by = "importer", order = 1, before = ["export-permit"], shown_at = "import", why = "it comes first" },
  { kind = "export-permit", issued_by = "exporter", order = 2, why = "it is made up so" },
]
in_force = { from = 1975-07-01 }
checked = 2026-11-24
confidence = "F"
source = { title = "A made-up treaty", clause = "Art. 3" }
"#;

/// The headings of the tables that have no row here.
const EMPTY: [(&str, &str); 10] = [
    ("species/synonyms.csv", "kingdom,name,accepted,kind,from,source\n"),
    ("species/domesticated.csv", "kingdom,name,wild_taxon,note,source,checked\n"),
    ("law/populations.csv", "key,name,members,source,checked\n"),
    ("law/annotations.csv", include_str!("../../../../data/law/annotations.csv")),
    ("law/deemed.csv", include_str!("../../../../data/law/deemed.csv")),
    ("law/suspensions.csv", include_str!("../../../../data/law/suspensions.csv")),
    ("law/quotas.csv", include_str!("../../../../data/law/quotas.csv")),
    ("law/quotas_yearly.csv", include_str!("../../../../data/law/quotas_yearly.csv")),
    ("law/reservations.csv", include_str!("../../../../data/law/reservations.csv")),
    ("law/pairs.csv", include_str!("../../../../data/law/pairs.csv")),
];

static BOOK: LazyLock<LawBook> = LazyLock::new(|| LawBook::from_tables(tables()).unwrap());

fn tables() -> Tables {
    let heading = |text: &str| format!("{}\n", text.lines().next().unwrap());
    let mut tables = Tables::new();
    for (path, text) in EMPTY {
        tables.insert(path, heading(text));
    }
    tables.insert("species/taxa.csv", TREE);
    tables.insert(
        "species/vernacular.csv",
        "kingdom,taxon,language,name,source\nAnimalia,Falco cherrug,en,saker,example\n",
    );
    let listings = heading(include_str!("../../../../data/law/listings.csv"));
    tables.insert("law/listings.csv", listings + LISTINGS);
    tables.insert("law/rules/made_up.toml", RULES);
    tables
}

/// The law of the tests, for an office of China.
pub fn law() -> Law {
    Law::of(&BOOK, "CN".parse().unwrap()).unwrap()
}

/// The law of the tree, for an office of China. It was checked when the program was built.
pub fn shipped() -> Law {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut tables = Tables::new();
    let mut folders: Vec<String> = ["species", "law", "packs"].map(str::to_owned).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(data.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if Tables::is_table(&name) {
                tables.insert(name, std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let edition = tables.edition();
    let book = Box::leak(Box::new(LawBook::open(tables, edition).unwrap()));
    Law::of(book, "CN".parse().unwrap()).unwrap()
}
