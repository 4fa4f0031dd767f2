//! Functions and files of Rust that are too long to read in one go.

use anyhow::Result;

use super::Problem;
use super::exceptions::{Exceptions, TooLong};
use super::house::House;
use super::rust;

/// Lines of a function, from `fn` to its closing brace.
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of a source file, tests included.
const FILE_LINES_MAX: usize = 600;

/// Measures every source that people write and compares with the list of exceptions.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let sources = house.rust_sources()?;
    let mut functions = Vec::new();
    for (path, text) in &sources {
        let found = rust::functions(rust::tokens(path, text)?);
        functions.extend(found.into_iter().map(|function| (*path, function)));
    }
    let long_functions = functions.iter().filter(|(_, function)| function.lines > FUNCTION_LINES_MAX);
    let long_functions = long_functions.map(|(file, function)| TooLong {
        file,
        function: Some(&function.name),
        line: function.line,
        lines: function.lines,
        limit: FUNCTION_LINES_MAX,
    });
    let long_files = sources.iter().map(|(file, text)| (*file, text.lines().count()));
    let long_files = long_files.filter(|(_, lines)| *lines > FILE_LINES_MAX).map(|(file, lines)| TooLong {
        file,
        function: None,
        line: 1,
        lines,
        limit: FILE_LINES_MAX,
    });
    let long: Vec<TooLong> = long_files.chain(long_functions).collect();
    Ok(Exceptions::read(house)?.judge(&long))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::exceptions::LIST;
    use crate::tidy::house::sample;

    fn source(function_lines: usize, empty_lines: usize) -> String {
        format!("fn long() {{\n{}}}\n{}", "    a();\n".repeat(function_lines - 2), "\n".repeat(empty_lines))
    }

    fn places(text: &str, exceptions: &str) -> Vec<String> {
        let (_folder, house) = sample(&[("crates/law/src/lib.rs", text), (LIST, exceptions)]);
        check(&house).unwrap().into_iter().map(|problem| problem.place).collect()
    }

    #[test]
    fn the_limits_themselves_pass() {
        assert_eq!(places(&source(70, 530), ""), Vec::<String>::new());
    }

    #[test]
    fn one_line_more_fails() {
        assert_eq!(places(&source(71, 0), ""), ["crates/law/src/lib.rs:1"]);
        assert_eq!(places(&source(70, 531), ""), ["crates/law/src/lib.rs:1"]);
    }

    #[test]
    fn an_exception_covers_exactly_what_it_names() {
        let excepted = "[[exception]]\nfile = \"crates/law/src/lib.rs\"\nfunction = \"long\"\nlines = 71\n\
                        reason = \"one table\"\n";
        assert_eq!(places(&source(71, 0), excepted), Vec::<String>::new());
        assert_eq!(places(&source(70, 0), excepted), [LIST]);
    }
}
