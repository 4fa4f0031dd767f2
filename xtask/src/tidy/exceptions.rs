//! The list of exceptions to the lengths, `xtask/tidy-exceptions.toml`. It may only shrink.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Problem;
use super::house::House;

/// Where the list stands.
pub const LIST: &str = "xtask/tidy-exceptions.toml";

/// The list: sources and functions that are longer than the house allows, each with its present length.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    #[serde(default, rename = "exception")]
    all: Vec<Exception>,
}

/// One exception, for a function where one is named, for the whole file otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    file: String,
    function: Option<String>,
    /// Its length today. Growing fails, and so does a figure that is larger than needed.
    lines: usize,
    reason: String,
}

/// Something that is longer than the house allows.
#[derive(Debug)]
pub struct TooLong<'a> {
    pub file: &'a str,
    pub function: Option<&'a str>,
    pub line: usize,
    pub lines: usize,
    pub limit: usize,
}

impl Exceptions {
    /// Reads the list; a tree without one has no exceptions.
    ///
    /// # Errors
    /// When the list is not in its form.
    pub fn read(house: &House) -> Result<Self> {
        if !house.has(LIST) {
            return Ok(Self::default());
        }
        toml::from_str(&house.text(LIST)?).with_context(|| format!("cannot read `{LIST}`"))
    }

    /// What is too long and not excepted, and the exceptions that are not needed as they stand.
    pub fn judge(&self, long: &[TooLong]) -> Vec<Problem> {
        let unexcepted = long.iter().filter_map(|found| self.judge_one(found));
        let unneeded = self.all.iter().filter_map(|exception| {
            let needed = long.iter().any(|found| exception.is_for(found));
            let what = exception.function.as_deref().unwrap_or("the file");
            let message = format!("{what} in `{}` needs no exception; take the entry out", exception.file);
            (!needed).then(|| Problem::new(LIST, message))
        });
        let unreasoned = self.all.iter().filter(|exception| exception.reason.trim().is_empty());
        let unreasoned = unreasoned
            .map(|exception| Problem::new(LIST, format!("the entry of `{}` has no reason", exception.file)));
        unexcepted.chain(unneeded).chain(unreasoned).collect()
    }

    fn judge_one(&self, found: &TooLong) -> Option<Problem> {
        let what = found.function.map_or("the file".to_owned(), |name| format!("`{name}`"));
        let message = match self.all.iter().find(|exception| exception.is_for(found)) {
            None => format!("{what} has {} lines, {} at most; cut it by subject", found.lines, found.limit),
            Some(exception) if found.lines > exception.lines => {
                format!(
                    "{what} grew from {} lines to {}; the exception holds no more",
                    exception.lines, found.lines
                )
            }
            Some(exception) if found.lines < exception.lines => {
                format!("{what} shrank to {} lines; lower the {} in {LIST}", found.lines, exception.lines)
            }
            Some(_) => return None,
        };
        Some(Problem::at_line(found.file, found.line, message))
    }
}

impl Exception {
    fn is_for(&self, found: &TooLong) -> bool {
        self.file == found.file && self.function.as_deref() == found.function
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(lines: Option<usize>) -> Vec<String> {
        let list = "[[exception]]\nfile = \"a.rs\"\nfunction = \"long\"\nlines = 90\nreason = \"a table\"\n";
        let list: Exceptions = toml::from_str(list).unwrap();
        let long =
            lines.map(|lines| TooLong { file: "a.rs", function: Some("long"), line: 3, lines, limit: 70 });
        let long: Vec<TooLong> = long.into_iter().collect();
        list.judge(&long).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn an_exception_may_only_shrink() {
        assert!(judged(Some(90)).is_empty());
        assert!(judged(Some(91))[0].contains("grew from 90"));
        assert!(judged(Some(80))[0].contains("shrank to 80"));
        assert!(judged(None)[0].contains("needs no exception"));
    }

    #[test]
    fn an_exception_for_a_function_is_not_for_its_file() {
        let list: Exceptions =
            toml::from_str("[[exception]]\nfile = \"a.rs\"\nlines = 700\nreason = \"\"\n").unwrap();
        let long = [TooLong { file: "a.rs", function: Some("f"), line: 1, lines: 700, limit: 70 }];
        let messages: Vec<String> = list.judge(&long).into_iter().map(|problem| problem.message).collect();
        assert_eq!(messages.len(), 3, "{messages:?}");
    }
}
