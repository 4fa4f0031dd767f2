//! The columns of a table of permits.

use std::borrow::Cow;

use crate::application::asked::LINE_NAME_LETTERS_MAX;
use crate::fields::Field;
use crate::sheet::headings;
use crate::written::{Defect, Doubt, Read, clean};

/// The most letters of a code, a number or a day.
pub const VALUE_LETTERS_MAX: usize = 200;
/// The most letters of a holder.
pub const HOLDER_LETTERS_MAX: usize = 1_000;

/// A column of a table of permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PermitColumn {
    /// Box 1: the number.
    Number,
    /// Box 1: what it is.
    Kind,
    /// Who holds it.
    Holder,
    /// Box 13: the day of issue.
    Issued,
    /// Box 2: the last day.
    LastDay,
    /// Its state.
    State,
    /// Box 7: the name.
    Name,
    /// Box 9: the kind of specimen.
    Term,
    /// Box 10: the source.
    Source,
    /// Box 5a: the purpose.
    Purpose,
    /// Box 11: how much.
    Quantity,
    /// Box 11: of what.
    Unit,
    /// Box 12: the State of origin.
    Origin,
    /// Box 14: how much was used.
    Used,
}

impl PermitColumn {
    /// The columns that tell of the permit, and not of its line.
    pub(super) const OF_PERMIT: [PermitColumn; 5] = [
        PermitColumn::Kind,
        PermitColumn::Holder,
        PermitColumn::Issued,
        PermitColumn::LastDay,
        PermitColumn::State,
    ];

    const fn word(self) -> &'static str {
        match self {
            PermitColumn::Number => "number",
            PermitColumn::Kind => "kind",
            PermitColumn::Holder => "holder",
            PermitColumn::Issued => "issued",
            PermitColumn::LastDay => "last-day",
            PermitColumn::State => "state",
            PermitColumn::Name => "name",
            PermitColumn::Term => "term",
            PermitColumn::Source => "source",
            PermitColumn::Purpose => "purpose",
            PermitColumn::Quantity => "quantity",
            PermitColumn::Unit => "unit",
            PermitColumn::Origin => "origin",
            PermitColumn::Used => "used",
        }
    }
}

impl Field for PermitColumn {
    const ALL: &'static [PermitColumn] = &[
        PermitColumn::Number,
        PermitColumn::Kind,
        PermitColumn::Holder,
        PermitColumn::Issued,
        PermitColumn::LastDay,
        PermitColumn::State,
        PermitColumn::Name,
        PermitColumn::Term,
        PermitColumn::Source,
        PermitColumn::Purpose,
        PermitColumn::Quantity,
        PermitColumn::Unit,
        PermitColumn::Origin,
        PermitColumn::Used,
    ];

    fn id(self) -> Cow<'static, str> {
        self.word().into()
    }

    fn from_id(id: &str) -> Option<PermitColumn> {
        PermitColumn::ALL.iter().copied().find(|column| column.word() == id)
    }

    fn letters_max(self) -> usize {
        match self {
            PermitColumn::Number => crate::foreign::PAPER_NUMBER_LETTERS_MAX,
            PermitColumn::Holder => HOLDER_LETTERS_MAX,
            PermitColumn::Name => LINE_NAME_LETTERS_MAX,
            _ => VALUE_LETTERS_MAX,
        }
    }

    fn headings(self) -> &'static [&'static [&'static str]] {
        match self {
            PermitColumn::Number => headings::PERMIT_NUMBER,
            PermitColumn::Kind => headings::PERMIT_KIND,
            PermitColumn::Holder => headings::HOLDER,
            PermitColumn::Issued => headings::ISSUED,
            PermitColumn::LastDay => headings::LAST_DAY,
            PermitColumn::State => headings::STATE,
            PermitColumn::Name => headings::NAME,
            PermitColumn::Term => headings::TERM,
            PermitColumn::Source => headings::SOURCE,
            PermitColumn::Purpose => headings::PURPOSE,
            PermitColumn::Quantity => headings::QUANTITY,
            PermitColumn::Unit => headings::UNIT,
            PermitColumn::Origin => headings::ORIGIN,
            PermitColumn::Used => headings::USED,
        }
    }

    fn is_needed(self) -> bool {
        self == PermitColumn::Number
    }

    fn is_free_text(self) -> bool {
        matches!(self, PermitColumn::Number | PermitColumn::Holder)
    }
}

/// What a table says of the state of a permit: the words of `countrygate permit list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not ended. Whether it is over is told by its last day.
    Issued,
    /// Cancelled.
    Cancelled,
    /// Replaced.
    Replaced,
    /// Lost, stolen or destroyed.
    Lost,
    /// Came back.
    Returned,
}

/// The words of states. What is expired is not ended: its last day tells it.
const STATES: [(&str, State); 6] = [
    ("issued", State::Issued),
    ("expired", State::Issued),
    ("cancelled", State::Cancelled),
    ("replaced", State::Replaced),
    ("lost", State::Lost),
    ("returned", State::Returned),
];
const STATE_WORDS: [&str; 6] = ["issued", "expired", "cancelled", "replaced", "lost", "returned"];

impl State {
    /// Reads the word of a state.
    pub(super) fn read(text: &str) -> Result<Read<State>, Defect> {
        let text = clean(text)?;
        let found = STATES.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text));
        let (word, state) = found.ok_or(Defect::NoSuchWord { words: &STATE_WORDS })?;
        if *word == &*text {
            return Ok(Read::sure(*state));
        }
        Ok(Read::with(*state, Doubt::ReadAs { code: (*word).into() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_word() {
        assert_eq!(STATES.map(|(word, _)| word), STATE_WORDS);
        assert_eq!(State::read("ISSUED").map(|read| read.value), Ok(State::Issued));
        assert_eq!(State::read("open").unwrap_err().id(), "no-such-word");
    }

    #[test]
    fn a_heading_names_one_column() {
        let mut seen = std::collections::BTreeMap::new();
        for column in PermitColumn::ALL {
            assert_eq!(PermitColumn::from_id(&column.id()), Some(*column));
            for name in column.headings().iter().flat_map(|list| list.iter()) {
                assert_eq!(crate::written::fold(name), **name);
                assert_eq!(seen.insert(*name, *column), None, "{name} stands twice");
            }
        }
    }
}
