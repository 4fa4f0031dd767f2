//! Who sends a request, and whether the handler has asked what they may.
//!
//! The guard stands before every route that is bound to a deed. It finds out who acts, by the token of a session or
//! of a program, refuses who may do the deed over nothing at all, and hands a [`Caller`] to the handler, which asks
//! about the one thing at hand. A handler that answers without having asked is answered for with a fault.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::session::{Rotation, Standing, former_token_holds};
use access::{Actor, Deed, Instant, Reach, Thing, may, reach};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cites::{SessionId, TokenId};
use store::{By, SignedIn};

use crate::problem::Problem;
use crate::{Office, draw};

/// Who sends a request that is bound to a deed.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// The session, where they act by one.
    pub session: Option<Arc<SignedIn>>,
    /// The token, where they act by one.
    pub token: Option<TokenId>,
    /// The hash of the session's token as of this request.
    pub(crate) token_hash: Option<String>,
    /// The hash of the token that the request bore, which may have changed with it.
    pub(crate) borne_hash: Option<String>,
    deed: Deed,
    asked: Arc<AtomicBool>,
}

impl Caller {
    /// Whether they may do the deed of the route to `thing`.
    ///
    /// # Errors
    /// Why not; for a thing that they may not see, as if it were not there.
    pub fn may(&self, thing: &Thing) -> Result<(), Problem> {
        self.asked.store(true, Ordering::Relaxed);
        may(&self.actor, self.deed, thing).map_err(Problem::from)
    }

    /// Over which things they may do it, for lists.
    ///
    /// # Errors
    /// Where over none.
    pub fn reach(&self) -> Result<Reach, Problem> {
        self.asked.store(true, Ordering::Relaxed);
        reach(&self.actor, self.deed).map_err(Problem::from)
    }

    /// Whether they may do the deed to their own account.
    ///
    /// # Errors
    /// Why not.
    pub fn may_to_own_account(&self) -> Result<(), Problem> {
        self.may(&Thing::account(self.actor.user))
    }

    /// Whether the second factor was shown in the session. What keeps the proofs of an account is open to sessions in
    /// which nothing but the password was shown, so that a first one can be set up; with another proof, a stolen
    /// password alone would be let in.
    ///
    /// # Errors
    /// It was not.
    pub fn has_shown_second_factor(&self) -> Result<(), Problem> {
        let is_shown = self.session.as_ref().is_some_and(|signed_in| signed_in.state.second_factor);
        if is_shown { Ok(()) } else { Err(Problem::second_factor_due()) }
    }

    /// Who acts, for the history.
    pub fn by(&self) -> By {
        By::actor(&self.actor, self.token)
    }

    /// The deed of the route.
    pub const fn deed(&self) -> Deed {
        self.deed
    }
}

impl FromRequestParts<Office> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Office) -> Result<Caller, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned();
        caller.ok_or_else(|| Problem::not_signed_in("the route is open, and its handler asks who calls"))
    }
}

