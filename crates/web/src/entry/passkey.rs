//! Passkeys as a second factor: made and taken away in one's account, and shown at signing in.
//!
//! Source of truth: `proof::passkey` for what is taken. A question follows from the token of the session, so that it is
//! nobody else's, and from signing in on, when the token is another, it is answered by nothing that was shown before.

use access::{Deed, Instant};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cites::{CredentialId, EventId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Credential, CredentialKind, Done, Subject, SubjectKind};

use super::{recovery, second_factor};
use crate::Office;
use crate::caller::Caller;
use crate::draw::Secret;
use crate::limits::PASSKEYS_MAX;
use crate::problem::Problem;
use crate::proof::passkey::{self, Ceremony, Key, Party, Passkey, PasskeyError, Told};
use crate::sent::Sender;

/// The most letters of what somebody calls a passkey.
const LABEL_LETTERS_MAX: usize = 60;
/// How long a browser waits for somebody, milliseconds.
const PATIENCE: u32 = 5 * 60 * 1000;

/// What a browser sends of a passkey that was made: base64url, as browsers write it.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) label: String,
    pub(crate) client_data: String,
    pub(crate) authenticator_data: String,
}

/// What a browser sends of a passkey that was shown: base64url.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) client_data: String,
    pub(crate) authenticator_data: String,
    pub(crate) signature: String,
}

fn party(office: &Office) -> Result<&Party, Problem> {
    office.parts().passkeys.as_ref().ok_or_else(|| {
        Problem::refused("passkeys are not set up here: the system's `origin` must be https://NAME")
    })
}

/// The question of a ceremony in the session of this token.
fn question(token_hash: &str, ceremony: Ceremony) -> [u8; 32] {
    Sha256::digest(format!("passkey {ceremony:?} {token_hash}")).into()
}

fn asked(caller: &Caller, ceremony: Ceremony) -> Result<String, Problem> {
    let hash = caller.token_hash.as_deref();
    let hash = hash.ok_or_else(|| Problem::refused("a token has no passkeys; sign in with a browser"))?;
    Ok(URL_SAFE_NO_PAD.encode(question(hash, ceremony)))
}

fn read(text: &str) -> Result<Vec<u8>, PasskeyError> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| PasskeyError::Unreadable)
}

/// The caller's passkeys, oldest first.
///
/// # Errors
/// It is not their own account; the database fails.
pub(crate) async fn own(office: &Office, caller: &Caller) -> Result<Vec<Credential>, Problem> {
    caller.may_to_own_account()?;
    let proofs = office.store().credentials(caller.actor.user).await?;
    Ok(proofs.into_iter().filter(|proof| proof.kind == CredentialKind::Passkey).collect())
}

/// Those that are told to a browser by their ids.
fn known(passkeys: &[Credential]) -> Vec<Value> {
    let read = passkeys.iter().filter_map(|kept| Passkey::read(&kept.secret));
    read.map(|passkey| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(&passkey.id) })).collect()
}

/// What a browser is told to make a passkey with (`PublicKeyCredentialCreationOptionsJSON`).
///
/// # Errors
/// Passkeys are not set up; the database fails.
pub(crate) async fn to_make(office: &Office, caller: &Caller) -> Result<Value, Problem> {
    let (party, passkeys) = (party(office)?, own(office, caller).await?);
    let account = office.store().account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let kinds: Vec<Value> =
        Key::ALGORITHMS.iter().map(|number| json!({ "type": "public-key", "alg": number })).collect();
    Ok(json!({
        "rp": { "id": party.id(), "name": "Countrygate" },
        "user": {
            "id": URL_SAFE_NO_PAD.encode(account.id.0), "name": account.login, "displayName": account.name,
        },
        "challenge": asked(caller, Ceremony::Make)?,
        "pubKeyCredParams": kinds,
        "timeout": PATIENCE,
        "excludeCredentials": known(&passkeys),
        "authenticatorSelection": { "residentKey": "discouraged", "userVerification": "preferred" },
        "attestation": "none",
    }))
}

