//! Calls to other machines by HTTP: to an issuer that lets people in, and to webhooks.
//!
//! What another machine answers costs little: it has a limit of time and of bytes, and nobody is led on by it to a third.
//! No proxy of the environment is asked. TLS trusts what the machine trusts. Calls that people outside have asked for
//! reach only what [`Inside`] lets them: the address that was looked up is the one that is called.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::http::{HeaderMap, StatusCode};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, ClientBuilder, Method, Response, Url, redirect};
use web::calls::Inside;

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
    /// What was told.
    pub body: Vec<u8>,
}

impl Outward {
    /// Somebody who calls what those who run the system have named.
    ///
    /// # Errors
    /// The machine's root certificates cannot be used.
    pub fn new() -> Result<Outward> {
        Outward::of(Outward::builder())
    }

    /// Somebody who calls what people outside have named, and reaches no more than `inside` lets them. An address that
    /// is a number is looked up by nobody: the caller asks [`Inside::callable`] about it.
    ///
    /// # Errors
    /// The machine's root certificates cannot be used.
    pub fn within(inside: Inside) -> Result<Outward> {
        Outward::of(Outward::builder().dns_resolver(Arc::new(Guard(inside))))
    }

    fn builder() -> ClientBuilder {
        // Somebody else may have chosen it before, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .user_agent(concat!("countrygate/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
    }

    fn of(builder: ClientBuilder) -> Result<Outward> {
        let client = builder.build();
        let client = client.context("the machine's root certificates cannot be used for calls by HTTPS")?;
        Ok(Outward { client })
    }

    /// What is answered, which may have `bytes_max` bytes.
    ///
    /// # Errors
    /// Nobody answers, or more than may be.
    pub async fn ask(&self, asked: Asked, bytes_max: usize) -> Result<Answer> {
        let mut response = self.sent(asked).await?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(reqwest::Error::without_url)? {
            ensure!(body.len() + piece.len() <= bytes_max, "the answer is longer than {bytes_max} bytes");
            body.extend_from_slice(&piece);
        }
        Ok(Answer { status, body })
    }

    /// How it went; the rest of the answer is not read.
    ///
    /// # Errors
    /// Nobody answers.
    pub async fn tell(&self, asked: Asked) -> Result<StatusCode> {
        Ok(self.sent(asked).await?.status())
    }

    async fn sent(&self, asked: Asked) -> Result<Response> {
        let url: Url = asked.url.parse().context("this is no address")?;
        let request = self.client.request(asked.method, url).headers(asked.headers).body(asked.body);
        // Who reads the reason knows the address, which may hold what is not for logs.
        Ok(request.send().await.map_err(reqwest::Error::without_url)?)
    }
}

/// Looks names up, and leaves out the addresses that may not be reached.
struct Guard(Inside);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let inside = self.0.clone();
        Box::pin(async move {
            let may_be_anywhere = inside.has_name(name.as_str());
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let reached: Vec<SocketAddr> =
                found.filter(|address| may_be_anywhere || inside.may_reach(address.ip())).collect();
            if reached.is_empty() {
                return Err("the name leads within the walls of a network".into());
            }
            Ok(Box::new(reached.into_iter()) as Addrs)
        })
    }
}
