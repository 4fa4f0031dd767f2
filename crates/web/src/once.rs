//! Requests that change something: read when it is known that they may, and done once however often they are sent.
//!
//! Source of truth: `Idempotency-Key` as clients send it (draft-ietf-httpapi-idempotency-key-header) and the bookkeeping
//! of `store::sign_in`; `If-Match` and `ETag` as RFC 9110 §13.1.1 has them. Nothing is decided here about a thing.

use access::Instant;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::{Repeated, Reply, Version};
use utoipa::IntoParams;

use crate::caller::Caller;
use crate::limits::{KEY_LETTERS_MAX, KEY_SECONDS};
use crate::problem::Problem;
use crate::{Office, draw};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The header of a change that says what it rests on.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes a header, which `Sent` reads")]
pub(crate) struct IfMatch {
    /// The `ETag` of what was seen.
    #[param(rename = "if-match")]
    tag: String,
}

/// The header by which a request that is sent twice is done once.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes a header, which `Sent` reads")]
pub(crate) struct IdempotencyKey {
    /// Drawn anew for each request; one that is sent again is done once.
    #[param(rename = "idempotency-key")]
    key: Option<String>,
}

/// A request that changes something, not yet read: who may not do the deed is told so before the body is judged.
#[derive(Debug)]
pub(crate) struct Sent {
    method: Method,
    path: String,
    headers: HeaderMap,
    bytes: Bytes,
}

/// The key of a request, for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    actor: String,
    name: String,
}

impl FromRequest<Office> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, office: &Office) -> Result<Sent, Problem> {
        let method = request.method().clone();
        let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        let headers = request.headers().clone();
        let bytes = Bytes::from_request(request, office).await;
        let bytes = bytes.map_err(|error| Problem::of_body(error.status(), error.body_text()))?;
        Ok(Sent { method, path, headers, bytes })
    }
}

/// A request with a file, of which nothing is read before it is known that the deed may be done.
#[derive(Debug)]
pub(crate) struct Unread(Request);

impl FromRequest<Office> for Unread {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Office) -> Result<Unread, Problem> {
        Ok(Unread(request))
    }
}

impl Unread {
    /// Reads the request, whose body may have `bytes_max`.
    pub(crate) async fn read(self, office: &Office, bytes_max: usize) -> Result<Sent, Problem> {
        let Unread(mut request) = self;
        DefaultBodyLimit::max(bytes_max).apply(&mut request);
        Sent::from_request(request, office).await
    }
}

impl Sent {
    /// What the body is, as it is told.
    pub(crate) fn content_type(&self) -> &str {
        self.header(&header::CONTENT_TYPE).unwrap_or_default()
    }

    /// The body as it was sent.
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body, as JSON.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        if !self.content_type().trim_start().to_ascii_lowercase().starts_with("application/json") {
            let detail = "send the body as JSON, with `Content-Type: application/json`";
            return Err(Problem::of_body(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail.to_owned()));
        }
        let read = Json::<T>::from_bytes(&self.bytes);
        read.map(|Json(body)| body).map_err(|error| Problem::of_body(error.status(), error.body_text()))
    }

    /// The body, or what stands for none.
    pub(crate) fn body_or_none<T: DeserializeOwned + Default>(&self) -> Result<T, Problem> {
        if self.bytes.is_empty() { Ok(T::default()) } else { self.body() }
    }

    /// The body, as a form.
    ///
    /// # Errors
    /// It is none.
    pub(crate) async fn form<T: DeserializeOwned>(self) -> Result<T, Problem> {
        let mut request = Request::new(Body::from(self.bytes));
        *request.method_mut() = Method::POST;
        *request.headers_mut() = self.headers;
        let read = Form::<T>::from_request(request, &()).await;
        read.map(|Form(fields)| fields).map_err(|error| Problem::of_body(error.status(), error.body_text()))
    }

    /// The version that who asks has seen.
    pub(crate) fn seen(&self) -> Result<Version, Problem> {
        let written = self.header(&header::IF_MATCH).ok_or_else(Problem::if_match_missing)?;
        let quoted = written.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let version = quoted.and_then(|version| version.parse().ok()).map(Version);
        let detail = "`If-Match` is no version; send the `ETag` that you were answered, quotes and all";
        version.ok_or_else(|| Problem::unreadable(detail))
    }

    /// The key of the request; `None` where none is sent.
    pub(crate) fn key(&self, caller: &Caller) -> Result<Option<Key>, Problem> {
        let Some(value) = self.headers.get(&KEY) else { return Ok(None) };
        let name = value.to_str().unwrap_or_default().trim();
        if name.is_empty() || name.len() > KEY_LETTERS_MAX {
            let detail = format!("`Idempotency-Key` must have 1 to {KEY_LETTERS_MAX} letters of ASCII");
            return Err(Problem::unreadable(detail));
        }
        Ok(Some(Key { actor: caller.actor.user.to_string(), name: name.to_owned() }))
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What two requests under one key must have in common.
    fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.method.as_str().as_bytes(), self.path.as_bytes(), &self.bytes] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        draw::hexadecimal(&hash.finalize())
    }
}

impl Key {
    /// As the store asks for it.
    pub(crate) fn both(&self) -> (&str, &str) {
        (&self.actor, &self.name)
    }
}

/// Does `deed` unless it was done under the key before, whose answer is then given again. A deed that was refused
/// gives the key back. `deed` saves its reply with what it does.
pub(crate) async fn once(
    office: &Office,
    key: Option<&Key>,
    sent: &Sent,
    deed: impl Future<Output = Result<Reply, Problem>> + Send,
) -> Result<Response, Problem> {
    let Some(key) = key else { return deed.await.map(|reply| response(&reply)) };
    let now = office.now();
    let until = Instant(now.0.saturating_add(KEY_SECONDS));
    match office.store().take_key(key.both(), &sent.hash(), until, now).await? {
        Repeated::First => {}
        Repeated::Done(reply) => return Ok(response(&reply)),
        Repeated::Pending => return Err(Problem::key_pending()),
        Repeated::Other => return Err(Problem::key_of_another()),
    }
    let done = deed.await;
    if done.is_err() {
        office.store().free_key(key.both()).await?;
    }
    done.map(|reply| response(&reply))
}

/// A reply of JSON, whose field `version` is its `ETag`.
pub(crate) fn response(reply: &Reply) -> Response {
    #[derive(serde::Deserialize)]
    struct Versioned {
        version: i64,
    }
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response = (status, reply.body.clone()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(Versioned { version }) = serde_json::from_slice(&reply.body)
        && let Some(tag) = etag(Version(version))
    {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The `ETag` of a version.
pub(crate) fn etag(version: Version) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{}\"", version.0)).ok()
}

/// A view with its version as `ETag`.
pub(crate) fn tagged(version: Version, view: impl serde::Serialize) -> Response {
    let mut response = Json(view).into_response();
    if let Some(tag) = etag(version) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
