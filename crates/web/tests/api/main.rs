//! The API and the pages from outside: every route as every role over every ownership, signing in, the chain of an
//! application, the description.

#![cfg(test)]

mod attachments;
mod book;
mod chain;
mod description;
mod handed_in;
mod house;
mod lines_file;
mod matrix;
mod pages;
mod passkeys;
mod permit;
mod registers;
mod requirements;
mod setting_up;
mod shipped;
mod sign_on;
mod signing_in;
mod story;
mod taking_over;
mod touched;
mod walk;
mod webhooks;
mod world;
