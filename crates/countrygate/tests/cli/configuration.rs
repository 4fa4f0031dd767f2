//! Settings by file, environment and flags, as the doctor tells them and as the commands use them.

use std::path::Path;

use crate::run::{Run, run_in, run_in_with};

fn settings(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let whole = [&["doctor", "--settings", "--format", "csv"], arguments].concat();
    run_in_with(folder, &whole, variables)
}

/// What is told of a setting: value, from, place, instead of.
fn told(run: &Run, name: &str) -> String {
    let rows = run.rows();
    let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{}{}", run.out, run.err));
    row[1..].join(" | ")
}

#[test]
fn a_flag_goes_before_the_environment_that_before_the_file_and_that_before_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |arguments: &[&str], variables: &[(&str, &str)]| settings(folder.path(), arguments, variables);
    let bare = ask(&[], &[]);
    assert_eq!(told(&bare, "listen"), "127.0.0.1:8080 | default |  | ");
    assert_eq!(told(&bare, "https"), "false | default |  | ");
    assert_eq!(told(&bare, "database"), "sqlite:countrygate.db | default |  | ");
    assert_eq!(told(&bare, "mail_relay"), " | default |  | ");
    let text = "# The office.\nlisten = '0.0.0.0:80'\nhttps = true\nahead_of_utc = -60\n";
    std::fs::write(folder.path().join("countrygate.toml"), text).unwrap();
    let by_file = ask(&[], &[]);
    assert_eq!(told(&by_file, "listen"), "0.0.0.0:80 | file | countrygate.toml:2 | ");
    assert_eq!(told(&by_file, "https"), "true | file | countrygate.toml:3 | ");
    assert_eq!(told(&by_file, "ahead_of_utc"), "-60 | file | countrygate.toml:4 | ");
    assert_eq!(told(&by_file, "country"), "CN | default |  | ");
    let variables = [("COUNTRYGATE_LISTEN", "0.0.0.0:81"), ("COUNTRYGATE_HTTPS", "false")];
    let by_environment = ask(&[], &variables);
    let expected = "0.0.0.0:81 | environment | COUNTRYGATE_LISTEN | countrygate.toml:2";
    assert_eq!(told(&by_environment, "listen"), expected);
    assert_eq!(
        told(&by_environment, "https"),
        "false | environment | COUNTRYGATE_HTTPS | countrygate.toml:3"
    );
    let by_flag = ask(&["--listen", "0.0.0.0:82", "--https=false"], &variables);
    assert_eq!(told(&by_flag, "listen"), "0.0.0.0:82 | flag | --listen | countrygate.toml:2");
    assert_eq!(told(&by_flag, "https"), "false | flag | --https | countrygate.toml:3");
    assert_eq!(told(&ask(&["--https"], &[]), "https"), "true | flag | --https | countrygate.toml:3");
}

#[test]
fn a_file_is_named_by_flag_or_environment_and_its_paths_are_relative_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let etc = folder.path().join("etc");
    std::fs::create_dir(&etc).unwrap();
    std::fs::write(folder.path().join("countrygate.toml"), "listen = '0.0.0.0:80'\n").unwrap();
    let text = "database = 'sqlite:office.db'\nmail_user = 'office'\nmail_password_file = '/run/secret'\n";
    std::fs::write(etc.join("office.toml"), text).unwrap();
    for run in [
        settings(folder.path(), &["--config", "etc/office.toml"], &[]),
        settings(folder.path(), &[], &[("COUNTRYGATE_CONFIG", "etc/office.toml")]),
    ] {
        assert_eq!(told(&run, "database"), "sqlite:etc/office.db | file | etc/office.toml:1 | ");
        assert_eq!(told(&run, "mail_password_file"), "/run/secret | file | etc/office.toml:3 | ");
        assert_eq!(told(&run, "listen"), "127.0.0.1:8080 | default |  | ", "only one file is read");
    }
    let migrated = run_in(folder.path(), &["migrate", "--config", "etc/office.toml"]);
    assert!(migrated.code == 0 && etc.join("office.db").is_file(), "{}{}", migrated.out, migrated.err);
}

