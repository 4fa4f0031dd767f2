//! Requests to the office's own API, by whoever is named, without a socket between.

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use cites::SessionId;
use serde_json::Value;
use store::NewSession;
use tower::ServiceExt;
use web::Office;

/// Answers of the API are no larger.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// The office as its people reach it.
pub(super) struct Desk<'o> {
    office: &'o Office,
    router: Router,
}

impl<'o> Desk<'o> {
    pub(super) fn of(office: &'o Office) -> Desk<'o> {
        Desk { office, router: web::router(office).router }
    }

    /// Sends a change of what was seen as `seen`, as the holder of `login`; the answer.
    pub(super) async fn send(
        &self,
        login: &str,
        (method, path): (Method, &str),
        seen: Option<i64>,
        body: &Value,
    ) -> Result<Value> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::COOKIE, self.cookie(login).await?)
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(seen) = seen {
            request = request.header(header::IF_MATCH, format!("\"{seen}\""));
        }
        let answer = self.router.clone().oneshot(request.body(Body::from(body.to_string()))?).await?;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), ANSWER_BYTES_MAX).await?;
        if !status.is_success() {
            bail!("{login}: {method} {path}: {status}: {}", String::from_utf8_lossy(&bytes));
        }
        serde_json::from_slice(&bytes).with_context(|| format!("{method} {path} was answered without JSON"))
    }

    /// A session of now, in which the second factor counts as shown.
    async fn cookie(&self, login: &str) -> Result<String> {
        let store = self.office.store();
        let account = store.account_by_login(login).await?.with_context(|| format!("{login} is nobody"))?;
        let secret = self.office.draw_secret();
        let session = NewSession {
            id: SessionId(self.office.draw_id()),
            account: account.id,
            token_hash: secret.hash(),
            rights: account.rights,
            second_factor: true,
            address: String::new(),
            device: "demonstration".to_owned(),
        };
        store.begin_session(&session, self.office.now()).await?;
        Ok(format!("countrygate={}", secret.as_str()))
    }
}
