//! Every deed there is, one row each: word, sphere, effect, scope of tokens, who over what.
//!
//! Source of truth: this table. A route declares one deed of it; what is not here cannot be declared.

use crate::deed::{Effect, Fact, Sphere};
use crate::{Scope, grants};

macro_rules! deeds {
    ($($(#[doc = $meaning:literal])+ $name:ident: $word:literal $sphere:ident $effect:ident $scope:ident $grants:ident;)+) => {
        /// Something a signed-in person or their token does; named as the Convention and the office name it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deed {
            $($(#[doc = $meaning])+ $name,)+
        }

        impl Deed {
            /// Every deed, in the order of an application's life, then of the system's.
            pub const ALL: &'static [Deed] = &[$(Deed::$name),+];

            pub(crate) const fn fact(self) -> &'static Fact {
                match self {
                    $(Deed::$name => &Fact {
                        word: $word,
                        meaning: concat!($($meaning),+),
                        sphere: Sphere::$sphere,
                        effect: Effect::$effect,
                        scope: scope!($scope),
                        grants: grants::$grants,
                    },)+
                }
            }
        }
    };
}

/// `Nobody` is no scope: the deed is a person's alone.
macro_rules! scope {
    (Nobody) => {
        None
    };
    ($scope:ident) => {
        Some(Scope::$scope)
    };
}

deeds! {
    /// Reads an application with its lines, defects, advice and decision.
    ReadApplication: "read-application" Permit Reads Read FILE_READERS;
    /// Reads a file attached to an application.
    ReadAttachment: "read-attachment" Permit Reads Read FILE_READERS;
    /// Reads what the law requires for an application as it stands.
    ReadRequirements: "read-requirements" Permit Reads Read FILE_READERS;
    /// Reads who did what to an application, with before and after.
    ReadHistory: "read-history" Permit Reads Read FILE_READERS;
    /// Prints the assessment as one page for the file.
    PrintAssessment: "print-assessment" Permit Reads Read OFFICERS_OF_THE_FILE;
    /// Reads the work that waits at an agency, with its clocks.
    ReadQueue: "read-queue" Permit Reads Read QUEUE_READERS;

    /// Begins an application, changes or deletes a draft.
    DraftApplication: "draft-application" Permit Changes Apply APPLYING;
    /// Makes a new draft out of an earlier application.
    CopyApplication: "copy-application" Permit Changes Apply APPLYING;
    /// Takes lines of a table into a draft.
    ImportLines: "import-lines" Permit Changes Apply APPLYING;
    /// Attaches a file to an application.
    AttachFile: "attach-file" Permit Changes Apply APPLYING;
    /// Hands an application in.
    SubmitApplication: "submit-application" Permit Changes Apply APPLYING;
    /// Takes an application back before it is decided.
    WithdrawApplication: "withdraw-application" Permit Changes Apply APPLYING;
    /// Answers the notice of defects.
    AnswerDefects: "answer-defects" Permit Changes Apply APPLYING;

    /// Accepts an application as complete, which starts the Management Authority's clock.
    AcceptApplication: "accept-application" Permit Changes Office INTAKE;
    /// Tells the defects of an application, once and in full.
    NotifyDefects: "notify-defects" Permit Changes Office INTAKE;
    /// Enters the State department's approval that came as a document.
    RecordApproval: "record-approval" Permit Changes Office INTAKE;
    /// Reviews for the forestry side: the department's approval or its refusal.
    ReviewForForestry: "review-for-forestry" Permit Changes Office FORESTRY;
    /// Reviews for the fishery side: the department's approval or its refusal.
    ReviewForFishery: "review-for-fishery" Permit Changes Office FISHERY;
    /// Asks the Scientific Authority, which stops the clock.
    ConsultScience: "consult-scientific-authority" Permit Changes Office CONSULTING;
    /// Gives the Scientific Authority's advice (Art III 2(a), 3(a), IV 2(a)).
    AdviseScience: "give-scientific-advice" Permit Changes Office SCIENCE;
    /// Asks a foreign authority by letter, which stops the clock.
    ConsultAbroad: "consult-abroad" Permit Changes Office CONSULTING;
    /// Enters the answer to a consultation, which starts the clock again.
    RecordReply: "record-reply" Permit Changes Office CONSULTING;
    /// Takes the further ten working days, with the reason that the applicant is told.
    ExtendClock: "extend-clock" Permit Changes Decide DECISION;
    /// Grants an application, whole or in part, which reserves the quota.
    DecideApplication: "decide-application" Permit Changes Decide DECISION;
    /// Refuses an application with reasons.
    RefuseApplication: "refuse-application" Permit Changes Decide DECISION;

    /// Reads a permit or certificate, its balance and its endorsements.
    ReadPermit: "read-permit" Permit Reads Read PERMIT_READERS;
    /// Reads who did what to a permit, with before and after.
    ReadPermitHistory: "read-permit-history" Permit Reads Read PERMIT_READERS;
    /// Signs and issues a permit that was decided, which gives it its number.
    IssuePermit: "issue-permit" Permit Changes Decide ISSUING;
    /// Prints an issued permit.
    PrintPermit: "print-permit" Permit Changes Office ISSUING;
    /// Hands an issued permit over.
    HandOverPermit: "hand-over-permit" Permit Changes Office COUNTER;
    /// Asks for another content of an issued permit.
    RequestAmendment: "request-amendment" Permit Changes Apply APPLYING;
    /// Decides an amendment: a replacement takes the permit's place.
    AmendPermit: "amend-permit" Permit Changes Decide DECISION;
    /// Cancels a permit.
    CancelPermit: "cancel-permit" Permit Changes Decide DECISION;
    /// Reports a permit lost, stolen or destroyed.
    ReportLoss: "report-loss" Permit Changes Apply APPLYING;
    /// Endorses a permit at the port with the quantity that crossed.
    EndorsePermit: "endorse-permit" Permit Changes Port PORT;
    /// Files the endorsed copy with the Management Authority.
    FileEndorsedCopy: "file-endorsed-copy" Permit Changes Apply OUTSIDE;
    /// Takes the endorsed copy back at the counter.
    TakeBackEndorsedCopy: "take-back-endorsed-copy" Permit Changes Office INTAKE;
    /// Takes over permits that an office issued before.
    ImportPermits: "import-permits" Permit Changes Office ISSUING;

    /// Reads quotas and what is left of them.
    ReadQuotas: "read-quotas" Permit Reads Read PUBLISHED;
    /// Sets a quota.
    SetQuota: "set-quota" Permit Changes Office DECISION;
    /// Reads the moves of a balance with the permits they belong to.
    ReadLedger: "read-ledger" Permit Reads Read KEEPERS;
    /// Reads the stock of security stamps.
    ReadStamps: "read-stamps" Permit Reads Read KEEPERS;
    /// Takes stamps into the stock, reports them spoiled or lost.
    KeepStamps: "keep-stamps" Permit Changes Office ISSUING;
    /// Reads the register of foreign papers seen.
    ReadForeignPapers: "read-foreign-papers" Permit Reads Read PAPER_READERS;
    /// Registers a foreign paper and the quantity used.
    RegisterForeignPaper: "register-foreign-paper" Permit Changes Port PAPER_KEEPERS;
    /// Reads totals without names.
    ReadTotals: "read-totals" Permit Reads Read FIGURES;
    /// Reads which live permits and applications a change of the law touches.
    ReadTouched: "read-touched" Permit Reads Read OFFICE_READERS;

    /// Reads an operator with its agents.
    ReadOperator: "read-operator" Permit Reads Read FILE_READERS;
    /// Registers an operator: one's own, or at the counter.
    RegisterOperator: "register-operator" Permit Changes Apply APPLYING;
    /// Changes an operator's name, address or papers.
    EditOperator: "edit-operator" Permit Changes Apply APPLYING;
    /// Lets an agent act for an operator, or ends it.
    AppointAgent: "appoint-agent" Permit Changes Nobody PRINCIPALS;
    /// Reads registered breeding operations, nurseries and scientific institutions.
    ReadEstablishments: "read-establishments" Permit Reads Read PUBLISHED;
    /// Registers a breeding operation, nursery or scientific institution.
    RegisterEstablishment: "register-establishment" Permit Changes Office DECISION;
    /// Reads to which addresses events are sent.
    ReadWebhooks: "read-webhooks" Permit Reads Read SENDER_READERS;
    /// Sets to which addresses events are sent.
    ManageWebhooks: "manage-webhooks" Permit Changes Nobody SENDERS;

    /// Reads agencies.
    ReadAgencies: "read-agencies" Administration Reads Read EVERYBODY;
    /// Adds or changes an agency.
    ManageAgencies: "manage-agencies" Administration Changes Admin SYSTEM;
    /// Reads the calendars of working days.
    ReadCalendars: "read-calendars" Administration Reads Read EVERYBODY;
    /// Adds or changes a calendar of working days.
    ManageCalendars: "manage-calendars" Administration Changes Admin SYSTEM;
    /// Reads health in detail, jobs and measures.
    ReadSystem: "read-system" Administration Reads Admin SYSTEM_READERS;
    /// Reads the configuration without its secrets.
    ReadConfiguration: "read-configuration" Administration Reads Admin SYSTEM_READERS;
    /// Starts, stops or repeats a job.
    RunJobs: "run-jobs" Administration Changes Admin SYSTEM;
    /// Reads users, their agency and roles.
    ReadUsers: "read-users" Administration Reads Admin SECURITY_READERS;
    /// Invites a user, moves them to an agency, bars or readmits them.
    ManageUsers: "manage-users" Administration Changes Nobody SECURITY;
    /// Gives or takes roles.
    ManageRoles: "manage-roles" Administration Changes Nobody SECURITY;
    /// Ends sessions of another user.
    RevokeSessions: "revoke-sessions" Administration Changes Admin SECURITY;
    /// Takes tokens of another user back.
    RevokeTokens: "revoke-tokens" Administration Changes Admin SECURITY;
    /// Takes another user's second factor away, so that they must set up a new one.
    ResetSecondFactor: "reset-second-factor" Administration Changes Nobody SECURITY;
    /// Sets how people sign in.
    ManageSecuritySettings: "manage-security-settings" Administration Changes Nobody SECURITY;
    /// Reads who signed in, failed to, and was given or denied what.
    ReadSecurityLog: "read-security-log" Administration Reads Admin SECURITY_READERS;

    /// Reads one's own profile and rights.
    ReadOwnAccount: "read-own-account" Account Reads Read EACH_THEIR_OWN;
    /// Changes one's own name, address or language.
    EditOwnProfile: "edit-own-profile" Account Changes Nobody EACH_THEIR_OWN;
    /// Changes one's own password.
    ChangeOwnPassword: "change-own-password" Account Changes Nobody EACH_THEIR_OWN;
    /// Sets up or changes one's own second factor.
    KeepOwnSecondFactor: "keep-own-second-factor" Account Changes Nobody EACH_THEIR_OWN;
    /// Lists one's own sessions and ends them.
    KeepOwnSessions: "keep-own-sessions" Account Changes Nobody EACH_THEIR_OWN;
    /// Lists one's own tokens, makes them and takes them back.
    KeepOwnTokens: "keep-own-tokens" Account Changes Nobody EACH_THEIR_OWN;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn no_role_stands_twice_in_a_deed() {
        // The first row answers, so a second one would be dead.
        for deed in Deed::ALL {
            for role in Role::ALL {
                let rows = deed.fact().grants.iter().flat_map(|grant| grant.roles);
                assert!(rows.filter(|other| **other == role).count() <= 1, "{role} stands twice in {deed}");
            }
        }
    }
}
