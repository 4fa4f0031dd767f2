//! The decision: granted line by line, with what is reserved of quotas, or refused with reasons.
//!
//! Source: Regulation 465 of China Art. 13. A quota is reserved in the same transaction as the decision, so that it
//! cannot be overrun, whoever else decides. What the law requires is asked before anything is held, of the version that
//! the decision rests on, and kept with it; what the law's answer does not clear is granted with reasons only.

use std::collections::BTreeSet;

use access::Hand;
use cites::{ApplicationId, Box1, Country, Day, DocumentKind, Purpose, QuotaId};
use permits::application::asked::{Asked, ReadHead, ReadLine};
use permits::application::{Application, GrantedLine, LineDecision, granted};
use permits::ledger::QuotaMoveKind;
use store::{ApplicationRecord, QuotaRecord, Version, Work};

use super::{Prepared, asked, held, is_as_seen, other_state, prepared, refused, review, told};
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;
use crate::requirements::kept::{Assessment, Decided, DecidedText};
use crate::requirements::lacking_reasons;
use crate::{Office, requirements};

type Which = (ApplicationId, Version);
type Ready = Result<Prepared<ApplicationRecord>, Problem>;

/// Grants an application for these lines, for these reasons where some are given for the whole.
pub(crate) async fn grant(
    office: &Office,
    caller: &Caller,
    which: Which,
    (decided, reasons): (&[LineDecision], Option<&str>),
) -> Ready {
    let assessment = assessed(office, which).await?;
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Accepted(accepted) = record.state.clone() else {
        return Err(other_state(&record, "accepted"));
    };
    review::may_grant(office, &record)?;
    let asked = asked(&record)?;
    let lines = granted(&asked, office.taxa(), decided).map_err(|error| refused(&error))?;
    let granted = accepted.grant(office.today()).map_err(|error| refused(&error))?.because(reasons);
    let lacking = lacking_reasons(&assessment, decided).filter(|_| granted.reasons().is_none());
    if let Some(lacking) = lacking {
        return Err(Problem::refused(lacking));
    }
    reserve(office, &mut work, &record, (&asked, &lines)).await?;
    let granted = granted.for_lines(lines.into_iter().map(|(line, _)| line).collect());
    let told_lines = granted.lines().iter().map(DecidedText::of).collect();
    let decided = (("granted", office.today()), granted.reasons(), told_lines);
    keep(&mut record, caller, assessment, decided)?;
    record.state = Application::Granted(granted);
    record.hands.insert((Hand::Decided, caller.actor.user));
    letters::to_applicant(office, &mut work, &record, &Letter::Granted).await?;
    prepared(office, caller, work, Some(before), record)
}

/// Refuses an application with reasons.
pub(crate) async fn refuse(office: &Office, caller: &Caller, which: Which, reasons: &str) -> Ready {
    let assessment = assessed(office, which).await?;
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Accepted(accepted) = record.state.clone() else {
        return Err(other_state(&record, "accepted"));
    };
    let refusal = accepted.refuse(reasons, office.today()).map_err(|error| refused(&error))?;
    let decided = (("refused", refusal.on), Some(&*refusal.reasons), Vec::new());
    keep(&mut record, caller, assessment, decided)?;
    record.state = Application::Refused(refusal);
    review::tell_refusal(office, &mut work, &record, reasons).await?;
    record.hands.insert((Hand::Decided, caller.actor.user));
    prepared(office, caller, work, Some(before), record)
}

/// What the law requires for the application as it was seen. Whether it still is so, and whether the caller may decide
/// it, is asked again when it is held.
async fn assessed(office: &Office, (application, seen): Which) -> Result<Assessment, Problem> {
    let record = office.store().application(application).await?.ok_or_else(Problem::not_found)?;
    is_as_seen(record.version, seen)?;
    requirements::today(office, &record).await
}

/// What was decided, on which day, for which reasons, of which lines.
type What<'w> = ((&'static str, Day), Option<&'w str>, Vec<DecidedText>);

