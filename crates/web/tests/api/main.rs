//! The API and the pages from outside: every route as every role over every ownership, signing in, the description.

#![cfg(test)]

mod description;
mod matrix;
mod pages;
mod signing_in;
mod world;
