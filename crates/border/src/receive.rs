//! Receive: a declared consignment as lines the law can be asked about, with every name resolved.
//!
//! Source of truth: the consignment for what is told, the names for what a name stands for. A near miss that
//! could be a taxon of other standing in law is a doubt, never an answer.

use cites::{Amount, Country, Day, DocumentKind, Quantity, Unit};
use law::assess::{AgeClaim, Claims, Crossing, Form, Hybridity, Line, Sources};
use law::listing::{Origin, Subject};
use law::rule::NameMatch;
use smallvec::SmallVec;
use species::{Candidate, Doubt, MatchKind, Names, Resolution};

use crate::consignment::{self, AcquiredWhen, Consignment, HybridClaim, Journey};
pub use crate::printed::Printed;

/// The paper by which a pack lifts its ban on what is carried or sent in.
const CARRIED_APPROVAL: &str = "quarantine-import-approval";

/// A consignment with every name on it resolved, those on the papers too.
#[derive(Debug, Clone)]
pub struct Received<'a> {
    /// The lines, in order.
    pub lines: Vec<ReceivedLine<'a>>,
    /// The names on the papers.
    pub printed: Printed<'a>,
}

/// A line with its name resolved.
#[derive(Debug, Clone)]
pub struct ReceivedLine<'a> {
    /// What the law is asked about.
    pub line: Line<'a>,
    /// What the written name stands for.
    pub name: Resolution<'a>,
    /// What the ancestors told apart from the name stand for.
    pub ancestors: Vec<Resolution<'a>>,
}

/// The journey as the law is asked about it.
pub fn crossing(consignment: &Consignment) -> Crossing<'_> {
    let journey = &consignment.journey;
    Crossing {
        direction: journey.direction,
        procedure: journey.procedure,
        carrier: journey.carrier,
        exporter: journey.exporter,
        exported_as: journey.exported_as,
        importer: journey.importer,
        via: journey.via.as_deref(),
        purpose_export: journey.purpose_export,
        purpose_import: journey.purpose_import,
        residence: journey.residence,
        institutions: institutions(journey),
        claims: claims(consignment),
        port: journey.port.as_deref(),
    }
}

/// A consignment, with every name on it resolved.
pub fn consignment<'a>(
    consignment: &'a Consignment,
    sources: &Sources<'_>,
    names: &Names<'a>,
    on: Day,
) -> Received<'a> {
    let lines = consignment.lines.iter();
    let lines = lines.map(|declared| line(declared, &consignment.journey, sources, names, on)).collect();
    Received { lines, printed: Printed::read(consignment, names) }
}

/// A line as the law is asked about it.
pub fn line<'a>(
    declared: &'a consignment::Line,
    journey: &Journey,
    sources: &Sources<'_>,
    names: &Names<'a>,
    on: Day,
) -> ReceivedLine<'a> {
    let name = names.resolve(&full_name(declared));
    let claim = declared.hybrid.value();
    let told = claim.map(|claim| claim.ancestors.as_slice()).unwrap_or_default();
    let ancestors: Vec<Resolution<'a>> = told.iter().map(|name| names.resolve(name)).collect();
    let place = declared.origin.or(journey.origin);
    let origin = place.map_or(Origin::Unstated, Origin::from);
    let (subjects, all_known) = subjects(&name, &ancestors);
    let line = Line {
        name: name_match(&name, &subjects, all_known, &origin, sources, on),
        or_else: or_else(&name, &subjects),
        hybrid: hybridity(&name, claim, all_known),
        subjects,
        excluded_form: name.excluded_form.is_some() && claim.is_none(),
        domesticated: declared.domesticated,
        term: declared.term,
        quantity: declared.quantity,
        source: declared.source,
        origin,
        from_high_seas: place.is_some_and(|place| place.country == Country::HIGH_SEAS),
        live: declared.live,
        form: form(declared),
        acquired: age(declared),
        registered: declared.operation.is_there(),
        marked: declared.marks.is_there(),
        hs: declared.hs.as_ref().map(|code| code.digits()),
        use_of_goods: declared.use_of_goods,
        accepted: name.accepted,
    };
    ReceivedLine { line, name, ancestors }
}

/// The name with the subspecies that is told apart from it; an epithet alone is put behind the name.
fn full_name(declared: &consignment::Line) -> String {
    match declared.subspecies.as_deref() {
        Some(subspecies) if subspecies.contains(' ') => subspecies.to_owned(),
        Some(epithet) => format!("{} {epithet}", declared.name),
        None => declared.name.to_string(),
    }
}

