//! Registered breeding operations, nurseries and scientific institutions.

use access::{Owner, Thing};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use cites::{Country, Day, OperatorId};
use store::{EstablishmentKind, EstablishmentRecord};
use utoipa::{IntoParams, ToSchema};

use super::answer::reply;
use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::establishment::{self as deed, Entered};
use crate::once::{IdempotencyKey, Sent, once};
use crate::problem::Problem;
use crate::sent::{Asked, page};

/// The word of a kind of establishment.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = EstablishmentKind)]
pub(super) enum KindWord {
    BreedingOperation,
    Nursery,
    ScientificInstitution,
}

impl KindWord {
    const fn kind(self) -> EstablishmentKind {
        match self {
            KindWord::BreedingOperation => EstablishmentKind::BreedingOperation,
            KindWord::Nursery => EstablishmentKind::Nursery,
            KindWord::ScientificInstitution => EstablishmentKind::ScientificInstitution,
        }
    }
}

/// Which establishments.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Of which kind.
    kind: KindWord,
    /// Only those whose name or number holds this, in capitals or not.
    search: Option<String>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50. A page of a search may have fewer and go on.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// An establishment as its register holds it.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct EstablishmentView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// breeding-operation, nursery or scientific-institution.
    kind: &'static str,
    /// Its number in the register; absent until it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// Its name.
    name: String,
    /// Where it is, two letters.
    country: String,
    /// The id of the operator that runs it, where it is one of the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<String>,
    /// The day of its registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<String>,
    /// The day on which it was taken out of the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    /// What else the register holds: `address`, `telephone`, `fax`, `mail`, `website`, `marks`, and the `taxa` by
    /// kingdom and name.
    #[schema(value_type = Object)]
    content: serde_json::Value,
}

impl EstablishmentView {
    fn of(record: EstablishmentRecord) -> EstablishmentView {
        EstablishmentView {
            id: record.id.to_string(),
            version: record.version.0,
            kind: record.kind.as_str(),
            number: Some(record.number).filter(|number| !number.is_empty()),
            name: record.name,
            country: record.country.to_string(),
            operator: record.operator.map(|operator| operator.to_string()),
            registered: record.registered.map(|day| day.to_string()),
            ended: record.ended.map(|day| day.to_string()),
            content: record.content,
        }
    }
}

/// Lists the establishments of a kind by name.
#[utoipa::path(
    get, path = "/api/establishments", tag = "establishments", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<EstablishmentView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    wanted: Result<Asked<Wanted>, Problem>,
) -> Result<Json<PageView<EstablishmentView>>, Problem> {
    caller.reach()?;
    let Asked(wanted) = wanted?;
    let place = page(wanted.after.as_deref(), wanted.most)?;
    let found = deed::found(&office, wanted.kind.kind(), wanted.search.as_deref(), place).await?;
    Ok(Json(PageView::of(found, EstablishmentView::of)))
}

/// An establishment that is to be registered.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewEstablishment {
    /// What it is.
    kind: KindWord,
    /// Its number in the register, such as A-CN-501 of a breeding operation; left out until it has one.
    #[serde(default)]
    number: String,
    /// Its name.
    name: String,
    /// Where it is, two letters.
    #[schema(value_type = String)]
    country: Country,
    /// The id of the operator that runs it, where it is one of the office's.
    #[schema(value_type = Option<String>)]
    operator: Option<OperatorId>,
    /// The address as written.
    #[serde(default)]
    address: String,
    /// Telephone, as written.
    #[serde(default)]
    telephone: String,
    /// Fax, as written.
    #[serde(default)]
    fax: String,
    /// Electronic mail, as written.
    #[serde(default)]
    mail: String,
    /// Website, as written.
    #[serde(default)]
    website: String,
    /// How it marks its specimens, as the register says.
    #[serde(default)]
    marks: String,
    /// The scientific names of the taxa for which it is registered.
    #[serde(default)]
    taxa: Vec<String>,
    /// The day of its registration.
    #[schema(value_type = Option<String>)]
    registered: Option<Day>,
    /// The day on which it was taken out of the register.
    #[schema(value_type = Option<String>)]
    ended: Option<Day>,
}

impl NewEstablishment {
    fn entered(self) -> Entered {
        Entered {
            kind: self.kind.kind(),
            number: self.number,
            name: self.name,
            country: self.country,
            operator: self.operator,
            contact: vec![
                ("address", self.address),
                ("telephone", self.telephone),
                ("fax", self.fax),
                ("mail", self.mail),
                ("website", self.website),
                ("marks", self.marks),
            ],
            taxa: self.taxa,
            registered: self.registered,
            ended: self.ended,
        }
    }
}

/// Registers an establishment as its register holds it.
#[utoipa::path(
    post, path = "/api/establishments", tag = "establishments", request_body = NewEstablishment,
    params(IdempotencyKey),
    responses((status = 201, description = "The establishment.", body = EstablishmentView))
)]
pub(super) async fn enter(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may(&Thing { owner: Owner::House, charge: caller.actor.agency, ..Thing::default() })?;
    let (entered, key) = (sent.body::<NewEstablishment>()?.entered(), sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let done = deed::register(&office, &caller, &entered).await?;
        let reply = reply(201, &EstablishmentView::of(done.record.clone()))?;
        done.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
