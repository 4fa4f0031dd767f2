//! Passwords: what is refused, and that none is ever shown.

#![cfg(test)]

use access::{PASSWORD_BYTES_MAX, Password, PasswordRefused};
use proptest::prelude::*;

const LIST: [&str; 2] = ["passwordpassword", "correct horse battery staple"];

fn chosen(written: &str) -> Result<Password, PasswordRefused> {
    Password::chosen(written, "Aynur.Tursun@office.example", |folded| LIST.contains(&folded))
}

#[test]
fn length_counts_and_composition_does_not() {
    for good in [
        "saiga crosses the pass",
        "aaaaaaaaaaab",
        "123456789012",
        "雪豹在阿尔泰山过冬季节里",
        "pass word is long",
    ] {
        assert!(chosen(good).is_ok(), "{good}");
    }
}

#[test]
fn a_password_that_is_guessed_first_is_refused() {
    use PasswordRefused::*;
    for (written, expected) in [
        ("", TooShort { characters: 0 }),
        ("elevenchars", TooShort { characters: 11 }),
        ("雪豹雪豹雪豹", TooShort { characters: 6 }),
        ("aaaaaaaaaaaa", OneCharacter),
        ("AaAaAaAaAaAa", OneCharacter),
        ("            ", OneCharacter),
        // Spaces at the ends are part of a password, but no reason to take it for a long one.
        ("            x", OneCharacter),
        ("aynur.tursun@office.example", AccountName),
        ("AYNUR.TURSUN", AccountName),
        (" aynur.tursun ", AccountName),
        ("PasswordPassword", Listed),
        ("Correct Horse Battery Staple", Listed),
        // Wide letters are the same letters in the normal form.
        ("ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ", Listed),
    ] {
        assert_eq!(chosen(written).unwrap_err(), expected, "{written}");
    }
}

#[test]
fn a_text_of_any_length_is_refused_before_it_is_looked_at() {
    assert!(chosen(&"ab".repeat(PASSWORD_BYTES_MAX / 2)).is_ok());
    let long = "ab".repeat(PASSWORD_BYTES_MAX);
    assert_eq!(chosen(&long).unwrap_err(), PasswordRefused::TooLong);
    assert_eq!(Password::offered(&long).unwrap_err(), PasswordRefused::TooLong);
}

#[test]
fn one_password_has_one_form_however_it_is_typed() {
    let composed = Password::offered("caf\u{e9} by the river").unwrap();
    let decomposed = Password::offered("cafe\u{301} by the river").unwrap();
    assert_eq!(composed, decomposed);
    assert_eq!(composed.as_bytes(), "caf\u{e9} by the river".as_bytes());
    assert_ne!(composed, Password::offered("Caf\u{e9} by the river").unwrap());
}

proptest! {
    #[test]
    fn a_password_that_was_chosen_opens(written in "\\PC{0,60}") {
        if let Ok(password) = chosen(&written) {
            prop_assert_eq!(Password::offered(&written), Ok(password));
        }
    }

    #[test]
    fn neither_password_nor_refusal_shows_what_was_written(written in "[a-z]{4,40}") {
        match Password::chosen(&written, "nobody", |_| written.len() > 20) {
            Ok(password) => prop_assert_eq!(format!("{password:?}"), "Password(not shown)"),
            Err(refused) => {
                let words = ["word", "words", "password", "characters"];
                prop_assert!(words.contains(&written.as_str()) || !refused.to_string().contains(&written));
            }
        }
    }
}
