//! Mails go to a small relay that the test runs, out of a database of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use access::Deed;
use cites::EventId;
use store::{By, Done, Location, Message as Told, Subject, SubjectKind, Version};

use super::*;

const NOW: Instant = Instant(1_780_000_000);

fn now() -> Instant {
    NOW
}

/// A relay that answers each addressee so, and hands on the mails that it took.
fn relay(answer: &'static str) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, seen) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let say = |text: &str| write!(&stream, "{text}\r\n").unwrap();
            say("220 relay");
            while let Some(line) = lines.next() {
                match line.get(..4).unwrap_or_default() {
                    "RCPT" => say(answer),
                    "DATA" => {
                        say("354 go on");
                        let mail: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                        taken.send(mail.join("\n")).unwrap();
                        say("250 taken");
                    }
                    "QUIT" => break,
                    _ => say("250 relay"),
                }
            }
        }
    });
    (port, seen)
}

fn mailer(port: u16) -> Mailer {
    let arguments = MailArguments {
        mail_relay: Some(format!("smtp://127.0.0.1:{port}?tls=none").parse().unwrap()),
        mail_from: Some("The office <office@ma.example>".parse().unwrap()),
        ..MailArguments::default()
    };
    arguments.mailer().unwrap().unwrap()
}

/// A database in which a mail to this address waits.
async fn with_mail_to(folder: &std::path::Path, target: &str) -> Store {
    let location: Location = format!("sqlite:{}", folder.join("office.db").display()).parse().unwrap();
    let store = crate::office::up_to_date(&location).await.unwrap();
    let done = Done {
        id: EventId([7; 16]),
        by: By::Job("test".to_owned()),
        deed: Deed::RunJobs,
        subject: Subject::new(SubjectKind::Setting, "test", Version::NEW.next()),
        before: None,
        after: Some(serde_json::json!({})),
        edition: None,
    };
    let payload = serde_json::json!({ "subject": "决定", "text": "It was granted.\n" });
    let mail = Told { kind: MessageKind::Mail, target: target.to_owned(), payload };
    store.work().await.unwrap().save(done, NOW, vec![mail]).await.unwrap();
    store
}

/// Open and given-up mails after one look at the outbox.
async fn after_one_look(target: &str, mailer: &Mailer) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    let store = with_mail_to(folder.path(), target).await;
    assert_eq!(send_due(&store, mailer, "a", now).await.unwrap(), 1);
    assert_eq!(send_due(&store, mailer, "a", now).await.unwrap(), 0, "at once again");
    let backlog = store.backlog().await.unwrap();
    store.close().await;
    (backlog.open, backlog.given_up)
}

#[tokio::test]
async fn a_mail_is_handed_to_the_relay_as_it_was_written() {
    let (port, seen) = relay("250 known");
    assert_eq!(after_one_look("owner@falcons.example", &mailer(port)).await, (0, 0));
    let mail = seen.recv().unwrap();
    for part in [
        "To: owner@falcons.example",
        "office@ma.example",
        "Auto-Submitted: auto-generated",
        "Message-ID: <07070707-0707-0707-0707-070707070707.0@ma.example>",
        "It was granted.",
    ] {
        assert!(mail.contains(part), "{part} is not in:\n{mail}");
    }
    assert!(seen.try_recv().is_err(), "sent twice");
}

#[tokio::test]
async fn what_the_relay_never_takes_is_given_up_and_the_rest_waits() {
    for (answer, expected) in [
        ("550 no such mailbox", (0, 1)),
        ("552 too large", (0, 1)),
        ("450 mailbox busy", (1, 0)),
        ("530 sign in first", (1, 0)),
        ("554 not now", (1, 0)),
    ] {
        let (port, _seen) = relay(answer);
        assert_eq!(after_one_look("owner@falcons.example", &mailer(port)).await, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_mail_waits_where_no_relay_answers_and_is_given_up_where_its_address_is_none() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(after_one_look("owner@falcons.example", &mailer(closed)).await, (1, 0));
    assert_eq!(after_one_look("no address", &mailer(closed)).await, (0, 1));
}

#[test]
fn a_relay_is_named_in_one_of_three_ways() {
    for (url, expected) in [
        ("smtps://mail.example", Some(("mail.example", 465))),
        ("smtp://mail.example", Some(("mail.example", 587))),
        ("smtp://[::1]:2525?tls=none", Some(("::1", 2525))),
        ("smtp://mail.example?tls=off", None),
        ("smtps://mail.example?tls=none", None),
        ("https://mail.example", None),
        ("smtp://office:secret@mail.example", None),
        ("mail.example", None),
    ] {
        let url: Uri = url.parse().unwrap();
        let found = taken_apart(&url).ok().map(|(host, port, _)| (host, port));
        assert_eq!(found, expected, "{url}");
    }
}

#[test]
fn a_password_is_not_sent_in_the_clear() {
    let arguments = MailArguments {
        mail_relay: Some("smtp://mail.example?tls=none".parse().unwrap()),
        mail_from: Some("office@ma.example".parse().unwrap()),
        mail_user: Some("office".to_owned()),
        mail_password_file: None,
    };
    assert!(arguments.mailer().err().unwrap().to_string().contains("without TLS"));
}
