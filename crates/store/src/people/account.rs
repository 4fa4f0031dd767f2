//! The accounts of people.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use access::{Instant, Role, RoleSet};
use cites::{AgencyId, OperatorId, UserId};

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Page, Place, Store, Version, Work};

/// The account of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its id.
    pub id: UserId,
    /// Its version.
    pub version: Version,
    /// What they sign in with; kept folded by [`folded_login`], and no two accounts have the same.
    pub login: String,
    /// Their name as they write it.
    pub name: String,
    /// Where mail reaches them.
    pub mail: Option<String>,
    /// The language of their pages and mails.
    pub language: Language,
    /// Their agency; `None` for those who apply.
    pub agency: Option<AgencyId>,
    /// What they are.
    pub roles: RoleSet,
    /// A number that the database raises with every change of what the account may do.
    pub rights: u64,
    /// Whether they are barred.
    pub barred: bool,
    /// When the account was made; the database sets it.
    pub made: Instant,
}

/// Where mail reaches somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailBox {
    /// The address.
    pub address: String,
    /// The language of their mails.
    pub language: Language,
}

impl MailBox {
    fn read(row: &Row) -> Result<MailBox, ReadError> {
        Ok(MailBox { address: row.text("mail")?, language: row.parsed("language")? })
    }
}

/// A language by its code (BCP 47), such as `en`, `zh` or `ru`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language(String);

/// Why text is not a [`Language`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not the code of a language; write one such as en, zh or kk-Arab")]
pub struct LanguageError {
    /// The text as written.
    pub written: String,
}

impl Language {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Language, LanguageError> {
        let mut parts = text.split('-');
        let is_first =
            |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
        let is_further = |part: &str| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let is_code = parts.next().is_some_and(is_first) && parts.all(is_further) && text.len() <= 35;
        if is_code { Ok(Language(text.to_owned())) } else { Err(LanguageError { written: text.to_owned() }) }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A login as it is kept and looked for: without spaces around it, in small letters.
pub fn folded_login(written: &str) -> String {
    written.trim().to_lowercase()
}

// `made_at` must not be after what a session began with, so it is read with each.
const COLUMNS: &str = "SELECT a.id, a.version, a.login, a.name, a.mail, a.language, a.agency, a.rights, a.barred, \
    a.made_at, r.role FROM account a LEFT JOIN account_role r ON r.account = a.id";

impl AccountRecord {
    /// The accounts of rows that each bear one role, or none, in the order of the rows.
    fn read(rows: &[Row]) -> Result<Vec<AccountRecord>, ReadError> {
        let mut accounts: Vec<AccountRecord> = Vec::new();
        for row in rows {
            let id: UserId = row.parsed("id")?;
            if accounts.last().is_none_or(|last| last.id != id) {
                accounts.push(AccountRecord::of(row, id)?);
            }
            if let (Some(last), Some(role)) = (accounts.last_mut(), row.maybe_parsed::<Role>("role")?) {
                last.roles = with_role(last.roles, role)?;
            }
        }
        Ok(accounts)
    }

    pub(crate) fn of(row: &Row, id: UserId) -> Result<AccountRecord, ReadError> {
        Ok(AccountRecord {
            id,
            version: Version(row.int("version")?),
            login: row.text("login")?,
            name: row.text("name")?,
            mail: row.maybe_text("mail")?,
            language: row.parsed("language")?,
            agency: row.maybe_parsed("agency")?,
            roles: RoleSet::EMPTY,
            rights: row.count("rights")?,
            barred: row.truth("barred")?,
            made: row.instant("made_at")?,
        })
    }
}

/// The roles with one more, which a change of the program may have come to exclude.
fn with_role(roles: RoleSet, role: Role) -> Result<RoleSet, ReadError> {
    roles
        .with(role)
        .map_err(|error| ReadError::Unreadable { column: "role".to_owned(), source: Box::new(error) })
}

/// The roles and operators of rows that bear every role with every operator: who has several operators has two roles
/// at most.
pub(crate) fn roles_and_operators(rows: &[Row]) -> Result<(RoleSet, BTreeSet<OperatorId>), ReadError> {
    let mut roles = RoleSet::EMPTY;
    let mut operators = BTreeSet::new();
    for row in rows {
        if let Some(role) = row.maybe_parsed("role")? {
            roles = with_role(roles, role)?;
        }
        operators.extend(row.maybe_parsed::<OperatorId>("operator")?);
    }
    Ok((roles, operators))
}

impl Store {
    /// One account, by its key.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn account(&self, id: UserId) -> Result<Option<AccountRecord>, ReadError> {
        let rows = self.pool.keyed(format!("{COLUMNS} WHERE a.id = $1"), values![id]).await?;
        Ok(AccountRecord::read(&rows)?.pop())
    }

    /// The account that signs in as `login`, by the index of logins.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<AccountRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE a.login = $1");
        let rows = self.pool.keyed(sql, values![folded_login(login)]).await?;
        Ok(AccountRecord::read(&rows)?.pop())
    }

