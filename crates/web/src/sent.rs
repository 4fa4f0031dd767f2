//! What a request sends, read into types; what cannot be read is a problem in words.

use std::net::SocketAddr;
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::{Form, Json};
use serde::de::DeserializeOwned;
use store::Place;

use crate::Office;
use crate::limits::{PAGE_ROWS, PAGE_ROWS_MAX};
use crate::problem::Problem;

/// A body of JSON.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Office> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, office: &Office) -> Result<Body<T>, Problem> {
        let read = Json::<T>::from_request(request, office).await;
        read.map(|Json(body)| Body(body)).map_err(|error| Problem::of_body(error.status(), error.body_text()))
    }
}

/// The fields of a form.
pub(crate) struct Filled<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Office> for Filled<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, office: &Office) -> Result<Filled<T>, Problem> {
        let read = Form::<T>::from_request(request, office).await;
        read.map(|Form(filled)| Filled(filled))
            .map_err(|error| Problem::of_body(error.status(), error.body_text()))
    }
}

/// What stands behind the question mark of an address.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Office> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Asked<T>, Problem> {
        let read = Query::<T>::from_request_parts(parts, office).await;
        read.map(|Query(asked)| Asked(asked)).map_err(|error| Problem::unreadable(error.body_text()))
    }
}

/// An id in an address; what is no id is of nothing.
pub(crate) fn id<T: FromStr>(written: &str) -> Result<T, Problem> {
    written.parse().map_err(|_| Problem::not_found())
}

/// Where a page of a list begins, and how many rows it has.
pub(crate) fn page(after: Option<&str>, most: Option<u32>) -> Result<(Option<Place>, u32), Problem> {
    let place = after.map(str::parse::<Place>).transpose();
    let place = place.map_err(|error| Problem::unreadable(error.to_string()))?;
    let most = most.unwrap_or(PAGE_ROWS);
    if (1..=PAGE_ROWS_MAX).contains(&most) {
        Ok((place, most))
    } else {
        Err(Problem::unreadable(format!("`most` is {most}; write 1 to {PAGE_ROWS_MAX}")))
    }
}

/// Where a request comes from, as far as the connection tells, and what the browser calls itself.
pub(crate) struct Sender {
    pub(crate) address: String,
    pub(crate) device: String,
}

/// The most letters of what a browser calls itself that are kept.
const DEVICE_LETTERS_MAX: usize = 200;

impl FromRequestParts<Office> for Sender {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Office) -> Result<Sender, Problem> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let device = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Sender {
            address: address.map_or_else(String::new, |ConnectInfo(address)| address.ip().to_string()),
            device: device.unwrap_or_default().chars().take(DEVICE_LETTERS_MAX).collect(),
        })
    }
}
