//! What is asked of an issuer, and what it answers.

use access::Instant;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use form_urlencoded::Serializer;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{BACK, Call, SignOn};
use crate::draw::{Secret, hexadecimal};
use crate::proof::id_token::{Claims, Expected, IdTokenError};

/// Seconds after which an issuer is asked anew what it tells of itself.
const DESCRIPTION_SECONDS: u64 = 60 * 60;

/// Why an issuer lets nobody in.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// It did not answer, or not well.
    #[error("it does not answer: {0}")]
    Unreachable(String),
    /// What it answers cannot be read.
    #[error("it answers what cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Its description is that of another issuer.
    #[error("it describes itself as another issuer, or leads to addresses without TLS")]
    OtherDescription,
    /// It refused.
    #[error("it let nobody in ({0})")]
    Refused(String),
    /// Somebody came back who was not led there from this browser, or so long ago that it is forgotten.
    #[error("it answers a sign-on that this browser did not begin, or began too long ago")]
    NotBegun,
    /// What it says of who signed on is not for this sign-on.
    #[error("what it says of you lets nobody in: {0}")]
    Token(#[from] IdTokenError),
}

/// What an issuer tells of itself (OpenID Connect Discovery 1.0 §3).
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What an issuer gives for a code (OpenID Connect Core 1.0 §3.1.3.3).
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// What an issuer sends along with who comes back from it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Returned {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// What binds an answer to the browser that was led away: all of it follows from one secret in a cookie of that browser.
pub(crate) struct Bound {
    state: String,
    nonce: String,
    verifier: String,
}

impl Bound {
    /// What follows from `secret`.
    pub(crate) fn to(secret: &str) -> Bound {
        let of = |what: &str| hexadecimal(&Sha256::digest(format!("{what}:{secret}")));
        Bound { state: of("state"), nonce: of("nonce"), verifier: of("verifier") }
    }

    /// What is shown of the verifier before it is (RFC 7636 §4.2).
    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }
}

impl SignOn {
    /// Where a browser is led that holds `secret`.
    ///
    /// # Errors
    /// The issuer does not tell where.
    pub(crate) async fn address(&self, secret: &Secret, now: Instant) -> Result<String, SignOnError> {
        let description = self.description(now).await?;
        let bound = Bound::to(secret.as_str());
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client)
            .append_pair("redirect_uri", &self.back())
            .append_pair("scope", "openid email profile")
            .append_pair("state", &bound.state)
            .append_pair("nonce", &bound.nonce)
            .append_pair("code_challenge", &bound.challenge())
            .append_pair("code_challenge_method", "S256")
            .finish();
        let endpoint = description.authorization_endpoint;
        let sign = if endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{endpoint}{sign}{query}"))
    }

    /// Who came back with `returned` in the browser that holds `secret`.
    ///
    /// # Errors
    /// The issuer refused, answers another sign-on, or cannot be asked.
    pub(crate) async fn claims(
        &self,
        secret: &str,
        returned: &Returned,
        now: Instant,
    ) -> Result<Claims, SignOnError> {
        let bound = Bound::to(secret);
        if returned.state.as_ref() != Some(&bound.state) {
            return Err(SignOnError::NotBegun);
        }
        if returned.iss.as_ref().is_some_and(|issuer| *issuer != self.settings.issuer) {
            return Err(IdTokenError::OtherIssuer.into());
        }
        let Some(code) = &returned.code else {
            return Err(SignOnError::Refused(told(returned.error.as_deref().unwrap_or_default())));
        };
        let tokens: Tokens = self.asked(self.for_code(code, &bound, now).await?).await?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client,
            nonce: &bound.nonce,
            now,
        };
        Ok(Claims::read(&tokens.id_token, expected)?)
    }

    /// What is asked of the issuer for a code.
    async fn for_code(&self, code: &str, bound: &Bound, now: Instant) -> Result<Call, SignOnError> {
        let description = self.description(now).await?;
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.back())
            .append_pair("code_verifier", &bound.verifier);
        let methods = &description.token_endpoint_auth_methods_supported;
        let has = |method: &str| methods.iter().any(|known| known == method);
        let (client, secret) = (&self.settings.client, &self.settings.secret);
        // Where an issuer tells no method, it takes the first (OpenID Connect Discovery 1.0 §3).
        let authorization = if has("client_secret_post") && !has("client_secret_basic") {
            form.append_pair("client_id", client).append_pair("client_secret", secret);
            None
        } else {
            // Both are encoded as in forms before they are joined (RFC 6749 §2.3.1).
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encoded(client), encoded(secret));
            Some(format!("Basic {}", STANDARD.encode(pair)))
        };
        Ok(Call { url: description.token_endpoint, authorization, form: Some(form.finish()) })
    }

    /// What the issuer tells of itself, asked for once an hour.
    async fn description(&self, now: Instant) -> Result<Description, SignOnError> {
        let mut kept = self.description.lock().await;
        if let Some((asked, description)) = &*kept
            && asked.seconds_until(now) < DESCRIPTION_SECONDS
        {
            return Ok(description.clone());
        }
        let issuer = &self.settings.issuer;
        let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let told: Description = self.asked(Call { url, authorization: None, form: None }).await?;
        let is_safe = |address: &str| address.starts_with("https://") || issuer.starts_with("http://");
        if told.issuer != *issuer || !is_safe(&told.authorization_endpoint) || !is_safe(&told.token_endpoint)
        {
            return Err(SignOnError::OtherDescription);
        }
        *kept = Some((now, told.clone()));
        Ok(told)
    }

    async fn asked<T: DeserializeOwned>(&self, call: Call) -> Result<T, SignOnError> {
        let answer = (self.ask)(call).await.map_err(SignOnError::Unreachable)?;
        Ok(serde_json::from_slice(&answer)?)
    }

    fn back(&self) -> String {
        format!("{}{BACK}", self.settings.origin)
    }
}

/// The word of an issuer's refusal (RFC 6749 §4.1.2.1); what is no word is not repeated.
fn told(error: &str) -> String {
    let is_word = !error.is_empty()
        && error.len() <= 40
        && error.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_word { error.to_owned() } else { "without a word".to_owned() }
}