/// Stands before every route that is bound to `deed`.
pub(crate) async fn guard(
    State((office, deed)): State<(Office, Deed)>,
    mut request: Request,
    next: Next,
) -> Response {
    let known = match known(&office, request.headers()).await {
        Ok(known) => known,
        Err(problem) => return problem.into_response(),
    };
    if known.is_second_factor_due && deed != Deed::KeepOwnSecondFactor {
        return Problem::second_factor_due().into_response();
    }
    if let Err(denied) = reach(&known.actor, deed) {
        return Problem::from(denied).into_response();
    }
    let asked = Arc::new(AtomicBool::new(false));
    let caller = Caller {
        actor: known.actor,
        session: known.session.map(Arc::new),
        token: known.token,
        token_hash: known.token_hash,
        borne_hash: known.borne_hash,
        deed,
        asked: asked.clone(),
    };
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if response.status().is_success() && !asked.load(Ordering::Relaxed) {
        return Problem::not_asked(deed).into_response();
    }
    if let Some(cookie) = known.cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    // What somebody may see today must not be shown tomorrow out of a cache.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Who is known to send a request.
struct Known {
    actor: Actor,
    session: Option<SignedIn>,
    token: Option<TokenId>,
    /// The hash of the session's token, after a change of it the new one.
    token_hash: Option<String>,
    /// The hash of the token that the request bore.
    borne_hash: Option<String>,
    is_second_factor_due: bool,
    /// The cookie of a token that was changed with this request.
    cookie: Option<HeaderValue>,
}

async fn known(office: &Office, headers: &HeaderMap) -> Result<Known, Problem> {
    if let Some(secret) = bearer(headers) {
        return by_token(office, secret).await;
    }
    let secret = cookie(headers, office.cookie_name());
    let secret = secret.ok_or_else(|| Problem::not_signed_in("sign in, or send a token as `Bearer`"))?;
    by_session(office, secret).await
}

async fn by_token(office: &Office, secret: &str) -> Result<Known, Problem> {
    let now = office.now();
    let holder = office.store().token_holder(&draw::hash_of(secret)).await?;
    let holder = holder.ok_or_else(|| Problem::not_signed_in("the token is not known; make a new one"))?;
    if holder.barred {
        return Err(Problem::not_signed_in("the account is barred; ask a security administrator"));
    }
    let scopes = holder.record.token.scopes_at(now);
    let scopes = scopes.map_err(|refused| Problem::not_signed_in(refused.to_string()))?;
    office.store().token_used(&holder.record, now).await?;
    Ok(Known {
        actor: holder.actor.by_token(scopes),
        session: None,
        token: Some(holder.record.id),
        token_hash: None,
        borne_hash: None,
        is_second_factor_due: false,
        cookie: None,
    })
}

async fn by_session(office: &Office, secret: &str) -> Result<Known, Problem> {
    let (now, hash) = (office.now(), draw::hash_of(secret));
    let signed_in = office.store().signed_in(&hash).await?;
    let signed_in = signed_in.ok_or_else(|| Problem::not_signed_in("the session is over; sign in again"))?;
    if signed_in.by_former.is_some_and(|why| !former_token_holds(signed_in.state.rotated, why, now)) {
        return Err(Problem::not_signed_in("the session goes on under another token; sign in again"));
    }
    let standing = signed_in.state.standing(&signed_in.holder, now);
    let secret = match standing {
        Standing::Ended(why) => return Err(Problem::not_signed_in(why.to_string())),
        // A request under the former token gets no new one: the request that changed it has it.
        Standing::Rotate(why) if signed_in.by_former.is_none() => {
            rotated(office, &signed_in, &hash, why, now).await?
        }
        Standing::Open | Standing::SecondFactorDue | Standing::Rotate(_) => None,
    };
    office.store().seen(&signed_in, now).await?;
    Ok(Known {
        actor: signed_in.actor.clone(),
        is_second_factor_due: standing == Standing::SecondFactorDue,
        token: None,
        token_hash: Some(secret.as_ref().map_or_else(|| hash.clone(), draw::Secret::hash)),
        borne_hash: Some(hash),
        cookie: secret.and_then(|secret| office.cookie(&secret)),
        session: Some(signed_in),
    })
}

/// The new token; `None` where another request has changed it.
async fn rotated(
    office: &Office,
    signed_in: &SignedIn,
    hash: &str,
    why: Rotation,
    now: Instant,
) -> Result<Option<draw::Secret>, Problem> {
    let secret = office.draw_secret();
    let (session, holder): (SessionId, _) = (signed_in.session, &signed_in.holder);
    let changed = office.store().rotate_session(session, (hash, &secret.hash()), why, holder, now).await?;
    Ok(changed.then_some(secret))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let sent = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        sent.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

impl Office {
    /// The name of the cookie. Where the office is reached by HTTPS the name itself forbids other hosts and paths.
    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.parts().is_https { "__Host-countrygate" } else { "countrygate" }
    }

    /// The cookie that bears `secret`.
    pub(crate) fn cookie(&self, secret: &draw::Secret) -> Option<HeaderValue> {
        let secure = if self.parts().is_https { "; Secure" } else { "" };
        let (name, value) = (self.cookie_name(), secret.as_str());
        HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")).ok()
    }

    /// The cookie that takes the token away.
    pub(crate) fn no_cookie(&self) -> Option<HeaderValue> {
        let secure = if self.parts().is_https { "; Secure" } else { "" };
        let name = self.cookie_name();
        HeaderValue::try_from(format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}")).ok()
    }
}
