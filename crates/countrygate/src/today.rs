//! The one place that reads a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use cites::Day;

/// Seconds in a day.
const DAY_SECONDS: u64 = 86_400;

/// Today in universal time. Commands that hang on the day take `--on`.
pub fn today() -> Day {
    #[expect(clippy::disallowed_methods, reason = "the program's edge")]
    let now = SystemTime::now();
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i32::try_from(seconds / DAY_SECONDS).ok().and_then(Day::from_days_since_1970).unwrap_or(Day::MAX)
}
