//! Routes that say who may call them: there is no other way to add one.
//!
//! Each route is bound to one deed of `access`, or is open to everybody with the reason. The declarations are kept
//! beside the router, and a test calls every one of them as every role over every ownership.

use access::Deed;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use utoipa::openapi::HttpMethod;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::{Office, caller};

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Who may do the deed.
    Deed(Deed),
    /// Everybody, for this reason.
    Open(&'static str),
}

/// A route and who may call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its method.
    pub method: Method,
    /// Its path, with names in braces.
    pub path: String,
    /// Who may call it.
    pub need: Need,
}

/// Routes with their declarations.
pub struct Routes {
    office: Office,
    pub(crate) router: OpenApiRouter<Office>,
    pub(crate) declared: Vec<Declaration>,
}

impl Routes {
    /// None yet.
    pub fn of(office: Office) -> Routes {
        Routes { office, router: OpenApiRouter::new(), declared: Vec::new() }
    }

    /// Adds handlers of one path that do `deed`.
    #[must_use]
    pub fn deed(self, deed: Deed, routes: UtoipaMethodRouter<Office>) -> Routes {
        self.add(Need::Deed(deed), routes)
    }

    /// Adds handlers of one path that everybody may call.
    #[must_use]
    pub fn open(self, why: &'static str, routes: UtoipaMethodRouter<Office>) -> Routes {
        self.add(Need::Open(why), routes)
    }

    /// Adds a page for people at `path`, by GET. Pages are declared as all routes are, and not described as the API is.
    #[must_use]
    pub fn page<H, T>(self, need: Need, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        self.add_plain(need, Method::GET, path, get(handler))
    }

    /// Adds what the form of a page is sent to, by POST.
    #[must_use]
    pub fn form<H, T>(self, need: Need, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        self.add_plain(need, Method::POST, path, post(handler))
    }

    fn add_plain(
        mut self,
        need: Need,
        method: Method,
        path: &'static str,
        routes: MethodRouter<Office>,
    ) -> Routes {
        self.declared.push(Declaration { method, path: path.to_owned(), need });
        self.router = self.router.route(path, guarded(&self.office, need, routes));
        self
    }

    fn add(mut self, need: Need, routes: UtoipaMethodRouter<Office>) -> Routes {
        let (schemas, paths, methods) = routes;
        for (path, item) in &paths.paths {
            let methods = [
                (Method::GET, HttpMethod::Get),
                (Method::POST, HttpMethod::Post),
                (Method::PUT, HttpMethod::Put),
                (Method::PATCH, HttpMethod::Patch),
                (Method::DELETE, HttpMethod::Delete),
            ];
            let described = methods.into_iter().filter(|(_, method)| has(item, method));
            self.declared.extend(described.map(|(method, _)| Declaration {
                method,
                path: path.clone(),
                need,
            }));
        }
        self.router = self.router.routes((schemas, paths, guarded(&self.office, need, methods)));
        self
    }
}

/// Handlers behind what their route needs.
fn guarded(office: &Office, need: Need, routes: MethodRouter<Office>) -> MethodRouter<Office> {
    match need {
        Need::Open(_) => routes,
        Need::Deed(deed) => {
            routes.layer(axum::middleware::from_fn_with_state((office.clone(), deed), caller::guard))
        }
    }
}

fn has(item: &utoipa::openapi::PathItem, method: &HttpMethod) -> bool {
    match method {
        HttpMethod::Get => item.get.is_some(),
        HttpMethod::Post => item.post.is_some(),
        HttpMethod::Put => item.put.is_some(),
        HttpMethod::Patch => item.patch.is_some(),
        HttpMethod::Delete => item.delete.is_some(),
        _ => false,
    }
}
