//! Signing in and out: the password, then the second factor.

use access::Instant;
use access::Password;
use access::session::needs_second_factor;
use access::throttle::{Failures, next_try};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use cites::SessionId;
use store::{AccountRecord, Credential, CredentialKind, NewSession};
use utoipa::ToSchema;

use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::proof::{one_time_code, password};
use crate::sent::{Body, Sender};

/// Who wants to sign in.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// The name of the account.
    #[schema(max_length = 254)]
    login: String,
    /// Its password.
    #[schema(max_length = 1024)]
    password: String,
}

/// A session that has begun.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct Begun {
    /// Whether the second factor must be shown before anything else.
    second_factor_due: bool,
    /// Whether a second factor is set up; where one is due and none is, set it up.
    second_factor_set_up: bool,
}

/// The most bytes of the name of an account.
const LOGIN_BYTES_MAX: usize = 254;

/// Signs in with a password. The answer sets the cookie of the session.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 200, description = "The session has begun.", body = Begun))
)]
pub(super) async fn begin(
    State(office): State<Office>,
    sender: Sender,
    Body(sign_in): Body<SignIn>,
) -> Result<Response, Problem> {
    let offered = Password::offered(&sign_in.password).map_err(|_| Problem::wrong_proof())?;
    if sign_in.login.len() > LOGIN_BYTES_MAX {
        return Err(Problem::wrong_proof());
    }
    let (account, proofs) = proven(&office, &sign_in.login, offered, &sender).await?;
    let set_up = proofs.iter().any(|proof| proof.kind == CredentialKind::OneTimeCode);
    let secret = office.draw_secret();
    let session = NewSession {
        id: SessionId(office.draw_id()),
        account: account.id,
        token_hash: secret.hash(),
        rights: account.rights,
        second_factor: false,
        address: sender.address,
        device: sender.device,
    };
    office.store().begin_session(&session, office.now()).await?;
    let second_factor_due = needs_second_factor(account.roles);
    let mut response = Json(Begun { second_factor_due, second_factor_set_up: set_up }).into_response();
    set_cookie(&mut response, office.cookie(&secret));
    Ok(response)
}

/// The account of `login`, if `offered` is its password. Whether there is such an account shows neither in the answer
/// nor in the time that it takes.
async fn proven(
    office: &Office,
    login: &str,
    offered: Password,
    sender: &Sender,
) -> Result<(AccountRecord, Vec<Credential>), Problem> {
    // One after another, so that many tries at once do not all pass before the first is counted.
    let turn =
        office.parts().hashing.acquire().await.map_err(|error| Problem::fault("no turn to hash", &error))?;
    let now = office.now();
    let tries = office.store().tries(login, &sender.address, now).await?;
    let of_address = if sender.address.is_empty() {
        Failures::default()
    } else {
        Failures::within(&tries.of_address, now)
    };
    let next = next_try(Failures::within(&tries.of_login, now), of_address, now);
    if next > now {
        return Err(Problem::wait(now.seconds_until(next)));
    }
    let account = office.store().account_by_login(login).await?;
    let proofs = match &account {
        Some(account) => office.store().credentials(account.id).await?,
        None => Vec::new(),
    };
    let kept = proofs.iter().find(|proof| proof.kind == CredentialKind::Password);
    let kept = kept.map_or_else(|| office.parts().decoy.clone(), |proof| proof.secret.clone());
    let right = tokio::task::spawn_blocking(move || password::is_of(&offered, &kept)).await;
    let right = right.map_err(|error| Problem::fault("a password was not compared", &error))?;
    drop(turn);
    let account = account.filter(|account| right && !account.barred);
    office.store().note_try(login, &sender.address, account.is_some(), now).await?;
    Ok((account.ok_or_else(Problem::wrong_proof)?, proofs))
}

/// The second factor, shown.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactor {
    /// The six digits that the program on the phone shows.
    #[schema(max_length = 20)]
    code: String,
}

/// Shows the second factor. The answer sets the cookie anew.
#[utoipa::path(
    post, path = "/api/session/second-factor", tag = "session", request_body = SecondFactor,
    responses((status = 204, description = "The session holds for everything that its account may."))
)]
pub(super) async fn second_factor(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    Body(shown): Body<SecondFactor>,
) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let signed_in =
        caller.session.as_ref().ok_or_else(|| Problem::refused("a token shows no second factor"))?;
    let (login, now) = (&signed_in.account.login, office.now());
    let tries = office.store().tries(login, &sender.address, now).await?;
    let next = next_try(Failures::within(&tries.of_login, now), Failures::default(), now);
    if next > now {
        return Err(Problem::wait(now.seconds_until(next)));
    }
    if !is_shown(&office, &caller, &shown.code, now).await? {
        office.store().note_try(login, &sender.address, false, now).await?;
        return Err(Problem::wrong_proof());
    }
    let secret = office.draw_secret();
    let hash = caller.token_hash.as_deref().unwrap_or_default();
    let raised = office.store().raise_session(signed_in.session, (hash, &secret.hash()), now).await?;
    if !raised {
        return Err(Problem::not_signed_in(
            "the session was ended or goes on under another token; sign in again",
        ));
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, office.cookie(&secret));
    Ok(response)
}

/// Whether the code is one of the account's programs, which is then noted: a code holds once.
async fn is_shown(office: &Office, caller: &Caller, code: &str, now: Instant) -> Result<bool, Problem> {
    for proof in office.store().credentials(caller.actor.user).await? {
        if proof.kind != CredentialKind::OneTimeCode {
            continue;
        }
        let Some(secret) = one_time_code::read(&proof.secret) else { continue };
        let Some(step) = one_time_code::step_of(&secret, code, now) else { continue };
        return Ok(office.store().use_counter(proof.id, step, now).await?);
    }
    Ok(false)
}

/// Signs out: ends the session of this request.
#[utoipa::path(
    delete, path = "/api/session", tag = "session",
    responses((status = 204, description = "The session has ended."))
)]
pub(super) async fn end(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let signed_in =
        caller.session.as_ref().ok_or_else(|| Problem::refused("a token is no session; take it back"))?;
    office.store().end_session(signed_in.session, office.now()).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, office.no_cookie());
    Ok(response)
}

fn set_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
