//! The Scientific Authority's advice on an application: what the Convention has it say, and why.
//!
//! Source of truth: the authority that gives it. Source: the Convention, Arts III 2(a), 3(a) and (b), 5(a), IV 2(a) and
//! 6(a): that the trade will not be detrimental to the survival of the species, and of a living specimen of Appendix I
//! that its recipient is suitably equipped to house and care for it. Whether an application needs an advice is law.

use serde::{Deserialize, Serialize};

use crate::kept::{Impossible, kept, must};

/// Whether the trade is detrimental to the survival of the species.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It will not be.
    NotDetrimental,
    /// It will be.
    Detrimental,
    /// What is known does not tell.
    CannotSay,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Finding; 3] = [Finding::NotDetrimental, Finding::Detrimental, Finding::CannotSay];

    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Finding::NotDetrimental => "not-detrimental",
            Finding::Detrimental => "detrimental",
            Finding::CannotSay => "cannot-say",
        }
    }
}

/// An advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Advice {
    /// Whether the trade is detrimental.
    pub finding: Finding,
    /// Whether the recipient of a living specimen is suitably equipped; `None` where it was not asked or is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_equipped: Option<bool>,
    /// The reasons.
    pub reasons: Box<str>,
}

/// An advice says nothing of its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an advice gives its reasons; state what the finding rests on")]
pub struct NoReasons;

impl Advice {
    /// An advice with its reasons.
    ///
    /// # Errors
    /// No reasons.
    pub fn of(
        finding: Finding,
        recipient_equipped: Option<bool>,
        reasons: &str,
    ) -> Result<Advice, NoReasons> {
        let advice = Advice { finding, recipient_equipped, reasons: reasons.trim().into() };
        if advice.reasons.is_empty() { Err(NoReasons) } else { Ok(advice) }
    }

    fn check(&self) -> Result<(), Impossible> {
        must(!self.reasons.trim().is_empty(), "an advice without reasons")
    }
}

kept!(Advice);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advice_has_reasons_and_is_read_as_it_was_written() {
        assert_eq!(Advice::of(Finding::CannotSay, None, " \n"), Err(NoReasons));
        for finding in Finding::ALL {
            let advice = Advice::of(finding, Some(true), "the population grows").unwrap();
            let json = serde_json::to_string(&advice).unwrap();
            assert!(json.contains(finding.as_str()), "{json}");
            assert_eq!(serde_json::from_str::<Advice>(&json).unwrap(), advice);
        }
        let silent = r#"{"finding":"detrimental","reasons":" "}"#;
        assert!(serde_json::from_str::<Advice>(silent).is_err());
    }
}
