//! Webhooks are called: what waits in the outbox for them is signed and sent.
//!
//! Source of truth: the outbox and `web::calls`. Nodes share what is due; some calls go out at one time, so that one that
//! hangs holds up few others, and none for longer than a call may take. The log names neither addresses nor secrets.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use access::Instant;
use anyhow::{Context, Result, anyhow};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use cites::EventId;
use clap::Args;
use store::outbox::{ATTEMPTS_MAX, Claimed, MessageKind};
use store::{ReadError, Store, WebhookRecord};
use tokio::task::JoinSet;
use web::calls::{self, Inside, Place};

use super::outward::{Asked, Outward};
use crate::office::machine;

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// How many calls of a node go out at one time.
const AT_A_TIME: u32 = 16;
/// How long a node holds what it took: much longer than a call may take.
const HOLD_SECONDS: u64 = 5 * 60;

/// Whom webhooks may call.
#[derive(Debug, Clone, Args)]
pub struct WebhookArguments {
    /// Machines within one's own walls that webhooks may call, also without TLS: names, addresses or ranges such as
    /// 10.1.0.0/16. They reach public addresses alone unless they are named here
    #[arg(long, env = "COUNTRYGATE_WEBHOOKS_INSIDE", value_name = "MACHINE", value_delimiter = ',')]
    pub webhooks_inside: Vec<Place>,
}

impl WebhookArguments {
    /// Whom webhooks may call besides machines that everybody reaches.
    pub fn inside(&self) -> Inside {
        Inside(self.webhooks_inside.clone())
    }
}

/// A node that calls.
struct Caller {
    store: Store,
    now: fn() -> Instant,
    inside: Inside,
    /// Made for the first call, since most offices make none.
    outward: OnceLock<Outward>,
    node: String,
}

/// How a call went.
enum Went {
    Well,
    /// It is tried again.
    NotNow(String),
    /// It never will.
    Never(String),
    /// The address is gone, and the webhook with it.
    Gone(WebhookRecord),
}

/// Calls webhooks until it is broken off.
pub(super) async fn call_webhooks(store: Store, inside: Inside, node: String, now: fn() -> Instant) {
    let caller = Arc::new(Caller { store, now, inside, outward: OnceLock::new(), node });
    let mut beat = tokio::time::interval(EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        while match call_due(&caller).await {
            Ok(seen) => seen > 0,
            Err(error) => {
                tracing::error!(%error, "calls that are due cannot be taken from the database; it is tried again");
                false
            }
        } {}
    }
}

/// Takes some calls that are due and makes them; how many they were.
async fn call_due(caller: &Arc<Caller>) -> Result<usize, ReadError> {
    let taken = (AT_A_TIME, HOLD_SECONDS);
    let now = (caller.now)();
    let due = caller.store.claim(&caller.node, MessageKind::Webhook, taken, now).await?;
    let count = due.len();
    let mut running = JoinSet::new();
    for call in due {
        let caller = caller.clone();
        running.spawn(async move { caller.make(&call).await });
    }
    while let Some(ended) = running.join_next().await {
        if let Ok(Err(error)) = ended {
            tracing::error!(error = format!("{error:#}"), "how a call went cannot be kept; it is made again");
        }
    }
    Ok(count)
}

impl Caller {
    /// Makes a call and keeps how it went.
    async fn make(&self, call: &Claimed) -> Result<()> {
        let (event, place, tries) = (call.event, call.place, call.attempts);
        let store = &self.store;
        let went = self.went(call).await?;
        let now = (self.now)();
        match went {
            Went::Well => drop(store.sent(call, now).await?),
            Went::NotNow(why) => {
                let is_last = tries >= ATTEMPTS_MAX;
                tracing::warn!(%event, place, tries, is_last, "a call did not go out");
                store.not_sent(call, &why, now).await?;
            }
            Went::Never(why) => {
                tracing::warn!(%event, place, "a call was given up; its reason stands in the outbox");
                store.refused(call, &why, now).await?;
            }
            Went::Gone(webhook) => {
                tracing::warn!(%event, place, webhook = %webhook.id, "the address of a webhook is gone; it is ended");
                store.refused(call, "the address says that it is gone (410)", now).await?;
                let event = EventId(web::draw::draw_id(machine::fill, now));
                let ended = calls::end(store, &webhook, (event, now)).await;
                ended.map_err(|problem| anyhow!("a webhook cannot be ended: {problem}"))?;
            }
        }
        Ok(())
    }

    async fn went(&self, call: &Claimed) -> Result<Went> {
        let id = call.target.parse().context("the id of a webhook cannot be read")?;
        let Some(webhook) = self.store.webhook(id).await?.filter(|webhook| webhook.active) else {
            return Ok(Went::Never("the webhook is not called any more".to_owned()));
        };
        if let Err(error) = self.inside.callable(&webhook.url) {
            return Ok(Went::NotNow(error.to_string()));
        }
        Ok(match self.answered(call, &webhook).await {
            Ok(StatusCode::GONE) => Went::Gone(webhook),
            Ok(status) if status.is_success() => Went::Well,
            Ok(status) => Went::NotNow(format!("it answered with {status}")),
            Err(error) => Went::NotNow(format!("{error:#}")),
        })
    }

    /// What the address answers.
    async fn answered(&self, call: &Claimed, webhook: &WebhookRecord) -> Result<StatusCode> {
        let body = call.payload.to_string();
        let signed = calls::signed(&webhook.secret, call.event, (self.now)(), &body);
        let signed = signed.context("the secret signs nothing; draw another")?;
        let mut headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        for (name, value) in [
            ("webhook-id", signed.id),
            ("webhook-timestamp", signed.timestamp),
            ("webhook-signature", signed.signature),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::try_from(value)?);
        }
        let asked = Asked { url: webhook.url.clone(), method: Method::POST, headers, body };
        self.outward()?.tell(asked).await
    }

    fn outward(&self) -> Result<&Outward> {
        if let Some(outward) = self.outward.get() {
            return Ok(outward);
        }
        let made = Outward::within(self.inside.clone())?;
        Ok(self.outward.get_or_init(|| made))
    }
}

#[cfg(test)]
mod tests;
