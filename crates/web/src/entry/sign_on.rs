//! Signing on through an issuer: led there with a secret in the browser, and let in on the way back.

use axum::http::{HeaderMap, HeaderValue};

use super::session::{self, Begun};
use crate::Office;
use crate::problem::Problem;
use crate::sent::Sender;
use crate::sign_on::{BACK, Returned, SignOn, SignOnError};

/// For how long somebody may be at the issuer.
const SECONDS: u64 = 15 * 60;
/// The cookie that binds the way back to the browser that was led away.
const COOKIE: &str = "countrygate-sign-on";

/// The most bytes of where somebody wanted to go on to that are kept meanwhile: browsers keep cookies of four thousand.
const NEXT_BYTES_MAX: usize = 2_000;

/// Where a browser is led, and the cookie that it keeps meanwhile.
pub(crate) struct Led {
    pub(crate) to: String,
    pub(crate) cookie: Option<HeaderValue>,
}

/// Leads a browser to the issuer.
///
/// # Errors
/// The office has none, or it does not answer.
pub(crate) async fn lead(office: &Office, next: &str) -> Result<Led, Problem> {
    let sign_on = of(office)?;
    let secret = office.draw_secret();
    let kept = Some(encoded(next)).filter(|next| next.len() <= NEXT_BYTES_MAX).unwrap_or_default();
    let to = sign_on.address(&secret, office.now()).await.map_err(|error| told(sign_on, &error))?;
    Ok(Led { to, cookie: cookie(office, &format!("{}.{kept}", secret.as_str()), SECONDS) })
}

/// Begins a session of whoever came back; with where they wanted to go on to.
///
/// # Errors
/// The issuer let nobody in, it answers another sign-on, or nobody here bears the name that it tells.
pub(crate) async fn back(
    office: &Office,
    headers: &HeaderMap,
    returned: &Returned,
    sender: Sender,
) -> Result<(Begun, String), Problem> {
    let sign_on = of(office)?;
    let (secret, next) = kept(headers).ok_or_else(|| told(sign_on, &SignOnError::NotBegun))?;
    let claims = sign_on.claims(secret, returned, office.now()).await;
    let claims = claims.map_err(|error| told(sign_on, &error))?;
    let settings = sign_on.settings();
    let name = claims.name(settings.claim).ok_or_else(|| {
        Problem::refused(format!("{} does not tell `{}` of you", settings.name, settings.claim))
    })?;
    let account = office.store().account_by_login(name).await?.filter(|account| !account.barred);
    let account = account.ok_or_else(|| {
        let detail = "says that you are `{name}`, and nobody of that name may sign in here; ask your security administrator";
        Problem::refused(format!("{} {}", settings.name, detail.replace("{name}", name)))
    })?;
    let begun = session::begin_of(office, &account, settings.vouches, sender).await?;
    Ok((begun, decoded(next)))
}

/// The cookie that takes the secret away.
pub(crate) fn forgotten(office: &Office) -> Option<HeaderValue> {
    cookie(office, "", 0)
}

fn of(office: &Office) -> Result<&SignOn, Problem> {
    office.sign_on().ok_or_else(Problem::not_found)
}

/// What went wrong, for who wanted in; what may be the office's to mend stands in the log too.
fn told(sign_on: &SignOn, error: &SignOnError) -> Problem {
    tracing::warn!(%error, "a sign-on let nobody in");
    let words = match error {
        SignOnError::Unreachable(_) | SignOnError::Unreadable(_) | SignOnError::OtherDescription => {
            "it cannot be asked at present; sign in with your password, or try again in a moment".to_owned()
        }
        SignOnError::NotBegun | SignOnError::Refused(_) | SignOnError::Token(_) => {
            format!("{error}; try again")
        }
    };
    Problem::refused(format!("{}: {words}", sign_on.settings().name))
}

fn cookie(office: &Office, value: &str, seconds: u64) -> Option<HeaderValue> {
    let secure = if office.parts().is_https { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path={BACK}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).ok()
}

/// The secret of the browser, and where it wanted to go on to.
fn kept(headers: &HeaderMap) -> Option<(&str, &str)> {
    crate::caller::cookie(headers, COOKIE)?.split_once('.')
}

/// Text in the value of a cookie.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn decoded(text: &str) -> String {
    form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}
