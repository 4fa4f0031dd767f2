//! What the server needs of the machine: the clock, randomness, signals.

use std::time::{SystemTime, UNIX_EPOCH};

use access::{Instant, Password};
use anyhow::{Context, Result};
use permits::application::asked::Taxa;
use store::Store;
use web::{Office, Parts, proof};

use super::{ServeArguments, law};
use crate::session::Session;

/// How many passwords are hashed at a time.
const HASHED_AT_A_TIME: usize = 2;
/// Bytes of a password that nobody has.
const DECOY_BYTES: usize = 32;

/// The instant of now.
pub(super) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the program's edge")]
    let now = SystemTime::now();
    Instant(now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// Fills bytes with randomness. A machine without any must not draw secrets, so that the program ends.
fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        eprintln!("error: the machine gives no randomness ({error}); without it no secret is one");
        std::process::abort();
    }
}

/// The office that a database and the arguments make.
pub(super) fn office(store: Store, arguments: &ServeArguments, session: &'static Session) -> Result<Office> {
    let mut bytes = [0; DECOY_BYTES];
    fill(&mut bytes);
    // Asked for as long as the program runs, like the book itself.
    let imported = session.imported()?.map(|names| &*Box::leak(Box::new(names)));
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let decoy = Password::offered(&text).context("a password that nobody has cannot be made")?;
    Ok(Office::of(Parts {
        store,
        now,
        fill,
        is_https: arguments.https,
        ahead_of_utc_seconds: arguments.ahead_of_utc * 60,
        taxa: Taxa::of(session.names(imported)),
        terms: law::terms(&session.book, arguments.country)?,
        calendar: law::calendar(arguments.country)?,
        hashing: tokio::sync::Semaphore::new(HASHED_AT_A_TIME),
        decoy: proof::password::hash(&decoy, fill)?,
    }))
}

/// Ends when the program is told to end.
pub(super) async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(terminated) => terminated,
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be listened for; Ctrl-C ends the program");
                let _ = interrupted.await;
                return;
            }
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
