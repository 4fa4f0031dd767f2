//! Text of files, databases and the API read as one of a list of words, and written as it.

/// Reads `$name` by its word, `$error` for text that is none, and prints the word.
macro_rules! read_by_word {
    ($name:ident, $error:ident) => {
        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<$name, $error> {
                $name::from_word(text).ok_or_else(|| $error { written: text.to_owned() })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use read_by_word;
