//! The first administrator of an office: a link that is printed at the first start.
//!
//! Who holds the link is the security administrator, who invites everybody else, a system administrator among them:
//! those two are never one person.

use access::{Deed, Role, RoleSet};
use anyhow::{Context, Result};
use cites::{EventId, InvitationId, UserId};
use store::{AccountRecord, By, Done, Invitation, InvitationPurpose, Subject, SubjectKind, Version};
use web::Office;

/// What the first administrator signs in with.
const LOGIN: &str = "security";
/// Seconds for which the link holds: a day.
const HOLDS_SECONDS: u64 = 24 * 60 * 60;

/// The secret of a new link, where no security administrator has a password yet; `None` where one has.
///
/// # Errors
/// The database fails.
pub(super) async fn invite(office: &Office) -> Result<Option<String>> {
    let store = office.store();
    let known = store.accounts_with(Role::SecurityAdministrator).await?;
    for account in &known {
        if !store.credentials(*account).await?.is_empty() {
            return Ok(None);
        }
    }
    let (now, secret) = (office.now(), office.draw_secret());
    let mut work = store.work().await?;
    let account = match known.first() {
        Some(account) => work.account(*account).await?.context("the first administrator is gone")?,
        None => {
            let account = first_account(UserId(office.draw_id()), office)?;
            work.put_account(&account);
            account
        }
    };
    let invitation = Invitation {
        id: InvitationId(office.draw_id()),
        account: account.id,
        purpose: InvitationPurpose::FirstAdministrator,
        until: now.after(HOLDS_SECONDS),
        used: None,
    };
    work.put_invitation(&invitation, &secret.hash());
    let done = Done {
        id: EventId(office.draw_id()),
        by: By::Job("first start".to_owned()),
        deed: Deed::ManageUsers,
        subject: Subject::new(SubjectKind::Account, account.id, account.version.max(Version::NEW.next())),
        before: None,
        after: Some(serde_json::json!({ "login": account.login, "invited": invitation.purpose.as_str() })),
        edition: None,
    };
    work.save(done, now, Vec::new()).await?;
    Ok(Some(secret.as_str().to_owned()))
}

fn first_account(id: UserId, office: &Office) -> Result<AccountRecord> {
    Ok(AccountRecord {
        id,
        version: Version::NEW,
        login: LOGIN.to_owned(),
        name: "First administrator".to_owned(),
        mail: None,
        language: "en".parse()?,
        agency: None,
        roles: RoleSet::from(Role::SecurityAdministrator),
        rights: 0,
        barred: false,
        made: office.now(),
    })
}
