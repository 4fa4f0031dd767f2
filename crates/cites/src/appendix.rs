//! The Appendices of the Convention, alone and together.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

/// One of the three Appendices. Ordered by protection falling: I before II before III.
///
/// Source: Art II.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Appendix {
    /// Threatened with extinction.
    I,
    /// May become threatened, or looks like a species that may.
    II,
    /// Listed by one Party that asks for co-operation.
    III,
}

/// The Appendices that hold some part of a taxon, and whether some part is in none of them.
///
/// Written as the Checklist of CITES Species writes it: `I`, `I/II`, `II/NC`, `NC`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AppendixSet(u8);

/// Why text is not an [`Appendix`] or an [`AppendixSet`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an appendix; write I, II or III, or several such as I/II or II/NC")]
pub struct AppendixError {
    /// The text as written.
    pub written: String,
}

impl Appendix {
    /// The three, in order.
    pub const ALL: [Appendix; 3] = [Appendix::I, Appendix::II, Appendix::III];

    /// The Roman numeral.
    pub const fn as_str(self) -> &'static str {
        match self {
            Appendix::I => "I",
            Appendix::II => "II",
            Appendix::III => "III",
        }
    }
}

impl FromStr for Appendix {
    type Err = AppendixError;

    fn from_str(text: &str) -> Result<Appendix, AppendixError> {
        Appendix::ALL
            .into_iter()
            .find(|appendix| appendix.as_str() == text)
            .ok_or_else(|| AppendixError { written: text.to_owned() })
    }
}

impl fmt::Display for Appendix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Bit of "some part is in no Appendix".
const NOT_CONTROLLED: u8 = 1 << 3;

impl AppendixSet {
    /// Nothing told.
    pub const EMPTY: AppendixSet = AppendixSet(0);
    /// `NC`: in no Appendix.
    pub const NOT_CONTROLLED: AppendixSet = AppendixSet(NOT_CONTROLLED);

    /// The set of `appendices`; usable in constants.
    pub const fn of(appendices: &[Appendix]) -> AppendixSet {
        let mut set = AppendixSet::EMPTY;
        let mut rest = appendices;
        while let [first, after @ ..] = rest {
            set = set.with(*first);
            rest = after;
        }
        set
    }

    /// This set and `appendix`.
    #[must_use]
    pub const fn with(self, appendix: Appendix) -> AppendixSet {
        AppendixSet(self.0 | 1 << appendix as u8)
    }

    /// This set, and a part in no Appendix.
    #[must_use]
    pub const fn with_not_controlled(self) -> AppendixSet {
        AppendixSet(self.0 | NOT_CONTROLLED)
    }

    /// Adds `appendix`.
    pub const fn insert(&mut self, appendix: Appendix) {
        self.0 |= 1 << appendix as u8;
    }

    /// Whether some part is in `appendix`.
    pub const fn contains(self, appendix: Appendix) -> bool {
        self.0 & 1 << appendix as u8 != 0
    }

    /// Whether some part is in no Appendix.
    pub const fn has_not_controlled(self) -> bool {
        self.0 & NOT_CONTROLLED != 0
    }

    /// Everything in this set or in `other`.
    #[must_use]
    pub const fn union(self, other: AppendixSet) -> AppendixSet {
        AppendixSet(self.0 | other.0)
    }

    /// Whether nothing is told.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The Appendices in the set, in order; `NC` is not among them.
    pub fn iter(self) -> impl Iterator<Item = Appendix> {
        Appendix::ALL.into_iter().filter(move |appendix| self.contains(*appendix))
    }

    /// The strictest Appendix in the set; `None` when no part is in any.
    pub fn strictest(self) -> Option<Appendix> {
        self.iter().next()
    }
}

impl FromIterator<Appendix> for AppendixSet {
    fn from_iter<I: IntoIterator<Item = Appendix>>(appendices: I) -> AppendixSet {
        appendices.into_iter().fold(AppendixSet::EMPTY, AppendixSet::with)
    }
}

impl From<Appendix> for AppendixSet {
    fn from(appendix: Appendix) -> AppendixSet {
        AppendixSet::EMPTY.with(appendix)
    }
}

impl FromStr for AppendixSet {
    type Err = AppendixError;

    fn from_str(text: &str) -> Result<AppendixSet, AppendixError> {
        text.split('/').try_fold(AppendixSet::EMPTY, |set, part| match part {
            "NC" => Ok(set.with_not_controlled()),
            part => part
                .parse()
                .map(|appendix| set.with(appendix))
                .map_err(|_: AppendixError| AppendixError { written: text.to_owned() }),
        })
    }
}

impl fmt::Display for AppendixSet {
    /// The empty set prints nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.iter().map(Appendix::as_str).chain(self.has_not_controlled().then_some("NC"));
        for (place, part) in parts.enumerate() {
            if place > 0 {
                f.write_str("/")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl fmt::Debug for AppendixSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

serde_as_text!(Appendix, AppendixSet);
