//! The one place that reads a clock.

use std::sync::OnceLock;
use std::time::{Duration, Instant as Begun, SystemTime, UNIX_EPOCH};

use access::Instant;
use cites::Day;

/// The instant of now.
pub fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the program's edge")]
    let now = SystemTime::now();
    Instant(now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// How long the program has run since this was first asked, by a clock that is never set.
pub fn elapsed() -> Duration {
    static BEGUN: OnceLock<Begun> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "the program's edge")]
    let now = Begun::now();
    now.saturating_duration_since(*BEGUN.get_or_init(|| now))
}

/// Today in universal time. Commands that hang on the day take `--on`.
pub fn today() -> Day {
    now().day(0)
}
