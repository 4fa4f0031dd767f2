//! Groups of roles with what they reach, which several deeds share.
//!
//! Source of truth: the house's reading of who needs what for their day's work. The State department and the
//! Scientific Authority are other agencies than the Management Authority, so they see what they were let in to.

use crate::Role::{
    Agent, Analyst, Applicant, Auditor, CaseOfficer, Coordinator, DecisionOfficer, FisheryReviewer,
    ForestryReviewer, IntakeOfficer, IssuingOfficer, PortOfficer, ScientificAuthority, SecurityAdministrator,
    SystemAdministrator,
};
use crate::{Over, Role};

/// Roles that reach equally far. Within one deed no role stands twice.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) roles: &'static [Role],
    pub(crate) over: Over,
}

const fn grant(over: Over, roles: &'static [Role]) -> Grant {
    Grant { roles, over }
}

type Grants = &'static [Grant];

/// Who applies.
const APPLICANTS: &[Role] = &[Applicant, Agent];
/// Who works on a file at the Management Authority.
const OFFICE: &[Role] = &[IntakeOfficer, DecisionOfficer, IssuingOfficer];
/// Who is asked: the State department, and the Scientific Authority.
const ASKED: &[Role] = &[ForestryReviewer, FisheryReviewer, ScientificAuthority];

/// The application itself and what hangs on it: of the operator, the office in charge, who was asked.
pub(crate) const FILE_READERS: Grants = &[
    grant(Over::Own, APPLICANTS),
    grant(Over::Agency, OFFICE),
    grant(Over::LetIn, ASKED),
    grant(Over::Any, &[Auditor]),
];

/// What officers keep for the file, and the applicant gets through the decision.
pub(crate) const OFFICERS_OF_THE_FILE: Grants =
    &[grant(Over::Agency, OFFICE), grant(Over::LetIn, ASKED), grant(Over::Any, &[Auditor])];

/// The work that waits at an agency.
pub(crate) const QUEUE_READERS: Grants =
    &[grant(Over::Agency, OFFICE), grant(Over::Agency, ASKED), grant(Over::Any, &[Auditor])];

/// A permit crosses borders: any port may meet it, and any case may turn on it.
pub(crate) const PERMIT_READERS: Grants = &[
    grant(Over::Own, APPLICANTS),
    grant(Over::Agency, OFFICE),
    grant(Over::LetIn, ASKED),
    grant(Over::Any, &[PortOfficer, CaseOfficer, Auditor]),
];

/// The operator's own side; the counter takes in what comes on paper.
pub(crate) const APPLYING: Grants = &[grant(Over::Own, APPLICANTS), grant(Over::Agency, &[IntakeOfficer])];

pub(crate) const OUTSIDE: Grants = &[grant(Over::Own, APPLICANTS)];

/// An agent appoints no further agents.
pub(crate) const PRINCIPALS: Grants =
    &[grant(Over::Own, &[Applicant]), grant(Over::Agency, &[IntakeOfficer])];

pub(crate) const INTAKE: Grants = &[grant(Over::Agency, &[IntakeOfficer])];
pub(crate) const CONSULTING: Grants = &[grant(Over::Agency, &[IntakeOfficer, DecisionOfficer])];
pub(crate) const FORESTRY: Grants = &[grant(Over::LetIn, &[ForestryReviewer])];
pub(crate) const FISHERY: Grants = &[grant(Over::LetIn, &[FisheryReviewer])];
pub(crate) const SCIENCE: Grants = &[grant(Over::LetIn, &[ScientificAuthority])];
pub(crate) const DECISION: Grants = &[grant(Over::Agency, &[DecisionOfficer])];
pub(crate) const ISSUING: Grants = &[grant(Over::Agency, &[IssuingOfficer])];
pub(crate) const COUNTER: Grants = &[grant(Over::Agency, &[IntakeOfficer, IssuingOfficer])];
pub(crate) const PORT: Grants = &[grant(Over::Any, &[PortOfficer])];

/// Balances and stocks of one office.
pub(crate) const KEEPERS: Grants =
    &[grant(Over::Agency, &[DecisionOfficer, IssuingOfficer]), grant(Over::Any, &[Auditor])];

/// Records that a change of the law touches.
pub(crate) const OFFICE_READERS: Grants = &[grant(Over::Agency, OFFICE), grant(Over::Any, &[Auditor])];

/// A second use of a foreign paper shows only where all offices and ports look into one register.
pub(crate) const PAPER_READERS: Grants =
    &[grant(Over::Any, &[IntakeOfficer, DecisionOfficer, IssuingOfficer, PortOfficer, CaseOfficer, Auditor])];
pub(crate) const PAPER_KEEPERS: Grants = &[grant(Over::Any, &[IntakeOfficer, DecisionOfficer, PortOfficer])];

/// Figures without names.
pub(crate) const FIGURES: Grants = &[grant(Over::Any, &[DecisionOfficer, Coordinator, Analyst, Auditor])];

/// What every Party publishes, to all but the administrators, who see nothing of permits.
pub(crate) const PUBLISHED: Grants = &[
    grant(Over::Any, APPLICANTS),
    grant(Over::Any, OFFICE),
    grant(Over::Any, ASKED),
    grant(Over::Any, &[PortOfficer, CaseOfficer, Coordinator, Analyst, Auditor]),
];

/// Where events of an operator, or of an office, are sent. No administrator, since what is sent is read.
pub(crate) const SENDERS: Grants = &[grant(Over::Own, APPLICANTS), grant(Over::Agency, &[DecisionOfficer])];
pub(crate) const SENDER_READERS: Grants =
    &[grant(Over::Own, APPLICANTS), grant(Over::Agency, &[DecisionOfficer]), grant(Over::Any, &[Auditor])];

pub(crate) const SYSTEM: Grants = &[grant(Over::Any, &[SystemAdministrator])];
pub(crate) const SYSTEM_READERS: Grants = &[grant(Over::Any, &[SystemAdministrator, Auditor])];
pub(crate) const SECURITY: Grants = &[grant(Over::Any, &[SecurityAdministrator])];
pub(crate) const SECURITY_READERS: Grants = &[grant(Over::Any, &[SecurityAdministrator, Auditor])];

pub(crate) const EVERYBODY: Grants = &[grant(Over::Any, &Role::ALL)];
pub(crate) const EACH_THEIR_OWN: Grants = &[grant(Over::Own, &Role::ALL)];
