//! The permit: issued on a grant, endorsed at the border, and its end.
//!
//! Source: Res. Conf. 12.3 (validity, endorsement, loss), Regulation 465 of China Arts. 20 and 21. What of a permit
//! was never used is given back to its quota where the permit is cancelled or comes back; of one that is lost nobody
//! knows what was used, so that nothing is given back.

use std::collections::BTreeSet;

use access::Hand;
use cites::{ApplicationId, Day, DocumentKind, EventId, PermitId, Quantity, QuotaId};
use permits::application::{Application, Ended, Granted, GrantedLine, Live, Permit};
use permits::ledger::{PermitLineBalance, PermitMoveKind, QuotaMoveKind};
use serde_json::{Value, json};
use store::{
    ApplicationRecord, Done, LineWithBalance, PermitLineRecord, PermitRecord, Subject, SubjectKind, Version,
    Work,
};

use super::{Prepared, asked, held, is_as_seen, other_state, prepared, refused, stamps, told};
use crate::Office;
use crate::caller::Caller;
use crate::letters::{self, Letter};
use crate::problem::Problem;
use crate::seen::thing;
use crate::sent::id;

/// A permit with its lines.
pub(crate) type Whole = (PermitRecord, Vec<LineWithBalance>);

/// What the issuing officer tells of a permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Issuing {
    /// Its last day; as long as its kind may be good where it is not told.
    pub(crate) last_day: Option<Day>,
    /// The number of the security stamp that is put on it.
    pub(crate) stamp: Option<u64>,
}

