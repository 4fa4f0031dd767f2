//! What is done to a permit on its page: endorsed, cancelled, reported lost, taken back.

use ::permits::application::Permit;
use access::{Deed, Denied, may};
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Day, PermitId, Quantity};
use store::PermitRecord;

use super::super::form::sentence;
use super::super::permits as pages;
use super::{Fields, saved, to_mend};
use crate::caller::Caller;
use crate::deeds::Prepared;
use crate::deeds::permit::{self, Crossed, End, Whole, may_to_permit};
use crate::once::Sent;
use crate::problem::Problem;
use crate::{Office, seen};

/// What whoever looks may do to the permit now.
pub(in super::super) struct Possible {
    pub(in super::super) id: String,
    pub(in super::super) seen: i64,
    deeds: Vec<Deed>,
    /// Why somebody else must do it, where four eyes stand between.
    pub(in super::super) barred: Vec<String>,
    /// What was wrong with the form that was sent.
    pub(in super::super) wrong: Option<String>,
}

const DEEDS: [Deed; 4] =
    [Deed::EndorsePermit, Deed::TakeBackEndorsedCopy, Deed::ReportLoss, Deed::CancelPermit];

impl Possible {
    /// What `caller` may do to `permit` now.
    ///
    /// # Errors
    /// The database fails.
    pub(in super::super) async fn of(
        office: &Office,
        caller: &Caller,
        permit: &PermitRecord,
    ) -> Result<Possible, Problem> {
        let application = match permit.application {
            Some(application) => office.store().application(application).await?,
            None => None,
        };
        let thing = seen::thing(permit, application.as_ref());
        let (mut deeds, mut barred) = (Vec::new(), Vec::new());
        let is_live = matches!(permit.state, Permit::Live(_));
        for deed in DEEDS.into_iter().filter(|_| is_live) {
            match may(&caller.actor, deed, &thing) {
                Ok(()) => deeds.push(deed),
                Err(denied @ Denied::FourEyes { .. }) => barred.push(sentence(&denied.to_string())),
                Err(_) => {}
            }
        }
        Ok(Possible { id: permit.id.to_string(), seen: permit.version.0, deeds, barred, wrong: None })
    }

    pub(in super::super) fn can(&self, deed: Deed) -> bool {
        self.deeds.contains(&deed)
    }

    pub(in super::super) fn is_nothing(&self) -> bool {
        self.deeds.is_empty() && self.barred.is_empty()
    }
}

/// A form that was sent about a permit.
struct Form {
    id: PermitId,
    fields: Fields,
}

impl Form {
    async fn read(office: &Office, caller: &Caller, written: &str, sent: Sent) -> Result<Form, Problem> {
        let id = may_to_permit(office, caller, written).await?;
        Ok(Form { id, fields: Fields::of(sent).await? })
    }

    fn which(&self) -> Result<(PermitId, store::Version), Problem> {
        Ok((self.id, self.fields.seen()?))
    }

    async fn answer(
        &self,
        office: &Office,
        caller: &Caller,
        deed: impl Future<Output = Result<Prepared<Whole>, Problem>>,
    ) -> Result<Response, Problem> {
        match saved(deed.await, &format!("/permits/{}", self.id)).await {
            Ok(response) => Ok(response),
            Err(problem) => {
                let wrong = to_mend(problem)?;
                let record = seen::permit(office, caller, &self.id.to_string()).await?;
                pages::again(office, caller, record, wrong).await
            }
        }
    }
}

pub(in super::super) async fn endorse(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let deed = async {
        let needed = |what: &str| Problem::refused(format!("write {what} that crossed"));
        let line = form.fields.read::<u32>("line")?.ok_or_else(|| needed("the line"))?;
        let quantity = form.fields.read::<Quantity>("quantity")?.ok_or_else(|| needed("the quantity"))?;
        let day = form.fields.read::<Day>("day")?.unwrap_or_else(|| office.today());
        let crossed = Crossed { line, quantity, day, port: form.fields.text("port").to_owned() };
        permit::endorse(&office, &caller, form.which()?, &crossed).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn cancel(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let end = End::Cancelled(form.fields.text("reason").to_owned());
    let deed = async { permit::end(&office, &caller, form.which()?, end).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn lose(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let deed = async { permit::end(&office, &caller, form.which()?, End::Lost).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn take_back(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let deed = async { permit::end(&office, &caller, form.which()?, End::Returned).await };
    form.answer(&office, &caller, deed).await
}
