//! Recovery codes: given with the second factor, made anew on request, and counted.

use access::Deed;
use cites::{CredentialId, EventId, UserId};
use store::{Credential, CredentialKind, Done, Subject, SubjectKind};

use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::proof::recovery_code::{self, Made};

/// Codes, and what is kept of them.
pub(crate) struct Given {
    /// The codes, told this once.
    pub(crate) codes: Vec<String>,
    /// What is to be saved.
    pub(crate) credential: Credential,
}

/// Codes for an account that has none yet, whose second factor is set up now; none where it has some.
pub(crate) fn given_first(office: &Office, account: UserId, proofs: &[Credential]) -> Option<Given> {
    let has_codes = proofs.iter().any(|proof| proof.kind == CredentialKind::RecoveryCodes);
    (!has_codes).then(|| given(office, account))
}

/// Makes codes for an account; the caller saves what is kept of them.
fn given(office: &Office, account: UserId) -> Given {
    let Made { codes, kept } = recovery_code::made(office.parts().fill);
    let credential = Credential {
        id: CredentialId(office.draw_id()),
        account,
        kind: CredentialKind::RecoveryCodes,
        label: String::new(),
        secret: kept,
        counter: 0,
        made: office.now(),
        used: None,
    };
    Given { codes, credential }
}

/// How many codes the caller has left.
///
/// # Errors
/// It is not their own account; the database fails.
pub(crate) async fn left(office: &Office, caller: &Caller) -> Result<usize, Problem> {
    caller.may_to_own_account()?;
    let proofs = office.store().credentials(caller.actor.user).await?;
    let codes = proofs.iter().filter(|proof| proof.kind == CredentialKind::RecoveryCodes);
    Ok(codes.map(|proof| recovery_code::left(&proof.secret)).sum())
}

/// Makes the caller's codes anew; the former ones hold no longer.
///
/// # Errors
/// The second factor is not set up, or was not shown in this session; the database fails.
pub(crate) async fn renew(office: &Office, caller: &Caller) -> Result<Vec<String>, Problem> {
    caller.may_to_own_account()?;
    caller.has_shown_second_factor()?;
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let proofs = office.store().credentials(account.id).await?;
    if !proofs.iter().any(|proof| proof.kind.is_second_factor()) {
        return Err(Problem::refused("no second factor is set up; set one up, and its codes come with it"));
    }
    for former in proofs.iter().filter(|proof| proof.kind == CredentialKind::RecoveryCodes) {
        work.remove_credential(former);
    }
    let Given { codes, credential } = given(office, account.id);
    work.put_credential(&credential);
    let done = Done {
        id: EventId(office.draw_id()),
        by: caller.by(),
        deed: Deed::KeepOwnSecondFactor,
        subject: Subject::new(SubjectKind::Account, account.id, account.version),
        before: None,
        after: Some(serde_json::json!({ "recovery_codes": "made anew" })),
        edition: None,
    };
    work.save(done, office.now(), Vec::new()).await?;
    Ok(codes)
}
