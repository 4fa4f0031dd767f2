//! Match: which specimen block of a paper speaks of the goods of a line, and how it names them.
//!
//! Source of truth: the names. A higher taxon, a synonym or another kind of goods is never taken silently
//! for the same.

use cites::{Country, Quantity};
use law::rule::NamedTaxon;
use permits::{Paper, PaperLine};
use species::{Backbone, Resolution};

use crate::consignment::Line;
use crate::printed::Printed;

/// The goods of a line, as papers are compared with them.
pub(crate) struct Goods<'g> {
    /// The place of the line in the consignment.
    pub(crate) at: usize,
    pub(crate) declared: &'g Line,
    pub(crate) name: &'g Resolution<'g>,
    pub(crate) origin: Option<Country>,
    /// The amount of all lines of the same goods, in the unit of this one.
    pub(crate) total: Option<Quantity>,
    pub(crate) printed: &'g Printed<'g>,
    pub(crate) backbone: &'g Backbone,
}

/// A specimen block of a paper, and how it names the goods.
#[derive(Clone, Copy)]
pub(crate) struct Block<'p> {
    pub(crate) line: &'p PaperLine,
    pub(crate) named: NamedTaxon,
}

impl Goods<'_> {
    /// The block of the paper at place `at` that speaks of the goods: by name first, then by kind.
    pub(crate) fn block_of<'p>(&self, paper: &'p Paper, at: usize) -> Option<Block<'p>> {
        let blocks = paper.lines.iter().enumerate();
        let named = blocks.map(|(block, line)| Block { line, named: self.named_by(at, block) });
        let best = named.min_by_key(|block| (block.named, self.is_of_other_term(block.line)))?;
        // A paper of one block speaks of these goods or of none: its name is then the finding.
        (best.named < NamedTaxon::Other || paper.lines.len() == 1).then_some(best)
    }

    fn is_of_other_term(&self, line: &PaperLine) -> bool {
        line.term.value().copied() != self.declared.term
    }

    /// How a block names the goods.
    fn named_by(&self, paper: usize, block: usize) -> NamedTaxon {
        match self.printed.unlike(self.at, paper, block) {
            None => NamedTaxon::Same,
            Some(printed) => named(printed, self.name, self.backbone),
        }
    }
}

fn named(printed: &Resolution<'_>, declared: &Resolution<'_>, backbone: &Backbone) -> NamedTaxon {
    let (Some(theirs), Some(ours)) = (printed.taxon, declared.taxon) else { return NamedTaxon::Other };
    let same = printed.accepted == declared.accepted && !printed.accepted.is_empty();
    if same && printed.hybrid.is_some() == declared.hybrid.is_some() {
        return if printed.synonym.is_some() { NamedTaxon::Synonym } else { NamedTaxon::Same };
    }
    let deeper = printed.taxon.is_some() && declared.accepted.starts_with(printed.accepted);
    if backbone.is_within(theirs, ours) && printed.hybrid.is_none() && theirs != ours {
        // A name below the declared one is the more exact of the two.
        return NamedTaxon::Same;
    }
    let wider = backbone.is_within(ours, theirs) && theirs != ours;
    if wider || (deeper && printed.hybrid.is_none() && theirs == ours) {
        NamedTaxon::Wider
    } else {
        NamedTaxon::Other
    }
}
