//! Manifests: versions and reasons stand in the root manifest only, and every crate keeps the house's lints.

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Problem;
use super::house::House;

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Looks at the root manifest and at that of each crate.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    if house.has("Cargo.toml") {
        problems.extend(without_reason(&house.text("Cargo.toml")?));
    }
    for path in house.files().filter(|path| path.ends_with("/Cargo.toml")) {
        let manifest: Table = house.text(path)?.parse().with_context(|| format!("cannot read `{path}`"))?;
        problems.extend(of_crate(path, &manifest));
    }
    Ok(problems)
}

/// Foreign dependencies of the root manifest that no comment line stands above.
fn without_reason(text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut inside = false;
    let mut before = "";
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with('[') {
            inside = line.trim() == "[workspace.dependencies]";
        } else if let Some((name, value)) = line.split_once('=')
            && inside
            && !line.starts_with('#')
            && !value.contains("path =")
            && !before.starts_with('#')
        {
            let message = format!("`{}` needs a comment line above it that says why", name.trim());
            problems.push(Problem::at_line("Cargo.toml", number, message));
        }
        before = line;
    }
    problems
}

fn of_crate(path: &str, manifest: &Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    let inherits =
        |value: Option<&Value>| value.and_then(|value| value.get("workspace")) == Some(&Value::Boolean(true));
    if !inherits(manifest.get("lints")) {
        problems.push(Problem::new(path, "must keep the house's lints: `[lints] workspace = true`"));
    }
    for section in SECTIONS {
        let Some(Value::Table(dependencies)) = manifest.get(section) else { continue };
        let own = dependencies.iter().filter(|(_, value)| !inherits(Some(value)));
        problems.extend(own.map(|(name, _)| {
            let message =
                format!("`{name}` must stand in the root manifest; here say `{name}.workspace = true`");
            Problem::new(path, message)
        }));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_dependency_needs_a_reason() {
        let text = "[workspace.dependencies]\ncites = { path = \"crates/cites\" }\n# Dates.\njiff = \"1\"\n\
                    csv = \"1\"\n\n[profile.dev]\ndebug = true\n";
        let problems = without_reason(text);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "Cargo.toml:5");
    }

    #[test]
    fn crates_inherit_versions_and_lints() {
        let good = "lints.workspace = true\n[dependencies]\nserde.workspace = true\n\
                    toml = { workspace = true, optional = true }\n";
        assert_eq!(of_crate("a/Cargo.toml", &good.parse().unwrap()), []);
        let bad = "[dependencies]\nserde = \"1\"\n[dev-dependencies]\ninsta = { version = \"1\" }\n";
        assert_eq!(of_crate("a/Cargo.toml", &bad.parse().unwrap()).len(), 3);
    }
}