/// The taxa of a line: its own, or the parents and ancestors of a hybrid. Tells whether every name led to one.
pub(crate) fn subjects<'a>(
    name: &Resolution<'a>,
    ancestors: &[Resolution<'a>],
) -> (SmallVec<[Subject<'a>; 2]>, bool) {
    let parents = name.hybrid.as_ref().map(|hybrid| hybrid.parents.as_slice()).unwrap_or_default();
    let own = std::slice::from_ref(name);
    let named = if parents.is_empty() { own } else { parents };
    // Ancestors told apart stand for what a hybrid's own name does not say.
    let named = if name.hybrid.is_some() && parents.is_empty() { &[] } else { named };
    let all = named.iter().chain(ancestors);
    let all_known = all.clone().all(Resolution::is_resolved);
    // A domesticated ancestor is none of the listed species; alone it is the line itself.
    let is_hybrid = name.hybrid.is_some() || !ancestors.is_empty();
    let counts = |resolution: &&Resolution<'_>| !is_hybrid || resolution.excluded_form.is_none();
    (all.filter(counts).filter_map(Subject::of).collect(), all_known)
}

/// The other taxa that a doubtful name may mean.
fn or_else<'a>(name: &Resolution<'a>, subjects: &[Subject<'a>]) -> SmallVec<[Subject<'a>; 2]> {
    let candidates = name.doubts.iter().flat_map(Doubt::candidates).filter_map(|candidate| candidate.taxon);
    let others = candidates.filter(|taxon| subjects.iter().all(|subject| subject.taxon != *taxon));
    others.map(Subject::itself).collect()
}

pub(crate) fn hybridity(name: &Resolution<'_>, claim: Option<&HybridClaim>, all_known: bool) -> Hybridity {
    if name.hybrid.is_none() && claim.is_none() {
        return Hybridity::No;
    }
    let pedigree_complete = all_known && claim.is_some_and(|claim| claim.pedigree_complete == Some(true));
    Hybridity::Yes { pedigree_complete }
}

/// How sure the taxon is. A misspelling by one letter that nothing else resembles is read; anything less sure
/// is doubtful when what else may be meant has another standing in law.
pub(crate) fn name_match(
    name: &Resolution<'_>,
    subjects: &[Subject<'_>],
    all_known: bool,
    origin: &Origin,
    sources: &Sources<'_>,
    on: Day,
) -> NameMatch {
    if subjects.is_empty() {
        // A hybrid of which no ancestor is named, or only domesticated ones.
        let known = name.hybrid.is_some() || (all_known && name.is_resolved());
        return if known { NameMatch::Certain } else { NameMatch::Unresolved };
    }
    let standing =
        |subject: &Subject<'_>| sources.listings.listing(sources.backbone, subject, origin, on).appendices;
    let own = subjects.first().map(standing);
    let elsewhere =
        |candidate: &Candidate| candidate.taxon.map(|taxon| standing(&Subject::itself(taxon))) != own;
    let unsure = name.doubts.iter().any(|doubt| match doubt {
        Doubt::Misspelt { candidates } => {
            let far = candidates.first().is_some_and(|best| best.edits > 1);
            far || candidates.iter().any(elsewhere)
        }
        Doubt::Homonym { candidates }
        | Doubt::Alternatives { candidates }
        | Doubt::Qualified { candidates, .. } => {
            candidates.is_empty()
                || candidates.iter().any(elsewhere)
                || matches!(doubt, Doubt::Qualified { .. })
        }
        Doubt::TablesDisagree { candidates } => candidates.iter().any(elsewhere),
        Doubt::HintDisagrees { .. } | Doubt::UnknownParent { .. } | Doubt::ImportDamaged => true,
        _ => false,
    });
    let unknown_member = name.kind == MatchKind::None;
    if unsure || unknown_member || !all_known { NameMatch::Doubtful } else { NameMatch::Certain }
}

fn form(declared: &consignment::Line) -> Form {
    Form {
        finished: declared.finished,
        retail_packed: declared.retail_packed,
        mass_per_item_kilograms: kilograms(declared.mass_per_item),
        mass_per_shipment_kilograms: kilograms(declared.mass_per_shipment),
        instrument: declared.instrument,
        sterile: declared.sterile,
        exhausted: declared.exhausted,
        labelled: declared.labelled,
    }
}

fn kilograms(quantity: Option<Quantity>) -> Option<Amount> {
    quantity.and_then(|quantity| quantity.convert_to(Unit::Kilogram)).map(|quantity| quantity.amount)
}

fn age(declared: &consignment::Line) -> AgeClaim {
    match declared.acquired.value().map(|acquired| acquired.when) {
        Some(AcquiredWhen::On(day)) => AgeClaim::On(day),
        Some(AcquiredWhen::Before(day)) => AgeClaim::Before(day),
        Some(AcquiredWhen::Undated) | None => AgeClaim::Undated,
    }
}

/// Whether both sides are registered institutions.
fn institutions(journey: &Journey) -> Option<bool> {
    let code = |party: &Option<consignment::Party>| party.as_ref().map(|party| party.institution.is_there());
    match (code(&journey.parties.exporter).flatten(), code(&journey.parties.importer).flatten()) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// What the papers claim by being presented.
fn claims(consignment: &Consignment) -> Claims {
    let claim = |kind: DocumentKind| match kind {
        DocumentKind::PreConventionCertificate => Claims::PRE_CONVENTION,
        DocumentKind::ScientificLabel => Claims::LABEL,
        DocumentKind::TravellingExhibitionCertificate => Claims::EXHIBITION,
        DocumentKind::MusicalInstrumentCertificate => Claims::INSTRUMENT,
        DocumentKind::PersonalOwnershipCertificate => Claims::OWNERSHIP,
        DocumentKind::SampleCollectionCertificate => Claims::SAMPLE,
        DocumentKind::Pack(own) if own.name() == CARRIED_APPROVAL => Claims::CARRIED_APPROVAL,
        _ => Claims::NONE,
    };
    consignment.papers.iter().fold(Claims::NONE, |all, paper| all.with(claim(paper.kind)))
}
