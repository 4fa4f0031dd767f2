//! A rule: when it holds, what follows, since when, and where that is written.

use cites::{Confidence, Day, DocumentKind, Outcome, RuleId, Span};

use super::fact::{Fact, FactSet};
use super::possible::OPEN;
use super::test::Test;
use super::word::words;

words! {
    /// Where in the order of questions a rule stands. Answers are shown in this order.
    Stage {
        /// Is it listed at all?
        Listing = "listing",
        /// Is a personal effect within its cap? Clear is within, refer is above.
        Caps = "caps",
        /// Which articles govern it?
        Regime = "regime",
        /// Is it forbidden whatever the papers?
        Ban = "ban",
        /// Is trade suspended?
        Suspension = "suspension",
        /// Is there a quota?
        Quota = "quota",
        /// Is an Appendix I import commercial?
        Commercial = "commercial",
        /// Which papers?
        Documents = "documents",
        /// What does the country add?
        National = "national",
        /// Is what is declared plausible?
        Plausibility = "plausibility",
        /// Are the papers presented good?
        Papers = "papers",
    }
    /// What follows when a rule is met.
    Effect {
        /// It may cross as far as this rule goes; a ground for a clear answer.
        Clear = "clear",
        /// Something to know, and no ground for a clear answer.
        Note = "note",
        /// Another State may ask for more; its authority must be asked.
        Ask = "ask",
        /// Documents are required; with them, a ground for a clear answer.
        Require = "require",
        /// A person must decide.
        Refer = "refer",
        /// The law forbids it.
        Refuse = "refuse",
    }
    /// Who issues a document.
    Issuer {
        /// The State of export or re-export.
        Exporter = "exporter",
        /// The State of import.
        Importer = "importer",
        /// The State of origin.
        Origin = "origin",
        /// A State passed through.
        Transit = "transit",
        /// The pack's country.
        Local = "local",
    }
    /// At which border a document is shown.
    ShownAt {
        /// At export and at import.
        Both = "both",
        /// When the goods leave.
        Export = "export",
        /// When the goods enter.
        Import = "import",
        /// On the way through.
        Transit = "transit",
    }
}

impl Effect {
    /// What the rule alone comes to when it is met.
    pub const fn outcome(self) -> Outcome {
        match self {
            Effect::Clear | Effect::Note | Effect::Ask | Effect::Require => Outcome::Clear,
            Effect::Refer => Outcome::Refer,
            Effect::Refuse => Outcome::Refuse,
        }
    }

    /// Whether a clear answer may rest on the rule.
    pub const fn is_ground(self) -> bool {
        !matches!(self, Effect::Note | Effect::Ask)
    }
}

/// One rule in one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name in files, answers and cases.
    pub key: Box<str>,
    /// One sentence an officer can read out.
    pub title: Box<str>,
    /// Where in the order of questions it stands.
    pub stage: Stage,
    /// The masks that must hold.
    pub(super) masks: Box<[Mask]>,
    /// The conditions on terms, States, taxa and amounts that must hold.
    pub(super) tests: Box<[Test]>,
    /// What follows.
    pub effect: Effect,
    /// The State to ask, for [`Effect::Ask`].
    pub ask: Option<Issuer>,
    /// The documents required, for [`Effect::Require`].
    pub documents: Box<[RequiredDocument]>,
    /// The rules it is an exception to.
    pub overrides: Box<[RuleId]>,
    /// The days on which it is in force.
    pub in_force: Span,
    /// The last day a person compared it with its source.
    pub checked: Day,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it is written.
    pub source: Source,
    /// What a reader should know besides, such as a doubt.
    pub note: Option<Box<str>>,
    /// The pack it comes with; `None` for the treaty.
    pub pack: Option<Box<str>>,
    /// The file and line it stands at.
    pub place: Place,
}

/// A mask over the values of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mask {
    pub(super) fact: Fact,
    pub(super) allowed: u32,
}

impl Mask {
    /// Whether the values left of the fact do not decide; where nothing is known a mask of all values is open too.
    pub(super) fn is_open(self, possible: u16) -> bool {
        let allowed = self.allowed as u16;
        possible == OPEN || (possible & allowed != 0 && possible & !allowed != 0)
    }
}

/// Where a rule is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The text, such as `Convention` or `Res. Conf. 12.3`.
    pub title: Box<str>,
    /// The place in it.
    pub clause: Box<str>,
    /// Its address, where known.
    pub url: Option<Box<str>>,
}

/// A place in a file of rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: Box<str>,
    /// The line, from 1.
    pub line: usize,
}

/// A document a rule requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// Kinds that serve as well.
    pub or: Box<[DocumentKind]>,
    /// Who issues it.
    pub issued_by: Issuer,
    /// Where it is shown.
    pub shown_at: ShownAt,
    /// Kinds that may only be issued after it.
    pub before: Box<[DocumentKind]>,
    /// The step in which to get it, from 1.
    pub order: u8,
    /// Whether a copy is enough.
    pub copy_suffices: bool,
    /// What it comes to when the document is not there.
    pub if_missing: Outcome,
    /// Papers of the treaty that are not asked for beside it when the same State issues both.
    pub stands_for: Box<[DocumentKind]>,
    /// Why, in a few words.
    pub why: Box<str>,
}

impl Rule {
    /// The facts the rule asks about.
    pub fn used(&self) -> FactSet {
        let masks = self.masks.iter().map(|mask| mask.fact);
        masks.chain(self.tests.iter().map(Test::fact)).collect()
    }

    /// The values of a fact that the rule allows; `None` where it does not ask.
    pub(super) fn mask_of(&self, fact: Fact) -> Option<u32> {
        self.masks.iter().find(|mask| mask.fact == fact).map(|mask| mask.allowed)
    }

    /// Whether some line on some day could meet both rules.
    pub(super) fn meets(&self, other: &Rule) -> bool {
        let masks_meet = self.masks.iter().all(|mask| {
            let same = other.masks.iter().find(|theirs| theirs.fact == mask.fact);
            same.is_none_or(|theirs| theirs.allowed & mask.allowed != 0)
        });
        let tests_meet = self.tests.iter().all(|test| other.tests.iter().all(|theirs| test.meets(theirs)));
        masks_meet && tests_meet && self.in_force.overlaps(other.in_force)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
