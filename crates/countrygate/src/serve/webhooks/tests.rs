//! Webhooks are called at a small server that the test runs, out of a database of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};

use access::{Agency, Deed};
use cites::{AgencyId, WebhookId};
use store::{AgencyRecord, By, Done, Location, Subject, SubjectKind, Version, WebhookOwner};

use super::*;

const HOOK: WebhookId = WebhookId([9; 16]);
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// The clock of the tests, which goes on as they say.
static CLOCK: AtomicU64 = AtomicU64::new(1_780_000_000);

fn now() -> Instant {
    Instant(CLOCK.load(Ordering::Relaxed))
}

/// A server that answers so, the last answer again and again, and hands on what it was told: headers and body.
fn server(answers: &'static [&'static str]) -> (u16, Receiver<(Vec<String>, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, seen) = channel();
    std::thread::spawn(move || {
        let answers = answers.iter().chain(answers.last().into_iter().cycle());
        for (stream, answer) in listener.incoming().map_while(Result::ok).zip(answers) {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let lines = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let headers: Vec<String> = lines.map(|line| line.to_ascii_lowercase()).collect();
            let length = headers.iter().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            // Whoever follows the way comes back here.
            write!(
                &stream,
                "HTTP/1.1 {answer}\r\nlocation: /\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
            .unwrap();
            taken.send((headers, String::from_utf8(body).unwrap())).unwrap();
        }
    });
    (port, seen)
}

struct Bench {
    caller: Arc<Caller>,
    _folder: tempfile::TempDir,
}

impl Bench {
    /// A database in which a trial of a webhook to this address waits.
    async fn with_call_to(url: &str, inside: &[&str]) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let location: Location =
            format!("sqlite:{}", folder.path().join("office.db").display()).parse().unwrap();
        let store = crate::office::up_to_date(&location).await.unwrap();
        let id = AgencyId([1; 16]);
        let agency = Agency { id, name: "Authority".to_owned(), authorities: Vec::new(), source: None };
        let mut work = store.work().await.unwrap();
        work.put_agency(&AgencyRecord { version: Version::NEW, agency });
        work.put_webhook(&WebhookRecord {
            id: HOOK,
            version: Version::NEW,
            owner: WebhookOwner::Agency(id),
            url: url.to_owned(),
            secret: SECRET.to_owned(),
            deeds: vec![Deed::IssuePermit],
            active: true,
        });
        let done = Done {
            id: EventId([7; 16]),
            by: By::Job("test".to_owned()),
            deed: Deed::ManageWebhooks,
            subject: Subject::new(SubjectKind::Webhook, HOOK, Version::NEW.next()),
            before: None,
            after: Some(serde_json::json!({})),
            edition: None,
        };
        let payload = serde_json::json!({ "type": "trial", "timestamp": "2026-05-28T20:26:40Z", "data": {} });
        let call = store::Message { kind: MessageKind::Webhook, target: HOOK.to_string(), payload };
        work.save(done, now(), vec![call]).await.unwrap();
        let inside = Inside(inside.iter().map(|place| place.parse().unwrap()).collect());
        let (outward, node) = (OnceLock::new(), "a".to_owned());
        Bench { caller: Arc::new(Caller { store, now, inside, outward, node }), _folder: folder }
    }

    /// How the call stands after one look: state, tries and error.
    async fn after_one_look(&self) -> (&'static str, u32, String) {
        call_due(&self.caller).await.unwrap();
        let call = self.caller.store.calls(HOOK, 9).await.unwrap().remove(0);
        let state = match (call.done, call.given_up) {
            (Some(_), _) => "sent",
            (None, Some(_)) => "given up",
            (None, None) => "waits",
        };
        (state, call.attempts, call.error.unwrap_or_default())
    }

    async fn is_active(&self) -> bool {
        self.caller.store.webhook(HOOK).await.unwrap().unwrap().active
    }
}

#[tokio::test]
async fn a_call_is_signed_and_tried_again_under_the_same_id() {
    let (port, seen) = server(&["500 Oh", "204 Well"]);
    let bench = Bench::with_call_to(&format!("http://127.0.0.1:{port}/hook"), &["127.0.0.1"]).await;
    let (state, tries, error) = bench.after_one_look().await;
    assert_eq!((state, tries), ("waits", 1));
    assert_eq!(error, "it answered with 500 Internal Server Error");
    assert_eq!(bench.after_one_look().await.1, 1, "tried again at once");
    CLOCK.fetch_add(61, Ordering::Relaxed);
    assert_eq!(bench.after_one_look().await, ("sent", 2, String::new()));
    let calls: Vec<_> = seen.try_iter().collect();
    assert_eq!(calls.len(), 2);
    for (headers, body) in calls {
        let header = |name: &str| {
            let found = headers.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            found.unwrap_or_else(|| panic!("{name} is not in {headers:?}")).to_owned()
        };
        assert_eq!(header("webhook-id"), EventId([7; 16]).to_string());
        let at = Instant(header("webhook-timestamp").parse().unwrap());
        let signed = calls::signed(SECRET, EventId([7; 16]), at, &body).unwrap();
        assert_eq!(header("webhook-signature"), signed.signature.to_ascii_lowercase());
        assert_eq!(header("content-type"), "application/json");
        assert!(body.contains("\"type\":\"trial\""), "{body}");
    }
}

#[tokio::test]
async fn an_address_that_is_gone_ends_its_webhook() {
    let (port, _seen) = server(&["410 Gone"]);
    let bench = Bench::with_call_to(&format!("http://127.0.0.1:{port}/"), &["127.0.0.0/8"]).await;
    let (state, _, error) = bench.after_one_look().await;
    assert_eq!((state, error.as_str()), ("given up", "the address says that it is gone (410)"));
    assert!(!bench.is_active().await);
}

#[tokio::test]
async fn nobody_is_led_on_or_within_the_walls() {
    let (port, seen) = server(&["307 Elsewhere"]);
    let led = Bench::with_call_to(&format!("http://127.0.0.1:{port}/"), &["127.0.0.1"]).await;
    assert_eq!(led.after_one_look().await.2, "it answered with 307 Temporary Redirect");
    assert_eq!(seen.try_iter().count(), 1);
    let numbered = Bench::with_call_to(&format!("https://127.0.0.1:{port}/"), &[]).await;
    let (state, _, error) = numbered.after_one_look().await;
    assert!(state == "waits" && error.contains("within the walls"), "{error}");
    // The name of this machine leads to itself.
    let named = Bench::with_call_to(&format!("https://localhost:{port}/"), &[]).await;
    let (state, _, error) = named.after_one_look().await;
    assert!(state == "waits" && error.contains("within the walls"), "{error}");
    assert_eq!(seen.try_iter().count(), 0, "nobody was called");
    let let_in = Bench::with_call_to(&format!("http://localhost:{port}/"), &["localhost"]).await;
    assert_eq!(let_in.after_one_look().await.2, "it answered with 307 Temporary Redirect");
}

#[tokio::test]
async fn what_was_to_be_told_is_given_up_where_the_webhook_is_not_called_any_more() {
    let (port, seen) = server(&["204 Well"]);
    let bench = Bench::with_call_to(&format!("http://127.0.0.1:{port}/"), &["127.0.0.1"]).await;
    let webhook = bench.caller.store.webhook(HOOK).await.unwrap().unwrap();
    calls::end(&bench.caller.store, &webhook, (EventId([8; 16]), now())).await.unwrap();
    assert_eq!(bench.after_one_look().await.0, "given up");
    assert_eq!(seen.try_iter().count(), 0);
}
