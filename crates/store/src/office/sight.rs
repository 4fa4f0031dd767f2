//! What of a list somebody may see: what `access::reach` says, as the ways that a statement looks for rows.

use access::{Actor, Reach};
use cites::{AgencyId, UserId};

/// What of a list somebody may see. Rows are left out by the database, not after they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// What is of the operators that this account acts for.
    pub own: Option<UserId>,
    /// What this agency has charge of.
    pub agency: Option<AgencyId>,
    /// What this agency was let in to.
    pub let_in: Option<AgencyId>,
    /// Everything.
    pub all: bool,
}

impl Sight {
    /// What `reach` covers for `actor`.
    pub fn of(actor: &Actor, reach: Reach) -> Sight {
        Sight {
            own: reach.own.then_some(actor.user),
            agency: actor.agency.filter(|_| reach.same_agency),
            let_in: actor.agency.filter(|_| reach.let_in),
            all: reach.other_agency,
        }
    }
}

#[cfg(test)]
mod tests {
    use access::{Deed, Role, RoleSet, reach};

    use super::*;

    #[test]
    fn an_applicant_sees_their_own_an_officer_their_agency_an_auditor_all() {
        let (user, agency) = (UserId([1; 16]), AgencyId([2; 16]));
        let sight = |actor: &Actor| Sight::of(actor, reach(actor, Deed::ReadApplication).unwrap());
        let applicant = Actor::outside(user, RoleSet::from(Role::Applicant), []);
        assert_eq!(sight(&applicant), Sight { own: Some(user), ..Sight::default() });
        let officer = |role| Actor::officer(user, agency, RoleSet::from(role));
        let own_agency = Sight { agency: Some(agency), ..Sight::default() };
        assert_eq!(sight(&officer(Role::DecisionOfficer)), own_agency);
        assert_eq!(sight(&officer(Role::ForestryReviewer)), Sight { let_in: Some(agency), ..own_agency });
        assert!(sight(&officer(Role::Auditor)).all);
    }
}
