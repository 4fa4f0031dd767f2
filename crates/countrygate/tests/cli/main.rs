//! The real program, driven from outside: every command, every exit code, bad input.
#![cfg(test)]

mod answers;
mod books;
mod configuration;
mod diff;
mod editions;
mod help;
mod index_2017;
mod readme;
mod run;
mod serve;
mod server;
mod sign_on;
mod status;
mod touched;
