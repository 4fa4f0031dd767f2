//! The house's own tools: tidy, the one test command, code generation.

fn main() {}