/// What a browser is told to show a passkey with (`PublicKeyCredentialRequestOptionsJSON`); `None` where the caller has
/// none.
///
/// # Errors
/// Passkeys are not set up; the database fails.
pub(crate) async fn to_show(office: &Office, caller: &Caller) -> Result<Option<Value>, Problem> {
    let (party, passkeys) = (party(office)?, own(office, caller).await?);
    if passkeys.is_empty() {
        return Ok(None);
    }
    Ok(Some(json!({
        "challenge": asked(caller, Ceremony::Show)?,
        "timeout": PATIENCE,
        "rpId": party.id(),
        "allowCredentials": known(&passkeys),
        "userVerification": "preferred",
    })))
}

/// A passkey that was made.
pub(crate) struct Added {
    /// As it is kept.
    pub(crate) credential: Credential,
    /// Codes that come with the first second factor, told this once; none with another.
    pub(crate) recovery_codes: Vec<String>,
}

/// Keeps a passkey that was made. With a second factor there, that one is shown first.
///
/// # Errors
/// It is not taken; there are too many, or one like it; the database fails.
pub(crate) async fn add(office: &Office, caller: &Caller, sent: &Made) -> Result<Added, Problem> {
    caller.may_to_own_account()?;
    let label = sent.label.trim();
    if label.is_empty() || label.chars().count() > LABEL_LETTERS_MAX {
        return Err(Problem::refused(format!(
            "say in 1 to {LABEL_LETTERS_MAX} letters what the passkey is on, so that it is known when it is lost"
        )));
    }
    let (passkey, counter) = taken(office, caller, sent).map_err(|error| Problem::refused_by(&error))?;
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let proofs = office.store().credentials(account.id).await?;
    if proofs.iter().any(|proof| proof.kind.is_second_factor()) {
        caller.has_shown_second_factor()?;
    }
    let own: Vec<&Credential> = proofs.iter().filter(|proof| proof.kind == CredentialKind::Passkey).collect();
    if own.len() >= PASSKEYS_MAX {
        let detail = format!("there are {PASSKEYS_MAX} passkeys already; take one away first");
        return Err(Problem::refused(detail));
    }
    if own.iter().any(|kept| Passkey::read(&kept.secret).is_some_and(|other| other.id == passkey.id)) {
        return Err(Problem::refused("this passkey is kept already"));
    }
    let credential = Credential {
        id: CredentialId(office.draw_id()),
        account: account.id,
        kind: CredentialKind::Passkey,
        label: label.to_owned(),
        secret: passkey.written(),
        counter: u64::from(counter),
        made: office.now(),
        used: None,
    };
    work.put_credential(&credential);
    let recovery_codes = recovery::given_first(office, account.id, &proofs).map(|given| {
        work.put_credential(&given.credential);
        given.codes
    });
    let subject = Subject::new(SubjectKind::Account, account.id, account.version);
    let after = json!({ "passkey": credential.id.to_string(), "label": label });
    work.save(done(office, caller, subject, (None, Some(after))), office.now(), Vec::new()).await?;
    Ok(Added { credential, recovery_codes: recovery_codes.unwrap_or_default() })
}

fn taken(office: &Office, caller: &Caller, sent: &Made) -> Result<(Passkey, u32), PasskeyError> {
    let party = office.parts().passkeys.as_ref().ok_or(PasskeyError::OtherParty)?;
    let question = question(caller.borne_hash.as_deref().unwrap_or_default(), Ceremony::Make);
    let (client_data, authenticator_data) = (read(&sent.client_data)?, read(&sent.authenticator_data)?);
    let told = Told { client_data: &client_data, authenticator_data: &authenticator_data };
    passkey::made(party, &question, told)
}

/// Takes one of the caller's passkeys away, but never their last second factor.
///
/// # Errors
/// There is none of this id; it is the last second factor; the second factor was not shown; the database fails.
pub(crate) async fn remove(office: &Office, caller: &Caller, id: CredentialId) -> Result<(), Problem> {
    caller.may_to_own_account()?;
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let proofs = office.store().credentials(account.id).await?;
    let kept = proofs.iter().find(|proof| proof.id == id && proof.kind == CredentialKind::Passkey);
    let kept = kept.ok_or_else(Problem::not_found)?;
    caller.has_shown_second_factor()?;
    if proofs.iter().filter(|proof| proof.kind.is_second_factor()).count() < 2 {
        return Err(Problem::refused(
            "this is the only second factor; set up another one before it is taken away",
        ));
    }
    work.remove_credential(kept);
    let subject = Subject::new(SubjectKind::Account, account.id, account.version);
    let before = json!({ "passkey": kept.id.to_string(), "label": kept.label });
    Ok(work.save(done(office, caller, subject, (Some(before), None)), office.now(), Vec::new()).await?)
}

