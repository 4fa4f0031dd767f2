//! Papers of other countries: registered once by issuer and number, and every use that is seen.
//!
//! Source of truth: the face of the paper as it was first registered, and the uses, which `permits::foreign` holds
//! against each other. A finding keeps nothing from being entered: what was presented at a border was presented, and
//! whoever enters it is told what is to be said against it. Findings stand in the history with what they are about.

use access::{Owner, Thing};
use cites::{Day, DocumentKind, ForeignPaperId, Quantity, Term};
use permits::Told;
use permits::foreign::{Finding, PaperNumber, SeenLine, SeenPaper, Use, UseMove, UsedLine, Uses};
use serde_json::{Value, json};
use store::{ForeignLine, ForeignPaperRecord, ForeignUse, Subject, SubjectKind, Version, Work};

use super::{Prepared, is_as_seen, ready, refused};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// The most letters of a name on a line.
const NAME_LETTERS_MAX: usize = 400;

/// The register, as `access` is asked about it: all offices and ports look into one.
pub(crate) fn register() -> Thing {
    Thing { owner: Owner::House, ..Thing::default() }
}

/// A paper of the register with its lines and uses, and what is to be said against what was just done with it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) record: ForeignPaperRecord,
    pub(crate) lines: Vec<ForeignLine>,
    pub(crate) uses: Vec<ForeignUse>,
    pub(crate) findings: Vec<Finding>,
}

/// Registers a paper. One that is known by issuer and number stays as it was first registered; what is presented now
/// is held against it, and kept in its history. Whether it is new.
pub(crate) async fn enter(
    office: &Office,
    caller: &Caller,
    presented: &SeenPaper,
) -> Result<(Prepared<Known>, bool), Problem> {
    caller.may(&register())?;
    is_sound(presented)?;
    let taxa: Vec<_> = presented.lines.iter().map(|line| office.taxa().sure(&line.name)).collect();
    let mut work = office.store().work().await?;
    let Some(record) = work.foreign_paper(presented.issuer, presented.number.folded()).await? else {
        let record = record(office, presented);
        let lines: Vec<ForeignLine> = presented
            .lines
            .iter()
            .zip(taxa)
            .zip(1..)
            .filter_map(|((line, taxon), at)| kept(at, line, taxon))
            .collect();
        work.put_foreign_paper(&record);
        lines.iter().for_each(|line| work.put_foreign_line(record.id, line));
        let known = Known { record, lines, uses: Vec::new(), findings: Vec::new() };
        let known = against(known, presented, &looked_at(office.today()))?;
        return Ok((saved(office, caller, work, known, face(presented)), true));
    };
    let known = load(&mut work, record).await?;
    let known = against(known, presented, &looked_at(office.today()))?;
    Ok((looked(office, caller, work, known, face(presented)), false))
}

/// Enters a use of a paper; `presented` is the paper as it was presented, where that is told.
pub(crate) async fn using(
    office: &Office,
    caller: &Caller,
    (paper, seen): (ForeignPaperId, Version),
    (presented, further): (Option<&SeenPaper>, &Use),
) -> Result<Prepared<Known>, Problem> {
    let found = office.store().foreign_paper_of(paper).await?.ok_or_else(Problem::not_found)?;
    caller.may(&register())?;
    if further.on > office.today() || further.at.trim().is_empty() {
        return Err(Problem::refused("a use names its port, and a day that is not to come; correct it"));
    }
    let mut work = office.store().work().await?;
    let record = work.foreign_paper(found.issuer, &found.number).await?.ok_or_else(Problem::not_found)?;
    is_as_seen(record.version, seen)?;
    let known = load(&mut work, record).await?;
    let first = first(&known)?;
    let mut known = against(known, presented.unwrap_or(&first), further)?;
    let mut uses = uses(&known)?;
    uses.make(UseMove::Use(further.clone())).map_err(|error| refused(&error))?;
    for used in &further.lines {
        let entry = ForeignUse {
            // A line that the paper does not have is a finding, and is kept.
            line: u32::try_from(used.line).unwrap_or(u32::MAX).saturating_add(1),
            quantity: used.quantity,
            day: further.on,
            port: Some(further.at.to_string()),
            reference: (!further.consignment.is_empty()).then(|| further.consignment.to_string()),
            at: office.now(),
        };
        work.enter_foreign_use(paper, &entry);
        known.uses.push(entry);
    }
    // A use changes what is left, so that whoever saw the paper before it sees it anew.
    work.put_foreign_paper(&known.record);
    let lines = further
        .lines
        .iter()
        .map(|used| json!({ "line": used.line + 1, "quantity": used.quantity.to_string() }));
    let used = json!({
        "used": lines.collect::<Vec<_>>(), "port": further.at, "day": further.on.to_string(),
        "consignment": further.consignment, "presented": presented.map(face),
    });
    Ok(saved(office, caller, work, known, used))
}

