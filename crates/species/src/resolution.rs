//! What a written name stands for: the answer, how it was reached, and every doubt about it.
//!
//! Source of truth: the words of `match` are those of `countrygate law status`. Doubts are facts beside the
//! answer, never errors; what a doubt means for a consignment is for `law` to say.

use std::fmt;

use cites::{Rank, TaxonId};

use crate::imported::Range;
use crate::{Domesticated, SynonymKind};

/// How a written name was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// An accepted name, as written or but for case, accents, spacing, rank markers and authors. Also
    /// `Falco spp.`, on its genus.
    Exact,
    /// A name that stands for another, accepted one.
    Synonym,
    /// Not a known name, but within two edits of exactly one. The doubts hold the candidates.
    Fuzzy,
    /// The genus is known, the epithet is not.
    Genus,
    /// A taxon above the one written: the species of an unknown subspecies, the family of an unknown genus.
    Higher,
    /// A hybrid; its parents, where they are named, are in [`Resolution::hybrid`].
    Hybrid,
    /// Nothing.
    None,
}

impl MatchKind {
    /// The word of the column `match`.
    pub const fn as_str(self) -> &'static str {
        match self {
            MatchKind::Exact => "exact",
            MatchKind::Synonym => "synonym",
            MatchKind::Fuzzy => "fuzzy",
            MatchKind::Genus => "genus",
            MatchKind::Higher => "higher",
            MatchKind::Hybrid => "hybrid",
            MatchKind::None => "none",
        }
    }
}

impl fmt::Display for MatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How what was written lies to [`Resolution::taxon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement {
    /// It is the taxon, or all of it (`Falco spp.`).
    Itself,
    /// It is a known taxon below it that the law does not name: what holds for the taxon holds for it.
    KnownMember,
    /// It lies below it, but nobody here knows the name: entries for other members may or may not hold.
    UnresolvedMember,
}

/// What a written name stands for.
#[derive(Debug, Clone)]
pub struct Resolution<'a> {
    /// How the name was matched.
    pub kind: MatchKind,
    /// The deepest taxon of the backbone at or above what was written.
    pub taxon: Option<TaxonId>,
    /// How what was written lies to `taxon`.
    pub placement: Placement,
    /// The accepted name that was reached: of `taxon`, or of the known member below it. Empty for none.
    pub accepted: &'a str,
    /// The rank of `accepted`.
    pub rank: Option<Rank>,
    /// How the written name came to stand for `accepted`, where it is another.
    pub synonym: Option<SynonymKind>,
    /// Everything that is not sure.
    pub doubts: Vec<Doubt>,
    /// Set for a hybrid.
    pub hybrid: Option<Hybrid<'a>>,
    /// Where the taxon lives: from imported names, else from the shipped table.
    pub range: Option<Range<'a>>,
    /// Set when the name is that of a form that a listing excludes. `taxon` is then the wild taxon, so that
    /// whoever overlooks this field errs on the strict side.
    pub excluded_form: Option<&'a Domesticated>,
}

impl Resolution<'_> {
    /// Nothing was found.
    pub(crate) const fn none() -> Self {
        Resolution {
            kind: MatchKind::None,
            taxon: None,
            placement: Placement::UnresolvedMember,
            accepted: "",
            rank: None,
            synonym: None,
            doubts: Vec::new(),
            hybrid: None,
            range: None,
            excluded_form: None,
        }
    }

    /// Whether the name led to a taxon.
    pub fn is_resolved(&self) -> bool {
        self.taxon.is_some()
    }
}

/// A hybrid as written.
#[derive(Debug, Clone, Default)]
pub struct Hybrid<'a> {
    /// What each parent that is named stands for; empty when none is named (`Falco hybrid`).
    pub parents: Vec<Resolution<'a>>,
}

/// A taxon that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The known name that resembles what was written.
    pub name: String,
    /// The accepted name it stands for, where it is another.
    pub accepted: Option<String>,
    /// The deepest taxon of the backbone at or above it.
    pub taxon: Option<TaxonId>,
    /// How many letters differ: changed, left out, added, or swapped with the next.
    pub edits: u8,
}

/// How many candidates a doubt holds at most: more than an officer would read.
pub const CANDIDATES_MAX: usize = 5;

/// How the writer said that the name is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// `cf.`: probably this one, to be compared.
    Compare,
    /// `aff.`, `near`: like this one, and not it.
    Affine,
    /// `?`: the writer is not sure.
    Uncertain,
}

/// Something about a resolution that is not sure. Candidates come best first, at most [`CANDIDATES_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The name is not written as any known name is; it was read as the first candidate, or, where several
    /// are equally near, as the taxon that holds them.
    Misspelt {
        /// What may have been meant.
        candidates: Vec<Candidate>,
    },
    /// The epithet is known nowhere in its genus.
    UnknownEpithet {
        /// The epithet as written.
        epithet: String,
        /// Names that resemble the one written, and species of other genera of the family with that epithet.
        candidates: Vec<Candidate>,
    },
    /// The subspecies or variety is not known in its species.
    UnknownSubspecies {
        /// The epithet as written.
        epithet: String,
        /// Names that resemble the one written.
        candidates: Vec<Candidate>,
    },
    /// The first word is no known genus or higher taxon.
    UnknownGenus {
        /// The word as written.
        genus: String,
        /// Names that resemble the one written, and species of other genera with that epithet.
        candidates: Vec<Candidate>,
    },
    /// The name stands for several taxa.
    Homonym {
        /// All of them.
        candidates: Vec<Candidate>,
    },
    /// The writer names several taxa and does not say which (`Falco rusticolus/cherrug`).
    Alternatives {
        /// Those that are known.
        candidates: Vec<Candidate>,
    },
    /// The writer says that the name is not sure.
    Qualified {
        /// How.
        qualifier: Qualifier,
        /// The taxon that the name would stand for.
        candidates: Vec<Candidate>,
    },
    /// A species of the genus that the writer did not determine (`Falco sp.`).
    Undetermined,
    /// The row says a higher taxon to which the name does not belong.
    HintDisagrees {
        /// What the row says.
        hint: String,
    },
    /// Two tables of names disagree: one has the name as accepted, the other as a synonym.
    TablesDisagree {
        /// What the other table says.
        candidates: Vec<Candidate>,
    },
    /// A parent of the hybrid is not known.
    UnknownParent {
        /// The parent as written.
        parent: String,
    },
    /// The name is longer than any name; it was not read.
    TooLong,
    /// The text holds no scientific name.
    NoName,
    /// The file of imported names is damaged; only the shipped names were searched.
    ImportDamaged,
}