/// Issues the permit of a grant, with the stamp that is put on it.
pub(crate) async fn issue(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    Issuing { last_day, stamp }: Issuing,
) -> Result<Prepared<Whole>, Problem> {
    let (mut work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Granted(granted) = record.state.clone() else {
        return Err(other_state(&record, "granted"));
    };
    let today = office.today();
    let kind = record.kind.ok_or_else(|| Problem::refused("what paper is asked for is not told"))?;
    let last_day = good_through(kind, today, last_day)?;
    let issued = granted.clone().issue(today, last_day).map_err(|error| refused(&error))?;
    let quotas: BTreeSet<QuotaId> = granted.lines().iter().filter_map(|line| line.quota).collect();
    work.quotas(&quotas, Some(record.id)).await?;
    let permit = paper(office, &mut work, (&record, kind), &issued.permit).await?;
    letters::to_applicant(office, &mut work, &record, &Letter::Issued(&permit.number)).await?;
    record.state = Application::Issued(issued);
    record.hands.insert((Hand::Issued, caller.actor.user));
    let mut ready = prepared(office, caller, work, Some(before), record)?;
    let lines = put(&mut ready.work, &ready.record, &granted, &permit)?;
    if let Some(stamp) = stamp {
        stamps::enter(&mut ready.work, permit.office, stamps::issued(stamp), Some(permit.id)).await?;
    }
    ready.note("permit", json!({ "id": permit.id.to_string(), "number": permit.number, "stamp": stamp }));
    let permit = PermitRecord { version: permit.version.next(), ..permit };
    Ok(Prepared {
        work: ready.work,
        done: ready.done,
        at: ready.at,
        whose: ready.whose,
        record: (permit, lines),
    })
}

/// The last day of a permit of `kind`: the one that is told, no later than the kind allows.
fn good_through(kind: DocumentKind, issued: Day, told: Option<Day>) -> Result<Day, Problem> {
    let cap = kind.cap_months().map(|months| issued.plus_months(u32::from(months)));
    match (told, cap) {
        (Some(told), Some(cap)) if told > cap => Err(Problem::refused(format!(
            "the permit would be good through {told}, and {cap} is the latest day for its kind; name an earlier one"
        ))),
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => {
            Err(Problem::refused("how long such a paper is good is not known; tell its last day"))
        }
    }
}

/// The permit with its number, not yet put.
pub(super) async fn paper(
    office: &Office,
    work: &mut Work,
    (record, kind): (&ApplicationRecord, DocumentKind),
    live: &Live,
) -> Result<PermitRecord, Problem> {
    let agency = record.agency.ok_or_else(|| Problem::refused("no office has charge of the application"))?;
    let issued = live.issued_on();
    let taken = work.take_number(agency, issued.year()).await?;
    let taken = taken.ok_or_else(|| {
        Problem::refused("the office has no form of numbers; have one set before permits are issued")
    })?;
    let face = serde_json::to_value(&asked(record)?.head);
    Ok(PermitRecord {
        id: PermitId(office.draw_id()),
        version: Version::NEW,
        number: taken.number.as_str().to_owned(),
        series: Some(taken.series),
        office: agency,
        kind,
        application: Some(record.id),
        operator: record.operator,
        state: Permit::Live(live.clone()),
        issued,
        last_day: live.last_day(),
        replaces: None,
        edition: record.edition,
        face: face.map_err(|error| Problem::fault("the face of a permit cannot be written", &error))?,
    })
}

/// Puts the permit with its lines, authorises each, and issues what was reserved for it.
fn put(
    work: &mut Work,
    record: &ApplicationRecord,
    granted: &Granted,
    permit: &PermitRecord,
) -> Result<Vec<LineWithBalance>, Problem> {
    let asked = asked(record)?;
    work.put_permit(permit).map_err(|error| Problem::fault("a state cannot be written", &error))?;
    let mut lines = Vec::new();
    for (granted, number) in granted.lines().iter().zip(1..) {
        let content = serde_json::to_value(asked.line(granted.line));
        let content = content.map_err(|error| Problem::fault("a line cannot be written", &error))?;
        let line = line(permit.id, number, granted, content);
        work.put_permit_line(&line);
        let much = granted.quantity;
        let (here, authorise) = ((permit.issued, None), PermitMoveKind::Authorise);
        work.move_permit((permit.id, number), authorise, much, here).map_err(|error| refused(&error))?;
        if let Some(quota) = granted.quota {
            let moved = work.move_quota(quota, record.id, QuotaMoveKind::Issue, much);
            moved.map_err(|error| refused(&error))?;
        }
        let empty = PermitLineBalance::empty(line.unit);
        let balance = empty.authorise(much).and_then(|made| empty.after(made));
        lines.push(LineWithBalance { line, balance: balance.map_err(|error| refused(&error))? });
    }
    Ok(lines)
}

fn line(permit: PermitId, line: u32, granted: &GrantedLine, content: Value) -> PermitLineRecord {
    PermitLineRecord {
        permit,
        line,
        kingdom: granted.taxon.kingdom,
        taxon: granted.taxon.name.to_string(),
        unit: granted.quantity.unit,
        quota: granted.quota,
        content,
    }
}

/// What crossed on a line of a permit.
pub(crate) struct Crossed {
    pub(crate) line: u32,
    pub(crate) quantity: Quantity,
    pub(crate) day: Day,
    pub(crate) port: String,
}

/// Endorses a permit with what crossed. That it has expired is a finding of the border and no hindrance here.
pub(crate) async fn endorse(
    office: &Office,
    caller: &Caller,
    which: (PermitId, Version),
    crossed: &Crossed,
) -> Result<Prepared<Whole>, Problem> {
    let mut held = HeldPermit::load(office, caller, which).await?;
    let before = held.told();
    let live = held.live(office.today())?;
    let Crossed { line, quantity, day, port } = crossed;
    if port.trim().is_empty() || *day > office.today() {
        return Err(Problem::refused(
            "an endorsement names its port, and a day that is not to come; correct it",
        ));
    }
    held.permit.state = Permit::Live(live.release(*day).map_err(|error| refused(&error))?);
    let lines = held.work.permit_lines(held.permit.id).await?;
    if !lines.iter().any(|own| own.line.line == *line) {
        return Err(Problem::refused(format!("the permit has no line {line}; look at it again")));
    }
    let (place, when) = ((held.permit.id, *line), (*day, Some(port.as_str())));
    let moved = held.work.move_permit(place, PermitMoveKind::Endorse, *quantity, when);
    moved.map_err(|error| refused(&error))?;
    let made = json!({
        "line": line, "quantity": quantity.to_string(), "day": day.to_string(), "port": port,
    });
    held.prepared(office, caller, before, Some(("endorsed", made))).await
}

/// What is noted on a permit that stays good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    /// Printed.
    Printed,
    /// Handed over.
    HandedOver,
    /// Its holder filed the endorsed copy.
    CopyFiled,
}

