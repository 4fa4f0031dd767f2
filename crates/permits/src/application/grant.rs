//! What a decision grants: which lines, for which taxon, how much of each, and on which quota.
//!
//! Source of truth: the lines as they were asked and what the decision says of them. Nothing is granted that was not
//! asked, and never more of it; whether it may be granted is the decision itself and not asked here.

use std::collections::BTreeSet;

use cites::{Quantity, QuotaId};
use serde::{Deserialize, Serialize};

use super::asked::{Asked, ChosenTaxon, ReadLine, Taxa};

/// A line that was granted. The taxon is kept as it was read at the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantedLine {
    /// The line of what was asked, from 1.
    pub line: u32,
    /// What its name stands for.
    pub taxon: ChosenTaxon,
    /// How much.
    pub quantity: Quantity,
    /// The quota on which it is reserved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<QuotaId>,
    /// Why it is granted, where the decision gives reasons for this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Box<str>>,
}

/// What a decision says of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDecision {
    /// The line of what was asked, from 1.
    pub line: u32,
    /// How much is granted; `None` for as much as is asked.
    pub quantity: Option<Quantity>,
    /// The quota to reserve it on.
    pub quota: Option<QuotaId>,
    /// Why it is granted, where the law's answer alone does not tell.
    pub reasons: Option<Box<str>>,
}

/// Why lines cannot be granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// No line is named.
    #[error("the decision grants no line; name those that are granted, or refuse the application")]
    Nothing,
    /// There is no such line.
    #[error("there is no line {0}; look at the application again")]
    NoLine(u32),
    /// A line is named twice.
    #[error("line {0} is granted twice; name each line once")]
    Twice(u32),
    /// Nobody knows which taxon is meant.
    #[error("what the name of line {0} stands for is not known; have its taxon chosen first")]
    NoTaxon(u32),
    /// Nobody knows how much is asked.
    #[error("how much line {0} asks for cannot be read; have it corrected first")]
    NoQuantity(u32),
    /// More is granted than is asked, or nothing, or what cannot be compared.
    #[error(
        "line {line} asks for {asked} and {granted} is granted; grant more than nothing and no more than is asked"
    )]
    NotWithin {
        /// The line.
        line: u32,
        /// What is asked.
        asked: Quantity,
        /// What would be granted.
        granted: Quantity,
    },
}

/// The lines that a decision grants, each with what is read of it.
///
/// # Errors
/// None, one twice, one that is not there or cannot be read, or more than is asked.
pub fn granted<'n>(
    asked: &Asked,
    taxa: &Taxa<'n>,
    decided: &[LineDecision],
) -> Result<Vec<(GrantedLine, ReadLine<'n>)>, GrantError> {
    if decided.is_empty() {
        return Err(GrantError::Nothing);
    }
    let mut seen = BTreeSet::new();
    let one = |decision: &LineDecision| {
        if seen.insert(decision.line) {
            line(asked, taxa, decision)
        } else {
            Err(GrantError::Twice(decision.line))
        }
    };
    decided.iter().map(one).collect()
}

fn line<'n>(
    asked: &Asked,
    taxa: &Taxa<'n>,
    decision: &LineDecision,
) -> Result<(GrantedLine, ReadLine<'n>), GrantError> {
    let number = decision.line;
    let written = asked.line(number).ok_or(GrantError::NoLine(number))?;
    let (read, _) = written.read(taxa);
    let taxon = read.name.as_ref().and_then(|name| name.taxon.clone()).ok_or(GrantError::NoTaxon(number))?;
    let asked = *read.quantity.value().ok_or(GrantError::NoQuantity(number))?;
    let quantity = decision.quantity.unwrap_or(asked);
    let is_within = quantity.convert_to(asked.unit).is_some_and(|much| much.amount <= asked.amount);
    if !is_within || quantity.is_zero() {
        return Err(GrantError::NotWithin { line: number, asked, granted: quantity });
    }
    let reasons = decision.reasons.as_deref().map(str::trim).filter(|reasons| !reasons.is_empty());
    let (quota, reasons) = (decision.quota, reasons.map(Box::from));
    Ok((GrantedLine { line: number, taxon, quantity, quota, reasons }, read))
}

#[cfg(test)]
mod tests {
    use species::{Backbone, Names};

    use super::*;
    use crate::application::asked::{Line, LineField};

    const TREE: &str = "kingdom,rank,name,parent,status,source\n\
        Animalia,kingdom,Animalia,,accepted,example\n\
        Animalia,genus,Falco,Animalia,accepted,example\n\
        Animalia,species,Falco cherrug,Falco,accepted,example\n";

    fn asked(lines: &[(&str, &str)]) -> Asked {
        let mut asked = Asked::default();
        for (name, quantity) in lines {
            let mut line = Line::default();
            line.write(LineField::Name, name).unwrap();
            line.write(LineField::Quantity, quantity).unwrap();
            line.write(LineField::Unit, "KGM").unwrap();
            asked.add(line).unwrap();
        }
        asked
    }

    #[track_caller]
    fn check(decided: &[(u32, Option<&str>)], expected: &str) {
        let backbone = Backbone::from_tables(TREE, "kingdom,name,accepted,kind,from,source\n", "").unwrap();
        let taxa = Taxa::of(Names::shipped(&backbone));
        let asked = asked(&[("Falco cherrug", "2"), ("nobody knows", "2"), ("Falco cherrug", "many")]);
        let decision = |(line, much): &(u32, Option<&str>)| {
            let quantity = much.map(|much| much.parse().unwrap());
            LineDecision { line: *line, quantity, quota: None, reasons: None }
        };
        let decided: Vec<LineDecision> = decided.iter().map(decision).collect();
        let told = match granted(&asked, &taxa, &decided) {
            Ok(lines) => lines
                .iter()
                .map(|(line, _)| format!("{} {} {}", line.line, line.taxon.name, line.quantity))
                .collect(),
            Err(error) => vec![error.to_string()],
        };
        assert!(told.join("; ").starts_with(expected), "{told:?}");
    }

    #[test]
    fn a_line_is_granted_whole_or_in_part_and_never_beyond_what_is_asked() {
        check(&[(1, None)], "1 Falco cherrug 2 KGM");
        check(&[(1, Some("500 GRM"))], "1 Falco cherrug 500 GRM");
        check(&[(1, Some("2001 GRM"))], "line 1 asks for 2 KGM and 2001 GRM is granted");
        check(&[(1, Some("0 KGM"))], "line 1 asks for");
        check(&[(1, Some("1 NAR"))], "line 1 asks for");
    }

    #[test]
    fn what_cannot_be_read_is_not_granted() {
        check(&[], "the decision grants no line");
        check(&[(2, None)], "what the name of line 2 stands for");
        check(&[(3, None)], "how much line 3 asks for");
        check(&[(4, None)], "there is no line 4");
        check(&[(0, None)], "there is no line 0");
        check(&[(1, None), (1, None)], "line 1 is granted twice");
    }
}
