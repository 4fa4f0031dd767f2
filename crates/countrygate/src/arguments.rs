//! The command line: commands, options and their help.

use std::path::PathBuf;

use cites::{Day, Term};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::editions::EditionPrefix;

/// What stands below the help of the program.
const EXAMPLES: &str = "\
Examples:
  countrygate check examples/khorgos.toml
  countrygate species \"Falco cherrug\"
  countrygate law show \"Saiga tatarica\" --origin KZ
  countrygate law status --on 2017-04-21 --format csv < names.txt
  countrygate law diff 2025-03-06 2026-03-05
  countrygate law touched --on 2026-03-05 permits.csv
  countrygate data import Index_of_CITES_Species.csv --data ~/countrygate
  countrygate serve --demo
  countrygate permit list --format csv
  countrygate doctor

Exit codes:
  0   clear
  10  something must be referred, a document is missing, or a row could not be read
  11  something is prohibited
  1   the command failed
  2   the command was not used as it is meant
The worst of several counts.";

/// The open system that runs a CITES border.
///
/// Says what the Convention and national law require of wildlife that crosses a border, on any day since
/// 1 July 1975, with the reason and the source of each answer.
#[derive(Debug, Parser)]
#[command(name = "countrygate", version, after_help = EXAMPLES, arg_required_else_help = true, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "For every command")]
pub struct Options {
    /// The configuration file [default: countrygate.toml of the working folder, where there is one]
    ///
    /// It holds settings; a variable of the environment goes before it, and a flag before both.
    /// docs/reference/configuration.md lists them, and `countrygate doctor` says which holds and why.
    #[arg(long, global = true, env = "COUNTRYGATE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder with tables of the law book that go before the shipped ones, file by file
    ///
    /// The tables have the paths and columns of the folder `data` of the project. A folder `office` in it
    /// holds what an office has confirmed itself.
    #[arg(long, global = true, env = "COUNTRYGATE_BOOK", value_name = "DIR")]
    pub book: Option<PathBuf>,
    /// Folder with the imported names and the editions that are kept
    #[arg(long, global = true, env = "COUNTRYGATE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Answer under this edition of the law book: its first six or more digits
    ///
    /// Every answer names the edition it rests on. The shipped edition is always at hand, that of `--book` too,
    /// and those kept in the folder of `--data`; `countrygate law editions list` shows them.
    #[arg(long, global = true, value_name = "EDITION")]
    pub edition: Option<EditionPrefix>,
    /// How answers are written [default: text; csv for `law status`]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// For programs; docs/reference/json.md describes it
    Json,
    /// For tables
    Csv,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// One that asks the law book.
    #[command(flatten)]
    Book(BookCommand),
    /// One that works on an office's database.
    #[command(flatten)]
    Office(OfficeCommand),
    /// Say what the program knows and how old it is, and how the office is set up
    Doctor(Box<DoctorArguments>),
}

/// A command that works on an office's database.
#[derive(Debug, Subcommand)]
pub enum OfficeCommand {
    /// Serve an office: pages, API and jobs, on a database
    Serve(Box<crate::serve::ServeArguments>),
    /// Bring an office's database up to date
    Migrate(crate::serve::MigrateArguments),
    /// Let people into an office, and out
    User(crate::office::users::UserArguments),
    /// List and show the permits of an office
    Permit(crate::office::permits::PermitArguments),
}

/// A command that asks the law book.
#[derive(Debug, Subcommand)]
pub enum BookCommand {
    /// Say what the law requires of a consignment, or of every line of a table
    Check(crate::check::CheckArguments),
    /// Say what a name stands for
    Species(SpeciesArguments),
    /// Ask the law book
    #[command(subcommand, arg_required_else_help = true)]
    Law(LawCommand),
    /// Take in official downloads
    #[command(subcommand, arg_required_else_help = true)]
    Data(DataCommand),
}

