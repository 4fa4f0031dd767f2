//! Editions that are kept, so that an answer can be given again under the law book it was given under.
//!
//! Source of truth: the files in `editions/` of the folder of `--data`, one an edition, beside the shipped
//! edition, which is a part of the program. A file is opened whole or not at all. The clauses of the law are
//! not looked at here.

pub mod file;
#[cfg(test)]
mod file_tests;
mod prefix;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cites::EditionId;
use law::book::{LawBook, Tables};

pub use prefix::EditionPrefix;

use crate::shipped;

/// The folder of the editions in the folder of `--data`.
const FOLDER: &str = "editions";
/// How the files end.
const ENDING: &str = "cge";

/// An edition at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtHand {
    /// The edition.
    pub edition: EditionId,
    /// Where it is.
    pub place: Place,
}

/// Where an edition is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A part of the program.
    Shipped,
    /// The shipped tables with those of the folder of `--book` over them.
    Book,
    /// A file.
    Kept(PathBuf),
}

/// Where the editions of an office are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Library<'o> {
    /// The folder of `--data`.
    pub data: Option<&'o Path>,
    /// The folder of `--book`.
    pub book: Option<&'o Path>,
}

impl Library<'_> {
    /// Every edition at hand, the shipped one first; one that is kept too stands twice.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn list(&self) -> Result<Vec<AtHand>> {
        let mut all = vec![AtHand { edition: shipped::edition(), place: Place::Shipped }];
        if let Some(book) = self.book {
            let edition = shipped::tables(Some(book))?.edition();
            all.push(AtHand { edition, place: Place::Book });
        }
        all.extend(self.kept()?);
        Ok(all)
    }

    /// The files of editions, in the order of their names.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn kept(&self) -> Result<Vec<AtHand>> {
        let Some(folder) = self.data.map(|data| data.join(FOLDER)).filter(|folder| folder.is_dir()) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let files = std::fs::read_dir(&folder)
            .with_context(|| format!("opening the folder `{}`", folder.display()))?;
        for entry in files {
            let path = entry?.path();
            let is_edition = path.extension().is_some_and(|ending| ending == ENDING);
            let name = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_edition);
            if let Some(edition) = name.and_then(|name| name.parse().ok()) {
                found.push(AtHand { edition, place: Place::Kept(path) });
            }
        }
        found.sort_by_key(|one| one.edition);
        Ok(found)
    }

    /// The one edition whose digits begin with `prefix`.
    ///
    /// # Errors
    /// None or several begin so; the message lists what is at hand.
    pub fn find(&self, prefix: &EditionPrefix) -> Result<AtHand> {
        let mut all = self.list()?;
        all.sort_by_key(|one| one.edition);
        // Of an edition that is at hand twice the first place is the one without a file.
        all.dedup_by_key(|one| one.edition);
        let mut fitting = all.iter().filter(|one| prefix.is_of(one.edition));
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Ok(one.clone()),
            (None, _) => bail!("edition `{prefix}` is not at hand; at hand are {}", self.told(&all)),
            (Some(_), Some(_)) => {
                bail!("`{prefix}` begins several editions; write more digits of one of {}", self.told(&all))
            }
        }
    }

    fn told(&self, all: &[AtHand]) -> String {
        let each = all.iter().map(|one| {
            let place = match &one.place {
                Place::Shipped => " (shipped)",
                Place::Book => " (of --book)",
                Place::Kept(_) => "",
            };
            format!("\n  {}{place}", one.edition)
        });
        let hint =
            if self.data.is_none() { "\nfor kept ones name their folder with `--data DIR`" } else { "" };
        each.collect::<String>() + hint
    }

    /// The law book of an edition, wholly checked.
    ///
    /// # Errors
    /// The file is damaged or of another format, or its tables are no sound book for this program.
    pub fn open(&self, one: &AtHand) -> Result<LawBook> {
        match &one.place {
            Place::Shipped => shipped::book(None),
            Place::Book => shipped::book(self.book),
            Place::Kept(path) => {
                let (head, tables) = read(path, one.edition)?;
                if let Some(unknown) = shipped::unknown(&tables) {
                    bail!(
                        "`{}` was kept by version {} and holds `{unknown}`, which this program does not know; use \
                         that version",
                        path.display(),
                        head.program
                    );
                }
                LawBook::from_tables(tables).with_context(|| {
                    format!(
                        "`{}` was kept by version {}, and this program cannot read its tables",
                        path.display(),
                        head.program
                    )
                })
            }
        }
    }

    /// The whole tables of an edition, to be shown or compared.
    ///
    /// # Errors
    /// As [`Library::open`], but for faults of the tables.
    pub fn tables(&self, one: &AtHand) -> Result<Tables> {
        match &one.place {
            Place::Shipped => shipped::whole(),
            Place::Book => whole(&shipped::tables(self.book)?),
            Place::Kept(path) => read(path, one.edition).map(|(_, tables)| tables),
        }
    }

    /// Keeps `book` as a file, unless a sound one is there; the file, and whether it was written.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn keep(&self, book: &LawBook) -> Result<(PathBuf, bool)> {
        let Some(data) = self.data else { bail!("editions are kept in a folder; add `--data DIR`") };
        let folder = data.join(FOLDER);
        let path = path_in(data, book.edition());
        if path.exists() && read(&path, book.edition()).is_ok() {
            return Ok((path, false));
        }
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("making the folder `{}`", folder.display()))?;
        let bytes = if book.edition() == shipped::edition() {
            shipped::KEPT.to_vec()
        } else {
            file::write(&whole(book.tables())?, env!("CARGO_PKG_VERSION"))?
        };
        crate::replace::file(&path, &bytes).with_context(|| format!("writing `{}`", path.display()))?;
        Ok((path, true))
    }

    /// Whether an edition has its file; whether it is sound is looked at when it is opened.
    pub fn has(&self, edition: EditionId) -> bool {
        self.data.is_some_and(|data| path_in(data, edition).exists())
    }
}

/// The file of an edition in the folder of `--data`.
fn path_in(data: &Path, edition: EditionId) -> PathBuf {
    data.join(FOLDER).join(format!("{edition}.{ENDING}"))
}

/// The tables of a file that must be those of `edition`.
pub fn read(path: &Path, edition: EditionId) -> Result<(file::Head, Tables)> {
    let bytes = bytes(path).with_context(|| format!("reading `{}`", path.display()))?;
    let (head, tables) = file::read(&bytes).with_context(|| format!("`{}`", path.display()))?;
    if head.edition != edition {
        bail!("`{}` holds edition {}; give the file that name", path.display(), head.edition);
    }
    Ok((head, tables))
}

/// `tables` with the columns that the program leaves out of shipped ones.
fn whole(tables: &Tables) -> Result<Tables> {
    let mut whole = shipped::whole()?;
    for (path, text) in tables.iter() {
        if tables.digest(path) != whole.digest(path) {
            whole.insert(path.to_owned(), text.to_owned());
        }
    }
    Ok(whole)
}

/// The longest file of an edition that is read: that of the shipped one has 0.6 MB.
pub const EDITION_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The bytes of a file of an edition.
///
/// # Errors
/// It cannot be read, is no regular file, or is longer than any.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    crate::files::read_regular(path, EDITION_BYTES_MAX)
}
