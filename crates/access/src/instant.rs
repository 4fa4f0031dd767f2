//! An instant of an event, as a number that the caller read from a clock, and as text.
//!
//! The text is RFC 3339 in UTC, of one width, so that the order of the text is the order of time.

use std::fmt;
use std::str::FromStr;

use cites::Day;

const SECONDS_OF_DAY: u64 = 24 * 60 * 60;

/// Seconds since 1 January 1970 UTC, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub u64);

/// Why text is not an [`Instant`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no instant; write it such as 2026-11-30T08:15:00Z")]
pub struct InstantError {
    /// The text as written.
    pub written: String,
}

impl Instant {
    /// The instant `seconds` later, or the last there is.
    #[must_use]
    pub const fn after(self, seconds: u64) -> Instant {
        Instant(self.0.saturating_add(seconds))
    }

    /// Seconds from here until `later`; nothing where that lies in the past, as when clocks were set back.
    pub const fn seconds_until(self, later: Instant) -> u64 {
        later.0.saturating_sub(self.0)
    }

    /// The civil day where clocks are ahead of UTC by so many seconds; the last day that is kept for later ones.
    pub fn day(self, ahead_of_utc_seconds: i32) -> Day {
        let seconds = i64::try_from(self.0).unwrap_or(i64::MAX).saturating_add(ahead_of_utc_seconds.into());
        let days = i32::try_from(seconds.div_euclid(SECONDS_OF_DAY as i64)).ok();
        days.and_then(Day::from_days_since_1970).unwrap_or(Day::MAX)
    }
}

impl fmt::Display for Instant {
    /// Such as `2026-11-30T08:15:00Z`. Instants after the last day that is kept are written as its last second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = i32::try_from(self.0 / SECONDS_OF_DAY).ok().and_then(Day::from_days_since_1970);
        let (day, second) = day.map_or((Day::MAX, SECONDS_OF_DAY - 1), |day| (day, self.0 % SECONDS_OF_DAY));
        write!(f, "{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

impl FromStr for Instant {
    type Err = InstantError;

    /// Reads what is printed, and no other text of the same instant.
    fn from_str(text: &str) -> Result<Instant, InstantError> {
        let read = || {
            let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
            let days = u64::try_from(day.parse::<Day>().ok()?.days_since_1970()).ok()?;
            let mut parts = time.split(':').map(|part| part.parse::<u64>().ok());
            let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
            let at = Instant(days * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second);
            (at.to_string() == text).then_some(at)
        };
        read().ok_or_else(|| InstantError { written: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_instant_is_written_in_one_width() {
        assert_eq!(Instant(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Instant(1_796_026_501).to_string(), "2026-11-30T08:15:01Z");
        assert_eq!(Instant(u64::MAX).to_string(), "2200-12-31T23:59:59Z");
        for other in
            ["2026-11-30", "2026-11-30T8:15:01Z", "2026-11-30T08:15:01+00:00", "2026-11-30T08:61:01Z"]
        {
            assert!(other.parse::<Instant>().is_err(), "{other}");
        }
    }

    #[test]
    fn a_day_begins_earlier_where_clocks_are_ahead() {
        let day = |seconds: u64, ahead: i32| Instant(seconds).day(ahead).to_string();
        assert_eq!(day(1_796_026_501, 0), "2026-11-30");
        assert_eq!(day(1_796_083_199, 0), "2026-11-30");
        assert_eq!(day(1_796_083_199, 28_800), "2026-12-01");
        assert_eq!(day(1_796_000_399, -43_200), "2026-11-29");
        assert_eq!(day(0, -1), "1969-12-31");
        assert_eq!(Instant(u64::MAX).day(28_800), Day::MAX);
    }

    proptest! {
        #[test]
        fn written_then_read_is_the_same_and_in_order(one in 0_u64..7_000_000_000, other in 0_u64..7_000_000_000) {
            let (one, other) = (Instant(one), Instant(other));
            prop_assert_eq!(one.to_string().parse(), Ok(one));
            prop_assert_eq!(one.to_string().cmp(&other.to_string()), one.cmp(&other));
        }
    }
}
