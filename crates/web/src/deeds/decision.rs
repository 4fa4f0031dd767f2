//! The decision: granted line by line, with what is reserved of quotas, or refused with reasons.
//!
//! Source: Regulation 465 of China Art. 13. A quota is reserved in the same transaction as the decision, so that it
//! cannot be overrun, whoever else decides.

use std::collections::BTreeSet;

use access::Hand;
use cites::{ApplicationId, Purpose, QuotaId};
use permits::application::asked::{Asked, ReadHead, ReadLine};
use permits::application::{Application, GrantedLine, LineDecision, granted};
use permits::ledger::QuotaMoveKind;
use store::{ApplicationRecord, QuotaRecord, Version, Work};

use super::{Prepared, asked, held, other_state, prepared, refused, review, told};
use crate::Office;
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;

type Which = (ApplicationId, Version);
type Ready = Result<Prepared<ApplicationRecord>, Problem>;

/// Grants an application for these lines.
pub(crate) async fn grant(office: &Office, caller: &Caller, which: Which, decided: &[LineDecision]) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Accepted(accepted) = record.state.clone() else {
        return Err(other_state(&record, "accepted"));
    };
    review::may_grant(office, &record)?;
    let asked = asked(&record)?;
    let lines = granted(&asked, office.taxa(), decided).map_err(|error| refused(&error))?;
    reserve(&mut work, &record, (&asked, &lines)).await?;
    let granted = accepted.grant(office.today()).map_err(|error| refused(&error))?;
    record.state = Application::Granted(granted.for_lines(lines.into_iter().map(|(line, _)| line).collect()));
    record.hands.insert((Hand::Decided, caller.actor.user));
    letters::to_applicant(office, &mut work, &record, &Letter::Granted).await?;
    prepared(office, caller, work, Some(before), record)
}

/// Refuses an application with reasons.
pub(crate) async fn refuse(office: &Office, caller: &Caller, which: Which, reasons: &str) -> Ready {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Accepted(accepted) = record.state.clone() else {
        return Err(other_state(&record, "accepted"));
    };
    let refusal = accepted.refuse(reasons, office.today()).map_err(|error| refused(&error))?;
    record.state = Application::Refused(refusal);
    review::tell_refusal(office, &mut work, &record, reasons).await?;
    record.hands.insert((Hand::Decided, caller.actor.user));
    prepared(office, caller, work, Some(before), record)
}

/// Reserves what lines name a quota for.
async fn reserve(
    work: &mut Work,
    record: &ApplicationRecord,
    (asked, lines): (&Asked, &[(GrantedLine, ReadLine<'_>)]),
) -> Result<(), Problem> {
    let ids: BTreeSet<QuotaId> = lines.iter().filter_map(|(line, _)| line.quota).collect();
    let loaded = work.quotas(&ids, Some(record.id)).await?;
    let head = ReadHead::of(&asked.head).0;
    for (line, read) in lines {
        let Some(id) = line.quota else { continue };
        let quota = loaded.iter().map(|loaded| &loaded.quota).find(|quota| quota.id == id);
        let purpose = read.purpose.value().or(head.purpose.value()).copied();
        let is_for = quota
            .is_some_and(|quota| Some(quota.agency) == record.agency && covers(quota, line, read, purpose));
        if !is_for {
            let number = line.line;
            return Err(Problem::refused(format!(
                "the quota of line {number} is none of your office for its taxon, specimens, source and purpose; name another"
            )));
        }
        let moved = work.move_quota(id, record.id, QuotaMoveKind::Reserve, line.quantity);
        moved.map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// Whether a quota counts such specimens; what the line does not tell is in no quota that asks for it.
fn covers(quota: &QuotaRecord, line: &GrantedLine, read: &ReadLine<'_>, purpose: Option<Purpose>) -> bool {
    let is_of_taxon = quota.kingdom == line.taxon.kingdom && *quota.taxon == *line.taxon.name;
    let term = quota.term.is_none_or(|term| read.term.value() == Some(&term));
    let source = quota.source.is_none_or(|source| read.source.value() == Some(&source));
    let is_for = quota.purpose.is_none_or(|own| purpose == Some(own));
    is_of_taxon && term && source && is_for
}
