//! What the README shows is what the program says: every line of its examples, in order.

use std::path::Path;

use crate::run::run_in;

/// An example: the arguments of the program, and the lines shown.
type Example<'r> = (Vec<&'r str>, Vec<&'r str>);

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The examples of the README: blocks that begin with a call of the program.
fn examples(readme: &str) -> Vec<Example<'_>> {
    let mut examples: Vec<Example<'_>> = Vec::new();
    let mut is_in_example = false;
    for line in readme.lines() {
        match line.strip_prefix("$ cargo run --release -- ") {
            Some(call) => {
                examples.push((call.split(' ').collect(), Vec::new()));
                is_in_example = true;
            }
            None if line.starts_with("```") => is_in_example = false,
            None if is_in_example => examples.last_mut().unwrap().1.push(line),
            None => {}
        }
    }
    examples
}

/// Whether a line says what is left out, which the program does not.
fn is_remark(line: &str) -> bool {
    line.starts_with('[') && line.ends_with("left out here]")
}

#[test]
fn the_examples_of_the_readme_are_what_the_program_says() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let examples = examples(&readme);
    assert_eq!(examples.len(), 2);
    for (arguments, shown) in examples {
        let said = run_in(root(), &arguments).out;
        let mut said = said.lines();
        for line in shown.iter().filter(|line| !line.is_empty() && !is_remark(line)) {
            assert!(said.any(|own| own == *line), "{}: not said, or not here: {line}", arguments.join(" "));
        }
    }
}
