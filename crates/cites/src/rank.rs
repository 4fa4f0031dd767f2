//! Ranks and kingdoms of the names in the Appendices.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

/// Rank of a taxon. Ordered from the widest to the narrowest.
///
/// Source: the standard nomenclature of Res. Conf. 12.11; only ranks its lists use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "each variant is the rank it names")]
pub enum Rank {
    Kingdom,
    Phylum,
    Class,
    Order,
    Suborder,
    Family,
    Subfamily,
    Genus,
    Species,
    Subspecies,
    Variety,
}

/// Why text is not a [`Rank`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a rank; write one such as family, genus, species or subspecies")]
pub struct RankError {
    /// The text as written.
    pub written: String,
}

impl Rank {
    /// Every rank, from the widest to the narrowest.
    pub const ALL: [Rank; 11] = [
        Rank::Kingdom,
        Rank::Phylum,
        Rank::Class,
        Rank::Order,
        Rank::Suborder,
        Rank::Family,
        Rank::Subfamily,
        Rank::Genus,
        Rank::Species,
        Rank::Subspecies,
        Rank::Variety,
    ];

    /// The English word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rank::Kingdom => "kingdom",
            Rank::Phylum => "phylum",
            Rank::Class => "class",
            Rank::Order => "order",
            Rank::Suborder => "suborder",
            Rank::Family => "family",
            Rank::Subfamily => "subfamily",
            Rank::Genus => "genus",
            Rank::Species => "species",
            Rank::Subspecies => "subspecies",
            Rank::Variety => "variety",
        }
    }

    /// Whether a name of this rank stands for taxa above the species.
    pub fn is_above_species(self) -> bool {
        self < Rank::Species
    }
}

impl FromStr for Rank {
    type Err = RankError;

    fn from_str(text: &str) -> Result<Rank, RankError> {
        Rank::ALL
            .into_iter()
            .find(|rank| rank.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| RankError { written: text.to_owned() })
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The two kingdoms the Convention knows.
///
/// Source: Art I(b): animals and plants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kingdom {
    /// Fauna.
    Animalia,
    /// Flora.
    Plantae,
}

/// Why text is not a [`Kingdom`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a kingdom; write Animalia or Plantae")]
pub struct KingdomError {
    /// The text as written.
    pub written: String,
}

impl Kingdom {
    /// Both kingdoms.
    pub const ALL: [Kingdom; 2] = [Kingdom::Animalia, Kingdom::Plantae];

    /// The Latin name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kingdom::Animalia => "Animalia",
            Kingdom::Plantae => "Plantae",
        }
    }
}

impl FromStr for Kingdom {
    type Err = KingdomError;

    fn from_str(text: &str) -> Result<Kingdom, KingdomError> {
        Kingdom::ALL
            .into_iter()
            .find(|kingdom| kingdom.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| KingdomError { written: text.to_owned() })
    }
}

impl fmt::Display for Kingdom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

serde_as_text!(Rank, Kingdom);
