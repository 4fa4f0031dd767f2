//! What an assessment comes to, and how sure a fact is.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

/// What an assessment comes to. Ordered by severity, so that the outcome of many findings is their maximum.
///
/// An outcome is advice: an officer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Nothing stands in the way.
    Clear,
    /// A person must look: a fact is missing, doubtful or left to judgement.
    Refer,
    /// The law forbids it as declared.
    Refuse,
}

/// Why text is not an [`Outcome`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an outcome; write clear, refer or refuse")]
pub struct OutcomeError {
    /// The text as written.
    pub written: String,
}

impl Outcome {
    /// The three outcomes, by severity.
    pub const ALL: [Outcome; 3] = [Outcome::Clear, Outcome::Refer, Outcome::Refuse];

    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Clear => "clear",
            Outcome::Refer => "refer",
            Outcome::Refuse => "refuse",
        }
    }
}

impl FromStr for Outcome {
    type Err = OutcomeError;

    fn from_str(text: &str) -> Result<Outcome, OutcomeError> {
        Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
            .ok_or_else(|| OutcomeError { written: text.to_owned() })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How sure a fact is. Ordered from the surest: the weaker of two is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// `F`: read in a text or in official data.
    Found,
    /// `D`: follows from facts that were found.
    Derived,
    /// `M`: from memory, not yet compared with a source.
    Memory,
    /// `C`: sources say different things.
    Conflict,
}

/// Why text is not a [`Confidence`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a confidence; write F found, D derived, M from memory or C conflicting")]
pub struct ConfidenceError {
    /// The text as written.
    pub written: String,
}

impl Confidence {
    /// All four, from the surest.
    pub const ALL: [Confidence; 4] =
        [Confidence::Found, Confidence::Derived, Confidence::Memory, Confidence::Conflict];

    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Confidence::Found => "F",
            Confidence::Derived => "D",
            Confidence::Memory => "M",
            Confidence::Conflict => "C",
        }
    }

    /// Whether a decision may rest on the fact without saying so: found or derived.
    pub const fn is_verified(self) -> bool {
        matches!(self, Confidence::Found | Confidence::Derived)
    }
}

impl FromStr for Confidence {
    type Err = ConfidenceError;

    fn from_str(text: &str) -> Result<Confidence, ConfidenceError> {
        Confidence::ALL
            .into_iter()
            .find(|confidence| confidence.as_str() == text)
            .ok_or_else(|| ConfidenceError { written: text.to_owned() })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether everything an answer rests on is verified. Collect it from the confidences of the facts used.
///
/// ```
/// use cites::{Confidence, Verified};
/// let rests_on = [Confidence::Found, Confidence::Memory];
/// assert_eq!(rests_on.into_iter().collect::<Verified>(), Verified::No);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verified {
    /// Every fact was found or derived.
    Yes,
    /// At least one fact is from memory or in conflict, and the answer must say so.
    No,
}

impl Verified {
    /// Whether it is [`Verified::Yes`].
    pub const fn is_yes(self) -> bool {
        matches!(self, Verified::Yes)
    }

    /// Verified only when both are.
    #[must_use]
    pub fn and(self, other: Verified) -> Verified {
        self.max(other)
    }
}

impl From<Confidence> for Verified {
    fn from(confidence: Confidence) -> Verified {
        if confidence.is_verified() { Verified::Yes } else { Verified::No }
    }
}

impl FromIterator<Confidence> for Verified {
    fn from_iter<I: IntoIterator<Item = Confidence>>(confidences: I) -> Verified {
        confidences.into_iter().map(Verified::from).fold(Verified::Yes, Verified::and)
    }
}

serde_as_text!(Outcome, Confidence);
