//! `law touched` on the same input as `check`: what cannot be read is told, and the other rows are answered.

use std::io::Write;

use crate::run::{self, HUNDRED_MB, Ran, TEN_MB, fed, repeat, told};

/// Asks a table of three rows: a good one, what `bad` writes, a good one. The vulture is one that CoP20 moved from
/// Appendix II to I.
fn between(bad: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send) -> Ran {
    let good = ("Gyps africanus,1,KZ", "Gyps africanus,1,KZ,Gyps africanus,exact,yes,stricter,II,I,");
    let ran = run::between(&["law", "touched", "-"], good, bad);
    assert!(ran.code.is_some_and(|code| code == 10 || code == 11), "{:?}: {}", ran.code, ran.err);
    ran
}

#[test]
fn a_row_that_is_too_long_loses_no_other_line_of_a_register() {
    told(&between(|out| repeat(out, b"x", HUNDRED_MB)), "row 3: the row is longer than 1048576 bytes");
    let name = between(|out| {
        out.write_all(b"Falco ")?;
        repeat(out, b"cherrug", TEN_MB)?;
        out.write_all(b",1,KZ")
    });
    told(&name, "row 3: the row is longer");
}

#[test]
fn cells_that_say_nothing_lose_no_other_line_of_a_register() {
    told(&between(|out| out.write_all(b"Falco cherrug,1e308,KZ")), "row 3, column `quantity`");
    told(&between(|out| out.write_all(b"Falco\0cherrug,1,KZ")), "row 3, column `name`");
    told(&between(|out| out.write_all(b"Falco cherrug,\"1,KZ")), "row 3: a quote in cell 2 is never closed");
}

#[test]
fn consignments_without_end_are_told() {
    for (kind, piece) in [("json", b"[" as &[u8]), ("toml", b"line = [")] {
        let asked = ["law", "touched", "--on", "2026-03-05", "-", "--input", kind];
        let ran = fed(&asked, |out| repeat(out, piece, TEN_MB));
        assert_eq!(ran.code, Some(1), "{kind}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.len() < 1_000, "{kind}: {}", ran.err);
    }
}
