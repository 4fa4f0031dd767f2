//! An instant of an event, as a number that the caller read from a clock.

/// Seconds since 1 January 1970 UTC, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub u64);

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
}
