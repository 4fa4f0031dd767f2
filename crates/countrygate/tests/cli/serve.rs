//! The office as a server: the real program on a free port, and its database.

use crate::server::Server;

#[test]
fn an_office_is_made_at_the_first_start_and_found_again_at_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Server::start(folder.path());
    let invitation = first.next_line();
    assert!(invitation.contains(&format!("http://{}/set-up/", first.address)), "{invitation}");
    assert!(first.ask("GET /readyz HTTP/1.1").starts_with("HTTP/1.1 204"));
    assert!(first.ask("GET /api/permits HTTP/1.1").starts_with("HTTP/1.1 401"));
    assert!(first.ask("GET /api/openapi.json HTTP/1.1").contains("\"openapi\":\"3.1.0\""));
    let (code, rest) = first.told_to_end();
    assert_eq!((code, rest.as_str()), (Some(0), "Countrygate has ended\n"));
    let second = Server::start(folder.path());
    assert!(second.ask("GET /readyz HTTP/1.1").starts_with("HTTP/1.1 204"));
    assert_eq!(second.told_to_end().0, Some(0));
}

#[test]
fn a_database_is_brought_up_to_date_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("office.db").display());
    let first = crate::run::run(&["migrate", "--database", &database]);
    assert_eq!(
        (first.code, first.out.contains("applied 0001_deeds")),
        (0, true),
        "{}{}",
        first.out,
        first.err
    );
    let second = crate::run::run(&["migrate", "--database", &database]);
    assert_eq!(
        (second.code, second.out.ends_with("is up to date\n")),
        (0, true),
        "{}{}",
        second.out,
        second.err
    );
}

#[test]
fn what_cannot_be_served_is_told_with_what_to_do() {
    for (arguments, code, expected) in [
        (&["migrate", "--database", "office.db"][..], 2, "write sqlite:PATH or postgres://USER@HOST/NAME"),
        (&["migrate", "--database", "sqlite:/nowhere/at/all/office.db"], 1, "cannot be opened"),
        (&["serve", "--listen", "nowhere"], 2, "invalid socket address"),
    ] {
        let run = crate::run::run(arguments);
        assert_eq!(run.code, code, "{arguments:?} {}", run.err);
        assert!(run.err.contains(expected), "{arguments:?} {}", run.err);
    }
}

#[test]
fn a_demonstration_has_an_office_in_every_state_and_says_on_every_page_that_it_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start_with(folder.path(), &["--demo"]);
    let page = first.ask("GET /sign-in HTTP/1.1");
    assert!(page.contains("everything here is made up") && page.contains("<code>decider</code>"), "{page}");
    assert_eq!(first.told_to_end().0, Some(0));
    let database = format!("sqlite:{}", folder.path().join("countrygate-demo.db").display());
    let listed = crate::run::run(&["permit", "list", "--format", "csv", "--database", &database]);
    assert!(listed.out.starts_with("number,state,"), "{}{}", listed.out, listed.err);
    let states: std::collections::BTreeSet<String> =
        listed.rows().into_iter().map(|row| row[1].clone()).collect();
    let every = ["cancelled", "expired", "issued", "lost", "returned"];
    assert_eq!(states.iter().map(String::as_str).collect::<Vec<_>>(), every);
    let issued =
        crate::run::run(&["permit", "list", "--state", "issued", "--format", "csv", "--database", &database]);
    assert!(
        issued.rows().iter().all(|row| row[1] == "issued") && !issued.rows().is_empty(),
        "{}",
        issued.out
    );
    let number = listed.rows()[0][0].clone();
    let shown = crate::run::run(&["permit", "show", &number, "--database", &database]);
    assert!(shown.out.starts_with(&number) && shown.out.contains("left"), "{}{}", shown.out, shown.err);
    // The same database is the same demonstration, also where nobody says so again.
    let second = Server::start_with(folder.path(), &["--database", &database]);
    assert!(second.ask("GET /sign-in HTTP/1.1").contains("everything here is made up"));
}

#[test]
fn a_demonstration_passes_over_the_database_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("countrygate.toml"), "database = 'sqlite:office.db'\n").unwrap();
    let server = Server::start_with(folder.path(), &["--demo"]);
    assert!(folder.path().join("countrygate-demo.db").is_file());
    assert!(!folder.path().join("office.db").exists());
    drop(server);
}

