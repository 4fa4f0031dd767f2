//! Who applies, and what the Secretariat's registers hold: operations that breed animals of Appendix I, nurseries
//! that propagate plants of Appendix I, and scientific institutions.
//!
//! Source of truth: an office's own entries, and the three registers that the Secretariat keeps on its website. An
//! entry says what a register says and from when to when; what follows from it for a consignment is decided
//! elsewhere. What the Resolutions ask of an applicant before registration is not kept here.

mod institution;
mod name;
mod operation;
mod operator;

use cites::{Day, Span};

pub use institution::{Institution, InstitutionNumber, InstitutionNumberError};
pub use name::{PartyName, Script};
pub use operation::{Nursery, Operation, OperationNumber, OperationNumberError};
pub use operator::{Identifier, Operator};

use crate::application::asked::ChosenTaxon;

/// Who is registered, where, and how to reach them.
///
/// Source: the Secretariat's registers, which give telephone, fax, electronic mail and website.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The names, each in its script.
    pub names: Vec<PartyName>,
    /// The address as written.
    pub address: Box<str>,
    /// Telephone, as written; empty where none is told.
    pub telephone: Box<str>,
    /// Fax, as written; empty where none is told.
    pub fax: Box<str>,
    /// Electronic mail, as written; empty where none is told.
    pub mail: Box<str>,
    /// Website, as written; empty where none is told.
    pub website: Box<str>,
}

/// What a register says of a taxon on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// It is registered for the taxon.
    For,
    /// It is registered, and not for this taxon.
    ForOthers,
    /// It is not registered on that day.
    Not,
}

/// Whether an entry of `span` with `taxa` holds for a taxon on a day.
fn registered(span: Span, taxa: &[ChosenTaxon], taxon: &ChosenTaxon, on: Day) -> Registered {
    match (span.contains(on), taxa.contains(taxon)) {
        (false, _) => Registered::Not,
        (true, true) => Registered::For,
        (true, false) => Registered::ForOthers,
    }
}
