//! A name that is found takes no place on the heap, whether shipped or imported.
#![cfg(test)]
#![expect(unsafe_code, reason = "an allocator that counts can only be made so")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use species::imported::{NameSet, write};
use species::{Backbone, ImportedNames, MatchKind, Names, import, write_joined};

/// The system's allocator, which counts what each thread asks of it.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is handed on unchanged to the system's allocator; counting touches no memory but its own.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promises are handed on with its arguments.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are handed on with its arguments.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `resolve` asks for memory after the first time, which makes what is made once.
fn allocations(names: &Names<'_>, written: &str, expected: MatchKind) -> usize {
    assert_eq!(names.resolve(written).kind, expected, "{written}");
    let before = COUNT.with(Cell::get);
    let found = names.resolve(written);
    let after = COUNT.with(Cell::get);
    drop(found);
    after - before
}

#[test]
fn a_name_that_is_found_takes_no_place_on_the_heap() {
    let (taxa, synonyms) = (include_str!("fixtures/taxa.csv"), include_str!("fixtures/synonyms.csv"));
    let backbone = Backbone::from_tables(taxa, synonyms, "").unwrap();
    let mut set = NameSet::default();
    set.merge(&import::index_csv(include_str!("fixtures/index.csv")).unwrap().rows);
    for file in [write(&set), write_joined(&set, &backbone)] {
        no_place_with(&backbone, &file);
    }
}

fn no_place_with(backbone: &Backbone, file: &[u8]) {
    let imported = ImportedNames::open(file).unwrap();
    for names in [Names::shipped(backbone), Names { backbone, imported: Some(&imported) }] {
        for (written, kind) in [
            ("Falco cherrug", MatchKind::Exact),
            ("FALCO CHERRUG", MatchKind::Exact),
            ("Falco altaicus", MatchKind::Synonym),
            ("Falco", MatchKind::Exact),
            ("Ursus arctos isabellinus", MatchKind::Exact),
        ] {
            assert_eq!(allocations(&names, written, kind), 0, "{written}");
        }
    }
    let names = Names { backbone, imported: Some(&imported) };
    for (written, kind) in [
        ("Masdevallia nova", MatchKind::Exact),
        ("Dracula nova", MatchKind::Synonym),
        ("Falco saqer", MatchKind::Synonym),
    ] {
        assert_eq!(allocations(&names, written, kind), 0, "{written}");
    }
    // What is counted is there: a doubt with its candidates needs the heap.
    assert!(allocations(&names, "Falco cherug", MatchKind::Fuzzy) > 0);
}
