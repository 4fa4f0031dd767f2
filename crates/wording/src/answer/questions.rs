//! What to ask when a fact is missing, in the words of an officer.
//!
//! Source of truth: the facts of `law`. A fact that is found from others is asked for by what would tell it.

use law::rule::Fact;

/// What to ask or look at to learn `fact`.
pub fn question(fact: Fact) -> &'static str {
    journey(fact).or_else(|| specimen(fact)).or_else(|| paper(fact)).unwrap_or(match fact {
        Fact::Suspension => "whether the suspension of trade is still in force; ask the Management Authority",
        Fact::Quota => "how much of the export quota is used; ask the Management Authority of the exporter",
        Fact::Reservation => "whether the reservation is still held; ask the Management Authority",
        Fact::ListingDay => "on which day the listing changed; ask the Management Authority",
        Fact::NationalClass => "the class of national protection",
        Fact::Medicinal => "whether it is a medicinal material, and of which class",
        Fact::Catalogue => "whether the customs catalogue of endangered species names the goods",
        Fact::Ban | Fact::CarriedBan => "whether the national ban reaches these goods",
        Fact::Port => "whether the port is open for these goods on this day",
        Fact::CarriedApproval => "whether an approval for what may not be carried or sent in is presented",
        _ => "a fact that the declaration does not tell; see the rule",
    })
}

fn journey(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::Direction => "which way the goods go at this border: import, export, re-export, transit",
        Fact::Movement => "whether this is an export from the State of origin or a re-export",
        Fact::Procedure => "the customs procedure",
        Fact::Carrier => "what carries the goods: cargo, hand luggage, post",
        Fact::ExporterStatus => "the State of export, and whether it is a Party",
        Fact::ImporterStatus => "the State of import, and whether it is a Party",
        Fact::PurposeExport => "for what purpose the goods are exported",
        Fact::PurposeImport => "for what purpose the goods are imported",
        Fact::Exporter => "the State of export or re-export",
        Fact::Importer => "the State of import",
        Fact::Via => "through which States the goods pass",
        Fact::Residence | Fact::KeepsOwner => "where the owner lives, and whether the goods stay the owner's",
        Fact::PortName => "the port of entry or exit",
        Fact::Parties => "who sends and who receives, and whether both are registered institutions",
        Fact::Dates => "when the goods left and when they arrived",
        Fact::Use => "what the goods are to be used for",
        _ => return None,
    })
}

fn specimen(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::Name | Fact::Taxon => "the full scientific name of the taxon",
        Fact::Subspecies => "the subspecies",
        Fact::Ancestors | Fact::ListedAncestor => "the ancestors of the hybrid, four generations back",
        Fact::Appendix => "what decides the Appendix: the name, the origin or the kind of specimen",
        Fact::Covered | Fact::Condition => "whether the goods meet the condition of the annotation",
        Fact::Source => "how the specimen was obtained: wild, ranched, bred, propagated",
        Fact::Seized => "whether the specimen was seized",
        Fact::Live => "whether the specimen is alive",
        Fact::Domesticated => "whether it is the domesticated form",
        Fact::Registered => "whether the breeding operation or nursery is registered with the Secretariat",
        Fact::Marked => "whether the specimen carries the marks that its papers name",
        Fact::Breeding => "whether the animal was bred for sale",
        Fact::Regime => "whether an exemption holds that is claimed",
        Fact::PreConvention | Fact::Acquired => "when and how the specimen was acquired, with proof",
        Fact::PersonalCap | Fact::Quantity => "how much there is, and in which unit",
        Fact::OriginLists | Fact::OriginNamed | Fact::Origin | Fact::ExporterIsOrigin => {
            "the State of origin, and the region in it where only a part is listed"
        }
        Fact::Term => "the kind of specimen",
        Fact::HsCode => "the customs code",
        Fact::MassPerItem => "the mass of the listed wood in each item",
        Fact::MassPerShipment => "the mass of the listed wood in the shipment",
        Fact::Instrument => "whether the goods are a musical instrument, its part or accessory",
        Fact::Sterile => "whether the culture travels in sterile containers",
        Fact::Exhausted => "whether the powder is exhausted",
        Fact::Labelled => "whether the goods bear the label that the annotation prescribes",
        Fact::Finished => "whether the goods are finished",
        Fact::RetailPacked => "whether the goods are packed and ready for retail trade",
        _ => return None,
    })
}

fn paper(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::Papers => "what the papers presented state",
        Fact::PaperForm | Fact::CopySuffices => "whether the paper is an original",
        Fact::Sealed => "whether the seal or signature of the authority is on the paper",
        Fact::Alteration => "whether the paper is altered, and whether the authority has signed for it",
        Fact::LanguageAccepted => "whether the paper is in English, French or Spanish, or translated",
        Fact::ConditionsMet => "whether the conditions printed on the paper are met",
        Fact::Endorsed | Fact::EndorsementDue => "whether the authority at export endorsed the paper",
        Fact::PaperIssuer | Fact::AuthorityListed => "which authority issued the paper",
        Fact::PaperTime | Fact::PrintedTerm | Fact::ArrivedInTime => "from when to when the paper is good",
        Fact::PaperTaxon => "which taxon the paper names",
        Fact::PaperTerm => "which kind of specimen the paper names",
        Fact::PaperAppendix => "which Appendix the paper names",
        Fact::PaperSource => "which source the paper names",
        Fact::PaperPurpose => "which purpose the paper names",
        Fact::PaperOrigin => "which country of origin the paper names",
        Fact::PaperDestination => "which country of destination the paper names",
        Fact::PaperParties => "whether exporter and importer are those on the paper",
        Fact::PaperPort => "which port the paper names",
        Fact::PaperAmount => "how much the paper allows, and how much is left of it",
        Fact::PaperOrder | Fact::Retrospective => "when the paper was issued, and on which grounds if late",
        Fact::EarlierPermit => "whether the paper names the permit of the State of origin",
        Fact::QuotaStated => "how much of the quota the paper says is used",
        Fact::TransportStated => "whether the paper carries the condition of humane transport",
        Fact::OperationStated => "whether the paper names the registered operation",
        Fact::FindingsStated => "whether the paper states that the trade does no harm and is lawful",
        Fact::Replacement => "whether the paper says which other it replaces",
        Fact::Doubled => "whether another paper is used for the same goods",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_that_a_consignment_can_tell_has_a_question() {
        for fact in Fact::ALL.iter().skip(Fact::VALUED_COUNT) {
            assert!(!question(*fact).starts_with("a fact that"), "{fact}");
        }
    }
}
