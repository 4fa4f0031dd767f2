//! The limits of requests, in one place.

/// The most bytes of a request without attached files: a draft of a thousand lines has some hundred thousand.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most rows of a page of a list.
pub const PAGE_ROWS_MAX: u32 = 200;
/// The rows of a page where none are told.
pub(crate) const PAGE_ROWS: u32 = 50;
/// Seconds after which a request that is not answered is given up.
pub const REQUEST_SECONDS_MAX: u64 = 30;
/// The most letters of an `Idempotency-Key`.
pub(crate) const KEY_LETTERS_MAX: usize = 200;
/// Seconds for which the answer to a request is kept under its key: a day, in which a client has tried again or not.
pub(crate) const KEY_SECONDS: u64 = 24 * 60 * 60;
/// The most files of an application: a contract, a certificate and some pictures for each of a few lines.
pub const ATTACHMENTS_MAX: usize = 100;
/// The most letters of a file's name; file systems keep 255 bytes.
pub const ATTACHMENT_NAME_LETTERS_MAX: usize = 120;
/// The most webhooks of an operator or an agency: each is called for every deed of which it hears.
pub const WEBHOOKS_MAX: usize = 20;
/// The most passkeys of an account: a phone, a computer and a key or two, and as many again that were not taken away.
pub const PASSKEYS_MAX: usize = 10;
