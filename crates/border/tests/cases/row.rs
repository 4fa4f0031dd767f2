//! A file of cases, as written.

use serde::Deserialize;

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What the file is about.
    #[expect(dead_code, reason = "for the reader of the file; asked for so that no file lacks it")]
    pub about: String,
    /// The law it turns on.
    #[expect(dead_code, reason = "for the reader of the file; asked for so that no file lacks it")]
    pub law: String,
    /// What every row has unless it says otherwise.
    #[serde(default)]
    pub default: Told,
    /// Rows that cross.
    #[serde(default)]
    pub good: Vec<Row>,
    /// Rows that do not, or not yet.
    #[serde(default)]
    pub bad: Vec<Row>,
}

/// What is told of a consignment, in short.
#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The day of the law and of presentation.
    pub on: Option<toml::value::Datetime>,
    /// `import KZ > CN by cargo at Horgos for T > T`.
    pub journey: Option<String>,
    /// `HOR W 30 KGM Saiga tatarica from KZ`, one text a line of goods.
    pub goods: Option<OneOrMore>,
    /// `export-permit KZ II`, or a table with `like` and what is otherwise.
    pub papers: Option<Vec<toml::Value>>,
    /// What else is told of the journey.
    pub also: Option<toml::Table>,
    /// The States in which the species of the goods occurs, as imported names would tell.
    pub range: Option<Vec<String>>,
    /// What else is told of every line.
    pub line: Option<toml::Table>,
    /// What else is told of each line, in order.
    pub lines: Option<Vec<toml::Table>>,
}

/// One text or several.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub fn all(&self) -> Vec<String> {
        match self {
            OneOrMore::One(text) => vec![text.clone()],
            OneOrMore::More(texts) => texts.clone(),
        }
    }
}

/// A row.
#[derive(Deserialize)]
pub struct Row {
    /// In a few words.
    pub name: String,
    /// What is told.
    #[serde(flatten)]
    pub told: Told,
    /// What must come out.
    pub expect: Expect,
    /// The rules it turns on.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Notes that a bad row must show.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Why, for a lawyer.
    pub why: String,
}

/// What must come out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The verdict of the consignment.
    pub verdict: String,
    /// Every document that is surely required, as `kind STATE`.
    pub documents: Option<Vec<String>>,
    /// Those that are missing; none where left out.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Facts that must be named as missing.
    #[serde(default)]
    pub facts: Vec<String>,
    /// States whose authority must be asked.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Readings that must be shown, as `fact value = outcome`.
    #[serde(default)]
    pub readings: Vec<String>,
}

/// Whether a row crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Good,
    Bad,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Kind::Good => "good",
            Kind::Bad => "bad",
        }
    }
}

impl CaseFile {
    /// Every row with its kind.
    pub fn rows(&self) -> impl Iterator<Item = (Kind, &Row)> {
        let good = self.good.iter().map(|row| (Kind::Good, row));
        good.chain(self.bad.iter().map(|row| (Kind::Bad, row)))
    }
}
