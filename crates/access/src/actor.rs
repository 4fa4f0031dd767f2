//! Who acts, and on what.
//!
//! Both are facts that the caller has loaded; nothing here looks anything up. What the caller does not know it
//! leaves unknown, and what is unknown is refused.

use std::collections::BTreeSet;

use cites::{AgencyId, OperatorId, UserId};

use crate::{RoleSet, ScopeSet};

/// Who acts: a signed-in person, or a program with their token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The agency they belong to; `None` for those who apply.
    pub agency: Option<AgencyId>,
    /// What they are.
    pub roles: RoleSet,
    /// The operators they act for, as of now.
    pub operators: BTreeSet<OperatorId>,
    /// The scopes of the token they act by; `None` for a session, which has all that the person has.
    pub token: Option<ScopeSet>,
}

/// Whose a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Owner {
    /// Nobody has said. Every deed is refused.
    #[default]
    Unknown,
    /// An operator's: an application, a permit, the operator's own record.
    Operator(OperatorId),
    /// A person's account, with its sessions and tokens, or a thing that a person is about to make their own.
    Account(UserId),
    /// Nobody's own: a queue, a register, a quota, the system.
    House,
}

/// How a thing stands to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ownership {
    /// It is of an operator they act for, or their own account.
    Own,
    /// Their agency has charge of it.
    SameAgency,
    /// Another agency has charge of it and has let theirs in.
    LetIn,
    /// None of these: another agency's, or no agency's.
    OtherAgency,
}

/// A step that somebody has done to an application, and that bars them from a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// Drafted it, or changed the draft.
    Drafted,
    /// Handed it in, or answered a notice of defects.
    Submitted,
    /// Reviewed it for the State department.
    Reviewed,
    /// Advised on it for the Scientific Authority.
    Advised,
    /// Decided it, or decided its amendment.
    Decided,
    /// Signed and issued the permit.
    Issued,
}

/// What is acted on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thing {
    /// Whose it is.
    pub owner: Owner,
    /// The agency that has charge of it; `None` of a draft until it is submitted, and of what is no agency's.
    pub charge: Option<AgencyId>,
    /// The agencies that were let in: the department that reviews, the Scientific Authority that was asked.
    pub let_in: BTreeSet<AgencyId>,
    /// Who has done which step.
    pub hands: BTreeSet<(Hand, UserId)>,
}

impl Actor {
    /// A person of `agency`, with a session, who acts for no operator.
    pub const fn officer(user: UserId, agency: AgencyId, roles: RoleSet) -> Actor {
        Actor { user, agency: Some(agency), roles, operators: BTreeSet::new(), token: None }
    }

    /// A person of no agency, with a session, who acts for `operators`.
    pub fn outside(user: UserId, roles: RoleSet, operators: impl IntoIterator<Item = OperatorId>) -> Actor {
        Actor { user, agency: None, roles, operators: operators.into_iter().collect(), token: None }
    }

    /// The same person by a token.
    #[must_use]
    pub fn by_token(self, scopes: ScopeSet) -> Actor {
        Actor { token: Some(scopes), ..self }
    }

    /// Whether they act for the owner.
    pub fn acts_for(&self, owner: Owner) -> bool {
        matches!(owner, Owner::Operator(operator) if self.operators.contains(&operator))
    }

    /// Every way in which `thing` stands to them; [`Ownership::OtherAgency`] where it stands in no other.
    pub fn ownerships(&self, thing: &Thing) -> impl Iterator<Item = Ownership> {
        let own = self.acts_for(thing.owner) || thing.owner == Owner::Account(self.user);
        let same = self.agency.is_some() && self.agency == thing.charge;
        let let_in = self.agency.is_some_and(|agency| thing.let_in.contains(&agency));
        let none = !(own || same || let_in);
        [
            own.then_some(Ownership::Own),
            same.then_some(Ownership::SameAgency),
            let_in.then_some(Ownership::LetIn),
            none.then_some(Ownership::OtherAgency),
        ]
        .into_iter()
        .flatten()
    }
}

impl Ownership {
    /// Every way in which a thing can stand to an actor.
    pub const ALL: [Ownership; 4] =
        [Ownership::Own, Ownership::SameAgency, Ownership::LetIn, Ownership::OtherAgency];

    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Ownership::Own => "own",
            Ownership::SameAgency => "same-agency",
            Ownership::LetIn => "let-in",
            Ownership::OtherAgency => "other-agency",
        }
    }
}

impl Hand {
    /// Every step, in their order.
    pub const ALL: [Hand; 6] =
        [Hand::Drafted, Hand::Submitted, Hand::Reviewed, Hand::Advised, Hand::Decided, Hand::Issued];

    /// What was done, as it stands after "who".
    pub const fn as_str(self) -> &'static str {
        match self {
            Hand::Drafted => "drafted",
            Hand::Submitted => "submitted",
            Hand::Reviewed => "reviewed",
            Hand::Advised => "advised on",
            Hand::Decided => "decided",
            Hand::Issued => "issued",
        }
    }
}

impl Thing {
    /// A thing of an operator in the charge of an agency, with no step done yet.
    pub fn of_operator(operator: OperatorId, charge: AgencyId) -> Thing {
        Thing { owner: Owner::Operator(operator), charge: Some(charge), ..Thing::default() }
    }

    /// The account of a person.
    pub fn account(user: UserId) -> Thing {
        Thing { owner: Owner::Account(user), ..Thing::default() }
    }

    /// A thing of the house that no agency has charge of: only who reaches all things reaches it.
    pub fn house() -> Thing {
        Thing { owner: Owner::House, ..Thing::default() }
    }

    /// The same in the charge of `agency`.
    #[must_use]
    pub fn in_charge_of(self, agency: AgencyId) -> Thing {
        Thing { charge: Some(agency), ..self }
    }

    /// The same with `agency` let in.
    #[must_use]
    pub fn let_in(mut self, agency: AgencyId) -> Thing {
        self.let_in.insert(agency);
        self
    }

    /// The same after `user` has done a step.
    #[must_use]
    pub fn after(mut self, hand: Hand, user: UserId) -> Thing {
        self.hands.insert((hand, user));
        self
    }

    /// Whether `user` has done the step.
    pub fn was(&self, hand: Hand, user: UserId) -> bool {
        self.hands.contains(&(hand, user))
    }

    /// Whether anybody is told to have done the step.
    pub fn has(&self, hand: Hand) -> bool {
        self.hands.iter().any(|(done, _)| *done == hand)
    }
}
