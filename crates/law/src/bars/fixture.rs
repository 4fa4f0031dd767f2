//! A small backbone for the tests of bars and annotations.

use cites::TaxonId;
use species::Backbone;

const TAXA: &str = "\
kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,example
Animalia,order,Proboscidea,Animalia,accepted,example
Animalia,family,Elephantidae,Proboscidea,accepted,example
Animalia,genus,Loxodonta,Elephantidae,accepted,example
Animalia,species,Loxodonta africana,Loxodonta,accepted,example
Animalia,species,Loxodonta cyclotis,Loxodonta,accepted,example
Animalia,genus,Capra,Animalia,accepted,example
Animalia,species,Capra falconeri,Capra,accepted,example
Animalia,genus,Saiga,Animalia,accepted,example
Animalia,species,Saiga tatarica,Saiga,accepted,example
Animalia,genus,Calumma,Animalia,accepted,example
Animalia,species,Calumma parsonii,Calumma,accepted,example
Animalia,species,Calumma capuroni,Calumma,accepted,example
Animalia,genus,Goniurosaurus,Animalia,accepted,example
Animalia,genus,Crocodylus,Animalia,accepted,example
Animalia,species,Crocodylus porosus,Crocodylus,accepted,example
Plantae,kingdom,Plantae,,accepted,example
Plantae,family,Cactaceae,Plantae,accepted,example
Plantae,genus,Opuntia,Cactaceae,accepted,example
Plantae,species,Opuntia ficus-indica,Opuntia,accepted,example
Plantae,genus,Ariocarpus,Cactaceae,accepted,example
Plantae,family,Orchidaceae,Plantae,accepted,example
Plantae,genus,Vanilla,Orchidaceae,accepted,example
Plantae,genus,Cistanche,Plantae,accepted,example
Plantae,species,Cistanche deserticola,Cistanche,accepted,example
Plantae,genus,Dalbergia,Plantae,accepted,example
Plantae,species,Dalbergia cochinchinensis,Dalbergia,accepted,example
Plantae,species,Dalbergia stevensonii,Dalbergia,accepted,example
Plantae,genus,Aloe,Plantae,accepted,example
Plantae,species,Aloe ferox,Aloe,accepted,example
Plantae,genus,Aquilaria,Plantae,accepted,example
Plantae,genus,Rhodiola,Plantae,accepted,example
Plantae,genus,Pterocarpus,Plantae,accepted,example
Plantae,species,Pterocarpus erinaceus,Pterocarpus,accepted,example
Plantae,genus,Paubrasilia,Plantae,accepted,example
Plantae,species,Paubrasilia echinata,Paubrasilia,accepted,example
";

/// The backbone.
pub(crate) fn backbone() -> Backbone {
    Backbone::from_tables(TAXA, "", "").unwrap()
}

/// The taxon called `name`, and those above it.
pub(crate) fn lineage(name: &str) -> Vec<TaxonId> {
    let backbone = backbone();
    let id = backbone.find(None, name)[0];
    backbone.lineage(id).collect()
}
