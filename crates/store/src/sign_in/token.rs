//! Tokens by which programs act for people.

use access::{Actor, Instant, Scope, ScopeSet, Token};
use cites::{TokenId, UserId};

use super::SEEN_EVERY_SECONDS;
use crate::executor::{DatabaseError, ReadError, Row, values};
use crate::people::{AccountRecord, roles_and_operators};
use crate::work::{Write, all, columns};
use crate::{Store, Work};

/// A token as it is kept, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRecord {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub account: UserId,
    /// What its owner calls it.
    pub label: String,
    /// What it may be used for, and for how long.
    pub token: Token,
    /// When it was last used.
    pub used: Option<Instant>,
}

/// A request with a token: who acts, as long as the token holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// The token.
    pub record: TokenRecord,
    /// Whether its owner is barred.
    pub barred: bool,
    /// Who acts, with the scopes of the token.
    pub actor: Actor,
}

const HOLDER: &str = "SELECT t.id AS token, t.label, t.scopes, t.made_at AS token_made_at, t.until_at, t.revoked_at, \
    t.used_at, a.id, a.version, a.login, a.name, a.mail, a.language, a.agency, a.rights, a.barred, a.made_at, \
    r.role, g.operator \
    FROM api_token t JOIN account a ON a.id = t.account \
    LEFT JOIN account_role r ON r.account = a.id \
    LEFT JOIN operator_agent g ON g.account = a.id \
    WHERE t.secret_hash = $1";

fn token(row: &Row, made: &str) -> Result<Token, ReadError> {
    Ok(Token {
        scopes: row.word("scopes", scopes)?,
        made: row.instant(made)?,
        until: row.instant("until_at")?,
        revoked: row.maybe_instant("revoked_at")?,
    })
}

fn scopes(words: &str) -> Option<ScopeSet> {
    words.split_whitespace().map(Scope::from_word).collect()
}

impl TokenHolder {
    fn read(rows: &[Row]) -> Result<Option<TokenHolder>, ReadError> {
        let Some(first) = rows.first() else { return Ok(None) };
        let (roles, operators) = roles_and_operators(rows)?;
        let account = AccountRecord::of(first, first.parsed("id")?)?;
        let record = TokenRecord {
            id: first.parsed("token")?,
            account: account.id,
            label: first.text("label")?,
            token: token(first, "token_made_at")?,
            used: first.maybe_instant("used_at")?,
        };
        let scopes = Some(record.token.scopes);
        let actor = Actor { user: account.id, agency: account.agency, roles, operators, token: scopes };
        Ok(Some(TokenHolder { record, barred: account.barred, actor }))
    }
}

impl Store {
    /// The token of a secret, with who acts by it, in one statement; by the index of hashes.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn token_holder(&self, secret_hash: &str) -> Result<Option<TokenHolder>, ReadError> {
        TokenHolder::read(&self.pool.keyed(HOLDER, values![secret_hash]).await?)
    }

    /// The tokens of an account, latest first, by the index of the account; also those that hold no longer.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn tokens(&self, account: UserId) -> Result<Vec<TokenRecord>, ReadError> {
        let sql = "SELECT id, label, scopes, made_at, until_at, revoked_at, used_at FROM api_token \
            WHERE account = $1 ORDER BY made_at DESC, id";
        all(&self.pool.rows(sql, values![account]).await?, |row| {
            let (id, label) = (row.parsed("id")?, row.text("label")?);
            Ok(TokenRecord {
                id,
                account,
                label,
                token: token(row, "made_at")?,
                used: row.maybe_instant("used_at")?,
            })
        })
    }

    /// Notes that a token was used, at most every [`SEEN_EVERY_SECONDS`].
    ///
    /// # Errors
    /// The database fails.
    pub async fn token_used(&self, record: &TokenRecord, now: Instant) -> Result<(), DatabaseError> {
        if record.used.is_some_and(|used| used.seconds_until(now) < SEEN_EVERY_SECONDS) {
            return Ok(());
        }
        self.keep("UPDATE api_token SET used_at = $1 WHERE id = $2", values![now, record.id]).await.map(drop)
    }
}

impl Work {
    /// Saves a new token with the deed, by the hash of its secret.
    pub fn put_token(&mut self, record: &TokenRecord, secret_hash: &str) {
        let words: Vec<&str> = record.token.scopes.iter().map(Scope::as_str).collect();
        self.collect(Write::Row {
            table: "api_token",
            columns: columns![
                "id" => record.id,
                "account" => record.account,
                "secret_hash" => secret_hash,
                "label" => &record.label,
                "scopes" => words.join(" "),
                "made_at" => record.token.made,
                "until_at" => record.token.until,
            ],
        });
    }

    /// Takes a token of an account back with the deed. Where it was taken back already, the deed is not saved.
    pub fn revoke_token(&mut self, account: UserId, token: TokenId) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE api_token SET revoked_at = $3 WHERE account = $1 AND id = $2 AND revoked_at IS NULL",
            values: values![account, token],
            rows: Some(1),
        });
    }
}
