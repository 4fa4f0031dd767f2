//! Webhooks: addresses that are called when something was done to an operator's, or an agency's, applications and
//! permits.
//!
//! Source of truth: `calls` for what a call says and whom it may reach. A secret is drawn by the office and told once.

use access::{Deed, Instant, Thing};
use cites::{EventId, WebhookId};
use serde_json::{Value, json};
use store::outbox::CallRecord;
use store::{By, Done, Store, Subject, SubjectKind, Version, WebhookOwner, WebhookRecord};

use super::{Prepared, Told, is_as_seen, ready, refused};
use crate::Office;
use crate::caller::Caller;
use crate::calls::{self, HEARD, SECRET_BYTES};
use crate::limits::WEBHOOKS_MAX;
use crate::problem::Problem;

/// How many of the latest calls are shown.
const CALLS_SHOWN: u32 = 100;

/// A webhook, with its secret where it was drawn just now.
pub(crate) type Drawn = (WebhookRecord, bool);

/// What is called, of what, and whether.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) url: String,
    pub(crate) deeds: Vec<String>,
    pub(crate) active: bool,
}

impl Wanted {
    /// The deeds, each of which may be heard of.
    fn heard(&self) -> Result<Vec<Deed>, Problem> {
        let known = |word: &String| {
            let deed = Deed::from_word(word).filter(|deed| HEARD.contains(deed));
            deed.ok_or_else(|| {
                let words = HEARD.map(Deed::as_str).join(", ");
                Problem::refused(format!("nothing is told of one of `deeds`; the words are {words}"))
            })
        };
        let mut deeds = self.deeds.iter().map(known).collect::<Result<Vec<Deed>, Problem>>()?;
        deeds.sort();
        deeds.dedup();
        match deeds.is_empty() {
            true => Err(Problem::refused("`deeds` is empty; say of which deeds the address is told")),
            false => Ok(deeds),
        }
    }

    fn url(&self, office: &Office) -> Result<String, Problem> {
        let url = office.parts().inside.callable(&self.url).map_err(|error| refused(&error))?;
        Ok(url.to_string())
    }
}

/// The webhook of a written id, if the caller may do the deed of the route to it.
pub(crate) async fn seen(office: &Office, caller: &Caller, written: &str) -> Result<WebhookRecord, Problem> {
    let id = crate::sent::id(written)?;
    let webhook = office.store().webhook(id).await?.ok_or_else(Problem::not_found)?;
    caller.may(&webhook.owner.thing())?;
    Ok(webhook)
}

/// The latest calls of a webhook.
pub(crate) async fn calls(office: &Office, webhook: WebhookId) -> Result<Vec<CallRecord>, Problem> {
    Ok(office.store().calls(webhook, CALLS_SHOWN).await?)
}

/// Makes a webhook.
pub(crate) async fn make(
    office: &Office,
    caller: &Caller,
    owner: WebhookOwner,
    wanted: &Wanted,
) -> Result<Prepared<Drawn>, Problem> {
    let thing: Thing = owner.thing();
    caller.may(&thing)?;
    let mut work = office.store().work().await?;
    if let WebhookOwner::Operator(operator) = owner {
        work.operator(operator).await?.ok_or_else(Problem::not_found)?;
    }
    if work.webhooks_of(owner).await? >= WEBHOOKS_MAX {
        let detail = format!("there are {WEBHOOKS_MAX} webhooks already; change one of them");
        return Err(Problem::refused(detail));
    }
    let record = WebhookRecord {
        id: WebhookId(office.draw_id()),
        version: Version::NEW,
        owner,
        url: wanted.url(office)?,
        secret: drawn(office),
        deeds: wanted.heard()?,
        active: wanted.active,
    };
    work.put_webhook(&record);
    let record = WebhookRecord { version: record.version.next(), ..record };
    let subject = Subject::new(SubjectKind::Webhook, record.id, record.version);
    let told = Told::by(caller, subject, told(&record));
    Ok(ready(office, work, told, (record, true)))
}