/// A paper as it stands.
pub(crate) async fn standing(office: &Office, record: ForeignPaperRecord) -> Result<Known, Problem> {
    let lines = office.store().foreign_lines(record.id).await?;
    let uses = office.store().foreign_uses(record.id).await?;
    Ok(Known { record, lines, uses, findings: Vec::new() })
}

/// How much is left of each line, where it can be counted.
pub(crate) fn left(known: &Known) -> Result<Vec<Option<Quantity>>, Problem> {
    use permits::foreign::LineLeft;
    let (paper, uses) = (first(known)?, uses(known)?);
    let left = |line| match uses.left(&paper, line) {
        LineLeft::Is(left) => Some(left),
        LineLeft::Unknown => None,
    };
    Ok((0..paper.lines.len()).map(left).collect())
}

async fn load(work: &mut Work, record: ForeignPaperRecord) -> Result<Known, Problem> {
    let lines = work.foreign_lines(record.id).await?;
    let uses = work.foreign_uses(record.id).await?;
    Ok(Known { record, lines, uses, findings: Vec::new() })
}

/// What is to be said against a use, before it is among the uses.
fn against(known: Known, presented: &SeenPaper, further: &Use) -> Result<Known, Problem> {
    let findings = uses(&known)?.findings(&first(&known)?, presented, further);
    Ok(Known { findings, ..known })
}

/// A look at a paper is a use of nothing, against which only its days and its content speak.
fn looked_at(on: Day) -> Use {
    Use { on, at: "".into(), consignment: "".into(), lines: Vec::new() }
}

fn saved(office: &Office, caller: &Caller, work: Work, mut known: Known, made: Value) -> Prepared<Known> {
    known.record.version = known.record.version.next();
    looked(office, caller, work, known, made)
}

/// A deed after which the paper has the version that it has.
fn looked(office: &Office, caller: &Caller, work: Work, known: Known, made: Value) -> Prepared<Known> {
    let mut after = made;
    if let Some(after) = after.as_object_mut() {
        let told =
            known.findings.iter().map(|found| json!({ "id": found.id(), "reason": found.to_string() }));
        after.insert("findings".to_owned(), told.collect());
    }
    let subject = Subject::new(SubjectKind::ForeignPaper, known.record.id, known.record.version);
    ready(office, work, super::Told::by(caller, subject, after), known)
}

fn is_sound(paper: &SeenPaper) -> Result<(), Problem> {
    let lines = paper.lines.len();
    if !(1..=permits::foreign::USE_LINES_MAX).contains(&lines) {
        let most = permits::foreign::USE_LINES_MAX;
        return Err(Problem::refused(format!(
            "a paper has 1 to {most} lines and this one has {lines}; correct it"
        )));
    }
    let is_long =
        |line: &SeenLine| line.name.trim().is_empty() || line.name.chars().count() > NAME_LETTERS_MAX;
    match paper.lines.iter().position(is_long) {
        Some(at) => Err(Problem::refused(format!(
            "line {} has no name, or one of more than {NAME_LETTERS_MAX} letters; write it as it is printed",
            at + 1
        ))),
        None => Ok(()),
    }
}

