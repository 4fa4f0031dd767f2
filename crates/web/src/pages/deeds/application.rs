//! What is done to an application on its page: written, handed in, sent back, accepted, decided, issued.

use access::{Authority, Deed, Denied, may};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, ApplicationId, Day, QuotaId};
use permits::application::LineDecision;
use permits::application::asked::{HeadField, LineField, PendingLine, ReadHead, Taxa};
use permits::application::department::{Side, With};
use permits::fields::Field;
use store::ApplicationRecord;

use super::super::applications as pages;
use super::super::form::sentence;
use super::consultation::FINDINGS;
use super::{Fields, saved};
use crate::caller::Caller;
use crate::deeds::{self, Prepared, chain, decision, draft, lines_file, permit, review};
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

/// A question with its letter and its answer.
pub(in super::super) struct Question {
    pub(in super::super) number: u32,
    pub(in super::super) asked_of: String,
    pub(in super::super) asked: Day,
    pub(in super::super) letter: String,
    pub(in super::super) answer: Option<(String, Day)>,
    /// The finding of the Scientific Authority, in words.
    pub(in super::super) finding: Option<&'static str>,
    /// Whether the reader is to answer it.
    pub(in super::super) is_to_answer: bool,
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
    /// Departments that a review can be passed on to.
    pub(in super::super) departments: Vec<Choice>,
    /// Scientific Authorities that share the system.
    pub(in super::super) scientists: Vec<Choice>,
    /// The side of the department's review that is with the reader.
    pub(in super::super) review: Option<&'static str>,
    pub(in super::super) questions: Vec<Question>,
    /// What was wrong with the form that was sent.
    pub(in super::super) wrong: Option<String>,
}

/// The department's review, where it is under way at the caller's agency.
fn review_at(caller: &Caller, record: &ApplicationRecord) -> Option<With> {
    let review = record.review.as_ref().filter(|review| review.is_under_way())?;
    review.with().filter(|with| Some(with.agency) == caller.actor.agency)
}

/// The deeds of each state that the page has a form for.
fn deeds_of(caller: &Caller, record: &ApplicationRecord) -> Vec<Deed> {
    let own: &[Deed] = match record.state.as_str() {
        "draft" => &[Deed::DraftApplication, Deed::ImportLines, Deed::SubmitApplication],
        "received" if record.state.notice().is_none() => {
            &[Deed::AcceptApplication, Deed::NotifyDefects, Deed::WithdrawApplication]
        }
        "received" => &[Deed::AcceptApplication, Deed::WithdrawApplication],
        "incomplete" => &[Deed::AnswerDefects, Deed::WithdrawApplication],
        "accepted" => &[
            Deed::ConsultScience,
            Deed::AdviseScience,
            Deed::ExtendClock,
            Deed::DecideApplication,
            Deed::RefuseApplication,
            Deed::WithdrawApplication,
        ],
        "granted" => &[Deed::IssuePermit, Deed::WithdrawApplication],
        _ => &[],
    };
    let mut deeds = own.to_vec();
    if matches!(record.state.as_str(), "received" | "incomplete" | "accepted") {
        deeds.push(Deed::RecordApproval);
        deeds.extend(review_at(caller, record).map(|with| review_deed(with.side)));
    }
    if record.state.takes_files() {
        deeds.push(Deed::AttachFile);
    }
    deeds.push(Deed::CopyApplication);
    deeds
}

