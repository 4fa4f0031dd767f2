//! What a password must be: long, and not one that everybody tries first.
//!
//! Source: NIST SP 800-63B (revision 3) §5.1.1.2: length counts, no rules of composition, no change by the calendar, a list of
//! refused ones, one normal form. Hashing is the caller's, and so is the list.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The fewest characters (code points of the normal form). NIST asks for eight; twelve, since not everybody who
/// applies has a second factor.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// The most bytes as written. A sentence has some hundred; more would make the server normalise and hash what
/// nobody types, before it knows who asks.
pub const PASSWORD_BYTES_MAX: usize = 1024;

/// A password in its normal form (NFKC), in which it is hashed and compared. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password is refused. Does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer than [`PASSWORD_CHARACTERS_MIN`].
    #[error(
        "the password has {characters} characters; choose at least {PASSWORD_CHARACTERS_MIN}, such as four words"
    )]
    TooShort {
        /// How many it has.
        characters: usize,
    },
    /// More than [`PASSWORD_BYTES_MAX`].
    #[error("the password has more than {PASSWORD_BYTES_MAX} bytes; choose a shorter one")]
    TooLong,
    /// One character, again and again.
    #[error("the password is one character again and again; choose several words")]
    OneCharacter,
    /// Equal to the name of the account, or to its part before the `@`.
    #[error("the password is the name of the account; choose another")]
    AccountName,
    /// On the list of those that are tried first.
    #[error("the password is on the list of those that are tried first; choose another")]
    Listed,
}

impl Password {
    /// Reads a password that somebody chooses for `account`. `is_listed` is asked with the normal form in small
    /// letters.
    ///
    /// # Errors
    /// When it is too short, too long, or one of those that are guessed first.
    pub fn chosen(
        written: &str,
        account: &str,
        is_listed: impl Fn(&str) -> bool,
    ) -> Result<Password, PasswordRefused> {
        let password = Password::offered(written)?;
        let characters = password.0.chars().count();
        let folded = folded(&password.0);
        if characters < PASSWORD_CHARACTERS_MIN {
            Err(PasswordRefused::TooShort { characters })
        } else if is_one_character(&folded) {
            Err(PasswordRefused::OneCharacter)
        } else if is_name(&folded, account) {
            Err(PasswordRefused::AccountName)
        } else if is_listed(&folded) {
            Err(PasswordRefused::Listed)
        } else {
            Ok(password)
        }
    }

    /// Reads a password that somebody signs in with: what was chosen under other rules still opens.
    ///
    /// # Errors
    /// When it is longer than any password can be.
    pub fn offered(written: &str) -> Result<Password, PasswordRefused> {
        if written.len() > PASSWORD_BYTES_MAX {
            return Err(PasswordRefused::TooLong);
        }
        Ok(Password(written.nfkc().collect()))
    }

    /// What is hashed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}

/// Small letters, without spaces at the ends.
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    characters.all(|character| Some(character) == first)
}

fn is_name(folded_password: &str, account: &str) -> bool {
    let account = folded(&account.nfkc().collect::<String>());
    let local = account.split('@').next().unwrap_or_default();
    folded_password == account || folded_password == local
}
