//! One-time links: the first administrator of an office, a new account, a password that was lost.

use access::Deed;
use cites::EventId;
use store::{AccountRecord, By, Done, Subject, SubjectKind};

use super::password;
use crate::Office;
use crate::draw;
use crate::problem::Problem;

fn gone() -> Problem {
    Problem::refused("the link holds no longer, or was used; ask for a new one")
}

/// The account that the link of `secret` lets in.
///
/// # Errors
/// The link holds no longer; the database fails.
pub(crate) async fn account_of(office: &Office, secret: &str) -> Result<AccountRecord, Problem> {
    let (now, hash) = (office.now(), draw::hash_of(secret));
    let known = office.store().invitation(&hash).await?.filter(|known| known.holds(now)).ok_or_else(gone)?;
    office.store().account(known.account).await?.ok_or_else(gone)
}

/// Sets the password of the account that the link of `secret` lets in; the link then holds no longer, and sessions of
/// the account end.
///
/// # Errors
/// The link holds no longer; the password may not be chosen; the database fails.
pub(crate) async fn accept(office: &Office, secret: &str, written: &str) -> Result<(), Problem> {
    let (now, account) = (office.now(), account_of(office, secret).await?);
    let secret = draw::hash_of(secret);
    let hash = password::chosen(office, &account, written).await?;
    let mut work = office.store().work().await?;
    // Held from here on, so that of two who show the link one is let in.
    let held = work.invitation(&secret).await?.filter(|held| held.holds(now)).ok_or_else(gone)?;
    work.use_invitation(held.id);
    work.put_credential(&password::credential(office, account.id, hash));
    work.revoke_sessions(account.id);
    let done = Done {
        id: EventId(office.draw_id()),
        by: By::Person { user: account.id, agency: account.agency, roles: account.roles, token: None },
        deed: Deed::ChangeOwnPassword,
        subject: Subject::new(SubjectKind::Account, account.id, account.version),
        before: None,
        after: Some(serde_json::json!({ "password": "set", "by": held.purpose.as_str() })),
        edition: None,
    };
    work.save(done, now, Vec::new()).await?;
    Ok(())
}
