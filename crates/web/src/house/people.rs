//! People: invited by a one-time link, moved, barred, given roles; and what they have lost taken away.
//!
//! That nobody changes what their own account may do is a rule of `access`.

use access::{Deed, Instant, Role, RoleSet};
use cites::{AgencyId, InvitationId, UserId};
use serde_json::{Value, json};
use store::{
    AccountRecord, By, CredentialKind, Invitation, InvitationPurpose, Language, Subject, SubjectKind,
    Version, Work, folded_login,
};

use super::{Told, ready};
use crate::Office;
use crate::deeds::{Prepared, is_as_seen};
use crate::draw::Secret;
use crate::problem::Problem;

/// Seconds for which the link of an invitation holds: three days, since people have weekends.
const WELCOME_SECONDS: u64 = 3 * 24 * 60 * 60;
/// Seconds for which the link of a lost password, or of the first administrator, holds.
const RESET_SECONDS: u64 = 24 * 60 * 60;
/// The most bytes of a login or a mail address (RFC 5321 §4.5.3.1).
const LOGIN_BYTES_MAX: usize = 254;
/// The most bytes of a name.
const NAME_BYTES_MAX: usize = 300;

/// What of an account is written by whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// Where mail reaches them.
    pub mail: Option<String>,
    /// The language of their pages and mails.
    pub language: Language,
}

/// Somebody who is to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// The id of their account, which was drawn.
    pub id: UserId,
    /// What they sign in with.
    pub login: String,
    /// Name, mail and language.
    pub profile: Profile,
    /// Their agency; `None` for those who apply and for administrators.
    pub agency: Option<AgencyId>,
    /// What they are.
    pub roles: RoleSet,
}

/// An account with the one-time link that lets its holder in.
#[derive(Debug)]
pub struct Invited {
    /// The account.
    pub account: AccountRecord,
    /// What stands at the end of the link; it is told this once.
    pub secret: Secret,
    /// The instant from which it no longer holds.
    pub until: Instant,
}

/// Makes an account and a link by which its holder chooses a password.
///
/// # Errors
/// The login is taken or none; the roles are not the agency's; the database fails.
pub async fn invite(
    office: &Office,
    by: By,
    newcomer: Newcomer,
    purpose: InvitationPurpose,
) -> Result<Prepared<Invited>, Problem> {
    let login = folded_login(&newcomer.login);
    if login.is_empty() || login.len() > LOGIN_BYTES_MAX || login.contains(char::is_whitespace) {
        return Err(Problem::refused(format!(
            "a login has 1 to {LOGIN_BYTES_MAX} bytes and no spaces; write another"
        )));
    }
    let profile = checked(newcomer.profile)?;
    let mut work = office.store().work().await?;
    fits(&mut work, newcomer.agency, newcomer.roles).await?;
    let account = AccountRecord {
        id: newcomer.id,
        version: Version::NEW,
        login,
        name: profile.name,
        mail: profile.mail,
        language: profile.language,
        agency: newcomer.agency,
        roles: newcomer.roles,
        rights: 0,
        barred: false,
        made: office.now(),
    };
    work.put_account(&account);
    let account = AccountRecord { version: account.version.next(), ..account };
    let invited = put_link(office, &mut work, account, purpose);
    let mut after = history(&invited.account);
    noted(&mut after, "invited", purpose.as_str());
    Ok(ready(office, work, told(by, Deed::ManageUsers, &invited.account, None, after), invited))
}

/// Gives somebody a new link, to choose a password by; links before it hold no longer.
///
/// # Errors
/// There is no such account, or it is barred; the database fails.
pub async fn link(office: &Office, by: By, user: UserId) -> Result<Prepared<Invited>, Problem> {
    let proofs = office.store().credentials(user).await?;
    let has_password = proofs.iter().any(|proof| proof.kind == CredentialKind::Password);
    let purpose = if has_password { InvitationPurpose::Reset } else { InvitationPurpose::Welcome };
    let mut work = office.store().work().await?;
    let account = work.account(user).await?.ok_or_else(Problem::not_found)?;
    if account.barred {
        return Err(Problem::refused("the account is barred; readmit it before it gets a link"));
    }
    let invited = put_link(office, &mut work, account, purpose);
    let (before, mut after) = (history(&invited.account), history(&invited.account));
    noted(&mut after, "invited", purpose.as_str());
    Ok(ready(office, work, told(by, Deed::ManageUsers, &invited.account, Some(before), after), invited))
}

