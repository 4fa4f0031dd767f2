//! Passkeys: one's own, and shown at signing in.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use store::Credential;
use utoipa::ToSchema;

use crate::Office;
use crate::caller::Caller;
use crate::entry::{passkey, session};
use crate::problem::Problem;
use crate::sent::{Body, Sender, id};

/// A passkey of one's own.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PasskeyView {
    /// Its id here.
    id: String,
    /// What it is on, in its owner's words.
    label: String,
    /// When it was made.
    made: String,
    /// When it last let its owner in.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<String>,
}

impl PasskeyView {
    fn of(kept: &Credential) -> PasskeyView {
        PasskeyView {
            id: kept.id.to_string(),
            label: kept.label.clone(),
            made: kept.made.to_string(),
            used: kept.used.map(|at| at.to_string()),
        }
    }
}

/// Lists one's passkeys, oldest first.
#[utoipa::path(
    get, path = "/api/account/passkeys", tag = "account",
    responses((status = 200, description = "The passkeys.", body = Vec<PasskeyView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<Vec<PasskeyView>>, Problem> {
    let own = passkey::own(&office, &caller).await?;
    Ok(Json(own.iter().map(PasskeyView::of).collect()))
}

/// Tells a browser with what to make a passkey: what `navigator.credentials.create` takes, as JSON (Web Authentication
/// Level 3, `PublicKeyCredentialCreationOptionsJSON`). It holds for this session until its cookie is changed.
#[utoipa::path(
    get, path = "/api/account/passkeys/options", tag = "account",
    responses((status = 200, description = "The options.", body = Object))
)]
pub(super) async fn to_make(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<serde_json::Value>, Problem> {
    Ok(Json(passkey::to_make(&office, &caller).await?))
}

/// A passkey that a browser has made; bytes are base64url, as browsers write them.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MadePasskey {
    /// What it is on, such as a phone.
    #[schema(max_length = 60)]
    label: String,
    /// `clientDataJSON` of the response.
    client_data: String,
    /// `authenticatorData` of the response.
    authenticator_data: String,
}

/// A passkey that is kept from now on.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AddedPasskey {
    /// The passkey.
    passkey: PasskeyView,
    /// Codes that each let in once when it is lost, told this once; none where there were such codes.
    recovery_codes: Vec<String>,
}

/// Keeps a passkey of one's own. Where there is a second factor already, it is shown in this session before.
#[utoipa::path(
    post, path = "/api/account/passkeys", tag = "account", request_body = MadePasskey,
    responses((status = 201, description = "The passkey. Show it next, at /api/session/passkey.", body = AddedPasskey))
)]
pub(super) async fn add(
    State(office): State<Office>,
    caller: Caller,
    Body(sent): Body<MadePasskey>,
) -> Result<Response, Problem> {
    let MadePasskey { label, client_data, authenticator_data } = sent;
    let made = passkey::Made { label, client_data, authenticator_data };
    let passkey::Added { credential, recovery_codes } = passkey::add(&office, &caller, &made).await?;
    let view = AddedPasskey { passkey: PasskeyView::of(&credential), recovery_codes };
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Takes one of one's passkeys away, but never the only second factor.
#[utoipa::path(
    delete, path = "/api/account/passkeys/{passkey}", tag = "account",
    params(("passkey" = String, Path, description = "Its id here.")),
    responses((status = 204, description = "The passkey lets nobody in any more."))
)]
pub(super) async fn remove(
    State(office): State<Office>,
    caller: Caller,
    Path(passkey): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.may_to_own_account()?;
    passkey::remove(&office, &caller, id(&passkey)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells a browser with what to show a passkey: what `navigator.credentials.get` takes, as JSON (Web Authentication
/// Level 3, `PublicKeyCredentialRequestOptionsJSON`).
#[utoipa::path(
    get, path = "/api/session/passkey", tag = "session",
    responses((status = 200, description = "The options.", body = Object))
)]
pub(super) async fn to_show(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<serde_json::Value>, Problem> {
    let options = passkey::to_show(&office, &caller).await?;
    Ok(Json(options.ok_or_else(|| Problem::refused("the account has no passkey; make one first"))?))
}

/// A passkey that a browser has shown; bytes are base64url, as browsers write them.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShownPasskey {
    /// `id` of the credential.
    id: String,
    /// `clientDataJSON` of the response.
    client_data: String,
    /// `authenticatorData` of the response.
    authenticator_data: String,
    /// `signature` of the response.
    signature: String,
}

/// Shows a passkey. The answer sets the cookie anew.
#[utoipa::path(
    post, path = "/api/session/passkey", tag = "session", request_body = ShownPasskey,
    responses((status = 204, description = "The session holds for everything that its account may."))
)]
pub(super) async fn show(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    Body(sent): Body<ShownPasskey>,
) -> Result<Response, Problem> {
    let ShownPasskey { id, client_data, authenticator_data, signature } = sent;
    let shown = passkey::Shown { id, client_data, authenticator_data, signature };
    let secret = passkey::show(&office, &caller, &shown, &sender).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    session::set_cookie(&mut response, office.cookie(&secret));
    Ok(response)
}
