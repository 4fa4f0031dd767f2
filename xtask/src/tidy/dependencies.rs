//! Dependencies between crates, as cargo sees them, against the table.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Problem;
use super::house::House;
use super::table::{FOREIGN_IN_PURE, FOREIGN_IN_PURE_TESTS, member};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

/// A dependency as `cargo metadata` tells it; `path` is there for our own crates only.
#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

/// Compares every dependency of the workspace's crates with the table.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let metadata = ask_cargo(house.root())?;
    Ok(metadata.packages.iter().flat_map(judge).collect())
}

fn ask_cargo(root: &Path) -> Result<Metadata> {
    let output = crate::tools::cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .output()
        .context("`cargo metadata` did not start")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("`cargo metadata` answered in an unknown form")
}

fn judge(package: &Package) -> Vec<Problem> {
    let place = format!("crate {}", package.name);
    let Some(row) = member(&package.name) else {
        return vec![Problem::new(place, "is not in the table of crates (xtask/src/tidy/table.rs)")];
    };
    let wrong = package.dependencies.iter().filter_map(|dependency| {
        let name = dependency.name.as_str();
        let in_tests = dependency.kind.as_deref() == Some("dev");
        let message = if dependency.path.is_some() {
            (!row.may_use.contains(&name)).then(|| format!("may not use `{name}`; the table forbids it"))
        } else {
            let allowed =
                FOREIGN_IN_PURE.contains(&name) || in_tests && FOREIGN_IN_PURE_TESTS.contains(&name);
            (row.pure && !allowed)
                .then(|| format!("is pure and may not use `{name}`; the short list is in the table"))
        };
        message.map(|message| Problem::new(place.clone(), message))
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(name: &str, dependencies: &str) -> Vec<String> {
        let text = format!(r#"{{"name": "{name}", "dependencies": [{dependencies}]}}"#);
        let package: Package = serde_json::from_str(&text).unwrap();
        judge(&package).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn the_table_decides_between_our_crates() {
        let law = r#"{"name": "law", "kind": null, "path": "/x"}"#;
        assert_eq!(verdicts("permits", law), ["may not use `law`; the table forbids it"]);
        assert!(verdicts("border", law).is_empty());
        assert!(verdicts("unlisted", law)[0].contains("not in the table"));
    }

    #[test]
    fn a_test_may_not_bend_the_table() {
        let border = r#"{"name": "border", "kind": "dev", "path": "/x"}"#;
        assert_eq!(verdicts("law", border).len(), 1);
    }

    #[test]
    fn pure_crates_choose_foreign_ones_from_the_short_list() {
        let list = r#"{"name": "serde", "kind": null, "path": null},
                      {"name": "rand", "kind": null, "path": null},
                      {"name": "proptest", "kind": "dev", "path": null},
                      {"name": "insta", "kind": null, "path": null}"#;
        let found = verdicts("law", list);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("`rand`") && found[1].contains("`insta`"));
        assert!(verdicts("countrygate", list).is_empty());
    }
}
