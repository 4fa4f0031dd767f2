//! One suite of tests, run on SQLite and on PostgreSQL: what the store promises holds on both.
#![cfg(test)]

mod bench;
mod deeds;
mod ledger;
mod lists;
mod office;
mod people;
mod registers;
mod rush;
mod sign_in;
mod tables;
mod words;
