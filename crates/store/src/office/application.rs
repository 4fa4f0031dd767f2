//! Applications.

use std::collections::BTreeSet;

use access::{Hand, Instant, Owner, Thing};
use cites::{AgencyId, ApplicationId, Day, DocumentKind, EditionId, OperatorId, UserId};
use permits::Wait;
use permits::application::Application;
use permits::application::department::Review;

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, columns};
use crate::{Store, Version, Work};

/// What stands for "no clock runs" among the last days, and after all of them.
pub(super) const NO_DUE: &str = "9999-12-31";

/// An application as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationRecord {
    /// Its id.
    pub id: ApplicationId,
    /// Its version.
    pub version: Version,
    /// Who applies.
    pub operator: OperatorId,
    /// The office in charge; `None` of a draft.
    pub agency: Option<AgencyId>,
    /// The paper that is asked for, where it is told.
    pub kind: Option<DocumentKind>,
    /// Its state.
    pub state: Application,
    /// The State department's review, where there is one.
    pub review: Option<Review>,
    /// What is asked, line by line, in the JSON text of whoever reads it.
    pub asked: String,
    /// The last day of the clock that runs; `None` where none does, or one stands still.
    pub due: Option<Day>,
    /// The day on which it was first handed in.
    pub submitted: Option<Day>,
    /// The edition of the law book of its latest assessment.
    pub edition: Option<EditionId>,
    /// The assessment that its decision rests on.
    pub assessment: Option<serde_json::Value>,
    /// The agencies that were let in.
    pub let_in: BTreeSet<AgencyId>,
    /// Who has done which step.
    pub hands: BTreeSet<(Hand, UserId)>,
    /// When it was begun; the database sets it.
    pub made: Instant,
    /// When it was last changed; the database sets it.
    pub changed: Instant,
}

/// An application as it stands in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationSummary {
    /// Its id.
    pub id: ApplicationId,
    /// Its version.
    pub version: Version,
    /// Who applies.
    pub operator: OperatorId,
    /// The office in charge.
    pub agency: Option<AgencyId>,
    /// The paper that is asked for.
    pub kind: Option<DocumentKind>,
    /// The word of its state.
    pub state: String,
    /// The word of the department's review.
    pub review: Option<String>,
    /// The last day of the clock that runs.
    pub due: Option<Day>,
    /// Why the clock of the office stands still.
    pub stopped: Option<Stopped>,
    /// The day on which it was first handed in.
    pub submitted: Option<Day>,
    /// When it was begun.
    pub made: Instant,
    /// When it was last changed.
    pub changed: Instant,
}

/// Why the office's clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Somebody was asked and has not answered: who, and the number of the question.
    Asked(Wait, u32),
    /// The State department reviews; the last day is the department's.
    Review,
}

impl Stopped {
    /// Of an application in a state, with its review.
    pub fn of(state: &Application, review: Option<&Review>) -> Option<Stopped> {
        if review.is_some_and(|review| state.awaits_review(review)) {
            return Some(Stopped::Review);
        }
        let (question, pause) = state.awaited()?;
        Some(Stopped::Asked(pause.wait, u32::try_from(question).unwrap_or(u32::MAX)))
    }

    /// Who is waited for, as the word of rows and answers.
    pub const fn by(self) -> &'static str {
        match self {
            Stopped::Asked(wait, _) => wait.as_str(),
            Stopped::Review => "department",
        }
    }

    /// The number of the question, where one was asked.
    pub const fn question(self) -> Option<u32> {
        match self {
            Stopped::Asked(_, question) => Some(question),
            Stopped::Review => None,
        }
    }

    fn read(row: &Row) -> Result<Option<Stopped>, ReadError> {
        let (by, question) = (row.maybe_text("stopped_by")?, row.maybe_int("stopped_question")?);
        let asked = |wait| {
            let question = question.and_then(|question| u32::try_from(question).ok());
            question.map(|question| Stopped::Asked(wait, question))
        };
        Ok(match by.as_deref() {
            Some("department") => Some(Stopped::Review),
            Some(by) => {
                [Wait::Experts, Wait::Abroad].into_iter().find(|wait| wait.as_str() == by).and_then(asked)
            }
            None => None,
        })
    }
}

const ONE: &str = "SELECT id, version, operator, agency, kind, state_json, review_json, asked, due, submitted_on, \
    edition, assessment_json, made_at, changed_at FROM application WHERE id = $1";
const LET_IN: &str = "SELECT agency FROM application_let_in WHERE application = $1";
const HANDS: &str = "SELECT hand, account FROM application_hand WHERE application = $1";
pub(super) const SUMMARY: &str = "a.id, a.version, a.operator, a.agency, a.kind, a.state, a.review_state, a.due, \
    a.stopped_by, a.stopped_question, a.submitted_on, a.made_at, a.changed_at";

/// The word of a review's state, of rows and queues.
pub const fn review_word(review: &Review) -> &'static str {
    match review {
        Review::Provincial(_) => "provincial",
        Review::Deciding(_) => "deciding",
        Review::Approved(_) => "approved",
        Review::Refused(_) => "refused",
    }
}

