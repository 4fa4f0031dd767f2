//! The keys of passkeys: the three kinds that authenticators have.
//!
//! A key comes as CBOR in its one canonical form (Web Authentication Level 2 §6.5.1.1 asks for that of CTAP2 §6; COSE, RFC
//! 9053 and RFC 8230), so that it is known by the bytes around its numbers, and no reader of CBOR is needed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Kind 2 (EC2), algorithm -7 (ES256), curve 1 (P-256), then the two coordinates.
const ES256: [u8; 10] = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
const ES256_SECOND: [u8; 3] = [0x22, 0x58, 32];
/// Kind 1 (OKP), algorithm -8 (EdDSA), curve 6 (Ed25519), then the point.
const ED25519_HEAD: [u8; 10] = [0xA4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32];
/// Kind 3 (RSA), algorithm -257 (RS256), then the modulus with two bytes of length.
const RS256: [u8; 9] = [0xA4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59];
/// The exponent 65537, which all have.
const RS256_EXPONENT: [u8; 5] = [0x21, 0x43, 1, 0, 1];
/// Bytes of a modulus: 2048 to 4096 bits.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// What a signature is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// ECDSA on P-256 with SHA-256: the two coordinates.
    Es256([u8; 64]),
    /// Ed25519: the point.
    Ed25519([u8; 32]),
    /// RSA with SHA-256: the modulus; the exponent is 65537.
    Rs256(Vec<u8>),
}

impl Key {
    /// The numbers of COSE of the algorithms, best first.
    pub const ALGORITHMS: [i32; 3] = [-7, -8, -257];

    /// The key at the beginning of `bytes`, and what follows it; `None` for one of another kind.
    pub(super) fn first_of(bytes: &[u8]) -> Option<(Key, &[u8])> {
        if let Some(rest) = bytes.strip_prefix(&ES256) {
            let (first, rest) = rest.split_first_chunk::<32>()?;
            let (second, rest) = rest.strip_prefix(&ES256_SECOND)?.split_first_chunk::<32>()?;
            let mut both = [0; 64];
            both[..32].copy_from_slice(first);
            both[32..].copy_from_slice(second);
            Some((Key::Es256(both), rest))
        } else if let Some(rest) = bytes.strip_prefix(&ED25519_HEAD) {
            let (point, rest) = rest.split_first_chunk::<32>()?;
            Some((Key::Ed25519(*point), rest))
        } else {
            let (length, rest) = bytes.strip_prefix(&RS256)?.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (modulus, rest) = rest.split_at_checked(length)?;
            let rest = rest.strip_prefix(&RS256_EXPONENT)?;
            MODULUS_BYTES.contains(&length).then(|| (Key::Rs256(modulus.to_vec()), rest))
        }
    }

    /// Whether it signed `message`.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Key::Es256(both) => {
                let mut point = vec![4];
                point.extend_from_slice(both);
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature).is_ok()
            }
            Key::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature).is_ok(),
            Key::Rs256(modulus) => RsaPublicKeyComponents { n: modulus.as_slice(), e: &[1, 0, 1] }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
        }
    }

    /// As it is kept: its algorithm and its numbers.
    pub(super) fn written(&self) -> String {
        let (word, numbers) = match self {
            Key::Es256(both) => ("es256", &both[..]),
            Key::Ed25519(point) => ("ed25519", &point[..]),
            Key::Rs256(modulus) => ("rs256", modulus.as_slice()),
        };
        format!("{word}:{}", URL_SAFE_NO_PAD.encode(numbers))
    }

    /// As it was kept; `None` for text that is no key.
    pub(super) fn read(text: &str) -> Option<Key> {
        let (word, numbers) = text.split_once(':')?;
        let numbers = URL_SAFE_NO_PAD.decode(numbers).ok()?;
        match word {
            "es256" => numbers.try_into().ok().map(Key::Es256),
            "ed25519" => numbers.try_into().ok().map(Key::Ed25519),
            "rs256" => MODULUS_BYTES.contains(&numbers.len()).then_some(Key::Rs256(numbers)),
            _ => None,
        }
    }
}
