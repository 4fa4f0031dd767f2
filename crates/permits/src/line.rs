//! One specimen block of a paper: boxes 7 to 12, and what box 14 says of it.

use cites::{Appendix, Country, Day, Quantity, SourceCode, Term};

use crate::paper::EarlierPaper;
use crate::told::Told;

/// One line of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperLine {
    /// Box 7: the scientific name as printed.
    pub name: Box<str>,
    /// Box 9: the kind of specimen.
    pub term: Told<Term>,
    /// Box 10: the Appendix.
    pub appendix: Told<Appendix>,
    /// Box 10: the source.
    pub source: Told<SourceCode>,
    /// Box 11: how much is authorised.
    pub quantity: Told<Quantity>,
    /// Box 11a: how much of the quota is used.
    pub quota: Told<QuotaStatement>,
    /// Box 12: the State of origin.
    pub origin: Told<Country>,
    /// Box 12: the permit of the State of origin.
    pub origin_permit: Told<EarlierPaper>,
    /// Box 12a: the certificate of the last re-export.
    pub last_re_export: Told<EarlierPaper>,
    /// Box 12b: the registered operation or nursery.
    pub operation: Told<Box<str>>,
    /// Box 12b: when a pre-Convention specimen was acquired.
    pub acquired: Told<Day>,
    /// Box 9: marks, tags, rings.
    pub marks: Told<Box<str>>,
    /// Box 14: the quantity actually shipped.
    pub endorsed: Told<Quantity>,
}

/// Box 11a: exports of the year so far, and the quota of the year.
///
/// Source: Res. Conf. 14.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuotaStatement {
    /// Exported so far, this shipment included.
    pub used: Quantity,
    /// The quota of the year.
    pub annual: Quantity,
}

impl QuotaStatement {
    /// Whether the exports so far stay within the quota; `None` when the two cannot be compared.
    pub fn within(&self) -> Option<bool> {
        let used = self.used.convert_to(self.annual.unit)?;
        Some(used.amount <= self.annual.amount)
    }
}

/// Box 14: the endorsement of the inspecting official at export.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Endorsement {
    /// The day.
    pub on: Option<Day>,
    /// The port.
    pub port: Option<Box<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_statement_is_compared_in_one_unit() {
        for (used, annual, expected) in [
            ("9999.999 KGM", "10000 KGM", Some(true)),
            ("10000 KGM", "10000 KGM", Some(true)),
            ("10000001 GRM", "10000 KGM", Some(false)),
            ("12 NAR", "10000 KGM", None),
        ] {
            let statement = QuotaStatement { used: used.parse().unwrap(), annual: annual.parse().unwrap() };
            assert_eq!(statement.within(), expected, "{used} of {annual}");
        }
    }
}
