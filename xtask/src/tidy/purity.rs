//! Pure crates name no part of `std` that reaches a clock, the disk, the network or another process.
//!
//! Tests and build scripts may: what counts is the code that decides.

use anyhow::Result;

use super::Problem;
use super::house::House;
use super::{rust, table};

const IMPURE: [&str; 7] = ["env", "fs", "net", "os", "process", "thread", "time"];

/// Looks at the sources below `src/` of every pure crate.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for (path, text) in house.rust_sources()?.iter().filter(|(path, _)| is_pure(path)) {
        let modules = rust::std_modules(rust::tokens(path, text)?);
        let impure = modules.into_iter().filter(|(module, _)| IMPURE.contains(&module.as_str()));
        problems.extend(impure.map(|(module, line)| {
            Problem::at_line(
                path,
                line,
                format!("a pure crate may not use `std::{module}`; take it as an argument"),
            )
        }));
    }
    Ok(problems)
}

fn is_pure(path: &str) -> bool {
    let parts = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(name, inside)| {
        inside.starts_with("src/") && table::member(name).is_some_and(|member| member.pure)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::house::sample;

    #[test]
    fn only_deciding_code_is_held_to_it() {
        let impure = "//! A.\nuse std::collections::BTreeMap;\nuse std::fs;\n";
        let (_folder, house) = sample(&[
            ("crates/law/src/lib.rs", impure),
            ("crates/law/tests/book.rs", impure),
            ("crates/law/build.rs", impure),
            ("crates/countrygate/src/main.rs", impure),
        ]);
        let places: Vec<String> = check(&house).unwrap().into_iter().map(|problem| problem.place).collect();
        assert_eq!(places, ["crates/law/src/lib.rs:3"]);
    }
}
