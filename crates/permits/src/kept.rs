//! The form in which an office's database keeps a state: its fields by name, and nothing that its deeds could not
//! have led to.
//!
//! Source of truth: the states themselves. What is read back is checked, so that a row that was changed by hand is
//! told instead of believed. A field that is added is given a value for the rows before it.

/// Why what was kept is no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Impossible(pub(crate) &'static str);

/// Refuses with `why` unless `holds`.
pub(crate) const fn must(holds: bool, why: &'static str) -> Result<(), Impossible> {
    if holds { Ok(()) } else { Err(Impossible(why)) }
}

/// Writes types that derive `Serialize` and `Deserialize` with `remote = "Self"` by that, and reads them so too,
/// followed by their `check`.
macro_rules! kept {
    ($($type:ty),+ $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$type>::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = <$type>::deserialize(deserializer)?;
                read.check().map_err(serde::de::Error::custom)?;
                Ok(read)
            }
        }
    )+};
}
pub(crate) use kept;
