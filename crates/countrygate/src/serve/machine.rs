//! What the server needs of the machine: randomness and signals, and the office that is made of it.

use anyhow::Result;
use permits::application::asked::Taxa;
use store::Store;
use web::{Office, Parts, proof};

use super::{ServeArguments, law};
use crate::clock;
use crate::session::Session;

/// How many passwords are hashed at a time.
const HASHED_AT_A_TIME: usize = 2;

/// Fills bytes with randomness. A machine without any must not draw secrets, so that the program ends.
fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        eprintln!("error: the machine gives no randomness ({error}); without it no secret is one");
        std::process::abort();
    }
}

/// The office that a database and the arguments make.
pub(super) fn office(store: Store, arguments: &ServeArguments, session: &'static Session) -> Result<Office> {
    // Asked for as long as the program runs, like the book itself.
    let imported = session.imported()?.map(|names| &*Box::leak(Box::new(names)));
    Ok(Office::of(Parts {
        store,
        now: clock::now,
        fill,
        is_https: arguments.https,
        ahead_of_utc_seconds: arguments.ahead_of_utc * 60,
        taxa: Taxa::of(session.names(imported)),
        terms: law::terms(&session.book, arguments.country)?,
        calendar: law::calendar(arguments.country)?,
        hashing: tokio::sync::Semaphore::new(HASHED_AT_A_TIME),
        decoy: proof::password::decoy(fill)?,
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
