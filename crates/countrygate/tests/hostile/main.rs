//! Hostile input through the real program: it ends, in memory that does not hang on the input, with an error
//! that says where, and every other row is still answered. Times are measured elsewhere, never asserted.
#![cfg(test)]
#![cfg(target_os = "linux")]

mod arguments;
mod consignments;
mod downloads;
mod mapped;
mod places;
mod run;
mod tables;
mod touched;
