//! The lines of permits, and what of them is used: sums of moves, worked out by `permits::ledger`.

use access::Instant;
use cites::{Day, EventId, Kingdom, PermitId, Quantity, QuotaId, Unit};
use permits::ledger::{PermitLineBalance, PermitMove, PermitMoveKind};

use super::{MoveError, broken};
use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Store, Work};

/// A line of a permit. It is never changed: what was wrong is mended by another permit.
#[derive(Debug, Clone, PartialEq)]
pub struct PermitLineRecord {
    /// The permit.
    pub permit: PermitId,
    /// Its number on the permit, from 1.
    pub line: u32,
    /// The kingdom of the taxon.
    pub kingdom: Kingdom,
    /// The accepted scientific name of the taxon.
    pub taxon: String,
    /// The unit in which it is counted.
    pub unit: Unit,
    /// The quota that it is issued on.
    pub quota: Option<QuotaId>,
    /// What is printed in it, in the form of whoever reads it.
    pub content: serde_json::Value,
}

impl PermitLineRecord {
    /// Whether nobody told how much was used before the permit was taken over, so that less may be left than the moves
    /// say.
    pub fn use_before_is_unknown(&self) -> bool {
        self.content.get("use_before_unknown").and_then(serde_json::Value::as_bool).unwrap_or(false)
    }
}

/// A line with the sum of its moves.
#[derive(Debug, Clone, PartialEq)]
pub struct LineWithBalance {
    /// The line.
    pub line: PermitLineRecord,
    /// The sum of its moves.
    pub balance: PermitLineBalance,
}

const LINES: &str = "SELECT permit, line, kingdom, taxon, unit, quota, content_json FROM permit_line \
    WHERE permit = $1 ORDER BY line";
const SUMS: &str = "SELECT line, kind, CAST(SUM(millionths) AS BIGINT) AS millionths FROM permit_move \
    WHERE permit = $1 GROUP BY line, kind";

fn line_number(row: &Row) -> Result<u32, ReadError> {
    super::number::serial(row.count("line")?)
}

fn read(rows: &[Row], sums: &[Row]) -> Result<Vec<LineWithBalance>, ReadError> {
    let mut moved = Vec::new();
    for row in sums {
        moved.push((
            line_number(row)?,
            row.word("kind", PermitMoveKind::from_word)?,
            row.count("millionths")?,
        ));
    }
    let mut lines = Vec::new();
    for row in rows {
        let line = PermitLineRecord {
            permit: row.parsed("permit")?,
            line: line_number(row)?,
            kingdom: row.parsed("kingdom")?,
            taxon: row.text("taxon")?,
            unit: row.parsed("unit")?,
            quota: row.maybe_parsed("quota")?,
            content: row.json("content_json")?,
        };
        let of = |kind| moved.iter().find(|(number, found, _)| (*number, *found) == (line.line, kind));
        let sum_of = |kind| of(kind).map_or(0, |(.., millionths)| *millionths);
        let balance = PermitLineBalance::of_sums(line.unit, sum_of).map_err(broken)?;
        lines.push(LineWithBalance { line, balance });
    }
    Ok(lines)
}

/// A move of a permit's line, such as an endorsement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermitEntry {
    /// The deed.
    pub event: EventId,
    /// When it was entered.
    pub at: Instant,
    /// The line.
    pub line: u32,
    /// What it did, and how much.
    pub made: PermitMove,
    /// The day on which it happened.
    pub day: Day,
    /// The port.
    pub port: Option<String>,
}

