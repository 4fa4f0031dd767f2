//! One-time links: the first administrator of an office, a new account, a password that was lost.

use access::Deed;
use access::Password;
use axum::extract::State;
use axum::http::StatusCode;
use cites::{CredentialId, EventId};
use store::{By, Credential, CredentialKind, Done, Subject, SubjectKind};
use utoipa::ToSchema;

use crate::Office;
use crate::draw;
use crate::problem::Problem;
use crate::proof::password;
use crate::sent::Body;

/// Who holds a link, and the password that they choose.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Acceptance {
    /// What stands at the end of the link.
    #[schema(max_length = 200)]
    secret: String,
    /// The password: twelve characters or more.
    #[schema(max_length = 1024)]
    password: String,
}

/// Sets the password of an account by its one-time link, which then holds no longer. Sessions of the account end.
#[utoipa::path(
    post, path = "/api/invitations/acceptance", tag = "session", request_body = Acceptance,
    responses((status = 204, description = "The password is set; sign in with it."))
)]
pub(super) async fn accept(
    State(office): State<Office>,
    Body(accepted): Body<Acceptance>,
) -> Result<StatusCode, Problem> {
    let gone = || Problem::refused("the link holds no longer, or was used; ask for a new one");
    let (now, secret) = (office.now(), draw::hash_of(&accepted.secret));
    let known =
        office.store().invitation(&secret).await?.filter(|known| known.holds(now)).ok_or_else(gone)?;
    let account = office.store().account(known.account).await?.ok_or_else(gone)?;
    // Programs that check passwords against lists of leaked ones are not part of the office; length is what counts.
    let chosen = Password::chosen(&accepted.password, &account.login, |_| false);
    let chosen = chosen.map_err(|refused| Problem::refused(refused.to_string()))?;
    let turn =
        office.parts().hashing.acquire().await.map_err(|error| Problem::fault("no turn to hash", &error))?;
    let fill = office.parts().fill;
    let hash = tokio::task::spawn_blocking(move || password::hash(&chosen, fill)).await;
    drop(turn);
    let hash = hash.map_err(|error| Problem::fault("a password was not hashed", &error))?;
    let hash = hash.map_err(|error| Problem::fault("a password was not hashed", &error))?;
    let mut work = office.store().work().await?;
    // Held from here on, so that of two who show the link one is let in.
    let held = work.invitation(&secret).await?.filter(|held| held.holds(now)).ok_or_else(gone)?;
    work.use_invitation(held.id);
    work.put_credential(&Credential {
        id: CredentialId(office.draw_id()),
        account: account.id,
        kind: CredentialKind::Password,
        label: String::new(),
        secret: hash,
        counter: 0,
        made: now,
        used: None,
    });
    work.revoke_sessions(account.id);
    let done = Done {
        id: EventId(office.draw_id()),
        by: By::Person { user: account.id, agency: account.agency, roles: account.roles, token: None },
        deed: Deed::ChangeOwnPassword,
        subject: Subject { kind: SubjectKind::Account, id: account.id.to_string(), version: account.version },
        before: None,
        after: Some(serde_json::json!({ "password": "set", "by": held.purpose.as_str() })),
        edition: None,
    };
    work.save(done, now, Vec::new()).await?;
    Ok(StatusCode::NO_CONTENT)
}
