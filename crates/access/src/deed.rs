//! What a deed is: its word, what it touches, and who may do it over what.
//!
//! Source of truth: the table in `deeds`, which declares each deed once. Whether one actor may do it to one
//! thing is answered by [`may`](crate::may).

use crate::grants::Grant;
use crate::word::read_by_word;
use crate::{Deed, Ownership, Role, Scope};

/// What a deed touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sphere {
    /// Applications, permits, the ledger, registers, operators. No administrator has a deed of it.
    Permit,
    /// Users, agencies, calendars, the running system.
    Administration,
    /// What a person keeps for themselves: profile, password, sessions, tokens.
    Account,
}

/// Whether a deed leaves a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Reads only.
    Reads,
    /// Changes a record.
    Changes,
}

/// Over which things a role does a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Over {
    /// Those of the operators they act for, and their own account.
    Own,
    /// Those in the charge of their agency.
    Agency,
    /// Those in the charge of their agency, or to which it was let in.
    LetIn,
    /// All.
    Any,
}

/// What is known about a deed: one row of the table.
#[derive(Debug)]
pub(crate) struct Fact {
    pub(crate) word: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) sphere: Sphere,
    pub(crate) effect: Effect,
    pub(crate) scope: Option<Scope>,
    pub(crate) grants: &'static [Grant],
}

/// Why text is not a [`Deed`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a deed; docs/reference/access.md lists them")]
pub struct DeedError {
    /// The text as written.
    pub written: String,
}

impl Deed {
    /// The word in files, events and the API, such as `decide-application`.
    pub const fn as_str(self) -> &'static str {
        self.fact().word
    }

    /// The deed of a word; `None` where there is none.
    pub fn from_word(word: &str) -> Option<Deed> {
        Deed::ALL.iter().copied().find(|deed| deed.as_str() == word)
    }

    /// What is done, in one English sentence: for the reference page.
    pub const fn meaning(self) -> &'static str {
        self.fact().meaning.trim_ascii()
    }

    /// What it touches.
    pub const fn sphere(self) -> Sphere {
        self.fact().sphere
    }

    /// Whether it leaves a trace.
    pub const fn effect(self) -> Effect {
        self.fact().effect
    }

    /// Whether it changes a record other than one's own account: what an auditor never does.
    pub const fn changes(self) -> bool {
        matches!(self.effect(), Effect::Changes) && !matches!(self.sphere(), Sphere::Account)
    }

    /// The scope a token needs for it; `None` where it is a person's alone.
    pub const fn scope(self) -> Option<Scope> {
        self.fact().scope
    }

    /// Over which things `role` does it; `None` where it does not. No role has two answers.
    pub fn over(self, role: Role) -> Option<Over> {
        self.fact().grants.iter().find(|grant| grant.roles.contains(&role)).map(|grant| grant.over)
    }
}

impl Over {
    /// Whether it takes in things of that ownership.
    pub const fn covers(self, ownership: Ownership) -> bool {
        match self {
            Over::Own => matches!(ownership, Ownership::Own),
            Over::Agency => matches!(ownership, Ownership::SameAgency),
            Over::LetIn => matches!(ownership, Ownership::SameAgency | Ownership::LetIn),
            Over::Any => true,
        }
    }
}

read_by_word!(Deed, DeedError);
