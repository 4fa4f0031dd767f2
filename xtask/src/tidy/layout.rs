//! The folders of the workspace are those of the table, and no name hides what is inside.

use anyhow::Result;

use super::Problem;
use super::house::House;
use super::table::MEMBERS;

/// Names that say how code is used and not what it is about.
const EMPTY_NAMES: [&str; 9] =
    ["common", "handlers", "helper", "helpers", "misc", "models", "services", "util", "utils"];

/// Compares the folders under `crates/` with the table and looks for empty names.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for member in MEMBERS {
        let folder = member.folder();
        if !house.has(&format!("{folder}/Cargo.toml")) {
            problems.push(Problem::new(folder, "stands in the table but is missing"));
        }
    }
    for path in house.files() {
        problems.extend(unknown_crate(path));
        problems.extend(empty_name(path));
    }
    problems.dedup();
    Ok(problems)
}

fn unknown_crate(path: &str) -> Option<Problem> {
    let (name, _) = path.strip_prefix("crates/")?.split_once('/')?;
    let known = MEMBERS.iter().any(|member| member.folder() == format!("crates/{name}"));
    (!known).then(|| {
        Problem::new(format!("crates/{name}"), "is not in the table of crates (xtask/src/tidy/table.rs)")
    })
}

fn empty_name(path: &str) -> Option<Problem> {
    if !["crates/", "fuzz/src/", "xtask/"].iter().any(|folder| path.starts_with(folder)) {
        return None;
    }
    let mut parts = path.split('/').map(|part| part.strip_suffix(".rs").unwrap_or(part));
    let name = parts.find(|part| EMPTY_NAMES.contains(part))?;
    Some(Problem::new(path, format!("`{name}` does not say what is inside; name it after its subject")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::house::sample;

    fn messages(extra: &[&str]) -> Vec<String> {
        let mut paths: Vec<String> =
            MEMBERS.iter().map(|member| format!("{}/Cargo.toml", member.folder())).collect();
        paths.extend(extra.iter().map(|path| (*path).to_owned()));
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        let (_folder, house) = sample(&files);
        check(&house).unwrap().into_iter().map(|problem| problem.place).collect()
    }

    #[test]
    fn the_table_itself_is_in_order() {
        assert_eq!(messages(&["crates/law/src/book.rs", "docs/models/a.md"]), Vec::<String>::new());
    }

    #[test]
    fn unknown_crates_and_empty_names_are_told_once() {
        assert_eq!(
            messages(&["crates/extra/Cargo.toml", "crates/extra/src/lib.rs", "crates/law/src/utils.rs"]),
            ["crates/extra", "crates/law/src/utils.rs"]
        );
        assert_eq!(messages(&["xtask/src/helpers/mod.rs"]), ["xtask/src/helpers/mod.rs"]);
    }

    #[test]
    fn a_missing_crate_is_told() {
        let (_folder, house) = sample(&[("crates/cites/Cargo.toml", "")]);
        let problems = check(&house).unwrap();
        assert_eq!(problems.len(), MEMBERS.len() - 1);
    }
}
