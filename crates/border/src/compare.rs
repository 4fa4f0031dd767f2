//! Match: which specimen block of a paper speaks of the goods of a line, and how it names them.
//!
//! Source of truth: the names. A higher taxon, a synonym or another kind of goods is never taken silently
//! for the same.

use cites::{Country, Quantity};
use law::rule::NamedTaxon;
use permits::{Paper, PaperLine};
use species::{Backbone, Names, Resolution};

use crate::consignment::Line;
use crate::inspect::same_name;

/// The goods of a line, as papers are compared with them.
pub(crate) struct Goods<'g> {
    pub(crate) declared: &'g Line,
    pub(crate) name: &'g Resolution<'g>,
    pub(crate) origin: Option<Country>,
    /// The amount of all lines of the same goods, in the unit of this one.
    pub(crate) total: Option<Quantity>,
    pub(crate) names: &'g Names<'g>,
}

impl Goods<'_> {
    /// The block of `paper` that speaks of the goods: by name first, then by kind.
    pub(crate) fn line_of<'p>(&self, paper: &'p Paper) -> Option<&'p PaperLine> {
        let ranked = paper.lines.iter().map(|line| (self.rank(line), line));
        let best = ranked.min_by_key(|(rank, _)| *rank)?;
        // A paper of one block speaks of these goods or of none: its name is then the finding.
        (best.0.0 < NamedTaxon::Other || paper.lines.len() == 1).then_some(best.1)
    }

    fn rank(&self, line: &PaperLine) -> (NamedTaxon, bool) {
        let other_term = line.term.value().copied() != self.declared.term;
        (self.named_by(line), other_term)
    }

    /// How a block names the goods.
    pub(crate) fn named_by(&self, line: &PaperLine) -> NamedTaxon {
        if same_name(&line.name, &self.declared.name) {
            return NamedTaxon::Same;
        }
        let printed = self.names.resolve(&line.name);
        named(&printed, self.name, self.names.backbone)
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