#[test]
fn a_file_holds_for_every_command_but_never_changes_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let help = run_in(folder.path(), &["serve", "--help"]);
    std::fs::write(folder.path().join("countrygate.toml"), "book = 'no-book'\ncountry = 'KZ'\n").unwrap();
    assert_eq!(run_in(folder.path(), &["serve", "--help"]).out, help.out);
    let failed = run_in(folder.path(), &["species", "Falco cherrug"]);
    assert!(failed.code == 1 && failed.err.contains("no-book"), "{}", failed.err);
    // What only tells the settings works with a broken book.
    assert_eq!(settings(folder.path(), &[], &[]).code, 0);
    std::fs::write(folder.path().join("countrygate.toml"), "lisp = 1\n").unwrap();
    assert_eq!(run_in(folder.path(), &["serve", "--help"]).out, help.out);
    assert_eq!(run_in(folder.path(), &["species", "Falco cherrug"]).code, 1);
}

#[test]
fn whatever_is_wrong_in_a_file_is_told_with_its_line_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("countrygate.toml");
    for (text, expected) in [
        (
            &b"listen = '0.0.0.0:80'\nlisen = 1"[..],
            &["line 2, column 1: `lisen` is no setting; there are database, listen,"][..],
        ),
        (b"mail-from = 'a@b.example'", &["line 1, column 1: `mail-from` is no setting; write `mail_from`"]),
        (
            b"mail_password = 'xyzzy'",
            &["what is secret does not stand in the configuration", "COUNTRYGATE_MAIL_PASSWORD"],
        ),
        (b"sign_on_secret = 'xyzzy'", &["`sign_on_secret_file`", "COUNTRYGATE_SIGN_ON_SECRET"]),
        (b"\n[serve]\nlisten = ''", &["line 2, column 2: `serve` is a section", "NAME = VALUE"]),
        (b"https = 'yes'", &["line 1, column 9: `https` is a text; write true or false"]),
        (
            b"ahead_of_utc = 8.0",
            &["column 16: `ahead_of_utc` is a number with a point; write a whole number"],
        ),
        (b"book = ['a']", &["`book` is a list; write a text in quotes"]),
        (b"data = ''", &["`data` is empty; write its value, or take the line away"]),
        (b"\n\ncountry = 'Kazakhstan'", &["line 3, column 11: `country`: "]),
        (b"listen = 'nowhere'", &["line 1, column 10: `listen`: invalid socket address"]),
        (b"ahead_of_utc = 9000", &["`ahead_of_utc`: 9000 is not in -720..=840"]),
        (
            b"database = 'mysql://o:xyzzy@db/o'",
            &["`database`: the database is neither", "write sqlite:PATH or"],
        ),
        (b"mail_from = 'nobody'", &["line 1, column 13: `mail_from`: "]),
        (b"https = true\nhttps = false", &["line 2, column 1: duplicate key"]),
        (b"database = 'postgres://o:xyzzy@db/o", &["line 1, column ", "write each setting as NAME = VALUE"]),
        (
            b"https = 1\ndata = 2\nlisten = 'x'",
            &["line 1, column 9: `https`", "line 2, column 8: `data`", "line 3, column 10: `listen`: "],
        ),
        (b"listen = '0.0.0.0:80'\ncountry = '\xff'", &["line 2, byte 12: not UTF-8; save the file as UTF-8"]),
    ] {
        std::fs::write(&file, text).unwrap();
        let run = run_in(folder.path(), &["doctor", "--settings"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
        assert!(run.err.starts_with("error: the configuration countrygate.toml"), "{}", run.err);
        for expected in expected {
            assert!(run.err.contains(expected), "{expected}: {}", run.err);
        }
        assert!(!run.err.contains("xyzzy"), "{}", run.err);
    }
}

#[test]
fn what_is_no_file_is_told_as_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("etc")).unwrap();
    std::fs::write(folder.path().join("long.toml"), "#".repeat(70_000)).unwrap();
    for (named, expected) in [
        ("etc", "the configuration etc cannot be read: this is a folder; name a file"),
        ("gone.toml", "the configuration gone.toml cannot be read: "),
        ("long.toml", "longer than 65536 bytes"),
    ] {
        let run = run_in(folder.path(), &["doctor", "--settings", "--config", named]);
        assert!(run.code == 1 && run.err.contains(expected), "{}", run.err);
    }
}

