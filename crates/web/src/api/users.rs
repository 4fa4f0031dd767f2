//! Users, for who keeps the accounts of others: invited, moved, barred, given roles, helped out.

use access::{Role, RoleSet, Thing};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cites::{AgencyId, UserId};
use store::{AccountRecord, InvitationPurpose, Language};
use utoipa::{IntoParams, ToSchema};

use super::answer::saved;
use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::house::people::{self, Invited, Newcomer, Profile, Standing};
use crate::once::{IdempotencyKey, IfMatch, Sent, tagged};
use crate::problem::Problem;
use crate::sent::{Asked, id, page};

/// Which page.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// The account of somebody.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct UserView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// What they sign in with.
    login: String,
    /// Their name.
    name: String,
    /// Where mail reaches them.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// The language of their pages and mails (BCP 47).
    language: String,
    /// The id of their agency; absent for those who apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The words of their roles.
    roles: Vec<&'static str>,
    /// Whether they are barred.
    barred: bool,
}

impl UserView {
    pub(super) fn of(account: &AccountRecord) -> UserView {
        UserView {
            id: account.id.to_string(),
            version: account.version.0,
            login: account.login.clone(),
            name: account.name.clone(),
            mail: account.mail.clone(),
            language: account.language.to_string(),
            agency: account.agency.map(|agency| agency.to_string()),
            roles: account.roles.iter().map(Role::as_str).collect(),
            barred: account.barred,
        }
    }
}

/// Somebody who is to be let in.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    /// What they sign in with.
    login: String,
    /// Their name.
    name: String,
    /// Where mail reaches them.
    mail: Option<String>,
    /// The language of their pages and mails (BCP 47), such as `zh`.
    language: String,
    /// The id of their agency; of nobody who applies.
    agency: Option<String>,
    /// The words of their roles.
    roles: Vec<String>,
}

/// A user with the link that lets them in.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct InvitedView {
    /// The account.
    user: UserView,
    /// The address of the office at which they choose a password. It is told this once.
    link: String,
    /// The instant from which it no longer holds.
    until: String,
}

impl InvitedView {
    fn of(invited: &Invited) -> InvitedView {
        InvitedView {
            user: UserView::of(&invited.account),
            link: format!("/set-up/{}", invited.secret.as_str()),
            until: invited.until.to_string(),
        }
    }
}

/// An account as it is to be.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenUser {
    /// Their name.
    name: String,
    /// Where mail reaches them.
    mail: Option<String>,
    /// The language of their pages and mails (BCP 47).
    language: String,
    /// The id of their agency.
    agency: Option<String>,
    /// Whether they are barred.
    barred: bool,
}

/// Roles, in place of those that somebody had.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRoles {
    /// Their words.
    roles: Vec<String>,
}

pub(super) fn profile(name: String, mail: Option<String>, language: &str) -> Result<Profile, Problem> {
    let language = language.parse::<Language>().map_err(|error| Problem::refused(error.to_string()))?;
    Ok(Profile { name, mail, language })
}

fn agency(written: Option<&str>) -> Result<Option<AgencyId>, Problem> {
    let read = written.map(str::parse::<AgencyId>).transpose();
    read.map_err(|_| Problem::refused("`agency` is no id of an agency; choose one of the list"))
}

fn roles(words: &[String]) -> Result<RoleSet, Problem> {
    let read = words.iter().map(|word| word.parse::<Role>()).collect::<Result<Vec<_>, _>>();
    let read = read.map_err(|error| Problem::refused(error.to_string()))?;
    RoleSet::of(read).map_err(|error| Problem::refused(error.to_string()))
}

/// Lists the users by login.
#[utoipa::path(
    get, path = "/api/users", tag = "users", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<UserView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<UserView>>, Problem> {
    caller.may(&Thing::house())?;
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = office.store().accounts(after.as_ref(), most).await?;
    Ok(Json(PageView::of(found, |account| UserView::of(&account))))
}

