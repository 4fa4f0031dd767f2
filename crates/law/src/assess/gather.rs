//! Gathers the facts of a line: what is told, and what the law book makes of it.
//!
//! The order is that of the treaty: the listing first, then the regime of the specimen, then what stands in
//! the way. Every step only narrows what is possible; nothing is decided here.

use cites::{Purpose, PurposeSet, Source, SourceSet, TaxonId, TermSet};
use smallvec::SmallVec;

use super::evidence::EvidenceList;
use super::input::{Crossing, Line};
use super::sources::{Question, Sources};
use super::{barred, journey, listed, plausible, regime, specimen};
use crate::annotation::SpecimenKind;
use crate::rule::{Facts, Groups, ListedAs, NameMatch, key};

/// The facts of a line and the rows they rest on, while they are gathered where the answer keeps them.
pub(super) struct Gathering<'g, 'b> {
    /// The facts.
    pub(super) facts: &'g mut Facts,
    /// The rows of the book.
    pub(super) evidence: &'g mut EvidenceList<'b>,
    /// For each subject of the line, its taxon and those above it.
    pub(super) lineages: SmallVec<[&'b [TaxonId]; 2]>,
}

/// A reading in which something open is taken as settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assumed {
    /// The Appendix.
    pub appendix: Option<ListedAs>,
    /// The purpose in the State of import.
    pub purpose_import: Option<Purpose>,
}

/// Gathers the facts, taking the Appendix as settled where one is assumed; the lineage of the first subject.
pub(super) fn gather<'b>(
    question: &Question<'_, '_, 'b>,
    appendix: Option<ListedAs>,
    facts: &mut Facts,
    evidence: &mut EvidenceList<'b>,
) -> &'b [TaxonId] {
    let Question { line, crossing, sources, on } = *question;
    let mut gathered = Gathering { facts, evidence, lineages: SmallVec::new() };
    taxa(&mut gathered, line, sources);
    gathered.facts.particulars.term = line.term;
    gathered.facts.particulars.quantity = line.quantity;
    journey::fill(gathered.facts, line, crossing, sources.rules, on);
    specimen::fill(gathered.facts, line, crossing);
    listed::fill(&mut gathered, question);
    gathered.facts.know_if_told(key::appendix, appendix);
    regime::fill(&mut gathered, question);
    barred::fill(&mut gathered, question);
    plausible::fill(gathered.facts, line, crossing, sources.pairs);
    gathered.lineages.first().copied().unwrap_or_default()
}

/// The taxa of the line: those above each, and the groups that rules name.
fn taxa<'b>(gathered: &mut Gathering<'_, 'b>, line: &Line<'_>, sources: &Sources<'b>) {
    for subject in &line.subjects {
        gathered.lineages.push(sources.listings.lineage(subject.taxon));
        let groups = &mut gathered.facts.particulars.groups;
        *groups = groups.union(sources.groups.of(subject.taxon, subject.placement));
    }
    if line.name == NameMatch::Doubtful {
        let groups = &mut gathered.facts.particulars.groups;
        *groups = Groups { surely: 0, perhaps: groups.surely | groups.perhaps };
    }
}

/// The sources that are possible.
pub(super) fn sources_of(line: &Line<'_>) -> SourceSet {
    match line.source.map(|code| code.primary()) {
        Some(Some(source)) => source.into(),
        // O and I alone tell nothing of the origin.
        Some(None) | None => SourceSet::ALL.without(Source::PreConvention).without(Source::Seized),
    }
}

/// The kinds of specimen that are possible.
pub(super) fn terms_of(line: &Line<'_>) -> TermSet {
    line.term.map_or(TermSet::ALL, TermSet::from)
}

/// The purposes that are possible: those told on either side, else all.
pub(super) fn purposes_of(crossing: &Crossing<'_>) -> PurposeSet {
    let told: PurposeSet = [crossing.purpose_export, crossing.purpose_import].into_iter().flatten().collect();
    if told.is_empty() { PurposeSet::ALL } else { told }
}

/// The purposes that a population entry may mean, which asks for a purpose of the trade and does not say on
/// which side of the border: those of both sides; one side alone tells nothing of the other's, so that every
/// purpose stays possible.
pub fn purposes_of_trade(export: Option<Purpose>, import: Option<Purpose>) -> PurposeSet {
    match (export, import) {
        (Some(export), Some(import)) => PurposeSet::of(&[export, import]),
        _ => PurposeSet::ALL,
    }
}

/// What annotations ask of the line.
pub(super) fn specimen_kind<'a>(
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    lineage: &'a [TaxonId],
) -> SpecimenKind<'a> {
    let purposes = [crossing.purpose_export, crossing.purpose_import];
    let non_commercial = if purposes.contains(&Some(Purpose::Commercial)) {
        Some(false)
    } else {
        purposes.iter().all(Option::is_some).then_some(true)
    };
    SpecimenKind {
        terms: terms_of(line),
        sources: sources_of(line),
        origin: journey::origin_country(&line.origin),
        exporter: crossing.exporter,
        retail_packed: line.form.retail_packed,
        finished: line.form.finished,
        mass_per_item_millionths_kg: line.form.mass_per_item_kilograms.map(|mass| mass.millionths()),
        mass_per_shipment_millionths_kg: line.form.mass_per_shipment_kilograms.map(|mass| mass.millionths()),
        musical_instrument: line.form.instrument,
        sterile_in_vitro: line.form.sterile,
        exhausted_powder: line.form.exhausted,
        labelled: line.form.labelled,
        non_commercial,
        ..SpecimenKind::untold(lineage)
    }
}
