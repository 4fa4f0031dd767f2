//! The pages of an office, for people with a browser and nothing else: no script runs in them.
//!
//! Source of truth: the templates in `templates/`, one for each page, which hold all its words. What a page may show
//! is asked as in the API, of the same functions; a form is checked on the server alone.

mod account;
mod applications;
mod file;
mod form;
mod layout;
mod local;
mod permits;
mod queue;
mod row;
mod second_factor;
mod set_up;
mod sign_in;
mod told;

use access::Deed;
use axum::Router;

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
const ONE_TIME_LINK: Need = Need::Open("who holds the one-time link is let in once, to set a password");

/// The pages of `office`.
pub fn of(office: &Office) -> Pages {
    let own_proof = Need::Deed(Deed::KeepOwnSecondFactor);
    let routes = Routes::of(office.clone())
        .page(FILE, file::STYLE_PATH, file::style)
        .page(FILE, file::ICON_PATH, file::icon)
        .page(NOT_YET_KNOWN, "/sign-in", sign_in::show)
        .form(NOT_YET_KNOWN, "/sign-in", sign_in::begin)
        .page(ONE_TIME_LINK, "/set-up/{secret}", set_up::show)
        .form(ONE_TIME_LINK, "/set-up/{secret}", set_up::accept)
        .page(own_proof, "/second-factor", second_factor::show)
        .form(own_proof, "/second-factor", second_factor::shown)
        .form(own_proof, "/second-factor/new", second_factor::new)
        .form(Need::Deed(Deed::KeepOwnSessions), "/sign-out", sign_in::end)
        .page(Need::Deed(Deed::ReadOwnAccount), "/", account::start)
        .page(Need::Deed(Deed::ReadOwnAccount), "/account", account::show)
        .page(Need::Deed(Deed::ReadQueue), "/queue", queue::list)
        .page(Need::Deed(Deed::ReadApplication), "/applications", applications::list)
        .page(Need::Deed(Deed::ReadApplication), "/applications/{application}", applications::one)
        .page(Need::Deed(Deed::ReadPermit), "/permits", permits::list)
        .page(Need::Deed(Deed::ReadPermit), "/permits/{permit}", permits::one);
    let (router, _) = routes.router.split_for_parts();
    Pages { router: router.with_state(office.clone()), declared: routes.declared }
}
