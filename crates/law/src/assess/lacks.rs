//! What the tables call missing, as the facts a consignment can tell.

use crate::bars::{Missing, MissingSet};
use crate::listing::ListingDoubts;
use crate::rule::{Fact, FactSet};

/// The facts that would tell what is missing.
pub(super) fn facts(missing: MissingSet) -> FactSet {
    missing.iter().map(fact).collect()
}

const fn fact(missing: Missing) -> Fact {
    match missing {
        Missing::Taxon => Fact::Taxon,
        Missing::Term => Fact::Term,
        Missing::Source | Missing::Propagated => Fact::Source,
        Missing::Purpose => Fact::PurposeImport,
        Missing::Origin | Missing::Population => Fact::Origin,
        Missing::Exporter | Missing::ReExport => Fact::Exporter,
        Missing::Importer => Fact::Importer,
        Missing::Appendix => Fact::Appendix,
        Missing::RetailPacked => Fact::RetailPacked,
        Missing::Finished => Fact::Finished,
        Missing::MassPerItem => Fact::MassPerItem,
        Missing::MassPerShipment => Fact::MassPerShipment,
        Missing::Instrument => Fact::Instrument,
        Missing::Sterile => Fact::Sterile,
        Missing::Exhausted => Fact::Exhausted,
        Missing::Labelled => Fact::Labelled,
        Missing::KeepsOwner => Fact::KeepsOwner,
        Missing::Condition => Fact::Condition,
    }
}

/// The facts that would settle the doubts of a listing. `is_species` tells at which level a name is missing.
pub(super) fn doubts(doubts: ListingDoubts, is_species: bool) -> FactSet {
    let lower = if is_species { Fact::Subspecies } else { Fact::Taxon };
    let table = [
        (ListingDoubts::PART_OF_STATE, Fact::Origin),
        (ListingDoubts::ORIGIN, Fact::Origin),
        (ListingDoubts::LIMITED, Fact::Origin),
        (ListingDoubts::LOWER_TAXON, lower),
        (ListingDoubts::UNRESOLVED, lower),
        (ListingDoubts::DAY, Fact::ListingDay),
    ];
    table.into_iter().filter(|(doubt, _)| doubts.contains(*doubt)).map(|(_, fact)| fact).collect()
}