#[test]
fn a_demonstration_is_not_made_in_an_office() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("office.db").display());
    drop(Server::start_with(folder.path(), &["--database", &database]));
    let refused = crate::run::run(&["serve", "--demo", "--listen", "127.0.0.1:0", "--database", &database]);
    assert!(refused.code == 1 && refused.err.contains("there is an office"), "{}", refused.err);
}

#[test]
fn people_are_let_in_and_out_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("office.db").display());
    let user =
        |arguments: &[&str]| crate::run::run(&[&["user", "--database", &database], arguments].concat());
    let invited = user(&["invite", "Aygul@Farm.example", "--name", "Aygul", "--role", "applicant"]);
    assert!(invited.code == 0 && invited.out.contains("at /set-up/"), "{}{}", invited.out, invited.err);
    let again = user(&["invite", "aygul@farm.example", "--name", "Aygul", "--role", "applicant"]);
    assert!(again.code == 1 && again.err.contains("one like it already"), "{}", again.err);
    let officer = user(&["invite", "li", "--name", "Li", "--role", "intake-officer", "--agency", "Nowhere"]);
    assert!(officer.err.contains("no agency `Nowhere`"), "{}", officer.err);
    assert!(user(&["bar", "aygul@farm.example"]).out.contains("let in no more"));
    let listed = user(&["list", "--format", "csv"]);
    assert_eq!(listed.out, "login,name,agency,roles,barred\naygul@farm.example,Aygul,,applicant,true\n");
    assert!(user(&["link", "aygul@farm.example"]).err.contains("barred"));
    assert!(user(&["readmit", "aygul@farm.example"]).out.contains("let in again"));
    assert!(user(&["link", "nobody"]).err.contains("nobody signs in as `nobody`"));
}

#[test]
fn permits_of_before_are_taken_over_and_a_bad_row_waits_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("office.db").display());
    let permit =
        |arguments: &[&str]| crate::run::run(&[&["permit", "--database", &database], arguments].concat());
    let table = folder.path().join("permits.csv");
    let table_path = table.to_str().unwrap();
    let headings = "number,state,kind,holder,issued,valid until,scientific name,term,quantity,unit,used";
    let sound = "OLD/1,issued,export,Old Farm,2026-09-01,2099-02-28,Falco cherrug,LIV,10,NAR,4";
    let second_line = "OLD/1,issued,export,Old Farm,2026-09-01,2099-02-28,Falco rusticolus,LIV,2,NAR,";
    let untold = "OLD/2,,export,Old Farm,2026-09-02,2099-02-28,Falco cherrug,LIV,3,NAR,0";
    let bad = "OLD/3,issued,export,Old Farm,2026-09-02,2099-02-28,Falco cherrug,LIV,some,NAR,0";
    std::fs::write(&table, [headings, sound, second_line, untold, bad, ""].join("\n")).unwrap();
    let first = permit(&["import", table_path, "--format", "csv"]);
    assert_eq!(first.code, 10, "{}{}", first.out, first.err);
    let rows: Vec<&str> = first.out.lines().collect();
    assert_eq!(rows[0], "number,outcome,row,reason");
    assert_eq!(rows[1], "OLD/1,taken,2,");
    assert!(rows[2].starts_with("OLD/2,refused,4,") && rows[2].contains("its state is not told"), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("OLD/3,waits,5,\"quantity: `some`")), "{rows:?}");
    assert!(rows.contains(&"OLD/1,doubt,3,kind: `export`: read as export-permit"), "{rows:?}");
    let mended = bad.replace("some", "1");
    std::fs::write(&table, [headings, sound, second_line, untold, &mended, ""].join("\n")).unwrap();
    let again = permit(&["import", table_path, "--untold-state", "cancelled"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
    assert!(again.out.contains("2 permits taken over, 1 known already, 0 refused"), "{}", again.out);
    let listed = permit(&["list", "--format", "csv"]).out;
    for row in ["number,state,", "OLD/1,issued,", "OLD/2,cancelled,", "OLD/3,issued,"] {
        assert!(listed.lines().any(|line| line.starts_with(row)), "{row}: {listed}");
    }
    let shown = permit(&["show", "OLD/1"]).out;
    assert!(shown.contains("10 NAR, 4 endorsed, 6 left\n"), "{shown}");
    assert!(shown.contains("2 left; what was used before it was taken over is not known"), "{shown}");
}
