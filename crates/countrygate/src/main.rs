//! The program of a CITES border: commands, configuration, wiring.

fn main() {}
