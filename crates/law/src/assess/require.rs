//! The documents that the rules met require, each once, with who issues it.

use cites::{Country, DocumentKind, Outcome, RuleId};
use smallvec::SmallVec;

use super::input::{Crossing, Line};
use super::journey;
use crate::rule::{Effect, Findings, Issuer, Met, RequiredDocument, RuleBook};

/// A document that a line needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// The rule that requires it; the document is one of the rule's.
    pub rule: RuleId,
    /// Its place among the documents of the rule.
    pub document: u8,
    /// The State that issues it, where that is told.
    pub issuer: Option<Country>,
    /// Whether it is surely needed; else it is needed if the rule holds.
    pub certain: bool,
}

/// Requirements, in place while they are few.
pub type Requirements = SmallVec<[Requirement; 8]>;

/// A requirement beside what the book says of its document.
type Wanted<'r> = (Requirement, &'r RequiredDocument);

/// What the rules behind `findings` require.
pub(super) fn of(
    findings: &Findings,
    rules: &RuleBook,
    line: &Line<'_>,
    crossing: &Crossing<'_>,
) -> Requirements {
    let mut wanted: SmallVec<[Wanted<'_>; 8]> = SmallVec::new();
    for finding in findings {
        let Some(rule) = rules.rule_to(Effect::Require, finding.rule) else { continue };
        for (place, document) in rule.documents.iter().enumerate() {
            let requirement = Requirement {
                rule: finding.rule,
                document: place as u8,
                issuer: issuer(document.issued_by, rule.pack.as_deref(), rules, line, crossing),
                certain: finding.met == Met::Met,
            };
            add(&mut wanted, (requirement, document));
        }
    }
    if wanted.len() > 1 {
        drop_stood_for(&mut wanted);
        wanted.sort_by_key(|(_, document)| document.order);
    }
    wanted.iter().map(|(requirement, _)| *requirement).collect()
}

impl Requirement {
    /// What the book says of the document.
    pub fn get(self, rules: &RuleBook) -> Option<&RequiredDocument> {
        rules.document(self.rule, self.document)
    }

    /// What it comes to when the document is not there.
    pub fn if_missing(self, rules: &RuleBook) -> Outcome {
        self.get(rules).map_or(Outcome::Refer, |document| document.if_missing)
    }
}

/// Adds a requirement, unless the same document of the same State is asked for already.
fn add<'r>(wanted: &mut SmallVec<[Wanted<'r>; 8]>, new: Wanted<'r>) {
    let is_same = |known: &Wanted<'_>| known.1.kind == new.1.kind && known.0.issuer == new.0.issuer;
    match wanted.iter_mut().find(|known| is_same(known)) {
        Some(known) if new.0.certain && !known.0.certain => *known = new,
        Some(_) => {}
        None => wanted.push(new),
    }
}

/// A paper of a pack may stand for papers of the treaty that the same State would issue.
fn drop_stood_for(wanted: &mut SmallVec<[Wanted<'_>; 8]>) {
    let stands =
        |(requirement, document): &&Wanted<'_>| requirement.certain && !document.stands_for.is_empty();
    if !wanted.iter().any(|wanted| stands(&wanted)) {
        return;
    }
    let standing = wanted.iter().filter(stands);
    let standing: SmallVec<[(&[DocumentKind], Option<Country>); 4]> =
        standing.map(|(requirement, document)| (&*document.stands_for, requirement.issuer)).collect();
    wanted.retain(|(requirement, document)| {
        let is_stood_for = |(kinds, issuer): &(&[DocumentKind], Option<Country>)| {
            kinds.contains(&document.kind) && *issuer == requirement.issuer
        };
        !standing.iter().any(is_stood_for)
    });
}

/// The State that issues a document, where that is told.
fn issuer(
    issuer: Issuer,
    pack: Option<&str>,
    rules: &RuleBook,
    line: &Line<'_>,
    crossing: &Crossing<'_>,
) -> Option<Country> {
    match issuer {
        Issuer::Exporter => crossing.exporter,
        Issuer::Importer => crossing.importer,
        Issuer::Origin => journey::origin_country(&line.origin),
        Issuer::Transit => crossing.via.and_then(|states| states.first().copied()),
        Issuer::Local => {
            let own = rules.packs().iter().find(|known| Some(&*known.name) == pack);
            own.map(|pack| pack.country)
        }
    }
}
