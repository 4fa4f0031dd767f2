//! How a specimen was obtained, box 10 of the standard form.
//!
//! Source of truth: `data/codes/source.csv`. A permit shows one letter for the origin, and beside it `O`
//! for a pre-Convention specimen and `I` for a seized one where they apply: [`SourceCode`] holds the three.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
pub use crate::generated::Source;
use crate::generated::{SOURCE_BY_CODE, SOURCE_FACTS};
use crate::set::bit_set;
use crate::text::{find, serde_as_text};

/// What is known about a [`Source`].
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFact {
    /// The letter.
    pub code: &'static str,
    /// Name in English.
    pub name_en: &'static str,
    /// Name in Chinese, where sure.
    pub name_zh: Option<&'static str>,
    /// Name in Russian, where sure.
    pub name_ru: Option<&'static str>,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// Why text is not a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a source; write one of the letters W X R D A C F U I O Y")]
pub struct SourceError {
    /// The text as written.
    pub written: String,
}

impl Source {
    /// Everything known about the source.
    pub fn fact(self) -> &'static SourceFact {
        #[expect(clippy::indexing_slicing, reason = "the table is generated with one row for each variant")]
        &SOURCE_FACTS[self as usize]
    }

    /// The letter, such as `W`.
    pub fn code(self) -> &'static str {
        self.fact().code
    }

    /// Name in English.
    pub fn name_en(self) -> &'static str {
        self.fact().name_en
    }

    /// Whether the letter may stand beside another one: `O` and `I`.
    pub fn stands_beside_another(self) -> bool {
        matches!(self, Source::PreConvention | Source::Seized)
    }
}

impl FromStr for Source {
    type Err = SourceError;

    fn from_str(text: &str) -> Result<Source, SourceError> {
        find(&SOURCE_BY_CODE, text).ok_or_else(|| SourceError { written: text.to_owned() })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

bit_set! {
    /// A set of sources.
    SourceSet(u16) of Source
}

/// The source a document shows: at most one origin, and the marks `O` and `I` beside it.
///
/// `O` alone is a pre-Convention specimen whose origin is not told, `I` alone a seized one; the
/// Guidelines let both stand with another letter. At least one of the three is there.
///
/// Source: Res. Conf. 12.3 (Rev. CoP18); EU Reg. 865/2006 Annex IX for `O` and `I` beside another letter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SourceCode {
    primary: Option<Source>,
    pre_convention: bool,
    seized: bool,
}

/// Why text is not a [`SourceCode`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceCodeError {
    /// Nothing is written.
    #[error("the source is empty; write a letter such as W, or U where it is not known")]
    Empty,
    /// A letter is no source.
    #[error("`{0}` is not a source code; write a letter such as W, with O or I beside it where they apply")]
    UnknownLetter(String),
    /// Two origins.
    #[error("`{0}` names two origins; only O and I may stand beside another letter")]
    TwoOrigins(String),
    /// The same letter twice.
    #[error("`{0}` names the same source twice; write each letter once")]
    Repeated(String),
}

impl SourceCode {
    /// An origin with its marks; `None` when `primary` is itself `O` or `I`, or when nothing is told.
    pub fn new(primary: Option<Source>, pre_convention: bool, seized: bool) -> Option<SourceCode> {
        let origin_is_a_mark = primary.is_some_and(Source::stands_beside_another);
        let empty = primary.is_none() && !pre_convention && !seized;
        (!origin_is_a_mark && !empty).then_some(SourceCode { primary, pre_convention, seized })
    }

    /// The origin; `None` when only `O` or `I` is told.
    pub const fn primary(self) -> Option<Source> {
        self.primary
    }

    /// Whether the specimen is marked as acquired before the Convention applied, `O`.
    pub const fn pre_convention(self) -> bool {
        self.pre_convention
    }

    /// Whether the specimen is marked as confiscated or seized, `I`.
    pub const fn seized(self) -> bool {
        self.seized
    }

    /// The same source, marked as seized.
    #[must_use]
    pub const fn and_seized(self) -> SourceCode {
        SourceCode { seized: true, ..self }
    }

    /// The same source, marked as pre-Convention.
    #[must_use]
    pub const fn and_pre_convention(self) -> SourceCode {
        SourceCode { pre_convention: true, ..self }
    }

    /// Every letter of the code, for comparison with a rule's set.
    pub fn letters(self) -> SourceSet {
        let mut set: SourceSet = self.primary.into_iter().collect();
        if self.pre_convention {
            set.insert(Source::PreConvention);
        }
        if self.seized {
            set.insert(Source::Seized);
        }
        set
    }

    fn and(self, letter: Source, written: &str) -> Result<SourceCode, SourceCodeError> {
        if self.letters().contains(letter) {
            return Err(SourceCodeError::Repeated(written.to_owned()));
        }
        match letter {
            Source::PreConvention => Ok(self.and_pre_convention()),
            Source::Seized => Ok(self.and_seized()),
            _ if self.primary.is_some() => Err(SourceCodeError::TwoOrigins(written.to_owned())),
            origin => Ok(SourceCode { primary: Some(origin), ..self }),
        }
    }
}

impl From<Source> for SourceCode {
    fn from(source: Source) -> SourceCode {
        let nothing = SourceCode { primary: None, pre_convention: false, seized: false };
        match source {
            Source::PreConvention => nothing.and_pre_convention(),
            Source::Seized => nothing.and_seized(),
            origin => SourceCode { primary: Some(origin), ..nothing },
        }
    }
}

impl FromStr for SourceCode {
    type Err = SourceCodeError;

    /// Reads `W`, `O`, `CI`, `C/I`, `C I`, `WO` and the like, in any order of the letters.
    fn from_str(text: &str) -> Result<SourceCode, SourceCodeError> {
        let mut code: Option<SourceCode> = None;
        for letter in text.chars().filter(|c| !matches!(c, ' ' | '/' | ',' | '+')) {
            let letter = Source::from_str(letter.encode_utf8(&mut [0; 4]))
                .map_err(|_| SourceCodeError::UnknownLetter(text.to_owned()))?;
            code = Some(match code {
                None => SourceCode::from(letter),
                Some(code) => code.and(letter, text)?,
            });
        }
        code.ok_or(SourceCodeError::Empty)
    }
}

impl fmt::Display for SourceCode {
    /// The origin first, then `O`, then `I`: `CI`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(primary) = self.primary {
            f.write_str(primary.code())?;
        }
        if self.pre_convention {
            f.write_str(Source::PreConvention.code())?;
        }
        if self.seized {
            f.write_str(Source::Seized.code())?;
        }
        Ok(())
    }
}

impl fmt::Debug for SourceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Source, SourceCode);
