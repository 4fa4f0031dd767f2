//! What is drawn by chance: ids that grow with time, and secrets of which only the hash is kept.

use access::Instant;
use sha2::{Digest, Sha256};

use crate::Office;

/// Bytes of a secret: more than can be tried.
const SECRET_BYTES: usize = 32;

/// A secret as its owner gets it, once. Never printed by the program.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text that its owner shows.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

/// The hash by which a secret is looked for. A secret has more bits than can be guessed, so that a fast hash serves.
pub fn hash_of(secret: &str) -> String {
    hash_of_bytes(secret.as_bytes())
}

/// The SHA-256 of bytes, as hexadecimal digits.
pub(crate) fn hash_of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Office {
    /// The bytes of an id that grows with time (UUID version 7, RFC 9562 §5.7).
    pub fn draw_id(&self) -> [u8; 16] {
        draw_id(self.parts().fill, self.now())
    }

    /// A secret.
    pub fn draw_secret(&self) -> Secret {
        let mut bytes = [0; SECRET_BYTES];
        (self.parts().fill)(&mut bytes);
        Secret(hexadecimal(&bytes))
    }
}

/// The bytes of an id that grows with time, drawn with `fill`.
pub fn draw_id(fill: fn(&mut [u8]), now: Instant) -> [u8; 16] {
    let mut chance = [0; 10];
    fill(&mut chance);
    id_of(now, chance)
}

/// Milliseconds of the instant, then chance, with the marks of version and variant. The clock tells whole seconds, so
/// that ids of one second are in no order.
fn id_of(at: Instant, chance: [u8; 10]) -> [u8; 16] {
    let [_, _, milliseconds @ ..] = at.0.saturating_mul(1000).to_be_bytes();
    let [a, b, c, d, e, f] = milliseconds;
    let [g, h, i, j, k, l, m, n, o, p] = chance;
    [a, b, c, d, e, f, 0x70 | g & 0x0F, h, 0x80 | i & 0x3F, j, k, l, m, n, o, p]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_bears_its_time_version_and_variant() {
        // The worked example of RFC 9562 appendix A.6.
        let chance = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F];
        let id = cites::UserId(id_of(Instant(1_645_557_742), chance)).to_string();
        assert_eq!(id, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    #[test]
    fn ids_of_a_later_second_come_later() {
        assert!(id_of(Instant(1), [0xFF; 10]) < id_of(Instant(2), [0; 10]));
    }
}
