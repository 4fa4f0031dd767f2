//! What a table comes to as a whole: how many rows there are of each kind.

use std::fmt;

use border::Verdict;
use border::record::Recorded;
use species::MatchKind;

use super::desk::Answer;
use super::layout::Layout;
use crate::exit::Exit;

/// The ways in which a name is matched, in the order of the summary.
const KINDS: [MatchKind; 7] = [
    MatchKind::Exact,
    MatchKind::Synonym,
    MatchKind::Fuzzy,
    MatchKind::Genus,
    MatchKind::Higher,
    MatchKind::Hybrid,
    MatchKind::None,
];

/// The Appendices that records state, in the order of the summary.
const STATED: [&str; 4] = ["I", "II", "III", "N"];

/// Rows whose stated Appendix was compared with the law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// How many.
    pub compared: u64,
    /// How many agree.
    pub agree: u64,
}

/// How many rows there are of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// All rows below the first.
    pub rows: u64,
    /// Rows with a cell, or all of it, that could not be read.
    pub bad_rows: u64,
    /// Rows that could not be read at all.
    pub lost_rows: u64,
    kinds: [u64; KINDS.len()],
    verdicts: [u64; Verdict::ALL.len()],
    agreement: [Agreement; STATED.len()],
}

impl Totals {
    /// Counts a row that was answered.
    pub fn count(&mut self, answer: &Answer<'_>, recorded: Option<Recorded>) {
        let kind = KINDS.iter().position(|kind| *kind == answer.kind);
        if let Some(kinds) = kind.and_then(|kind| self.kinds.get_mut(kind)) {
            *kinds += 1;
        }
        if let Some(verdicts) = self.verdicts.get_mut(answer.verdict as usize) {
            *verdicts += 1;
        }
        let stated = recorded.map(|recorded| recorded.to_string());
        let place = stated.and_then(|stated| STATED.iter().position(|known| *known == stated));
        let of_stated = place.and_then(|place| self.agreement.get_mut(place));
        if let (Some(agreement), Some(agrees)) = (of_stated, answer.agrees) {
            agreement.compared += 1;
            agreement.agree += u64::from(agrees);
        }
    }

    /// Adds the counts of another run of rows.
    pub fn add(&mut self, other: &Totals) {
        self.rows += other.rows;
        self.bad_rows += other.bad_rows;
        self.lost_rows += other.lost_rows;
        self.kinds.iter_mut().zip(other.kinds).for_each(|(own, more)| *own += more);
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(own, more)| *own += more);
        for (own, more) in self.agreement.iter_mut().zip(other.agreement) {
            own.compared += more.compared;
            own.agree += more.agree;
        }
    }

    /// How many rows were matched in each way.
    pub fn kinds(&self) -> impl Iterator<Item = (MatchKind, u64)> {
        KINDS.into_iter().zip(self.kinds)
    }

    /// How many rows came to each verdict, the worst first.
    pub fn verdicts(&self) -> impl Iterator<Item = (Verdict, u64)> {
        Verdict::ALL.into_iter().zip(self.verdicts).rev()
    }

    /// How many rows stated each Appendix and how many of them agree with the law.
    pub fn agreement(&self) -> impl Iterator<Item = (&'static str, Agreement)> {
        STATED.into_iter().zip(self.agreement)
    }

    /// How many names led to a taxon.
    pub fn resolved(&self) -> u64 {
        self.kinds().filter(|(kind, _)| *kind != MatchKind::None).map(|(_, rows)| rows).sum()
    }

    /// The counts as JSON.
    pub fn json(&self, layout: &Layout) -> serde_json::Value {
        let kinds: serde_json::Map<_, _> =
            self.kinds().map(|(kind, rows)| (kind.to_string(), rows.into())).collect();
        let verdicts: serde_json::Map<_, _> =
            self.verdicts().map(|(verdict, rows)| (verdict.to_string(), rows.into())).collect();
        let agreement = self.agreement().map(|(stated, agreement)| {
            let Agreement { compared, agree } = agreement;
            (stated.to_owned(), serde_json::json!({ "compared": compared, "agree": agree }))
        });
        let agreement: serde_json::Map<_, _> = agreement.collect();
        serde_json::json!({
            "kind": layout.kind.as_str(),
            "rows": self.rows,
            "bad_rows": self.bad_rows,
            "match": kinds,
            "verdicts": verdicts,
            "agreement": agreement,
        })
    }

    /// What the table comes to. A document that is required is not there: a row presents none.
    pub fn exit(&self) -> Exit {
        let count = |wanted: Verdict| self.verdicts().any(|(verdict, rows)| verdict == wanted && rows > 0);
        if count(Verdict::Prohibited) {
            Exit::Prohibited
        } else if self.bad_rows > 0 || count(Verdict::Refer) || count(Verdict::MayCrossWithDocuments) {
            Exit::Refer
        } else {
            Exit::Clear
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {} rows", thousands(self.rows))?;
        let answered = self.rows - self.lost_rows;
        write!(f, "  names       {} of {} lead to a taxon", thousands(self.resolved()), thousands(answered))?;
        for (kind, rows) in self.kinds().filter(|(_, rows)| *rows > 0) {
            write!(f, ", {} {kind}", thousands(rows))?;
        }
        writeln!(f)?;
        for (stated, agreement) in self.agreement().filter(|(_, agreement)| agreement.compared > 0) {
            writeln!(f, "  stated {stated:<4} {}", share(agreement))?;
        }
        for (verdict, rows) in self.verdicts().filter(|(_, rows)| *rows > 0) {
            writeln!(f, "  {:<26} {:>11}", verdict.as_str(), thousands(rows))?;
        }
        if self.bad_rows > 0 {
            writeln!(f, "  {} rows have a cell that could not be read", thousands(self.bad_rows))?;
        }
        Ok(())
    }
}

fn share(agreement: Agreement) -> String {
    let Agreement { compared, agree } = agreement;
    let share = 100.0 * agree as f64 / compared.max(1) as f64;
    format!("{} of {} agree with the law ({share:.2} %)", thousands(agree), thousands(compared))
}

/// A number with commas between its thousands.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (366_240, "366,240"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), expected);
        }
    }

    #[test]
    fn the_worst_row_counts() {
        let with = |verdict: Verdict, bad_rows| {
            let mut totals = Totals { bad_rows, ..Totals::default() };
            totals.verdicts[verdict as usize] = 1;
            totals.exit()
        };
        assert_eq!(with(Verdict::NotControlled, 0), Exit::Clear);
        assert_eq!(with(Verdict::MayCross, 0), Exit::Clear);
        assert_eq!(with(Verdict::MayCross, 1), Exit::Refer);
        assert_eq!(with(Verdict::MayCrossWithDocuments, 0), Exit::Refer);
        assert_eq!(with(Verdict::Refer, 0), Exit::Refer);
        assert_eq!(with(Verdict::Prohibited, 1), Exit::Prohibited);
    }
}
