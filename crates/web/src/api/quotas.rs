//! Quotas: what is published, reserved and issued of each, and every move of it.

use access::{Owner, Thing};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, Amount, Quantity, QuotaId};
use permits::ledger::Change;
use store::{QuotaEntry, QuotaWithBalance};
use utoipa::{IntoParams, ToSchema};

use super::answer::saved;
use crate::Office;
use crate::caller::Caller;
use crate::house::quotas;
use crate::once::{IdempotencyKey, IfMatch, Sent, tagged};
use crate::problem::Problem;
use crate::sent::{Asked, id};

/// Which quotas.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The id of the office that keeps them; one's own where it is not told.
    agency: Option<String>,
    /// The year; this one where it is not told.
    year: Option<i16>,
}

/// A quota with what is left of it.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct QuotaView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The id of the office that keeps it.
    agency: String,
    /// The year in which it may be drawn on.
    year: i16,
    /// The code of the country whose exports it limits.
    country: String,
    /// The kingdom of the taxon.
    kingdom: &'static str,
    /// The accepted name of the taxon.
    taxon: String,
    /// The kind of specimen; absent for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<String>,
    /// The source; absent for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The purpose; absent for any.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    /// The unit of the quantities.
    unit: String,
    /// How much is published, a decimal number.
    published: String,
    /// How much decisions have reserved.
    reserved: String,
    /// How much was issued.
    issued: String,
    /// How much can still be reserved.
    left: String,
    /// The document that sets it.
    basis: String,
}

impl QuotaView {
    fn of(loaded: &QuotaWithBalance) -> QuotaView {
        let QuotaWithBalance { quota, balance, .. } = loaded;
        QuotaView {
            id: quota.id.to_string(),
            version: quota.version.0,
            agency: quota.agency.to_string(),
            year: quota.year,
            country: quota.country.to_string(),
            kingdom: quota.kingdom.as_str(),
            taxon: quota.taxon.clone(),
            term: quota.term.map(|term| term.to_string()),
            source: quota.source.map(|source| source.to_string()),
            purpose: quota.purpose.map(|purpose| purpose.to_string()),
            unit: quota.unit.to_string(),
            published: balance.published().amount.to_string(),
            reserved: balance.reserved().amount.to_string(),
            issued: balance.issued().amount.to_string(),
            left: balance.left().amount.to_string(),
            basis: quota.basis.clone(),
        }
    }
}

/// A quota that is to be kept.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewQuota {
    /// The year in which it may be drawn on.
    year: i16,
    /// The code of the country whose exports it limits (ISO 3166-1).
    country: String,
    /// The taxon, by any name in any language.
    taxon: String,
    /// The kind of specimen (CITES term code); any where it is not told.
    term: Option<String>,
    /// The source (CITES source code); any where it is not told.
    source: Option<String>,
    /// The purpose (CITES purpose code); any where it is not told.
    purpose: Option<String>,
    /// How much, such as `1000 KIL`.
    quantity: String,
    /// The document that sets it.
    basis: String,
}

/// A code of the Convention or a quantity as it is written.
fn read<T>(written: &str) -> Result<T, Problem>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    written.parse::<T>().map_err(|error| Problem::refused(error.to_string()))
}

impl NewQuota {
    fn read(self) -> Result<quotas::Written, Problem> {
        Ok(quotas::Written {
            year: self.year,
            country: read(&self.country)?,
            taxon: self.taxon,
            term: self.term.as_deref().map(read).transpose()?,
            source: self.source.as_deref().map(read).transpose()?,
            purpose: self.purpose.as_deref().map(read).transpose()?,
            quantity: read(&self.quantity)?,
            basis: self.basis,
        })
    }
}

/// How a quota changes.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ChangeWord {
    /// More is published.
    Raise,
    /// Less is published.
    Lower,
}

/// A change of a quota.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaChange {
    /// Whether it is raised or lowered.
    change: ChangeWord,
    /// By how much, such as `100 KIL`.
    quantity: String,
    /// The document that says so.
    basis: String,
}

/// A move of a quota.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct QuotaMoveView {
    /// When.
    at: String,
    /// The id of the event.
    event: String,
    /// publish, lower, reserve, release, issue or give-back.
    kind: &'static str,
    /// How much, a decimal number in the unit of the quota.
    quantity: String,
    /// The id of the application for which it was made; absent of a change of the quota itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<String>,
}

