//! What a change is about: rows of one day that are about the same thing stand together.

use cites::{Country, TaxonId};

use super::Dated;
use crate::bars::ListedTaxon;

/// What a change is about. Ordered as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The listing of a taxon.
    Listing(TaxonId),
    /// The text of an annotation.
    Annotation(Box<str>),
    /// The specimens for which an entry of a taxon's population holds.
    Specimens(TaxonId),
    /// Quotas of a taxon.
    Quota(TaxonId),
    /// The trade of a State, or of all, in a taxon or in everything that is listed.
    Suspension(Option<Country>, Option<TaxonId>),
    /// A Party's reservation on a taxon.
    Reservation(Country, TaxonId),
    /// Whether the Convention binds a State.
    Party(Country),
    /// A rule, by its id.
    Rule(Box<str>),
    /// Something that the pack of a country or region holds: the pack, and what it is about.
    Pack(Kind, Box<str>, Box<str>),
    /// The quota that a State publishes for a year.
    YearlyQuota(TaxonId, Country),
}

/// Which kind of row changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An entry of the Appendices.
    Listing,
    /// The text of an annotation.
    Annotation,
    /// The specimens for which an entry of a population holds.
    Specimens,
    /// A quota of the Appendices or the Conference.
    Quota,
    /// A suspension.
    Suspension,
    /// A reservation.
    Reservation,
    /// Whether the Convention binds a State.
    Party,
    /// A rule.
    Rule,
    /// An entry of a national list.
    National,
    /// What a country forbids whatever the papers.
    Prohibition,
    /// What may not be carried, posted or sent in.
    Carried,
    /// A medicinal material.
    Medicinal,
    /// Who decides.
    Delegation,
    /// A form kept as livestock.
    Livestock,
    /// The days on which a port is open, or its designation.
    Port,
    /// How long a paper of a pack is good.
    Validity,
    /// A quota that a State publishes for a year.
    YearlyQuota,
}

impl Kind {
    /// Every kind, in the order in which answers show them.
    pub const ALL: [Kind; 17] = [
        Kind::Listing,
        Kind::Annotation,
        Kind::Specimens,
        Kind::Quota,
        Kind::Suspension,
        Kind::Reservation,
        Kind::Party,
        Kind::Rule,
        Kind::National,
        Kind::Prohibition,
        Kind::Carried,
        Kind::Medicinal,
        Kind::Delegation,
        Kind::Livestock,
        Kind::Port,
        Kind::Validity,
        Kind::YearlyQuota,
    ];

    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Listing => "listing",
            Kind::Annotation => "annotation",
            Kind::Specimens => "specimens",
            Kind::Quota => "quota",
            Kind::Suspension => "suspension",
            Kind::Reservation => "reservation",
            Kind::Party => "party",
            Kind::Rule => "rule",
            Kind::National => "national-list",
            Kind::Prohibition => "prohibition",
            Kind::Carried => "carried-ban",
            Kind::Medicinal => "medicinal",
            Kind::Delegation => "delegation",
            Kind::Livestock => "livestock",
            Kind::Port => "port",
            Kind::Validity => "paper-validity",
            Kind::YearlyQuota => "yearly-quota",
        }
    }
}

impl About {
    /// What a row is about.
    pub fn of(row: &Dated<'_>) -> About {
        let of_pack =
            |kind, pack: &crate::pack::Pack, what: &str| About::Pack(kind, pack.folder().into(), what.into());
        match row {
            Dated::Entry(entry) => About::Listing(entry.taxon),
            Dated::Annotation(text) => About::Annotation(text.symbol.clone()),
            Dated::Deemed(row) => About::Specimens(row.taxon.id()),
            Dated::Quota(row) => About::Quota(row.taxon.id()),
            Dated::YearlyQuota(row, taxon) => About::YearlyQuota(*taxon, row.exporter),
            Dated::Suspension(row) => About::Suspension(row.country, row.taxon.as_ref().map(ListedTaxon::id)),
            Dated::Reservation(row) => About::Reservation(row.party, row.taxon.id()),
            Dated::Party(fact) => About::Party(fact.country),
            Dated::Rule(_, rule) => About::Rule(rule.key.clone()),
            Dated::National(pack, row) => of_pack(Kind::National, pack, row.taxon.name()),
            Dated::Prohibition(pack, row) => of_pack(Kind::Prohibition, pack, &row.id),
            Dated::Carried(pack, row) => of_pack(Kind::Carried, pack, &row.id),
            Dated::Medicinal(pack, row) => of_pack(Kind::Medicinal, pack, &row.id),
            Dated::Delegation(pack, row) => of_pack(Kind::Delegation, pack, &row.authority),
            Dated::Livestock(pack, row) => {
                let first = row.taxa.taxa.first().map_or("", |taxon| taxon.name());
                of_pack(Kind::Livestock, pack, first)
            }
            Dated::Calendar(pack, row) => of_pack(Kind::Port, pack, &row.ports.join(" ")),
            Dated::Designation(pack, row) => of_pack(Kind::Port, pack, &row.port),
            Dated::Validity(pack, paper, _) => of_pack(Kind::Validity, pack, &paper.name_en),
        }
    }

    /// Which kind of row it is.
    pub fn kind(&self) -> Kind {
        match self {
            About::Listing(_) => Kind::Listing,
            About::Annotation(_) => Kind::Annotation,
            About::Specimens(_) => Kind::Specimens,
            About::Quota(_) => Kind::Quota,
            About::Suspension(..) => Kind::Suspension,
            About::Reservation(..) => Kind::Reservation,
            About::Party(_) => Kind::Party,
            About::Rule(_) => Kind::Rule,
            About::Pack(kind, ..) => *kind,
            About::YearlyQuota(..) => Kind::YearlyQuota,
        }
    }

    /// The taxon, where it is about one of the tree.
    pub fn taxon(&self) -> Option<TaxonId> {
        match self {
            About::Listing(taxon)
            | About::Specimens(taxon)
            | About::Quota(taxon)
            | About::Reservation(_, taxon)
            | About::YearlyQuota(taxon, _) => Some(*taxon),
            About::Suspension(_, taxon) => *taxon,
            About::Annotation(_) | About::Party(_) | About::Rule(_) | About::Pack(..) => None,
        }
    }

    /// The State, where it is about one.
    pub fn country(&self) -> Option<Country> {
        match self {
            About::Suspension(country, _) => *country,
            About::Reservation(country, _) | About::Party(country) | About::YearlyQuota(_, country) => {
                Some(*country)
            }
            _ => None,
        }
    }
}