/// What is to be told.
#[derive(Debug, Args)]
#[command(after_help = DOCTOR_EXAMPLES)]
pub struct DoctorArguments {
    /// Tell only how the office is set up: each setting, where it comes from, and the state of the database
    #[arg(long)]
    pub settings: bool,
    #[command(flatten)]
    pub office: crate::office::OfficeArguments,
}

const DOCTOR_EXAMPLES: &str = "\
Examples:
  countrygate doctor
  countrygate doctor --settings
  countrygate doctor --settings --config /etc/countrygate/countrygate.toml --format csv
  countrygate doctor --data ~/countrygate --format json

The flags of `serve` may be given to see what they would make of the settings. No database is made and
nothing in one is changed. Exit code 10 says that the imported names are damaged, that settings do not
go together, or that the database cannot be used.";

/// Names to look up.
#[derive(Debug, Args)]
#[command(after_help = SPECIES_EXAMPLES)]
pub struct SpeciesArguments {
    /// Names as written anywhere; without any, one name a line from standard input
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// The day of the law
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
}

const SPECIES_EXAMPLES: &str = "\
Examples:
  countrygate species \"Falco cherrug\" \"Falco cherug\" \"falco rusticolus x cherrug\"
  countrygate species < names.txt
  countrygate species \"Aloe sp.\" --format json

Exit code 10 says that a name is doubtful or leads to no taxon.";

/// What to ask the law book.
#[derive(Debug, Subcommand)]
pub enum LawCommand {
    /// Show the law of a taxon: listing, history, annotation, bars, national protection
    Show(ShowArguments),
    /// Say where many names stand on a day, one name a line from standard input
    Status(StatusArguments),
    /// Say what changed between two days
    Diff(DiffArguments),
    /// Say which lines of permits or declarations a change touches
    Touched(crate::touched::TouchedArguments),
    /// Keep, list and compare editions of the law book
    #[command(subcommand, arg_required_else_help = true)]
    Editions(EditionsCommand),
}

/// What to do with editions.
#[derive(Debug, Subcommand)]
pub enum EditionsCommand {
    /// List the editions at hand: shipped, of `--book`, kept in the folder of `--data`
    #[command(after_help = EDITIONS_EXAMPLES)]
    List,
    /// Keep the edition of the law book in the folder of `--data`, an overlay of `--book` with it
    #[command(after_help = EDITIONS_EXAMPLES)]
    Keep,
    /// Read every kept edition whole and say whether it is sound
    #[command(after_help = EDITIONS_EXAMPLES)]
    Verify,
    /// Say which rows of which tables differ between two editions
    Diff(EditionsDiffArguments),
}

const EDITIONS_EXAMPLES: &str = "\
Examples:
  countrygate law editions keep --data ~/countrygate --book ~/our-book
  countrygate law editions list --data ~/countrygate
  countrygate law editions verify --data ~/countrygate
  countrygate check declaration.json --data ~/countrygate --edition 496bccaa6e46

Exit code 10 says that a kept edition is damaged or cannot be read.";

/// The editions to compare.
#[derive(Debug, Args)]
#[command(after_help = EDITIONS_DIFF_EXAMPLES)]
pub struct EditionsDiffArguments {
    /// The one edition, by its first six or more digits
    #[arg(value_name = "EDITION")]
    pub one: EditionPrefix,
    /// The other [default: the edition of the book]
    #[arg(value_name = "EDITION")]
    pub other: Option<EditionPrefix>,
    /// Only tables whose path begins so, such as `law/` or `packs/china/`
    #[arg(long, value_name = "PATH")]
    pub table: Option<String>,
}

const EDITIONS_DIFF_EXAMPLES: &str = "\
Examples:
  countrygate law editions diff 496bccaa6e46 --book ~/our-book
  countrygate law editions diff 496bcc a17e02 --data ~/countrygate --table law/ --format csv";

