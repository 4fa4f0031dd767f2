//! Calls to other machines by HTTP: to an issuer that lets people in.
//!
//! What another machine answers costs little: it has a limit of time and of bytes, and is never led on by it to a third.
//! No proxy of the environment is asked. TLS trusts what the machine trusts.

use std::time::Duration;

use anyhow::{Context, Result};
use axum::http::{HeaderMap, StatusCode};
use reqwest::{Client, Method, Url, redirect};

/// How long somebody may take to take the call.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// How long a call may take in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// Calls other machines.
#[derive(Debug, Clone)]
pub struct Outward {
    client: Client,
}

/// What is called.
#[derive(Debug)]
pub struct Asked {
    /// The address.
    pub url: String,
    /// How it is asked.
    pub method: Method,
    /// What goes along.
    pub headers: HeaderMap,
    /// What is sent.
    pub body: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// How it went.
    pub status: StatusCode,
    /// What was told, as far as it was asked for.
    pub body: Vec<u8>,
}

impl Outward {
    /// Somebody who calls.
    ///
    /// # Errors
    /// The machine's root certificates cannot be used.
    pub fn new() -> Result<Outward> {
        // Somebody else may have chosen it before, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("countrygate/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
            .build();
        let client = client.context("the machine's root certificates cannot be used for calls by HTTPS")?;
        Ok(Outward { client })
    }

    /// What is answered, of which `bytes_max` bytes are read.
    ///
    /// # Errors
    /// Nobody answers, or more than is read.
    pub async fn ask(&self, asked: Asked, bytes_max: usize) -> Result<Answer> {
        let url: Url = asked.url.parse().context("this is no address")?;
        let request = self.client.request(asked.method, url).headers(asked.headers).body(asked.body);
        // Who reads the reason knows the address, which may hold what is not for logs.
        let mut response = request.send().await.map_err(reqwest::Error::without_url)?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(reqwest::Error::without_url)? {
            anyhow::ensure!(
                body.len() + piece.len() <= bytes_max,
                "the answer is longer than {bytes_max} bytes"
            );
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, body })
    }
}