/// The last day on which the endorsed copy of a permit is to be filed; `None` where nothing crossed, or the country has
/// no such term.
pub(crate) fn copy_due(live: &Live, office: &Office) -> Option<Day> {
    let term = office.terms().copy?;
    let standing = live.return_due(term, office.today(), office.calendar()).ok()?;
    standing.last().map(|last| last.day)
}

/// Notes on a permit what was done with its paper.
pub(crate) async fn note(
    office: &Office,
    caller: &Caller,
    which: (PermitId, Version),
    note: Note,
) -> Result<Prepared<Whole>, Problem> {
    let mut held = HeldPermit::load(office, caller, which).await?;
    let (before, today) = (held.told(), office.today());
    let live = held.live(today)?;
    let noted = match note {
        Note::Printed => live.print(today),
        Note::HandedOver => live.hand_over(today),
        Note::CopyFiled => live.file_copy(today),
    };
    held.permit.state = Permit::Live(noted.map_err(|error| refused(&error))?);
    if note == Note::Printed {
        let number = held.permit.number.clone();
        held.write(office, &Letter::Ready(&number)).await?;
    }
    held.prepared(office, caller, before, None).await
}

/// How a permit ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// Cancelled, for this reason.
    Cancelled(String),
    /// Reported lost, stolen or destroyed.
    Lost,
    /// The endorsed copy, or the unused permit, came back.
    Returned,
}

/// Ends a permit: what is left of its lines is closed, and given back to its quotas unless it was lost.
pub(crate) async fn end(
    office: &Office,
    caller: &Caller,
    which: (PermitId, Version),
    end: End,
) -> Result<Prepared<Whole>, Problem> {
    let mut held = HeldPermit::load(office, caller, which).await?;
    let (before, today) = (held.told(), office.today());
    let live = held.live(today)?;
    let gives_back = end != End::Lost;
    if let End::Cancelled(reason) = &end {
        let number = held.permit.number.clone();
        held.write(office, &Letter::Cancelled(&number, reason)).await?;
    }
    let ended = match end {
        End::Cancelled(reason) => live.cancel(&reason, today).map(Ended::Cancelled),
        End::Lost => live.lose(today).map(Ended::Lost),
        End::Returned => live.come_back(today).map(Ended::Returned),
    };
    held.permit.state = Permit::Ended(ended.map_err(|error| refused(&error))?);
    held.close(today, gives_back).await?;
    held.prepared(office, caller, before, None).await
}

/// A permit that is held, and with it the application it rests on.
pub(super) struct HeldPermit {
    pub(super) work: Work,
    pub(super) permit: PermitRecord,
    /// The application; none of a permit that was taken over.
    pub(super) application: Option<ApplicationRecord>,
}

impl HeldPermit {
    /// Loads and holds the application first and then the permit, as every deed does.
    pub(super) async fn load(
        office: &Office,
        caller: &Caller,
        (permit, seen): (PermitId, Version),
    ) -> Result<HeldPermit, Problem> {
        let on = office.store().permit(permit).await?.ok_or_else(Problem::not_found)?.application;
        let mut work = office.store().work().await?;
        let application = match on {
            Some(id) => work.application(id).await?,
            None => None,
        };
        let permit = work.permit(permit).await?.ok_or_else(Problem::not_found)?;
        caller.may(&thing(&permit, application.as_ref()))?;
        is_as_seen(permit.version, seen)?;
        Ok(HeldPermit { work, permit, application })
    }

