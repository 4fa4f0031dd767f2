//! The facts of a paper while they are filled: told, not told, or seen by an officer.

use law::rule::{Agreement, Fact, FactSet, Facts, Key, PaperAmount, QuotaBox, YesNo, key};
use permits::Told;

/// The facts of a paper while they are filled.
///
/// Facts are set in place, by keys known while compiling: a call for each of them would cost more than it does.
pub(super) struct Seen<'f> {
    pub(super) facts: &'f mut Facts,
    pub(super) untold: &'f mut FactSet,
}

impl Seen<'_> {
    /// A fact that decides: not told is open.
    #[inline(always)]
    pub(super) fn decide<V: law::rule::Value>(&mut self, key: Key<V>, told: Option<V>) {
        match told {
            Some(value) => self.facts.know(key, value),
            None => self.facts.because(key.fact(), FactSet::of(&[Fact::Papers])),
        }
    }

    /// A paper for other goods: nothing else is said of it.
    pub(super) fn know_nothing_wrong(&mut self) {
        use key::{
            authority_listed, earlier_permit, findings_stated, for_re_export, operation_stated, paper_amount,
            paper_appendix, paper_destination, paper_origin, paper_parties, paper_port, paper_purpose,
            paper_source, paper_term, quota_stated, transport_stated,
        };
        let same = [
            paper_term,
            paper_appendix,
            paper_source,
            paper_purpose,
            paper_destination,
            paper_origin,
            paper_parties,
            paper_port,
        ];
        same.into_iter().for_each(|key| self.facts.know(key, Agreement::Same));
        let yes = [authority_listed, findings_stated, earlier_permit, operation_stated, transport_stated];
        yes.into_iter().for_each(|key| self.facts.know(key, YesNo::Yes));
        self.facts.know(for_re_export, YesNo::No);
        self.facts.know(paper_amount, PaperAmount::Within);
        self.facts.know(quota_stated, QuotaBox::Stated);
    }

    /// A fact that an officer sees on the paper: not told is taken as in order, and listed.
    #[inline(always)]
    pub(super) fn by_eye<V: law::rule::Value>(&mut self, key: Key<V>, told: Option<V>, in_order: V) {
        if told.is_none() {
            *self.untold = self.untold.with(key.fact());
        }
        self.facts.know(key, told.unwrap_or(in_order));
    }
}

pub(super) fn agreement(same: bool) -> Agreement {
    if same { Agreement::Same } else { Agreement::Differs }
}

/// A box against what is declared; `None` where either is not told.
pub(super) fn told<T: PartialEq>(printed: &Told<T>, declared: Option<&T>) -> Option<Agreement> {
    match printed {
        Told::Unknown => None,
        Told::Absent => Some(Agreement::Absent),
        Told::Is(printed) => declared.map(|declared| agreement(printed == declared)),
    }
}
