//! The uses of a foreign paper, as moves.

use std::collections::BTreeSet;

use cites::{Amount, Day, Quantity, Unit};

use super::finding::{Extent, Finding};
use super::paper::{SeenLine, SeenPaper};
use crate::told::Told;

/// A use of a paper: goods passed on it, or were presented with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The day.
    pub on: Day,
    /// The port or office.
    pub at: Box<str>,
    /// By what the consignment is known there.
    pub consignment: Box<str>,
    /// How much of each line.
    pub lines: Vec<UsedLine>,
}

/// How much of a line was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedLine {
    /// The line of the paper, from 0.
    pub line: usize,
    /// How much, in the unit in which it was counted.
    pub quantity: Quantity,
}

/// A move that undoes a use that was entered in error. The use stays where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Which move it undoes, from 0.
    pub of: usize,
    /// The day.
    pub on: Day,
    /// Why.
    pub reason: Box<str>,
}

/// A move of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseMove {
    /// It was used.
    Use(Use),
    /// A use was entered in error.
    Undo(Undo),
}

/// The most letters of a place, a consignment or a reason.
pub const USE_LETTERS_MAX: usize = 400;
/// The most moves of one paper: far more than borders could endorse on it.
pub const USE_MOVES_MAX: usize = 10_000;
/// The most lines of a use: as many as a paper presented at a border may have.
pub const USE_LINES_MAX: usize = 1_000;

/// Why a move cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UseError {
    /// It uses nothing.
    #[error("the use names no line; state how much of which line was used")]
    Nothing,
    /// There is no use to be undone.
    #[error("move {0} of the paper is no use that stands; look at its uses again")]
    NotAUse(usize),
    /// A text, the lines or the moves are more than a paper has.
    #[error("{what} is more than {most}; look at it again, or split it")]
    TooMuch {
        /// What.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// It is undone without a reason.
    #[error("a use is undone with a reason; state it")]
    NoReason,
}

/// The uses of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    moves: Vec<UseMove>,
    /// The moves that others undid.
    undone: BTreeSet<usize>,
}

/// What is known of how much of a line is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLeft {
    /// So much; nothing where more was used than there was.
    Is(Quantity),
    /// It cannot be counted: the line tells no quantity, or a use was counted in another unit.
    Unknown,
}

impl Uses {
    /// The uses out of their moves, in the order in which they were made.
    ///
    /// # Errors
    /// The first move that cannot follow from those before it.
    pub fn of(moves: impl IntoIterator<Item = UseMove>) -> Result<Uses, UseError> {
        let mut uses = Uses::default();
        moves.into_iter().try_for_each(|made| uses.make(made))?;
        Ok(uses)
    }

    /// Makes a move. A use is kept even where there are findings against it: it happened.
    ///
    /// # Errors
    /// Why it cannot be made; the uses are as they were.
    pub fn make(&mut self, made: UseMove) -> Result<(), UseError> {
        self.fits(&made)?;
        match &made {
            UseMove::Use(used) if used.lines.iter().all(|line| line.quantity.is_zero()) => {
                return Err(UseError::Nothing);
            }
            UseMove::Use(_) => {}
            UseMove::Undo(undo) if undo.reason.trim().is_empty() => return Err(UseError::NoReason),
            UseMove::Undo(undo) => {
                let is_use = matches!(self.moves.get(undo.of), Some(UseMove::Use(_)));
                if !is_use || !self.undone.insert(undo.of) {
                    return Err(UseError::NotAUse(undo.of));
                }
            }
        }
        self.moves.push(made);
        Ok(())
    }

    fn fits(&self, made: &UseMove) -> Result<(), UseError> {
        let texts: &[&str] = match made {
            UseMove::Use(used) => &[&used.at, &used.consignment],
            UseMove::Undo(undo) => &[&undo.reason],
        };
        let lines = if let UseMove::Use(used) = made { used.lines.len() } else { 0 };
        let is_long = |text: &&str| text.chars().count() > USE_LETTERS_MAX;
        match () {
            () if self.moves.len() >= USE_MOVES_MAX => {
                Err(UseError::TooMuch { what: "the number of uses", most: USE_MOVES_MAX })
            }
            () if lines > USE_LINES_MAX => {
                Err(UseError::TooMuch { what: "the number of lines", most: USE_LINES_MAX })
            }
            () if texts.iter().any(is_long) => {
                Err(UseError::TooMuch { what: "a text of the use", most: USE_LETTERS_MAX })
            }
            () => Ok(()),
        }
    }

    /// Every move, in the order in which they were made.
    pub fn moves(&self) -> &[UseMove] {
        &self.moves
    }

    /// The uses that were not undone, each with the number of its move.
    pub fn standing(&self) -> impl Iterator<Item = (usize, &Use)> {
        self.moves.iter().enumerate().filter_map(|(place, made)| match made {
            UseMove::Use(used) if !self.undone.contains(&place) => Some((place, used)),
            _ => None,
        })
    }

