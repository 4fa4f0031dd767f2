//! Ids that are drawn: one id has one text.

#![cfg(test)]

use cites::{AgencyId, OperatorId, UserId};
use proptest::prelude::*;

const WRITTEN: &str = "0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b77";

#[test]
fn an_id_is_read_in_one_form_only() {
    assert_eq!(WRITTEN.parse::<UserId>().unwrap().to_string(), WRITTEN);
    for bad in [
        "",
        "0190f3a27c1e7b608a550c2f9d1e4b77",
        "0190F3A2-7C1E-7B60-8A55-0C2F9D1E4B77",
        "{0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b77}",
        " 0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b77",
        "0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b77-",
        "0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b7",
        "0190f3a27-c1e-7b60-8a55-0c2f9d1e4b77",
        "0190f3a2-7c1e-7b60-8a55-0c2f9d1e4b7g",
        "0190f3a2-7c1e-7b60-8a55-0c2f9d1e4bß",
    ] {
        let error = bad.parse::<AgencyId>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "`{bad}` is not the id of an agency; copy its 32 hexadecimal digits in lower case with their \
                 four hyphens"
            )
        );
    }
}

proptest! {
    #[test]
    fn an_id_is_read_as_it_is_printed(bytes: [u8; 16]) {
        let id = OperatorId(bytes);
        prop_assert_eq!(id.to_string().parse::<OperatorId>(), Ok(id));
        prop_assert_eq!(id.to_string().len(), 36);
    }

    #[test]
    fn what_is_read_prints_as_it_was_written(text in "[0-9a-fA-F-]{34,38}") {
        if let Ok(id) = text.parse::<UserId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}
