//! The office as a server: the real program on a free port, and its database.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A server on a port of its own, which ends with the test.
struct Server {
    child: Child,
    told: BufReader<std::process::ChildStdout>,
    address: String,
}

impl Server {
    fn start(folder: &std::path::Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_countrygate"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .env_remove("COUNTRYGATE_DATABASE")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.to_owned();
        Server { child, told, address }
    }

    fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        line
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{request}\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn told_to_end(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.told.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
