//! Written names: exact, synonym, fuzzy, hybrid, noise. The first line is the name; lines below it are the
//! kingdom, class, order, family and genus that a row may give.

use std::sync::OnceLock;

use species::imported::{NameSet, write};
use species::{
    CANDIDATES_MAX, Doubt, Hint, ImportedNames, MatchKind, NAME_BYTES_MAX, Names, Placement, Resolution,
    import, write_joined,
};

use crate::{book, parts};

/// A download of our own: three taxa that the shipped tree has, and two that it has not.
pub const DOWNLOAD: &str = "\
TaxonId,Kingdom,Phylum,Class,Order,Family,Genus,Species,Subspecies,FullName,AuthorYear,RankName,CurrentListing,AnnotationEnglish,#AnnotationSymbol,SynonymsWithAuthors,CitesAccepted,All_DistributionISOCodes
1,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,,,Falco,\"Linnaeus, 1758\",GENUS,I/II,,,,true,
2,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,cherrug,,Falco cherrug,\"Gray, 1834\",SPECIES,II,,,\"Falco exemplaris Nobody, 1891, Falco saqer Heuglin, 1850\",true,\"KZ, CN, MN\"
3,Animalia,Chordata,Mammalia,Artiodactyla,Bovidae,Saiga,tatarica,,Saiga tatarica,\"(Linnaeus, 1766)\",SPECIES,II,note,,,true,\"KZ, MN, RU\"
4,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,exemplum,,Falco exemplum,\"Nobody, 2001\",SPECIES,II,,,,true,KZ
5,Plantae,,,Orchidales,Orchidaceae,Masdevallia,exemplaris,,Masdevallia exemplaris,Nobody,SPECIES,II,,#4,Dracula exemplaris (Nobody) Nobody,true,PE
";

/// The names of the download.
pub fn set() -> NameSet {
    let read = import::index_csv(DOWNLOAD).unwrap_or_else(|error| unreachable!("our download: {error}"));
    let mut set = NameSet::default();
    set.merge(&read.rows);
    set
}

/// The file of the download, joined with the shipped names, and the file of its names alone.
fn files() -> &'static [Vec<u8>; 2] {
    static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    FILES.get_or_init(|| [write_joined(&set(), book::shipped().backbone()), write(&set())])
}

/// Any text is answered, the same way twice; a near miss always carries a doubt; candidates are few; what is
/// accepted stands for itself; imported names change no exact answer of the shipped ones;
/// and names that are joined are answered as by the two tables in turn.
pub fn names(bytes: &[u8]) {
    let text = parts::text(bytes);
    let mut lines = text.split('\n');
    let written = lines.next().unwrap_or_default();
    let kingdom = lines.next().and_then(|word| word.parse().ok());
    let [class, order, family, genus] = [(); 4].map(|()| lines.next().unwrap_or_default());
    let hint = Hint { kingdom, class, order, family, genus };
    let shipped = Names::shipped(book::shipped().backbone());
    let imported = files()
        .each_ref()
        .map(|file| ImportedNames::open(file).unwrap_or_else(|error| unreachable!("our file: {error}")));
    let [both, in_turn] = imported.each_ref().map(|imported| Names { imported: Some(imported), ..shipped });
    same(&both.resolve_with(written, hint), &in_turn.resolve_with(written, hint));
    for names in [shipped, both] {
        let plain = names.resolve(written);
        for found in [&plain, &names.resolve_with(written, hint)] {
            sound(found);
        }
        same(&plain, &names.resolve(written));
        if written.len() + 2 <= NAME_BYTES_MAX {
            same(&plain, &names.resolve(&format!(" {written}\t")));
        }
        stands_for_itself(&names, &plain);
    }
    let (alone, with) = (shipped.resolve(written), both.resolve(written));
    if alone.kind == MatchKind::Exact && alone.doubts.is_empty() {
        assert_eq!((alone.taxon, alone.accepted), (with.taxon, with.accepted), "{written}");
    }
}

/// What must hold of any resolution.
pub fn sound(found: &Resolution<'_>) {
    let is_outside = found.taxon.is_none() && found.kind != MatchKind::None;
    // A download may know names of which no shipped taxon stands above.
    assert!(!is_outside || found.placement == Placement::KnownMember, "{found:?}");
    assert!(found.kind != MatchKind::None || found.taxon.is_none(), "{found:?}");
    assert!(found.kind != MatchKind::None || !found.doubts.is_empty(), "nothing without a reason: {found:?}");
    let is_misspelt = |doubt: &Doubt| matches!(doubt, Doubt::Misspelt { .. });
    assert!(found.kind != MatchKind::Fuzzy || found.doubts.iter().any(is_misspelt), "{found:?}");
    assert!(!found.doubts.iter().any(is_misspelt) || found.kind != MatchKind::Exact, "{found:?}");
    for doubt in &found.doubts {
        assert!(doubt.candidates().len() <= CANDIDATES_MAX, "{doubt:?}");
    }
    for parent in found.hybrid.iter().flat_map(|hybrid| &hybrid.parents) {
        sound(parent);
    }
}

/// Two answers that say the same.
pub fn same(one: &Resolution<'_>, other: &Resolution<'_>) {
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}

/// The accepted name of an answer, asked for, is that name.
fn stands_for_itself(names: &Names<'_>, found: &Resolution<'_>) {
    if found.accepted.is_empty() || found.hybrid.is_some() {
        return;
    }
    let again = names.resolve(found.accepted);
    assert!(again.kind != MatchKind::Fuzzy && again.taxon.is_some(), "`{}`: {again:?}", found.accepted);
    let is_homonym = again.doubts.iter().any(|doubt| matches!(doubt, Doubt::Homonym { .. }));
    assert!(is_homonym || again.accepted == found.accepted, "`{}`: {again:?}", found.accepted);
}