impl Store {
    /// The moves of a permit in the order in which they were made; found by its index and then sorted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn permit_moves(&self, permit: PermitId) -> Result<Vec<PermitEntry>, ReadError> {
        let sql = "SELECT event, at, line, kind, millionths, day, port FROM permit_move WHERE permit = $1 \
            ORDER BY at, event, place";
        all(&self.pool.rows(sql, values![permit]).await?, |row| {
            let kind = row.word("kind", PermitMoveKind::from_word)?;
            Ok(PermitEntry {
                event: row.parsed("event")?,
                at: row.instant("at")?,
                line: line_number(row)?,
                made: PermitMove { kind, millionths: row.count("millionths")? },
                day: row.parsed("day")?,
                port: row.maybe_text("port")?,
            })
        })
    }

    /// The lines of a permit with their balances; by the key, and the index of moves.
    ///
    /// # Errors
    /// The database fails, a row cannot be read, or the moves do not add up.
    pub async fn permit_lines(&self, permit: PermitId) -> Result<Vec<LineWithBalance>, ReadError> {
        let rows = self.pool.keyed(LINES, values![permit]).await?;
        read(&rows, &self.pool.keyed(SUMS, values![permit]).await?)
    }

    /// The permits for a taxon that have not ended and are good on `on` or later, by the index of taxa: what a change
    /// of the law may touch.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn live_permits_for(
        &self,
        kingdom: Kingdom,
        taxon: &str,
        on: Day,
    ) -> Result<Vec<PermitId>, ReadError> {
        let sql = "SELECT DISTINCT p.id FROM permit_line l JOIN permit p ON p.id = l.permit \
            WHERE l.kingdom = $1 AND l.taxon = $2 AND p.state = 'issued' AND p.last_day >= $3 ORDER BY p.id";
        let rows = self.pool.rows(sql, values![kingdom.as_str(), taxon, on]).await?;
        rows.iter().map(|row| row.parsed("id")).collect()
    }
}

impl Work {
    /// Loads the lines of a permit, which the deed has loaded before and so holds, with their balances. Only then can
    /// anything be moved of them.
    ///
    /// # Errors
    /// The database fails, a row cannot be read, or the moves do not add up.
    pub async fn permit_lines(&mut self, permit: PermitId) -> Result<Vec<LineWithBalance>, ReadError> {
        // The head is held again, so that no caller can forget to.
        self.head("SELECT id FROM permit WHERE id = $1", values![permit]).await?;
        let rows = self.seen(LINES, values![permit]).await?;
        let mut lines = read(&rows, &self.seen(SUMS, values![permit]).await?)?;
        for line in &mut lines {
            // What this deed has moved already is in its books, and not yet among the rows.
            let kept = self.books.lines.entry((permit, line.line.line)).or_insert(line.balance);
            line.balance = *kept;
        }
        Ok(lines)
    }

    /// Saves a line of a new permit with the deed, after the permit. It authorises nothing yet.
    pub fn put_permit_line(&mut self, line: &PermitLineRecord) {
        self.books.lines.insert((line.permit, line.line), PermitLineBalance::empty(line.unit));
        self.collect(Write::Row {
            table: "permit_line",
            columns: columns![
                "permit" => line.permit,
                "line" => line.line,
                "kingdom" => line.kingdom.as_str(),
                "taxon" => &line.taxon,
                "unit" => line.unit.to_string(),
                "quota" => line.quota,
                "content_json" => line.content.to_string(),
            ],
        });
    }

    /// Moves so much of a line with the deed: authorises, endorses at a port, undoes an endorsement. What was moved
    /// before in the same deed counts.
    ///
    /// # Errors
    /// It was not loaded, or the ledger does not allow it; [`PermitMoveKind::Close`] closes all that is left, whatever
    /// `much` is, and moves nothing where nothing is left.
    pub fn move_permit(
        &mut self,
        (permit, line): (PermitId, u32),
        kind: PermitMoveKind,
        much: Quantity,
        (day, port): (Day, Option<&str>),
    ) -> Result<(), MoveError> {
        let balance = *self.books.lines.get(&(permit, line)).ok_or(MoveError::NotLoaded)?;
        let made: PermitMove = match kind {
            PermitMoveKind::Authorise => balance.authorise(much)?,
            PermitMoveKind::Endorse => balance.endorse(much)?,
            PermitMoveKind::Undo => balance.undo(much)?,
            PermitMoveKind::Close => match balance.close()? {
                Some((made, _)) => made,
                None => return Ok(()),
            },
        };
        self.books.lines.insert((permit, line), balance.after(made)?);
        self.collect(Write::Entry {
            table: "permit_move",
            columns: columns![
                "permit" => permit,
                "line" => line,
                "kind" => made.kind.as_str(),
                "millionths" => made.millionths,
                "day" => day,
                "port" => port,
            ],
        });
        Ok(())
    }
}
