//! What is sent of a record: views with their own fields, so that a change of a record is no silent change of the API.

use cites::Day;
use permits::application::{AmendmentRequest, Ended, Live, Permit};
use store::{AccountRecord, ApplicationSummary, LineWithBalance, Page, PermitRecord, PermitSummary, Stopped};
use utoipa::ToSchema;

use crate::Office;
use crate::deeds::permit::copy_due;

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it describes a body, which is read and sent as bytes")]
pub(super) struct FileBytes(Vec<u8>);

/// A page of a list.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PageView<T> {
    /// The rows.
    rows: Vec<T>,
    /// Give it as `after` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<T> PageView<T> {
    pub(super) fn of<R>(page: Page<R>, view: impl Fn(R) -> T) -> PageView<T> {
        let next = page.next.map(|place| place.to_string());
        PageView { rows: page.rows.into_iter().map(view).collect(), next }
    }
}

/// Who is signed in.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AccountView {
    /// The id of the account.
    id: String,
    /// Grows with each change.
    version: i64,
    /// What they sign in with.
    login: String,
    /// Their name.
    name: String,
    /// Where mail reaches them.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// The language of their pages and mails (BCP 47).
    language: String,
    /// The id of their agency; absent for those who apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The words of their roles.
    roles: Vec<&'static str>,
    /// The operators they act for.
    operators: Vec<String>,
}

impl AccountView {
    pub(super) fn of(account: &AccountRecord, actor: &access::Actor) -> AccountView {
        AccountView {
            id: account.id.to_string(),
            version: account.version.0,
            login: account.login.clone(),
            name: account.name.clone(),
            mail: account.mail.clone(),
            language: account.language.to_string(),
            agency: account.agency.map(|agency| agency.to_string()),
            roles: account.roles.iter().map(access::Role::as_str).collect(),
            operators: actor.operators.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Why a clock stands still.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct StoppedView {
    /// scientific-authority, abroad, or department while the State department reviews.
    by: &'static str,
    /// The number of the question that has no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<u32>,
}

impl StoppedView {
    pub(super) const fn of(stopped: Stopped) -> StoppedView {
        StoppedView { by: stopped.by(), question: stopped.question() }
    }
}

/// An application in a list.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct ApplicationRow {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The id of the operator who applies.
    operator: String,
    /// The id of the office in charge; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The paper that is asked for, where it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// draft, received, incomplete, accepted, granted, refused, withdrawn or issued.
    state: String,
    /// The State department's review: provincial, deciding, approved or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<String>,
    /// The last day of the clock that runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Whether that day is past.
    late: bool,
    /// Why the clock of the office stands still; absent while it runs and where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<StoppedView>,
    /// The day on which it was first handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<String>,
    /// When it was begun.
    made: String,
    /// When it was last changed.
    changed: String,
}

impl ApplicationRow {
    pub(super) fn of(row: ApplicationSummary, today: Day) -> ApplicationRow {
        ApplicationRow {
            id: row.id.to_string(),
            version: row.version.0,
            operator: row.operator.to_string(),
            agency: row.agency.map(|agency| agency.to_string()),
            kind: row.kind.map(|kind| kind.to_string()),
            state: row.state,
            review: row.review,
            due: row.due.map(|due| due.to_string()),
            late: row.due.is_some_and(|due| due < today),
            stopped: row.stopped.map(StoppedView::of),
            submitted: row.submitted.map(|day| day.to_string()),
            made: row.made.to_string(),
            changed: row.changed.to_string(),
        }
    }
}

/// A permit in a list.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PermitRow {
    /// Its id.
    id: String,
    /// Its number as printed.
    number: String,
    /// issued, expired, cancelled, replaced, lost or returned.
    state: &'static str,
    /// What it is.
    kind: String,
    /// The id of the office that issued it.
    office: String,
    /// The id of the operator who holds it.
    operator: String,
    /// The id of the application it rests on; absent of permits that were taken over.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<String>,
    /// The day of issue.
    issued: String,
    /// Its last day.
    last_day: String,
    /// The copy that the border endorsed, once goods have passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    endorsed_copy: Option<CopyView>,
    /// The day on which an amendment was asked for that is not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    amendment_asked: Option<String>,
}

impl PermitRow {
    pub(super) fn of(row: &PermitSummary, office: &Office) -> PermitRow {
        let (live, today) = (row.state.live(), office.today());
        PermitRow {
            endorsed_copy: live.and_then(|live| CopyView::of(live, office)),
            amendment_asked: live.and_then(Live::amendment).map(|asked| asked.on.to_string()),
            id: row.id.to_string(),
            number: row.number.clone(),
            state: row.state.as_str(today),
            kind: row.kind.to_string(),
            office: row.office.to_string(),
            operator: row.operator.to_string(),
            application: row.application.map(|application| application.to_string()),
            issued: row.issued.to_string(),
            last_day: row.last_day.to_string(),
        }
    }
}

/// A permit with its lines.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PermitView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// Its number as printed.
    number: String,
    /// issued, expired, cancelled, replaced, lost or returned.
    state: &'static str,
    /// What it is.
    kind: String,
    /// The id of the office that issued it.
    office: String,
    /// The id of the operator who holds it.
    operator: String,
    /// The id of the application it rests on; absent of permits that were taken over.
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<String>,
    /// The day of issue.
    issued: String,
    /// Its last day.
    last_day: String,
    /// The edition of the law book of the assessment it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// The id of the permit whose place it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    /// The numbers of the security stamps that it bears.
    stamps: Vec<u64>,
    /// The id of the permit that took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<String>,
    /// Why it was cancelled or replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The day on which it was last printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<String>,
    /// The day on which it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    handed_over: Option<String>,
    /// The copy that the border endorsed, once goods have passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    endorsed_copy: Option<CopyView>,
    /// The amendment that is asked for and not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    amendment_request: Option<AmendmentRequestView>,
    /// Its lines.
    lines: Vec<PermitLineView>,
}

