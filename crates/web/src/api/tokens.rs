//! One's own tokens, by which programs act in one's name with some of one's rights.

use access::{Instant, Scope, ScopeSet, Token};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cites::TokenId;
use store::TokenRecord;
use utoipa::ToSchema;

use crate::Office;
use crate::caller::Caller;
use crate::entry::token;
use crate::once::Sent;
use crate::problem::Problem;
use crate::sent::id;

/// The most letters of a label.
const LABEL_LETTERS_MAX: usize = 100;

/// A token in the list of one's own; its secret is not kept.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct TokenView {
    /// Its id.
    id: String,
    /// What it is for, in its maker's words.
    label: String,
    /// What it may be used for: read, apply, office, decide, port, admin.
    scopes: Vec<&'static str>,
    /// When it was made.
    made: String,
    /// The instant from which it no longer holds.
    until: String,
    /// When it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<String>,
    /// When it was last used, to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<String>,
}

impl TokenView {
    fn of(record: &TokenRecord) -> TokenView {
        TokenView {
            id: record.id.to_string(),
            label: record.label.clone(),
            scopes: record.token.scopes.iter().map(Scope::as_str).collect(),
            made: record.token.made.to_string(),
            until: record.token.until.to_string(),
            revoked: record.token.revoked.map(|at| at.to_string()),
            used: record.used.map(|at| at.to_string()),
        }
    }
}

/// A token that is to be made.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// What it is for.
    #[schema(max_length = 100)]
    label: String,
    /// What it may be used for: read, apply, office, decide, port, admin.
    scopes: Vec<String>,
    /// The instant from which it no longer holds (RFC 3339), within a year.
    until: String,
}

/// A token with its secret.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct MadeToken {
    /// The token.
    token: TokenView,
    /// What programs send as `Authorization: Bearer …`. It is told this once.
    secret: String,
}

/// Lists one's tokens, latest first, also those that hold no longer.
#[utoipa::path(
    get, path = "/api/account/tokens", tag = "account",
    responses((status = 200, description = "The tokens.", body = Vec<TokenView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<Vec<TokenView>>, Problem> {
    caller.may_to_own_account()?;
    let tokens = office.store().tokens(caller.actor.user).await?;
    Ok(Json(tokens.iter().map(TokenView::of).collect()))
}

/// Makes a token. Its secret is kept nowhere, so that the request bears no key.
#[utoipa::path(
    post, path = "/api/account/tokens", tag = "account", request_body = NewToken,
    responses((status = 201, description = "The token and its secret.", body = MadeToken))
)]
pub(super) async fn make(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let NewToken { label, scopes, until } = sent.body()?;
    let label = label.trim();
    if label.is_empty() || label.chars().count() > LABEL_LETTERS_MAX {
        return Err(Problem::refused(format!(
            "say in 1 to {LABEL_LETTERS_MAX} letters what the token is for, so that it is known when it is to be taken back"
        )));
    }
    let scopes = scopes.iter().map(|word| word.parse::<Scope>()).collect::<Result<ScopeSet, _>>();
    let scopes = scopes.map_err(|error| Problem::refused(error.to_string()))?;
    let until = until.parse::<Instant>().map_err(|error| Problem::refused(error.to_string()))?;
    let token = Token::made(scopes, office.now(), until);
    let token = token.map_err(|refused| Problem::refused(refused.to_string()))?;
    let (record, secret) = token::make(&office, &caller, label, token).await?;
    let made = MadeToken { token: TokenView::of(&record), secret: secret.as_str().to_owned() };
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Takes one of one's tokens back.
#[utoipa::path(
    delete, path = "/api/account/tokens/{token}", tag = "account",
    params(("token" = String, Path, description = "Its id.")),
    responses((status = 204, description = "The token holds no longer."))
)]
pub(super) async fn take_back(
    State(office): State<Office>,
    caller: Caller,
    Path(token): Path<String>,
) -> Result<StatusCode, Problem> {
    caller.may_to_own_account()?;
    let token: TokenId = id(&token)?;
    token::take_back(&office, &caller, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
