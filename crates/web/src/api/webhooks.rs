//! Webhooks: addresses that are called when something was done.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, OperatorId};
use store::outbox::CallRecord;
use store::{WebhookOwner, WebhookRecord};
use utoipa::{IntoParams, ToSchema};

use super::answer::saved;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::webhook::{self as deed, Drawn};
use crate::once::{IdempotencyKey, IfMatch, Sent, tagged};
use crate::problem::Problem;
use crate::sent::{Asked, id};

/// Whose webhooks.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The id of an operator.
    operator: Option<String>,
    /// The id of an agency; one's own where neither is told.
    agency: Option<String>,
}

/// A webhook.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct WebhookView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The id of the operator of whose applications and permits it hears.
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<String>,
    /// The id of the agency of whose applications and permits it hears.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// What is called.
    url: String,
    /// The words of the deeds of which it is told.
    deeds: Vec<&'static str>,
    /// Whether it is called.
    active: bool,
    /// By what calls are signed: told once, when it is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl WebhookView {
    fn of(record: &WebhookRecord) -> WebhookView {
        let (operator, agency) = match record.owner {
            WebhookOwner::Operator(operator) => (Some(operator.to_string()), None),
            WebhookOwner::Agency(agency) => (None, Some(agency.to_string())),
        };
        WebhookView {
            id: record.id.to_string(),
            version: record.version.0,
            operator,
            agency,
            url: record.url.clone(),
            deeds: record.deeds.iter().map(|deed| deed.as_str()).collect(),
            active: record.active,
            secret: None,
        }
    }

    fn drawn((record, is_secret_told): &Drawn) -> WebhookView {
        let secret = is_secret_told.then(|| record.secret.clone());
        WebhookView { secret, ..WebhookView::of(record) }
    }
}

/// A webhook that is to be made.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    /// The id of the operator whose it is; without it, it is one's agency's.
    #[schema(value_type = Option<String>)]
    operator: Option<OperatorId>,
    /// What is called, with TLS.
    #[schema(max_length = 2000)]
    url: String,
    /// The words of the deeds of which it is told, such as `issue-permit`.
    deeds: Vec<String>,
}

/// A webhook as it is to be.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedWebhook {
    /// What is called, with TLS.
    #[schema(max_length = 2000)]
    url: String,
    /// The words of the deeds of which it is told, such as `issue-permit`.
    deeds: Vec<String>,
    /// Whether it is called. What waits to be told while it is not is given up.
    active: bool,
}

/// A call of a webhook.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct CallView {
    /// The id of the event, which the call bears as `webhook-id`.
    event: String,
    /// The word of the deed, or `trial`.
    #[serde(rename = "type")]
    kind: String,
    /// How often it was tried.
    tries: u32,
    /// waiting, sent or given-up.
    state: &'static str,
    /// When it was sent or given up, or is tried next.
    at: String,
    /// Why it did not go out the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl CallView {
    fn of(call: CallRecord) -> CallView {
        let (state, at) = match (call.done, call.given_up) {
            (Some(at), _) => ("sent", at),
            (None, Some(at)) => ("given-up", at),
            (None, None) => ("waiting", call.due),
        };
        let kind = call.payload.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
        CallView {
            event: call.event.to_string(),
            kind: kind.to_owned(),
            tries: call.attempts,
            state,
            at: at.to_string(),
            error: call.error,
        }
    }
}

fn own_agency(caller: &Caller) -> Result<WebhookOwner, Problem> {
    let agency = caller.actor.agency.map(WebhookOwner::Agency);
    agency.ok_or_else(|| Problem::unreadable("say of which `operator`; /api/operators lists them"))
}

