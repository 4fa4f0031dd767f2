//! The scopes of a token: named sets of deeds, by which a program acts for a person with less than their rights.
//!
//! Each deed stands in one scope or in none. A deed in none is a person's alone: a token that leaks must not be
//! able to make more tokens, change who may do what, or lock its owner out.

use std::fmt;

use crate::Instant;
use crate::word::read_by_word;

/// A named set of deeds that a token may be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reads applications, permits, the ledger and registers.
    Read,
    /// Does what an applicant does.
    Apply,
    /// Takes in, reviews, advises, consults, keeps the registers.
    Office,
    /// Decides, signs, cancels: apart, since an office lends these least.
    Decide,
    /// Checks and endorses at a port.
    Port,
    /// Runs the system and reads its users.
    Admin,
}

/// Why text is not a [`Scope`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a scope of tokens; write read, apply, office, decide, port or admin")]
pub struct ScopeError {
    /// The text as written.
    pub written: String,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 6] =
        [Scope::Read, Scope::Apply, Scope::Office, Scope::Decide, Scope::Port, Scope::Admin];

    /// The word in files, databases and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Apply => "apply",
            Scope::Office => "office",
            Scope::Decide => "decide",
            Scope::Port => "port",
            Scope::Admin => "admin",
        }
    }

    /// The scope of a word; `None` where there is none.
    pub fn from_word(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

read_by_word!(Scope, ScopeError);

/// The scopes of one token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ScopeSet(u8);

impl ScopeSet {
    /// A token that may do nothing.
    pub const EMPTY: ScopeSet = ScopeSet(0);

    /// This set and `scope`.
    #[must_use]
    pub const fn with(self, scope: Scope) -> ScopeSet {
        ScopeSet(self.0 | 1 << scope as u8)
    }

    /// Whether `scope` is in the set.
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & 1 << scope as u8 != 0
    }

    /// Whether no scope is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes, in the order of [`Scope::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.contains(*scope))
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> ScopeSet {
        scopes.into_iter().fold(ScopeSet::EMPTY, ScopeSet::with)
    }
}

impl fmt::Debug for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// The longest life of a token, seconds: a year, so that a forgotten one ends within a yearly review.
pub const TOKEN_SECONDS_MAX: u64 = 366 * 24 * 60 * 60;

/// What is kept of a token, beside the hash of its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it may be used for.
    pub scopes: ScopeSet,
    /// When it was made.
    pub made: Instant,
    /// The instant from which it no longer holds.
    pub until: Instant,
    /// When somebody took it back.
    pub revoked: Option<Instant>,
}

/// Why a token does not hold, or cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// Somebody took it back.
    #[error("the token was revoked; make a new one on your page of tokens")]
    Revoked,
    /// Its last instant has passed.
    #[error("the token has expired; make a new one on your page of tokens")]
    Expired,
    /// Its end is not after its beginning.
    #[error("the token would end before it begins; give it a later end")]
    EndsAtOnce,
    /// It would live longer than [`TOKEN_SECONDS_MAX`].
    #[error("the token would hold for longer than a year; give it an end within 366 days")]
    TooLong,
    /// It has no scope.
    #[error("the token has no scope; choose at least one of read, apply, office, decide, port and admin")]
    NoScope,
}

impl Token {
    /// A new token.
    ///
    /// # Errors
    /// When it has no scope, ends at once, or would live too long.
    pub fn made(scopes: ScopeSet, made: Instant, until: Instant) -> Result<Token, TokenRefused> {
        if scopes.is_empty() {
            return Err(TokenRefused::NoScope);
        }
        match made.seconds_until(until) {
            0 => Err(TokenRefused::EndsAtOnce),
            seconds if seconds > TOKEN_SECONDS_MAX => Err(TokenRefused::TooLong),
            _ => Ok(Token { scopes, made, until, revoked: None }),
        }
    }

    /// The scopes that the token still gives at `now`.
    ///
    /// # Errors
    /// When it was revoked, has expired, or is older than any token may become.
    pub fn scopes_at(&self, now: Instant) -> Result<ScopeSet, TokenRefused> {
        if self.revoked.is_some() {
            Err(TokenRefused::Revoked)
        } else if now >= self.until || self.made.seconds_until(now) > TOKEN_SECONDS_MAX {
            Err(TokenRefused::Expired)
        } else {
            Ok(self.scopes)
        }
    }
}