/// Where somebody belongs, and whether they are let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Name, mail and language.
    pub profile: Profile,
    /// Their agency.
    pub agency: Option<AgencyId>,
    /// Whether they are barred.
    pub barred: bool,
}

/// Writes an account anew. Who is barred is signed out at once.
///
/// # Errors
/// There is none; somebody changed it; the agency does not have the roles; the database fails.
pub async fn change(
    office: &Office,
    by: By,
    (user, seen): (UserId, Version),
    standing: Standing,
) -> Result<Prepared<AccountRecord>, Problem> {
    let profile = checked(standing.profile)?;
    let (mut work, account) = held(office, user, seen).await?;
    fits(&mut work, standing.agency, account.roles).await?;
    let before = history(&account);
    if standing.barred && !account.barred {
        work.revoke_sessions(user);
    }
    let account = AccountRecord {
        name: profile.name,
        mail: profile.mail,
        language: profile.language,
        agency: standing.agency,
        barred: standing.barred,
        ..account
    };
    Ok(put(office, work, (by, Deed::ManageUsers), before, account))
}

/// Writes one's own name, mail and language anew.
///
/// # Errors
/// Somebody changed the account; the database fails.
pub async fn change_profile(
    office: &Office,
    by: By,
    (user, seen): (UserId, Version),
    profile: Profile,
) -> Result<Prepared<AccountRecord>, Problem> {
    let profile = checked(profile)?;
    let (work, account) = held(office, user, seen).await?;
    let before = history(&account);
    let account =
        AccountRecord { name: profile.name, mail: profile.mail, language: profile.language, ..account };
    Ok(put(office, work, (by, Deed::EditOwnProfile), before, account))
}

/// Gives somebody these roles, in place of those they had.
///
/// # Errors
/// There is no such account; somebody changed it; the agency does not have the roles; the database
/// fails.
pub async fn give_roles(
    office: &Office,
    by: By,
    (user, seen): (UserId, Version),
    roles: RoleSet,
) -> Result<Prepared<AccountRecord>, Problem> {
    let (mut work, account) = held(office, user, seen).await?;
    fits(&mut work, account.agency, roles).await?;
    let before = history(&account);
    Ok(put(office, work, (by, Deed::ManageRoles), before, AccountRecord { roles, ..account }))
}

/// Takes somebody's second factor away, so that they set up a new one; their sessions end.
///
/// # Errors
/// There is no such account, or it has none; the database fails.
pub async fn remove_second_factor(
    office: &Office,
    by: By,
    user: UserId,
) -> Result<Prepared<AccountRecord>, Problem> {
    let mut work = office.store().work().await?;
    let account = work.account(user).await?.ok_or_else(Problem::not_found)?;
    let proofs = office.store().credentials(user).await?;
    let factors: Vec<_> = proofs.iter().filter(|proof| proof.kind != CredentialKind::Password).collect();
    if factors.is_empty() {
        return Err(Problem::refused(
            "the account has no second factor; its holder sets one up at the next sign-in",
        ));
    }
    for proof in &factors {
        work.remove_credential(proof);
    }
    work.revoke_sessions(user);
    let before =
        json!({ "second_factors": factors.iter().map(|proof| proof.kind.as_str()).collect::<Vec<_>>() });
    let told = told(by, Deed::ResetSecondFactor, &account, Some(before), json!({ "second_factors": [] }));
    Ok(ready(office, work, told, account))
}

/// Ends every session of somebody.
///
/// # Errors
/// There is no such account; the database fails.
pub async fn end_sessions(office: &Office, by: By, user: UserId) -> Result<Prepared<AccountRecord>, Problem> {
    let mut work = office.store().work().await?;
    let account = work.account(user).await?.ok_or_else(Problem::not_found)?;
    work.revoke_sessions(user);
    let told = told(by, Deed::RevokeSessions, &account, None, json!({ "sessions": "ended" }));
    Ok(ready(office, work, told, account))
}

