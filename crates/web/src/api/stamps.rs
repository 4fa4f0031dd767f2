//! The stock of security stamps of an office.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use cites::AgencyId;
use permits::{Fate, StampEntry};
use store::StampRow;
use utoipa::{IntoParams, ToSchema};

use super::answer::reply;
use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::stamps as deed;
use crate::once::{IdempotencyKey, Sent, once};
use crate::problem::Problem;
use crate::sent::{Asked, id, page};

/// What became of a stamp.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = StampFate)]
pub(super) enum FateWord {
    Issued,
    Spoiled,
    Lost,
}

impl FateWord {
    const fn fate(self) -> Fate {
        match self {
            FateWord::Issued => Fate::Issued,
            FateWord::Spoiled => Fate::Spoiled,
            FateWord::Lost => Fate::Lost,
        }
    }
}

/// Which entries of the stock.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The stamps of which this became; the runs that came in where it is not told.
    #[param(inline)]
    became: Option<FateWord>,
    /// The id of the office; one's own where it is not told.
    office: Option<String>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// An entry of the stock.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct StampEntryView {
    /// received, issued, spoiled or lost.
    entry: &'static str,
    /// The first number, of one stamp its number.
    first: u64,
    /// The last number, of one stamp its number.
    last: u64,
    /// The id of the permit that bears the stamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    permit: Option<String>,
    /// When it was entered; absent of an entry that is being made.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

impl StampEntryView {
    fn of(entry: StampEntry) -> StampEntryView {
        let (entry, first, last) = match entry {
            StampEntry::Received { first, last } => ("received", first, last),
            StampEntry::Became { stamp, fate } => (fate.as_str(), stamp, stamp),
        };
        StampEntryView { entry, first, last, permit: None, at: None }
    }

    fn of_row(row: StampRow) -> StampEntryView {
        StampEntryView {
            permit: row.permit.map(|permit| permit.to_string()),
            at: Some(row.at.to_string()),
            ..StampEntryView::of(row.entry)
        }
    }
}

/// The stock of an office.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct StockView {
    /// The id of the office.
    office: String,
    /// How many stamps ever came in.
    received: u64,
    /// How many of them are left.
    left: u64,
    /// The lowest of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest: Option<u64>,
    /// The entries asked for, by number.
    #[serde(flatten)]
    entries: PageView<StampEntryView>,
}

/// The stock of an office, with its entries by number.
#[utoipa::path(
    get, path = "/api/stamps", tag = "stamps", params(Wanted),
    responses((status = 200, description = "What is left, and a page of the entries.", body = StockView))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<StockView>, Problem> {
    caller.reach()?;
    let told: Option<AgencyId> = wanted.office.as_deref().map(id).transpose()?;
    let agency = told.or(caller.actor.agency);
    let agency = agency.ok_or_else(|| Problem::unreadable("you are of no office; name one as `office`"))?;
    caller.may(&deed::stock_of(agency))?;
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let left = office.store().stamps_left(agency).await;
    let left = left.map_err(|error| Problem::fault("the stock of stamps cannot be read", &error))?;
    let fate = wanted.became.map(FateWord::fate);
    let entries = office.store().stamp_entries(agency, fate, after.as_ref(), most).await?;
    Ok(Json(StockView {
        office: agency.to_string(),
        received: left.received,
        left: left.left,
        lowest: left.lowest,
        entries: PageView::of(entries, StampEntryView::of_row),
    }))
}

/// Something that happened to the stock.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(tag = "entry", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Kept {
    /// A run of stamps came in.
    Received {
        /// Its first number.
        first: u64,
        /// Its last number.
        last: u64,
    },
    /// A stamp was damaged, and destroyed.
    Spoiled {
        /// Its number.
        stamp: u64,
    },
    /// Nobody knows where a stamp is; a paper that bears it is not genuine.
    Lost {
        /// Its number.
        stamp: u64,
    },
}

impl Kept {
    const fn entry(&self) -> StampEntry {
        match *self {
            Kept::Received { first, last } => StampEntry::Received { first, last },
            Kept::Spoiled { stamp } => StampEntry::Became { stamp, fate: Fate::Spoiled },
            Kept::Lost { stamp } => StampEntry::Became { stamp, fate: Fate::Lost },
        }
    }
}

/// Enters into the stock of one's office that a run of stamps came in, or that a stamp was spoiled or lost. That one was
/// issued is entered by the issue of its permit.
#[utoipa::path(
    post, path = "/api/stamps", tag = "stamps", request_body = Kept, params(IdempotencyKey),
    responses((status = 201, description = "The entry.", body = StampEntryView))
)]
pub(super) async fn keep(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    if let Some(agency) = caller.actor.agency {
        caller.may(&deed::stock_of(agency))?;
    }
    let (body, key) = (sent.body::<Kept>()?, sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let kept = deed::keep(&office, &caller, body.entry()).await?;
        let reply = reply(201, &StampEntryView::of(kept.record))?;
        kept.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