fn due(row: &Row) -> Result<Option<Day>, ReadError> {
    if row.text("due")? == NO_DUE { Ok(None) } else { row.parsed("due").map(Some) }
}

impl ApplicationRecord {
    /// Without its sets.
    fn read(row: &Row) -> Result<ApplicationRecord, ReadError> {
        Ok(ApplicationRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            operator: row.parsed("operator")?,
            agency: row.maybe_parsed("agency")?,
            kind: row.maybe_parsed("kind")?,
            state: row.json("state_json")?,
            review: row.maybe_json("review_json")?,
            asked: row.text("asked")?,
            due: due(row)?,
            submitted: row.maybe_parsed("submitted_on")?,
            edition: row.maybe_parsed("edition")?,
            assessment: row.maybe_json("assessment_json")?,
            let_in: BTreeSet::new(),
            hands: BTreeSet::new(),
            made: row.instant("made_at")?,
            changed: row.instant("changed_at")?,
        })
    }

    fn with_sets(mut self, let_in: &[Row], hands: &[Row]) -> Result<ApplicationRecord, ReadError> {
        for row in let_in {
            self.let_in.insert(row.parsed("agency")?);
        }
        for row in hands {
            self.hands.insert((row.word("hand", hand)?, row.parsed("account")?));
        }
        Ok(self)
    }

    /// What `access` is asked about.
    pub fn thing(&self) -> Thing {
        Thing {
            owner: Owner::Operator(self.operator),
            charge: self.agency,
            let_in: self.let_in.clone(),
            hands: self.hands.clone(),
        }
    }
}

fn hand(word: &str) -> Option<Hand> {
    Hand::ALL.into_iter().find(|hand| hand.as_str() == word)
}

impl ApplicationSummary {
    pub(super) fn read(row: &Row) -> Result<ApplicationSummary, ReadError> {
        Ok(ApplicationSummary {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            operator: row.parsed("operator")?,
            agency: row.maybe_parsed("agency")?,
            kind: row.maybe_parsed("kind")?,
            state: row.text("state")?,
            review: row.maybe_text("review_state")?,
            due: due(row)?,
            stopped: Stopped::read(row)?,
            submitted: row.maybe_parsed("submitted_on")?,
            made: row.instant("made_at")?,
            changed: row.instant("changed_at")?,
        })
    }
}

impl Store {
    /// One application, by its key, in three statements; the steps are read last, so that they are never older than
    /// the state.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn application(&self, id: ApplicationId) -> Result<Option<ApplicationRecord>, ReadError> {
        let Some(row) = self.pool.row(ONE, values![id]).await? else { return Ok(None) };
        let let_in = self.pool.keyed(LET_IN, values![id]).await?;
        let hands = self.pool.keyed(HANDS, values![id]).await?;
        ApplicationRecord::read(&row)?.with_sets(&let_in, &hands).map(Some)
    }
}

impl Work {
    /// Loads an application and holds it.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn application(&mut self, id: ApplicationId) -> Result<Option<ApplicationRecord>, ReadError> {
        let Some(row) = self.head(ONE, values![id]).await? else { return Ok(None) };
        let let_in = self.seen(LET_IN, values![id]).await?;
        let hands = self.seen(HANDS, values![id]).await?;
        ApplicationRecord::read(&row)?.with_sets(&let_in, &hands).map(Some)
    }

    /// Saves an application with the deed: its state, who was let in, who has done which step.
    ///
    /// # Errors
    /// A state that cannot be written as JSON, which none is.
    pub fn put_application(&mut self, application: &ApplicationRecord) -> Result<(), serde_json::Error> {
        let review = application.review.as_ref();
        let stopped = Stopped::of(&application.state, review);
        let is_new = application.version == Version::NEW;
        self.collect(Write::Head {
            table: "application",
            key: columns!["id" => application.id],
            version: application.version,
            columns: columns![
                "operator" => application.operator,
                "agency" => application.agency,
                "kind" => application.kind.map(|kind| kind.to_string()),
                "state" => application.state.as_str(),
                "state_json" => serde_json::to_string(&application.state)?,
                "review_state" => review.map(review_word),
                "review_json" => review.map(serde_json::to_string).transpose()?,
                "review_agency" => review.and_then(Review::with).map(|with| with.agency),
                "stopped_by" => stopped.map(Stopped::by),
                "stopped_question" => stopped.and_then(Stopped::question).map(i64::from),
                "asked" => &application.asked,
                "due" => application.due.map_or_else(|| NO_DUE.to_owned(), |day| day.to_string()),
                "submitted_on" => application.submitted,
                "edition" => application.edition,
                "assessment_json" => application.assessment.as_ref().map(ToString::to_string),
            ],
            has_made_at: true,
        });
        self.collect(Write::Set {
            table: "application_let_in",
            owner: ("application", application.id.into()),
            rows: application.let_in.iter().map(|agency| columns!["agency" => *agency]).collect(),
            is_new,
        });
        let hands = application.hands.iter();
        self.collect(Write::Set {
            table: "application_hand",
            owner: ("application", application.id.into()),
            rows: hands.map(|(hand, user)| columns!["hand" => hand.as_str(), "account" => *user]).collect(),
            is_new,
        });
        Ok(())
    }
}
