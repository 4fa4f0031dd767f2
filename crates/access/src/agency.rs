//! Agencies: which authority each is, and which roles its people may hold.
//!
//! Source of truth: an office's own list, of which each row says where it was read, or that nothing documents it.
//! Which authority does what is the Convention's (Art IX) and China's Regulation's (Art 10 to 14 and 21).

use cites::AgencyId;

use crate::Role;
use crate::word::read_by_word;

/// What kind of authority an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// The Management Authority or one of its offices (Art IX 1(a)).
    Management,
    /// A Scientific Authority (Art IX 1(b)).
    Scientific,
    /// The department of forestry and grassland.
    Forestry,
    /// The department of agriculture, for fishery.
    Fishery,
    /// Customs, or whoever else stands at a port.
    Port,
    /// Another agency of the group that enforces, such as public security.
    Enforcement,
}

/// Why text is not an [`Authority`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{written}` is not a kind of authority; write management, scientific, forestry, fishery, port or enforcement"
)]
pub struct AuthorityError {
    /// The text as written.
    pub written: String,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name as it writes it.
    pub name: String,
    /// The kinds of authority it is: an office may be several.
    pub authorities: Vec<Authority>,
    /// Where its name and tasks were read; `None` where nothing documents them.
    pub source: Option<String>,
}

/// Why a role cannot be given to a person of an agency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{role} is no role of `{agency}`; give it in an agency whose task it is, or add the task to the agency"
)]
pub struct RoleNotOfAgency {
    /// The role that was to be given.
    pub role: Role,
    /// The agency's name.
    pub agency: String,
}

impl Authority {
    /// Every kind.
    pub const ALL: [Authority; 6] = [
        Authority::Management,
        Authority::Scientific,
        Authority::Forestry,
        Authority::Fishery,
        Authority::Port,
        Authority::Enforcement,
    ];

    /// The word in files, databases and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Authority::Management => "management",
            Authority::Scientific => "scientific",
            Authority::Forestry => "forestry",
            Authority::Fishery => "fishery",
            Authority::Port => "port",
            Authority::Enforcement => "enforcement",
        }
    }

    /// The kind of a word; `None` where there is none.
    pub fn from_word(word: &str) -> Option<Authority> {
        Authority::ALL.into_iter().find(|authority| authority.as_str() == word)
    }

    /// Whether its people may hold `role`. Those who apply belong to no agency.
    pub const fn has(self, role: Role) -> bool {
        match role {
            Role::Applicant | Role::Agent => false,
            Role::IntakeOfficer | Role::DecisionOfficer | Role::IssuingOfficer => {
                matches!(self, Authority::Management)
            }
            Role::ForestryReviewer => matches!(self, Authority::Forestry),
            Role::FisheryReviewer => matches!(self, Authority::Fishery),
            Role::ScientificAuthority => matches!(self, Authority::Scientific),
            Role::PortOfficer => matches!(self, Authority::Port),
            Role::CaseOfficer
            | Role::Coordinator
            | Role::Analyst
            | Role::Auditor
            | Role::SystemAdministrator
            | Role::SecurityAdministrator => true,
        }
    }
}

impl Agency {
    /// Whether its people may hold `role`.
    ///
    /// # Errors
    /// When none of its authorities has the role.
    pub fn check(&self, role: Role) -> Result<(), RoleNotOfAgency> {
        if self.authorities.iter().any(|authority| authority.has(role)) {
            Ok(())
        } else {
            Err(RoleNotOfAgency { role, agency: self.name.clone() })
        }
    }
}

read_by_word!(Authority, AuthorityError);
