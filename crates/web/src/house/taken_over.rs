//! Permits that an office issued before it had this program, taken over out of its table: each whole, in a deed of its own.
//!
//! A permit whose number is of the office's form takes its place in the series, so that the numbers go on after it. What the
//! table does not tell of a permit that may still be used stays told as not known.

use std::collections::BTreeMap;

use access::Deed;
use cites::{AgencyId, Country, Day, OperatorId, PermitId};
use files::TextRoom;
use permits::Told as Known;
use permits::application::{Ended, Permit};
use permits::ledger::{PermitLineBalance, PermitMoveKind};
use permits::taken_over::{
    ExistingLine, ExistingPermit, PERMITS_ROOM, PermitColumn, State, TakenOver, Waiting, Why, read_table,
};
use serde_json::{Value, json};
use store::{
    By, NumberSeries, OperatorRecord, PermitLineRecord, PermitRecord, Series, Sight, Subject, SubjectKind,
    Version, Work,
};

use super::{Told, ready};
use crate::Office;
use crate::problem::Problem;
use crate::tables::{self, Place};

/// How many operators are read at a time.
const PAGE_ROWS: u32 = 200;

/// How many rows a text may have: titles, empty rows and totals stand between those of permits.
pub const TEXT_ROWS_MAX: usize = PERMITS_ROOM.rows_max * 2;
const ROOM: TextRoom = TextRoom { bytes_max: PERMITS_ROOM.bytes_max, rows_max: TEXT_ROWS_MAX };

/// The permits of a file, a workbook or a table as text, and where in it they stood.
///
/// # Errors
/// It holds no table of permits, or one that is larger than is read.
pub fn read_file(office: &Office, bytes: &[u8]) -> Result<(TakenOver, Place), Problem> {
    tables::found(bytes, ROOM, |rows: &[Vec<String>]| read_table(rows, office.taxa()))
}

/// What became of a permit, or of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The number of the permit, as far as it was read.
    pub number: String,
    /// What became of it.
    pub became: Became,
    /// The first row of the permit, or the row that waits.
    pub row: u32,
    /// Why; nothing of a permit that was taken.
    pub reason: String,
}

/// What may become of a permit, or of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It was taken over.
    Taken,
    /// It is here already, and was passed over.
    Known,
    /// The office cannot keep it.
    Refused,
    /// It was taken, with a doubt.
    Doubt,
    /// The row waits to be corrected.
    Waits,
}

impl Became {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Became::Taken => "taken",
            Became::Known => "known",
            Became::Refused => "refused",
            Became::Doubt => "doubt",
            Became::Waits => "waits",
        }
    }
}

/// What is told of rows besides what became of permits: doubts about those that were read all the same, and those that
/// wait to be corrected.
pub fn told_of_rows(found: &TakenOver) -> impl Iterator<Item = Outcome> {
    doubts(found).chain(found.waiting.iter().map(waiting))
}

fn doubts(found: &TakenOver) -> impl Iterator<Item = Outcome> {
    let lines =
        found.permits.iter().flat_map(|permit| permit.lines.iter().map(move |line| (line.row, permit)));
    let permits: BTreeMap<u32, &ExistingPermit> = lines.collect();
    let told = move |(row, remarks): &(u32, Vec<_>)| Outcome {
        number: permits.get(row).map_or_else(String::new, |permit| permit.number.to_string()),
        became: Became::Doubt,
        row: *row,
        reason: joined(remarks),
    };
    found.doubts.iter().map(told)
}

fn waiting(waiting: &Waiting) -> Outcome {
    let reason = match &waiting.why {
        Why::Defects(remarks) => joined(remarks.iter().filter(|remark| remark.note.is_defect())),
        Why::WithRow(row) => format!("row {row} of the same permit is to be corrected first"),
    };
    let number = waiting.pending.texts.get(PermitColumn::Number).to_owned();
    Outcome { number, became: Became::Waits, row: waiting.pending.row, reason }
}

fn joined<R: std::fmt::Display>(remarks: impl IntoIterator<Item = R>) -> String {
    remarks.into_iter().map(|remark| remark.to_string()).collect::<Vec<_>>().join("; ")
}

