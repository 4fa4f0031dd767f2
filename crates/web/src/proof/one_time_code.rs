//! One-time codes that grow out of a shared secret and the time.
//!
//! Source: RFC 6238 over RFC 4226, with what programs for phones take without being asked: SHA-1, six digits, thirty
//! seconds. A code of the step before or after is taken too, since clocks differ; each step is taken once, which
//! the caller sees to with the step that is returned.

use access::Instant;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Bytes of the secret: as many as the hash has (RFC 4226 §4).
pub const SECRET_BYTES: usize = 20;
/// Seconds of a step.
pub const STEP_SECONDS: u64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;
const MODULUS: u32 = 1_000_000;

/// The step whose code `written` is, within one of now; `None` where it is of none. Spaces within are nothing.
pub fn step_of(secret: &[u8], written: &str, now: Instant) -> Option<u64> {
    let digits: String = written.chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_code = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit());
    let (code, step) = (digits.parse::<u32>().ok().filter(|_| is_code)?, now.0 / STEP_SECONDS);
    [step.checked_sub(1), Some(step), step.checked_add(1)]
        .into_iter()
        .flatten()
        .find(|step| code_at(secret, *step) == Some(code))
}

/// The code that a program shows now, for who has none at hand: what is shown proves nothing.
pub fn code_of(secret: &[u8], now: Instant) -> Option<String> {
    code_at(secret, now.0 / STEP_SECONDS).map(|code| format!("{code:0DIGITS$}"))
}

/// The code of a step (RFC 4226 §5.3).
fn code_at(secret: &[u8], step: u64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash.last()? & 0x0F);
    let four: [u8; 4] = hash.get(at..at + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7FFF_FFFF) % MODULUS)
}

/// The signs of base 32 (RFC 4648 §6).
const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The secret as programs for phones read it: base 32 without filling.
pub fn written(secret: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in secret {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.extend(sign(held >> bits));
        }
    }
    if bits > 0 {
        text.extend(sign(held << (5 - bits)));
    }
    text
}

fn sign(five: u32) -> Option<char> {
    SIGNS.get(five as usize & 0x1F).map(|sign| char::from(*sign))
}

/// The secret of a text that [`written`] made; `None` for any other.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for sign in text.bytes() {
        let five = SIGNS.iter().position(|known| *known == sign)?;
        held = held << 5 | five as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    (written(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238 appendix B, SHA-1, the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(SECRET, code, Instant(second)), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_good_for_one_step_before_and_after() {
        let step = |seconds| step_of(SECRET, "081 804", Instant(seconds));
        let own = 1_111_111_109 / 30;
        assert_eq!(step(1_111_111_109 + 30), Some(own));
        assert_eq!(step(1_111_111_109 - 30), Some(own));
        assert_eq!(step(1_111_111_109 + 60), None);
        assert_eq!(step(1_111_111_109 - 60), None);
    }

    #[test]
    fn what_is_no_code_is_of_no_step() {
        for text in ["", "81804", "0081804", "08180a", "-81804", "+81804", "٠٨١٨٠٤"] {
            assert_eq!(step_of(SECRET, text, Instant(1_111_111_109)), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_secret_written_is_read_as_itself(secret in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(read(&written(&secret)), Some(secret));
        }
    }
}