impl QuotaMoveView {
    fn of(entry: &QuotaEntry) -> QuotaMoveView {
        QuotaMoveView {
            at: entry.at.to_string(),
            event: entry.event.to_string(),
            kind: entry.made.kind.as_str(),
            quantity: Amount::from_millionths(entry.made.millionths)
                .map_or_else(String::new, |much| much.to_string()),
            application: entry.application.map(|application| application.to_string()),
        }
    }
}

fn of_agency(agency: AgencyId) -> Thing {
    Thing { owner: Owner::House, charge: Some(agency), ..Thing::default() }
}

pub(super) async fn seen(
    office: &Office,
    caller: &Caller,
    written: &str,
) -> Result<QuotaWithBalance, Problem> {
    let loaded = office.store().quota(id(written)?, None).await?.ok_or_else(Problem::not_found)?;
    caller.may(&of_agency(loaded.quota.agency))?;
    Ok(loaded)
}

/// Lists the quotas of an office for a year.
#[utoipa::path(
    get, path = "/api/quotas", tag = "quotas", params(Wanted),
    responses((status = 200, description = "The quotas.", body = Vec<QuotaView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<Vec<QuotaView>>, Problem> {
    let told = wanted.agency.as_deref().map(id::<AgencyId>).transpose()?;
    let Some(agency) = told.or(caller.actor.agency) else {
        caller.may(&Thing::house())?;
        return Err(Problem::unreadable("say of which `agency`; /api/agencies lists them"));
    };
    caller.may(&of_agency(agency))?;
    let year = wanted.year.unwrap_or(office.today().year());
    let mut views = Vec::new();
    for quota in office.store().quotas(agency, year).await? {
        let loaded = office.store().quota(quota.id, None).await?;
        views.extend(loaded.as_ref().map(QuotaView::of));
    }
    Ok(Json(views))
}

/// One quota, with what is left of it.
#[utoipa::path(
    get, path = "/api/quotas/{quota}", tag = "quotas",
    params(("quota" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The quota.", body = QuotaView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(quota): Path<String>,
) -> Result<Response, Problem> {
    let loaded = seen(&office, &caller, &quota).await?;
    Ok(tagged(loaded.quota.version, QuotaView::of(&loaded)))
}

/// Every move of a quota in its order; their sum is its balance.
#[utoipa::path(
    get, path = "/api/quotas/{quota}/moves", tag = "quotas",
    params(("quota" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The moves.", body = Vec<QuotaMoveView>))
)]
pub(super) async fn moves(
    State(office): State<Office>,
    caller: Caller,
    Path(quota): Path<String>,
) -> Result<Json<Vec<QuotaMoveView>>, Problem> {
    let loaded = seen(&office, &caller, &quota).await?;
    let moves = office.store().quota_moves(loaded.quota.id).await?;
    Ok(Json(moves.iter().map(QuotaMoveView::of).collect()))
}

/// Sets a quota of one's office.
#[utoipa::path(
    post, path = "/api/quotas", tag = "quotas", request_body = NewQuota, params(IdempotencyKey),
    responses((status = 201, description = "The quota.", body = QuotaView))
)]
pub(super) async fn set(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    let agency = caller.actor.agency.ok_or_else(Problem::not_found)?;
    caller.may(&of_agency(agency))?;
    let written = sent.body::<NewQuota>()?.read()?;
    let deed = quotas::set(&office, caller.by(), agency, written);
    saved(&office, &caller, (&sent, 201), deed, QuotaView::of).await
}

/// Raises or lowers a quota. What was drawn of it stays drawn, also where less is then published.
#[utoipa::path(
    post, path = "/api/quotas/{quota}/changes", tag = "quotas", request_body = QuotaChange,
    params(("quota" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The quota as it is now.", body = QuotaView))
)]
pub(super) async fn change(
    State(office): State<Office>,
    caller: Caller,
    Path(quota): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let loaded = seen(&office, &caller, &quota).await?;
    let which: (QuotaId, _) = (loaded.quota.id, sent.seen()?);
    let QuotaChange { change, quantity, basis } = sent.body::<QuotaChange>()?;
    let kind = match change {
        ChangeWord::Raise => Change::Publish,
        ChangeWord::Lower => Change::Lower,
    };
    let much = read::<Quantity>(&quantity)?;
    let deed = quotas::change(&office, caller.by(), which, (kind, much), &basis);
    saved(&office, &caller, (&sent, 200), deed, QuotaView::of).await
}