async fn held(office: &Office, user: UserId, seen: Version) -> Result<(Work, AccountRecord), Problem> {
    let mut work = office.store().work().await?;
    let account = work.account(user).await?.ok_or_else(Problem::not_found)?;
    is_as_seen(account.version, seen)?;
    Ok((work, account))
}

fn put(
    office: &Office,
    mut work: Work,
    (by, deed): (By, Deed),
    before: Value,
    account: AccountRecord,
) -> Prepared<AccountRecord> {
    work.put_account(&account);
    let account = AccountRecord { version: account.version.next(), ..account };
    let after = history(&account);
    ready(office, work, told(by, deed, &account, Some(before), after), account)
}

fn put_link(office: &Office, work: &mut Work, account: AccountRecord, purpose: InvitationPurpose) -> Invited {
    let secret = office.draw_secret();
    let seconds = if purpose == InvitationPurpose::Welcome { WELCOME_SECONDS } else { RESET_SECONDS };
    let until = office.now().after(seconds);
    let id = InvitationId(office.draw_id());
    work.put_invitation(&Invitation { id, account: account.id, purpose, until, used: None }, &secret.hash());
    Invited { account, secret, until }
}

/// Whether these roles may be held in that agency. Who applies belongs to none, and an officer to one.
async fn fits(work: &mut Work, agency: Option<AgencyId>, roles: RoleSet) -> Result<(), Problem> {
    if roles.is_empty() {
        return Err(Problem::refused("who has no role may do nothing; give at least one"));
    }
    let Some(agency) = agency else {
        let officer = roles.iter().find(|role| !role.is_outside() && !is_administrator(*role));
        return officer.map_or(Ok(()), |role| {
            Err(Problem::refused(format!("who is {role} belongs to an agency; name it")))
        });
    };
    let known = work.agency(agency).await?;
    let known = known.ok_or_else(|| Problem::refused("there is no such agency; choose one of the list"))?;
    for role in roles.iter() {
        known.agency.check(role).map_err(|error| Problem::refused(error.to_string()))?;
    }
    Ok(())
}

const fn is_administrator(role: Role) -> bool {
    matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator)
}

fn checked(profile: Profile) -> Result<Profile, Problem> {
    let name = profile.name.trim().to_owned();
    if name.is_empty() || name.len() > NAME_BYTES_MAX {
        return Err(Problem::refused(format!(
            "a person has a name of up to {NAME_BYTES_MAX} bytes; write it"
        )));
    }
    let mail = profile.mail.map(|mail| mail.trim().to_owned()).filter(|mail| !mail.is_empty());
    // Whether mail arrives is known only by sending it; here what cannot be an address is kept out.
    let is_address = |mail: &str| {
        mail.len() <= LOGIN_BYTES_MAX
            && !mail.contains(|letter: char| letter.is_whitespace() || letter.is_control())
            && mail.split_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
    };
    match &mail {
        Some(mail) if !is_address(mail) => {
            Err(Problem::refused(format!("`{mail}` is no mail address; write one such as name@example.org")))
        }
        _ => Ok(Profile { name, mail, ..profile }),
    }
}

fn told(by: By, deed: Deed, account: &AccountRecord, before: Option<Value>, after: Value) -> Told {
    let subject = Subject::new(SubjectKind::Account, account.id, account.version);
    Told { by, deed, subject, before, after: Some(after) }
}

fn noted(after: &mut Value, word: &str, what: &str) {
    if let Some(fields) = after.as_object_mut() {
        fields.insert(word.to_owned(), what.into());
    }
}

fn history(account: &AccountRecord) -> Value {
    json!({
        "login": account.login,
        "name": account.name,
        "mail": account.mail,
        "language": account.language.as_str(),
        "agency": account.agency.map(|agency| agency.to_string()),
        "roles": account.roles.iter().map(Role::as_str).collect::<Vec<_>>(),
        "barred": account.barred,
    })
}