/// The endorsed copy of a permit.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct CopyView {
    /// The latest day on which goods were released.
    released: String,
    /// The last day on which its copy is to be filed; absent where the country has no such term.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Whether that day is past and the copy was not filed.
    late: bool,
    /// The day on which it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    filed: Option<String>,
}

impl CopyView {
    fn of(live: &Live, office: &Office) -> Option<CopyView> {
        let (released, today) = (live.released_on()?, office.today());
        let due = copy_due(live, office);
        Some(CopyView {
            released: released.to_string(),
            due: due.map(|due| due.to_string()),
            late: live.copy_filed_on().is_none() && due.is_some_and(|due| due < today),
            filed: live.copy_filed_on().map(|day| day.to_string()),
        })
    }
}

/// An amendment that is asked for.
#[derive(Debug, serde::Serialize, ToSchema)]
struct AmendmentRequestView {
    /// The day.
    on: String,
    /// What the permit shall say instead.
    wanted: String,
    /// Why.
    why: String,
}

impl AmendmentRequestView {
    fn of(request: &AmendmentRequest) -> AmendmentRequestView {
        let AmendmentRequest { on, wanted, why } = request;
        AmendmentRequestView { on: on.to_string(), wanted: wanted.to_string(), why: why.to_string() }
    }
}

/// A line of a permit, with what is left of it.
#[derive(Debug, serde::Serialize, ToSchema)]
struct PermitLineView {
    /// Its place on the permit, from 1.
    line: u32,
    /// The kingdom of the taxon.
    kingdom: &'static str,
    /// The accepted name of the taxon.
    taxon: String,
    /// The unit of the quantities.
    unit: String,
    /// How much may cross, a decimal number.
    authorised: String,
    /// How much has crossed.
    endorsed: String,
    /// How much is left.
    left: String,
    /// Nobody told how much was used before the permit was taken over: less may be left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    use_before_unknown: bool,
}

impl PermitView {
    pub(super) fn of(
        permit: &PermitRecord,
        lines: &[LineWithBalance],
        stamps: Vec<u64>,
        office: &Office,
    ) -> PermitView {
        let (live, today) = (permit.state.live(), office.today());
        let (reason, replaced_by) = match &permit.state {
            Permit::Ended(Ended::Cancelled(end)) => (Some(end.reason.to_string()), None),
            Permit::Ended(Ended::Replaced(end)) => (Some(end.reason.to_string()), end.by),
            _ => (None, None),
        };
        PermitView {
            reason,
            replaced_by: replaced_by.map(|by| by.to_string()),
            printed: live.and_then(Live::printed_on).map(|day| day.to_string()),
            handed_over: live.and_then(Live::handed_over_on).map(|day| day.to_string()),
            endorsed_copy: live.and_then(|live| CopyView::of(live, office)),
            amendment_request: live.and_then(Live::amendment).map(AmendmentRequestView::of),
            id: permit.id.to_string(),
            version: permit.version.0,
            number: permit.number.clone(),
            state: permit.state.as_str(today),
            kind: permit.kind.to_string(),
            office: permit.office.to_string(),
            operator: permit.operator.to_string(),
            application: permit.application.map(|application| application.to_string()),
            issued: permit.issued.to_string(),
            last_day: permit.last_day.to_string(),
            edition: permit.edition.map(|edition| edition.to_string()),
            replaces: permit.replaces.map(|replaced| replaced.to_string()),
            stamps,
            lines: lines.iter().map(PermitLineView::of).collect(),
        }
    }
}

impl PermitLineView {
    fn of(line: &LineWithBalance) -> PermitLineView {
        let LineWithBalance { line, balance } = line;
        PermitLineView {
            line: line.line,
            kingdom: line.kingdom.as_str(),
            taxon: line.taxon.clone(),
            unit: line.unit.to_string(),
            authorised: balance.authorised().amount.to_string(),
            endorsed: balance.endorsed().amount.to_string(),
            left: balance.left().amount.to_string(),
            use_before_unknown: line.use_before_is_unknown(),
        }
    }
}
