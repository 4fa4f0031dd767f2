//! All HTTP and JSON: the API and the pages of an office, each route bound to the deed that it does.
//!
//! Source of truth: the handlers, of which the description of the API is made. What a request may do is said by
//! `access`, what the office keeps by `store`; here a request is read, who sends it is found out, one thing is loaded,
//! and the answer is written. Clock and randomness come from the program, in [`Office`].
//!
//! A route cannot be added without saying who may call it ([`declared`]), and a handler of a declared route that does
//! not ask is answered for with a fault instead of with what it found ([`caller`]).

pub mod api;
mod aside;
mod caller;
pub mod calls;
pub mod declared;
mod deeds;
mod demonstration;
pub mod draw;
mod entry;
mod form_data;
pub mod house;
mod letters;
mod limits;
mod measures;
mod once;
pub mod pages;
pub mod problem;
pub mod proof;
mod requirements;
mod seen;
mod sent;
pub mod served;
pub mod sign_on;
mod tables;

use std::sync::Arc;
use std::time::Duration;

use access::Instant;
use cites::Day;
use permits::WorkingDays;
use permits::application::Terms;
use permits::application::asked::Taxa;
use store::Store;

pub use declared::{Declaration, Need};
pub use deeds::Prepared;
pub use demonstration::{Demonstration, Shown};
pub use limits::{
    ATTACHMENT_NAME_LETTERS_MAX, ATTACHMENTS_MAX, BODY_BYTES_MAX, PAGE_ROWS_MAX, PASSKEYS_MAX,
    REQUEST_SECONDS_MAX, WEBHOOKS_MAX,
};
pub use measures::Measures;
pub use requirements::Law;
pub use served::{Served, router};
pub use tables::Place;

/// What every request has at hand.
#[derive(Debug, Clone)]
pub struct Office(Arc<Parts>);

/// The parts of an office that the program puts together.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Reads the clock.
    pub now: fn() -> Instant,
    /// How long the program runs, by a clock that is never set: what durations are measured by.
    pub elapsed: fn() -> Duration,
    /// What is counted of it.
    pub measures: Measures,
    /// Fills bytes with randomness that nobody can guess.
    pub fill: fn(&mut [u8]),
    /// Whether the office is reached by HTTPS alone, so that cookies are never sent without it.
    pub is_https: bool,
    /// Seconds by which the civil day of the office is ahead of UTC: 28,800 in Beijing's time.
    pub ahead_of_utc_seconds: i32,
    /// The names by which lines are read, built once from the law book for as long as the program runs.
    pub taxa: Taxa<'static>,
    /// The law that it answers by, of the same names.
    pub law: Law,
    /// How many days the office has, from the table of its country's pack.
    pub terms: Terms,
    /// The days on which the office works.
    pub calendar: WorkingDays,
    /// How many passwords are hashed at a time: each takes 19 MiB and tens of milliseconds, so that strangers who try
    /// passwords wait for each other and not everybody for them.
    pub hashing: tokio::sync::Semaphore,
    /// The hash of a password that nobody has: who signs in under an unknown name waits as long as others.
    pub decoy: String,
    /// For whom passkeys are made: how browsers reach the office; `None` where that is not told, and there are none.
    pub passkeys: Option<proof::passkey::Party>,
    /// Whom webhooks may call besides machines that everybody reaches.
    pub inside: calls::Inside,
    /// Who lets people in besides the office; `None` where nobody does.
    pub sign_on: Option<sign_on::SignOn>,
    /// What is told of an office that is a demonstration; `None` of any other.
    pub demonstration: Option<Demonstration>,
}

impl Office {
    /// An office of `parts`.
    pub fn of(parts: Parts) -> Office {
        Office(Arc::new(parts))
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The instant of now.
    pub fn now(&self) -> Instant {
        (self.0.now)()
    }

    /// The civil day of now at the office.
    pub fn today(&self) -> Day {
        self.day_of(self.now())
    }

    /// The day of an instant by the clocks of the office.
    pub fn day_of(&self, instant: Instant) -> Day {
        instant.day(self.parts().ahead_of_utc_seconds)
    }

    /// The names by which lines are read.
    pub fn taxa(&self) -> &Taxa<'static> {
        &self.parts().taxa
    }

    /// The law that it answers by.
    pub fn law(&self) -> &Law {
        &self.parts().law
    }

    /// How many days the office has.
    pub fn terms(&self) -> Terms {
        self.parts().terms
    }

    /// The days on which the office works.
    pub fn calendar(&self) -> &WorkingDays {
        &self.parts().calendar
    }

    /// What is told of an office that is a demonstration.
    pub fn demonstration(&self) -> Option<&Demonstration> {
        self.parts().demonstration.as_ref()
    }

    /// Who lets people in besides the office.
    pub(crate) fn sign_on(&self) -> Option<&sign_on::SignOn> {
        self.parts().sign_on.as_ref()
    }

    /// What is counted of the running program.
    pub(crate) fn measures(&self) -> &Measures {
        &self.parts().measures
    }

    fn parts(&self) -> &Parts {
        &self.0
    }
}
