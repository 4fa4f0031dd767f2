//! Passkeys that are taken, and those that are not, by an authenticator of the test.

use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};

use super::*;

const ORIGIN: &str = "https://office.example";
const QUESTION: [u8; 32] = [7; 32];

/// What signs in an authenticator.
enum Signs {
    Es256(EcdsaKeyPair, SystemRandom),
    Ed25519(Ed25519KeyPair),
}

impl Signs {
    fn all() -> [Signs; 2] {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random);
        let document = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        let other = Ed25519KeyPair::from_pkcs8(document.as_ref());
        [Signs::Es256(pair.unwrap(), random), Signs::Ed25519(other.unwrap())]
    }

    /// The key in COSE.
    fn cose(&self) -> Vec<u8> {
        match self {
            Signs::Es256(pair, _) => {
                let point = pair.public_key().as_ref();
                let mut cose = vec![0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
                cose.extend_from_slice(&point[1..33]);
                cose.extend_from_slice(&[0x22, 0x58, 32]);
                cose.extend_from_slice(&point[33..]);
                cose
            }
            Signs::Ed25519(pair) => {
                let mut cose = vec![0xA4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32];
                cose.extend_from_slice(pair.public_key().as_ref());
                cose
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Signs::Es256(pair, random) => pair.sign(random, message).unwrap().as_ref().to_vec(),
            Signs::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

fn client_data(kind: &str, question: &[u8], origin: &str) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(question);
    serde_json::json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false, "more": [] })
        .to_string()
        .into_bytes()
}

fn authenticator_data(party: &str, flags: u8, counter: u32, key: Option<&[u8]>) -> Vec<u8> {
    let mut data = Sha256::digest(party).to_vec();
    data.push(flags);
    data.extend_from_slice(&counter.to_be_bytes());
    if let Some(key) = key {
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&[0, 4, 1, 2, 3, 4]);
        data.extend_from_slice(key);
    }
    data
}

fn party() -> Party {
    Party::of(ORIGIN).unwrap()
}

fn make(client: &[u8], authenticator: &[u8]) -> Result<(Passkey, u32), PasskeyError> {
    made(&party(), &QUESTION, Told { client_data: client, authenticator_data: authenticator })
}

#[test]
fn a_key_that_was_made_is_kept_and_shown() {
    for signs in Signs::all() {
        let client = client_data("webauthn.create", &QUESTION, ORIGIN);
        let data = authenticator_data("office.example", 0x41, 0, Some(&signs.cose()));
        let (passkey, counter) = make(&client, &data).unwrap();
        assert_eq!((passkey.id.as_slice(), counter), (&[1, 2, 3, 4][..], 0));
        assert_eq!(Passkey::read(&passkey.written()), Some(passkey.clone()));
        let client = client_data("webauthn.get", &QUESTION, ORIGIN);
        let data = authenticator_data("office.example", 0x01, 3, None);
        let told = Told { client_data: &client, authenticator_data: &data };
        let signature = signs.sign(&[&data[..], &Sha256::digest(&client)[..]].concat());
        let show =
            |counter, signature: &[u8]| shown(&party(), &QUESTION, (&passkey, counter), told, signature);
        assert_eq!(show(0, &signature), Ok(3));
        assert_eq!(show(2, &signature), Ok(3));
        assert_eq!(show(3, &signature), Err(PasskeyError::Copied));
        assert_eq!(show(9, &signature), Err(PasskeyError::Copied));
        for other in [&signature[..signature.len() - 1], b"", &signs.sign(b"something else")] {
            assert_eq!(show(0, other), Err(PasskeyError::OtherSignature));
        }
    }
}

#[test]
fn what_was_asked_for_elsewhere_is_not_taken() {
    let [signs, _] = Signs::all();
    let key = signs.cose();
    let sound = client_data("webauthn.create", &QUESTION, ORIGIN);
    let data = |party, flags| authenticator_data(party, flags, 0, Some(&key));
    let sound_data = data("office.example", 0x41);
    let framed =
        String::from_utf8(sound.clone()).unwrap().replace("\"crossOrigin\":false", "\"crossOrigin\":true");
    for (client, authenticator, expected) in [
        (client_data("webauthn.get", &QUESTION, ORIGIN), sound_data.clone(), PasskeyError::OtherQuestion),
        (client_data("webauthn.create", &[8; 32], ORIGIN), sound_data.clone(), PasskeyError::OtherQuestion),
        (
            client_data("webauthn.create", &QUESTION, "https://office.example.org"),
            sound_data.clone(),
            PasskeyError::OtherParty,
        ),
        (
            client_data("webauthn.create", &QUESTION, "http://office.example"),
            sound_data.clone(),
            PasskeyError::OtherParty,
        ),
        (framed.into_bytes(), sound_data.clone(), PasskeyError::OtherParty),
        (sound.clone(), data("example", 0x41), PasskeyError::OtherParty),
        (sound.clone(), data("office.example", 0x40), PasskeyError::NobodyThere),
        (sound.clone(), authenticator_data("office.example", 1, 0, None), PasskeyError::Unreadable),
        (sound.clone(), sound_data[..sound_data.len() - 1].to_vec(), PasskeyError::OtherAlgorithm),
        (sound.clone(), [&sound_data[..], &[0]].concat(), PasskeyError::Unreadable),
        (b"{}".to_vec(), sound_data.clone(), PasskeyError::Unreadable),
        (sound.clone(), Vec::new(), PasskeyError::Unreadable),
    ] {
        assert_eq!(
            make(&client, &authenticator).err(),
            Some(expected),
            "{}",
            String::from_utf8_lossy(&client)
        );
    }
    // What extensions say stands behind the key, and is not read.
    assert!(make(&sound, &[&data("office.example", 0xC1)[..], &[0xA0]].concat()).is_ok());
    let other = authenticator_data("office.example", 0x41, 0, Some(&[0xA4, 1, 2]));
    assert_eq!(make(&sound, &other).err(), Some(PasskeyError::OtherAlgorithm));
}

#[test]
fn passkeys_are_made_for_names_by_tls() {
    for (origin, id) in [
        ("https://office.example", Some("office.example")),
        ("https://office.example:8443/", Some("office.example")),
        ("http://localhost:8080", Some("localhost")),
        ("http://office.example", None),
        ("https://127.0.0.1", None),
        ("https://[::1]", None),
        ("office.example", None),
    ] {
        assert_eq!(Party::of(origin).ok().as_ref().map(Party::id), id, "{origin}");
    }
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let told = Told { client_data: &bytes, authenticator_data: &bytes };
        prop_assert!(made(&party(), &QUESTION, told).is_err());
        AuthenticatorData::read(&bytes);
    }

    #[test]
    fn a_key_that_is_read_is_written_as_it_was(numbers: [u8; 32], rest: [u8; 32], modulus in prop::collection::vec(any::<u8>(), 256..=512)) {
        let mut both = [0; 64];
        both[..32].copy_from_slice(&numbers);
        both[32..].copy_from_slice(&rest);
        for key in [Key::Es256(both), Key::Ed25519(numbers), Key::Rs256(modulus)] {
            prop_assert_eq!(Key::read(&key.written()), Some(key));
        }
    }

    #[test]
    fn no_text_is_read_as_a_passkey_that_is_none(text in ".{0,80}") {
        if let Some(passkey) = Passkey::read(&text) {
            prop_assert_eq!(passkey.written(), text);
        }
    }
}