/// Shows a passkey; the token under which the session goes on.
///
/// # Errors
/// It is not taken; there were too many tries; the session was ended meanwhile; the database fails.
pub(crate) async fn show(
    office: &Office,
    caller: &Caller,
    sent: &Shown,
    sender: &Sender,
) -> Result<Secret, Problem> {
    let passkeys = own(office, caller).await?;
    second_factor::try_one(office, caller, sender, async |now| {
        let (kept, counter) = match held(office, caller, &passkeys, sent) {
            Ok(held) => held,
            Err((kept, PasskeyError::Copied)) => {
                note_copy(office, caller, kept).await?;
                return Ok(Err(Problem::not_proved(&PasskeyError::Copied)));
            }
            Err((_, error)) => return Ok(Err(Problem::not_proved(&error))),
        };
        let is_noted = noted(office, kept, counter, now).await?;
        Ok(if is_noted { Ok(()) } else { Err(Problem::wrong_proof()) })
    })
    .await
}

/// Notes that a passkey was shown; `false` where another request has shown the same.
async fn noted(office: &Office, kept: &Credential, counter: u32, now: Instant) -> Result<bool, Problem> {
    let store = office.store();
    Ok(match counter {
        // It does not count, and each question is answered once.
        0 => store.use_secret(kept.id, &kept.secret, &kept.secret, now).await?,
        counter => store.use_counter(kept.id, u64::from(counter), now).await?,
    })
}

/// The passkey that was shown and its counter, or why it is not taken.
fn held<'p>(
    office: &Office,
    caller: &Caller,
    passkeys: &'p [Credential],
    sent: &Shown,
) -> Result<(&'p Credential, u32), (Option<&'p Credential>, PasskeyError)> {
    let unknown = |error| (None, error);
    let party = office.parts().passkeys.as_ref().ok_or(unknown(PasskeyError::OtherParty))?;
    let id = read(&sent.id).map_err(unknown)?;
    let known = passkeys.iter().filter_map(|kept| Passkey::read(&kept.secret).map(|read| (kept, read)));
    let (kept, passkey) =
        { known }.find(|(_, known)| known.id == id).ok_or(unknown(PasskeyError::OtherParty))?;
    let question = question(caller.borne_hash.as_deref().unwrap_or_default(), Ceremony::Show);
    let client_data = read(&sent.client_data).map_err(unknown)?;
    let authenticator_data = read(&sent.authenticator_data).map_err(unknown)?;
    let signature = read(&sent.signature).map_err(unknown)?;
    let told = Told { client_data: &client_data, authenticator_data: &authenticator_data };
    let counter = passkey::shown(party, &question, (&passkey, kept.counter), told, &signature);
    counter.map(|counter| (kept, counter)).map_err(|error| (Some(kept), error))
}

/// Has the history tell that there may be a copy of a passkey.
async fn note_copy(office: &Office, caller: &Caller, kept: Option<&Credential>) -> Result<(), Problem> {
    tracing::warn!("a passkey counts backwards, as a copy of it would");
    let mut work = office.store().work().await?;
    let account = work.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let subject = Subject::new(SubjectKind::Account, account.id, account.version);
    let after = json!({ "passkey": kept.map(|kept| kept.id.to_string()), "refused": "it counts backwards" });
    Ok(work.save(done(office, caller, subject, (None, Some(after))), office.now(), Vec::new()).await?)
}

fn done(
    office: &Office,
    caller: &Caller,
    subject: Subject,
    (before, after): (Option<Value>, Option<Value>),
) -> Done {
    let id = EventId(office.draw_id());
    let deed = Deed::KeepOwnSecondFactor;
    Done { id, by: caller.by(), deed, subject, before, after, edition: None }
}
