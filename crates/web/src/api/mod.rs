//! The API: what the office keeps, as JSON over HTTP, described by OpenAPI 3.1.
//!
//! Source of truth: the handlers in the modules below. `docs/reference/openapi.json` is what they come to, held by a
//! test.

mod account;
mod agencies;
mod answer;
mod applications;
mod attachments;
mod cautions;
mod chain;
mod copies;
mod decisions;
mod drafts;
mod establishments;
mod foreign;
mod health;
mod history;
mod invitations;
mod lines_file;
mod operators;
mod passkeys;
mod permit_deeds;
mod permit_papers;
mod permits;
mod questions;
mod queue;
mod quotas;
mod requirements;
mod reviews;
mod session;
mod stamps;
mod taken_over;
mod tokens;
mod touched;
mod users;
mod view;
mod webhooks;

use access::Deed;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::routes;

use crate::declared::{Declaration, Routes};
use crate::{Need, Office};

/// The description as far as no handler says it.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Countrygate",
        description = "The API of an office that runs a CITES border: applications, permits and who may do what."
    ),
    components(schemas(crate::problem::ProblemDetails))
)]
struct Description;

/// The API of an office, with who may call each of its routes.
pub struct Api {
    /// The routes.
    pub router: Router,
    /// Who may call each.
    pub declared: Vec<Declaration>,
    /// The description, OpenAPI 3.1.
    pub description: utoipa::openapi::OpenApi,
}

/// The API of `office`, without the limits and headers that [`crate::served`] puts around all routes.
pub fn of(office: &Office) -> Api {
    let Routes { router, declared, .. } = routes_of(office.clone());
    let (router, described) = router.split_for_parts();
    let mut description = Description::openapi();
    description.merge(described);
    secure(&mut description, office, &declared);
    let text = serde_json::to_value(&description).unwrap_or_default();
    let router = router
        .route("/api/openapi.json", axum::routing::get(move || std::future::ready(Json(text.clone()))))
        .with_state(office.clone());
    Api { router, declared, description }
}

/// Why a route is open to everybody.
const TELLS_NOTHING: &str = "tells machines that the program runs, and nothing of what it keeps";
const NOT_YET_KNOWN: &str = "nobody is signed in yet; tries are counted and slowed down";
const ONE_TIME_LINK: &str = "who holds the one-time link is let in once, to set a password";

fn routes_of(office: Office) -> Routes {
    house(of_applications(of_account(Routes::of(office))))
}

/// People, agencies, operators, quotas, webhooks.
fn house(routes: Routes) -> Routes {
    routes
        .deed(Deed::ReadSystem, routes!(crate::measures::tell))
        .deed(Deed::EditOwnProfile, routes!(account::edit))
        .deed(Deed::ChangeOwnPassword, routes!(account::change_password))
        .deed(Deed::KeepOwnTokens, routes!(tokens::list))
        .deed(Deed::KeepOwnTokens, routes!(tokens::make))
        .deed(Deed::KeepOwnTokens, routes!(tokens::take_back))
        .deed(Deed::ReadUsers, routes!(users::list))
        .deed(Deed::ReadUsers, routes!(users::one))
        .deed(Deed::ReadUsers, routes!(history::of_user))
        .deed(Deed::ManageUsers, routes!(users::invite))
        .deed(Deed::ManageUsers, routes!(users::change))
        .deed(Deed::ManageUsers, routes!(users::link))
        .deed(Deed::ManageRoles, routes!(users::give_roles))
        .deed(Deed::ResetSecondFactor, routes!(users::remove_second_factor))
        .deed(Deed::RevokeSessions, routes!(users::end_sessions))
        .deed(Deed::ReadAgencies, routes!(agencies::list))
        .deed(Deed::ManageAgencies, routes!(agencies::add))
        .deed(Deed::ManageAgencies, routes!(agencies::change))
        .deed(Deed::ReadSystem, routes!(history::of_agency))
        .deed(Deed::ReadAgencies, routes!(agencies::numbers))
        .deed(Deed::ManageAgencies, routes!(agencies::set_numbers))
        .deed(Deed::ReadOperator, routes!(operators::list))
        .deed(Deed::ReadOperator, routes!(operators::one))
        .deed(Deed::ReadOperator, routes!(history::of_operator))
        .deed(Deed::RegisterOperator, routes!(operators::register))
        .deed(Deed::EditOperator, routes!(operators::edit))
        .deed(Deed::AppointAgent, routes!(operators::appoint))
        .deed(Deed::AppointAgent, routes!(operators::dismiss))
        .deed(Deed::ReadQuotas, routes!(quotas::list))
        .deed(Deed::ReadQuotas, routes!(quotas::one))
        .deed(Deed::ReadLedger, routes!(quotas::moves))
        .deed(Deed::ReadLedger, routes!(history::of_quota))
        .deed(Deed::SetQuota, routes!(quotas::set))
        .deed(Deed::SetQuota, routes!(quotas::change))
        .deed(Deed::ReadWebhooks, routes!(webhooks::list))
        .deed(Deed::ReadWebhooks, routes!(webhooks::one))
        .deed(Deed::ReadWebhooks, routes!(webhooks::calls))
        .deed(Deed::ReadWebhooks, routes!(history::of_webhook))
        .deed(Deed::ManageWebhooks, routes!(webhooks::make))
        .deed(Deed::ManageWebhooks, routes!(webhooks::change))
        .deed(Deed::ManageWebhooks, routes!(webhooks::renew))
        .deed(Deed::ManageWebhooks, routes!(webhooks::try_out))
}