impl Doubt {
    /// The word by which a doubt is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Doubt::Misspelt { .. } => "misspelt",
            Doubt::UnknownEpithet { .. } => "unknown-epithet",
            Doubt::UnknownSubspecies { .. } => "unknown-subspecies",
            Doubt::UnknownGenus { .. } => "unknown-genus",
            Doubt::Homonym { .. } => "homonym",
            Doubt::Alternatives { .. } => "alternatives",
            Doubt::Qualified { .. } => "qualified",
            Doubt::Undetermined => "undetermined",
            Doubt::HintDisagrees { .. } => "hint-disagrees",
            Doubt::TablesDisagree { .. } => "tables-disagree",
            Doubt::UnknownParent { .. } => "unknown-parent",
            Doubt::TooLong => "too-long",
            Doubt::NoName => "no-name",
            Doubt::ImportDamaged => "import-damaged",
        }
    }

    /// The taxa that may have been meant, best first. Where they lie in different Appendices, the answer
    /// is not one to act on: only `law` can tell.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Doubt::Misspelt { candidates }
            | Doubt::UnknownEpithet { candidates, .. }
            | Doubt::UnknownSubspecies { candidates, .. }
            | Doubt::UnknownGenus { candidates, .. }
            | Doubt::Homonym { candidates }
            | Doubt::Alternatives { candidates }
            | Doubt::Qualified { candidates, .. }
            | Doubt::TablesDisagree { candidates } => candidates,
            _ => &[],
        }
    }
}

impl fmt::Display for Doubt {
    /// One line in English. Templates in other languages start from [`Doubt::id`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Misspelt { .. } => f.write_str("not written as any known name is")?,
            Doubt::UnknownEpithet { epithet, .. } => write!(f, "`{epithet}` is not known in this genus")?,
            Doubt::UnknownSubspecies { epithet, .. } => {
                write!(f, "`{epithet}` is not known in this species")?
            }
            Doubt::UnknownGenus { genus, .. } => write!(f, "`{genus}` is no known genus or higher taxon")?,
            Doubt::Homonym { .. } => {
                f.write_str("the name stands for several taxa; say which kingdom or family")?
            }
            Doubt::Alternatives { .. } => f.write_str("several taxa are named; say which")?,
            Doubt::Qualified { qualifier: Qualifier::Compare, .. } => {
                f.write_str("named with cf.: to be compared")?
            }
            Doubt::Qualified { qualifier: Qualifier::Affine, .. } => {
                f.write_str("named as like a taxon, not as it")?
            }
            Doubt::Qualified { qualifier: Qualifier::Uncertain, .. } => {
                f.write_str("named with a question mark")?
            }
            Doubt::Undetermined => f.write_str("the species is not determined")?,
            Doubt::HintDisagrees { hint } => {
                write!(f, "the name does not belong to `{hint}`, which the row gives")?
            }
            Doubt::TablesDisagree { .. } => f.write_str("imported names and shipped names disagree")?,
            Doubt::UnknownParent { parent } => write!(f, "the parent `{parent}` of the hybrid is not known")?,
            Doubt::TooLong => f.write_str("longer than any scientific name; write the name alone")?,
            Doubt::NoName => f.write_str("no scientific name; write the Latin name")?,
            Doubt::ImportDamaged => f.write_str("the imported names are damaged; import them again")?,
        }
        for (place, candidate) in self.candidates().iter().enumerate() {
            f.write_str(if place == 0 { "; near: " } else { ", " })?;
            f.write_str(&candidate.name)?;
            if let Some(accepted) = &candidate.accepted {
                write!(f, " ({accepted})")?;
            }
        }
        Ok(())
    }
}
