//! The stock of security stamps: received in runs, each stamp issued once, spoiled or lost.
//!
//! Source of truth: the entries of the stock. Res. Conf. 12.3 (Rev. CoP19) has a security stamp with its own number
//! on each paper permit of a State that uses them, and the number written on the permit. A stamp that is not in the
//! stock, or was used, is never accepted silently.

use std::collections::BTreeMap;

/// What became of a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is on a permit.
    Issued,
    /// It was damaged, and destroyed under the eyes of two people.
    Spoiled,
    /// Nobody knows where it is: a permit that bears it is not genuine.
    Lost,
}

impl Fate {
    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fate::Issued => "issued",
            Fate::Spoiled => "spoiled",
            Fate::Lost => "lost",
        }
    }
}

/// One entry of the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampEntry {
    /// A run of stamps came in, from one number to another, both with it.
    Received {
        /// The first number.
        first: u64,
        /// The last number.
        last: u64,
    },
    /// Something became of one stamp.
    Became {
        /// Its number.
        stamp: u64,
        /// What.
        fate: Fate,
    },
}

/// Why an entry cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// The run ends before it begins.
    #[error("the run ends with {last}, before its first number {first}; correct one of them")]
    Run {
        /// The first number.
        first: u64,
        /// The last number.
        last: u64,
    },
    /// A number of the run came in before.
    #[error("stamp {0} came in before; two stamps of one number are a matter for the printer and the police")]
    Twice(u64),
    /// The stamp never came in.
    #[error("stamp {0} is not in the stock; look at the stamp again, or enter its run first")]
    Unknown(u64),
    /// Something became of it before.
    #[error("stamp {stamp} is {} already; take another", fate.as_str())]
    Gone {
        /// Its number.
        stamp: u64,
        /// What became of it.
        fate: Fate,
    },
}

/// The stamps of an office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StampStock {
    /// Runs by their first number; they do not overlap.
    runs: BTreeMap<u64, u64>,
    gone: BTreeMap<u64, Fate>,
}

impl StampStock {
    /// The stock after `entries`, in the order in which they were made.
    ///
    /// # Errors
    /// The first entry that cannot follow from those before it.
    pub fn of(entries: impl IntoIterator<Item = StampEntry>) -> Result<StampStock, StampError> {
        let mut stock = StampStock::default();
        entries.into_iter().try_for_each(|entry| stock.enter(entry))?;
        Ok(stock)
    }

    /// Makes an entry.
    ///
    /// # Errors
    /// Why it cannot be made; the stock is as it was.
    pub fn enter(&mut self, entry: StampEntry) -> Result<(), StampError> {
        match entry {
            StampEntry::Received { first, last } => self.receive(first, last),
            StampEntry::Became { stamp, fate } => self.become_of(stamp, fate),
        }
    }

    /// What became of a stamp; nothing while it lies in the stock.
    ///
    /// # Errors
    /// It never came in.
    pub fn fate(&self, stamp: u64) -> Result<Option<Fate>, StampError> {
        if self.holds(stamp) { Ok(self.gone.get(&stamp).copied()) } else { Err(StampError::Unknown(stamp)) }
    }

    /// The lowest stamp of which nothing became, the next to be used.
    pub fn next(&self) -> Option<u64> {
        self.runs.iter().find_map(|(first, last)| {
            // What is gone stands in order: the first number that is not the next of them lies in the stock.
            let gone = self.gone.range(first..=last).map(|(stamp, _)| *stamp);
            let used = gone.zip(*first..=*last).take_while(|(stamp, next)| stamp == next).count() as u64;
            first.checked_add(used).filter(|next| next <= last)
        })
    }

    /// How many stamps are left.
    pub fn left(&self) -> u64 {
        let received = self
            .runs
            .iter()
            .fold(0_u64, |sum, (first, last)| sum.saturating_add((last - first).saturating_add(1)));
        received.saturating_sub(self.gone.len() as u64)
    }

