//! An answer of the law as it is read and shown: ids with their words, of rules, rows, facts, codes and days.
//!
//! Source of truth: the answers of `border` and the rows of `law`; the words stand here alone, so that the program, the
//! API and the pages say the same. English; nothing is decided or left out here.

pub mod answer;
pub mod change;
pub mod words;
