//! What an issuer says of who signed on: the claims of an ID token (OpenID Connect Core 1.0 §2, §3.1.3.7).
//!
//! Its signature is not looked at: it comes from the issuer's own token endpoint over TLS, which §3.1.3.7 (6) takes in
//! its place. A token that came any other way must never be read by this.

use access::Instant;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// By how many seconds the issuer's clock may differ from the office's.
const CLOCKS_DIFFER_SECONDS: u64 = 60;
/// The most bytes of a token: an issuer that puts more into one does not mean signing in.
const BYTES_MAX: usize = 64 * 1024;

/// What a token must say to be one for this sign-on.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// Who it must come from.
    pub issuer: &'e str,
    /// Whom it must be for.
    pub client: &'e str,
    /// What was sent along when somebody was led to the issuer.
    pub nonce: &'e str,
    /// Now.
    pub now: Instant,
}

/// The claims that are asked of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: u64,
    iat: u64,
    nonce: Option<String>,
    email: Option<String>,
    email_verified: Option<Truth>,
    preferred_username: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Some issuers write truths as text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Truth {
    Is(bool),
    Text(String),
}

/// Why a token lets nobody in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// It is not three parts of which the second is the claims.
    #[error("it cannot be read")]
    Unreadable,
    /// Another issuer wrote it.
    #[error("it comes from another issuer")]
    OtherIssuer,
    /// It is for another program.
    #[error("it is for another program")]
    OtherClient,
    /// It answers another sign-on.
    #[error("it answers another sign-on")]
    OtherNonce,
    /// It has run out, or comes from the future.
    #[error("it holds at another time; compare the clocks of the office and the issuer")]
    OtherTime,
}

/// Which claim tells the name of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameClaim {
    /// `email`, where the issuer has verified it.
    Email,
    /// `preferred_username`. Source: OpenID Connect Core 1.0 §5.7 says that it need not be unique or lasting, so that it is
    /// for issuers of which the office knows that it is.
    PreferredUsername,
    /// `sub`, which is unique and lasting.
    Subject,
}

/// Why text is no [`NameClaim`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no claim that names an account; write email, preferred_username or sub")]
pub struct NameClaimError {
    /// The text as written.
    pub written: String,
}

impl NameClaim {
    /// Every claim.
    pub const ALL: [NameClaim; 3] = [NameClaim::Email, NameClaim::PreferredUsername, NameClaim::Subject];

    /// Its name in tokens.
    pub const fn as_str(self) -> &'static str {
        match self {
            NameClaim::Email => "email",
            NameClaim::PreferredUsername => "preferred_username",
            NameClaim::Subject => "sub",
        }
    }
}

impl std::fmt::Display for NameClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for NameClaim {
    type Err = NameClaimError;

    fn from_str(text: &str) -> Result<NameClaim, NameClaimError> {
        let found = NameClaim::ALL.into_iter().find(|claim| claim.as_str() == text);
        found.ok_or_else(|| NameClaimError { written: text.to_owned() })
    }
}

impl Claims {
    /// The claims of a token, if it is one for this sign-on.
    ///
    /// # Errors
    /// Why it is not.
    pub fn read(token: &str, expected: Expected<'_>) -> Result<Claims, IdTokenError> {
        let claims = Claims::of(token).ok_or(IdTokenError::Unreadable)?;
        claims.hold(expected)?;
        Ok(claims)
    }

    fn of(token: &str) -> Option<Claims> {
        let mut parts = token.split('.');
        let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || token.len() > BYTES_MAX {
            return None;
        }
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    fn hold(&self, expected: Expected<'_>) -> Result<(), IdTokenError> {
        let is_for_client = match &self.aud {
            Audience::One(client) => client == expected.client,
            // One that is for several must say which of them asked for it.
            Audience::Many(clients) => {
                clients.iter().any(|client| client == expected.client)
                    && (clients.len() == 1 || self.azp.is_some())
            }
        };
        let is_asked_by_client = self.azp.as_ref().is_none_or(|client| client == expected.client);
        if self.iss != expected.issuer {
            Err(IdTokenError::OtherIssuer)
        } else if !is_for_client || !is_asked_by_client {
            Err(IdTokenError::OtherClient)
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            Err(IdTokenError::OtherNonce)
        } else if Instant(self.exp).after(CLOCKS_DIFFER_SECONDS) <= expected.now
            || Instant(self.iat) > expected.now.after(CLOCKS_DIFFER_SECONDS)
        {
            Err(IdTokenError::OtherTime)
        } else {
            Ok(())
        }
    }

    /// The name of the account, as the claim tells it; `None` where it tells none, or an address that the issuer has
    /// not verified.
    pub fn name(&self, claim: NameClaim) -> Option<&str> {
        let name = match claim {
            NameClaim::Email => self.email.as_deref().filter(|_| self.has_verified_email()),
            NameClaim::PreferredUsername => self.preferred_username.as_deref(),
            NameClaim::Subject => Some(self.sub.as_str()),
        };
        name.filter(|name| !name.is_empty())
    }

    fn has_verified_email(&self) -> bool {
        match &self.email_verified {
            Some(Truth::Is(is)) => *is,
            Some(Truth::Text(text)) => text == "true",
            None => false,
        }
    }
}

#[cfg(test)]
mod tests;
