//! Addresses that are called when something happens. Their secrets sign the calls, so they are kept as they are.

use std::fmt;

use access::{Deed, Owner, Thing};
use cites::{AgencyId, OperatorId, WebhookId};

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Store, Version, Work};

/// Whose a webhook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookOwner {
    /// An operator's: it hears of the operator's own.
    Operator(OperatorId),
    /// An agency's: it hears of what the agency has charge of.
    Agency(AgencyId),
}

/// A webhook as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookRecord {
    /// Its id.
    pub id: WebhookId,
    /// Its version.
    pub version: Version,
    /// Whose it is.
    pub owner: WebhookOwner,
    /// What is called.
    pub url: String,
    /// What signs the calls.
    pub secret: String,
    /// Of which deeds it hears.
    pub deeds: Vec<Deed>,
    /// Whether it is called.
    pub active: bool,
}

impl fmt::Debug for WebhookRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookRecord({} of {:?} to {}, secret not shown)", self.id, self.owner, self.url)
    }
}

impl WebhookOwner {
    /// What `access` is asked about.
    pub fn thing(self) -> Thing {
        match self {
            WebhookOwner::Operator(operator) => {
                Thing { owner: Owner::Operator(operator), ..Thing::default() }
            }
            WebhookOwner::Agency(agency) => {
                Thing { owner: Owner::House, charge: Some(agency), ..Thing::default() }
            }
        }
    }
}

/// Those that are called of an operator, and of an agency.
const CALLED_OF_OPERATOR: &str = "SELECT id, deeds FROM webhook WHERE operator = $1 AND active = 1";
const CALLED_OF_AGENCY: &str = "SELECT id, deeds FROM webhook WHERE agency = $1 AND active = 1";

const COLUMNS: &str = "SELECT id, version, operator, agency, url, secret, deeds, active FROM webhook";
const ONE: &str =
    "SELECT id, version, operator, agency, url, secret, deeds, active FROM webhook WHERE id = $1";

fn deeds(words: &str) -> Option<Vec<Deed>> {
    words.split_whitespace().map(Deed::from_word).collect()
}

impl WebhookRecord {
    fn read(row: &Row) -> Result<WebhookRecord, ReadError> {
        let owner = match row.maybe_parsed("operator")? {
            Some(operator) => WebhookOwner::Operator(operator),
            None => WebhookOwner::Agency(row.parsed("agency")?),
        };
        Ok(WebhookRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            owner,
            url: row.text("url")?,
            secret: row.text("secret")?,
            deeds: row.word("deeds", deeds)?,
            active: row.truth("active")?,
        })
    }
}

impl Store {
    /// One webhook, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn webhook(&self, id: WebhookId) -> Result<Option<WebhookRecord>, ReadError> {
        self.pool.row(ONE, values![id]).await?.as_ref().map(WebhookRecord::read).transpose()
    }

    /// The webhooks of an operator or an agency, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn webhooks(&self, owner: WebhookOwner) -> Result<Vec<WebhookRecord>, ReadError> {
        let (holds, whose) = match owner {
            WebhookOwner::Operator(operator) => ("operator = $1", values![operator]),
            WebhookOwner::Agency(agency) => ("agency = $1", values![agency]),
        };
        let sql = format!("{COLUMNS} WHERE {holds} ORDER BY id");
        all(&self.pool.rows(sql, whose).await?, WebhookRecord::read)
    }
}

impl Work {
    /// Loads a webhook and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn webhook(&mut self, id: WebhookId) -> Result<Option<WebhookRecord>, ReadError> {
        self.head(ONE, values![id]).await?.as_ref().map(WebhookRecord::read).transpose()
    }

    /// The webhooks that are called when `deed` is done to what is an operator's and in an agency's charge.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn called_of(
        &mut self,
        (operator, agency): (Option<OperatorId>, Option<AgencyId>),
        deed: Deed,
    ) -> Result<Vec<WebhookId>, ReadError> {
        let mut rows = Vec::new();
        if let Some(operator) = operator {
            rows.extend(self.seen(CALLED_OF_OPERATOR, values![operator]).await?);
        }
        if let Some(agency) = agency {
            rows.extend(self.seen(CALLED_OF_AGENCY, values![agency]).await?);
        }
        let mut called = Vec::new();
        for row in rows {
            if row.word("deeds", deeds)?.contains(&deed) {
                called.push(row.parsed("id")?);
            }
        }
        Ok(called)
    }

    /// How many webhooks an owner has. They are held, so that none of them is changed meanwhile.
    ///
    /// # Errors
    /// The database fails.
    pub async fn webhooks_of(&mut self, owner: WebhookOwner) -> Result<usize, ReadError> {
        let rows = match owner {
            WebhookOwner::Operator(operator) => {
                self.held("SELECT id FROM webhook WHERE operator = $1", values![operator]).await?
            }
            WebhookOwner::Agency(agency) => {
                self.held("SELECT id FROM webhook WHERE agency = $1", values![agency]).await?
            }
        };
        Ok(rows.len())
    }

    /// Saves a webhook with the deed.
    pub fn put_webhook(&mut self, webhook: &WebhookRecord) {
        let (operator, agency) = match webhook.owner {
            WebhookOwner::Operator(operator) => (Some(operator), None),
            WebhookOwner::Agency(agency) => (None, Some(agency)),
        };
        let words: Vec<&str> = webhook.deeds.iter().map(|deed| deed.as_str()).collect();
        self.collect(Write::Head {
            table: "webhook",
            key: columns!["id" => webhook.id],
            version: webhook.version,
            columns: columns![
                "operator" => operator,
                "agency" => agency,
                "url" => &webhook.url,
                "secret" => &webhook.secret,
                "deeds" => words.join(" "),
                "active" => webhook.active,
            ],
            has_made_at: false,
        });
    }
}