fn record(office: &Office, paper: &SeenPaper) -> ForeignPaperRecord {
    ForeignPaperRecord {
        id: ForeignPaperId(office.draw_id()),
        version: Version::NEW,
        issuer: paper.issuer,
        number: paper.number.folded().to_owned(),
        kind: paper.kind.to_string(),
        issued: paper.issued.value().copied(),
        last_day: paper.last_day.value().copied(),
        content: json!({ "number": paper.number.written() }),
    }
}

/// A line as it is kept; a paper that is registered tells every quantity.
fn kept(
    line: u32,
    seen: &SeenLine,
    taxon: Option<permits::application::asked::ChosenTaxon>,
) -> Option<ForeignLine> {
    let taxon = taxon.map(|taxon| (taxon.kingdom, taxon.name.to_string()));
    let term = seen.term.value().map(ToString::to_string);
    let content = json!({ "name": seen.name, "term": term });
    Some(ForeignLine { line, taxon, quantity: *seen.quantity.value()?, content })
}

/// What is written on a paper, for its history.
fn face(paper: &SeenPaper) -> Value {
    let line = |line: &SeenLine| {
        json!({
            "name": line.name,
            "term": line.term.value().map(ToString::to_string),
            "quantity": line.quantity.value().map(ToString::to_string),
        })
    };
    json!({
        "number": paper.number.written(),
        "kind": paper.kind.to_string(),
        "issued": paper.issued.value().map(ToString::to_string),
        "last_day": paper.last_day.value().map(ToString::to_string),
        "lines": paper.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

/// The paper as it was first registered.
pub(crate) fn first(known: &Known) -> Result<SeenPaper, Problem> {
    let record = &known.record;
    let fault = |what: &dyn std::error::Error| Problem::fault("a foreign paper cannot be read", what);
    let written = record.content.get("number").and_then(Value::as_str).unwrap_or(&record.number);
    let lines = known.lines.iter().map(|line| {
        let text = |field: &str| line.content.get(field).and_then(Value::as_str);
        let term = text("term").map(str::parse::<Term>).transpose();
        Ok(SeenLine {
            name: text("name").unwrap_or_default().into(),
            term: term.map_err(|error| fault(&error))?.into(),
            quantity: Told::Is(line.quantity),
        })
    });
    Ok(SeenPaper {
        issuer: record.issuer,
        number: PaperNumber::of(written).map_err(|error| fault(&error))?,
        kind: record.kind.parse::<DocumentKind>().map_err(|error| fault(&error))?,
        issued: record.issued.into(),
        last_day: record.last_day.into(),
        lines: lines.collect::<Result<_, Problem>>()?,
    })
}

/// The uses, of which the rows that were entered together are one.
fn uses(known: &Known) -> Result<Uses, Problem> {
    let together = |one: &ForeignUse, other: &ForeignUse| {
        (one.at, one.day, &one.port, &one.reference) == (other.at, other.day, &other.port, &other.reference)
    };
    let moves = known.uses.chunk_by(together).filter_map(|rows| {
        let first = rows.first()?;
        let line = |row: &ForeignUse| {
            let line = usize::try_from(row.line).unwrap_or(usize::MAX).saturating_sub(1);
            UsedLine { line, quantity: row.quantity }
        };
        Some(UseMove::Use(Use {
            on: first.day,
            at: first.port.clone().unwrap_or_default().into(),
            consignment: first.reference.clone().unwrap_or_default().into(),
            lines: rows.iter().map(line).collect(),
        }))
    });
    Uses::of(moves).map_err(|error| Problem::fault("the uses of a foreign paper cannot be read", &error))
}
