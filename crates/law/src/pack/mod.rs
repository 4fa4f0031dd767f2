//! Packs: what one country, or a region of it, adds to the Convention.
//!
//! Source of truth: the tables in `data/packs/*/`, described in `data/packs/README.md`. Nothing here names a
//! country, a port or a species: a pack says for whom it speaks. Answers are sets of what is possible, with
//! what would decide, so that "not held" and "not told" never become "none".
//!
//! An office lays its own confirmed facts over a pack with [`Pack::with_overlay`].

mod asked;
mod ban;
mod calendar;
mod carried;
mod figures;
mod fit;
mod hint;
mod manifest;
mod manifest_file;
mod masks;
mod medicinal;
mod national;
mod overlay;
mod port;
mod procedure;
mod region;
mod tables;
mod taxon;

#[cfg(test)]
mod masks_tests;
#[cfg(test)]
mod shipped_tests;
#[cfg(test)]
mod tests;

use cites::{Day, DocumentKind, Place};
use species::Backbone;

pub use asked::{Asked, Circumstances};
pub use ban::{BanAnswer, BanCondition, Prohibition};
pub use calendar::{CalendarKind, CalendarRow, Opening, Pattern, PortDay, Traffic};
pub use carried::{CarriedAnswer, CarriedBan};
pub use figures::FoundingFigure;
pub use fit::Fit;
pub use hint::{CodeHint, CommodityHint, Heading};
pub use manifest::{Cap, Manifest, Milestone, PackPaper, StatedFigure, Validity};
pub use medicinal::{Medicinal, MedicinalAnswer};
pub use national::{ManagingSide, National, NationalEntry, NationalList, Scope};
pub use port::{Designation, Port, PortMode, Ports};
pub use procedure::{
    ApprovalStep, Delegation, Exemption, ListEffect, Livestock, Procedures, QuarantinePaper,
};
pub use region::{Agency, Neighbour, RegionFacts, RegionSpecies, Reserve};
pub use tables::{Confirmed, Origin, PackTables};
pub use taxon::{PackTaxa, PackTaxon};

use crate::rule::{Catalogue, PortState};
use crate::table::TableError;

/// A pack, ready to be asked.
#[derive(Debug, Clone)]
pub struct Pack {
    folder: Box<str>,
    manifest: Manifest,
    national: NationalList,
    medicinal: medicinal::Materials,
    prohibitions: ban::Prohibitions,
    carried: carried::CarriedBans,
    hints: Vec<CommodityHint>,
    codes: hint::Codes,
    headings: Vec<Heading>,
    ports: Ports,
    calendar: calendar::Calendar,
    designations: Vec<Designation>,
    procedures: Procedures,
    region: RegionFacts,
}

/// The files that a pack may have beside its rules. The last two steer the builder and are not read here.
const FILES: [&str; 22] = [
    "pack.toml",
    "national_list.csv",
    "medicinal.csv",
    "prohibitions.csv",
    "carried_ban.csv",
    "commodity_hints.csv",
    "commodity_headings.csv",
    "ports.csv",
    "port_calendar.csv",
    "designated_ports.csv",
    "approval.csv",
    "delegation.csv",
    "quarantine.csv",
    "list_effect.csv",
    "exemptions.csv",
    "livestock.csv",
    "neighbours.csv",
    "agencies.csv",
    "reserves.csv",
    "species.csv",
    "list_corrections.csv",
    "placements.csv",
];

impl Pack {
    /// Reads the files of a pack. Rules (`rules/*.toml`) and papers for readers are left to others.
    ///
    /// # Errors
    /// Every row that cannot be read, rows that overlap, a file that no pack has, a missing `pack.toml`.
    pub fn from_tables(tables: &PackTables<'_>, backbone: &Backbone) -> Result<Pack, Vec<TableError>> {
        let mut errors = unknown_files(tables, &FILES);
        let manifest = manifest_file::read(tables).map_err(|error| errors.push(error)).ok();
        let ports = Ports::read(tables, &mut errors);
        let ids = ports.all().iter().map(|port| &*port.id).collect();
        let calendar = calendar::read(tables, &ids, tables::Layer::Pack, &mut errors);
        let calendar = calendar::Calendar::of(calendar);
        let designations = port::read_designations(tables, tables::Layer::Pack, &mut errors);
        let national = NationalList::read(tables, backbone, &mut errors);
        let medicinal = medicinal::Materials::read(tables, backbone, &mut errors);
        let prohibitions = ban::Prohibitions::read(tables, backbone, &mut errors);
        let carried = carried::CarriedBans::read(tables, backbone, &mut errors);
        let hints = hint::read_hints(tables, &mut errors);
        let headings = hint::read_headings(tables, &mut errors);
        let procedures = Procedures::read(tables, backbone, &mut errors);
        let region = RegionFacts::read(tables, backbone, &mut errors);
        let Some(manifest) = manifest.filter(|_| errors.is_empty()) else { return Err(errors) };
        let pack = Pack {
            folder: tables.folder().into(),
            manifest,
            national,
            medicinal,
            prohibitions,
            carried,
            codes: hint::Codes::of(&hints),
            hints,
            headings,
            ports,
            calendar,
            designations,
            procedures,
            region,
        };
        pack.own_documents(tables)
    }

