//! What is done to a permit on its page: printed, handed over, endorsed, amended, cancelled, reported lost, taken back.

use ::permits::application::Permit;
use access::{Deed, Denied, may};
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Day, PermitId, Quantity};
use store::PermitRecord;

use super::super::form::sentence;
use super::super::permits as pages;
use super::{Fields, saved};
use crate::caller::Caller;
use crate::deeds::Prepared;
use crate::deeds::amendment::{self, AmendedLine, Amendment};
use crate::deeds::permit::{self, Crossed, End, Note, Whole, may_to_permit};
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

const DEEDS: [Deed; 9] = [
    Deed::PrintPermit,
    Deed::HandOverPermit,
    Deed::EndorsePermit,
    Deed::FileEndorsedCopy,
    Deed::RequestAmendment,
    Deed::AmendPermit,
    Deed::TakeBackEndorsedCopy,
    Deed::ReportLoss,
    Deed::CancelPermit,
];

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
        barred.sort();
        barred.dedup();
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

    /// Saves the deed and leads to the permit that it is about, or shows the page again with what was wrong.
    async fn answer(
        &self,
        office: &Office,
        caller: &Caller,
        deed: impl Future<Output = Result<Prepared<Whole>, Problem>>,
    ) -> Result<Response, Problem> {
        match saved(deed, |(permit, _)| format!("/permits/{}", permit.id)).await {
            Ok(response) => Ok(response),
            Err(problem) => pages::again(office, caller, self.id, problem).await,
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

pub(in super::super) async fn print(
    office: State<Office>,
    caller: Caller,
    permit: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(office, caller, permit, (sent, Note::Printed)).await
}

pub(in super::super) async fn hand_over(
    office: State<Office>,
    caller: Caller,
    permit: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(office, caller, permit, (sent, Note::HandedOver)).await
}

pub(in super::super) async fn file_copy(
    office: State<Office>,
    caller: Caller,
    permit: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(office, caller, permit, (sent, Note::CopyFiled)).await
}

async fn note(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    (sent, note): (Sent, Note),
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let deed = async { permit::note(&office, &caller, form.which()?, note).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn ask_amendment(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let asked = (form.fields.text("wanted"), form.fields.text("why"));
    let deed = async { amendment::ask(&office, &caller, form.which()?, asked).await };
    form.answer(&office, &caller, deed).await
}

/// Replaces the permit by another: with another port, less of a line, other marks.
pub(in super::super) async fn amend(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &permit, sent).await?;
    let deed = async {
        let mut lines = Vec::new();
        for known in office.store().permit_lines(form.id).await? {
            let line = known.line.line;
            let marks = form.fields.maybe(&format!("marks-{line}"));
            lines.push(AmendedLine {
                line,
                quantity: form.fields.read::<Quantity>(&format!("quantity-{line}"))?,
                fields: marks.map(|marks| ("marks".to_owned(), marks.to_owned())).into_iter().collect(),
            });
        }
        let port = form.fields.maybe("port").map(|port| ("port".to_owned(), port.to_owned()));
        let amendment = Amendment {
            reason: form.fields.text("reason").to_owned(),
            last_day: form.fields.read("last-day")?,
            head: port.into_iter().collect(),
            lines,
        };
        amendment::amend(&office, &caller, form.which()?, &amendment).await
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