/// Keeps the assessment that a decision rests on, with the decision.
fn keep(
    record: &mut ApplicationRecord,
    caller: &Caller,
    assessment: Assessment,
    ((what, on), reasons, lines): What<'_>,
) -> Result<(), Problem> {
    let (by, reasons) = (caller.actor.user.to_string(), reasons.map(str::to_owned));
    let decision = Some(Decided { what: what.to_owned(), on, by, reasons, lines });
    let kept = Assessment { decision, ..assessment };
    record.edition = Some(kept.edition);
    let kept = serde_json::to_value(&kept);
    record.assessment =
        Some(kept.map_err(|error| Problem::fault("an assessment cannot be written", &error))?);
    Ok(())
}

/// Reserves what lines name a quota for.
async fn reserve(
    office: &Office,
    work: &mut Work,
    record: &ApplicationRecord,
    (asked, lines): (&Asked, &[(GrantedLine, ReadLine<'_>)]),
) -> Result<(), Problem> {
    let ids: BTreeSet<QuotaId> = lines.iter().filter_map(|(line, _)| line.quota).collect();
    let loaded = work.quotas(&ids, Some(record.id)).await?;
    let head = ReadHead::of(&asked.head).0;
    let drawn = Drawn { year: office.today().year(), country: exporter(office, record, &head) };
    for (line, read) in lines {
        let Some(id) = line.quota else { continue };
        let quota = loaded.iter().map(|loaded| &loaded.quota).find(|quota| quota.id == id);
        let quota = quota.filter(|quota| Some(quota.agency) == record.agency);
        let purpose = read.purpose.value().or(head.purpose.value()).copied();
        let number = line.line;
        if !quota.is_some_and(|quota| covers(quota, line, read, purpose)) {
            return Err(Problem::refused(format!(
                "the quota of line {number} is none of your office for its taxon, specimens, source and purpose; name another"
            )));
        }
        if let Some(quota) = quota {
            drawn.of(quota, number)?;
        }
        let moved = work.move_quota(id, record.id, QuotaMoveKind::Reserve, line.quantity);
        moved.map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// When a quota is drawn on, and whose exports the specimens are.
struct Drawn {
    year: i16,
    country: Option<Country>,
}

impl Drawn {
    /// Refuses the quota of another year, or of another country's exports.
    fn of(&self, quota: &QuotaRecord, line: u32) -> Result<(), Problem> {
        if quota.year != self.year {
            return Err(Problem::refused(format!(
                "the quota of line {line} is drawn on in {}, and it is {}; name that of this year",
                quota.year, self.year
            )));
        }
        match self.country {
            Some(country) if country == quota.country => Ok(()),
            Some(country) => Err(Problem::refused(format!(
                "the quota of line {line} limits the exports of {}, and the specimens are exported by {country}; name another",
                quota.country
            ))),
            None => Err(Problem::refused(format!(
                "the quota of line {line} limits the exports of {}, and the application does not tell who exports; name no quota, or have the other side told",
                quota.country
            ))),
        }
    }
}

/// The country whose exports the specimens are: of an import the other side, of everything else the office's own.
fn exporter(office: &Office, record: &ApplicationRecord, head: &ReadHead) -> Option<Country> {
    let is_import = record.kind.and_then(DocumentKind::box_1) == Some(Box1::Import);
    if is_import { head.other_side.value().copied() } else { Some(office.law().country) }
}

/// Whether a quota counts such specimens; what the line does not tell is in no quota that asks for it.
fn covers(quota: &QuotaRecord, line: &GrantedLine, read: &ReadLine<'_>, purpose: Option<Purpose>) -> bool {
    let is_of_taxon = quota.kingdom == line.taxon.kingdom && *quota.taxon == *line.taxon.name;
    let term = quota.term.is_none_or(|term| read.term.value() == Some(&term));
    let source = quota.source.is_none_or(|source| read.source.value() == Some(&source));
    let is_for = quota.purpose.is_none_or(|own| purpose == Some(own));
    is_of_taxon && term && source && is_for
}
