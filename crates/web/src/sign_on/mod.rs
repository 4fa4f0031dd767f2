//! Single sign-on: an issuer that the office trusts says who somebody is.
//!
//! Source of truth: OpenID Connect Core 1.0 (the code flow, §3.1), with PKCE (RFC 7636) and the issuer told back (RFC
//! 9207). Here stand the settings and what is asked of the issuer; who is let in is said by `entry`. Nobody gets an
//! account by signing on: an administrator has let them in before. The network is the program's.

mod issuer;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use access::Instant;
use tokio::sync::Mutex;

pub(crate) use issuer::Returned;
pub use issuer::SignOnError;

use crate::proof::id_token::NameClaim;

/// Where the issuer leads back to.
pub(crate) const BACK: &str = "/sign-in/elsewhere/back";

/// What is asked of an issuer: with a form by POST, without one by GET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The address.
    pub url: String,
    /// The header `Authorization`, which bears a secret.
    pub authorization: Option<String>,
    /// The fields, encoded as forms are.
    pub form: Option<String>,
}

/// An answer that comes: the bytes of one that is well, or why there is none.
pub type Answering = Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send>>;

/// Asks an issuer, over TLS and with a limit on time and bytes.
pub type Ask = Arc<dyn Fn(Call) -> Answering + Send + Sync>;

/// How the office and an issuer know each other.
#[derive(Clone, PartialEq, Eq)]
pub struct SignOnSettings {
    /// The issuer: an address below which its description stands.
    pub issuer: String,
    /// What it is called on the page of signing in.
    pub name: String,
    /// Who the office is to it.
    pub client: String,
    /// The secret of the office with it.
    pub secret: String,
    /// How browsers reach the office: scheme, host and port.
    pub origin: String,
    /// Which claim tells the name of the account.
    pub claim: NameClaim,
    /// Whether the issuer asks for a second factor, so that the office does not.
    pub vouches: bool,
}

impl fmt::Debug for SignOnSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignOnSettings({} as {}, secret not shown)", self.issuer, self.client)
    }
}

/// The issuer of an office.
pub struct SignOn {
    settings: SignOnSettings,
    ask: Ask,
    /// What the issuer tells of itself, and when it was asked.
    description: Mutex<Option<(Instant, issuer::Description)>>,
}

impl fmt::Debug for SignOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.settings, f)
    }
}

impl SignOn {
    /// The issuer of `settings`, which is asked by `ask`.
    pub fn of(settings: SignOnSettings, ask: Ask) -> SignOn {
        SignOn { settings, ask, description: Mutex::new(None) }
    }

    /// How the office and it know each other.
    pub const fn settings(&self) -> &SignOnSettings {
        &self.settings
    }
}
