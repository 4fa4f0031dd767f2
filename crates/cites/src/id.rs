//! Ids that several crates speak of, so that none has to know the crate that made them.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

macro_rules! numbered {
    ($($(#[$meta:meta])* $name:ident($number:ty);)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $number);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

numbered! {
    /// A taxon of the species tables.
    TaxonId(u32);
    /// An entry of the Appendices: one taxon, one Appendix, one stretch of time.
    EntryId(u32);
    /// A rule of a law book, by its place in that edition.
    RuleId(u16);
}

/// An edition of a law book: the SHA-256 of its text. Printed and read as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub [u8; 32]);

/// Why text is not an [`EditionId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an edition; copy its 64 hexadecimal digits in lower case")]
pub struct EditionIdError {
    /// The text as written.
    pub written: String,
}

impl FromStr for EditionId {
    type Err = EditionIdError;

    fn from_str(text: &str) -> Result<EditionId, EditionIdError> {
        hash_of(text).map(EditionId).ok_or_else(|| EditionIdError { written: text.to_owned() })
    }
}

/// The bytes of 64 hexadecimal digits in lower case.
fn hash_of(text: &str) -> Option<[u8; 32]> {
    bytes_of(text)?.try_into().ok()
}

/// The bytes of pairs of hexadecimal digits in lower case.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(EditionId);

/// Digits of the five groups of an id as it is written.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// The bytes of five groups of hexadecimal digits in lower case.
fn uuid_of(text: &str) -> Option<[u8; 16]> {
    let groups: Vec<&str> = text.split('-').collect();
    if !groups.iter().map(|group| group.len()).eq(GROUPS) {
        return None;
    }
    bytes_of(&groups.concat())?.try_into().ok()
}

fn write_uuid(bytes: &[u8; 16], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().enumerate().try_for_each(|(place, byte)| {
        let dash = if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" };
        write!(f, "{dash}{byte:02x}")
    })
}

macro_rules! drawn {
    ($($(#[$meta:meta])* $name:ident, $error:ident, $what:literal;)+) => {$(
        $(#[$meta])*
        ///
        /// Sixteen bytes that whoever makes the record draws; written in the form of a UUID (RFC 9562 §4) in
        /// lower case, and read in no other form, so that one id has one text.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        #[doc = concat!("Why text is not a [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error(
            "`{written}` is not the id of {}; copy its 32 hexadecimal digits in lower case with their four hyphens",
            $what
        )]
        pub struct $error {
            /// The text as written.
            pub written: String,
        }

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<$name, $error> {
                uuid_of(text).map($name).ok_or_else(|| $error { written: text.to_owned() })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_uuid(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        serde_as_text!($name);
    )+};
}

drawn! {
    /// A person who signs in, whatever they are called.
    UserId, UserIdError, "a user";
    /// An agency: the Management Authority or one of its offices, a department, a port, a partner.
    AgencyId, AgencyIdError, "an agency";
    /// An operator: who applies for permits and holds them, a person or a firm.
    OperatorId, OperatorIdError, "an operator";
    /// An application for a permit or certificate.
    ApplicationId, ApplicationIdError, "an application";
    /// A file that was handed in with an application.
    AttachmentId, AttachmentIdError, "an attached file";
    /// A permit or certificate of the office, whatever its number is.
    PermitId, PermitIdError, "a permit";
    /// An annual quota of the ledger.
    QuotaId, QuotaIdError, "a quota";
    /// A deed that was done, in the history.
    EventId, EventIdError, "an event";
    /// A breeding operation, nursery or scientific institution in its register.
    EstablishmentId, EstablishmentIdError, "an establishment";
    /// A paper of another country that was seen.
    ForeignPaperId, ForeignPaperIdError, "a foreign paper";
    /// An address that is called when something happens.
    WebhookId, WebhookIdError, "a webhook";
    /// A password, a one-time code or a passkey of an account.
    CredentialId, CredentialIdError, "a credential";
    /// A link that lets somebody in once.
    InvitationId, InvitationIdError, "an invitation";
    /// A time for which somebody is signed in.
    SessionId, SessionIdError, "a session";
    /// A token by which a program acts for a person.
    TokenId, TokenIdError, "a token";
}
