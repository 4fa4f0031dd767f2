//! Every source opens with `//!`: its purpose, its source of truth, what it does not do.

use anyhow::Result;

use super::Problem;
use super::house::House;

/// Looks at the first line of every source that people write.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let sources = house.rust_sources()?;
    let bare = sources.iter().filter(|(_, text)| !opens_with_purpose(text));
    Ok(bare
        .map(|(path, _)| Problem::at_line(path, 1, "opens with no `//!` line that says its purpose"))
        .collect())
}

fn opens_with_purpose(text: &str) -> bool {
    text.lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|purpose| !purpose.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_says_the_purpose() {
        assert!(opens_with_purpose("//! Codes.\n\nuse a;\n"));
        for bare in ["", "//!\n", "use a;\n//! Late.\n", "// Codes.\n", "\n//! Codes.\n"] {
            assert!(!opens_with_purpose(bare), "{bare:?}");
        }
    }
}
