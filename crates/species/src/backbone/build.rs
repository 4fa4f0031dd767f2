//! From the text of the tables to the backbone. Runs at each start, so it goes once over the text and makes
//! no string of its own but the text of all names together.

use std::borrow::Cow;
use std::sync::OnceLock;

use cites::{Kingdom, TaxonId};

use super::values::{read_kingdom, synonym_kind, taxon, wrong};
use super::{Backbone, CommonName, Language, Synonym, Taxon, TaxonStatus, Vernacular};
use crate::domesticated;
use crate::exact::{self, NameTable};
use crate::fold::{KEY_BYTES_MAX, Key};
use crate::ranges::{self, Ranges};
use crate::table::{Fault, Rows, TableError};
use crate::words::grouped;

const TAXA: &str = "taxa.csv";
const SYNONYMS: &str = "synonyms.csv";
const VERNACULAR: &str = "vernacular.csv";

impl Backbone {
    /// Builds the backbone from the text of `taxa.csv`, `synonyms.csv` and `vernacular.csv`. An empty text
    /// is a table without rows.
    ///
    /// # Errors
    /// Every row that cannot be read, stands twice, or names a taxon that is not in the table.
    pub fn from_tables(taxa: &str, synonyms: &str, vernacular: &str) -> Result<Backbone, Vec<TableError>> {
        let mut draft = Draft::for_text(taxa.len() + synonyms.len());
        let parents = draft.read_taxa(taxa);
        let accepted = draft.read_synonyms(synonyms);
        draft.index();
        draft.place_taxa(&parents);
        draft.place_synonyms(&accepted);
        draft.refuse_duplicates();
        let vernacular = draft.read_vernacular(vernacular);
        draft.finish(vernacular)
    }

    /// Adds the forms of man's making that the listings exclude, from the text of `domesticated.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read or whose wild taxon is not in the backbone.
    pub fn with_domesticated(mut self, table: &str) -> Result<Backbone, Vec<TableError>> {
        self.domesticated = domesticated::read(table, &self)?;
        self.fingerprint = OnceLock::new();
        Ok(self)
    }

    /// Adds where taxa live whose listing depends on the country, from the text of `ranges.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, stands twice, or names a taxon that is not in the backbone.
    pub fn with_ranges(mut self, table: &str) -> Result<Backbone, Vec<TableError>> {
        self.ranges = ranges::read(table, &self)?;
        Ok(self)
    }
}

/// A backbone under construction.
#[derive(Default)]
struct Draft {
    letters: String,
    starts: Vec<u32>,
    /// The line of each name in its table.
    lines: Vec<u32>,
    kingdoms: Vec<Kingdom>,
    exact: Vec<u32>,
    taxa: Vec<Taxon>,
    synonyms: Vec<Synonym>,
    errors: Vec<TableError>,
}

/// Bytes of a row of the tables, and of a name in it, at least: what is set aside before reading.
const ROW_BYTES: usize = 100;
const NAME_BYTES: usize = 20;

impl Draft {
    /// A draft with room for the names of tables of so many bytes.
    fn for_text(bytes: usize) -> Self {
        let names = bytes / ROW_BYTES;
        Draft {
            letters: String::with_capacity(names * NAME_BYTES),
            starts: Vec::with_capacity(names + 1),
            lines: Vec::with_capacity(names),
            kingdoms: Vec::with_capacity(names),
            taxa: Vec::with_capacity(names),
            ..Draft::default()
        }
    }

    fn fail(&mut self, table: &'static str, line: u32, fault: Fault) {
        self.errors.push(TableError { table, line, fault });
    }

