//! Amendments: asked for, and decided by another permit that takes the place of the one that was wrong.
//!
//! Source: Res. Conf. 12.3 (a permit is never altered). The new permit has what is left of the old one, or less. Of the
//! quota what passed on the old one and what the new one has stays issued to the same application; the rest is given
//! back, so that the sum of moves is what was used and what can still be.
//!
//! What the law or the quota turns on (taxon, kind of specimen, source, purpose, States, more quantity, more time) is
//! applied for anew and cannot be written here.

use std::collections::BTreeSet;

use access::Hand;
use cites::{Day, PermitId, Quantity, QuotaId};
use permits::application::asked::{HeadField, Line, LineField, PartyField};
use permits::application::{Ended, Live, Permit};
use permits::fields::{Field, Texts};
use permits::ledger::{PermitLineBalance, PermitMoveKind, QuotaMoveKind, TakenOver};
use serde_json::json;
use store::{ApplicationRecord, LineWithBalance, PermitLineRecord, PermitRecord, Version, Work};

use super::permit::{HeldPermit, Whole, paper};
use super::{Prepared, refused};
use crate::Office;
use crate::caller::Caller;
use crate::letters::Letter;
use crate::problem::Problem;

type Which = (PermitId, Version);

/// What the new permit says instead.
#[derive(Debug, Default)]
pub(crate) struct Amendment {
    pub(crate) reason: String,
    /// No later than that of the old permit, which it is where none is told.
    pub(crate) last_day: Option<Day>,
    /// Fields of the head by their words, with what stands in them now.
    pub(crate) head: Vec<(String, String)>,
    pub(crate) lines: Vec<AmendedLine>,
}

/// What a line of the new permit says instead.
#[derive(Debug)]
pub(crate) struct AmendedLine {
    /// The line of the old permit.
    pub(crate) line: u32,
    /// All that is left where none is told.
    pub(crate) quantity: Option<Quantity>,
    pub(crate) fields: Vec<(String, String)>,
}

/// Asks for another content. Who asks counts as an applicant, so that they do not decide it.
pub(crate) async fn ask(
    office: &Office,
    caller: &Caller,
    which: Which,
    (wanted, why): (&str, &str),
) -> Result<Prepared<Whole>, Problem> {
    let mut held = HeldPermit::load(office, caller, which).await?;
    let (before, today) = (held.told(), office.today());
    let asked = held.live(today)?.ask_amendment(wanted, why, today);
    held.permit.state = Permit::Live(asked.map_err(|error| refused(&error))?);
    if let Some(application) = &mut held.application {
        application.hands.extend([Hand::Drafted, Hand::Submitted].map(|hand| (hand, caller.actor.user)));
        put_application(&mut held.work, application)?;
    }
    held.prepared(office, caller, before, None).await
}

/// Decides an amendment: the permit is replaced by the next one of the office, with what is left of it.
pub(crate) async fn amend(
    office: &Office,
    caller: &Caller,
    which: Which,
    amendment: &Amendment,
) -> Result<Prepared<Whole>, Problem> {
    let mut held = HeldPermit::load(office, caller, which).await?;
    let before = held.told();
    let old = held.live(office.today())?;
    let mut application = held
        .application
        .clone()
        .ok_or_else(|| Problem::refused("the permit was taken over from before; cancel it and apply anew"))?;
    let lines = held.work.permit_lines(held.permit.id).await?;
    let quotas: BTreeSet<QuotaId> = lines.iter().filter_map(|line| line.line.quota).collect();
    held.work.quotas(&quotas, Some(application.id)).await?;
    let over = taken_over(&lines, &amendment.lines)?;
    let permit = replacement(office, &mut held, (&application, &old), amendment).await?;
    let replaced = old.replace(&amendment.reason, office.today()).map_err(|error| refused(&error))?;
    held.permit.state = Permit::Ended(Ended::Replaced(replaced.by(permit.id)));
    let put = held.work.put_permit(&permit);
    put.map_err(|error| Problem::fault("a state cannot be written", &error))?;
    let lines = move_lines(&mut held.work, &application, (&held.permit, &permit), over)?;
    application.hands.insert((Hand::Issued, caller.actor.user));
    put_application(&mut held.work, &application)?;
    let (from, to) = (held.permit.number.clone(), permit.number.clone());
    held.write(office, &Letter::Replaced(&from, &to, &amendment.reason)).await?;
    let by = json!({ "id": permit.id.to_string(), "number": permit.number });
    let ready = held.prepared(office, caller, before, Some(("replaced_by", by))).await?;
    let permit = PermitRecord { version: permit.version.next(), ..permit };
    Ok(Prepared {
        work: ready.work,
        done: ready.done,
        at: ready.at,
        whose: ready.whose,
        record: (permit, lines),
    })
}

/// A line of the old permit, what the new one takes over of it, and what it says then.
struct Over {
    old: PermitLineRecord,
    much: TakenOver,
    content: serde_json::Value,
}

