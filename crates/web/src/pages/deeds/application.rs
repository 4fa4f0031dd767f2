//! What is done to an application on its page: written, handed in, sent back, accepted, decided, issued.

use access::{Authority, Deed, Denied, may};
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, ApplicationId, QuotaId};
use permits::application::LineDecision;
use permits::application::asked::{HeadField, LineField, PendingLine, ReadHead, Taxa};
use permits::fields::Field;
use store::ApplicationRecord;

use super::super::applications as pages;
use super::super::form::sentence;
use super::{Fields, saved, to_mend};
use crate::caller::Caller;
use crate::deeds::{self, Prepared, chain, decision, draft, permit};
use crate::once::Sent;
use crate::problem::Problem;
use crate::{Office, seen};

/// The fields of the head that the page offers.
const HEAD: [(HeadField, &str); 3] = [
    (HeadField::OtherSide, "The State on the other side"),
    (HeadField::Purpose, "Purpose of lines that name none"),
    (HeadField::Port, "Port of the planned crossing"),
];

/// A field of the head as it is written.
pub(in super::super) struct Written {
    pub(in super::super) name: String,
    pub(in super::super) label: &'static str,
    pub(in super::super) text: String,
}

/// A row of a table that waits to be corrected, with why.
pub(in super::super) struct Waiting {
    /// Its place among those that wait, from 0.
    pub(in super::super) at: usize,
    pub(in super::super) row: u32,
    pub(in super::super) name: String,
    /// The fields that keep it from being taken.
    pub(in super::super) fields: Vec<WaitingField>,
}

/// A field that cannot be read, with what is written in it and why.
pub(in super::super) struct WaitingField {
    pub(in super::super) name: String,
    pub(in super::super) text: String,
    pub(in super::super) reasons: Vec<String>,
}

impl Waiting {
    fn of(at: usize, waiting: &PendingLine, taxa: &Taxa<'_>) -> Waiting {
        let mut fields: Vec<WaitingField> = Vec::new();
        for remark in waiting.line.read(taxa).1.iter().filter(|remark| remark.note.is_defect()) {
            let (name, reason) = (remark.field.id().into_owned(), sentence(&remark.note.to_string()));
            match fields.iter_mut().find(|field| field.name == name) {
                Some(field) => field.reasons.push(reason),
                None => {
                    let text = waiting.line.texts().get(remark.field).to_owned();
                    fields.push(WaitingField { name, text, reasons: vec![reason] });
                }
            }
        }
        let name = waiting.line.texts().get(LineField::Name).to_owned();
        Waiting { at, row: waiting.row, name, fields }
    }
}

/// An office, or a quota, to choose.
pub(in super::super) struct Choice {
    pub(in super::super) value: String,
    pub(in super::super) words: String,
}

/// What whoever looks may do to the application now.
pub(in super::super) struct Possible {
    pub(in super::super) id: String,
    pub(in super::super) seen: i64,
    deeds: Vec<Deed>,
    /// Why somebody else must do what would be next, where four eyes stand between.
    pub(in super::super) barred: Vec<String>,
    pub(in super::super) head: Vec<Written>,
    pub(in super::super) waiting: Vec<Waiting>,
    pub(in super::super) offices: Vec<Choice>,
    pub(in super::super) quotas: Vec<Choice>,
    /// What was wrong with the form that was sent.
    pub(in super::super) wrong: Option<String>,
}

/// The deeds of each state that the page has a form for.
fn deeds_of(record: &ApplicationRecord) -> &'static [Deed] {
    match record.state.as_str() {
        "draft" => &[Deed::DraftApplication, Deed::ImportLines, Deed::SubmitApplication],
        "received" if record.state.notice().is_none() => {
            &[Deed::AcceptApplication, Deed::NotifyDefects, Deed::WithdrawApplication]
        }
        "received" => &[Deed::AcceptApplication, Deed::WithdrawApplication],
        "incomplete" => &[Deed::AnswerDefects, Deed::WithdrawApplication],
        "accepted" => &[Deed::DecideApplication, Deed::RefuseApplication, Deed::WithdrawApplication],
        "granted" => &[Deed::IssuePermit, Deed::WithdrawApplication],
        _ => &[],
    }
}