#[test]
fn what_lies_in_the_folder_is_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("countrygate.toml");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let run = run_in(folder.path(), &["doctor", "--settings"]);
    assert!(run.code == 1 && run.err.contains("no regular file"), "{}", run.err);
    std::fs::remove_file(&path).unwrap();
    let keys: String = (0..1000).map(|number| format!("\"\\u001b[31m{number}\" = 1\n")).collect();
    std::fs::write(&path, keys).unwrap();
    let many = run_in(folder.path(), &["doctor", "--settings"]);
    assert!(many.err.lines().count() == 21 && many.err.ends_with("and 980 more\n"), "{}", many.err);
    assert!(!many.err.contains('\u{1b}'), "{}", many.err);
}

#[test]
fn the_doctor_makes_no_database_and_tells_its_state() {
    let folder = tempfile::tempdir().unwrap();
    let ask = || run_in(folder.path(), &["doctor", "--settings"]);
    let not_there = ask();
    let expected = "the database sqlite:countrygate.db is not there; `countrygate serve` makes it\n";
    assert!(not_there.code == 0 && not_there.out.contains(expected), "{}", not_there.out);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let database = folder.path().join("countrygate.db");
    std::fs::write(&database, "").unwrap();
    let behind = ask();
    assert!(behind.code == 0 && behind.out.contains("lacks 0001_deeds, "), "{}", behind.out);
    assert_eq!(std::fs::metadata(&database).unwrap().len(), 0);
    assert_eq!(run_in(folder.path(), &["migrate"]).code, 0);
    assert!(ask().out.contains("is there and up to date"), "{}", ask().out);
    std::fs::write(&database, "no database at all".repeat(100)).unwrap();
    let unusable = ask();
    assert!(unusable.code == 10 && unusable.out.contains("PROBLEM: the database"), "{}", unusable.out);
}

#[test]
fn settings_that_need_each_other_may_come_from_different_places() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("countrygate.toml"), "mail_relay = 'smtp://mail.example'\n").unwrap();
    let alone = run_in(folder.path(), &["doctor", "--settings"]);
    assert!(
        alone.code == 10 && alone.out.contains("PROBLEM: --mail-relay needs --mail-from"),
        "{}",
        alone.out
    );
    let served = run_in(folder.path(), &["serve"]);
    assert!(served.code == 1 && served.err.contains("--mail-relay needs --mail-from"), "{}", served.err);
    let both = run_in(folder.path(), &["doctor", "--settings", "--mail-from", "office@ma.example"]);
    assert_eq!(both.code, 0, "{}", both.out);
    let file = run_in(folder.path(), &["serve", "--mail-from", "o@ma.example", "--mail-password-file", "x"]);
    assert!(file.err.contains("--mail-password-file needs --mail-user"), "{}", file.err);
}

#[test]
fn the_doctor_shows_no_password_in_any_format() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens at this socket.
    let text = "database = 'postgres://office:xyzzy@%2Fnowhere/office?password=xyzzy'\n";
    std::fs::write(folder.path().join("countrygate.toml"), text).unwrap();
    for format in ["text", "json", "csv"] {
        let arguments = ["doctor", "--settings", "--format", format];
        let run = run_in_with(folder.path(), &arguments, &[("COUNTRYGATE_MAIL_PASSWORD", "xyzzy")]);
        assert_eq!(run.code, 10, "{}", run.err);
        assert!(run.out.contains("postgres://%2Fnowhere/office"), "{}", run.out);
        assert!(run.out.contains("(hidden)"), "{}", run.out);
        assert!(!run.out.contains("xyzzy") && !run.err.contains("xyzzy"), "{}{}", run.out, run.err);
    }
    let whole = run_in(folder.path(), &["doctor", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&whole.out).unwrap();
    assert_eq!(whole["office"]["database"]["state"], "unusable");
    assert_eq!(whole["office"]["configuration"], "countrygate.toml");
    assert_eq!(whole["office"]["settings"][0]["place"], "countrygate.toml:1");
}
