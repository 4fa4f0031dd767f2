//! What a rule may ask about: one name for each fact, and typed keys to set it with.
//!
//! A fact is either *told* by the consignment or *found* from what is told and from the law book. A rule
//! names the facts of its `when` by their keys; a finding names by the same keys what it lacks.

use std::marker::PhantomData;

use super::paper_word::{
    Agreement, Alteration, NamedTaxon, PaperAmount, PaperForm, PaperOrder, PaperTime, PrintedTerm, QuotaBox,
    Retrospective,
};
use super::word::{
    Ban, Breeding, Carrier, Catalogue, Direction, ListedAs, ListingDay, MedicinalClass, Membership, Movement,
    NameMatch, NationalClass, PersonalCap, PortState, PreConventionClaim, Procedure, QuotaState, RangeState,
    Realm, Regime, Reserving, Side, Suspended, Usual, Value, YesNo,
};

/// A fact together with the list its values come from.
pub struct Key<V> {
    fact: Fact,
    values: PhantomData<fn() -> V>,
}

impl<V> Clone for Key<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Key<V> {}

impl<V> Key<V> {
    /// The fact.
    pub const fn fact(self) -> Fact {
        self.fact
    }
}

/// The list of values of a fact, without its type.
#[derive(Clone, Copy)]
pub(super) struct Vocabulary {
    pub(super) count: u32,
    pub(super) word_at: fn(u32) -> Option<&'static str>,
    pub(super) place_of: fn(&str) -> Option<u32>,
}

const fn vocabulary<V: Value>() -> Option<Vocabulary> {
    Some(Vocabulary { count: V::COUNT, word_at: V::word_at, place_of: V::place_of })
}