    fn receive(&mut self, first: u64, last: u64) -> Result<(), StampError> {
        if last < first {
            return Err(StampError::Run { first, last });
        }
        let before = self.runs.range(..=first).next_back().filter(|(_, end)| **end >= first);
        let after = self.runs.range(first..=last).next();
        match (before, after) {
            (Some(_), _) => Err(StampError::Twice(first)),
            (None, Some((start, _))) => Err(StampError::Twice(*start)),
            (None, None) => {
                self.runs.insert(first, last);
                Ok(())
            }
        }
    }

    fn become_of(&mut self, stamp: u64, fate: Fate) -> Result<(), StampError> {
        match (self.fate(stamp)?, fate) {
            // What was lost and turns up again is destroyed.
            (None, _) | (Some(Fate::Lost), Fate::Spoiled) => {
                self.gone.insert(stamp, fate);
                Ok(())
            }
            (Some(fate), _) => Err(StampError::Gone { stamp, fate }),
        }
    }

    fn holds(&self, stamp: u64) -> bool {
        self.runs.range(..=stamp).next_back().is_some_and(|(_, last)| stamp <= *last)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stock() -> StampStock {
        StampStock::of([
            StampEntry::Received { first: 101, last: 110 },
            StampEntry::Received { first: 1, last: 3 },
        ])
        .unwrap()
    }

    #[test]
    fn a_stamp_is_used_once_and_in_order() {
        let mut stock = stock();
        assert_eq!((stock.next(), stock.left()), (Some(1), 13));
        let issue = |stamp| StampEntry::Became { stamp, fate: Fate::Issued };
        [1, 2, 3].into_iter().for_each(|stamp| stock.enter(issue(stamp)).unwrap());
        assert_eq!((stock.next(), stock.left()), (Some(101), 10));
        assert_eq!(stock.enter(issue(2)), Err(StampError::Gone { stamp: 2, fate: Fate::Issued }));
        assert_eq!(stock.enter(issue(4)), Err(StampError::Unknown(4)));
        assert_eq!(stock.enter(issue(111)), Err(StampError::Unknown(111)));
    }

    #[test]
    fn what_was_lost_is_never_issued_and_may_be_destroyed() {
        let mut stock = stock();
        let entry = |fate| StampEntry::Became { stamp: 105, fate };
        stock.enter(entry(Fate::Lost)).unwrap();
        assert_eq!(stock.enter(entry(Fate::Issued)), Err(StampError::Gone { stamp: 105, fate: Fate::Lost }));
        stock.enter(entry(Fate::Spoiled)).unwrap();
        assert_eq!(stock.fate(105), Ok(Some(Fate::Spoiled)));
        assert_eq!(stock.enter(entry(Fate::Lost)), Err(StampError::Gone { stamp: 105, fate: Fate::Spoiled }));
    }

    #[test]
    fn a_run_that_overlaps_another_is_refused() {
        let receive = |first, last| stock().enter(StampEntry::Received { first, last });
        for (first, last, expected) in [
            (111, 120, Ok(())),
            (4, 100, Ok(())),
            (110, 120, Err(StampError::Twice(110))),
            (90, 101, Err(StampError::Twice(101))),
            (90, 200, Err(StampError::Twice(101))),
            (103, 104, Err(StampError::Twice(103))),
            (9, 8, Err(StampError::Run { first: 9, last: 8 })),
            (0, u64::MAX, Err(StampError::Twice(1))),
        ] {
            assert_eq!(receive(first, last), expected, "{first} to {last}");
        }
    }

    proptest! {
        #[test]
        fn every_stamp_is_left_or_gone(fates in prop::collection::vec((0_u64..130, 0_u8..3), 0..200)) {
            let mut stock = stock();
            let mut used = std::collections::BTreeSet::new();
            for (stamp, fate) in fates {
                let fate = [Fate::Issued, Fate::Spoiled, Fate::Lost][usize::from(fate)];
                if stock.enter(StampEntry::Became { stamp, fate }).is_ok() {
                    used.insert(stamp);
                }
            }
            prop_assert_eq!(stock.left(), 13 - used.len() as u64);
            prop_assert!(stock.next().is_none_or(|next| !used.contains(&next)));
        }
    }
}
