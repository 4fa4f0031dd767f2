//! The server and an issuer of identities beside it: the program asks it over its own sockets.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use crate::run::run_in_with;
use crate::server::Server;

/// An issuer on a port of its own, which describes itself to whoever asks, and how often it was asked to wait.
fn issuer() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let description = format!(
        "{{\"issuer\": \"{issuer}\", \"authorization_endpoint\": \"{issuer}/authorize\", \"token_endpoint\": \"{issuer}/token\"}}"
    );
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), &description);
        }
    });
    issuer
}

fn answer(mut stream: TcpStream, description: &str) {
    let mut asked = [0; 4096];
    let read = stream.read(&mut asked).unwrap();
    let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
    let is_description = asked.starts_with("GET /.well-known/openid-configuration ");
    let (status, body) = if is_description { ("200 OK", description) } else { ("302 Found", "") };
    let length = body.len();
    // Whoever follows this is asked for what is not there, and fails.
    let more = "location: /.well-known/openid-configuration\r\nconnection: close\r\n";
    write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{more}\r\n{body}").unwrap();
}

fn served(issuer: &str) -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_countrygate"));
    command.env("COUNTRYGATE_SIGN_ON_SECRET", "a secret");
    let named = ["--sign-on-issuer", issuer, "--sign-on-client", "office", "--sign-on-name", "the province"];
    let named = [&named[..], &["--origin", "http://127.0.0.1:9000"]].concat();
    let server = Server::start_by(command, folder.path(), &named);
    (folder, server)
}

#[test]
fn a_browser_is_led_to_the_issuer_that_describes_itself() {
    let issuer = issuer();
    let (_folder, server) = served(&issuer);
    let page = server.ask("GET /sign-in HTTP/1.1");
    assert!(page.contains("Sign in with the province"), "{page}");
    let led = server.ask("GET /sign-in/elsewhere HTTP/1.1");
    assert!(led.starts_with("HTTP/1.1 303"), "{led}");
    assert!(
        led.contains(&format!("location: {issuer}/authorize?response_type=code&client_id=office")),
        "{led}"
    );
    assert!(led.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A9000%2Fsign-in%2Felsewhere%2Fback"), "{led}");
}

#[test]
fn an_issuer_that_leads_on_or_is_not_there_is_told_on_the_page_of_signing_in() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for issuer in [format!("{}/elsewhere", issuer()), format!("http://{nobody}")] {
        let (_folder, server) = served(&issuer);
        let told = server.ask("GET /sign-in/elsewhere HTTP/1.1");
        assert!(told.contains("cannot be asked at present; sign in with your password"), "{told}");
        assert!(told.contains("name=\"password\""), "{told}");
    }
}

#[test]
fn settings_that_let_nobody_sign_on_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let whole =
        ["--sign-on-issuer=https://id.example", "--sign-on-client=office", "--origin=https://ma.example"];
    let secret = ("COUNTRYGATE_SIGN_ON_SECRET", "a secret");
    for (arguments, variables, expected) in [
        (&whole[..1], &[secret][..], "--sign-on-issuer needs --sign-on-client; set it too"),
        (&whole[..2], &[secret], "--sign-on-issuer needs --origin; set it too"),
        (&whole[1..], &[secret], "--sign-on-client needs --sign-on-issuer; set it too"),
        (&whole, &[], "set COUNTRYGATE_SIGN_ON_SECRET, or name its file with --sign-on-secret-file"),
        (&whole, &[("COUNTRYGATE_SIGN_ON_SECRET", "")], "the secret of the office with the issuer is empty"),
        (
            &["--sign-on-issuer=http://id.example", whole[1], whole[2]],
            &[secret],
            "http:// only for this machine",
        ),
        (
            &[whole[0], whole[1], "--origin=https://ma.example/office"],
            &[secret],
            "write the scheme, the host and the port alone",
        ),
    ] {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let run = run_in_with(folder.path(), &arguments, variables);
        assert_eq!(run.code, 1, "{arguments:?} {}", run.err);
        assert!(run.err.contains(expected), "{arguments:?} {}", run.err);
    }
}