    /// Its facts, while it has not ended.
    pub(super) fn live(&self, on: Day) -> Result<Live, Problem> {
        match &self.permit.state {
            Permit::Live(live) => Ok(live.clone()),
            ended @ Permit::Ended(_) => {
                let word = ended.as_str(on);
                Err(Problem::refused(format!("the permit is {word}; nothing more is done on it")))
            }
        }
    }

    /// Closes what is left of every line.
    async fn close(&mut self, today: Day, gives_back: bool) -> Result<(), Problem> {
        let lines = self.work.permit_lines(self.permit.id).await?;
        let application = self.permit.application.filter(|_| gives_back);
        let quotas: BTreeSet<QuotaId> = lines.iter().filter_map(|line| line.line.quota).collect();
        if application.is_some() {
            self.work.quotas(&quotas, application).await?;
        }
        for LineWithBalance { line, balance } in lines {
            let unused = balance.left();
            if unused.is_zero() {
                continue;
            }
            let close = PermitMoveKind::Close;
            let closed = self.work.move_permit((line.permit, line.line), close, unused, (today, None));
            closed.map_err(|error| refused(&error))?;
            if let Some((quota, application)) = line.quota.zip(application) {
                let back = self.work.move_quota(quota, application, QuotaMoveKind::GiveBack, unused);
                back.map_err(|error| refused(&error))?;
            }
        }
        Ok(())
    }

    /// Writes to the applicant; of a permit that was taken over nobody is known.
    pub(super) async fn write(&mut self, office: &Office, letter: &Letter<'_>) -> Result<(), Problem> {
        match &self.application {
            Some(application) => letters::to_applicant(office, &mut self.work, application, letter).await,
            None => Ok(()),
        }
    }

    /// What the history tells of the permit.
    pub(super) fn told(&self) -> Value {
        json!({ "state": self.permit.state })
    }

    /// Puts the permit as it is after the deed, with what was done on it besides its state.
    pub(super) async fn prepared(
        mut self,
        office: &Office,
        caller: &Caller,
        before: Value,
        made: Option<(&str, Value)>,
    ) -> Result<Prepared<Whole>, Problem> {
        let after = self.told();
        let put = self.work.put_permit(&self.permit);
        put.map_err(|error| Problem::fault("a state cannot be written", &error))?;
        let lines = self.work.permit_lines(self.permit.id).await?;
        let permit = PermitRecord { version: self.permit.version.next(), ..self.permit };
        let done = Done {
            id: EventId(office.draw_id()),
            by: caller.by(),
            deed: caller.deed(),
            subject: Subject::new(SubjectKind::Permit, permit.id, permit.version),
            before: Some(before),
            after: Some(after),
            edition: permit.edition,
        };
        let whose = (Some(permit.operator), Some(permit.office));
        let mut ready = Prepared { work: self.work, done, at: office.now(), whose, record: (permit, lines) };
        if let Some((word, made)) = made {
            ready.note(word, made);
        }
        Ok(ready)
    }
}

/// The id of a permit to which the deed may be done, as it stands now; what the deed rests on is asked again when it
/// is held.
pub(crate) async fn may_to_permit(
    office: &Office,
    caller: &Caller,
    written: &str,
) -> Result<PermitId, Problem> {
    let permit = office.store().permit(id(written)?).await?.ok_or_else(Problem::not_found)?;
    let application = match permit.application {
        Some(application) => office.store().application(application).await?,
        None => None,
    };
    caller.may(&thing(&permit, application.as_ref()))?;
    Ok(permit.id)
}