    fn rows<'t, const N: usize>(
        &mut self,
        table: &'static str,
        text: &'t str,
        columns: &'static str,
    ) -> Option<Rows<'t, N>> {
        Rows::new(text, columns).map_err(|(line, fault)| self.fail(table, line, fault)).ok()
    }

    fn add_name(&mut self, line: u32, kingdom: Kingdom, name: &str) -> Result<(), Fault> {
        let is_too_long = name.len() > KEY_BYTES_MAX && Key::of(name).is_none();
        if name.is_empty() || is_too_long {
            let problem = format!("`{name}` is not a scientific name; write one");
            return Err(Fault::Cell { column: "name", problem });
        }
        let start = u32::try_from(self.letters.len()).map_err(|_| Fault::TooLarge)?;
        self.letters.push_str(name);
        self.starts.push(start);
        self.kingdoms.push(kingdom);
        self.lines.push(line);
        Ok(())
    }

    /// Reads the taxa, and returns each one's parent as written.
    fn read_taxa<'t>(&mut self, text: &'t str) -> Vec<Cow<'t, str>> {
        let mut parents = Vec::new();
        let Some(rows) = self.rows::<6>(TAXA, text, "kingdom,rank,name,parent,status,source") else {
            return parents;
        };
        for row in rows {
            let added = row.and_then(|row| {
                let [kingdom, rank, name, parent, status, _] = row.cells;
                let number = self.starts.len() as u32;
                let taxon = taxon(&kingdom, &rank, &status, number).map_err(|fault| (row.line, fault))?;
                self.add_name(row.line, taxon.kingdom, &name).map_err(|fault| (row.line, fault))?;
                self.taxa.push(taxon);
                Ok(parent)
            });
            match added {
                Ok(parent) => parents.push(parent),
                Err((line, fault)) => self.fail(TAXA, line, fault),
            }
        }
        parents
    }

    /// Reads the synonyms, and returns the accepted name of each as written.
    fn read_synonyms<'t>(&mut self, text: &'t str) -> Vec<Cow<'t, str>> {
        let mut accepted_names = Vec::new();
        let Some(rows) = self.rows::<6>(SYNONYMS, text, "kingdom,name,accepted,kind,from,source") else {
            return accepted_names;
        };
        for row in rows {
            let added = row.and_then(|row| {
                let [kingdom, name, accepted, kind, from, _] = row.cells;
                let read =
                    read_kingdom(&kingdom).and_then(|kingdom| Ok((kingdom, synonym_kind(&kind, &from)?)));
                let (kingdom, kind) = read.map_err(|fault| (row.line, fault))?;
                self.add_name(row.line, kingdom, &name).map_err(|fault| (row.line, fault))?;
                self.synonyms.push(Synonym { taxon: TaxonId(u32::MAX), kind });
                Ok(accepted)
            });
            match added {
                Ok(accepted) => accepted_names.push(accepted),
                Err((line, fault)) => self.fail(SYNONYMS, line, fault),
            }
        }
        accepted_names
    }

    fn index(&mut self) {
        self.starts.push(self.letters.len() as u32);
        let names = self.starts.windows(2).map(|pair| match pair {
            [start, end] => self.letters.get(*start as usize..*end as usize).unwrap_or(""),
            _ => "",
        });
        self.exact = exact::lines(names);
    }

    fn names(&self) -> NameTable<'_, &[u32]> {
        NameTable { letters: self.letters.as_bytes(), starts: &self.starts, lines: &self.exact }
    }

    /// The accepted name `name` of a kingdom, where the table has it.
    fn find_taxon(&self, kingdom: Kingdom, name: &str) -> Option<u32> {
        let key = Key::of(name)?;
        let taxa = self.taxa.len() as u32;
        self.names()
            .find(key.as_bytes())
            .find(|number| *number < taxa && self.kingdoms.get(*number as usize) == Some(&kingdom))
    }

    /// A taxon may stand in the table once; a synonym may stand for several taxa, but once for each.
    fn refuse_duplicates(&mut self) {
        let mut found = exact::same_hash(&self.exact);
        found.retain(|(first, second)| self.is_duplicate(*first, *second));
        for (first, second) in found {
            let line_of = |number: u32| self.lines.get(number as usize).copied();
            if let (Some(first), Some(line)) = (line_of(first), line_of(second)) {
                let table = if (second as usize) < self.taxa.len() { TAXA } else { SYNONYMS };
                let name = self.names().text(second).unwrap_or("").to_owned();
                self.fail(table, line, Fault::Duplicate { name, first });
            }
        }
    }

    fn is_duplicate(&self, first: u32, second: u32) -> bool {
        let key = |number: u32| self.names().text(number).and_then(Key::of);
        let kingdom = |number: u32| self.kingdoms.get(number as usize);
        let stands_for = |number: u32| {
            let at = (number as usize).checked_sub(self.taxa.len())?;
            self.synonyms.get(at).map(|synonym| synonym.taxon)
        };
        stands_for(first) == stands_for(second)
            && kingdom(first) == kingdom(second)
            && key(first).zip(key(second)).is_some_and(|(one, other)| one.as_bytes() == other.as_bytes())
    }

    fn place_taxa(&mut self, parents: &[Cow<'_, str>]) {
        let mut last = ("", Kingdom::Animalia, 0);
        for (number, written) in parents.iter().enumerate().filter(|(_, written)| !written.is_empty()) {
            let Some(own) = self.taxa.get(number).copied() else { continue };
            let parent = if last.0 == written && last.1 == own.kingdom {
                Some(last.2)
            } else {
                self.find_taxon(own.kingdom, written).filter(|parent| (*parent as usize) < number)
            };
            let rank = parent.and_then(|parent| self.taxa.get(parent as usize)).map(|parent| parent.rank);
            let fault = match (parent, rank) {
                // A historic name that was lumped stands below the taxon of the same rank that it now belongs to.
                (Some(parent), Some(rank))
                    if rank < own.rank || (rank == own.rank && own.status == TaxonStatus::Historic) =>
                {
                    last = (written, own.kingdom, parent);
                    if let Some(taxon) = self.taxa.get_mut(number) {
                        taxon.parent = parent;
                    }
                    continue;
                }
                (Some(_), _) => Fault::ParentTooLow { parent: written.to_string() },
                (None, _) => Fault::UnknownParent { parent: written.to_string() },
            };
            let line = self.lines.get(number).copied().unwrap_or(0);
            self.fail(TAXA, line, fault);
        }
    }

    fn place_synonyms(&mut self, accepted: &[Cow<'_, str>]) {
        let first = self.taxa.len();
        for (at, written) in accepted.iter().enumerate() {
            let kingdom = self.kingdoms.get(first + at).copied().unwrap_or(Kingdom::Animalia);
            match self.find_taxon(kingdom, written) {
                Some(taxon) => {
                    if let Some(synonym) = self.synonyms.get_mut(at) {
                        synonym.taxon = TaxonId(taxon);
                    }
                }
                None => {
                    let line = self.lines.get(first + at).copied().unwrap_or(0);
                    self.fail(SYNONYMS, line, Fault::UnknownTaxon { name: written.to_string() });
                }
            }
        }
    }

    fn read_vernacular(&mut self, text: &str) -> Vernacular {
        let mut vernacular = Vernacular::default();
        let Some(rows) = self.rows::<5>(VERNACULAR, text, "kingdom,taxon,language,name,source") else {
            return vernacular;
        };
        // Names of one taxon stand together.
        let mut last: Option<(Cow<'_, str>, Kingdom, u32)> = None;
        for row in rows {
            let added = row.and_then(|row| {
                let [kingdom, written, language, name, _] = row.cells;
                let place = |fault| (row.line, fault);
                let kingdom = read_kingdom(&kingdom).map_err(place)?;
                let language = Language::read(&language)
                    .ok_or_else(|| place(wrong("language", &language, "write zh, en or ru")))?;
                let same = last.as_ref().filter(|(name, own, _)| *name == written && *own == kingdom);
                let found = same.map(|(_, _, taxon)| *taxon).or_else(|| self.find_taxon(kingdom, &written));
                let unknown = || place(Fault::UnknownTaxon { name: written.to_string() });
                let taxon = found.ok_or_else(unknown)?;
                last = Some((written, kingdom, taxon));
                let start = vernacular.letters.len() as u32;
                vernacular.letters.push_str(&name);
                let end = vernacular.letters.len() as u32;
                vernacular.names.push(CommonName { taxon, language, start, end });
                Ok(())
            });
            if let Err((line, fault)) = added {
                self.fail(VERNACULAR, line, fault);
            }
        }
        vernacular.names.sort_by_key(|name| (name.taxon, name.language));
        vernacular
    }

    fn finish(self, vernacular: Vernacular) -> Result<Backbone, Vec<TableError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let mut pairs = Vec::with_capacity(self.taxa.len());
        for (number, taxon) in (0..).zip(&self.taxa) {
            if taxon.parent != number {
                pairs.push((taxon.parent, number));
            }
        }
        let (children_starts, children) = grouped(self.taxa.len(), &pairs);
        Ok(Backbone {
            letters: self.letters,
            starts: self.starts,
            exact: self.exact,
            taxa: self.taxa,
            synonyms: self.synonyms,
            children_starts,
            children,
            vernacular,
            domesticated: Vec::new(),
            ranges: Ranges::default(),
            near: OnceLock::new(),
            fingerprint: OnceLock::new(),
        })
    }
}
