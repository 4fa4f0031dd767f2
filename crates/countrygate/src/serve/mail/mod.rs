//! Mails leave the office: what waits in the outbox is handed to a relay by SMTP.
//!
//! Source of truth: the outbox; the words of a mail were written with its deed. Nodes share what is due. What the relay
//! cannot take now is tried again, what it will never take is kept with its reason. The log names neither addressees
//! nor what a relay says, which often repeats an address.

use std::path::PathBuf;
use std::time::Duration;

use access::Instant;
use anyhow::{Context, Result, bail, ensure};
use axum::http::Uri;
use clap::Args;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::outbox::{ATTEMPTS_MAX, Claimed, MessageKind};
use store::{ReadError, Store};

use super::settings::{self, Secret};

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(5);
/// How many mails a node takes at a time.
const AT_A_TIME: u32 = 10;
/// How long a relay may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a node holds what it took: longer than ten mails take that a slow relay answers.
const HOLD_SECONDS: u64 = 60 * 60;
/// The variable in which the password stands, where it is in no file. It is no flag: those are seen by all users.
pub const PASSWORD: &str = "COUNTRYGATE_MAIL_PASSWORD";
/// What a relay answers where it will never take this mail: the addressee, the size or the content. Others, such as a
/// wrong password, are no fault of the mail, which then is tried again. Source: RFC 5321 §4.2.3, RFC 7504.
const FOR_EVER: [u16; 6] = [550, 551, 552, 553, 555, 556];

/// How mails leave the office.
#[derive(Debug, Clone, Default, Args)]
pub struct MailArguments {
    /// The relay that takes the office's mails: `smtps://HOST`, or `smtp://HOST` that must offer STARTTLS, or
    /// `smtp://HOST?tls=none` within one's own walls. Without a relay mails wait
    #[arg(long, env = "COUNTRYGATE_MAIL_RELAY", value_name = "URL")]
    pub mail_relay: Option<Uri>,
    /// The address that mails come from: `NAME <NAME@HOST>`
    #[arg(long, env = "COUNTRYGATE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<Mailbox>,
    /// Who the office is to the relay, whose password stands in COUNTRYGATE_MAIL_PASSWORD or in a file
    #[arg(long, env = "COUNTRYGATE_MAIL_USER", value_name = "NAME")]
    pub mail_user: Option<String>,
    /// The file whose first line is that password
    #[arg(long, env = "COUNTRYGATE_MAIL_PASSWORD_FILE", value_name = "FILE")]
    pub mail_password_file: Option<PathBuf>,
}

/// A relay, and who writes.
pub(super) struct Mailer {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail did not go out.
enum Trouble {
    /// It is tried again.
    Now(String, Option<u16>),
    /// It never will.
    Ever(String, Option<u16>),
}

impl MailArguments {
    /// Who sends mails; `None` where no relay is named.
    ///
    /// # Errors
    /// The settings do not go together, the relay is not named as one is, or its password cannot be read.
    pub(super) fn mailer(&self) -> Result<Option<Mailer>> {
        if let Some(needs) = self.needs().into_iter().next() {
            bail!(needs);
        }
        let (Some(url), Some(from)) = (&self.mail_relay, &self.mail_from) else { return Ok(None) };
        let (host, port, tls) = taken_apart(url)?;
        let is_plain = matches!(tls, Tls::None);
        let mut relay = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let Some(user) = &self.mail_user {
            ensure!(!is_plain, "a password is not sent without TLS; leave `tls=none` or --mail-user out");
            relay = relay.credentials(Credentials::new(user.clone(), self.password()?));
        }
        Ok(Some(Mailer { relay: relay.build(), from: from.clone() }))
    }

    /// What each setting needs beside it and has not.
    pub fn needs(&self) -> Vec<String> {
        settings::needs([
            (("--mail-relay", self.mail_relay.is_some()), ("--mail-from", self.mail_from.is_some())),
            (
                ("--mail-password-file", self.mail_password_file.is_some()),
                ("--mail-user", self.mail_user.is_some()),
            ),
        ])
    }

