//! Hashes of what is kept, as text.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of bytes, as hexadecimal digits.
pub(crate) fn hash_of(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
}