/// What to show.
#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct ShowArguments {
    /// The taxon, by any of its names
    #[arg(value_name = "TAXON")]
    pub taxon: String,
    /// The day of the law [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
    /// Where the specimen comes from: a country such as KZ, or a part of one such as PH-PLW
    #[arg(long, value_name = "CC")]
    pub origin: Option<cites::Place>,
    /// The kind of specimen, such as HOR for horn
    #[arg(long, value_name = "TERM")]
    pub term: Option<Term>,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  countrygate law show \"Saiga tatarica\"
  countrygate law show \"Ursus arctos\" --origin KG
  countrygate law show Dalbergia --term CHP --on 2018-06-01

Exit code 10 says that the name is doubtful or leads to no taxon.";

/// What to ask about many names.
#[derive(Debug, Args)]
#[command(after_help = STATUS_EXAMPLES)]
pub struct StatusArguments {
    /// The day of the law [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
}

const STATUS_EXAMPLES: &str = "\
Each line holds a name and, after a tab, an origin where one is known: a country such as KG, or a part of
one such as PH-PLW. Then the listing is that of this population alone.

The columns are input, matched, match, listing, annotation, entries, national, verified; the meaning of each
is in docs/reference/law-status.md.

Examples:
  countrygate law status --on 2017-04-21 --format csv < names.txt > answers.csv
  printf 'Ursus arctos\\tKG\\n' | countrygate law status

Exit code 10 says that a line could not be read or led to no taxon.";

/// The days to compare.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct DiffArguments {
    /// The earlier day
    #[arg(value_name = "DATE")]
    pub from: Day,
    /// The later day
    #[arg(value_name = "DATE")]
    pub to: Day,
    /// Only changes about a taxon, those above and those below it; also its yearly quotas
    #[arg(long, value_name = "NAME")]
    pub taxon: Vec<String>,
    /// Only changes about the species of a region, by the id of its pack
    #[arg(long, value_name = "PACK")]
    pub region: Option<String>,
    /// Only changes of a kind, such as listing, annotation, suspension, rule or yearly-quota
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<ChangeKind>,
}

/// A kind of change, by the word that answers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeKind(pub law::book::Kind);

impl std::str::FromStr for ChangeKind {
    type Err = String;

    fn from_str(word: &str) -> Result<ChangeKind, String> {
        let found = law::book::Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.map(ChangeKind).ok_or_else(|| {
            let known = law::book::Kind::ALL.map(law::book::Kind::as_str);
            format!("`{word}` is no kind of change; write one of {}", known.join(", "))
        })
    }
}

const DIFF_EXAMPLES: &str = "\
Every row with days is looked at: entries of the Appendices, annotations, suspensions, quotas, reservations,
rules, the lists and bans of countries, ports, Parties. What each column and field means is in
docs/reference/law-diff.md; what differs between two editions of the book is said by `law editions diff`.

Examples:
  countrygate law diff 2025-03-06 2026-03-05
  countrygate law diff 2026-03-04 2026-03-05 --region cn-xj --kind listing --kind annotation
  countrygate law diff 2020-06-30 2021-06-30 --taxon Calumma
  countrygate law diff 2019-11-25 2019-11-26 --format json";

/// What to do with official downloads.
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Take in official downloads: names are kept, listings, quotas and suspensions compared with the book
    Import(ImportArguments),
}

/// What to import.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct ImportArguments {
    /// Downloads of the CITES Checklist or Species+, as CSV
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The day of the download, with which listings and suspensions are compared [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
}

const IMPORT_EXAMPLES: &str = "\
Understood are the Index of CITES Species (CITES Checklist) and the listings, quotas and suspensions of
Species+. Names, synonyms and ranges of the Index go into the folder of --data; the same file twice changes
nothing. Listings, quotas and suspensions rule nothing: they are compared with the law book.

Examples:
  countrygate data import Index_of_CITES_Species.csv --on 2017-04-21 --data ~/countrygate
  countrygate data import cites_listings.csv quotas.csv cites_suspensions.csv --data ~/countrygate

Exit code 10 says that a row could not be read or differs from the book.";
