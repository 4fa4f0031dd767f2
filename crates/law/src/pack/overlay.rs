//! An office's own confirmed facts, laid over a pack.
//!
//! Source of truth: the office: tables of the same columns, with the `person` who confirmed each row and the
//! `day`. Only what an office can confirm may be laid over; the law itself cannot.

use std::collections::BTreeSet;

use species::Backbone;

use super::tables::{Layer, PackTables};
use super::{Pack, calendar, port, procedure, unknown_files};
use crate::table::TableError;

/// The tables that an office may lay over a pack.
const FILES: [&str; 4] = ["designated_ports.csv", "port_calendar.csv", "delegation.csv", "list_effect.csv"];

impl Pack {
    /// Lays the office's tables `overlay` over the pack: its rows go before the pack's own.
    ///
    /// # Errors
    /// A table that an office may not lay over, a row without person or day, an unknown port or taxon,
    /// rows of the overlay that overlap.
    pub fn with_overlay(
        mut self,
        overlay: &PackTables<'_>,
        backbone: &Backbone,
    ) -> Result<Pack, Vec<TableError>> {
        let mut errors = unknown_files(overlay, &FILES);
        let ids: BTreeSet<&str> = self.ports.all().iter().map(|port| &*port.id).collect();
        let calendar = calendar::read(overlay, &ids, Layer::Office, &mut errors);
        let designations = port::read_designations(overlay, Layer::Office, &mut errors);
        for row in designations.iter().filter(|row| !ids.contains(&*row.port)) {
            errors.push(TableError {
                table: overlay.path("designated_ports.csv"),
                line: row.origin.line,
                column: "port".to_owned(),
                problem: format!("`{}` is no id of ports.csv; correct the id", row.port),
            });
        }
        let delegations = procedure::read_delegations(overlay, Layer::Office, backbone, &mut errors);
        let effects = procedure::read_effects(overlay, Layer::Office, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        self.calendar = self.calendar.after(calendar);
        self.designations.splice(0..0, designations);
        self.procedures.delegations.splice(0..0, delegations);
        self.procedures.effects.splice(0..0, effects);
        Ok(self)
    }
}
