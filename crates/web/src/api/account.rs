//! One's own account: who one is, where one is signed in, the second factor and its recovery codes.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cites::SessionId;
use store::SessionRecord;
use utoipa::ToSchema;

use super::answer::saved;
use super::users::profile;
use super::view::AccountView;
use crate::Office;
use crate::caller::Caller;
use crate::entry::{password, recovery, second_factor};
use crate::house::people;
use crate::once::{IfMatch, Sent, tagged};
use crate::problem::Problem;
use crate::sent::{Sender, id};

/// Who one is, and what one may do.
#[utoipa::path(
    get, path = "/api/account", tag = "account",
    responses((status = 200, description = "The account.", body = AccountView))
)]
pub(super) async fn own(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let account = office.store().account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    Ok(tagged(account.version, AccountView::of(&account, &caller.actor)))
}

/// What one writes of one's own account.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenProfile {
    /// One's name.
    name: String,
    /// Where mail reaches one.
    mail: Option<String>,
    /// The language of one's pages and mails (BCP 47).
    language: String,
}

/// Writes one's own name, mail and language anew.
#[utoipa::path(
    put, path = "/api/account", tag = "account", request_body = WrittenProfile, params(IfMatch),
    responses((status = 200, description = "The account as it is now.", body = AccountView))
)]
pub(super) async fn edit(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let (seen, written) = (sent.seen()?, sent.body::<WrittenProfile>()?);
    let profile = profile(written.name, written.mail, &written.language)?;
    let deed = people::change_profile(&office, caller.by(), (caller.actor.user, seen), profile);
    saved(&office, &caller, (&sent, 200), deed, |account| AccountView::of(account, &caller.actor)).await
}

/// One's password, and the one that takes its place.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPassword {
    /// The password as it is.
    #[schema(max_length = 1024)]
    old: String,
    /// The new one: twelve characters or more.
    #[schema(max_length = 1024)]
    new: String,
}

/// Changes one's own password. All one's sessions end; sign in with the new one.
#[utoipa::path(
    post, path = "/api/account/password", tag = "account", request_body = NewPassword,
    responses((status = 204, description = "The password is changed; sign in with it."))
)]
pub(super) async fn change_password(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    sent: Sent,
) -> Result<StatusCode, Problem> {
    caller.may_to_own_account()?;
    let NewPassword { old, new } = sent.body()?;
    password::change(&office, &caller, (&old, &new), sender).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A session in the list of one's own.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct SessionView {
    /// Its id.
    id: String,
    /// Whether it is the one of this request.
    current: bool,
    /// When it began.
    begun: String,
    /// Its last request, to the minute.
    seen: String,
    /// The address from which it began.
    address: String,
    /// What the browser calls itself.
    device: String,
}

impl SessionView {
    fn of(session: SessionRecord, current: Option<SessionId>) -> SessionView {
        SessionView {
            id: session.id.to_string(),
            current: current == Some(session.id),
            begun: session.state.begun.to_string(),
            seen: session.state.seen.to_string(),
            address: session.address,
            device: session.device,
        }
    }
}

/// Lists one's sessions that nobody has ended, latest first.
#[utoipa::path(
    get, path = "/api/account/sessions", tag = "account",
    responses((status = 200, description = "The sessions.", body = Vec<SessionView>))
)]
pub(super) async fn sessions(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<Vec<SessionView>>, Problem> {
    caller.may_to_own_account()?;
    let current = caller.session.as_ref().map(|signed_in| signed_in.session);
    let sessions = office.store().sessions(caller.actor.user).await?;
    Ok(Json(sessions.into_iter().map(|session| SessionView::of(session, current)).collect()))
}

/// Ends one of one's sessions.
#[utoipa::path(
    delete, path = "/api/account/sessions/{session}", tag = "account",
    params(("session" = String, Path, description = "Its id.")),
    responses((status = 204, description = "The session has ended."))
)]
pub(super) async fn end_session(
    State(office): State<Office>,
    caller: Caller,
    Path(session): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.may_to_own_account()?;
    let session: SessionId = id(&session)?;
    let own = office.store().sessions(caller.actor.user).await?;
    if !own.iter().any(|known| known.id == session) {
        return Err(Problem::not_found());
    }
    office.store().end_session(session, office.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A second factor that was set up.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct SecondFactorView {
    /// The secret to type into a program for one-time codes. It is shown this once.
    secret: String,
    /// The same as an address that such programs read out of a picture.
    address: String,
    /// Codes that each let in once when the program is lost. They are shown this once.
    recovery_codes: Vec<String>,
}

/// Sets up a program for one-time codes, where the account has none.
#[utoipa::path(
    post, path = "/api/account/second-factor", tag = "account",
    responses((status = 201, description = "Show a code next, at /api/session/second-factor.", body = SecondFactorView))
)]
pub(super) async fn new_second_factor(
    State(office): State<Office>,
    caller: Caller,
) -> Result<(StatusCode, Json<SecondFactorView>), Problem> {
    let second_factor::SetUp { secret, address, recovery_codes } =
        second_factor::set_up(&office, &caller).await?;
    Ok((StatusCode::CREATED, Json(SecondFactorView { secret, address, recovery_codes })))
}

/// What is left of one's recovery codes.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct RecoveryCodesLeft {
    /// How many are left.
    left: usize,
}

/// Tells how many of one's recovery codes are left.
#[utoipa::path(
    get, path = "/api/account/recovery-codes", tag = "account",
    responses((status = 200, description = "How many are left.", body = RecoveryCodesLeft))
)]
pub(super) async fn recovery_codes_left(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<RecoveryCodesLeft>, Problem> {
    Ok(Json(RecoveryCodesLeft { left: recovery::left(&office, &caller).await? }))
}

/// Recovery codes that were made.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct RecoveryCodesView {
    /// The codes. They are shown this once.
    recovery_codes: Vec<String>,
}

/// Makes one's recovery codes anew, in a session in which the second factor was shown. The former ones hold no longer.
#[utoipa::path(
    post, path = "/api/account/recovery-codes", tag = "account",
    responses((status = 201, description = "Keep the codes where you find them without the phone.", body = RecoveryCodesView))
)]
pub(super) async fn new_recovery_codes(
    State(office): State<Office>,
    caller: Caller,
) -> Result<(StatusCode, Json<RecoveryCodesView>), Problem> {
    let recovery_codes = recovery::renew(&office, &caller).await?;
    Ok((StatusCode::CREATED, Json(RecoveryCodesView { recovery_codes })))
}