/// A desk at which an office's permits are taken over, one after the other.
#[derive(Debug)]
pub struct Desk<'o> {
    office: &'o Office,
    agency: AgencyId,
    country: Country,
    numbers: Option<NumberSeries>,
    /// Operators by their names, among them those that are registered here.
    holders: BTreeMap<String, OperatorId>,
    /// What a state is taken for that no row tells.
    untold: Option<State>,
}

impl<'o> Desk<'o> {
    /// A desk of `agency`. Holders that are not known are registered in `country`. A state that no row tells is `untold`,
    /// where whoever hands in the table says so.
    ///
    /// # Errors
    /// There is no such agency; the database fails.
    pub async fn of(
        office: &'o Office,
        agency: AgencyId,
        country: Country,
        untold: Option<State>,
    ) -> Result<Desk<'o>, Problem> {
        let store = office.store();
        store.agency(agency).await?.ok_or_else(Problem::not_found)?;
        let sight = Sight { all: true, ..Sight::default() };
        let (mut holders, mut after) = (BTreeMap::new(), None);
        loop {
            let page = store.operators(&sight, after.as_ref(), PAGE_ROWS).await?;
            holders.extend(page.rows.into_iter().map(|known| (known.name, known.id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let numbers = store.number_series(agency).await?;
        Ok(Desk { office, agency, country, numbers, holders, untold })
    }

    async fn has(&self, number: &str) -> Result<bool, Problem> {
        Ok(self.office.store().permit_by_number(number).await?.is_some())
    }

    /// Takes a permit over, or passes over one that is here, and says what became of it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn handle(&mut self, by: By, permit: &ExistingPermit) -> Result<Outcome, Problem> {
        let (number, row) = (permit.number.to_string(), permit.lines.first().map_or(0, |line| line.row));
        let told = |became, reason| Outcome { number, became, row, reason };
        if self.has(&permit.number).await? {
            let reason = "a permit of this number is here already; it stays as it is".to_owned();
            return Ok(told(Became::Known, reason));
        }
        match self.take(by, permit).await {
            Ok(_) => Ok(told(Became::Taken, String::new())),
            Err(problem) if problem.status().is_client_error() => {
                Ok(told(Became::Refused, problem.to_string()))
            }
            Err(problem) => Err(problem),
        }
    }

    /// Takes a permit over.
    ///
    /// # Errors
    /// Its number is taken; its state is not told; a line is of no taxon; the database fails.
    pub async fn take(&mut self, by: By, existing: &ExistingPermit) -> Result<PermitRecord, Problem> {
        let office = self.office;
        if self.has(&existing.number).await? {
            return Err(Problem::refused("the office has a permit of this number already; look at it"));
        }
        let state = match existing.state {
            Known::Is(state) => state,
            Known::Absent | Known::Unknown => self.untold.ok_or_else(|| {
                Problem::refused("its state is not told; write issued, cancelled, replaced, lost or returned")
            })?,
        };
        let mut work = office.store().work().await?;
        let operator = self.holder(&mut work, &existing.holder);
        let permit = self.record(existing, state, operator)?;
        let put = work.put_permit(&permit);
        put.map_err(|error| Problem::fault("a state cannot be written", &error))?;
        for (line, number) in existing.lines.iter().zip(1..) {
            put_line(&mut work, &permit, (number, line))?;
        }
        let permit = PermitRecord { version: permit.version.next(), ..permit };
        let told = Told {
            by,
            deed: Deed::ImportPermits,
            subject: Subject::new(SubjectKind::Permit, permit.id, permit.version),
            before: None,
            after: Some(
                json!({ "number": permit.number, "state": permit.state, "lines": existing.lines.len() }),
            ),
        };
        let taken = ready(office, work, told, permit).done().await?;
        self.holders.insert(existing.holder.trim().to_owned(), operator);
        Ok(taken)
    }

    /// The operator of that name, registered with the deed where there is none.
    fn holder(&self, work: &mut Work, name: &str) -> OperatorId {
        let name = name.trim();
        if let Some(known) = self.holders.get(name) {
            return *known;
        }
        let id = OperatorId(self.office.draw_id());
        work.put_operator(&OperatorRecord {
            id,
            version: Version::NEW,
            name: name.to_owned(),
            country: self.country,
            address: String::new(),
            agency: Some(self.agency),
            content: json!({ "registered": "with a permit that was taken over" }),
        });
        id
    }

    fn record(
        &self,
        existing: &ExistingPermit,
        state: State,
        operator: OperatorId,
    ) -> Result<PermitRecord, Problem> {
        let form = self.numbers.as_ref().map(|series| &series.form);
        let series = form.and_then(|form| form.read(&existing.number));
        Ok(PermitRecord {
            id: PermitId(self.office.draw_id()),
            version: Version::NEW,
            number: existing.number.to_string(),
            series: series.map(|(year, serial)| Series { year, serial }),
            office: self.agency,
            kind: existing.kind,
            application: None,
            operator,
            state: as_kept(existing, state, self.office.today())?,
            issued: existing.issued,
            last_day: existing.last_day,
            replaces: None,
            edition: None,
            face: json!({ "taken_over": true, "holder": existing.holder }),
        })
    }
}

/// The state with which a permit begins here. What ended before has no day in the table, so that it ends on the day on which
/// it is taken over.
fn as_kept(existing: &ExistingPermit, state: State, today: Day) -> Result<Permit, Problem> {
    const WHY: &str = "ended before it was taken over; the day and the reason are with the paper";
    let live = existing.live();
    let on = today.max(existing.issued);
    let ended = match state {
        State::Issued => return Ok(Permit::Live(live)),
        State::Cancelled => live.cancel(WHY, on).map(Ended::Cancelled),
        State::Replaced => live.replace(WHY, on).map(Ended::Replaced),
        State::Lost => live.lose(on).map(Ended::Lost),
        State::Returned => live.come_back(on).map(Ended::Returned),
    };
    ended.map(Permit::Ended).map_err(|error| Problem::refused(error.to_string()))
}

fn put_line(
    work: &mut Work,
    permit: &PermitRecord,
    (number, line): (u32, &ExistingLine),
) -> Result<(), Problem> {
    let taxon = line.taxon.as_ref().ok_or_else(|| {
        Problem::refused(format!(
            "`{}` (row {}) is a hybrid that is no taxon; enter it by hand",
            line.name, line.row
        ))
    })?;
    work.put_permit_line(&PermitLineRecord {
        permit: permit.id,
        line: number,
        kingdom: taxon.kingdom,
        taxon: taxon.name.to_string(),
        unit: line.quantity.unit,
        quota: None,
        content: content(line),
    });
    let refused = |error: &dyn std::error::Error| Problem::refused(error.to_string());
    let mut balance = PermitLineBalance::empty(line.quantity.unit);
    for made in line.moves().map_err(|error| refused(&error))? {
        balance = balance.after(made).map_err(|error| refused(&error))?;
    }
    // Of a permit that ended nothing is left to use.
    let closed = if matches!(permit.state, Permit::Ended(_)) { Some(balance.left()) } else { None };
    let moves = [
        (PermitMoveKind::Authorise, Some(line.quantity)),
        (PermitMoveKind::Endorse, line.used.value().copied()),
        (PermitMoveKind::Close, closed),
    ];
    for (kind, much) in moves {
        let Some(much) = much.filter(|much| !much.is_zero()) else { continue };
        let moved = work.move_permit((permit.id, number), kind, much, (permit.issued, None));
        moved.map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// What is kept of a line besides its ledger: what the table tells, and whether it tells what was used.
fn content(line: &ExistingLine) -> Value {
    json!({
        "name": line.name,
        "term": line.term.value().map(ToString::to_string),
        "source": line.source.value().map(ToString::to_string),
        "purpose": line.purpose.value().map(ToString::to_string),
        "origin": line.origin.value().map(ToString::to_string),
        "use_before_unknown": line.used == Known::Unknown,
    })
}
