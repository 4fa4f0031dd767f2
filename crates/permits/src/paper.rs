//! One permit, certificate or other paper, as presented.

use cites::{Country, Day, DocumentKind, Purpose};

use crate::line::{Endorsement, PaperLine};
use crate::told::Told;

/// A paper presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Box 1: what it is.
    pub kind: DocumentKind,
    /// Box 1: its number, opaque.
    pub number: Told<Box<str>>,
    /// Box 6: the State whose authority issued it.
    pub issuer: Option<Country>,
    /// Whether that authority is on the Secretariat's list of competent authorities.
    pub authority_listed: Option<bool>,
    /// Box 13: the day of issue.
    pub issued: Told<Day>,
    /// Box 2: the last day printed.
    pub expires: Told<Day>,
    /// What is in the officer's hand.
    pub form: Option<Form>,
    /// Whether the seal or signature of the authority is on it.
    pub sealed: Option<bool>,
    /// Alterations and erasures.
    pub alteration: Option<Alteration>,
    /// Box 14: the endorsement at export.
    pub endorsement: Told<Endorsement>,
    /// A paper issued after the goods had left.
    pub retrospective: Told<Retrospective>,
    /// The paper it replaces.
    pub replaces: Told<Replacement>,
    /// What else is printed on it.
    pub printed: Printed,
    /// Its specimen blocks.
    pub lines: Vec<PaperLine>,
}

/// What is in the officer's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// The original, or a true copy certified by the issuing authority.
    Original,
    /// An electronic permit, authenticated with the issuing authority.
    Electronic,
    /// A photocopy, a scan, a fax.
    Copy,
}

/// Alterations and erasures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alteration {
    /// None.
    Clean,
    /// Stamped and signed by the issuing authority.
    Authenticated,
    /// Not so.
    Unauthenticated,
}

/// Another paper that this one names by number and day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EarlierPaper {
    /// Its number.
    pub number: Box<str>,
    /// The day of its issue.
    pub issued: Option<Day>,
    /// The State that issued it.
    pub issuer: Option<Country>,
}

/// The paper that this one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Replacement {
    /// The number of the paper replaced.
    pub number: Box<str>,
    /// Why.
    pub reason: Option<Box<str>>,
}

/// What a paper issued after the goods had left says about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Retrospective {
    /// It says that it is retrospective, and why.
    pub stated: Option<bool>,
    /// Both authorities have agreed.
    pub agreed: Option<bool>,
    /// The goods were declared at import, and the request was made then.
    pub declared: Option<bool>,
    /// Why the trader is not to blame.
    pub grounds: Option<Grounds>,
}

/// Why the trader is not to blame for a paper issued after the goods had left.
///
/// Source: Res. Conf. 12.3 on retrospective issue; 50 CFR 23.53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grounds {
    /// An authority gave wrong advice.
    WrongAdvice,
    /// The issuing authority made a technical error.
    TechnicalError,
    /// Personal effects or personal live animals, and a genuine error.
    GenuineError,
    /// None of these.
    Neither,
}

/// What is printed on a paper beside the specimens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// Box 3a: the State of import.
    pub destination: Told<Country>,
    /// Box 3: the importer.
    pub importer: Told<Box<str>>,
    /// Box 4: the exporter.
    pub exporter: Told<Box<str>>,
    /// Box 5a: the purpose.
    pub purpose: Told<Purpose>,
    /// The port for which it is good, where it names one.
    pub port: Told<Box<str>>,
    /// Box 5: whether the special conditions are met; absent where there are none.
    pub conditions_met: Told<bool>,
    /// Box 5: the statement on the transport of live specimens.
    pub transport: Option<bool>,
    /// The finding of non-detriment and the statement of legal acquisition, on a comparable document.
    pub findings: Option<bool>,
    /// Whether it is in English, French or Spanish, or comes with a translation.
    pub language_accepted: Option<bool>,
    /// Which approval or assurance of the State of import it cites.
    pub cites_approval: Option<bool>,
    /// Good for the stocks it names only until the end of a quota year.
    pub quota_year_ends: Option<Day>,
}

impl Paper {
    /// A paper of which only the kind is told.
    pub fn of(kind: DocumentKind) -> Paper {
        Paper {
            kind,
            number: Told::Unknown,
            issuer: None,
            authority_listed: None,
            issued: Told::Unknown,
            expires: Told::Unknown,
            form: None,
            sealed: None,
            alteration: None,
            endorsement: Told::Unknown,
            retrospective: Told::Unknown,
            replaces: Told::Unknown,
            printed: Printed::default(),
            lines: Vec::new(),
        }
    }
}
