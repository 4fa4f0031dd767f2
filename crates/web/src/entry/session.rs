//! Sessions: begun by a password, ended by their holder, and the cookie that bears their token.

use access::Password;
use access::session::needs_second_factor;
use access::throttle::{Failures, next_try};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use cites::SessionId;
use store::{AccountRecord, Credential, CredentialKind, NewSession};

use crate::Office;
use crate::caller::Caller;
use crate::draw::Secret;
use crate::problem::Problem;
use crate::proof::password;
use crate::sent::Sender;

/// The most bytes of the name of an account.
const LOGIN_BYTES_MAX: usize = 254;

/// A session that has begun.
pub(crate) struct Begun {
    /// Its token.
    pub(crate) secret: Secret,
    /// Whether the second factor must be shown before anything else.
    pub(crate) is_second_factor_due: bool,
    /// Whether a second factor is set up.
    pub(crate) is_second_factor_set_up: bool,
}

/// Begins a session of whoever has the name and the password.
///
/// # Errors
/// They are not right; there were too many tries; the database fails.
pub(crate) async fn begin(
    office: &Office,
    login: &str,
    written: &str,
    sender: Sender,
) -> Result<Begun, Problem> {
    let offered = Password::offered(written).map_err(|_| Problem::wrong_proof())?;
    if login.len() > LOGIN_BYTES_MAX {
        return Err(Problem::wrong_proof());
    }
    let (account, proofs) = prove(office, login, offered, &sender).await?;
    let is_second_factor_set_up = proofs.iter().any(|proof| proof.kind.is_second_factor());
    Ok(Begun { is_second_factor_set_up, ..begin_of(office, &account, false, sender).await? })
}

/// Begins a session of an account whose holder was proved, and says whether the second factor was.
///
/// # Errors
/// The database fails.
pub(crate) async fn begin_of(
    office: &Office,
    account: &AccountRecord,
    second_factor: bool,
    sender: Sender,
) -> Result<Begun, Problem> {
    let secret = office.draw_secret();
    let session = NewSession {
        id: SessionId(office.draw_id()),
        account: account.id,
        token_hash: secret.hash(),
        rights: account.rights,
        second_factor,
        address: sender.address,
        device: sender.device,
    };
    office.store().begin_session(&session, office.now()).await?;
    let is_second_factor_due = needs_second_factor(account.roles) && !second_factor;
    Ok(Begun { secret, is_second_factor_due, is_second_factor_set_up: false })
}

/// The account of `login`, if `offered` is its password. Whether there is such an account shows neither in the answer
/// nor in the time that it takes.
pub(crate) async fn prove(
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
    // Where a second factor is due, that is what ends the count of failures: else who has the password could guess
    // codes for ever, and sign in anew after every few.
    let goes_on = account.as_ref().is_some_and(|account| needs_second_factor(account.roles));
    if !goes_on {
        office.store().note_try(login, &sender.address, account.is_some(), now).await?;
    }
    Ok((account.ok_or_else(Problem::wrong_proof)?, proofs))
}

/// Ends the session of the request.
///
/// # Errors
/// It is not the caller's own; a token acts, which is no session; the database fails.
pub(crate) async fn end(office: &Office, caller: &Caller) -> Result<(), Problem> {
    caller.may_to_own_account()?;
    let signed_in =
        caller.session.as_ref().ok_or_else(|| Problem::refused("a token is no session; take it back"))?;
    Ok(office.store().end_session(signed_in.session, office.now()).await?)
}

/// Sets the cookie of a session, or takes it away.
pub(crate) fn set_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