    /// Checks that the papers of quarantine are defined.
    fn own_documents(self, tables: &PackTables<'_>) -> Result<Pack, Vec<TableError>> {
        let undefined = self.procedures.quarantine.iter().filter(|row| {
            matches!(row.document, DocumentKind::Pack(own) if own.pack() == &*self.manifest.id)
                && self.document(row.document).is_none()
        });
        let errors: Vec<TableError> = undefined
            .map(|row| TableError {
                table: tables.path("quarantine.csv"),
                line: row.origin.line,
                column: "document".to_owned(),
                problem: format!("`{}` is not in pack.toml; define it there or correct the id", row.document),
            })
            .collect();
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// The folder it was read from, which is the name its rules go by.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The country, or region of it, for which it speaks.
    pub fn place(&self) -> Place {
        self.manifest.place
    }

    /// The national class of what is asked. A pack without a list for the day leaves every class open.
    pub fn national_class(&self, asked: &Asked<'_>) -> National<'_> {
        self.national.class(asked)
    }

    /// The whole national list.
    pub fn national_list(&self) -> &NationalList {
        &self.national
    }

    /// Whether [`Pack::medicinal_class`] may find a material.
    #[inline]
    pub(crate) fn may_be_medicinal(&self, asked: &Asked<'_>) -> bool {
        self.medicinal.concern(asked)
    }

    /// Whether [`Pack::prohibitions`] may find a row.
    #[inline]
    pub(crate) fn may_be_prohibited(&self, asked: &Asked<'_>) -> bool {
        self.prohibitions.concern(asked)
    }

    /// The class of medicinal material of what is asked.
    pub fn medicinal_class(&self, asked: &Asked<'_>) -> MedicinalAnswer<'_> {
        self.medicinal.class(asked)
    }

    /// What the country forbids of what is asked, whatever papers there are.
    pub fn prohibitions(&self, asked: &Asked<'_>) -> BanAnswer<'_> {
        self.prohibitions.bans(asked)
    }

    /// Every prohibition.
    pub fn all_prohibitions(&self) -> &[Prohibition] {
        self.prohibitions.rows()
    }

    /// Everything that may not be carried, posted or sent in.
    pub fn all_carried(&self) -> &[CarriedBan] {
        self.carried.rows()
    }

    /// Every medicinal material.
    pub fn all_medicinal(&self) -> &[Medicinal] {
        self.medicinal.rows()
    }

    /// When its ports are open, row by row.
    pub fn calendar(&self) -> &[CalendarRow] {
        self.calendar.rows()
    }

    /// Which ports are designated, row by row.
    pub fn designations(&self) -> &[Designation] {
        &self.designations
    }

    /// Whether what is asked may not be carried, posted or sent in.
    pub fn carried_ban(&self, asked: &Asked<'_>) -> CarriedAnswer<'_> {
        self.carried.bans(asked)
    }

    /// What a customs code tells, written with or without dots.
    pub fn commodity_hint(&self, hs: &str) -> CodeHint<'_> {
        hint::of(&self.hints, &self.headings, hs)
    }

    /// Whether the commodity catalogue names goods of the code; `None` where that is not known.
    pub fn catalogue(&self, hs: &str) -> Option<Catalogue> {
        self.codes.catalogue(&self.hints, hs)
    }

    /// The port of an id, a name in any language of the table, or another name.
    pub fn port(&self, name: &str) -> Option<&Port> {
        self.ports.find(name)
    }

    /// Every port.
    pub fn ports(&self) -> &[Port] {
        self.ports.all()
    }

    /// Whether a port, by any of its names, is open on a day.
    pub fn port_open(&self, name: &str, on: Day) -> PortDay<'_> {
        let id = self.port(name).map_or(name, |port| &port.id);
        self.calendar.open(id, on)
    }

    /// Whether a port, by any of its names, is designated for wildlife on a day; `None` where nobody has
    /// confirmed either, so that the officer is referred.
    pub fn designated(&self, name: &str, on: Day) -> Option<bool> {
        let id = self.port(name).map_or(name, |port| &port.id);
        port::designated(&self.designations, id, on)
    }

    /// The states of a port that are possible on a day; several where it is not known whether it is open.
    pub fn port_states(&self, port: &Port, on: Day) -> impl Iterator<Item = PortState> + use<> {
        let designated = port::designated(&self.designations, &port.id, on) == Some(true);
        let when_open = if designated { PortState::Designated } else { PortState::Undesignated };
        let (open, closed) = match self.calendar.open(&port.id, on).opening {
            Opening::Open(_) => (true, false),
            Opening::Closed => (false, true),
            Opening::Unknown { .. } => (true, true),
        };
        let states = [open.then_some(when_open), closed.then_some(PortState::Closed)];
        states.into_iter().flatten()
    }

    /// A document that the pack defines.
    pub fn document(&self, kind: DocumentKind) -> Option<&PackPaper> {
        self.manifest.documents.iter().find(|paper| paper.kind == kind)
    }

    /// How approvals run, who decides, what quarantine asks.
    pub fn procedures(&self) -> &Procedures {
        &self.procedures
    }

    /// What it knows of its region.
    pub fn region(&self) -> &RegionFacts {
        &self.region
    }
}

/// Files whose names no pack has; rules and texts for readers are not looked at.
fn unknown_files(tables: &PackTables<'_>, known: &[&str]) -> Vec<TableError> {
    let is_table = |name: &&str| !name.starts_with("rules/") && !name.ends_with(".md");
    let unknown = tables.names().filter(is_table).filter(|name| !known.contains(name));
    unknown
        .map(|name| TableError {
            table: tables.path(name),
            line: 1,
            column: "file".to_owned(),
            problem: format!("no file of that name belongs here; the files are {}", known.join(", ")),
        })
        .collect()
}
