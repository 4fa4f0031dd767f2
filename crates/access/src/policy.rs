//! The one question: may this actor do this deed to this thing?
//!
//! The order of the checks is: the token, the roles, whose it is, four eyes. So nothing about a thing is told to
//! who could not do the deed to any thing.

use crate::{
    Actor, Deed, Earlier, Effect, Hand, Over, Owner, Ownership, Role, Scope, Sphere, Thing, four_eyes,
};

/// Why a deed is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The token lacks the scope.
    #[error("the token may not {deed}; make one with the scope `{needed}`")]
    OutOfScope {
        /// What was to be done.
        deed: Deed,
        /// The scope it needs.
        needed: Scope,
    },
    /// No token does this.
    #[error("no token may {deed}; sign in as a person")]
    PersonOnly {
        /// What was to be done.
        deed: Deed,
    },
    /// None of their roles does this.
    #[error("none of your roles may {deed}; ask a security administrator who has the role")]
    NoRole {
        /// What was to be done.
        deed: Deed,
    },
    /// They read all and change nothing.
    #[error("an auditor reads and changes nothing, so may not {deed}; tell an officer what is to be done")]
    ReadOnly {
        /// What was to be done.
        deed: Deed,
    },
    /// It is not theirs.
    #[error("you may {deed} for your own operators and account only; ask the operator to appoint you")]
    NotOwn {
        /// What was to be done.
        deed: Deed,
    },
    /// Another agency has charge of it, or none, as of a draft.
    #[error("you may {deed} only where your agency has charge or was let in; ask the agency in charge")]
    OtherAgency {
        /// What was to be done.
        deed: Deed,
    },
    /// Nobody has said whose it is.
    #[error("whose it is is not known, so nobody may {deed}; report it as a fault")]
    OwnerUnknown {
        /// What was to be done.
        deed: Deed,
    },
    /// They did an earlier step, or it is their own.
    #[error("you may not {deed} because you {earlier}; a colleague must do it")]
    FourEyes {
        /// What was to be done.
        deed: Deed,
        /// What stands between.
        earlier: Earlier,
    },
    /// Nobody has said who did an earlier step.
    #[error("who {} it is not known, so nobody may {deed}; report it as a fault", .hand.as_str())]
    HandUnknown {
        /// What was to be done.
        deed: Deed,
        /// The step that nobody is told to have done.
        hand: Hand,
    },
}

impl Denied {
    /// The word in the API and in the log.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Denied::OutOfScope { .. } => "out-of-scope",
            Denied::PersonOnly { .. } => "person-only",
            Denied::NoRole { .. } => "no-role",
            Denied::ReadOnly { .. } => "read-only",
            Denied::NotOwn { .. } => "not-own",
            Denied::OtherAgency { .. } => "other-agency",
            Denied::OwnerUnknown { .. } => "owner-unknown",
            Denied::FourEyes { .. } => "four-eyes",
            Denied::HandUnknown { .. } => "hand-unknown",
        }
    }

    /// Whether the answer must not show that the thing exists: it is then as if nothing were found.
    pub const fn hides_the_thing(&self) -> bool {
        matches!(self, Denied::NotOwn { .. } | Denied::OtherAgency { .. } | Denied::OwnerUnknown { .. })
    }
}

/// Over which things an actor does a deed: the filter of a list, in the words of [`Ownership`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Those of their operators, and their account.
    pub own: bool,
    /// Those in the charge of their agency.
    pub same_agency: bool,
    /// Those to which their agency was let in.
    pub let_in: bool,
    /// All others.
    pub other_agency: bool,
}

impl Reach {
    const NOTHING: Reach = Reach { own: false, same_agency: false, let_in: false, other_agency: false };

    /// Whether things of that ownership are within it.
    pub const fn covers(self, ownership: Ownership) -> bool {
        match ownership {
            Ownership::Own => self.own,
            Ownership::SameAgency => self.same_agency,
            Ownership::LetIn => self.let_in,
            Ownership::OtherAgency => self.other_agency,
        }
    }

    /// This reach, and what `over` takes in.
    const fn with(self, over: Over) -> Reach {
        Reach {
            own: self.own || over.covers(Ownership::Own),
            same_agency: self.same_agency || over.covers(Ownership::SameAgency),
            let_in: self.let_in || over.covers(Ownership::LetIn),
            other_agency: self.other_agency || over.covers(Ownership::OtherAgency),
        }
    }
}

/// Over which things `actor` may do `deed`, four eyes aside: what a list of things is filtered by, and what a
/// page asks before it shows a way to a deed.
///
/// # Errors
/// When the token or the roles do not give the deed over any thing.
pub fn reach(actor: &Actor, deed: Deed) -> Result<Reach, Denied> {
    if let Some(scopes) = actor.token {
        let needed = deed.scope().ok_or(Denied::PersonOnly { deed })?;
        if !scopes.contains(needed) {
            return Err(Denied::OutOfScope { deed, needed });
        }
    }
    let overs = actor.roles.iter().filter_map(|role| deed.over(role));
    let reach = overs.fold(Reach::NOTHING, Reach::with);
    if reach != Reach::NOTHING {
        Ok(reach)
    } else if actor.roles.contains(Role::Auditor) && deed.effect() == Effect::Changes {
        Err(Denied::ReadOnly { deed })
    } else {
        Err(Denied::NoRole { deed })
    }
}

/// Whether `actor` may do `deed` to `thing`. Reads only its arguments; what they do not tell is refused.
///
/// # Errors
/// When they may not; the first reason in the order of the checks.
pub fn may(actor: &Actor, deed: Deed, thing: &Thing) -> Result<(), Denied> {
    let reach = reach(actor, deed)?;
    if thing.owner == Owner::Unknown {
        return Err(Denied::OwnerUnknown { deed });
    }
    // An operator one acts for is one's own too, but no account.
    if deed.sphere() == Sphere::Account && thing.owner != Owner::Account(actor.user) {
        return Err(Denied::NotOwn { deed });
    }
    if actor.ownerships(thing).any(|ownership| reach.covers(ownership)) {
        four_eyes::check(actor, deed, thing)
    } else if reach.same_agency {
        Err(Denied::OtherAgency { deed })
    } else {
        Err(Denied::NotOwn { deed })
    }
}
