//! The pages of an office, for people with a browser and nothing else: no script runs in them.
//!
//! Source of truth: the templates in `templates/`, one for each page, which hold all its words. What a page may show
//! is asked as in the API, of the same functions; a form is checked on the server alone.

mod account;
mod applications;
mod deeds;
mod file;
mod form;
mod history;
mod layout;
mod local;
mod passkeys;
mod permits;
mod queue;
mod requirements;
mod row;
mod second_factor;
mod set_up;
mod sign_in;
mod sign_on;
mod told;

use access::Deed;
use axum::Router;
use deeds::{application, begin, consultation, handed_in, permit};

use crate::Office;
use crate::declared::{Declaration, Need, Routes};

pub(crate) use told::told;

/// The pages of an office, with who may call each.
pub struct Pages {
    /// The routes.
    pub router: Router,
    /// Who may call each.
    pub declared: Vec<Declaration>,
}

/// Why a page is open to everybody.
const FILE: Need = Need::Open("a file of the program that is the same for everybody");
const NOT_YET_KNOWN: Need = Need::Open("nobody is signed in yet; tries are counted and slowed down");
const ELSEWHERE: Need =
    Need::Open("nobody is signed in yet; an issuer that the office trusts says who it is");
const ONE_TIME_LINK: Need = Need::Open("who holds the one-time link is let in once, to set a password");

/// The pages of `office`.
pub fn of(office: &Office) -> Pages {
    let own_proof = Need::Deed(Deed::KeepOwnSecondFactor);
    let routes = Routes::of(office.clone())
        .page(FILE, file::STYLE_PATH, file::style)
        .page(FILE, file::ICON_PATH, file::icon)
        .page(FILE, file::PASSKEY_PATH, file::passkey)
        .page(NOT_YET_KNOWN, "/sign-in", sign_in::show)
        .form(NOT_YET_KNOWN, "/sign-in", sign_in::begin)
        .page(ELSEWHERE, "/sign-in/elsewhere", sign_on::lead)
        .page(ELSEWHERE, crate::sign_on::BACK, sign_on::back)
        .page(ONE_TIME_LINK, "/set-up/{secret}", set_up::show)
        .form(ONE_TIME_LINK, "/set-up/{secret}", set_up::accept)
        .page(own_proof, "/second-factor", second_factor::show)
        .form(own_proof, "/second-factor", second_factor::shown)
        .form(own_proof, "/second-factor/new", second_factor::new)
        .form(own_proof, "/second-factor/passkey", second_factor::passkey_shown)
        .form(own_proof, "/account/recovery-codes", account::renew_codes)
        .form(own_proof, "/account/passkeys", passkeys::add)
        .form(own_proof, "/account/passkeys/{passkey}/removal", passkeys::remove)
        .form(Need::Deed(Deed::KeepOwnSessions), "/sign-out", sign_in::end)
        .page(Need::Deed(Deed::ReadOwnAccount), "/", account::start)
        .page(Need::Deed(Deed::ReadOwnAccount), "/account", account::show)
        .page(Need::Deed(Deed::ReadQueue), "/queue", queue::list)
        .page(Need::Deed(Deed::ReadApplication), "/applications", applications::list)
        .page(Need::Deed(Deed::DraftApplication), "/applications/new", begin::show)
        .form(Need::Deed(Deed::DraftApplication), "/applications/new", begin::begin)
        .page(Need::Deed(Deed::ReadApplication), "/applications/{application}", applications::one)
        .page(
            Need::Deed(Deed::PrintAssessment),
            "/applications/{application}/assessment",
            requirements::print,
        )
        .page(Need::Deed(Deed::ReadHistory), "/applications/{application}/history", history::of_application)
        .page(Need::Deed(Deed::ReadPermitHistory), "/permits/{permit}/history", history::of_permit)
        .page(Need::Deed(Deed::ReadPermit), "/permits", permits::list)
        .page(Need::Deed(Deed::ReadPermit), "/permits/{permit}", permits::one);
    let routes = forms(routes);
    let (router, _) = routes.router.split_for_parts();
    Pages { router: router.with_state(office.clone()), declared: routes.declared }
}

/// What the forms on the pages of an application and a permit are sent to.
fn forms(routes: Routes) -> Routes {
    let deed = Need::Deed;
    routes
        .form(deed(Deed::DraftApplication), "/applications/{application}/head", application::write_head)
        .form(deed(Deed::ImportLines), "/applications/{application}/lines", application::paste)
        .form(deed(Deed::ImportLines), "/applications/{application}/lines/file", handed_in::lines)
        .form(deed(Deed::AttachFile), "/applications/{application}/files", handed_in::file)
        .form(deed(Deed::CopyApplication), "/applications/{application}/copy", handed_in::copied)
        .form(
            deed(Deed::DraftApplication),
            "/applications/{application}/lines/correction",
            application::correct,
        )
        .form(deed(Deed::DraftApplication), "/applications/{application}/lines/removal", application::clear)
        .form(deed(Deed::SubmitApplication), "/applications/{application}/submission", application::submit)
        .form(deed(Deed::NotifyDefects), "/applications/{application}/notice", application::notify)
        .form(deed(Deed::AnswerDefects), "/applications/{application}/answer", application::answer)
        .form(deed(Deed::AcceptApplication), "/applications/{application}/acceptance", application::accept)
        .form(
            deed(Deed::WithdrawApplication),
            "/applications/{application}/withdrawal",
            application::withdraw,
        )
        .form(
            deed(Deed::RecordApproval),
            "/applications/{application}/approval",
            consultation::record_approval,
        )
        .form(
            deed(Deed::ReviewForForestry),
            "/applications/{application}/forestry-review",
            consultation::review_forestry,
        )
        .form(
            deed(Deed::ReviewForFishery),
            "/applications/{application}/fishery-review",
            consultation::review_fishery,
        )
        .form(
            deed(Deed::ConsultScience),
            "/applications/{application}/scientific-consultations",
            consultation::ask_science,
        )
        .form(deed(Deed::AdviseScience), "/applications/{application}/advice", consultation::advise)
        .form(deed(Deed::ExtendClock), "/applications/{application}/extension", consultation::extend)
        .form(deed(Deed::DecideApplication), "/applications/{application}/decision", application::grant)
        .form(deed(Deed::RefuseApplication), "/applications/{application}/refusal", application::refuse)
        .form(deed(Deed::IssuePermit), "/applications/{application}/permit", application::issue)
        .form(deed(Deed::PrintPermit), "/permits/{permit}/printing", permit::print)
        .form(deed(Deed::HandOverPermit), "/permits/{permit}/hand-over", permit::hand_over)
        .form(deed(Deed::FileEndorsedCopy), "/permits/{permit}/endorsed-copy", permit::file_copy)
        .form(deed(Deed::RequestAmendment), "/permits/{permit}/amendment-request", permit::ask_amendment)
        .form(deed(Deed::AmendPermit), "/permits/{permit}/amendment", permit::amend)
        .form(deed(Deed::EndorsePermit), "/permits/{permit}/endorsements", permit::endorse)
        .form(deed(Deed::CancelPermit), "/permits/{permit}/cancellation", permit::cancel)
        .form(deed(Deed::ReportLoss), "/permits/{permit}/loss", permit::lose)
        .form(deed(Deed::TakeBackEndorsedCopy), "/permits/{permit}/return", permit::take_back)
}
