//! One suite of tests, run on SQLite and on PostgreSQL: what the store promises holds on both.
#![cfg(test)]

mod bench;
mod deeds;
mod people;
mod sign_in;
mod tables;
mod words;