/// Health, signing in, and one's own account.
fn of_account(routes: Routes) -> Routes {
    routes
        .open(TELLS_NOTHING, routes!(health::healthz))
        .open(TELLS_NOTHING, routes!(health::readyz))
        .open(NOT_YET_KNOWN, routes!(session::begin))
        .open(ONE_TIME_LINK, routes!(invitations::accept))
        .deed(Deed::KeepOwnSecondFactor, routes!(session::second_factor))
        .deed(Deed::KeepOwnSecondFactor, routes!(account::new_second_factor))
        .deed(Deed::KeepOwnSecondFactor, routes!(account::new_recovery_codes))
        .deed(Deed::ReadOwnAccount, routes!(account::recovery_codes_left))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::list))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::to_make))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::add))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::remove))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::to_show))
        .deed(Deed::KeepOwnSecondFactor, routes!(passkeys::show))
        .deed(Deed::KeepOwnSessions, routes!(session::end))
        .deed(Deed::KeepOwnSessions, routes!(account::sessions))
        .deed(Deed::KeepOwnSessions, routes!(account::end_session))
        .deed(Deed::ReadOwnAccount, routes!(account::own))
        .deed(Deed::ReadOwnAccount, routes!(history::of_own_account))
}

/// The chain from an application to the end of its permit.
fn of_applications(routes: Routes) -> Routes {
    routes
        .deed(Deed::ReadApplication, routes!(applications::list))
        .deed(Deed::ReadApplication, routes!(applications::one))
        .deed(Deed::DraftApplication, routes!(drafts::begin))
        .deed(Deed::ReadApplication, routes!(drafts::read))
        .deed(Deed::DraftApplication, routes!(drafts::write))
        .deed(Deed::ImportLines, routes!(drafts::import))
        .deed(Deed::ImportLines, routes!(lines_file::import))
        .deed(Deed::CopyApplication, routes!(copies::copy))
        .deed(Deed::AttachFile, routes!(attachments::attach))
        .deed(Deed::ReadApplication, routes!(attachments::list))
        .deed(Deed::ReadAttachment, routes!(attachments::one))
        .deed(Deed::SubmitApplication, routes!(chain::submit))
        .deed(Deed::NotifyDefects, routes!(chain::notify))
        .deed(Deed::AnswerDefects, routes!(chain::answer))
        .deed(Deed::AcceptApplication, routes!(chain::accept))
        .deed(Deed::WithdrawApplication, routes!(chain::withdraw))
        .deed(Deed::RecordApproval, routes!(reviews::record))
        .deed(Deed::ReviewForForestry, routes!(reviews::forestry))
        .deed(Deed::ReviewForFishery, routes!(reviews::fishery))
        .deed(Deed::ConsultScience, routes!(questions::ask_science))
        .deed(Deed::ConsultAbroad, routes!(questions::ask_abroad))
        .deed(Deed::AdviseScience, routes!(questions::advise))
        .deed(Deed::RecordReply, routes!(questions::reply))
        .deed(Deed::ExtendClock, routes!(questions::extend))
        .deed(Deed::DecideApplication, routes!(decisions::grant))
        .deed(Deed::RefuseApplication, routes!(decisions::refuse))
        .deed(Deed::IssuePermit, routes!(decisions::issue))
        .deed(Deed::ReadRequirements, routes!(requirements::of_application))
        .deed(Deed::ReadHistory, routes!(history::of_application))
        .deed(Deed::ReadPermit, routes!(permits::list))
        .deed(Deed::ReadPermit, routes!(permits::one))
        .deed(Deed::ImportPermits, routes!(taken_over::import))
        .deed(Deed::PrintPermit, routes!(permit_papers::print))
        .deed(Deed::HandOverPermit, routes!(permit_papers::hand_over))
        .deed(Deed::FileEndorsedCopy, routes!(permit_papers::file_copy))
        .deed(Deed::RequestAmendment, routes!(permit_papers::ask_amendment))
        .deed(Deed::AmendPermit, routes!(permit_papers::amend))
        .deed(Deed::EndorsePermit, routes!(permit_deeds::endorse))
        .deed(Deed::CancelPermit, routes!(permit_deeds::cancel))
        .deed(Deed::ReportLoss, routes!(permit_deeds::lose))
        .deed(Deed::TakeBackEndorsedCopy, routes!(permit_deeds::take_back))
        .deed(Deed::ReadPermitHistory, routes!(history::of_permit))
        .deed(Deed::ReadStamps, routes!(stamps::list))
        .deed(Deed::ReadStamps, routes!(history::of_stock))
        .deed(Deed::KeepStamps, routes!(stamps::keep))
        .deed(Deed::ReadForeignPapers, routes!(foreign::list))
        .deed(Deed::ReadForeignPapers, routes!(foreign::one))
        .deed(Deed::ReadForeignPapers, routes!(history::of_foreign_paper))
        .deed(Deed::RegisterForeignPaper, routes!(foreign::enter))
        .deed(Deed::RegisterForeignPaper, routes!(foreign::using))
        .deed(Deed::ReadEstablishments, routes!(establishments::list))
        .deed(Deed::ReadEstablishments, routes!(history::of_establishment))
        .deed(Deed::RegisterEstablishment, routes!(establishments::enter))
        .deed(Deed::ReadQueue, routes!(queue::list))
        .deed(Deed::ReadQueue, routes!(queue::permits))
        .deed(Deed::ReadTouched, routes!(touched::list))
}

