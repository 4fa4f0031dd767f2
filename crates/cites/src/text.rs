//! What all codes share: they are written and read as their text.

/// Lets serde write and read a type as the text of its `Display` and `FromStr`.
///
/// Law, cases and packs are TOML, so a wrong code in a file fails with this crate's own message.
macro_rules! serde_as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use serde_as_text;

/// Lets a set be written and read as text (codes with a space or `;` between them, nothing for the empty
/// set) and, by serde, as a list of codes.
macro_rules! set_as_text {
    ($set:ident of $item:ty) => {
        impl std::str::FromStr for $set {
            type Err = <$item as std::str::FromStr>::Err;

            /// Reads codes with spaces or `;` between them, as tables write them; empty text is the empty set.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.split([' ', ';']).filter(|code| !code.is_empty()).map(str::parse::<$item>).collect()
            }
        }

        impl std::fmt::Display for $set {
            /// The codes with a space between them.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                for (place, item) in self.iter().enumerate() {
                    if place > 0 {
                        f.write_str(" ")?;
                    }
                    std::fmt::Display::fmt(&item, f)?;
                }
                Ok(())
            }
        }

        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter())
            }
        }

        impl<'de> serde::Deserialize<'de> for $set {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Vec::<$item>::deserialize(deserializer).map(|items| items.into_iter().collect())
            }
        }
    };
}
pub(crate) use set_as_text;

/// Finds `key` in a table sorted by its first column.
pub(crate) fn find<T: Copy>(table: &[(&str, T)], key: &str) -> Option<T> {
    let row = table.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
    table.get(row).map(|(_, value)| *value)
}

/// Like [`find`], ignoring ASCII case and spaces at both ends.
pub(crate) fn find_folded<T: Copy>(table: &[(&str, T)], written: &str) -> Option<T> {
    let written = written.trim();
    find(table, written).or_else(|| find(table, &written.to_ascii_lowercase()))
}