/// What the new permit takes over: of every line what is left, or less where less is told.
fn taken_over(lines: &[LineWithBalance], amended: &[AmendedLine]) -> Result<Vec<Over>, Problem> {
    let numbers: BTreeSet<u32> = amended.iter().map(|line| line.line).collect();
    let is_there = |number: &u32| lines.iter().any(|own| own.line.line == *number);
    if numbers.len() != amended.len() || !numbers.iter().all(is_there) {
        return Err(Problem::refused("a line is named twice or is not on the permit; name each line once"));
    }
    let mut over = Vec::new();
    for LineWithBalance { line, balance } in lines {
        let told = amended.iter().find(|amended| amended.line == line.line);
        let taken =
            balance.take_over(told.and_then(|told| told.quantity)).map_err(|error| refused(&error))?;
        let Some(much) = taken else { continue };
        let content = amended_content(line, told.map_or(&[], |told| &told.fields))?;
        over.push(Over { old: line.clone(), much, content });
    }
    if over.is_empty() {
        return Err(Problem::refused("nothing is left of the permit; apply for a new one"));
    }
    Ok(over)
}

fn amended_content(
    line: &PermitLineRecord,
    fields: &[(String, String)],
) -> Result<serde_json::Value, Problem> {
    let mut content: Line = serde_json::from_value(line.content.clone())
        .map_err(|error| Problem::fault("a line cannot be read", &error))?;
    for (word, text) in fields {
        let field =
            LineField::from_id(word).filter(|field| matches!(field, LineField::Marks | LineField::Remarks));
        content.write(field.ok_or_else(|| applied_anew(word))?, text).map_err(|error| refused(&error))?;
    }
    serde_json::to_value(&content).map_err(|error| Problem::fault("a line cannot be written", &error))
}

/// The permit that takes the place of the old one, under the next number.
async fn replacement(
    office: &Office,
    held: &mut HeldPermit,
    (application, old): (&ApplicationRecord, &Live),
    amendment: &Amendment,
) -> Result<PermitRecord, Problem> {
    let (today, last_day) = (office.today(), amendment.last_day.unwrap_or(old.last_day()));
    if last_day < today || old.last_day() < last_day {
        let latest = old.last_day();
        return Err(Problem::refused(format!(
            "the new permit is good from {today} and no longer than the old one, through {latest}; name such a day"
        )));
    }
    let mut head: Texts<HeadField> = serde_json::from_value(held.permit.face.clone())
        .map_err(|error| Problem::fault("the face of a permit cannot be read", &error))?;
    for (word, text) in &amendment.head {
        let field = HeadField::from_id(word).filter(|field| may_be_written(*field));
        head.write(field.ok_or_else(|| applied_anew(word))?, text).map_err(|error| refused(&error))?;
    }
    let face = serde_json::to_value(&head);
    let face = face.map_err(|error| Problem::fault("the face of a permit cannot be written", &error))?;
    let live = Live::issued(today, last_day);
    let (kind, replaces, edition) = (held.permit.kind, Some(held.permit.id), held.permit.edition);
    let permit = paper(office, &mut held.work, (application, kind), &live).await?;
    Ok(PermitRecord { replaces, edition, face, ..permit })
}

const fn may_be_written(field: HeadField) -> bool {
    matches!(
        field,
        HeadField::Consignor(PartyField::Name | PartyField::Address)
            | HeadField::Consignee(PartyField::Name | PartyField::Address)
            | HeadField::Port
            | HeadField::Crossing
            | HeadField::Remarks
    )
}

fn applied_anew(word: &str) -> Problem {
    Problem::refused(format!(
        "`{word}` is nothing that an amendment may write, since the law or a quota turns on it; apply for a new permit"
    ))
}

/// Closes the lines of the old permit and authorises those of the new one.
fn move_lines(
    work: &mut Work,
    application: &ApplicationRecord,
    (old, new): (&PermitRecord, &PermitRecord),
    over: Vec<Over>,
) -> Result<Vec<LineWithBalance>, Problem> {
    let (here, mut lines) = ((new.issued, None), Vec::new());
    for (Over { old: from, much, content }, number) in over.into_iter().zip(1..) {
        let line = PermitLineRecord { permit: new.id, line: number, content, ..from };
        work.put_permit_line(&line);
        let close = PermitMoveKind::Close;
        let closed = work.move_permit((old.id, from.line), close, much.taken, here);
        closed.map_err(|error| refused(&error))?;
        let authorise = PermitMoveKind::Authorise;
        let moved = work.move_permit((new.id, number), authorise, much.taken, here);
        moved.map_err(|error| refused(&error))?;
        if let Some(quota) = line.quota.filter(|_| !much.freed.is_zero()) {
            let back = work.move_quota(quota, application.id, QuotaMoveKind::GiveBack, much.freed);
            back.map_err(|error| refused(&error))?;
        }
        let empty = PermitLineBalance::empty(line.unit);
        let balance = empty.authorise(much.taken).and_then(|made| empty.after(made));
        lines.push(LineWithBalance { line, balance: balance.map_err(|error| refused(&error))? });
    }
    Ok(lines)
}

fn put_application(work: &mut Work, application: &ApplicationRecord) -> Result<(), Problem> {
    work.put_application(application).map_err(|error| Problem::fault("a state cannot be written", &error))
}
