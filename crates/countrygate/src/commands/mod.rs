//! The commands: each reads its input, asks one pure function a question, and prints the answer.

pub mod diff;
pub mod doctor;
pub mod doubt;
pub mod editions;
pub mod import;
pub mod show;
pub mod species;
pub mod status;
