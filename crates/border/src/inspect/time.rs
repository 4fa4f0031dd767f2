//! The days of a paper: whether it is good today, was issued and endorsed in time, and in the right order.

use cites::Term;
use law::assess::Evidence;
use law::rule::{Fact, FactSet, PaperOrder, PaperTime, PrintedTerm, Retrospective, Truth, YesNo, key};
use permits::{Grounds, Validity};

use super::Inspection;
use super::seen::{Seen, agreement};

impl Inspection<'_, '_> {
    pub(super) fn state_and_time(&self, seen: &mut Seen<'_>, validity: Validity) {
        let same = self.paper.issuer.zip(self.issuer).map(|(told, wanted)| told == wanted);
        seen.decide(key::paper_issuer, same.map(agreement));
        let time = match (validity.is_not_yet_issued(self.on), validity.has_expired(self.on)) {
            (Some(true), _) => Some(PaperTime::NotYetIssued),
            (_, Some(true)) => Some(PaperTime::Expired),
            (Some(false), Some(false)) => Some(PaperTime::Valid),
            _ => None,
        };
        seen.decide(key::paper_time, time);
        let printed = validity
            .printed_beyond_cap
            .map(|beyond| if beyond { PrintedTerm::BeyondCap } else { PrintedTerm::WithinCap });
        seen.decide(key::printed_term, printed);
        let arrived = self.journey.dates.arrived.zip(validity.last_day).map(|(day, last)| day <= last);
        seen.facts.know_if_told(key::arrived_in_time, arrived.map(YesNo::from));
        seen.facts.because(Fact::ArrivedInTime, FactSet::of(&[Fact::Dates]));
        seen.facts.know(key::timber, YesNo::from(self.is_timber()));
    }

    /// Wood of an entry that covers logs, sawn wood, veneer and plywood at most.
    ///
    /// Source: 50 CFR 23.73, annotations #5 and #6.
    fn is_timber(&self) -> bool {
        use cites::TermSet;
        use law::annotation::Covers;
        const TIMBER: TermSet =
            TermSet::of(&[Term::Logs, Term::SawnWood, Term::VeneerSheets, Term::Plywood, Term::Timber]);
        let wood = self.goods.declared.term.is_some_and(|term| TIMBER.contains(term));
        wood && self.assessment.evidence.iter().any(|evidence| match evidence {
            Evidence::Annotation(text) => {
                text.covers == Covers::Only && text.covered_terms.difference(TIMBER).is_empty()
            }
            _ => false,
        })
    }

    pub(super) fn timing(&self, seen: &mut Seen<'_>, full: bool) {
        let due = self.at_import && full && self.is_of_export();
        seen.facts.know(key::endorsement_due, YesNo::from(due));
        let endorsed = self.paper.endorsement.is_there().map(YesNo::from);
        seen.decide(key::endorsed, if due { endorsed } else { Some(YesNo::Yes) });
        seen.decide(key::paper_order, self.order());
        if self.was_in_time(full) {
            return seen.facts.know(key::retrospective, Retrospective::No);
        }
        match self.late() {
            None => seen.by_eye(key::retrospective, None, Retrospective::No),
            Some(Truth::Yes) => seen.facts.know(key::retrospective, Retrospective::Grounded),
            Some(Truth::No) => seen.facts.know(key::retrospective, Retrospective::Groundless),
            Some(Truth::Unknown) => {
                seen.facts.among(key::retrospective, [Retrospective::Grounded, Retrospective::Groundless]);
                seen.facts.because(Fact::Retrospective, FactSet::of(&[Fact::Papers]));
            }
        }
    }

    /// Issued before the paper that must come first. A paper that cites the assurance of the other State may
    /// come first all the same.
    fn order(&self) -> Option<PaperOrder> {
        let Some(first) = self.comes_after else { return Some(PaperOrder::Kept) };
        if self.paper.printed.cites_approval == Some(true) {
            return Some(PaperOrder::Kept);
        }
        let issued = self.paper.issued.value().copied();
        issued.zip(first).map(|(own, first)| if own < first { PaperOrder::Broken } else { PaperOrder::Kept })
    }

    /// Issued on or before the day of departure, or on the side of import.
    fn was_in_time(&self, full: bool) -> bool {
        let issued = self.paper.issued.value().copied();
        let in_time = issued.zip(self.journey.dates.left).is_some_and(|(issued, left)| issued <= left);
        in_time || !full || !self.is_of_export() || !self.at_import
    }

    /// Whether a paper issued after departure states every ground that excuses it; `None` where it is not
    /// known to be late.
    ///
    /// Source: 50 CFR 23.53; Reg. (EC) 865/2006 Art. 15.
    fn late(&self) -> Option<Truth> {
        let issued = self.paper.issued.value().copied();
        let known_late = issued.zip(self.journey.dates.left).is_some_and(|(issued, left)| issued > left);
        match self.paper.retrospective.value() {
            None => known_late.then_some(Truth::No),
            Some(said) => {
                let grounds = said.grounds.map(|grounds| grounds != Grounds::Neither);
                let all = [said.stated, said.agreed, said.declared, grounds];
                Some(all.into_iter().map(Truth::from).fold(Truth::Yes, Truth::and))
            }
        }
    }
}
