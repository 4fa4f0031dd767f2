//! The event of a deed, and what must be told of it.
//!
//! An event is written in the transaction of its deed and never changed. Who acted is kept as they were then: their
//! agency and roles, the token they acted by.

use access::{Actor, Deed, Instant, Role, RoleSet};
use cites::{AgencyId, EditionId, EventId, TokenId, UserId};

use super::Version;
use super::write::{Statement, columns, insert};
use crate::executor::{ReadError, Row};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A person, signed in or by a token of theirs.
    Person {
        /// The person.
        user: UserId,
        /// Their agency then.
        agency: Option<AgencyId>,
        /// Their roles then.
        roles: RoleSet,
        /// The token they acted by; `None` for a session.
        token: Option<TokenId>,
    },
    /// The system itself, by the name of a job.
    Job(String),
}

/// What kind of thing a deed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// An agency.
    Agency,
    /// A person's account, with its roles, credentials, sessions and tokens.
    Account,
    /// An operator and who acts for it.
    Operator,
    /// An application, with its files and letters.
    Application,
    /// A permit.
    Permit,
    /// A quota.
    Quota,
    /// The numbers of an office, or its stamps.
    Office,
    /// An establishment of a register.
    Establishment,
    /// A paper of another country.
    ForeignPaper,
    /// An address that is called.
    Webhook,
    /// A setting.
    Setting,
}

/// Why text is not a [`SubjectKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is nothing that a deed is about; write one such as application, permit or account")]
pub struct WordError {
    /// The text as written.
    pub written: String,
}

/// What a deed is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Its id, as text.
    pub id: String,
    /// Its version after the deed.
    pub version: Version,
}

/// A deed as it was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The id of the event, which the caller draws, growing with time (RFC 9562 §5.7).
    pub id: EventId,
    /// Who did it.
    pub by: By,
    /// What was done.
    pub deed: Deed,
    /// About what.
    pub subject: Subject,
    /// As it was before; `None` where it was not there.
    pub before: Option<serde_json::Value>,
    /// As it is after; `None` where it is gone.
    pub after: Option<serde_json::Value>,
    /// The edition of the law book, where an assessment was made.
    pub edition: Option<EditionId>,
}

/// An event of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub done: Done,
}

/// Something that goes out after the deed is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// By mail or by a webhook.
    pub kind: crate::outbox::MessageKind,
    /// The address of a mail, or the id of a webhook.
    pub target: String,
    /// What it says, in the form that its sender knows.
    pub payload: serde_json::Value,
}

impl By {
    /// An actor, with the token that they act by.
    pub fn actor(actor: &Actor, token: Option<TokenId>) -> By {
        By::Person { user: actor.user, agency: actor.agency, roles: actor.roles, token }
    }
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: [SubjectKind; 11] = [
        SubjectKind::Agency,
        SubjectKind::Account,
        SubjectKind::Operator,
        SubjectKind::Application,
        SubjectKind::Permit,
        SubjectKind::Quota,
        SubjectKind::Office,
        SubjectKind::Establishment,
        SubjectKind::ForeignPaper,
        SubjectKind::Webhook,
        SubjectKind::Setting,
    ];

    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            SubjectKind::Agency => "agency",
            SubjectKind::Account => "account",
            SubjectKind::Operator => "operator",
            SubjectKind::Application => "application",
            SubjectKind::Permit => "permit",
            SubjectKind::Quota => "quota",
            SubjectKind::Office => "office",
            SubjectKind::Establishment => "establishment",
            SubjectKind::ForeignPaper => "foreign-paper",
            SubjectKind::Webhook => "webhook",
            SubjectKind::Setting => "setting",
        }
    }
}

impl std::str::FromStr for SubjectKind {
    type Err = WordError;

    fn from_str(text: &str) -> Result<SubjectKind, WordError> {
        let found = SubjectKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| WordError { written: text.to_owned() })
    }
}

impl Subject {
    /// A thing by its id, which was saved as `version`.
    pub fn new(kind: SubjectKind, id: impl ToString, version: Version) -> Subject {
        Subject { kind, id: id.to_string(), version }
    }
}

impl Done {
    pub(super) fn statement(self, at: Instant) -> Statement {
        let text = |json: Option<serde_json::Value>| json.map(|json| json.to_string());
        let mut columns = columns![
            "id" => self.id,
            "at" => at,
            "deed" => self.deed.as_str(),
            "thing_kind" => self.subject.kind.as_str(),
            "thing" => self.subject.id,
            "thing_version" => self.subject.version.0,
            "before_json" => text(self.before),
            "after_json" => text(self.after),
            "edition" => self.edition,
        ];
        match self.by {
            By::Person { user, agency, roles, token } => columns.extend(columns![
                "actor" => if token.is_some() { "token" } else { "person" },
                "account" => user,
                "agency" => agency,
                "token" => token,
                "roles" => words(roles),
            ]),
            By::Job(job) => columns.extend(columns!["actor" => "job", "job" => job, "roles" => ""]),
        }
        insert("event", columns)
    }
}

impl Message {
    pub(super) fn statement(self, event: &EventId, place: i64, at: Instant) -> Statement {
        let columns = columns![
            "event" => *event,
            "place" => place,
            "kind" => self.kind.as_str(),
            "target" => self.target,
            "payload" => self.payload.to_string(),
            "due_at" => at,
        ];
        insert("outbox", columns)
    }
}

/// The columns of an event, in the order in which [`Event::read`] names them.
pub(crate) const EVENT_COLUMNS: &str = "id, at, actor, account, agency, token, job, roles, deed, thing_kind, thing, \
    thing_version, before_json, after_json, edition";

impl Event {
    pub(crate) fn read(row: &Row) -> Result<Event, ReadError> {
        let by = match row.maybe_text("job")? {
            Some(job) => By::Job(job),
            None => By::Person {
                user: row.parsed("account")?,
                agency: row.maybe_parsed("agency")?,
                roles: row.word("roles", roles)?,
                token: row.maybe_parsed("token")?,
            },
        };
        let subject = Subject {
            kind: row.parsed("thing_kind")?,
            id: row.text("thing")?,
            version: Version(row.int("thing_version")?),
        };
        let done = Done {
            id: row.parsed("id")?,
            by,
            deed: row.parsed("deed")?,
            subject,
            before: row.maybe_json("before_json")?,
            after: row.maybe_json("after_json")?,
            edition: row.maybe_parsed("edition")?,
        };
        Ok(Event { at: row.instant("at")?, done })
    }
}

fn words(roles: RoleSet) -> String {
    roles.iter().map(Role::as_str).collect::<Vec<_>>().join(" ")
}

fn roles(words: &str) -> Option<RoleSet> {
    let roles: Option<Vec<Role>> = words.split_whitespace().map(Role::from_word).collect();
    RoleSet::of(roles?).ok()
}