/// Changes what is called, of what, or whether.
pub(crate) async fn change(
    office: &Office,
    caller: &Caller,
    which: (WebhookId, Version),
    wanted: &Wanted,
) -> Result<Prepared<Drawn>, Problem> {
    let (url, deeds) = (wanted.url(office)?, wanted.heard()?);
    changed(
        office,
        caller,
        which,
        |record| WebhookRecord { url, deeds, active: wanted.active, ..record },
        false,
    )
    .await
}

/// Gives a webhook another secret. What goes out from now on is signed by it alone.
pub(crate) async fn renew(
    office: &Office,
    caller: &Caller,
    which: (WebhookId, Version),
) -> Result<Prepared<Drawn>, Problem> {
    let secret = drawn(office);
    let mut prepared =
        changed(office, caller, which, |record| WebhookRecord { secret, ..record }, true).await?;
    prepared.note("secret", json!("drawn anew"));
    Ok(prepared)
}

/// Sends a call that only shows that calls arrive.
pub(crate) async fn try_out(
    office: &Office,
    caller: &Caller,
    which: (WebhookId, Version),
) -> Result<Prepared<Drawn>, Problem> {
    let mut prepared = changed(office, caller, which, |record| record, false).await?;
    if !prepared.record.0.active {
        return Err(Problem::refused("the webhook is not called; set `active` first"));
    }
    prepared.work.tell(calls::trial(which.0, prepared.at));
    prepared.note("trial", json!(true));
    Ok(prepared)
}

/// Ends a webhook whose address says that it is gone, if it is as it was called; by the program itself, as an event of
/// this id.
///
/// # Errors
/// The database fails.
pub async fn end(
    store: &Store,
    called: &WebhookRecord,
    (event, at): (EventId, Instant),
) -> Result<(), Problem> {
    let mut work = store.work().await?;
    let Some(record) = work.webhook(called.id).await?.filter(|record| record.version == called.version)
    else {
        return Ok(());
    };
    let before = told(&record);
    let record = WebhookRecord { active: false, ..record };
    work.put_webhook(&record);
    let done = Done {
        id: event,
        by: By::Job("webhooks".to_owned()),
        deed: Deed::ManageWebhooks,
        subject: Subject::new(SubjectKind::Webhook, record.id, record.version.next()),
        before: Some(before),
        after: Some(told(&record)),
        edition: None,
    };
    Ok(work.save(done, at, Vec::new()).await?)
}

async fn changed(
    office: &Office,
    caller: &Caller,
    (id, seen): (WebhookId, Version),
    change: impl FnOnce(WebhookRecord) -> WebhookRecord + Send,
    is_secret_told: bool,
) -> Result<Prepared<Drawn>, Problem> {
    let mut work = office.store().work().await?;
    let record = work.webhook(id).await?.ok_or_else(Problem::not_found)?;
    caller.may(&record.owner.thing())?;
    is_as_seen(record.version, seen)?;
    let before = told(&record);
    let record = change(record);
    work.put_webhook(&record);
    let record = WebhookRecord { version: record.version.next(), ..record };
    let subject = Subject::new(SubjectKind::Webhook, record.id, record.version);
    let told = Told { before: Some(before), ..Told::by(caller, subject, told(&record)) };
    Ok(ready(office, work, told, (record, is_secret_told)))
}

fn drawn(office: &Office) -> String {
    let mut bytes = [0; SECRET_BYTES];
    (office.parts().fill)(&mut bytes);
    calls::secret_of(&bytes)
}

/// What the history is told: of the address only the machine, since the rest may be a secret.
fn told(record: &WebhookRecord) -> Value {
    let (operator, agency) = match record.owner {
        WebhookOwner::Operator(operator) => (Some(operator.to_string()), None),
        WebhookOwner::Agency(agency) => (None, Some(agency.to_string())),
    };
    let host = url::Url::parse(&record.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    json!({
        "operator": operator,
        "agency": agency,
        "host": host,
        "deeds": record.deeds.iter().map(|deed| deed.as_str()).collect::<Vec<_>>(),
        "active": record.active,
    })
}
