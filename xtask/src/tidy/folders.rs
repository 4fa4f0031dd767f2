//! Every folder directly under `data/` says in a README what its facts are and where they come from.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Problem;
use super::house::House;

/// Looks for the README of each folder of data.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let inside = house.files().filter_map(|path| path.strip_prefix("data/")?.split_once('/'));
    let folders: BTreeSet<&str> = inside.map(|(folder, _)| folder).collect();
    let mute = folders.iter().filter(|folder| !house.has(&format!("data/{folder}/README.md")));
    Ok(mute
        .map(|folder| Problem::new(format!("data/{folder}"), "has no README.md that names its sources"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::house::sample;

    #[test]
    fn a_folder_without_readme_is_told_once() {
        let (_folder, house) = sample(&[
            ("data/README.md", ""),
            ("data/codes/README.md", ""),
            ("data/codes/term.csv", ""),
            ("data/law/rules/README.md", ""),
            ("data/law/rules/a.toml", ""),
        ]);
        let places: Vec<String> = check(&house).unwrap().into_iter().map(|problem| problem.place).collect();
        assert_eq!(places, ["data/law"]);
    }
}
