//! Every seed of every corpus is replayed, and every target has its seeds and its program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::TARGETS;

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn every_seed_of_every_corpus_holds() {
    let mut failed = Vec::new();
    for (name, target) in TARGETS {
        let folder = home().join("corpus").join(name);
        let mut seeds: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        seeds.sort();
        assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
        for seed in seeds {
            let bytes = fs::read(&seed).unwrap();
            assert!(bytes.len() <= 16_384, "{}: a seed is small", seed.display());
            if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                failed.push(seed);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_target_has_a_program_and_a_corpus() {
    let manifest = fs::read_to_string(home().join("Cargo.toml")).unwrap();
    let programs: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("path = \"targets/")?.strip_suffix(".rs\""))
        .collect();
    let mut named: Vec<&str> = programs.clone();
    named.sort_unstable();
    assert_eq!(named, TARGETS.map(|(name, _)| name));
    let mut folders: Vec<String> = fs::read_dir(home().join("corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, TARGETS.map(|(name, _)| name));
}
