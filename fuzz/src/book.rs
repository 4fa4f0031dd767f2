//! What targets read: the shipped book, and a small one that is built in a moment.

use std::sync::OnceLock;

use law::book::{LawBook, Tables};
use species::Backbone;

/// The shipped book, opened once.
pub fn shipped() -> &'static LawBook {
    static BOOK: OnceLock<LawBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        countrygate::door::shipped_book().unwrap_or_else(|error| unreachable!("the shipped book: {error:#}"))
    })
}

/// The taxa of the small book. One name lives in both kingdoms.
pub const TAXA: &str = "\
kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,example
Animalia,family,Falconidae,Animalia,accepted,example
Animalia,genus,Falco,Falconidae,accepted,example
Animalia,species,Falco cherrug,Falco,accepted,example
Animalia,species,Falco rusticolus,Falco,accepted,example
Animalia,genus,Saiga,Animalia,accepted,example
Animalia,species,Saiga tatarica,Saiga,accepted,example
Animalia,genus,Prunella,Animalia,accepted,example
Plantae,kingdom,Plantae,,accepted,example
Plantae,genus,Prunella,Plantae,accepted,example
Plantae,genus,Aloe,Plantae,accepted,example
Plantae,species,Aloe ferox,Aloe,accepted,example
";

/// Names of the small book that stand for taxa.
pub const SYNONYMS: &str = "\
kingdom,name,accepted,kind,from,source
Animalia,Falco altaicus,Falco cherrug,synonym,,example
Animalia,Falco hierofalco,Falco rusticolus,renamed,2017-01-02,example
";

/// The tree of the small book.
pub fn small_backbone() -> &'static Backbone {
    static BACKBONE: OnceLock<Backbone> = OnceLock::new();
    BACKBONE.get_or_init(|| {
        Backbone::from_tables(TAXA, SYNONYMS, "")
            .unwrap_or_else(|faults| unreachable!("the small tree: {faults:?}"))
    })
}

/// The other tables of the small book.
const TABLES: [(&str, &str); 12] = [
    ("species/taxa.csv", TAXA),
    ("species/synonyms.csv", SYNONYMS),
    ("species/vernacular.csv", "kingdom,taxon,language,name,source\n"),
    ("species/domesticated.csv", "kingdom,name,wild_taxon,note,source,checked\n"),
    ("law/populations.csv", "key,name,members,source,checked\n"),
    (
        "law/annotations.csv",
        "symbol,from,until,covers,covered_terms,excluded_terms,excluded_when,note,source,confidence,checked\n",
    ),
    (
        "law/deemed.csv",
        "id,kingdom,taxon,population,from,until,terms,purposes,conditions,otherwise,source,confidence,checked\n",
    ),
    (
        "law/suspensions.csv",
        "id,country,basis,direction,kingdom,taxon,terms,sources,purposes,scope,from,until,verified_to,exceptions,notification,source,confidence,checked\na,KG,compliance,export,,,,,,all,2020-01-01,,2026-11-24,,Notif. 1,example,F,2026-11-24\n",
    ),
    (
        "law/quotas.csv",
        "id,kingdom,taxon,exporter,year_from,year_until,from,until,quantity,unit,terms,sources,purposes,condition,kind,note,source,confidence,checked\n",
    ),
    ("law/quotas_yearly.csv", "taxon,exporter,year,quantity,unit,terms,sources,note,source\n"),
    (
        "law/reservations.csv",
        "id,party,territory,kingdom,rank,taxon,except_taxa,population,appendix,from,until,verified_to,ended_by,note,source,confidence,checked\n",
    ),
    ("law/pairs.csv", "term,units,purposes,source,checked\n"),
];

/// The entries of the small book.
const LISTINGS: &str = "\
id,kingdom,rank,taxon,appendix,party,population,except_population,except_taxa,annotation,note,from,from_earliest,from_latest,until,until_earliest,until_latest,event,source,confidence,checked
a,Animalia,genus,Falco,II,,,,,,,1975-07-01,,,,,,,example,F,2026-11-24
b,Animalia,species,Saiga tatarica,II,,,,,,,1995-02-16,,,,,,,example,F,2026-11-24
";

/// The manifest of the small book's pack.
pub const PACK: &str = "\
id = \"xx\"
country = \"KZ\"
name_en = \"Example\"
name_zh = \"例\"
checked = 2026-01-01
";

/// The tables of the small book, with a pack of its manifest alone.
pub fn small_tables() -> Tables {
    let mut tables = Tables::new();
    TABLES.iter().for_each(|(path, text)| tables.insert(*path, *text));
    tables.insert("law/listings.csv", LISTINGS);
    tables.insert("packs/example/pack.toml", PACK);
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_book_loads() {
        let book = LawBook::from_tables(small_tables()).unwrap();
        assert_eq!(book.suspensions().unwrap().rows().len(), 1);
        assert_eq!(book.packs().unwrap().len(), 1);
    }
}
