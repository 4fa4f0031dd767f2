//! What was read, printed: counts beside the official figures, and where the transcriptions differ.

use super::animals::Animals;
use super::national::Entry;

/// A figure that an announcement states about its own list.
struct Official {
    what: &'static str,
    species: usize,
    groups: usize,
}

const ANIMALS: [Official; 5] = [
    Official { what: "all", species: 980, groups: 8 },
    Official { what: "I", species: 234, groups: 1 },
    Official { what: "II", species: 746, groups: 7 },
    Official { what: "forestry", species: 686, groups: 0 },
    Official { what: "fishery", species: 294, groups: 8 },
];

const PLANTS: [Official; 5] = [
    Official { what: "all", species: 455, groups: 40 },
    Official { what: "I", species: 54, groups: 4 },
    Official { what: "II", species: 401, groups: 36 },
    Official { what: "forestry", species: 324, groups: 25 },
    Official { what: "agriculture", species: 131, groups: 15 },
];

/// Prints the comparison.
pub fn print(animals: &Animals, plants: &[Entry]) {
    println!(
        "animals: {} rows in the first transcription, {} in the second",
        animals.entries.len(),
        animals.witness_rows
    );
    counts("animals", &animals.entries, &ANIMALS);
    counts("plants", plants, &PLANTS);
    println!("the two transcriptions of the animals differ in {} lines:", animals.differences.len());
    for line in &animals.differences {
        println!("  {line}");
    }
}

fn counts(what: &str, entries: &[Entry], official: &[Official]) {
    for figure in official {
        let of =
            |entry: &&Entry| figure.what == "all" || entry.class == figure.what || entry.side == figure.what;
        let groups = entries.iter().filter(of).filter(|entry| entry.is_group()).count();
        let species = entries.iter().filter(of).count() - groups;
        let verdict =
            if (species, groups) == (figure.species, figure.groups) { "equal" } else { "DIFFERENT" };
        println!(
            "{what}, {}: {species} species and {groups} groups; official {} and {}: {verdict}",
            figure.what, figure.species, figure.groups
        );
    }
}
