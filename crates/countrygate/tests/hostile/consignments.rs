//! Consignments: nested without end, keys without number, characters that are none.

use std::io::Write;

use crate::run::{Ran, TEN_MB, fed, repeat};

fn refused(kind: &str, feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send) -> Ran {
    let ran = fed(&["check", "-", "--input", kind], feed);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
    assert!(ran.err.contains("line 1") || ran.err.contains("longer than"), "{}", ran.err);
    assert!(ran.err.len() < 100_000, "{} bytes are told", ran.err.len());
    ran
}

#[test]
fn json_nested_without_end_is_told() {
    for piece in ["[", "{\"a\":"] {
        let ran = refused("json", |out| repeat(out, piece.as_bytes(), piece.len() * 100_000));
        assert!(ran.err.contains("nested too deeply"), "{}", ran.err);
    }
}

#[test]
fn toml_nested_without_end_is_told() {
    refused("toml", |out| {
        out.write_all(b"line = ")?;
        repeat(out, b"[", 100_000)
    });
    refused("toml", |out| repeat(out, b"a.", 200_000));
    refused("toml", |out| {
        out.write_all(b"[")?;
        repeat(out, b"a.", 200_000)?;
        out.write_all(b"a]\n")
    });
    refused("toml", |out| {
        out.write_all(b"line = ")?;
        repeat(out, b"{a=", 300_000)
    });
}

#[test]
fn keys_without_number_are_told() {
    let ran = refused("toml", |out| (0..100_000).try_for_each(|key| writeln!(out, "k{key} = 1")));
    assert!(ran.err.contains("k0: no such key"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 100);
    let ran = refused("json", |out| {
        out.write_all(b"{")?;
        (0..100_000).try_for_each(|key| write!(out, "\"k{key}\":1,"))
    });
    assert!(ran.err.contains("too many keys"), "{}", ran.err);
}

#[test]
fn values_without_number_are_told() {
    let ran = refused("json", |out| {
        out.write_all(b"{\"line\":[")?;
        repeat(out, b"0,", 2 * TEN_MB)
    });
    assert!(ran.err.contains("too many values"), "{}", ran.err);
    let ran = refused("toml", |out| {
        out.write_all(b"line = [")?;
        repeat(out, b"0,", 2 * TEN_MB)
    });
    assert!(ran.err.contains("too many values"), "{}", ran.err);
}

#[test]
fn a_consignment_longer_than_any_is_told() {
    let ran = refused("json", |out| repeat(out, b" ", 100_000_000));
    assert!(ran.err.contains("split the consignment"), "{}", ran.err);
}

#[test]
fn half_a_surrogate_pair_is_told() {
    for text in ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\ud83d"] {
        let ran = refused("json", |out| write!(out, "{{\"line\": [{{\"name\": \"{text}\"}}]}}"));
        assert!(ran.err.contains("half a surrogate pair"), "{}", ran.err);
    }
    let ran = fed(&["check", "-", "--input", "json"], |out| out.write_all(b"\xFF\xFE{\0\x00\xD8"));
    assert!(ran.code == Some(1) && ran.err.contains("half a character"), "{}", ran.err);
}

#[test]
fn a_name_of_ten_megabytes_is_told_in_short() {
    for kind in ["toml", "json"] {
        let ran = fed(&["check", "-", "--input", kind, "--on", "2026-03-05"], |out| {
            out.write_all(if kind == "json" {
                b"{\"line\": [{\"name\": \""
            } else {
                b"[[line]]\nname = \""
            })?;
            repeat(out, b"Falco", TEN_MB)?;
            out.write_all(if kind == "json" { b"\"}]}" } else { b"\"\n" })
        });
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
        assert!(ran.err.contains("line[1].name: the text has"), "{}", ran.err);
        assert!(ran.err.len() < 1_000, "{} bytes are told", ran.err.len());
    }
}

#[test]
fn values_of_ten_megabytes_are_told_in_short() {
    for key in ["direction", "port", "term", "quantity"] {
        let ran = fed(&["check", "-", "--input", "toml"], |out| {
            write!(out, "{key} = \"")?;
            repeat(out, b"9", TEN_MB)?;
            out.write_all(b"\"\n[[line]]\nname = \"Falco\"\n")
        });
        assert!(ran.err.len() < 5_000, "{} bytes are told", ran.err.len());
        assert!(ran.out.len() < 20_000, "{} bytes are answered", ran.out.len());
    }
}

#[test]
fn as_many_lines_and_papers_as_there_may_be_are_answered() {
    let ran = fed(&["check", "-", "--input", "toml", "--on", "2026-03-05", "--format", "csv"], |out| {
        (0..150).try_for_each(|_| out.write_all(b"[[line]]\nname = \"Falco cherrug\"\nquantity = 1\n"))?;
        (0..100).try_for_each(|number| {
            write!(out, "[[paper]]\nkind = \"export-permit\"\nissuer = \"KZ\"\nnumber = \"{number}\"\n")?;
            (0..50).try_for_each(|_| out.write_all(b"[[paper.line]]\nname = \"Falco cherrug\"\n"))
        })
    });
    assert_eq!(ran.code, Some(10), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 151);
}

#[test]
fn more_lines_and_papers_than_can_be_compared_are_told() {
    let ran = refused("toml", |out| {
        (0..5_000).try_for_each(|_| out.write_all(b"[[line]]\nname = \"Falco cherrug\"\n"))?;
        (0..1_000).try_for_each(|_| out.write_all(b"[[paper]]\nkind = \"export-permit\"\n"))
    });
    assert!(ran.err.contains("too many to hold each against each"), "{}", ran.err);
}
