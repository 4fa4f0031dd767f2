//! What goes into a statement: text, whole numbers and bytes, each of which may be missing.
//!
//! A missing value keeps its type, since PostgreSQL must know it. Instants, days, ids and codes are text, a truth
//! is 0 or 1, a quantity is millionths.

use access::Instant;
use cites::{
    AgencyId, ApplicationId, AttachmentId, CredentialId, Day, EditionId, EstablishmentId, EventId,
    ForeignPaperId, InvitationId, OperatorId, PermitId, QuotaId, SessionId, TokenId, UserId, WebhookId,
};

/// A value of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

/// The values of a statement, in the order of `$1`, `$2`, …
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::executor::Value::from($value)),*]
    };
}
pub(crate) use values;

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Some(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(Some(text.clone()))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Value {
        Value::Text(text)
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Value {
        Value::Text(text.clone())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Value {
        Value::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Value {
        Value::Int(number)
    }
}

impl From<u64> for Value {
    /// Numbers above the largest of the databases are kept as that; nothing of an office reaches it.
    fn from(number: u64) -> Value {
        Value::Int(Some(i64::try_from(number).unwrap_or(i64::MAX)))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Int(Some(i64::from(number)))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Int(Some(i64::from(truth)))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Value {
        Value::Bytes(bytes)
    }
}

macro_rules! as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Value {
                Value::Text(Some(value.to_string()))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Value {
                Value::Text(value.map(|value| value.to_string()))
            }
        }
    )+};
}

as_text!(
    AgencyId,
    ApplicationId,
    AttachmentId,
    CredentialId,
    Day,
    EditionId,
    EstablishmentId,
    EventId,
    ForeignPaperId,
    Instant,
    InvitationId,
    OperatorId,
    PermitId,
    QuotaId,
    SessionId,
    TokenId,
    UserId,
    WebhookId,
);
