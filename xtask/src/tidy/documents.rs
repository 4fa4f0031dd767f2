//! The documents: the three that must exist, an invariant for each crate, a changelog, links that lead somewhere.

use anyhow::Result;

use super::Problem;
use super::house::House;
use super::table::MEMBERS;

const README: &str = "README.md";
const CHANGELOG: &str = "CHANGELOG.md";
const ARCHITECTURE: &str = "docs/ARCHITECTURE.md";

/// Looks at the documents of the tree.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for path in [README, CHANGELOG, ARCHITECTURE] {
        if !house.has(path) {
            problems.push(Problem::new(path, "is missing"));
        }
    }
    if house.has(ARCHITECTURE) {
        problems.extend(without_invariant(&house.text(ARCHITECTURE)?));
    }
    if house.has(CHANGELOG) && !house.text(CHANGELOG)?.lines().any(is_section_of_changelog) {
        problems.push(Problem::new(CHANGELOG, "has no section `## Unreleased` and none with a date"));
    }
    for path in house.below("", ".md") {
        problems.extend(broken_links(path, &house.text(path)?, |target| house.has(target)));
    }
    Ok(problems)
}

/// The crates to which no paragraph of the architecture gives an invariant.
fn without_invariant(text: &str) -> Vec<Problem> {
    let mut credited: Vec<&str> = Vec::new();
    let mut open: Option<&str> = None;
    let mut fresh = true;
    for line in text.lines() {
        if line.starts_with('#') || fresh {
            open = subject(line).or_else(|| open.filter(|_| !line.starts_with('#')));
        }
        if line.contains("**Invariant:**") {
            credited.extend(open);
        }
        fresh = line.trim().is_empty();
    }
    let mute = MEMBERS.iter().filter(|member| !credited.contains(&member.name));
    mute.map(|member| {
        let message =
            format!("needs a paragraph that begins with `{}` and has an **Invariant:** line", member.name);
        Problem::new(ARCHITECTURE, message)
    })
    .collect()
}

/// The crate that a heading or the first line of a paragraph is about: the first name in backticks opens it.
fn subject(line: &str) -> Option<&'static str> {
    let bare = line.trim_start_matches(|mark: char| "#*-_ ".contains(mark));
    let name = bare.strip_prefix('`')?.split('`').next()?;
    let name = name.strip_prefix("crates/").unwrap_or(name).trim_end_matches('/');
    MEMBERS.iter().map(|member| member.name).find(|member| *member == name)
}

/// `## Unreleased`, `## [Unreleased]`, or a heading with a day such as `## 0.1.0 (2026-11-24)`.
fn is_section_of_changelog(line: &str) -> bool {
    let Some(heading) = line.strip_prefix("## ") else { return false };
    let words = heading.split(|mark: char| mark.is_whitespace() || "[](),:".contains(mark));
    heading.to_lowercase().contains("unreleased") || words.into_iter().any(is_day)
}

fn is_day(word: &str) -> bool {
    let shape: String = word.chars().map(|mark| if mark.is_ascii_digit() { '0' } else { mark }).collect();
    shape == "0000-00-00"
}

fn broken_links(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut fenced = false;
    for (line, number) in text.lines().zip(1..) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let broken = targets(&without_code(line))
                .into_iter()
                .filter(|target| !leads_somewhere(path, target, &exists));
            problems.extend(broken.map(|target| {
                Problem::at_line(path, number, format!("the link to `{target}` leads nowhere in the tree"))
            }));
        }
    }
    problems
}

/// The line without what stands in backticks.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// What `[text](target)` and `[name]: target` point to.
fn targets(line: &str) -> Vec<String> {
    let inline = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let defined =
        line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.trim());
    inline.chain(defined).map(|target| target.trim_matches(['<', '>']).to_owned()).collect()
}

fn leads_somewhere(from: &str, target: &str, exists: &impl Fn(&str) -> bool) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() || target.contains("://") || target.starts_with("mailto:") {
        return true;
    }
    let start =
        if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            // A link out of the tree is broken for whoever has only the tree.
            ".." => {
                if parts.pop().is_none() {
                    return false;
                }
            }
            name => parts.push(name),
        }
    }
    parts.is_empty() || exists(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mute(text: &str) -> Vec<String> {
        without_invariant(text).into_iter().map(|problem| problem.message).collect()
    }

    fn whole(leave_out: &str) -> String {
        let names = MEMBERS.iter().map(|member| member.name).filter(|name| *name != leave_out);
        names.map(|name| format!("**`{name}`**: what it is.\nMore.\n**Invariant:** none.\n\n")).collect()
    }

    #[test]
    fn each_crate_has_its_invariant() {
        assert_eq!(mute(&whole("")), Vec::<String>::new());
        let found = mute(&whole("law"));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("`law`"));
    }

    #[test]
    fn an_invariant_counts_for_the_crate_above_it_only() {
        let headings = "### `crates/law`\n\nText.\n\n**Invariant:** a.\n\n### Else\n\n**Invariant:** b.\n";
        assert_eq!(mute(headings).len(), MEMBERS.len() - 1);
        let in_passing = "A paragraph.\n`law` in passing.\n**Invariant:** a.\n";
        assert_eq!(mute(in_passing).len(), MEMBERS.len());
    }

    #[test]
    fn a_changelog_has_a_section() {
        for good in ["## Unreleased", "## [Unreleased]", "## 2026-11-24", "## 0.1.0 (2026-11-24)"] {
            assert!(is_section_of_changelog(good), "{good}");
        }
        for bad in ["# Unreleased", "## 0.1.0", "Unreleased"] {
            assert!(!is_section_of_changelog(bad), "{bad}");
        }
    }

    #[test]
    fn links_lead_somewhere() {
        let exists = |path: &str| ["docs/reference/rules.md", "README.md", "docs"].contains(&path);
        let broken = |line: &str| broken_links("docs/ARCHITECTURE.md", line, exists).len();
        for good in [
            "[a](reference/rules.md) and [b](../README.md#start)",
            "[a](https://example.org/x) [b](#here) [c](mailto:a@example.org)",
            "`[a](gone.md)`",
            "```\n[a](gone.md)\n```",
            "[a]: ../README.md",
            "[a](/docs)",
            "[a](reference/rules.md \"title\")",
        ] {
            assert_eq!(broken(good), 0, "{good}");
        }
        assert_eq!(broken("[a](gone.md) [b](../../outside.md)\n\n[c]: gone.md"), 3);
    }
}
