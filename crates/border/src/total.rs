//! The amount of all lines of the same goods, so that two lines cannot use one paper twice.
//!
//! Source of truth: the declaration. The same goods are the same taxon, kind and source.

use cites::{Quantity, SourceCode, TaxonId, Term, Unit};
use smallvec::SmallVec;

use crate::consignment::{Consignment, Line};
use crate::receive::ReceivedLine;

/// The totals of a consignment.
pub(crate) struct Totals {
    groups: SmallVec<[Group; 4]>,
    /// For each line, its group and the unit in which its total is wanted.
    lines: SmallVec<[(u32, Option<Unit>); 8]>,
}

/// What makes goods the same.
#[derive(PartialEq, Eq)]
struct Goods<'a> {
    taxon: Option<TaxonId>,
    term: Option<Term>,
    source: Option<SourceCode>,
    accepted: &'a str,
}

/// The total of one kind of goods in each unit in which a line of it is declared; `None` where a line tells no
/// amount, or one that cannot be converted.
type Group = SmallVec<[(Unit, Option<Quantity>); 1]>;

impl Totals {
    pub(crate) fn of(consignment: &Consignment, received: &[ReceivedLine<'_>]) -> Totals {
        let mut kinds: SmallVec<[Goods<'_>; 4]> = SmallVec::new();
        let mut totals = Totals { groups: SmallVec::new(), lines: SmallVec::new() };
        for (line, received) in consignment.lines.iter().zip(received) {
            let goods = goods(line, received);
            let known = kinds.iter().position(|kind| *kind == goods);
            let group = known.unwrap_or_else(|| {
                kinds.push(goods);
                totals.groups.push(Group::new());
                kinds.len() - 1
            });
            let unit = line.quantity.map(|quantity| quantity.unit);
            totals.lines.push((group as u32, unit));
            if let (Some(unit), Some(group)) = (unit, totals.groups.get_mut(group))
                && group.iter().all(|(known, _)| *known != unit)
            {
                group.push((unit, Quantity::from_millionths(0, unit)));
            }
        }
        totals.add(consignment);
        totals
    }

    fn add(&mut self, consignment: &Consignment) {
        for (line, (group, _)) in consignment.lines.iter().zip(&self.lines) {
            for (unit, sum) in self.groups.get_mut(*group as usize).into_iter().flatten() {
                let next = line.quantity.and_then(|quantity| quantity.convert_to(*unit));
                *sum = sum.zip(next).and_then(|(sum, next)| sum.checked_add(next));
            }
        }
    }

    /// The amount of all lines of the same goods as line `at`, in its unit.
    pub(crate) fn of_line(&self, at: usize) -> Option<Quantity> {
        let (group, unit) = *self.lines.get(at)?;
        let of_unit = self.groups.get(group as usize)?.iter().find(|(known, _)| Some(*known) == unit);
        of_unit.and_then(|(_, sum)| *sum)
    }
}

fn goods<'a>(line: &Line, received: &'a ReceivedLine<'_>) -> Goods<'a> {
    let name = &received.name;
    Goods { taxon: name.taxon, term: line.term, source: line.source, accepted: name.accepted }
}