impl Possible {
    /// What `caller` may do to `record` now.
    ///
    /// # Errors
    /// The database fails, or what is asked cannot be read.
    pub(in super::super) async fn of(
        office: &Office,
        caller: &Caller,
        record: &ApplicationRecord,
    ) -> Result<Possible, Problem> {
        let thing = record.thing();
        let (mut deeds, mut barred) = (Vec::new(), Vec::new());
        for deed in deeds_of(record) {
            match may(&caller.actor, *deed, &thing) {
                Ok(()) => deeds.push(*deed),
                Err(denied @ Denied::FourEyes { .. }) => barred.push(sentence(&denied.to_string())),
                Err(_) => {}
            }
        }
        let asked = deeds::asked(record)?;
        let head = |(field, label): &(HeadField, &'static str)| Written {
            name: field.id().into_owned(),
            label,
            text: asked.head.get(*field).to_owned(),
        };
        let waiting = asked.pending().iter().enumerate();
        let waiting = waiting.map(|(at, row)| Waiting::of(at, row, office.taxa()));
        let mut possible = Possible {
            id: record.id.to_string(),
            seen: record.version.0,
            barred,
            head: HEAD.iter().map(head).collect(),
            waiting: waiting.collect(),
            offices: Vec::new(),
            quotas: Vec::new(),
            wrong: None,
            deeds,
        };
        if possible.can(Deed::SubmitApplication) {
            possible.offices = offices(office, record).await?;
        }
        if let (true, Some(agency)) = (possible.can(Deed::DecideApplication), record.agency) {
            possible.quotas = quotas(office, agency).await?;
        }
        Ok(possible)
    }

    pub(in super::super) fn can(&self, deed: Deed) -> bool {
        self.deeds.contains(&deed)
    }

    pub(in super::super) fn is_nothing(&self) -> bool {
        self.deeds.is_empty() && self.barred.is_empty()
    }
}

/// The offices that an application can be handed in to.
async fn offices(office: &Office, record: &ApplicationRecord) -> Result<Vec<Choice>, Problem> {
    let agencies = office.store().agencies().await?.into_iter().map(|known| known.agency);
    let fit = agencies.filter(|agency| {
        agency.authorities.contains(&Authority::Management)
            && record.agency.is_none_or(|charge| charge == agency.id)
    });
    Ok(fit.map(|agency| Choice { value: agency.id.to_string(), words: agency.name }).collect())
}

/// The quotas of an office this year, with what is left of each.
async fn quotas(office: &Office, agency: AgencyId) -> Result<Vec<Choice>, Problem> {
    let mut choices = Vec::new();
    for quota in office.store().quotas(agency, office.today().year()).await? {
        let Some(loaded) = office.store().quota(quota.id, None).await? else { continue };
        let only = [
            quota.term.map(|term| term.to_string()),
            quota.source.map(|source| format!("source {source}")),
            quota.purpose.map(|purpose| format!("purpose {purpose}")),
        ];
        let only: Vec<String> = only.into_iter().flatten().collect();
        let words = format!(
            "{} {} ({}): {} left",
            quota.year,
            quota.taxon,
            if only.is_empty() { "all specimens".to_owned() } else { only.join(", ") },
            loaded.balance.left()
        );
        choices.push(Choice { value: quota.id.to_string(), words });
    }
    Ok(choices)
}

/// A form that was sent about an application.
struct Form {
    id: ApplicationId,
    fields: Fields,
}

impl Form {
    async fn read(office: &Office, caller: &Caller, written: &str, sent: Sent) -> Result<Form, Problem> {
        let id = deeds::may_to_application(office, caller, written).await?;
        Ok(Form { id, fields: Fields::of(sent).await? })
    }

    fn which(&self) -> Result<(ApplicationId, store::Version), Problem> {
        Ok((self.id, self.fields.seen()?))
    }

    /// Saves the deed and leads back to the application, or shows its page again with what was wrong.
    async fn answer(
        &self,
        office: &Office,
        caller: &Caller,
        deed: impl Future<Output = Result<Prepared<ApplicationRecord>, Problem>>,
    ) -> Result<Response, Problem> {
        self.led(office, caller, deed, |record| format!("/applications/{}", record.id)).await
    }

    async fn led<T>(
        &self,
        office: &Office,
        caller: &Caller,
        deed: impl Future<Output = Result<Prepared<T>, Problem>>,
        to: impl Fn(&T) -> String,
    ) -> Result<Response, Problem> {
        let done = async {
            let prepared = deed.await?;
            let to = to(&prepared.record);
            saved(Ok(prepared), &to).await
        };
        match done.await {
            Ok(response) => Ok(response),
            Err(problem) => {
                let wrong = to_mend(problem)?;
                let record = seen::application(office, caller, &self.id.to_string()).await?;
                pages::again(office, caller, record, wrong).await
            }
        }
    }
}

