//! The files that pages use: the style and the sign of the office, and the script of passkeys. They are a part of the program.

use axum::http::{HeaderName, HeaderValue, header};

/// Where the style is.
pub(super) const STYLE_PATH: &str = "/style.css";
/// Where the sign is.
pub(super) const ICON_PATH: &str = "/icon.svg";

/// Where the script of passkeys is, which only the pages load that ask for one.
pub(super) const PASSKEY_PATH: &str = "/passkey.js";

/// A browser asks again after five minutes, so that a new program is not shown in the old style for long.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

type File = ([(HeaderName, HeaderValue); 2], &'static str);

pub(super) async fn style() -> File {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)], include_str!("../../assets/style.css"))
}

pub(super) async fn icon() -> File {
    let kind = HeaderValue::from_static("image/svg+xml");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)], include_str!("../../assets/icon.svg"))
}

pub(super) async fn passkey() -> File {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)], include_str!("../../assets/passkey.js"))
}
