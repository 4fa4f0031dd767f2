//! The issuer through which people may sign on, as the settings name it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args};
use web::proof::id_token::NameClaim;
use web::sign_on::{Call, SignOn, SignOnSettings};

use super::outward::{Asked, Outward};
use super::settings::{self, Secret};

/// The most bytes of what an issuer says: its description and its tokens have some thousands.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// The variable in which the secret stands, where it is in no file. It is no flag: those are seen by all users.
pub const SECRET: &str = "COUNTRYGATE_SIGN_ON_SECRET";

/// The issuer through which people may sign on.
#[derive(Debug, Clone, Args)]
pub struct SignOnArguments {
    /// The issuer of identities (OpenID Connect) through which people of the office may sign in too, exactly as it names
    /// itself: `https://HOST/PATH`. Needs --sign-on-client, --origin, and the secret in COUNTRYGATE_SIGN_ON_SECRET or in
    /// a file
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_ISSUER", value_name = "URL")]
    pub sign_on_issuer: Option<String>,
    /// Who the office is to the issuer
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_CLIENT", value_name = "NAME")]
    pub sign_on_client: Option<String>,
    /// The file whose first line is the secret that the office and the issuer know
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_SECRET_FILE", value_name = "FILE")]
    pub sign_on_secret_file: Option<PathBuf>,
    /// What the page of signing in calls the issuer
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_NAME", value_name = "NAME", default_value = "single sign-on")]
    pub sign_on_name: String,
    /// Which claim of the issuer is the name of the account: `email` where the issuer has verified it,
    /// `preferred_username`, or `sub`
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_CLAIM", value_name = "CLAIM", default_value = "email")]
    pub sign_on_claim: NameClaim,
    /// The issuer asks everybody for a second factor, so that the office does not
    #[arg(long, env = "COUNTRYGATE_SIGN_ON_VOUCHES", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub sign_on_vouches: bool,
}

impl SignOnArguments {
    /// The issuer of an office that browsers reach at `origin`; `None` where none is named.
    ///
    /// # Errors
    /// The settings do not go together, an address is none, or the secret cannot be read.
    pub(super) fn issuer(&self, origin: Option<&str>) -> Result<Option<SignOn>> {
        if let Some(needs) = self.needs(origin).into_iter().next() {
            bail!(needs);
        }
        let (Some(issuer), Some(client), Some(origin)) = (&self.sign_on_issuer, &self.sign_on_client, origin)
        else {
            return Ok(None);
        };
        address("--sign-on-issuer", issuer)?;
        let settings = SignOnSettings {
            issuer: issuer.clone(),
            name: self.sign_on_name.clone(),
            client: client.clone(),
            secret: self.secret()?,
            origin: origin_of(origin)?,
            claim: self.sign_on_claim,
            vouches: self.sign_on_vouches,
        };
        let outward = Outward::new()?;
        let ask = Arc::new(move |call| -> web::sign_on::Answering {
            let outward = outward.clone();
            Box::pin(async move { asked(&outward, call).await.map_err(|error| format!("{error:#}")) })
        });
        Ok(Some(SignOn::of(settings, ask)))
    }

    fn secret(&self) -> Result<String> {
        let file = self.sign_on_secret_file.as_deref();
        let what = "the secret of the office with the issuer";
        Secret { what, flag: "--sign-on-secret-file", file, variable: SECRET }.read()
    }

    /// What each setting needs beside it and has not.
    pub fn needs(&self, origin: Option<&str>) -> Vec<String> {
        let issuer = ("--sign-on-issuer", self.sign_on_issuer.is_some());
        let client = ("--sign-on-client", self.sign_on_client.is_some());
        settings::needs([
            (issuer, client),
            (issuer, ("--origin", origin.is_some())),
            (client, issuer),
            (("--sign-on-secret-file", self.sign_on_secret_file.is_some()), issuer),
            (("--sign-on-vouches", self.sign_on_vouches), issuer),
        ])
    }
}

/// Asks the issuer; what it answers is taken where it says that all went well.
async fn asked(outward: &Outward, call: Call) -> Result<Vec<u8>> {
    let mut headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
    if let Some(authorization) = call.authorization {
        let mut value =
            HeaderValue::try_from(authorization).context("the name and the secret are no header")?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    let method = if call.form.is_some() { Method::POST } else { Method::GET };
    if call.form.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    }
    let body = call.form.unwrap_or_default();
    let answer = outward.ask(Asked { url: call.url, method, headers, body }, ANSWER_BYTES_MAX).await?;
    ensure!(answer.status.is_success(), "it answers with {}", answer.status);
    Ok(answer.body)
}

/// An address that secrets may be sent to: by TLS, or on this machine.
fn address(flag: &str, text: &str) -> Result<Uri> {
    let uri: Uri = text.parse().with_context(|| format!("{flag} {text}: this is no address"))?;
    let host = uri.host().unwrap_or_default();
    let is_here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
    let names_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    let is_safe = match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here,
        _ => false,
    };
    ensure!(
        is_safe && !names_user && uri.query().is_none(),
        "{flag} {text}: write https://HOST, with :PORT and a path where it has them; http:// only for this machine"
    );
    Ok(uri)
}

/// The scheme, host and port of the office.
pub(super) fn origin_of(text: &str) -> Result<String> {
    let uri = address("--origin", text)?;
    ensure!(matches!(uri.path(), "" | "/"), "--origin {text}: write the scheme, the host and the port alone");
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_by_tls_or_nowhere_else() {
        for (text, is_taken) in [
            ("https://id.example", true),
            ("https://id.example:8443/realms/ma", true),
            ("http://127.0.0.1:9000", true),
            ("http://localhost", true),
            ("http://[::1]:9000", true),
            ("http://id.example", false),
            ("http://127.0.0.1.example", false),
            ("https://user:secret@id.example", false),
            ("https://id.example/?tenant=1", false),
            ("id.example", false),
            ("ftp://id.example", false),
            ("https://", false),
            ("", false),
        ] {
            assert_eq!(address("--sign-on-issuer", text).is_ok(), is_taken, "{text}");
        }
        assert!(origin_of("https://office.example/").is_ok_and(|origin| origin == "https://office.example"));
        assert!(origin_of("https://office.example/below").is_err());
    }
}