/// The deed by which a department's review goes on.
const fn review_deed(side: Side) -> Deed {
    match side {
        Side::Forestry => Deed::ReviewForForestry,
        Side::Fishery => Deed::ReviewForFishery,
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
        for deed in deeds_of(caller, record) {
            match may(&caller.actor, deed, &thing) {
                Ok(()) => deeds.push(deed),
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
            departments: Vec::new(),
            scientists: Vec::new(),
            review: None,
            questions: Vec::new(),
            quotas: Vec::new(),
            wrong: None,
            deeds,
        };
        if possible.can(Deed::SubmitApplication) {
            possible.offices = choices(office, Authority::Management, record.agency).await?;
        }
        possible.others(office, caller, record).await?;
        if let (true, Some(agency)) = (possible.can(Deed::DecideApplication), record.agency) {
            possible.quotas = quotas(office, agency).await?;
        }
        Ok(possible)
    }

    /// Whom else the application is about: a review that is with the caller, and questions.
    async fn others(
        &mut self,
        office: &Office,
        caller: &Caller,
        record: &ApplicationRecord,
    ) -> Result<(), Problem> {
        if let Some(with) = review_at(caller, record).filter(|with| self.can(review_deed(with.side))) {
            self.review = Some(with.side.as_str());
            self.departments = choices(office, review::authority_of(with.side), None).await?;
            self.departments.retain(|choice| choice.value != with.agency.to_string());
        }
        if self.can(Deed::ConsultScience) {
            self.scientists = choices(office, Authority::Scientific, None).await?;
        }
        for asked in office.store().consultations(record.id).await? {
            let is_own = asked.agency.is_some() && asked.agency == caller.actor.agency;
            self.questions.push(Question {
                number: asked.question,
                asked_of: asked.asked_of,
                asked: asked.asked,
                letter: asked.letter,
                is_to_answer: is_own && asked.answer.is_none() && self.can(Deed::AdviseScience),
                finding: asked.advice.as_ref().and_then(|advice| {
                    FINDINGS.iter().find(|(finding, _)| *finding == advice.finding).map(|(_, words)| *words)
                }),
                answer: asked.answer,
            });
        }
        Ok(())
    }

    pub(in super::super) fn can(&self, deed: Deed) -> bool {
        self.deeds.contains(&deed)
    }

    pub(in super::super) fn is_nothing(&self) -> bool {
        self.deeds.is_empty() && self.barred.is_empty()
    }
}

/// The agencies that are an authority of a kind, to choose from; `only` one of them where it is told.
async fn choices(
    office: &Office,
    authority: Authority,
    only: Option<AgencyId>,
) -> Result<Vec<Choice>, Problem> {
    let agencies = office.store().agencies().await?.into_iter().map(|known| known.agency);
    let fit = agencies.filter(|agency| {
        agency.authorities.contains(&authority) && only.is_none_or(|only| only == agency.id)
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
            "{} {} {} ({}): {} left",
            quota.year,
            quota.country,
            quota.taxon,
            if only.is_empty() { "all specimens".to_owned() } else { only.join(", ") },
            loaded.balance.left()
        );
        choices.push(Choice { value: quota.id.to_string(), words });
    }
    choices.sort_by(|one, other| one.words.cmp(&other.words));
    Ok(choices)
}

/// A form that was sent about an application.
pub(super) struct Form {
    id: ApplicationId,
    pub(super) fields: Fields,
}

impl Form {
    pub(super) async fn read(
        office: &Office,
        caller: &Caller,
        written: &str,
        sent: Sent,
    ) -> Result<Form, Problem> {
        let id = deeds::may_to_application(office, caller, written).await?;
        Ok(Form { id, fields: Fields::of(sent).await? })
    }

    pub(super) fn which(&self) -> Result<(ApplicationId, store::Version), Problem> {
        Ok((self.id, self.fields.seen()?))
    }

    /// Saves the deed and leads back to the application, or shows its page again with what was wrong.
    pub(super) async fn answer(
        &self,
        office: &Office,
        caller: &Caller,
        deed: impl Future<Output = Result<Prepared<ApplicationRecord>, Problem>>,
    ) -> Result<Response, Problem> {
        led(office, caller, self.id, deed, page_of).await
    }
}

/// Saves a deed and leads on, or shows the page of the application again with what was wrong.
pub(super) async fn led<T>(
    office: &Office,
    caller: &Caller,
    application: ApplicationId,
    deed: impl Future<Output = Result<Prepared<T>, Problem>>,
    to: impl Fn(&T) -> String,
) -> Result<Response, Problem> {
    match saved(deed, to).await {
        Ok(response) => Ok(response),
        Err(problem) => pages::again(office, caller, application, problem).await,
    }
}

/// The page of an application.
pub(super) fn page_of(record: &ApplicationRecord) -> String {
    format!("/applications/{}", record.id)
}

/// Lines of text, without those that are empty.
fn lines(text: &str) -> Vec<Box<str>> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Box::from).collect()
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
        let pasted = Bytes::from(form.fields.text("table").to_owned());
        Ok(lines_file::import(&office, &caller, form.which()?, pasted).await?.0)
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
    led(&office, &caller, form.id, deed, |(permit, _)| format!("/permits/{}", permit.id)).await
}
