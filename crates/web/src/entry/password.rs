//! Passwords: chosen by a link, and changed by who has the one before.

use access::{Password, PasswordRefused};
use cites::{CredentialId, EventId, UserId};
use store::{AccountRecord, Credential, CredentialKind, Done, Subject, SubjectKind};

use super::session::prove;
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::proof::password;
use crate::sent::Sender;

/// The hash of a password that the holder of `account` chooses.
///
/// # Errors
/// It may not be chosen; the machine cannot hash it.
pub(crate) async fn chosen(
    office: &Office,
    account: &AccountRecord,
    written: &str,
) -> Result<String, Problem> {
    // Programs that check passwords against lists of leaked ones are not part of the office; length is what counts.
    let chosen = Password::chosen(written, &account.login, |_| false);
    let chosen = chosen.map_err(|refused: PasswordRefused| Problem::refused(refused.to_string()))?;
    let turn =
        office.parts().hashing.acquire().await.map_err(|error| Problem::fault("no turn to hash", &error))?;
    let fill = office.parts().fill;
    let hash = tokio::task::spawn_blocking(move || password::hash(&chosen, fill)).await;
    drop(turn);
    let hash = hash.map_err(|error| Problem::fault("a password was not hashed", &error))?;
    hash.map_err(|error| Problem::fault("a password was not hashed", &error))
}

/// What is kept of a password.
pub(crate) fn credential(office: &Office, account: UserId, hash: String) -> Credential {
    Credential {
        id: CredentialId(office.draw_id()),
        account,
        kind: CredentialKind::Password,
        label: String::new(),
        secret: hash,
        counter: 0,
        made: office.now(),
        used: None,
    }
}

/// Changes the caller's password, where they have the one before; their sessions end.
///
/// # Errors
/// It is not the one before, or there were too many tries; the new one may not be chosen; the database fails.
pub(crate) async fn change(
    office: &Office,
    caller: &Caller,
    (old, new): (&str, &str),
    sender: Sender,
) -> Result<(), Problem> {
    caller.may_to_own_account()?;
    let known = office.store().account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let offered = Password::offered(old).map_err(|_| Problem::wrong_proof())?;
    let (account, _) = prove(office, &known.login, offered, &sender).await?;
    let hash = chosen(office, &account, new).await?;
    let mut work = office.store().work().await?;
    let account = work.account(account.id).await?.ok_or_else(Problem::not_found)?;
    work.put_credential(&credential(office, account.id, hash));
    work.revoke_sessions(account.id);
    let done = Done {
        id: EventId(office.draw_id()),
        by: caller.by(),
        deed: caller.deed(),
        subject: Subject::new(SubjectKind::Account, account.id, account.version),
        before: None,
        after: Some(serde_json::json!({ "password": "changed" })),
        edition: None,
    };
    Ok(work.save(done, office.now(), Vec::new()).await?)
}
