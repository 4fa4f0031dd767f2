//! What every command works with: the law book, the imported names, and how to answer.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Result;
use law::book::LawBook;
use species::{ImportedNames, Names};

use crate::arguments::{Format, Options, When};
use crate::editions::Library;
use crate::imported::Mapped;
use crate::shipped;

/// What every command works with.
pub struct Session {
    /// The law.
    pub book: LawBook,
    /// How answers are to be written, where that is told.
    pub format: Option<Format>,
    /// Whether answers may be coloured.
    pub color: bool,
    imported: Option<Mapped>,
    options: Options,
}

impl Session {
    /// Opens the book and the imported names that `options` tell.
    ///
    /// # Errors
    /// The folder of `--book` holds no sound book, that of `--data` cannot be read, or the edition of
    /// `--edition` is not at hand, or cannot be read.
    pub fn open(options: &Options) -> Result<Session> {
        let color = match options.color {
            When::Always => true,
            When::Never => false,
            When::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        let imported = options.data.as_deref().map(Mapped::open).transpose()?.flatten();
        let book = match &options.edition {
            None => shipped::book(options.book.as_deref())?,
            Some(prefix) => {
                let library = Library { data: options.data.as_deref(), book: options.book.as_deref() };
                library.open(&library.find(prefix)?)?
            }
        };
        Ok(Session { book, format: options.format, color, imported, options: options.clone() })
    }

    /// Opens the book for an import, which makes the folder of `--data` and what is in it.
    ///
    /// # Errors
    /// See [`Session::open`].
    pub fn open_to_import(options: &Options) -> Result<Session> {
        let has_folder = options.data.as_deref().is_none_or(Path::is_dir);
        if has_folder {
            Session::open(options)
        } else {
            let session = Session::open(&Options { data: None, ..options.clone() })?;
            Ok(Session { options: options.clone(), ..session })
        }
    }

    /// Where editions are looked for and kept.
    pub fn library(&self) -> Library<'_> {
        Library { data: self.options.data.as_deref(), book: self.options.book.as_deref() }
    }

    /// Keeps the edition under which an answer is given, where there is a folder for it and it has none yet,
    /// and says so. An answer is given all the same where it cannot be kept; that is told too.
    pub fn keep(&self) {
        let library = self.library();
        if library.data.is_none() || library.has(self.book.edition()) {
            return;
        }
        match library.keep(&self.book) {
            Ok((path, _)) => eprintln!("edition {} is kept in `{}`", self.book.edition(), path.display()),
            Err(error) => eprintln!("the edition of this answer is not kept: {error:#}"),
        }
    }

    /// The imported names; keep them for [`Session::names`].
    ///
    /// # Errors
    /// The file is no file of names, or damaged.
    pub fn imported(&self) -> Result<Option<ImportedNames<'_>>> {
        self.imported.as_ref().map(Mapped::names).transpose()
    }

    /// All names that can be searched.
    pub fn names<'a>(&'a self, imported: Option<&'a ImportedNames<'a>>) -> Names<'a> {
        Names { backbone: self.book.backbone(), imported }
    }
}