/// Says of each route by what one is known, and that every one may answer with a problem.
fn secure(description: &mut utoipa::openapi::OpenApi, office: &Office, declared: &[Declaration]) {
    use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder, SecurityRequirement};
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(office.cookie_name())));
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = description.components.get_or_insert_default();
    components.add_security_scheme("session", cookie);
    components.add_security_scheme("token", bearer);
    let details = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDetails"))).build();
    let problem = ResponseBuilder::new()
        .description("What went wrong, as problem details (RFC 9457).")
        .content("application/problem+json", details)
        .build();
    for (path, item) in &mut description.paths.paths {
        let is_open = |method: &str| {
            declared.iter().any(|own| {
                own.path == *path && own.method.as_str() == method && matches!(own.need, Need::Open(_))
            })
        };
        let known = || {
            vec![
                SecurityRequirement::new::<_, [&str; 0], _>("session", []),
                SecurityRequirement::new::<_, [&str; 0], _>("token", []),
            ]
        };
        let operations = [
            ("GET", &mut item.get),
            ("POST", &mut item.post),
            ("PUT", &mut item.put),
            ("DELETE", &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            operation.responses.responses.insert("default".to_owned(), problem.clone().into());
            if !is_open(method) {
                operation.security = Some(known());
            }
        }
    }
}
