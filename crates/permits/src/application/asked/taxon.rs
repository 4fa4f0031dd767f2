//! Which taxon a written name stands for: by scientific names, and where none fits by common names.
//!
//! Source of truth: the tables of `species`. A common name of several taxa leads to none of them.

use std::collections::BTreeMap;

use cites::{Kingdom, TaxonId};
use serde::{Deserialize, Serialize};
use species::{Hint, Language, MatchKind, Names, Resolution};

use super::line::LineField;
use crate::fields::{Field, Remarks, Texts};
use crate::written::{Defect, Doubt, Note, fold};

/// A taxon as it is kept: by its names, which mean in a stored line what they meant when it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenTaxon {
    /// The kingdom.
    pub kingdom: Kingdom,
    /// The accepted scientific name.
    pub name: Box<str>,
}

/// The names that lines are read by.
#[derive(Debug)]
pub struct Taxa<'n> {
    names: Names<'n>,
    common: BTreeMap<String, Vec<TaxonId>>,
}

/// What the name of a line stands for.
#[derive(Debug, Clone)]
pub struct ReadName<'n> {
    /// How it was found, with candidates and doubts.
    pub resolution: Resolution<'n>,
    /// The taxon as it is kept; none for a hybrid that is no taxon, or where the name cannot be acted on.
    pub taxon: Option<ChosenTaxon>,
}

/// What a common name leads to.
enum Common {
    /// No taxon has it.
    None,
    /// One.
    One(TaxonId),
    /// Several, by their scientific names.
    Several(Vec<String>),
}

impl<'n> Taxa<'n> {
    /// Builds the index of common names; once for all lines.
    pub fn of(names: Names<'n>) -> Taxa<'n> {
        let mut common: BTreeMap<String, Vec<TaxonId>> = BTreeMap::new();
        for taxon in names.backbone.taxa() {
            for name in
                Language::ALL.into_iter().flat_map(|language| names.backbone.vernaculars(taxon, language))
            {
                let taxa = common.entry(fold(name)).or_default();
                if !taxa.contains(&taxon) {
                    taxa.push(taxon);
                }
            }
        }
        Taxa { names, common }
    }

    /// The scientific names.
    pub const fn names(&self) -> &Names<'n> {
        &self.names
    }

    /// What a written name stands for; the remarks tell every doubt, and as a defect each one after which nobody
    /// knows which taxon is meant.
    pub(crate) fn named<F: Field>(
        &self,
        written: &str,
        field: F,
        texts: &Texts<F>,
        remarks: &mut Remarks<F>,
    ) -> ReadName<'n> {
        let mut found = self.names.resolve(written);
        // What holds no scientific name, or one that nobody knows, may be a common name.
        let may_be_common = !matches!(found.kind, MatchKind::Exact | MatchKind::Synonym | MatchKind::Hybrid);
        match if may_be_common { self.common(written) } else { Common::None } {
            Common::None => {}
            Common::One(taxon) => {
                found = self.names.resolve(self.names.backbone.name(taxon));
                let accepted = found.accepted.into();
                remarks.doubts(field, texts.get(field), [Doubt::CommonName { accepted }]);
            }
            Common::Several(candidates) => {
                remarks.defect::<()>(field, texts.get(field), Defect::CommonNameOfSeveral { candidates });
                return ReadName { resolution: found, taxon: None };
            }
        }
        let is_sure = judged(&found, field, texts.get(field), remarks);
        let taxon = if is_sure { self.chosen(&found) } else { None };
        ReadName { resolution: found, taxon }
    }

    /// The taxon of a name as it is kept, for records that are about a taxon and no line of an application.
    ///
    /// # Errors
    /// Nobody knows which taxon is meant, for the first reason.
    pub fn taxon(&self, written: &str) -> Result<ChosenTaxon, Defect> {
        let (taxon, remarks) = self.alone(written);
        let defect = remarks.0.into_iter().find_map(|remark| match remark.note {
            Note::Defect(defect) => Some(defect),
            Note::Doubt(_) => None,
        });
        taxon.filter(|_| defect.is_none()).ok_or_else(|| defect.unwrap_or(Defect::NoName))
    }

    /// The same, where there is no doubt about the name; for records that keep a name beside the taxon.
    pub fn sure(&self, written: &str) -> Option<ChosenTaxon> {
        let (taxon, remarks) = self.alone(written);
        taxon.filter(|_| remarks.0.is_empty())
    }

    /// What a name stands for by which no line is written, with what there is to say of it.
    fn alone(&self, written: &str) -> (Option<ChosenTaxon>, Remarks<LineField>) {
        let mut texts = Texts::default();
        // What is too long to be kept is too long to be a name, which the reading tells.
        let _ = texts.write(LineField::Name, written);
        let mut remarks = Remarks::new();
        let read = texts
            .value(LineField::Name, &mut remarks)
            .map(|name| self.named(&name, LineField::Name, &texts, &mut remarks));
        (read.and_then(|name| name.taxon), remarks)
    }

    /// What a common name stands for.
    fn common(&self, written: &str) -> Common {
        match self.common.get(&fold(written)).map(Vec::as_slice) {
            None | Some([]) => Common::None,
            Some([one]) => Common::One(*one),
            Some(several) => {
                let name = |taxon: &TaxonId| self.names.backbone.name(*taxon).to_owned();
                Common::Several(several.iter().map(name).collect())
            }
        }
    }

    /// The taxon that a resolution leads to, as it is kept.
    fn chosen(&self, found: &Resolution<'_>) -> Option<ChosenTaxon> {
        let kingdom = self.names.backbone.kingdom(found.taxon?);
        Some(ChosenTaxon { kingdom, name: found.accepted.into() })
    }

    /// What a taxon that was chosen stands for today; `None` where its name is not known.
    pub(super) fn find(&self, chosen: &ChosenTaxon) -> Option<Resolution<'n>> {
        let hint = Hint { kingdom: Some(chosen.kingdom), ..Hint::default() };
        let found = self.names.resolve_with(&chosen.name, hint);
        let is_known = matches!(found.kind, species::MatchKind::Exact | species::MatchKind::Synonym);
        let is_there = found.taxon.is_some_and(|taxon| self.names.backbone.kingdom(taxon) == chosen.kingdom);
        (is_known && is_there).then_some(found)
    }
}

/// Tells the doubts of a resolution. Whether none of them is a defect.
fn judged<F: Field>(found: &Resolution<'_>, field: F, written: &str, remarks: &mut Remarks<F>) -> bool {
    use species::Doubt as D;

    let is_defect = |doubt: &D| match doubt {
        D::UnknownEpithet { .. } | D::UnknownGenus { .. } | D::Homonym { .. } | D::Alternatives { .. } => {
            true
        }
        D::TooLong | D::NoName => true,
        // Where several names are as near, the answer is what holds them all, and no name was chosen.
        D::Misspelt { .. } => found.kind != MatchKind::Fuzzy,
        _ => false,
    };
    let mut is_sure = true;
    for doubt in &found.doubts {
        if is_defect(doubt) {
            is_sure = false;
            remarks.defect::<()>(field, written, Defect::Name(doubt.clone()));
        } else {
            remarks.doubts(field, written, [Doubt::Name(doubt.clone())]);
        }
    }
    if found.hybrid.is_some() {
        remarks.doubts(field, written, [Doubt::Hybrid]);
    } else if found.taxon.is_none() && is_sure {
        is_sure = false;
        remarks.defect::<()>(field, written, Defect::NoName);
    }
    is_sure
}
