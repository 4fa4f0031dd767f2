//! The first administrator of an office: a link that is printed at the first start.
//!
//! Who holds the link is the security administrator, who invites everybody else, a system administrator among them:
//! those two are never one person.

use access::{Role, RoleSet};
use anyhow::Result;
use cites::UserId;
use store::{By, InvitationPurpose};
use web::Office;
use web::house::people::{self, Newcomer, Profile};

/// What the first administrator signs in with.
const LOGIN: &str = "security";

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
    let by = By::Job("first start".to_owned());
    let invited = match known.first() {
        Some(account) => people::link(office, by, *account).await?,
        None => people::invite(office, by, newcomer(office)?, InvitationPurpose::FirstAdministrator).await?,
    };
    Ok(Some(invited.done().await?.secret.as_str().to_owned()))
}

fn newcomer(office: &Office) -> Result<Newcomer> {
    let profile = Profile { name: "First administrator".to_owned(), mail: None, language: "en".parse()? };
    Ok(Newcomer {
        id: UserId(office.draw_id()),
        login: LOGIN.to_owned(),
        profile,
        agency: None,
        roles: RoleSet::from(Role::SecurityAdministrator),
    })
}