/// One user.
#[utoipa::path(
    get, path = "/api/users/{user}", tag = "users",
    params(("user" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The user.", body = UserView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
) -> Result<Response, Problem> {
    caller.may(&Thing::account(id(&user)?))?;
    let account = office.store().account(id(&user)?).await?.ok_or_else(Problem::not_found)?;
    Ok(tagged(account.version, UserView::of(&account)))
}

/// Makes an account and the link by which its holder chooses a password. The link is kept nowhere, so that the request
/// bears no key: a login is taken once.
#[utoipa::path(
    post, path = "/api/users", tag = "users", request_body = NewUser,
    responses((status = 201, description = "The user and the link.", body = InvitedView))
)]
pub(super) async fn invite(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = UserId(office.draw_id());
    caller.may(&Thing::account(id))?;
    let new = sent.body::<NewUser>()?;
    let newcomer = Newcomer {
        id,
        login: new.login,
        profile: profile(new.name, new.mail, &new.language)?,
        agency: agency(new.agency.as_deref())?,
        roles: roles(&new.roles)?,
    };
    let invited = people::invite(&office, caller.by(), newcomer, InvitationPurpose::Welcome).await?;
    let invited = invited.done().await?;
    Ok((StatusCode::CREATED, Json(InvitedView::of(&invited))).into_response())
}

/// Writes a user anew: name, mail, language, agency, and whether they are barred, which signs them out.
#[utoipa::path(
    put, path = "/api/users/{user}", tag = "users", request_body = WrittenUser,
    params(("user" = String, Path, description = "The id of the account."), IfMatch),
    responses((status = 200, description = "The user as they are now.", body = UserView))
)]
pub(super) async fn change(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let user: UserId = id(&user)?;
    caller.may(&Thing::account(user))?;
    let (seen, written) = (sent.seen()?, sent.body::<WrittenUser>()?);
    let standing = Standing {
        profile: profile(written.name, written.mail, &written.language)?,
        agency: agency(written.agency.as_deref())?,
        barred: written.barred,
    };
    let deed = people::change(&office, caller.by(), (user, seen), standing);
    saved(&office, &caller, (&sent, 200), deed, UserView::of).await
}

/// Gives a user these roles, in place of those they had.
#[utoipa::path(
    put, path = "/api/users/{user}/roles", tag = "users", request_body = WrittenRoles,
    params(("user" = String, Path, description = "The id of the account."), IfMatch),
    responses((status = 200, description = "The user as they are now.", body = UserView))
)]
pub(super) async fn give_roles(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let user: UserId = id(&user)?;
    caller.may(&Thing::account(user))?;
    let (seen, roles) = (sent.seen()?, roles(&sent.body::<WrittenRoles>()?.roles)?);
    let deed = people::give_roles(&office, caller.by(), (user, seen), roles);
    saved(&office, &caller, (&sent, 200), deed, UserView::of).await
}

/// Makes a new link by which a user chooses a password; links before it hold no longer.
#[utoipa::path(
    post, path = "/api/users/{user}/link", tag = "users",
    params(("user" = String, Path, description = "The id of the account.")),
    responses((status = 201, description = "The user and the link.", body = InvitedView))
)]
pub(super) async fn link(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
) -> Result<Response, Problem> {
    let user: UserId = id(&user)?;
    caller.may(&Thing::account(user))?;
    let invited = people::link(&office, caller.by(), user).await?.done().await?;
    Ok((StatusCode::CREATED, Json(InvitedView::of(&invited))).into_response())
}

/// Takes a user's second factor away, so that they set up a new one; their sessions end.
#[utoipa::path(
    post, path = "/api/users/{user}/second-factor/removal", tag = "users",
    params(("user" = String, Path, description = "The id of the account."), IdempotencyKey),
    responses((status = 200, description = "The user.", body = UserView))
)]
pub(super) async fn remove_second_factor(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let user: UserId = id(&user)?;
    caller.may(&Thing::account(user))?;
    let deed = people::remove_second_factor(&office, caller.by(), user);
    saved(&office, &caller, (&sent, 200), deed, UserView::of).await
}

/// Ends every session of a user.
#[utoipa::path(
    post, path = "/api/users/{user}/sessions/end", tag = "users",
    params(("user" = String, Path, description = "The id of the account."), IdempotencyKey),
    responses((status = 200, description = "The user.", body = UserView))
)]
pub(super) async fn end_sessions(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let user: UserId = id(&user)?;
    caller.may(&Thing::account(user))?;
    let deed = people::end_sessions(&office, caller.by(), user);
    saved(&office, &caller, (&sent, 200), deed, UserView::of).await
}
