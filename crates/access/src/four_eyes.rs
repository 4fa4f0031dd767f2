//! Four eyes: who may not do a deed because of what they have done, or whose thing it is.
//!
//! Source of truth: the house's own rule, that nobody decides their own application or issues their own decision.
//! The State department's approval and the Scientific Authority's advice come from others than who decides (China's
//! Regulation Art 10 to 14; Art IV 2(a) of the Convention), and who endorses did not issue.
//!
//! No role lifts it. Where a step that must have come before is not told, the deed is refused.

use std::fmt;

use crate::{Actor, Deed, Denied, Hand, Owner, Thing};

/// What stands between a person and a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Earlier {
    /// They did an earlier step.
    Hand(Hand),
    /// They act for the operator whose it is.
    ActsFor,
    /// It is their own account.
    OwnAccount,
}

impl fmt::Display for Earlier {
    /// The reason, as it stands after "because you".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Earlier::Hand(hand) => write!(f, "{} it", hand.as_str()),
            Earlier::ActsFor => f.write_str("act for its operator"),
            Earlier::OwnAccount => f.write_str("own the account"),
        }
    }
}

/// Who is barred from one deed.
struct Bar {
    /// Who did one of these steps is barred.
    hands: &'static [Hand],
    /// These steps must have been done by somebody who is told.
    told: &'static [Hand],
}

const APPLICATION: Bar =
    Bar { hands: &[Hand::Drafted, Hand::Submitted], told: &[Hand::Drafted, Hand::Submitted] };
const DECISION: Bar = Bar {
    hands: &[Hand::Drafted, Hand::Submitted, Hand::Reviewed, Hand::Advised],
    told: &[Hand::Drafted, Hand::Submitted],
};
const ISSUE: Bar = Bar {
    hands: &[Hand::Drafted, Hand::Submitted, Hand::Decided],
    told: &[Hand::Drafted, Hand::Submitted, Hand::Decided],
};
/// A permit that takes the place of another is issued with its decision, so that who decided the first one is barred as
/// from issuing it.
const AMENDMENT: Bar = Bar {
    hands: &[Hand::Drafted, Hand::Submitted, Hand::Reviewed, Hand::Advised, Hand::Decided],
    told: &[Hand::Drafted, Hand::Submitted, Hand::Decided],
};
/// A permit taken over from before, and a foreign one, were issued by nobody here.
const ENDORSEMENT: Bar = Bar { hands: &[Hand::Issued], told: &[] };
const OFFICE: Bar = Bar { hands: &[], told: &[] };

/// The bar of a deed on applications and permits; each bars also who acts for the operator.
const fn bar(deed: Deed) -> Option<Bar> {
    match deed {
        Deed::ReviewForForestry | Deed::ReviewForFishery | Deed::AdviseScience => Some(APPLICATION),
        Deed::DecideApplication | Deed::RefuseApplication => Some(DECISION),
        Deed::AmendPermit => Some(AMENDMENT),
        Deed::IssuePermit => Some(ISSUE),
        Deed::EndorsePermit => Some(ENDORSEMENT),
        Deed::AcceptApplication
        | Deed::NotifyDefects
        | Deed::RecordApproval
        | Deed::ExtendClock
        | Deed::CancelPermit
        | Deed::TakeBackEndorsedCopy
        | Deed::RegisterEstablishment => Some(OFFICE),
        _ => None,
    }
}

/// Whether the deed changes what an account may do, so that nobody does it to their own.
const fn is_over_others(deed: Deed) -> bool {
    matches!(deed, Deed::ManageUsers | Deed::ManageRoles | Deed::ResetSecondFactor)
}

/// Refuses who has done an earlier step, acts for the owner, or would change their own rights.
pub(crate) fn check(actor: &Actor, deed: Deed, thing: &Thing) -> Result<(), Denied> {
    if is_over_others(deed) {
        return match thing.owner {
            Owner::Account(user) if user == actor.user => {
                Err(Denied::FourEyes { deed, earlier: Earlier::OwnAccount })
            }
            Owner::Account(_) => Ok(()),
            // Roles are an account's; whose account it is must be told.
            _ => Err(Denied::OwnerUnknown { deed }),
        };
    }
    let Some(bar) = bar(deed) else { return Ok(()) };
    if actor.acts_for(thing.owner) {
        return Err(Denied::FourEyes { deed, earlier: Earlier::ActsFor });
    }
    if let Some(hand) = bar.hands.iter().find(|hand| thing.was(**hand, actor.user)) {
        return Err(Denied::FourEyes { deed, earlier: Earlier::Hand(*hand) });
    }
    match bar.told.iter().find(|hand| !thing.has(**hand)) {
        Some(hand) => Err(Denied::HandUnknown { deed, hand: *hand }),
        None => Ok(()),
    }
}