macro_rules! facts {
    (
        valued { $($(#[$about:meta])* $variant:ident $key:ident: $values:ty,)+ }
        told { $($(#[$told_about:meta])* $told:ident $told_key:ident,)+ }
    ) => {
        /// One thing a rule may ask about, or a consignment may fail to tell.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Fact {
            $($(#[$about])* $variant,)+
            $($(#[$told_about])* $told,)+
        }

        impl Fact {
            /// Every fact.
            pub const ALL: &'static [Fact] = &[$(Fact::$variant,)+ $(Fact::$told,)+];
            /// The facts with a list of values; they come first.
            pub const VALUED: &'static [Fact] = &[$(Fact::$variant,)+];

            /// The key as rules, cases and answers write it.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Fact::$variant => stringify!($key),)+
                    $(Fact::$told => stringify!($told_key),)+
                }
            }

            pub(super) const fn vocabulary(self) -> Option<Vocabulary> {
                match self {
                    $(Fact::$variant => vocabulary::<$values>(),)+
                    $(Fact::$told => None,)+
                }
            }
        }

        /// The typed key of every fact that has a list of values.
        #[expect(non_upper_case_globals, reason = "a key is written as rules write it")]
        pub mod key {
            use super::*;
            $($(#[$about])* pub const $key: Key<$values> = Key { fact: Fact::$variant, values: PhantomData };)+
        }
    };
}

facts! {
    valued {
        /// Which way the goods go at this border.
        Direction direction: Direction,
        /// What the journey as a whole is.
        Movement movement: Movement,
        /// The customs procedure.
        Procedure procedure: Procedure,
        /// What carries the goods.
        Carrier carrier: Carrier,
        /// Whether the State of export or re-export is a Party on the day.
        ExporterStatus exporter_status: Membership,
        /// Whether the State of import is a Party on the day.
        ImporterStatus importer_status: Membership,
        /// The purpose on the side of export.
        PurposeExport purpose_export: cites::Purpose,
        /// The purpose in the State of import.
        PurposeImport purpose_import: cites::Purpose,
        /// Whether the book holds the national law of the State of import.
        ImporterLawHeld importer_law_held: YesNo,
        /// Whether the book holds the national law of the State of export.
        ExporterLawHeld exporter_law_held: YesNo,
        /// Whether export and import name the same State.
        SameState same_state: YesNo,
        /// Whether the State of export is the origin.
        ExporterIsOrigin exporter_is_origin: YesNo,

        /// How the written name became a taxon.
        Name name: NameMatch,
        /// The Appendix that holds the specimen.
        Appendix appendix: ListedAs,
        /// Whether the day lies between bounds of a change of the listing.
        ListingDay listing_day: ListingDay,
        /// Whether the listing covers this part, product or form of the taxon.
        Covered covered: YesNo,
        /// Animal or plant.
        Kingdom kingdom: Realm,
        /// The letter of origin, without O and I.
        Source source: cites::Source,
        /// Whether the specimen is marked as seized.
        Seized seized: YesNo,
        /// Alive.
        Live live: YesNo,
        /// A hybrid.
        Hybrid hybrid: YesNo,
        /// Whether an ancestor of a hybrid is known to be listed.
        ListedAncestor listed_ancestor: YesNo,
        /// A domesticated form.
        Domesticated domesticated: YesNo,
        /// Whether the breeding operation or nursery is registered with the Secretariat.
        Registered registered: YesNo,
        /// Whether the specimen carries the marks or labels its papers name.
        Marked marked: YesNo,
        /// Bred for sale or not.
        Breeding breeding: Breeding,
        /// The articles that govern the specimen on this journey.
        Regime regime: Regime,
        /// A claim to be older than the first listing.
        PreConvention pre_convention: PreConventionClaim,
        /// The amount against the cap for personal effects.
        PersonalCap personal_cap: PersonalCap,
        /// Whether the origin is a Party that listed the species in Appendix III.
        OriginLists origin_lists: YesNo,
        /// Whether one origin is named.
        OriginNamed origin_named: YesNo,
        /// Reservations on the two sides.
        Reservation reservation: Reserving,
        /// Recommendations to suspend trade.
        Suspension suspension: Suspended,
        /// Quotas.
        Quota quota: QuotaState,
        /// The origin against the range of the species.
        Range range: RangeState,
        /// Whether term and unit are a usual pair.
        TermUnit term_unit: Usual,
        /// Whether term and purpose are a usual pair.
        TermPurpose term_purpose: Usual,
        /// Whether kingdom and source are a usual pair.
        KingdomSource kingdom_source: Usual,

        /// What the pack's country is on this journey.
        Side side: Side,
        /// National protection in the pack's country.
        NationalClass national_class: NationalClass,
        /// The class of medicinal material in the pack's country.
        Medicinal medicinal: MedicinalClass,
        /// Whether the pack's catalogue names the goods.
        Catalogue catalogue: Catalogue,
        /// Whether the pack's country forbids the goods.
        Ban ban: Ban,
        /// Whether the goods may not be carried or sent in.
        CarriedBan carried_ban: Ban,
        /// The port on the day.
        Port port: PortState,
        /// Whether an approval for goods that may not be carried or sent in is presented.
        CarriedApproval carried_approval: YesNo,

        /// The issuing State.
        PaperIssuer paper_issuer: Agreement,
        /// The day against the paper's days.
        PaperTime paper_time: PaperTime,
        /// The printed validity against its cap.
        PrintedTerm printed_term: PrintedTerm,
        /// What is in the officer's hand.
        PaperForm paper_form: PaperForm,
        /// Whether a copy is enough here.
        CopySuffices copy_suffices: YesNo,
        /// Alterations.
        Alteration alteration: Alteration,
        /// The name on the paper.
        PaperTaxon paper_taxon: NamedTaxon,
        /// The term on the paper.
        PaperTerm paper_term: Agreement,
        /// The Appendix on the paper.
        PaperAppendix paper_appendix: Agreement,
        /// The source on the paper.
        PaperSource paper_source: Agreement,
        /// The purpose on the paper.
        PaperPurpose paper_purpose: Agreement,
        /// The country of origin on the paper.
        PaperOrigin paper_origin: Agreement,
        /// The country of destination on the paper.
        PaperDestination paper_destination: Agreement,
        /// The exporter and importer on the paper.
        PaperParties paper_parties: Agreement,
        /// Whether the paper is one of the pack's country.
        PaperIsLocal paper_is_local: YesNo,
        /// The port on the paper.
        PaperPort paper_port: Agreement,
        /// The amount against the paper.
        PaperAmount paper_amount: PaperAmount,
        /// Whether the authority at export endorsed it.
        Endorsed endorsed: YesNo,
        /// Whether an endorsement can be expected: the goods have left the State of export.
        EndorsementDue endorsement_due: YesNo,
        /// The order of issue.
        PaperOrder paper_order: PaperOrder,
        /// Issued after the goods had left.
        Retrospective retrospective: Retrospective,
        /// Whether the paper tells the permit of origin that a re-export must name.
        EarlierPermit earlier_permit: YesNo,
        /// Whether the paper is a re-export certificate, or stands for one.
        ForReExport for_re_export: YesNo,
        /// Whether the paper tells how much of the quota is used.
        QuotaStated quota_stated: QuotaBox,
        /// Whether the paper carries the statement on humane transport.
        TransportStated transport_stated: YesNo,
        /// Whether the paper tells the registered operation.
        OperationStated operation_stated: YesNo,
        /// Whether the paper is in English, French or Spanish, or translated.
        LanguageAccepted language_accepted: YesNo,
        /// Whether it is a phytosanitary certificate in place of another paper.
        Phytosanitary phytosanitary: YesNo,
        /// Whether the paper says that it replaces another.
        Replacement replacement: YesNo,
        /// Whether the authority is on the Secretariat's list.
        AuthorityListed authority_listed: YesNo,
        /// Whether the paper states non-detriment and legal acquisition.
        FindingsStated findings_stated: YesNo,
        /// Whether the paper is of timber whose listing names logs, sawn wood and veneer.
        Timber timber: YesNo,
        /// Whether the goods arrived before the paper expired and waited under customs.
        ArrivedInTime arrived_in_time: YesNo,
        /// Whether the printed conditions are met.
        ConditionsMet conditions_met: YesNo,
        /// Whether a seal or signature of the authority is on the paper.
        Sealed sealed: YesNo,
        /// Whether another paper is presented for the same goods.
        Doubled doubled: YesNo,
    }
    told {
        /// The name as written.
        Taxon taxon,
        /// The subspecies.
        Subspecies subspecies,
        /// The ancestors of a hybrid.
        Ancestors ancestors,
        /// The kind of specimen.
        Term term,
        /// The customs code.
        HsCode hs,
        /// The amount and its unit.
        Quantity quantity,
        /// The mass of listed wood in each item.
        MassPerItem mass_per_item,
        /// The mass of listed wood in the shipment.
        MassPerShipment mass_per_shipment,
        /// Whether the goods are a musical instrument, its part or accessory.
        Instrument instrument,
        /// Whether a culture travels in sterile containers.
        Sterile sterile,
        /// Whether a powder is exhausted.
        Exhausted exhausted,
        /// Whether the goods bear the label an annotation prescribes.
        Labelled labelled,
        /// Whether the goods keep their owner and are not for sale.
        KeepsOwner keeps_owner,
        /// What no field of a declaration holds; the row says what.
        Condition condition,
        /// Whether the goods are finished.
        Finished finished,
        /// Whether the goods are packed for retail.
        RetailPacked retail_packed,
        /// When the specimen was acquired.
        Acquired acquired,
        /// The State of origin.
        Origin origin,
        /// The State of export or re-export.
        Exporter exporter,
        /// The State of import.
        Importer importer,
        /// The States passed through.
        Via via,
        /// Where the owner usually lives.
        Residence residence,
        /// The port by name.
        PortName port_name,
        /// What the goods are to be used for.
        Use use_of_goods,
        /// The parties to the transaction.
        Parties parties,
        /// The days of the journey.
        Dates dates,
        /// The papers presented.
        Papers papers,
    }
}

impl Fact {
    /// How many facts there are.
    pub const COUNT: usize = Fact::ALL.len();
    /// How many facts have a list of values.
    pub const VALUED_COUNT: usize = Fact::VALUED.len();

    /// The fact whose key is `key`.
    pub fn from_key(key: &str) -> Option<Fact> {
        Fact::ALL.iter().copied().find(|fact| fact.key() == key)
    }

    /// The words a rule may write for this fact; none for a fact without a list.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let vocabulary = self.vocabulary();
        let count = vocabulary.map_or(0, |list| list.count);
        (0..count).filter_map(move |place| vocabulary.and_then(|list| (list.word_at)(place)))
    }
}

impl std::fmt::Display for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

/// A set of facts.
// Aligned as a word: a finding with such a set is then a quarter smaller, and findings are copied often.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(Rust, packed(8))]
pub struct FactSet(u128);

const _: () = assert!(Fact::COUNT <= 128, "a FactSet has room for 128 facts");

impl FactSet {
    /// No fact.
    pub const EMPTY: FactSet = FactSet(0);

    /// The set of `facts`; usable in constants.
    pub const fn of(facts: &[Fact]) -> FactSet {
        let mut set = FactSet::EMPTY;
        let mut rest = facts;
        while let [first, after @ ..] = rest {
            set = set.with(*first);
            rest = after;
        }
        set
    }

    /// This set and `fact`.
    #[must_use]
    pub const fn with(self, fact: Fact) -> FactSet {
        FactSet(self.0 | 1 << fact as u8)
    }

    /// Everything in this set or in `other`.
    #[must_use]
    pub const fn union(self, other: FactSet) -> FactSet {
        FactSet(self.0 | other.0)
    }

    /// This set without `fact`.
    #[must_use]
    pub const fn without(self, fact: Fact) -> FactSet {
        FactSet(self.0 & !(1 << fact as u8))
    }

    /// Everything in this set that is not in `other`.
    #[must_use]
    pub const fn difference(self, other: FactSet) -> FactSet {
        FactSet(self.0 & !other.0)
    }

    /// Everything in both sets.
    #[must_use]
    pub const fn intersection(self, other: FactSet) -> FactSet {
        FactSet(self.0 & other.0)
    }

    /// Whether `fact` is in the set.
    pub const fn contains(self, fact: Fact) -> bool {
        self.0 & 1 << fact as u8 != 0
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facts in the set, in the order of [`Fact::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        Fact::ALL.iter().copied().filter(move |fact| self.contains(*fact))
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> FactSet {
        facts.into_iter().fold(FactSet::EMPTY, FactSet::with)
    }
}

impl std::fmt::Debug for FactSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