/// Lines of text, without those that are empty.
fn lines(text: &str) -> Vec<Box<str>> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Box::from).collect()
}

/// The cells of a table that was pasted: with tabs as out of a spreadsheet, else as CSV.
fn cells(pasted: &str) -> Result<Vec<Vec<String>>, Problem> {
    let delimiter = if pasted.contains('\t') {
        b'\t'
    } else if pasted.contains(';') && !pasted.contains(',') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    let rows = reader.from_reader(pasted.as_bytes()).into_records();
    let rows = rows.map(|row| row.map(|row| row.iter().map(str::to_owned).collect()));
    rows.collect::<Result<_, csv::Error>>()
        .map_err(|error| Problem::refused(format!("the table cannot be read: {error}")))
}

pub(in super::super) async fn write_head(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let record = seen::application(&office, &caller, &application).await?;
        let mut asked = deeds::asked(&record)?;
        for (field, _) in HEAD {
            let text = form.fields.text(&field.id());
            asked.head.write(field, text).map_err(|error| Problem::refused(error.to_string()))?;
        }
        let defect = ReadHead::of(&asked.head).1.into_iter().find(|remark| remark.note.is_defect());
        match defect {
            Some(defect) => Err(Problem::refused(defect.to_string())),
            None => draft::write(&office, &caller, form.which()?, &asked).await,
        }
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn paste(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let rows = cells(form.fields.text("table"))?;
        Ok(draft::import(&office, &caller, form.which()?, &rows).await?.0)
    };
    form.answer(&office, &caller, deed).await
}

/// Corrects a row that waits, field by field; it is a line from when it is sound.
pub(in super::super) async fn correct(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let record = seen::application(&office, &caller, &application).await?;
        let mut asked = deeds::asked(&record)?;
        let at = form.fields.read::<usize>("at")?.unwrap_or(usize::MAX);
        for field in LineField::ALL {
            let Some(text) = form.fields.maybe(&format!("field-{}", field.id())) else { continue };
            let taken = asked.correct(at, *field, text, office.taxa());
            if taken.map_err(|error| Problem::refused(error.to_string()))? {
                break;
            }
        }
        draft::write(&office, &caller, form.which()?, &asked).await
    };
    form.answer(&office, &caller, deed).await
}

/// Takes every line, or the rows that wait, out of a draft, to be written anew.
pub(in super::super) async fn clear(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let record = seen::application(&office, &caller, &application).await?;
        let mut asked = deeds::asked(&record)?;
        while !asked.pending().is_empty() {
            asked.drop_pending(0).map_err(|error| Problem::refused(error.to_string()))?;
        }
        while form.fields.text("what") == "lines" && !asked.lines().is_empty() {
            asked.remove(0).map_err(|error| Problem::refused(error.to_string()))?;
        }
        draft::write(&office, &caller, form.which()?, &asked).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn submit(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let to = form.fields.read::<AgencyId>("agency")?;
        let to = to.ok_or_else(|| Problem::refused("choose the office that is to decide"))?;
        chain::submit(&office, &caller, form.which()?, (to, None)).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn notify(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed =
        async { chain::notify(&office, &caller, form.which()?, lines(form.fields.text("defects"))).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn answer(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async { chain::answer(&office, &caller, form.which()?, (None, None)).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn accept(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async { chain::accept(&office, &caller, form.which()?).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn withdraw(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async { chain::withdraw(&office, &caller, form.which()?).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn grant(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let record = seen::application(&office, &caller, &application).await?;
        let mut decided = Vec::new();
        for (line, _) in (1_u32..).zip(deeds::asked(&record)?.lines()) {
            if form.fields.text(&format!("grant-{line}")) == "yes" {
                decided.push(LineDecision {
                    line,
                    quantity: form.fields.read(&format!("quantity-{line}"))?,
                    quota: form.fields.read::<QuotaId>(&format!("quota-{line}"))?,
                    reasons: None,
                });
            }
        }
        decision::grant(&office, &caller, form.which()?, (&decided, form.fields.maybe("reasons"))).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn refuse(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async { decision::refuse(&office, &caller, form.which()?, form.fields.text("reasons")).await };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn issue(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let issuing =
            permit::Issuing { last_day: form.fields.read("last-day")?, stamp: form.fields.read("stamp")? };
        permit::issue(&office, &caller, form.which()?, issuing).await
    };
    form.led(&office, &caller, deed, |(permit, _)| format!("/permits/{}", permit.id)).await
}
