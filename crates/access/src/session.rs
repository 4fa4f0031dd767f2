//! How long a session lives, when its token is changed, and who needs a second factor.
//!
//! Source: NIST SP 800-63B (revision 3, June 2017; revision 4 of July 2025 was not read) §4.2.3 (assurance level 2: again after 12 hours, and after 30 minutes without a deed)
//! for officers and administrators, §4.1.3 (level 1: again after 30 days) for those who apply, of which the
//! limits here stay well below. Tokens, cookies and hashes are the caller's.

use crate::{Instant, RoleSet};

/// Seconds without a request after which the session of an officer or administrator ends: 30 minutes.
pub const IDLE_SECONDS_OF_OFFICERS: u64 = 30 * 60;
/// Seconds after which the session of an officer or administrator ends whatever they do: 12 hours, a long shift.
pub const LIFE_SECONDS_OF_OFFICERS: u64 = 12 * 60 * 60;
/// Seconds without a request after which the session of one who applies ends: a day.
pub const IDLE_SECONDS_OUTSIDE: u64 = 24 * 60 * 60;
/// Seconds after which the session of one who applies ends whatever they do: a week.
pub const LIFE_SECONDS_OUTSIDE: u64 = 7 * 24 * 60 * 60;
/// Seconds after which the token of a session is changed: a stolen one is of use for a quarter of an hour.
pub const ROTATION_SECONDS: u64 = 15 * 60;
/// Seconds for which the former token still holds, for requests that were on their way.
pub const FORMER_TOKEN_SECONDS: u64 = 30;

/// What is kept of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When the person signed in.
    pub begun: Instant,
    /// Their last request.
    pub seen: Instant,
    /// When its token was made.
    pub rotated: Instant,
    /// The [`Holder::rights`] for which its token was made.
    pub rights: u64,
    /// Whether the second factor was shown in it.
    pub second_factor: bool,
    /// Whether somebody has ended it.
    pub revoked: bool,
}

/// What of a person bears on their sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// What they are now.
    pub roles: RoleSet,
    /// A number that grows with every change of their roles, agency, operators or second factor.
    pub rights: u64,
    /// Whether they were barred.
    pub barred: bool,
    /// When their password was last set; sessions begun before it end.
    pub password_set: Instant,
}

/// How a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Open,
    /// It holds; the answer to this request carries a new token.
    Rotate(Rotation),
    /// It holds for nothing but showing or setting up the second factor, and for signing out.
    SecondFactorDue,
    /// It has ended.
    Ended(Ended),
}

/// Why a token is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// It has been in use for [`ROTATION_SECONDS`].
    Time,
    /// What its holder may do has changed, or the second factor was shown.
    Rights,
}

/// Why a session has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// Its holder or a security administrator ended it.
    #[error("the session was ended; sign in again")]
    Revoked,
    /// Its holder was barred.
    #[error("the account is barred; ask a security administrator")]
    Barred,
    /// The password was set after it began.
    #[error("the password was changed; sign in with the new one")]
    PasswordSet,
    /// Its life is over.
    #[error("the session has reached its longest life; sign in again")]
    TooOld,
    /// Nothing was done in it for too long.
    #[error("nothing was done for too long; sign in again")]
    Idle,
}

/// Whether who holds these roles must show a second factor: all but those who only apply.
pub fn needs_second_factor(roles: RoleSet) -> bool {
    roles.iter().any(|role| !role.is_outside())
}

impl Session {
    /// How the session stands at `now`.
    pub fn standing(&self, holder: &Holder, now: Instant) -> Standing {
        if let Some(ended) = self.ended(holder, now) {
            Standing::Ended(ended)
        } else if needs_second_factor(holder.roles) && !self.second_factor {
            Standing::SecondFactorDue
        } else if self.rights != holder.rights {
            Standing::Rotate(Rotation::Rights)
        } else if self.rotated.seconds_until(now) >= ROTATION_SECONDS {
            Standing::Rotate(Rotation::Time)
        } else {
            Standing::Open
        }
    }

    fn ended(&self, holder: &Holder, now: Instant) -> Option<Ended> {
        let (idle, life) = limits(holder.roles);
        if self.revoked {
            Some(Ended::Revoked)
        } else if holder.barred {
            Some(Ended::Barred)
        } else if self.begun < holder.password_set {
            Some(Ended::PasswordSet)
        } else if self.begun.seconds_until(now) >= life {
            Some(Ended::TooOld)
        } else if self.seen.seconds_until(now) >= idle {
            Some(Ended::Idle)
        } else {
            None
        }
    }
}

/// Whether the former token still holds at `now`, after a change of tokens at `rotated`. One that was changed with
/// the rights holds no longer at all.
pub const fn former_token_holds(rotated: Instant, why: Rotation, now: Instant) -> bool {
    matches!(why, Rotation::Time) && rotated.seconds_until(now) < FORMER_TOKEN_SECONDS
}

/// Idle and whole life, seconds.
fn limits(roles: RoleSet) -> (u64, u64) {
    if needs_second_factor(roles) {
        (IDLE_SECONDS_OF_OFFICERS, LIFE_SECONDS_OF_OFFICERS)
    } else {
        (IDLE_SECONDS_OUTSIDE, LIFE_SECONDS_OUTSIDE)
    }
}
