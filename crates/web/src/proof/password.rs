//! Passwords, kept as Argon2id in PHC form.
//!
//! Source: RFC 9106; the parameters are the first that the OWASP password storage cheat sheet names, 19 MiB and two
//! passes, which are the library's own.

use access::Password;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

/// Bytes of the salt.
const SALT_BYTES: usize = 16;
/// Bytes of a password that nobody has.
const DECOY_BYTES: usize = 32;

/// Why a password cannot be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed")]
pub struct HashError(#[source] argon2::password_hash::Error);

/// What is kept of a password; takes tens of milliseconds, so not on a thread that answers requests.
///
/// # Errors
/// The function refuses.
pub fn hash(password: &Password, fill: fn(&mut [u8])) -> Result<String, HashError> {
    let mut salt = [0; SALT_BYTES];
    fill(&mut salt);
    hash_of(password.as_bytes(), &salt)
}

/// The hash of a password that is drawn and told to nobody; takes as long as [`hash`].
///
/// # Errors
/// The function refuses.
pub fn decoy(fill: fn(&mut [u8])) -> Result<String, HashError> {
    let (mut password, mut salt) = ([0; DECOY_BYTES], [0; SALT_BYTES]);
    fill(&mut password);
    fill(&mut salt);
    hash_of(&password, &salt)
}

fn hash_of(password: &[u8], salt: &[u8]) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password_with_salt(password, salt).map_err(HashError)?;
    Ok(hash.to_string())
}

/// Whether `kept` is of `password`; takes as long as [`hash`]. A text that is no hash is of no password.
pub fn is_of(password: &Password, kept: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), kept).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(text: &str) -> Password {
        Password::offered(text).unwrap()
    }

    #[test]
    fn a_hash_is_of_its_password_alone_and_says_how_it_was_made() {
        let kept = hash(&offered("four words are long"), |bytes| bytes.fill(7)).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_of(&offered("four words are long"), &kept));
        for other in ["four words are lonG", "", "four words are long "] {
            assert!(!is_of(&offered(other), &kept), "{other}");
        }
        for broken in ["", "$argon2id$", "four words are long"] {
            assert!(!is_of(&offered("four words are long"), broken), "{broken}");
        }
    }

    #[test]
    fn one_password_typed_on_two_keyboards_is_one() {
        let composed = hash(&offered("h\u{f6}her als der Berg"), |bytes| bytes.fill(1)).unwrap();
        assert!(is_of(&offered("ho\u{308}her als der Berg"), &composed));
    }
}