    /// How much of a line is left.
    pub fn left(&self, paper: &SeenPaper, line: usize) -> LineLeft {
        let Some(Told::Is(authorised)) = paper.lines.get(line).map(|line| line.quantity) else {
            return LineLeft::Unknown;
        };
        let of_line = self.standing().flat_map(|(_, used)| &used.lines).filter(|used| used.line == line);
        let used = of_line.map(|used| used.quantity);
        match sum(used, authorised.unit) {
            Some(used) => {
                let left = u128::from(authorised.millionths()).saturating_sub(used);
                LineLeft::Is(quantity(left, authorised.unit))
            }
            None => LineLeft::Unknown,
        }
    }

    /// What is to be said against using `presented` as `further` tells. `first` is the paper of that number as it was
    /// first seen, whose uses these are.
    pub fn findings(&self, first: &SeenPaper, presented: &SeenPaper, further: &Use) -> Vec<Finding> {
        if !first.is_same(presented) {
            return vec![Finding::AnotherPaper];
        }
        let mut found = Vec::new();
        let differences = first.differences(presented);
        if !differences.is_empty() {
            found.push(Finding::OtherContent { differences });
        }
        if first.number.written() != presented.number.written() {
            found.push(Finding::NumberWrittenOtherwise {
                first: first.number.written().into(),
                now: presented.number.written().into(),
            });
        }
        days(first, presented, further.on, &mut found);
        let again = self.standing().filter(|(_, used)| is_same_consignment(used, further));
        found.extend(again.map(|(place, used)| Finding::RecordedBefore {
            place,
            on: used.on,
            at: used.at.clone(),
        }));
        let mut lines: Vec<usize> = further.lines.iter().map(|used| used.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.into_iter().for_each(|line| self.of_line(first, line, further, &mut found));
        found
    }

    fn of_line(&self, paper: &SeenPaper, line: usize, further: &Use, found: &mut Vec<Finding>) {
        let Some(seen) = paper.lines.get(line) else {
            return found.push(Finding::NoSuchLine { line, lines: paper.lines.len() });
        };
        let left = self.left(paper, line);
        for (_, used) in self.standing() {
            let of_line = used.lines.iter().filter(|used| used.line == line);
            found.extend(of_line.map(|of_line| Finding::UsedBefore {
                line,
                quantity: of_line.quantity,
                extent: extent(left),
                on: used.on,
                at: used.at.clone(),
                consignment: used.consignment.clone(),
            }));
        }
        self.amounts(seen, line, left, further, found);
    }

    fn amounts(&self, seen: &SeenLine, line: usize, left: LineLeft, further: &Use, found: &mut Vec<Finding>) {
        let Told::Is(authorised) = seen.quantity else {
            return found.push(Finding::NoQuantity { line });
        };
        let unit = authorised.unit;
        let asked = || further.lines.iter().filter(|used| used.line == line).map(|used| used.quantity);
        let uncounted = asked().filter(|asked| asked.convert_to(unit).is_none());
        found.extend(uncounted.map(|asked| Finding::OtherUnit { line, asked, unit }));
        match (left, sum(asked(), unit)) {
            (LineLeft::Is(left), Some(asked)) if asked > u128::from(left.millionths()) => {
                found.push(Finding::MoreThanLeft { line, asked: quantity(asked, unit), left });
            }
            (LineLeft::Unknown, _) => found.push(Finding::NotCounted { line }),
            _ => {}
        }
    }
}

/// What the days say against a use on `on`. Of two last days the earlier one counts.
fn days(first: &SeenPaper, presented: &SeenPaper, on: Day, found: &mut Vec<Finding>) {
    let validities = [first.validity(), presented.validity()];
    let last_day = validities.iter().filter_map(|validity| validity.last_day).min();
    match last_day {
        Some(last_day) if last_day < on => found.push(Finding::Expired { last_day, on }),
        Some(_) => {}
        None => found.push(Finding::NoLastDay),
    }
    let issued = validities.iter().filter_map(|validity| validity.first_day).max();
    found.extend(issued.filter(|issued| *issued > on).map(|issued| Finding::NotYetIssued { issued, on }));
}

fn is_same_consignment(one: &Use, other: &Use) -> bool {
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    !one.consignment.trim().is_empty()
        && same(&one.consignment, &other.consignment)
        && same(&one.at, &other.at)
}

const fn extent(left: LineLeft) -> Extent {
    match left {
        LineLeft::Is(left) if left.millionths() == 0 => Extent::Full,
        LineLeft::Is(left) => Extent::Part { left },
        LineLeft::Unknown => Extent::Unknown,
    }
}

/// The sum in millionths of `unit`; `None` where one of them is not exact in it.
fn sum(mut quantities: impl Iterator<Item = Quantity>, unit: Unit) -> Option<u128> {
    quantities.try_fold(0_u128, |sum, quantity| {
        sum.checked_add(u128::from(quantity.convert_to(unit)?.millionths()))
    })
}

/// An amount as a quantity; the largest one for more than a quantity holds.
fn quantity(millionths: u128, unit: Unit) -> Quantity {
    let amount = u64::try_from(millionths).ok().and_then(Amount::from_millionths);
    Quantity::new(amount.unwrap_or(Amount::MAX), unit)
}
