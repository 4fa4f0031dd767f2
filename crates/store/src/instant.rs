//! Instants as text: RFC 3339 in UTC, of one width, so that the order of the text is the order of time.

use access::Instant;
use cites::Day;

const SECONDS_OF_DAY: u64 = 24 * 60 * 60;

/// Such as `2026-11-30T08:15:00Z`. Instants after the year 2200 are written as its last second.
pub(crate) fn text_of(at: Instant) -> String {
    let day = i32::try_from(at.0 / SECONDS_OF_DAY).ok().and_then(Day::from_days_since_1970);
    let (day, second) = match day {
        Some(day) => (day, at.0 % SECONDS_OF_DAY),
        None => (Day::MAX, SECONDS_OF_DAY - 1),
    };
    format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// The instant of a text that [`text_of`] writes; `None` for any other.
pub(crate) fn instant_of(text: &str) -> Option<Instant> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let days = u64::try_from(day.parse::<Day>().ok()?.days_since_1970()).ok()?;
    let mut parts = time.split(':').map(|part| part.parse::<u64>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let at = Instant(days * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second);
    (text_of(at) == text).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_instant_is_written_in_one_width() {
        assert_eq!(text_of(Instant(0)), "1970-01-01T00:00:00Z");
        assert_eq!(text_of(Instant(1_796_026_501)), "2026-11-30T08:15:01Z");
        assert_eq!(text_of(Instant(u64::MAX)), "2200-12-31T23:59:59Z");
        for other in
            ["2026-11-30", "2026-11-30T8:15:01Z", "2026-11-30T08:15:01+00:00", "2026-11-30T08:61:01Z"]
        {
            assert_eq!(instant_of(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn written_then_read_is_the_same_and_in_order(one in 0_u64..7_000_000_000, other in 0_u64..7_000_000_000) {
            let (one, other) = (Instant(one), Instant(other));
            prop_assert_eq!(instant_of(&text_of(one)), Some(one));
            prop_assert_eq!(text_of(one).cmp(&text_of(other)), one.cmp(&other));
        }
    }
}
