//! What browsers and issuers send to prove who somebody is: passkeys and ID tokens.

use access::Instant;
use web::proof::id_token::{Claims, Expected};
use web::proof::passkey::{self, AuthenticatorData, Party, Passkey, Told};

use crate::parts;

/// A question that no input knows.
const QUESTION: [u8; 32] = [0xA5; 32];

/// What an authenticator says is read or not, whatever it is; a key that is read is kept as it was; nothing is taken
/// that answers another question, or that the issuer did not write for this sign-on.
pub fn proofs(bytes: &[u8]) {
    if let Some(data) = AuthenticatorData::read(bytes)
        && let Some(attested) = data.attested
        && let Some(key) = attested.key
    {
        let passkey = Passkey { id: attested.id.to_vec(), key };
        assert_eq!(Passkey::read(&passkey.written()), Some(passkey), "kept as it was");
    }
    let (client, data) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len()));
    if let Ok(party) = Party::of("https://office.example") {
        let told = Told { client_data: client, authenticator_data: data.get(1..).unwrap_or_default() };
        assert!(passkey::made(&party, &QUESTION, told).is_err(), "nobody knows the question");
    }
    let text = parts::text(bytes);
    if let Some(passkey) = Passkey::read(&text) {
        assert_eq!(passkey.written(), text, "one text for each passkey");
    }
    let expected = Expected { issuer: "https://id.example", client: "office", nonce: "\0", now: Instant(1) };
    assert!(Claims::read(&text, expected).is_err(), "nobody knows what was sent along");
}
