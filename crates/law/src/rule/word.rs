//! The words a rule, a case and a consignment are written in, each list a small enum.
//!
//! Source of truth: this module for the words, the clause named at each list for their meaning. No word
//! names a country or a species; those come as codes and names from data.

/// Something a fact may be: a word of one list, with its place in the list.
pub trait Value: Copy {
    /// How many values the list has; at most 15.
    const COUNT: u32;
    /// The place in the list, below [`Value::COUNT`].
    fn place(self) -> u32;
    /// The word at `place`.
    fn word_at(place: u32) -> Option<&'static str>;

    /// The place of `word`.
    fn place_of(word: &str) -> Option<u32> {
        (0..Self::COUNT).find(|place| Self::word_at(*place) == Some(word))
    }
}

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word as files write it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }

            /// Reads a word of the list.
            pub fn from_word(word: &str) -> Option<$name> {
                match word {
                    $($word => Some($name::$variant),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::rule::word::Value for $name {
            const COUNT: u32 = $name::ALL.len() as u32;

            fn place(self) -> u32 {
                self as u32
            }

            fn word_at(place: u32) -> Option<&'static str> {
                $name::ALL.get(place as usize).map(|value| value.as_str())
            }
        }
    )+};
}
pub(super) use words;

words! {
    /// Which way the goods go at this border.
    Direction {
        /// Leaving the State of the border, first export from the State of origin.
        Export = "export",
        /// Entering the State of the border.
        Import = "import",
        /// Leaving after an earlier import. Source: Art. I(d).
        ReExport = "re-export",
        /// Passing through under customs control. Source: Art. VII.1.
        Transit = "transit",
        /// Brought in from waters of no State. Source: Art. I(e).
        Introduction = "introduction-from-the-sea",
    }
    /// What the journey as a whole is, from the countries named.
    Movement {
        /// From the State of origin.
        Export = "export",
        /// From a State into which the specimen had been imported. Source: Art. I(d).
        ReExport = "re-export",
        /// From the sea into the State whose ship took it. Source: Art. I(e); Res. Conf. 14.6.
        Introduction = "introduction",
        /// From the sea into another State than the flag's. Source: Res. Conf. 14.6.
        LandedElsewhere = "landed-elsewhere",
    }
    /// The customs procedure declared.
    Procedure {
        /// Nothing special.
        Ordinary = "ordinary",
        /// Through the country, under customs control.
        Transit = "transit",
        /// From one means of transport to another, under customs control.
        Transhipment = "transhipment",
        /// To return unchanged.
        Temporary = "temporary",
        /// Trade of border residents or in a border zone.
        BorderTrade = "border-trade",
    }
    /// What carries the goods.
    Carrier {
        /// Freight.
        Cargo = "cargo",
        /// The post.
        Post = "post",
        /// A courier.
        Express = "express",
        /// A traveller, worn or in the luggage that travels with the owner.
        Baggage = "baggage",
        /// The move of a household.
        Household = "household",
        /// The crew of a vehicle.
        Crew = "crew",
    }
    /// Whether the Convention is in force for a State on the day.
    Membership {
        /// It is.
        Party = "party",
        /// It is not. Source: Art. X.
        NonParty = "non-party",
    }
    /// How a written name became a taxon.
    NameMatch {
        /// The taxon is sure.
        Certain = "certain",
        /// It could be another taxon of other standing in law.
        Doubtful = "doubtful",
        /// No taxon was found.
        Unresolved = "unresolved",
    }
    /// The Appendix that holds the specimen, once population, part and exclusions are applied.
    ListedAs {
        /// Appendix I.
        I = "I",
        /// Appendix II.
        II = "II",
        /// Appendix III.
        III = "III",
        /// None.
        Nowhere = "none",
    }
    /// Whether the day lies between the bounds within which a listing changed.
    ListingDay {
        /// The listing of the day is known.
        Certain = "certain",
        /// Only bounds of the day of change are known, and the day lies between them.
        Between = "between",
    }
    /// The two kingdoms of the Convention. Source: Art. I(b).
    Realm {
        /// Fauna.
        Animal = "animal",
        /// Flora.
        Plant = "plant",
    }
    /// Yes or no; unknown is both.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
    /// What a captive animal or a propagated plant was bred for. Source: Res. Conf. 12.10.
    Breeding {
        /// For sale.
        Commercial = "commercial",
        /// Not for sale.
        NonCommercial = "non-commercial",
    }
    /// Which articles of the Convention govern the specimen on this journey.
    Regime {
        /// Articles III to V.
        Ordinary = "ordinary",
        /// Art. VII.1.
        Transit = "transit",
        /// Art. VII.2.
        PreConvention = "pre-convention",
        /// Art. VII.4: Appendix I, bred or propagated commercially, deemed Appendix II.
        DeemedII = "deemed-ii",
        /// Art. VII.5: bred in captivity or artificially propagated.
        Captive = "captive",
        /// Art. VII.6: exchange between registered scientific institutions.
        Label = "label",
        /// Art. VII.7: travelling exhibition.
        Exhibition = "exhibition",
        /// Art. VII.3: personal or household effects.
        Personal = "personal",
        /// Sample collection under an ATA carnet. Source: Res. Conf. 12.3.
        Sample = "sample",
        /// A live animal travelling with its owner. Source: Res. Conf. 10.20.
        Ownership = "ownership",
        /// A musical instrument travelling with its player. Source: Res. Conf. 16.8.
        Instrument = "instrument",
    }
    /// A claim that the specimen is older than its first listing. Source: Art. VII.2; Res. Conf. 13.6.
    PreConventionClaim {
        /// Nobody claims it.
        NotClaimed = "not-claimed",
        /// Acquired before the first listing.
        Before = "before",
        /// Acquired on or after it.
        After = "after",
    }
    /// The amount of a personal effect against its cap. Source: Res. Conf. 13.7.
    PersonalCap {
        /// No cap is set for such specimens.
        NotSet = "none",
        /// At or below it.
        Within = "within",
        /// Above it.
        Above = "above",
    }
    /// Reservations in force on the two sides of the journey. Source: Arts. XV.3, XVI.2, XXIII.
    Reserving {
        /// Neither side reserves.
        Neither = "none",
        /// One side reserves, the other is bound.
        OneSide = "one-side",
        /// Both sides reserve, or one does and the other is no Party.
        Both = "both",
    }
    /// Recommendations to suspend trade that fit the line. Source: Res. Conf. 14.3, 12.8.
    Suspended {
        /// None fits.
        No = "none",
        /// One is known, but the day is after the last on which it was verified.
        Unverified = "unverified",
        /// One is in force and verified; of trade exempted by Article VII it tells nothing.
        InForce = "in-force",
        /// One is in force and verified, and stops all trade whatever article governs it.
        AllTrade = "all-trade",
    }
    /// Quotas that fit the line. Source: Res. Conf. 14.7; annotations of the Appendices.
    QuotaState {
        /// None is known, which is not the same as none exists.
        NotPublished = "none",
        /// The line alone is not above the quota.
        Within = "within",
        /// The line alone is above the quota.
        Over = "over",
        /// A zero quota.
        Zero = "zero",
    }
    /// The origin of a wild specimen against the range of its species.
    RangeState {
        /// No range is held.
        Untold = "untold",
        /// Inside.
        Inside = "inside",
        /// Outside.
        Outside = "outside",
    }
    /// Whether a pair of codes is usual in annual reports.
    Usual {
        /// It is.
        Usual = "usual",
        /// It is not.
        Unusual = "unusual",
    }
    /// What the pack's country is on this journey.
    Side {
        /// The State of import.
        Importing = "importing",
        /// The State of export or re-export.
        Exporting = "exporting",
        /// A State passed through.
        Transit = "transit",
        /// None of these.
        Elsewhere = "none",
    }
    /// National protection in the pack's country.
    NationalClass {
        /// First class.
        One = "one",
        /// Second class.
        Two = "two",
        /// Protected by a region only.
        Regional = "regional",
        /// Not protected.
        Nowhere = "none",
    }
    /// Classes of medicinal materials in the pack's country.
    MedicinalClass {
        /// First class.
        One = "one",
        /// Second class.
        Two = "two",
        /// Third class.
        Three = "three",
        /// In none.
        Nowhere = "none",
    }
    /// Whether a catalogue of goods of the pack's country names the goods.
    Catalogue {
        /// It does.
        Listed = "listed",
        /// It does not.
        NotListed = "not-listed",
    }
    /// Whether the pack's country forbids the goods whatever papers they carry.
    Ban {
        /// It does not.
        No = "none",
        /// It does.
        Prohibited = "prohibited",
        /// A person must judge whether it does.
        Refer = "refer",
    }
    /// The port on the day.
    PortState {
        /// Open, and designated for wildlife.
        Designated = "designated",
        /// Open, not known to be designated.
        Undesignated = "undesignated",
        /// Closed on the day.
        Closed = "closed",
    }
}

macro_rules! codes {
    ($($code:ty),+) => {$(
        impl Value for $code {
            const COUNT: u32 = <$code>::ALL.len() as u32;

            fn place(self) -> u32 {
                self as u32
            }

            fn word_at(place: u32) -> Option<&'static str> {
                <$code>::ALL.get(place as usize).map(|code| code.code())
            }
        }
    )+};
}

codes!(cites::Purpose, cites::Source);

impl From<bool> for YesNo {
    fn from(yes: bool) -> YesNo {
        if yes { YesNo::Yes } else { YesNo::No }
    }
}

impl From<cites::Kingdom> for Realm {
    fn from(kingdom: cites::Kingdom) -> Realm {
        match kingdom {
            cites::Kingdom::Animalia => Realm::Animal,
            cites::Kingdom::Plantae => Realm::Plant,
        }
    }
}

impl From<cites::Appendix> for ListedAs {
    fn from(appendix: cites::Appendix) -> ListedAs {
        match appendix {
            cites::Appendix::I => ListedAs::I,
            cites::Appendix::II => ListedAs::II,
            cites::Appendix::III => ListedAs::III,
        }
    }
}
