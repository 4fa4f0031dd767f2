//! Tokens of one's own, made and taken back.

use access::Token;
use cites::{EventId, TokenId};
use serde_json::{Value, json};
use store::{AccountRecord, Done, Subject, SubjectKind, TokenRecord};

use crate::Office;
use crate::caller::Caller;
use crate::draw::Secret;
use crate::problem::Problem;

/// Makes a token of the caller's own; its secret is told this once.
///
/// # Errors
/// It is not their own account; the database fails.
pub(crate) async fn make(
    office: &Office,
    caller: &Caller,
    label: &str,
    token: Token,
) -> Result<(TokenRecord, Secret), Problem> {
    caller.may_to_own_account()?;
    let secret = office.draw_secret();
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let id = TokenId(office.draw_id());
    let record = TokenRecord { id, account: account.id, label: label.to_owned(), token, used: None };
    work.put_token(&record, &secret.hash());
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let after = json!({ "token": id.to_string(), "label": label, "scopes": scopes, "until": token.until.to_string() });
    work.save(done(office, caller, &account, after), office.now(), Vec::new()).await?;
    Ok((record, secret))
}

/// Takes a token of the caller's own back.
///
/// # Errors
/// They have none of the id, or it was taken back already; the database fails.
pub(crate) async fn take_back(office: &Office, caller: &Caller, token: TokenId) -> Result<(), Problem> {
    caller.may_to_own_account()?;
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let own = office.store().tokens(account.id).await?;
    if !own.iter().any(|known| known.id == token && known.token.revoked.is_none()) {
        return Err(Problem::not_found());
    }
    work.revoke_token(account.id, token);
    let after = json!({ "token_taken_back": token.to_string() });
    Ok(work.save(done(office, caller, &account, after), office.now(), Vec::new()).await?)
}

fn done(office: &Office, caller: &Caller, account: &AccountRecord, after: Value) -> Done {
    Done {
        id: EventId(office.draw_id()),
        by: caller.by(),
        deed: caller.deed(),
        subject: Subject::new(SubjectKind::Account, account.id, account.version),
        before: None,
        after: Some(after),
        edition: None,
    }
}
