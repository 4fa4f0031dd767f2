//! Words that have no place in the tree: folders of somebody's machine and the hosts that packages come from.
//!
//! Tests and xtask may read a folder of reference data that is not part of the tree. They find it through the
//! variable `COUNTRYGATE_REFERENCE` or at the one relative default, and say so when it is missing.

use anyhow::Result;

use super::Problem;
use super::house::House;

/// Cut in two, so that this file passes its own check.
const MACHINE_FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
const REFERENCE: &str = concat!("../sha", "red");
const REFERENCE_DATA: &str = concat!("../sha", "red/data");
const PACKAGE_HOSTS: [&str; 6] = [
    concat!("static.", "crates.io"),
    concat!("index.", "crates.io"),
    concat!("files.", "pythonhosted.org"),
    concat!("pypi.", "org/simple"),
    concat!("registry.", "npmjs.org"),
    concat!("deb.", "debian.org"),
];

/// Looks through every text of the tree. Files that are no text are left alone.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for path in house.files() {
        let bytes = house.bytes(path)?;
        if let Ok(text) = std::str::from_utf8(&bytes)
            && is_suspect(text)
        {
            problems.extend(unwanted(path, text));
        }
    }
    Ok(problems)
}

/// Whether a closer look is needed: one quick pass over the whole text, since tables are long.
fn is_suspect(text: &str) -> bool {
    let mut words = MACHINE_FOLDERS.iter().chain(&PACKAGE_HOSTS).chain([&REFERENCE]);
    words.any(|word| text.contains(word))
}

fn unwanted(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        for folder in MACHINE_FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
            problems.push(Problem::at_line(path, number, format!("`{folder}` is a folder of one machine")));
        }
        for host in PACKAGE_HOSTS.iter().filter(|host| line.contains(*host)) {
            problems.push(Problem::at_line(
                path,
                number,
                format!("`{host}` is a host; name the package instead"),
            ));
        }
        let outside = line.matches(REFERENCE).count();
        let allowed = if may_read_reference(path) { line.matches(REFERENCE_DATA).count() } else { 0 };
        if outside > allowed {
            let message =
                format!("`{REFERENCE}` lies outside the tree; only tests and xtask may name its data");
            problems.push(Problem::at_line(path, number, message));
        }
    }
    problems
}

/// Whether an absolute path begins with `folder` here; a web address that has the same words does not count.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(place, _)| {
        let before = line.get(..place).and_then(|before| before.chars().next_back());
        !before.is_some_and(|mark| mark.is_alphanumeric() || "/._-~%}".contains(mark))
    })
}

fn may_read_reference(path: &str) -> bool {
    path.starts_with("xtask/") || path.split('/').any(|part| part == "tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, line: &str) -> usize {
        assert!(unwanted(path, line).is_empty() || is_suspect(line));
        unwanted(path, line).len()
    }

    #[test]
    fn folders_of_a_machine_are_told_but_addresses_are_not() {
        let folder = MACHINE_FOLDERS[0];
        assert_eq!(count("README.md", &format!("see {folder}main")), 1);
        assert_eq!(count("README.md", &format!("{folder}main")), 1);
        assert_eq!(count("README.md", &format!("https://example.org{folder}a.pdf")), 0);
        assert_eq!(count("README.md", "target/home/a"), 0);
    }

    #[test]
    fn hosts_of_packages_are_told() {
        assert_eq!(count("docs/a.md", &format!("from https://{}/x", PACKAGE_HOSTS[0])), 1);
        assert_eq!(count("docs/a.md", "from crates.io"), 0);
    }

    #[test]
    fn reference_data_is_for_tests_and_xtask() {
        let data = format!("{REFERENCE_DATA}/listings");
        assert_eq!(count("crates/law/tests/history.rs", &data), 0);
        assert_eq!(count("xtask/src/codegen.rs", &data), 0);
        assert_eq!(count("crates/law/src/lib.rs", &data), 1);
        assert_eq!(count("xtask/src/codegen.rs", &format!("{REFERENCE}/domain")), 1);
    }
}
