//! What an authenticator says (Web Authentication Level 2, §6.1).

use super::Key;

/// Bits of the flags.
const USER_PRESENT: u8 = 1;
const ATTESTED: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;
/// Bytes of the hash of the party's id, of the kind of authenticator, and of lengths and counters.
const HASH_BYTES: usize = 32;
const KIND_BYTES: usize = 16;

/// What an authenticator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatorData<'d> {
    /// The SHA-256 of the id of whom the key is for.
    pub party_hash: &'d [u8],
    /// Whether somebody touched it.
    pub somebody_is_there: bool,
    /// How often it signed; zero where it does not count.
    pub counter: u32,
    /// The key that it made.
    pub attested: Option<Attested<'d>>,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested<'d> {
    /// By what its authenticator knows it.
    pub id: &'d [u8],
    /// The key; `None` for one of another algorithm.
    pub key: Option<Key>,
}

impl<'d> AuthenticatorData<'d> {
    /// Reads it; `None` where it is cut, or has more than it says.
    pub fn read(bytes: &'d [u8]) -> Option<AuthenticatorData<'d>> {
        let (party_hash, rest) = bytes.split_at_checked(HASH_BYTES)?;
        let (&flags, rest) = rest.split_first()?;
        let (counter, rest) = rest.split_first_chunk::<4>()?;
        let has = |bit: u8| flags & bit != 0;
        let (attested, rest) = match has(ATTESTED) {
            true => Attested::read(rest, has(EXTENSIONS)).map(|(attested, rest)| (Some(attested), rest))?,
            false => (None, rest),
        };
        // What extensions say is not asked for, and not read.
        let is_whole = rest.is_empty() || has(EXTENSIONS);
        is_whole.then_some(AuthenticatorData {
            party_hash,
            somebody_is_there: has(USER_PRESENT),
            counter: u32::from_be_bytes(*counter),
            attested,
        })
    }
}

impl<'d> Attested<'d> {
    fn read(bytes: &'d [u8], has_more: bool) -> Option<(Attested<'d>, &'d [u8])> {
        let (_, rest) = bytes.split_at_checked(KIND_BYTES)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (id, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        match Key::first_of(rest) {
            Some((key, rest)) => {
                (rest.is_empty() || has_more).then_some((Attested { id, key: Some(key) }, rest))
            }
            // Where a key of another algorithm ends is not known.
            None => (!rest.is_empty()).then_some((Attested { id, key: None }, &[])),
        }
    }
}
