//! What an assessment is asked about: a line of goods with its name resolved, and the journey it makes.
//!
//! Source of truth: the declaration. `None` is "not told", never "no"; where a declaration can say that
//! there is none, a word of its own says so.

use cites::{Amount, Country, Day, Purpose, Quantity, SourceCode, Term};
use smallvec::SmallVec;

use crate::listing::{Origin, Subject};
use crate::rule::{Carrier, Direction, Movement, NameMatch, Procedure};

/// One line of goods.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// The taxon; for a hybrid its ancestors as far as they are named.
    pub subjects: SmallVec<[Subject<'a>; 2]>,
    /// How the written name became a taxon.
    pub name: NameMatch,
    /// What else a doubtful name may mean; with nothing here it may mean anything.
    pub or_else: SmallVec<[Subject<'a>; 2]>,
    /// What is told of a crossing of taxa.
    pub hybrid: Hybridity,
    /// A form that the listing of its wild kin excludes, such as the domestic yak.
    pub excluded_form: bool,
    /// Declared to be domesticated.
    pub domesticated: Option<bool>,
    /// The kind of specimen.
    pub term: Option<Term>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// How the specimen was obtained.
    pub source: Option<SourceCode>,
    /// Where it was taken from the wild, bred or propagated.
    pub origin: Origin,
    /// Taken in the sea outside the jurisdiction of any State, origin `HS`.
    pub from_high_seas: bool,
    /// Alive; the term tells where this does not.
    pub live: Option<bool>,
    /// What annotations ask about parts and products.
    pub form: Form,
    /// When it was acquired, as a claim to be older than its listing.
    pub acquired: AgeClaim,
    /// Whether a registered operation or nursery is named.
    pub registered: Option<bool>,
    /// Whether the specimen or its container carries marks.
    pub marked: Option<bool>,
    /// The digits of the customs code.
    pub hs: Option<&'a str>,
    /// What the goods are to be used for.
    pub use_of_goods: Option<UseOfGoods>,
    /// The accepted name that was reached, which may lie below the subject; empty where it is not known.
    pub accepted: &'a str,
}

/// What goods are to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseOfGoods {
    /// To be eaten.
    Food,
    /// To be made into medicine, or taken as such.
    Medicine,
    /// Neither.
    Other,
}

/// What is told of a crossing of taxa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hybridity {
    /// Not a hybrid, or nothing is told of one.
    #[default]
    No,
    /// A hybrid.
    Yes {
        /// Whether the subjects are all the species among its ancestors of four generations.
        pedigree_complete: bool,
    },
}

/// What annotations ask about parts and products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    /// Needs no further work.
    pub finished: Option<bool>,
    /// Packed and ready for retail trade.
    pub retail_packed: Option<bool>,
    /// The mass of the listed wood in each item, in kilograms.
    pub mass_per_item_kilograms: Option<Amount>,
    /// The mass of the listed wood in the shipment, in kilograms.
    pub mass_per_shipment_kilograms: Option<Amount>,
    /// A musical instrument, its part or accessory.
    pub instrument: Option<bool>,
    /// A culture in sterile containers.
    pub sterile: Option<bool>,
    /// A powder from which what is wanted has been taken.
    pub exhausted: Option<bool>,
    /// Bears the label that the annotation prescribes.
    pub labelled: Option<bool>,
}

impl Form {
    /// Nothing is told.
    pub const UNTOLD: Form = Form {
        finished: None,
        retail_packed: None,
        mass_per_item_kilograms: None,
        mass_per_shipment_kilograms: None,
        instrument: None,
        sterile: None,
        exhausted: None,
        labelled: None,
    };
}

/// A claim to be older than the first listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgeClaim {
    /// No day is told; source code O or a certificate may claim it all the same.
    #[default]
    Undated,
    /// Acquired on the day.
    On(Day),
    /// Acquired before the day.
    Before(Day),
}

/// The journey of a consignment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Crossing<'a> {
    /// Which way the goods go at this border.
    pub direction: Option<Direction>,
    /// The customs procedure.
    pub procedure: Option<Procedure>,
    /// What carries the goods.
    pub carrier: Option<Carrier>,
    /// The State of export or re-export.
    pub exporter: Option<Country>,
    /// Whether that State is told to export or to re-export.
    pub exported_as: Option<Movement>,
    /// The State of import.
    pub importer: Option<Country>,
    /// The States passed through; `Some` and empty where it is told that there are none.
    pub via: Option<&'a [Country]>,
    /// The purpose on the side of export.
    pub purpose_export: Option<Purpose>,
    /// The purpose in the State of import.
    pub purpose_import: Option<Purpose>,
    /// Where the owner usually lives.
    pub residence: Option<Country>,
    /// Whether both sides are registered scientific institutions.
    pub institutions: Option<bool>,
    /// What the papers presented claim.
    pub claims: Claims,
    /// The port by any of its names.
    pub port: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// Whether nothing tells which taxon is meant: the name led to none, or is doubtful without candidates.
    pub fn may_be_any_taxon(&self) -> bool {
        self.subjects.is_empty() || (self.name == NameMatch::Doubtful && self.or_else.is_empty())
    }

    /// A line of which only the taxon is told.
    pub fn of(subject: Subject<'a>) -> Line<'a> {
        let subjects = SmallVec::from_slice(&[subject]);
        Line { subjects, name: NameMatch::Certain, ..Line::unresolved() }
    }

    /// A line whose name led to no taxon.
    pub const fn unresolved() -> Line<'a> {
        Line {
            subjects: SmallVec::new_const(),
            name: NameMatch::Unresolved,
            or_else: SmallVec::new_const(),
            hybrid: Hybridity::No,
            excluded_form: false,
            domesticated: None,
            term: None,
            quantity: None,
            source: None,
            origin: Origin::Unstated,
            from_high_seas: false,
            live: None,
            form: Form::UNTOLD,
            acquired: AgeClaim::Undated,
            registered: None,
            marked: None,
            hs: None,
            use_of_goods: None,
            accepted: "",
        }
    }
}

/// A set of claims that papers make by being presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Claims(u8);

impl Claims {
    /// No claim.
    pub const NONE: Claims = Claims(0);
    /// A pre-Convention certificate. Source: Art. VII.2.
    pub const PRE_CONVENTION: Claims = Claims(1);
    /// A label of scientific exchange. Source: Art. VII.6.
    pub const LABEL: Claims = Claims(2);
    /// A travelling-exhibition certificate. Source: Art. VII.7.
    pub const EXHIBITION: Claims = Claims(4);
    /// A certificate for a musical instrument. Source: Res. Conf. 16.8.
    pub const INSTRUMENT: Claims = Claims(8);
    /// A certificate of ownership. Source: Res. Conf. 10.20.
    pub const OWNERSHIP: Claims = Claims(16);
    /// A sample-collection certificate. Source: Res. Conf. 12.3.
    pub const SAMPLE: Claims = Claims(32);
    /// An approval for goods that may not be carried or sent in. Source: the pack that bans them.
    pub const CARRIED_APPROVAL: Claims = Claims(64);

    /// This set and `claim`.
    #[must_use]
    pub const fn with(self, claim: Claims) -> Claims {
        Claims(self.0 | claim.0)
    }

    /// Whether `claim` is made.
    pub const fn contains(self, claim: Claims) -> bool {
        self.0 & claim.0 == claim.0
    }
}