    fn password(&self) -> Result<String> {
        let file = self.mail_password_file.as_deref();
        let what = "the password of the relay";
        Secret { what, flag: "--mail-password-file", file, variable: PASSWORD }.read()
    }
}

/// Host, port and TLS of a relay.
fn taken_apart(url: &Uri) -> Result<(&str, u16, Tls)> {
    let host = url.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    ensure!(!host.is_empty(), "a relay is written smtp://HOST or smtps://HOST");
    let names_user = url.authority().is_some_and(|authority| authority.as_str().contains('@'));
    ensure!(
        !names_user,
        "who the office is to the relay is told by --mail-user, not in the address of the relay"
    );
    let parameters =
        || TlsParameters::new(host.to_owned()).context("the machine's root certificates cannot be used");
    let (port, tls) = match (url.scheme_str(), url.query()) {
        (Some("smtps"), None) => (465, Tls::Wrapper(parameters()?)),
        (Some("smtp"), None) => (587, Tls::Required(parameters()?)),
        (Some("smtp"), Some("tls=none")) => (25, Tls::None),
        _ => bail!(
            "a relay is written smtps://HOST, smtp://HOST or smtp://HOST?tls=none, with :PORT after HOST"
        ),
    };
    Ok((host, url.port_u16().unwrap_or(port), tls))
}

impl Mailer {
    async fn send(&self, mail: &Claimed) -> Result<(), Trouble> {
        let letter = self.written(mail).map_err(|error| Trouble::Ever(format!("{error:#}"), None))?;
        self.relay.send(letter).await.map(|_| ()).map_err(|error| {
            let code = error.status().map(u16::from);
            match code {
                Some(number) if FOR_EVER.contains(&number) => Trouble::Ever(error.to_string(), code),
                _ => Trouble::Now(error.to_string(), code),
            }
        })
    }

    /// The mail as it goes out. Its id is that of its message, so that one that goes out twice is known as the same.
    fn written(&self, mail: &Claimed) -> Result<Message> {
        let part = |name| mail.payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let id = format!("<{}.{}@{}>", mail.event, mail.place, self.from.email.domain());
        let mut letter = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.target.parse().context("the address of the addressee is none")?))
            .subject(part("subject"))
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(part("text").to_owned())
            .context("the mail cannot be written")?;
        // Programs that answer by themselves do not answer this (RFC 3834).
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        letter.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
        Ok(letter)
    }
}

/// Sends mails until it is broken off.
pub(super) async fn send_mails(store: Store, mailer: Mailer, node: String, now: fn() -> Instant) {
    let mut beat = tokio::time::interval(EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        while match send_due(&store, &mailer, &node, now).await {
            Ok(seen) => seen > 0,
            Err(error) => {
                tracing::error!(%error, "mails that are due cannot be taken from the database; it is tried again");
                false
            }
        } {}
    }
}

/// Takes some mails that are due and hands them to the relay; how many they were.
async fn send_due(
    store: &Store,
    mailer: &Mailer,
    node: &str,
    now: fn() -> Instant,
) -> Result<usize, ReadError> {
    let due = store.claim(node, MessageKind::Mail, (AT_A_TIME, HOLD_SECONDS), now()).await?;
    for mail in &due {
        let (event, place, tries) = (mail.event, mail.place, mail.attempts);
        match mailer.send(mail).await {
            Ok(()) => store.sent(mail, now()).await?,
            Err(Trouble::Ever(why, code)) => {
                tracing::error!(%event, place, code, "a mail was refused for ever; its reason stands in the outbox");
                store.refused(mail, &why, now()).await?
            }
            Err(Trouble::Now(why, code)) => {
                let is_last = tries >= ATTEMPTS_MAX;
                tracing::warn!(%event, place, code, tries, is_last, "a mail did not go out");
                store.not_sent(mail, &why, now()).await?
            }
        };
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests;
