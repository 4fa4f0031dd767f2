//! The one place that reads a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use access::Instant;
use cites::Day;

/// The instant of now.
pub fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the program's edge")]
    let now = SystemTime::now();
    Instant(now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// Today in universal time. Commands that hang on the day take `--on`.
pub fn today() -> Day {
    now().day(0)
}
