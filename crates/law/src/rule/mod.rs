//! The rules of law as data, and the small engine that asks them.
//!
//! Source of truth: `data/law/rules/*.toml` and each pack's `rules/*.toml`; their form is described in
//! `docs/reference/rules.md`. Facts are sets of possible values, a rule is a conjunction of masks over them,
//! and a rule short of a fact refers and names what is missing.
//!
//! The engine knows no country, species or document by name, and reads only its arguments.

mod bits;
mod book;
mod check;
mod codes;
mod column;
mod error;
mod fact;
mod facts;
mod groups;
mod model;
mod paper_word;
mod possible;
mod read;
mod set;
mod test;
mod word;

#[cfg(test)]
mod engine_tests;
#[cfg(test)]
mod loading_tests;
#[cfg(test)]
mod plain_tests;

pub(crate) use bits::Ones;
pub use book::{MOST_GROUPS, Occasion, Pack, PackRules, RuleBook, RuleFile};
pub use error::{RuleError, Wrong};
pub use fact::{Fact, FactSet, Key, key};
pub use facts::{Facts, Groups, Particulars, Truth};
pub use groups::GroupIndex;
pub use model::{Effect, Issuer, Place, RequiredDocument, Rule, ShownAt, Source, Stage};
pub use paper_word::{
    Agreement, Alteration, NamedTaxon, PaperAmount, PaperForm, PaperOrder, PaperTime, PrintedTerm, QuotaBox,
    Retrospective,
};
pub use set::{Finding, Findings, Met, PaperFindings, RuleSet};
pub use test::{Range, Role, Test};
pub use word::{
    Ban, Breeding, Carrier, Catalogue, Direction, ListedAs, ListingDay, MedicinalClass, Membership, Movement,
    NameMatch, NationalClass, PersonalCap, PortState, PreConventionClaim, Procedure, QuotaState, RangeState,
    Realm, Regime, Reserving, Side, Suspended, Usual, Value, YesNo,
};
