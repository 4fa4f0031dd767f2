//! `law touched` on the same input as `check`: what cannot be read is told, and the other rows are answered.

use std::io::Write;

use crate::run::{HUNDRED_MB, Ran, TEN_MB, fed, repeat};

/// A vulture that CoP20 moved from Appendix II to I.
const MOVED: &[u8] = b"Gyps africanus,1,KZ\n";

fn touched(
    kind: &str,
    more: &[&str],
    feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
) -> Ran {
    let asked = ["law", "touched", "--on", "2026-03-05", "-", "--input", kind];
    fed(&[&asked, more].concat(), feed)
}

/// Asks a table of three rows: a good one, what `bad` writes, a good one.
fn between(bad: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send) -> Ran {
    let ran = touched("csv", &["--format", "csv"], |out| {
        out.write_all(b"name,quantity,exporter\n")?;
        out.write_all(MOVED)?;
        bad(out)?;
        out.write_all(b"\n")?;
        out.write_all(MOVED)
    });
    assert!(ran.code.is_some_and(|code| code == 10 || code == 11), "{:?}: {}", ran.code, ran.err);
    let good = ran
        .out
        .lines()
        .filter(|row| row.starts_with("Gyps africanus,1,KZ,Gyps africanus,exact,yes,stricter,II,I,"));
    assert_eq!(good.count(), 2, "the rows around it are answered: {}", ran.err);
    assert!(ran.err.len() < 1_000, "{}", ran.err);
    ran
}

fn told(ran: &Ran, expected: &str) {
    assert!(ran.err.contains(expected), "{expected} is not in {}", ran.err);
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
        let ran = touched(kind, &[], |out| repeat(out, piece, TEN_MB));
        assert_eq!(ran.code, Some(1), "{kind}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.len() < 1_000, "{kind}: {}", ran.err);
    }
}
