//! Recovery codes: each opens an account once for whoever has lost their second factor.
//!
//! Source: NIST SP 800-63B (revision 3) on look-up secrets: they are drawn by chance, kept as hashes, and each is
//! taken once. Eighty bits are more than can be tried, so that a fast hash serves. How often somebody may try, and
//! when codes are made anew, is the caller's.

use super::one_time_code;
use crate::draw;

/// How many are made at once.
pub const CODES: usize = 10;
/// Bytes drawn for a code: sixteen signs without a rest.
const CODE_BYTES: usize = 10;
/// Signs between two hyphens.
const GROUP: usize = 4;
/// Signs of a code without its hyphens.
const SIGNS: usize = 16;

/// Codes that were made just now.
pub struct Made {
    /// The codes as their owner gets them, once.
    pub codes: Vec<String>,
    /// What is kept of them.
    pub kept: String,
}

/// Makes codes.
pub fn made(fill: fn(&mut [u8])) -> Made {
    let codes: Vec<String> = (0..CODES).map(|_| drawn(fill)).collect();
    let hashes: Vec<String> = codes.iter().filter_map(|code| hash_of(code)).collect();
    Made { codes, kept: hashes.join(" ") }
}

fn drawn(fill: fn(&mut [u8])) -> String {
    let mut bytes = [0; CODE_BYTES];
    fill(&mut bytes);
    let mut code = String::new();
    for (at, sign) in one_time_code::written(&bytes).chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(sign);
    }
    code
}

/// What is kept once the code `written` is used; `None` where it is none of `kept`. Case, spaces and hyphens are
/// nothing.
pub fn without(kept: &str, written: &str) -> Option<String> {
    let used = hash_of(written)?;
    let rest: Vec<&str> = kept.split_whitespace().filter(|hash| *hash != used).collect();
    (rest.len() < left(kept)).then(|| rest.join(" "))
}

/// How many codes are left of `kept`.
pub fn left(kept: &str) -> usize {
    kept.split_whitespace().count()
}

/// The hash of a code; `None` for what is no code.
fn hash_of(written: &str) -> Option<String> {
    let signs = written.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    let signs: String = signs.map(|sign| sign.to_ascii_uppercase()).collect();
    let is_code = signs.len() == SIGNS && one_time_code::read(&signs).is_some();
    is_code.then(|| draw::hash_of(&signs))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    fn fill(bytes: &mut [u8]) {
        static DRAWN: AtomicU8 = AtomicU8::new(0);
        bytes.fill(DRAWN.fetch_add(1, Ordering::Relaxed));
    }

    #[test]
    fn each_code_is_taken_once_however_it_is_typed() {
        let Made { codes, kept } = made(fill);
        assert_eq!((codes.len(), left(&kept)), (CODES, CODES));
        let first = codes.first().unwrap();
        assert_eq!(first.len(), SIGNS + SIGNS / GROUP - 1, "{first}");
        let typed = format!(" {} ", first.to_lowercase().replace('-', " "));
        let rest = without(&kept, &typed).unwrap();
        assert_eq!(left(&rest), CODES - 1);
        assert_eq!(without(&rest, first), None);
        let last = codes.last().unwrap();
        assert_eq!(left(&without(&rest, last).unwrap()), CODES - 2);
    }

    #[test]
    fn what_is_kept_shows_no_code_and_opens_nothing() {
        let Made { codes, kept } = made(fill);
        for code in &codes {
            assert!(!kept.contains(code.as_str()), "{code}");
        }
        for hash in kept.split_whitespace() {
            assert_eq!(without(&kept, hash), None);
        }
    }

    #[test]
    fn what_is_no_code_is_none_of_them() {
        let Made { codes, kept } = made(fill);
        let first = codes.first().unwrap();
        for text in ["", "-", "000000", "AAAA-AAAA-AAAA", "0000-0000-0000-0000", &format!("{first}A")] {
            assert_eq!(without(&kept, text), None, "{text}");
        }
        assert_eq!(without("", first), None);
    }
}