    /// Accounts by login, `most` at a time. The index of logins gives order and beginning.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn accounts(&self, after: Option<&Place>, most: u32) -> Result<Page<AccountRecord>, ReadError> {
        let sql = "SELECT page.id, page.version, page.login, page.name, page.mail, page.language, page.agency, \
            page.rights, page.barred, page.made_at, r.role FROM \
            (SELECT * FROM account WHERE login > $1 ORDER BY login LIMIT $2) page \
            LEFT JOIN account_role r ON r.account = page.id ORDER BY page.login, r.role";
        let begin = after.map_or("", |place| place.order());
        let rows = self.pool.rows(sql, values![begin, i64::from(most) + 1]).await?;
        let accounts = AccountRecord::read(&rows)?;
        Ok(Page::cut(accounts, most, |account| Place::new(account.login.clone(), account.id.to_string())))
    }

    /// The accounts of an agency, by its index; barred ones too.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn accounts_of(&self, agency: AgencyId) -> Result<Vec<AccountRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE a.agency = $1 ORDER BY a.id, r.role");
        AccountRecord::read(&self.pool.rows(sql, values![agency]).await?)
    }

    /// The accounts that hold `role`, by the index of roles; barred ones too.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn accounts_with(&self, role: Role) -> Result<Vec<UserId>, ReadError> {
        let sql = "SELECT account FROM account_role WHERE role = $1 ORDER BY account";
        let rows = self.pool.rows(sql, values![role.as_str()]).await?;
        rows.iter().map(|row| row.parsed("account")).collect()
    }
}

impl Work {
    /// Loads an account and holds it.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn account(&mut self, id: UserId) -> Result<Option<AccountRecord>, ReadError> {
        let sql = "SELECT id, version, login, name, mail, language, agency, rights, barred, made_at \
            FROM account WHERE id = $1";
        let Some(row) = self.head(sql, values![id]).await? else { return Ok(None) };
        let mut account = AccountRecord::of(&row, id)?;
        let roles = self.seen("SELECT role FROM account_role WHERE account = $1", values![id]).await?;
        for row in &roles {
            account.roles = with_role(account.roles, row.parsed("role")?)?;
        }
        Ok(Some(account))
    }

    /// Where mail reaches those who act for an operator and are not barred, with the languages of their mails; by the
    /// key of who acts for it.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn mail_of_operator(&mut self, operator: OperatorId) -> Result<Vec<MailBox>, ReadError> {
        let sql = "SELECT a.mail, a.language FROM operator_agent g JOIN account a ON a.id = g.account \
            WHERE g.operator = $1 AND a.mail IS NOT NULL AND a.barred = 0 ORDER BY a.id";
        all(&self.seen(sql, values![operator]).await?, MailBox::read)
    }

    /// Where mail reaches those of an agency who hold `role` and are not barred; by the index of agencies.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn mail_of_agency(&mut self, agency: AgencyId, role: Role) -> Result<Vec<MailBox>, ReadError> {
        let sql = "SELECT a.mail, a.language FROM account a JOIN account_role r ON r.account = a.id \
            WHERE a.agency = $1 AND r.role = $2 AND a.mail IS NOT NULL AND a.barred = 0 ORDER BY a.id";
        all(&self.seen(sql, values![agency, role.as_str()]).await?, MailBox::read)
    }

    /// Saves an account and its roles with the deed. Its rights are raised, so that its sessions change their
    /// tokens.
    pub fn put_account(&mut self, account: &AccountRecord) {
        self.collect(Write::Head {
            table: "account",
            key: columns!["id" => account.id],
            version: account.version,
            columns: columns![
                "login" => folded_login(&account.login),
                "name" => &account.name,
                "mail" => &account.mail,
                "language" => account.language.as_str(),
                "agency" => account.agency,
                "rights" => account.rights.saturating_add(1),
                "barred" => account.barred,
            ],
            has_made_at: true,
        });
        self.collect(Write::Set {
            table: "account_role",
            owner: ("account", account.id.into()),
            rows: account.roles.iter().map(|role| columns!["role" => role.as_str()]).collect(),
            is_new: account.version == Version::NEW,
        });
    }

    /// Raises the rights of an account with the deed: what it may do has changed elsewhere.
    pub(crate) fn raise_rights(&mut self, account: UserId) {
        self.collect(Write::Change {
            sql: "UPDATE account SET rights = rights + 1 WHERE id = $1",
            values: values![account],
            rows: Some(1),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_code() {
        for good in ["en", "zh", "kaz", "kk-Arab", "zh-Hans-CN"] {
            assert_eq!(good.parse::<Language>().unwrap().as_str(), good);
        }
        for bad in ["", "E", "EN", "english", "en-", "en_GB", "zh-x'--"] {
            assert!(bad.parse::<Language>().is_err(), "{bad}");
        }
    }
}
