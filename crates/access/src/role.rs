//! The roles a person may hold, and which of them exclude each other in one person.
//!
//! Source of truth: the steps of approval (China's Regulation on the import and export of endangered wild
//! animals and plants, Art 10 to 14 and 21), and the house's own rule that who watches does not act, and who
//! runs the system sees no permits. What a role may do stands with each [`Deed`](crate::Deed).

use std::fmt;

use crate::word::read_by_word;

/// What a person does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Applies for permits of the operators that are theirs.
    Applicant,
    /// Applies in the name of several operators, each of which has let them.
    Agent,
    /// Takes applications in at the Management Authority: complete, or one full notice of defects.
    IntakeOfficer,
    /// Reviews for the State department of forestry and grassland: terrestrial animals, and plants.
    ForestryReviewer,
    /// Reviews for the State department of fishery: aquatic animals.
    FisheryReviewer,
    /// Advises for the Scientific Authority: non-detriment, and the other findings of Art III to V.
    ScientificAuthority,
    /// Decides for the Management Authority.
    DecisionOfficer,
    /// Signs and issues what was decided.
    IssuingOfficer,
    /// Checks papers and goods at a port, and endorses.
    PortOfficer,
    /// Follows a case for one of the agencies that enforce.
    CaseOfficer,
    /// Convenes the group of agencies, and reports for it.
    Coordinator,
    /// Studies figures without names.
    Analyst,
    /// Reads all, changes nothing.
    Auditor,
    /// Runs the system; sees no permits.
    SystemAdministrator,
    /// Lets people in and out, and gives roles; sees no permits.
    SecurityAdministrator,
}

/// Why text is not a [`Role`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a role; write one such as applicant, decision-officer or auditor")]
pub struct RoleError {
    /// The text as written.
    pub written: String,
}

/// Which roles may stand beside which in one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Company {
    /// They apply.
    Outside,
    /// They act for an agency.
    Officer,
    /// Reads figures only, so it goes with officers and with an auditor.
    Reader,
    /// Stands alone but for readers.
    Watcher,
    /// Stands alone.
    Administrator,
}

impl Role {
    /// Every role, in the order in which an application meets them.
    pub const ALL: [Role; 15] = [
        Role::Applicant,
        Role::Agent,
        Role::IntakeOfficer,
        Role::ForestryReviewer,
        Role::FisheryReviewer,
        Role::ScientificAuthority,
        Role::DecisionOfficer,
        Role::IssuingOfficer,
        Role::PortOfficer,
        Role::CaseOfficer,
        Role::Coordinator,
        Role::Analyst,
        Role::Auditor,
        Role::SystemAdministrator,
        Role::SecurityAdministrator,
    ];

    /// The word in files, databases and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Applicant => "applicant",
            Role::Agent => "agent",
            Role::IntakeOfficer => "intake-officer",
            Role::ForestryReviewer => "forestry-reviewer",
            Role::FisheryReviewer => "fishery-reviewer",
            Role::ScientificAuthority => "scientific-authority",
            Role::DecisionOfficer => "decision-officer",
            Role::IssuingOfficer => "issuing-officer",
            Role::PortOfficer => "port-officer",
            Role::CaseOfficer => "case-officer",
            Role::Coordinator => "coordinator",
            Role::Analyst => "analyst",
            Role::Auditor => "auditor",
            Role::SystemAdministrator => "system-administrator",
            Role::SecurityAdministrator => "security-administrator",
        }
    }

    /// The role of a word; `None` where there is none.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether who holds it applies for permits, and so belongs to no agency.
    pub const fn is_outside(self) -> bool {
        matches!(self.company(), Company::Outside)
    }

    /// Whether one person may not hold both. A role never excludes itself.
    pub fn excludes(self, other: Role) -> bool {
        use Company::{Officer, Outside, Reader, Watcher};
        let go_together = matches!(
            (self.company(), other.company()),
            (Outside, Outside) | (Officer | Reader, Officer | Reader) | (Reader, Watcher) | (Watcher, Reader)
        );
        self != other && !go_together
    }

    const fn company(self) -> Company {
        match self {
            Role::Applicant | Role::Agent => Company::Outside,
            Role::IntakeOfficer
            | Role::ForestryReviewer
            | Role::FisheryReviewer
            | Role::ScientificAuthority
            | Role::DecisionOfficer
            | Role::IssuingOfficer
            | Role::PortOfficer
            | Role::CaseOfficer
            | Role::Coordinator => Company::Officer,
            Role::Analyst => Company::Reader,
            Role::Auditor => Company::Watcher,
            Role::SystemAdministrator | Role::SecurityAdministrator => Company::Administrator,
        }
    }
}

read_by_word!(Role, RoleError);

/// The roles of one person. Two that exclude each other are never in one set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RoleSet(u16);

/// Why a role cannot be given to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "who is {held} cannot be {wanted} too; take `{held}` away first, or give `{wanted}` to somebody else"
)]
pub struct RoleConflict {
    /// The role they hold.
    pub held: Role,
    /// The role that was to be added.
    pub wanted: Role,
}

impl RoleSet {
    /// Nobody's set: who has no role may do nothing.
    pub const EMPTY: RoleSet = RoleSet(0);

    /// This set and `role`.
    ///
    /// # Errors
    /// When a role of the set excludes it; the first in the order of [`Role::ALL`] is named.
    pub fn with(self, role: Role) -> Result<RoleSet, RoleConflict> {
        match self.iter().find(|held| held.excludes(role)) {
            Some(held) => Err(RoleConflict { held, wanted: role }),
            None => Ok(RoleSet(self.0 | bit(role))),
        }
    }

    /// The set of `roles`.
    ///
    /// # Errors
    /// When two of them exclude each other.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Result<RoleSet, RoleConflict> {
        roles.into_iter().try_fold(RoleSet::EMPTY, RoleSet::with)
    }

    /// This set without `role`.
    #[must_use]
    pub const fn without(self, role: Role) -> RoleSet {
        RoleSet(self.0 & !bit(role))
    }

    /// Whether `role` is in the set.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// Whether no role is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.contains(*role))
    }
}

impl From<Role> for RoleSet {
    fn from(role: Role) -> RoleSet {
        RoleSet(bit(role))
    }
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

const fn bit(role: Role) -> u16 {
    1 << role as u16
}