/// Lists the webhooks of an operator or an agency.
#[utoipa::path(
    get, path = "/api/webhooks", tag = "webhooks", params(Wanted),
    responses((status = 200, description = "The webhooks.", body = Vec<WebhookView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    wanted: Result<Asked<Wanted>, Problem>,
) -> Result<Json<Vec<WebhookView>>, Problem> {
    caller.reach()?;
    let Asked(wanted) = wanted?;
    let owner = match (wanted.operator, wanted.agency) {
        (Some(operator), None) => WebhookOwner::Operator(id(&operator)?),
        (None, Some(agency)) => WebhookOwner::Agency(id::<AgencyId>(&agency)?),
        (None, None) => own_agency(&caller)?,
        (Some(_), Some(_)) => return Err(Problem::unreadable("say `operator` or `agency`, not both")),
    };
    caller.may(&owner.thing())?;
    let found = office.store().webhooks(owner).await?;
    Ok(Json(found.iter().map(WebhookView::of).collect()))
}

/// One webhook.
#[utoipa::path(
    get, path = "/api/webhooks/{webhook}", tag = "webhooks",
    params(("webhook" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The webhook.", body = WebhookView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
) -> Result<Response, Problem> {
    let record = deed::seen(&office, &caller, &webhook).await?;
    Ok(tagged(record.version, WebhookView::of(&record)))
}

/// The latest calls of a webhook, at most a hundred.
#[utoipa::path(
    get, path = "/api/webhooks/{webhook}/calls", tag = "webhooks",
    params(("webhook" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The calls, latest first.", body = Vec<CallView>))
)]
pub(super) async fn calls(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
) -> Result<Json<Vec<CallView>>, Problem> {
    let record = deed::seen(&office, &caller, &webhook).await?;
    let calls = deed::calls(&office, record.id).await?;
    Ok(Json(calls.into_iter().map(CallView::of).collect()))
}

/// Makes a webhook. Its secret is told in this answer alone.
#[utoipa::path(
    post, path = "/api/webhooks", tag = "webhooks", request_body = NewWebhook, params(IdempotencyKey),
    responses((status = 201, description = "The webhook with its secret.", body = WebhookView))
)]
pub(super) async fn make(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.reach()?;
    let NewWebhook { operator, url, deeds } = sent.body()?;
    let owner = operator.map(WebhookOwner::Operator).map_or_else(|| own_agency(&caller), Ok)?;
    caller.may(&owner.thing())?;
    let wanted = deed::Wanted { url, deeds, active: true };
    let deed = deed::make(&office, &caller, owner, &wanted);
    saved(&office, &caller, (&sent, 201), deed, WebhookView::drawn).await
}

/// Changes what is called, of what, or whether.
#[utoipa::path(
    put, path = "/api/webhooks/{webhook}", tag = "webhooks", request_body = ChangedWebhook,
    params(("webhook" = String, Path, description = "Its id."), IfMatch),
    responses((status = 200, description = "The webhook as it is now.", body = WebhookView))
)]
pub(super) async fn change(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let record = deed::seen(&office, &caller, &webhook).await?;
    let ChangedWebhook { url, deeds, active } = sent.body()?;
    let (which, wanted) = ((record.id, sent.seen()?), deed::Wanted { url, deeds, active });
    let deed = deed::change(&office, &caller, which, &wanted);
    saved(&office, &caller, (&sent, 200), deed, WebhookView::drawn).await
}

/// Gives a webhook another secret, by which all calls from now on are signed. It is told in this answer alone.
#[utoipa::path(
    post, path = "/api/webhooks/{webhook}/secret", tag = "webhooks",
    params(("webhook" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The webhook with its secret.", body = WebhookView))
)]
pub(super) async fn renew(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let record = deed::seen(&office, &caller, &webhook).await?;
    let deed = deed::renew(&office, &caller, (record.id, sent.seen()?));
    saved(&office, &caller, (&sent, 200), deed, WebhookView::drawn).await
}

/// Calls a webhook with a `trial`, which only shows that calls arrive.
#[utoipa::path(
    post, path = "/api/webhooks/{webhook}/trial", tag = "webhooks",
    params(("webhook" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The webhook, which is being called.", body = WebhookView))
)]
pub(super) async fn try_out(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let record = deed::seen(&office, &caller, &webhook).await?;
    let deed = deed::try_out(&office, &caller, (record.id, sent.seen()?));
    saved(&office, &caller, (&sent, 200), deed, WebhookView::drawn).await
}
