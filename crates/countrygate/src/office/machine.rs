//! What an office needs of the machine: randomness and signals, and the office that is made of it.

use access::Instant;
use anyhow::Result;
use permits::application::asked::Taxa;
use store::Store;
use web::calls::Inside;
use web::proof::passkey::Party;
use web::sign_on::SignOn;
use web::{Demonstration, Law, Measures, Office, Parts, proof};

use super::{PlaceArguments, law};
use crate::clock;
use crate::session::Session;

/// How many passwords are hashed at a time.
const HASHED_AT_A_TIME: usize = 2;

/// Fills bytes with randomness. A machine without any must not draw secrets, so that the program ends.
pub fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        eprintln!("error: the machine gives no randomness ({error}); without it no secret is one");
        std::process::abort();
    }
}

/// What an office is made with, beside its database.
pub struct Making<'m> {
    /// Where it is.
    pub place: &'m PlaceArguments,
    /// The law book, which is asked for as long as the program runs.
    pub session: &'static Session,
    /// Whether it is reached by HTTPS alone.
    pub is_https: bool,
    /// Reads its clock.
    pub now: fn() -> Instant,
    /// What is told of it where it is a demonstration.
    pub demonstration: Option<Demonstration>,
    /// Who lets people in besides it.
    pub sign_on: Option<SignOn>,
    /// For whom passkeys are made.
    pub passkeys: Option<Party>,
    /// Whom webhooks may call besides machines that everybody reaches.
    pub inside: Inside,
}

impl<'m> Making<'m> {
    /// What a command makes an office with, which does its work and answers no request.
    pub fn of_a_command(place: &'m PlaceArguments, session: &'static Session) -> Making<'m> {
        Making {
            place,
            session,
            is_https: false,
            now: clock::now,
            demonstration: None,
            sign_on: None,
            passkeys: None,
            inside: Inside::default(),
        }
    }
}

/// The office of a database.
///
/// # Errors
/// The imported names cannot be read; the country has no table of terms or no calendar; nothing can be hashed.
pub fn office(store: Store, making: Making<'_>) -> Result<Office> {
    let Making { place, session, is_https, now, demonstration, sign_on, passkeys, inside } = making;
    // Asked for as long as the program runs, like the book itself.
    let imported = session.imported()?.map(|names| &*Box::leak(Box::new(names)));
    Ok(Office::of(Parts {
        store,
        now,
        fill,
        is_https,
        ahead_of_utc_seconds: place.ahead_of_utc * 60,
        taxa: Taxa::of(session.names(imported)),
        law: Law::of(&session.book, place.country)?,
        terms: law::terms(&session.book, place.country)?,
        calendar: law::calendar(place.country)?,
        hashing: tokio::sync::Semaphore::new(HASHED_AT_A_TIME),
        decoy: proof::password::decoy(fill)?,
        sign_on,
        passkeys,
        inside,
        demonstration,
        elapsed: clock::elapsed,
        measures: Measures::default(),
    }))
}

/// Ends when the program is told to end.
pub async fn told_to_end() {
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
