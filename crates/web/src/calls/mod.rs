//! Calls of webhooks: what they say, how they are signed, and whom they may reach.
//!
//! Source of truth: Standard Webhooks 1.0 (the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, and
//! secrets that begin with `whsec_`). A call names the deed and the thing and tells nothing of either: who is called asks
//! the API, which tells them what they may see. The network is the program's.

mod inside;

use access::{Deed, Instant};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cites::{AgencyId, EventId, OperatorId, WebhookId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use store::outbox::MessageKind;
use store::{Done, Message, Work};

pub use inside::{Inside, InsideError, Place, UrlError, is_public};

pub use crate::deeds::webhook::end;
use crate::problem::Problem;

/// What stands before a secret.
const SECRET_PREFIX: &str = "whsec_";
/// Bytes of a secret; the standard asks for 24 to 64.
pub(crate) const SECRET_BYTES: usize = 32;

/// The deeds that may be heard of: those to an application or a permit, whose history its owner may read.
pub const HEARD: [Deed; 29] = [
    Deed::DraftApplication,
    Deed::CopyApplication,
    Deed::ImportLines,
    Deed::AttachFile,
    Deed::SubmitApplication,
    Deed::WithdrawApplication,
    Deed::AnswerDefects,
    Deed::AcceptApplication,
    Deed::NotifyDefects,
    Deed::RecordApproval,
    Deed::ReviewForForestry,
    Deed::ReviewForFishery,
    Deed::ConsultScience,
    Deed::AdviseScience,
    Deed::ConsultAbroad,
    Deed::RecordReply,
    Deed::ExtendClock,
    Deed::DecideApplication,
    Deed::RefuseApplication,
    Deed::IssuePermit,
    Deed::PrintPermit,
    Deed::HandOverPermit,
    Deed::RequestAmendment,
    Deed::AmendPermit,
    Deed::CancelPermit,
    Deed::ReportLoss,
    Deed::EndorsePermit,
    Deed::FileEndorsedCopy,
    Deed::TakeBackEndorsedCopy,
];

/// Whose the thing of a deed is: its operator, and the agency that has charge of it.
pub(crate) type Whose = (Option<OperatorId>, Option<AgencyId>);

/// Has the webhooks called that hear of a deed, once it is saved.
///
/// # Errors
/// The database fails.
pub(crate) async fn announce(work: &mut Work, whose: Whose, done: &Done, at: Instant) -> Result<(), Problem> {
    for webhook in work.called_of(whose, done.deed).await? {
        let subject = &done.subject;
        let thing = json!({
            "kind": subject.kind.as_str(), "id": subject.id, "version": subject.version.0,
        });
        let data = json!({ "event": done.id.to_string(), "thing": thing });
        work.tell(call(webhook, done.deed.as_str(), at, data));
    }
    Ok(())
}

/// A call that only shows that calls arrive.
pub(crate) fn trial(webhook: WebhookId, at: Instant) -> Message {
    call(webhook, "trial", at, json!({ "webhook": webhook.to_string() }))
}

fn call(webhook: WebhookId, kind: &str, at: Instant, data: Value) -> Message {
    let payload = json!({ "type": kind, "timestamp": at.to_string(), "data": data });
    Message { kind: MessageKind::Webhook, target: webhook.to_string(), payload }
}

/// A secret of drawn bytes, as its owner gets it.
pub(crate) fn secret_of(drawn: &[u8; SECRET_BYTES]) -> String {
    format!("{SECRET_PREFIX}{}", STANDARD.encode(drawn))
}

/// The headers that sign a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// `webhook-id`: the same however often the call is tried.
    pub id: String,
    /// `webhook-timestamp`: when it is tried, seconds since 1970.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
}

/// Signs the call of an event with the webhook's secret; `None` for a secret that is none.
pub fn signed(secret: &str, event: EventId, at: Instant, body: &str) -> Option<Signed> {
    let key = STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()?;
    let (id, timestamp) = (event.to_string(), at.0.to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    Some(Signed { id, timestamp, signature })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use access::{Effect, Sphere};

    use super::*;

    #[test]
    fn a_call_is_signed_as_the_standard_has_it() {
        // The example of the page of webhooks; its signature was worked out by Python's `hmac`.
        let drawn: [u8; SECRET_BYTES] = std::array::from_fn(|place| u8::try_from(place).unwrap());
        let secret = secret_of(&drawn);
        assert_eq!(secret, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        let event = "0193787d-0e80-7000-8000-000000000001".parse().unwrap();
        let body = r#"{"data":{"webhook":"0193787d-0e80-7000-8000-000000000002"},"timestamp":"2026-12-01T08:00:00Z","type":"trial"}"#;
        let signed = signed(&secret, event, Instant(1_796_112_000), body).unwrap();
        let page = include_str!("../../../../docs/reference/webhooks.md");
        for part in [&secret, &signed.id, &signed.timestamp, &signed.signature, body] {
            assert!(page.contains(part), "the page lacks {part}");
        }
    }

    #[test]
    fn a_secret_that_is_none_signs_nothing() {
        let event = EventId([7; 16]);
        for secret in ["", "whsec_", "AAEC", "whsec_*"] {
            let signed = signed(secret, event, Instant(1), "{}");
            assert_eq!(signed.is_some(), secret == "whsec_", "{secret}");
        }
    }

    #[test]
    fn what_is_heard_of_changes_an_application_or_a_permit() {
        let heard: BTreeSet<Deed> = HEARD.into_iter().collect();
        assert_eq!(heard.len(), HEARD.len());
        // To other things, or, of permits taken over, to none that anybody waits for.
        let others = BTreeSet::from([
            Deed::ImportPermits,
            Deed::SetQuota,
            Deed::KeepStamps,
            Deed::RegisterForeignPaper,
            Deed::RegisterOperator,
            Deed::EditOperator,
            Deed::AppointAgent,
            Deed::RegisterEstablishment,
            Deed::ManageWebhooks,
        ]);
        for deed in Deed::ALL.iter().filter(|deed| deed.sphere() == Sphere::Permit) {
            let changes = deed.effect() == Effect::Changes;
            assert_eq!(heard.contains(deed), changes && !others.contains(deed), "{}", deed.as_str());
        }
    }
}
