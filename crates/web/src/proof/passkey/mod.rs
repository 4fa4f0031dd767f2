//! Passkeys as a second factor: made, and shown.
//!
//! Source of truth: W3C Web Authentication Level 2, §7.1 (a key is made) and §7.2 (it is shown), as far as nobody attests
//! where a key was made: whoever makes one is signed in, and may make it with what they like. The program never sees a
//! private key; what is kept lets nobody in.

mod authenticator;
mod key;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub use authenticator::{Attested, AuthenticatorData};
pub use key::Key;

/// The most bytes of what a browser or an authenticator says: some hundreds, with extensions some thousands.
pub const BYTES_MAX: usize = 16 * 1024;
/// The most bytes of the id of a passkey (§5.1, step 27 of §7.1 in Level 3).
pub(super) const ID_BYTES_MAX: usize = 1023;

/// For whom passkeys are made: how browsers reach the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    origin: String,
    id: String,
}

/// Why passkeys cannot be made for an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "browsers make passkeys for https://NAME, or for http://localhost; an address that is a number has none"
)]
pub struct PartyError;

impl Party {
    /// The office at an origin: scheme, host and port as browsers write them.
    ///
    /// # Errors
    /// Browsers make no passkeys for it.
    pub fn of(origin: &str) -> Result<Party, PartyError> {
        let url = url::Url::parse(origin).map_err(|_| PartyError)?;
        let Some(url::Host::Domain(name)) = url.host() else { return Err(PartyError) };
        let is_safe = url.scheme() == "https" || (url.scheme() == "http" && name == "localhost");
        if !is_safe {
            return Err(PartyError);
        }
        Ok(Party { origin: url.origin().ascii_serialization(), id: name.to_owned() })
    }

    /// The name under which authenticators keep its keys.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What is done with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// It is made.
    Make,
    /// It is shown.
    Show,
}

/// A key as the office keeps it: what its owner shows is held against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// By what its authenticator knows it.
    pub id: Vec<u8>,
    /// What it signs with, seen from outside.
    pub key: Key,
}

/// What a browser sends of a ceremony.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// What the browser says, JSON.
    pub client_data: &'t [u8],
    /// What the authenticator says.
    pub authenticator_data: &'t [u8],
}

/// Why a key is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// What was sent is not what browsers send.
    #[error("what the browser sent cannot be read")]
    Unreadable,
    /// It was made or shown for another page, or another question.
    #[error("the passkey was asked for by another page, or for another session; load the page again")]
    OtherQuestion,
    /// It is for another office.
    #[error("the passkey was made for another address than this office's")]
    OtherParty,
    /// Nobody touched the authenticator.
    #[error("nobody confirmed with the passkey that they are there")]
    NobodyThere,
    /// It signs by what the office cannot check.
    #[error("the passkey signs in a way that is not known here; use another one")]
    OtherAlgorithm,
    /// It did not sign this.
    #[error("the signature is not that of the passkey")]
    OtherSignature,
    /// It counts backwards: there may be a second one like it.
    #[error("the passkey counts backwards, as a copy of it would; have it taken away")]
    Copied,
}

/// What a browser says (§5.8.1).
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

impl Ceremony {
    const fn kind(self) -> &'static str {
        match self {
            Ceremony::Make => "webauthn.create",
            Ceremony::Show => "webauthn.get",
        }
    }
}

/// The key that was made (§7.1), and its counter.
///
/// # Errors
/// Why it is not taken.
pub fn made(party: &Party, challenge: &[u8], told: Told<'_>) -> Result<(Passkey, u32), PasskeyError> {
    let data = held(party, Ceremony::Make, challenge, told)?;
    let Attested { id, key } = data.attested.ok_or(PasskeyError::Unreadable)?;
    if id.is_empty() || id.len() > ID_BYTES_MAX {
        return Err(PasskeyError::Unreadable);
    }
    Ok((Passkey { id: id.to_vec(), key: key.ok_or(PasskeyError::OtherAlgorithm)? }, data.counter))
}

/// The counter of a key that was shown (§7.2); `counter` is the last that was seen.
///
/// # Errors
/// Why it is not taken.
pub fn shown(
    party: &Party,
    challenge: &[u8],
    (passkey, counter): (&Passkey, u64),
    told: Told<'_>,
    signature: &[u8],
) -> Result<u32, PasskeyError> {
    let data = held(party, Ceremony::Show, challenge, told)?;
    let mut signed = told.authenticator_data.to_vec();
    signed.extend_from_slice(&Sha256::digest(told.client_data));
    if !passkey.key.has_signed(&signed, signature) {
        return Err(PasskeyError::OtherSignature);
    }
    // Step 21: an authenticator that counts at all counts up.
    let counts = counter != 0 || data.counter != 0;
    if counts && u64::from(data.counter) <= counter {
        return Err(PasskeyError::Copied);
    }
    Ok(data.counter)
}

/// What both ceremonies ask: the right question, of this office, with somebody there.
fn held<'t>(
    party: &Party,
    ceremony: Ceremony,
    challenge: &[u8],
    told: Told<'t>,
) -> Result<AuthenticatorData<'t>, PasskeyError> {
    if told.client_data.len().max(told.authenticator_data.len()) > BYTES_MAX {
        return Err(PasskeyError::Unreadable);
    }
    let client: ClientData =
        serde_json::from_slice(told.client_data).map_err(|_| PasskeyError::Unreadable)?;
    if client.kind != ceremony.kind() || client.challenge != URL_SAFE_NO_PAD.encode(challenge) {
        return Err(PasskeyError::OtherQuestion);
    }
    if client.origin != party.origin || client.cross_origin {
        return Err(PasskeyError::OtherParty);
    }
    let data = AuthenticatorData::read(told.authenticator_data).ok_or(PasskeyError::Unreadable)?;
    if *data.party_hash != Sha256::digest(&party.id)[..] {
        return Err(PasskeyError::OtherParty);
    }
    if !data.somebody_is_there {
        return Err(PasskeyError::NobodyThere);
    }
    Ok(data)
}

impl Passkey {
    /// As it is kept: id and key.
    pub fn written(&self) -> String {
        format!("{} {}", URL_SAFE_NO_PAD.encode(&self.id), self.key.written())
    }

    /// As it was kept; `None` for text that is no passkey.
    pub fn read(text: &str) -> Option<Passkey> {
        let (id, key) = text.split_once(' ')?;
        Some(Passkey { id: URL_SAFE_NO_PAD.decode(id).ok()?, key: Key::read(key)? })
    }
}

#[cfg(test)]
mod tests;
