//! The help texts, as they are printed. `INSTA_UPDATE=always` takes in a changed text; read it then.

fn check(name: &str, arguments: &[&str]) {
    let run = crate::run::run(arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    insta::assert_snapshot!(name, run.out);
}

#[test]
fn every_command_explains_itself_with_examples() {
    check("help", &["--help"]);
    for words in [
        &["check"][..],
        &["species"],
        &["law"],
        &["law", "show"],
        &["law", "status"],
        &["law", "diff"],
        &["law", "touched"],
        &["law", "editions"],
        &["law", "editions", "list"],
        &["law", "editions", "keep"],
        &["law", "editions", "verify"],
        &["law", "editions", "diff"],
        &["data"],
        &["data", "import"],
        &["serve"],
        &["migrate"],
        &["user"],
        &["user", "invite"],
        &["permit"],
        &["permit", "list"],
        &["permit", "import"],
        &["doctor"],
    ] {
        let mut arguments = words.to_vec();
        arguments.push("--help");
        check(&format!("help_{}", words.join("_")), &arguments);
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    for (arguments, expected) in [
        (&[][..], "Usage: countrygate"),
        (&["law"], "Usage: countrygate law"),
        (&["lax"], "unrecognized subcommand 'lax'"),
        (&["law", "show", "Falco", "--on", "2021-02-30"], "`2021-02-30` is not in the calendar"),
        (&["law", "show", "Falco", "--on", "yesterday"], "write it as year-month-day"),
        (&["law", "show", "Falco", "--origin", "Kazakhstan"], "write a country such as PH"),
        (&["law", "show", "Falco", "--term", "HORN"], "HORN"),
        (&["law", "diff", "2021-01-01"], "<DATE>"),
        (&["law", "editions"], "Usage: countrygate law editions"),
        (&["doctor", "--edition", "abc"], "write its first hexadecimal digits, 6 to 64"),
        (&["species", "Falco", "--format", "xml"], "possible values: text, json, csv"),
        (&["data", "import"], "<FILE>..."),
    ] {
        let run = crate::run::run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(
            run.err.contains(expected) || run.out.contains(expected),
            "{arguments:?}: {}{}",
            run.err,
            run.out
        );
    }
}
