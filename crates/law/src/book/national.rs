//! Which class of national protection each pack gives a taxon.
//!
//! Source of truth: the national lists of the packs. Asked without source and kind of specimen: a class that
//! only wild specimens have is one that is possible.

use cites::{Day, TaxonId};

use super::{BookFaults, LawBook, Standing};
use crate::listing::Subject;
use crate::pack::{Asked, National, Pack};
use crate::rule::NationalClass;

/// What one pack's national list says of a taxon.
#[derive(Debug, Clone)]
pub struct NationalStanding<'b> {
    /// The pack.
    pub pack: &'b Pack,
    /// The classes that are possible, with the entries that say so.
    pub answer: National<'b>,
}

impl LawBook {
    /// What the national list of each pack that has one says of `subject`; `accepted` is the name that was
    /// reached, which may lie below it.
    ///
    /// # Errors
    /// The faults of the packs' tables.
    pub fn national(
        &self,
        subject: &Subject<'_>,
        accepted: &str,
        on: Day,
    ) -> Result<Vec<NationalStanding<'_>>, BookFaults> {
        let lineage: Vec<TaxonId> = self.backbone().lineage(subject.taxon).collect();
        let asked = Asked { placement: subject.placement, accepted, ..Asked::of(&lineage, on) };
        let packs = self.packs()?.iter().filter(|pack| !pack.national_list().entries().is_empty());
        Ok(packs.map(|pack| NationalStanding { pack, answer: pack.national_class(&asked) }).collect())
    }

    /// The classes that what the name stands for has or may have, each once, the strictest first.
    ///
    /// # Errors
    /// The faults of the packs' tables.
    pub fn national_classes(
        &self,
        standing: &Standing<'_>,
        on: Day,
    ) -> Result<Vec<NationalClass>, BookFaults> {
        let mut classes = Vec::new();
        for subject in standing.subjects.iter().filter(|_| !standing.is_excluded_form) {
            let accepted = if standing.subjects.len() == 1 { &*standing.matched } else { "" };
            for national in self.national(subject, accepted, on)?.iter().filter(|found| found.answer.held) {
                classes.extend(national.answer.possible.iter().copied());
            }
        }
        classes.retain(|class| *class != NationalClass::Nowhere);
        classes.sort_unstable();
        classes.dedup();
        Ok(classes)
    }
}
