//! Log-in that becomes slow under guessing, and never shuts for good.
//!
//! A pure function of earlier failures: it keeps nothing. Accounts are never locked, since whoever can fail in
//! another's name could then keep them out; with the longest wait an account that is being guessed at takes
//! four tries an hour, which is far below what a password of twelve characters has to fear.
//!
//! Source: NIST SP 800-63B (revision 3) §5.2.2 asks for a limit on failures in a row and lists waits that grow as one way.

use crate::Instant;

/// Failures of one account that cost nothing: a person errs a few times.
pub const FREE_FAILURES_OF_ACCOUNT: u32 = 5;
/// Failures of one address that cost nothing: a whole office may stand behind one.
pub const FREE_FAILURES_OF_ADDRESS: u32 = 20;
/// The first wait, seconds; it doubles with each further failure.
pub const FIRST_WAIT_SECONDS: u64 = 2;
/// The longest wait, seconds: a quarter of an hour, after which a person tries again and does not call for help.
pub const LONGEST_WAIT_SECONDS: u64 = 15 * 60;
/// Failures older than this are forgotten, seconds: a day.
pub const REMEMBERED_SECONDS: u64 = 24 * 60 * 60;

/// The failures of one account, or from one address, that still count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// The latest; `None` where there are none.
    pub last: Option<Instant>,
}

impl Failures {
    /// Counts those of the last [`REMEMBERED_SECONDS`]. For an account give the failures since its last success; for
    /// an address all, or a guesser would clear it with an account of their own.
    pub fn within(failures: &[Instant], now: Instant) -> Failures {
        let counted = || failures.iter().filter(|at| at.seconds_until(now) < REMEMBERED_SECONDS);
        Failures {
            count: u32::try_from(counted().count()).unwrap_or(u32::MAX),
            last: counted().max().copied(),
        }
    }

    /// The wait after the last of them, seconds, when `free` of them cost nothing.
    fn wait(self, free: u32) -> u64 {
        match self.count.checked_sub(free) {
            None | Some(0) => 0,
            Some(over) => {
                let doubled =
                    1_u64.checked_shl(over - 1).and_then(|times| FIRST_WAIT_SECONDS.checked_mul(times));
                doubled.unwrap_or(LONGEST_WAIT_SECONDS).min(LONGEST_WAIT_SECONDS)
            }
        }
    }

    fn next_try(self, free: u32, now: Instant) -> Instant {
        let Some(last) = self.last else { return now };
        // A failure in the future is one of a clock that was set back; it must not lengthen the wait.
        last.min(now).after(self.wait(free)).max(now)
    }
}

/// The instant from which the next try is allowed: `now` where it is allowed at once, and never later than
/// [`LONGEST_WAIT_SECONDS`] from now. A try before it is refused unlooked at, and is no further failure.
pub fn next_try(account: Failures, address: Failures, now: Instant) -> Instant {
    let account = account.next_try(FREE_FAILURES_OF_ACCOUNT, now);
    account.max(address.next_try(FREE_FAILURES_OF_ADDRESS, now))
}
