//! The form in which names are compared: small letters without accents, one space between words.
//!
//! `Encyclia bragrançae`, `ENCYCLIA BRAGRANCAE` and `encyclia  bragrancae` fold to one key; rank markers
//! and the hybrid sign fall away, because a name is one name with and without them. Source: accents are
//! no part of a scientific name (ICN Art. 60.7, ICZN Art. 27). Corrects no spelling.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest key kept. The longest name of the Checklist has 36 letters; with a subspecies and room for
/// what is still to be described, no scientific name in use comes near this.
pub(crate) const KEY_BYTES_MAX: usize = 96;

/// A folded name, without a place on the heap.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    bytes: [u8; KEY_BYTES_MAX],
    len: usize,
}

impl Key {
    const EMPTY: Key = Key { bytes: [0; KEY_BYTES_MAX], len: 0 };

    /// The key of `name`; `None` when it is longer than any name.
    pub fn of(name: &str) -> Option<Key> {
        Key::of_plain(name.as_bytes()).or_else(|| Key::of_any(name))
    }

    /// The key of ASCII words with one space between them, for which making letters small is all there is to
    /// fold; `None` for anything else.
    pub fn of_plain(name: &[u8]) -> Option<Key> {
        let mut key = Key::EMPTY;
        let mut before = b' ';
        for (to, from) in key.bytes.get_mut(..name.len())?.iter_mut().zip(name) {
            let small = plain_small(*from)?;
            if small == b' ' && before == b' ' {
                return None;
            }
            *to = small;
            before = small;
        }
        key.len = name.len();
        (before != b' ' || name.is_empty()).then_some(key)
    }

    fn of_any(name: &str) -> Option<Key> {
        let mut key = Key::EMPTY;
        for word in name.split_whitespace().filter(|word| !is_marker(word)) {
            key.add_word(word)?;
        }
        Some(key)
    }

    /// Adds a word, if there is one; `None` when the key grows longer than any name.
    pub fn append(&mut self, word: Option<&str>) -> Option<()> {
        match word {
            Some(word) => {
                let folded = Key::of(word)?;
                if !folded.as_bytes().is_empty() {
                    self.push(b' ')?;
                }
                self.push_all(folded.as_bytes())
            }
            None => Some(()),
        }
    }

    fn add_word(&mut self, word: &str) -> Option<()> {
        let start = self.len;
        if start > 0 {
            self.push(b' ')?;
        }
        let before = self.len;
        for letter in word.nfd().filter(|letter| !is_combining_mark(*letter)) {
            self.add_letter(letter)?;
        }
        if self.len == before {
            self.len = start;
        }
        Some(())
    }

    fn add_letter(&mut self, letter: char) -> Option<()> {
        let plain = match letter {
            '×' | '"' | '“' | '”' | '\'' | '‘' | '’' => "",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ø' | 'Ø' => "o",
            'ß' => "ss",
            'ł' | 'Ł' => "l",
            'ı' => "i",
            '‐' | '‑' | '–' | '—' => "-",
            other => return self.add_other(other),
        };
        plain.bytes().try_for_each(|byte| self.push(byte))
    }

    fn add_other(&mut self, letter: char) -> Option<()> {
        let mut buffer = [0; 4];
        letter
            .to_lowercase()
            .try_for_each(|small| small.encode_utf8(&mut buffer).bytes().try_for_each(|byte| self.push(byte)))
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = byte;
        self.len += 1;
        Some(())
    }

    fn push_all(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.len + bytes.len();
        self.bytes.get_mut(self.len..end)?.copy_from_slice(bytes);
        self.len = end;
        Some(())
    }

    /// The folded letters.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or("")
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

/// A letter, figure, hyphen or space of ASCII, as a small letter; `None` for any other sign.
const fn plain_small(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' | b'0'..=b'9' | b' ' | b'-' => Some(byte),
        b'A'..=b'Z' => Some(byte | 0x20),
        _ => None,
    }
}

/// Words between epithets that say the rank of the last and are no part of the name.
pub(crate) fn is_marker(word: &str) -> bool {
    matches!(
        word,
        "var."
            | "subsp."
            | "ssp."
            | "f."
            | "fo."
            | "forma"
            | "subvar."
            | "subf."
            | "nothosubsp."
            | "nothovar."
            | "×"
    )
}

/// Whether `name` as a table writes it folds to `key`.
pub(crate) fn folds_to(name: &[u8], key: &[u8]) -> bool {
    if name.eq_ignore_ascii_case(key) {
        return true;
    }
    // A plain name is its own key but for capitals, so it has been answered.
    if Key::of_plain(name).is_some() {
        return false;
    }
    std::str::from_utf8(name).ok().and_then(Key::of).is_some_and(|folded| folded.as_bytes() == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(Key::of(name).expect("short enough").as_str(), expected, "{name}");
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        check("Falco cherrug", "falco cherrug");
        check("  FALCO   Cherrug ", "falco cherrug");
        check("Encyclia bragrançae", "encyclia bragrancae");
        check("Aloe laeta var. maniaensis", "aloe laeta maniaensis");
        check("×Brassocattleya alba", "brassocattleya alba");
        check("Cattleya × hardyana", "cattleya hardyana");
        check("Dactylocnemis \"North Cape\"", "dactylocnemis north cape");
        check("Masdevallia paivae\u{308}ana", "masdevallia paivaeana");
        check("Masdevallia pescadoënsis", "masdevallia pescadoensis");
    }

    #[test]
    fn a_name_longer_than_any_has_no_key() {
        assert!(Key::of(&"a".repeat(KEY_BYTES_MAX)).is_some());
        assert!(Key::of(&"a".repeat(KEY_BYTES_MAX + 1)).is_none());
        assert!(Key::of(&"ä".repeat(10_000)).is_none());
    }

    #[test]
    fn a_table_name_folds_to_its_key_only() {
        assert!(folds_to(b"Falco cherrug", b"falco cherrug"));
        assert!(folds_to("Encyclia bragrançae".as_bytes(), b"encyclia bragrancae"));
        assert!(!folds_to(b"Falco cherrug", b"falco cherruga"));
        assert!(!folds_to(&[0xff, 0xfe], b"falco"));
    }

    #[test]
    fn a_name_with_more_spaces_than_it_needs_folds_to_its_key() {
        for name in [" x Animalia", "Falco  cherrug", "Falco cherrug ", " ", "Falco cherrug", "Fálco"] {
            let key = Key::of(name).unwrap();
            assert!(folds_to(name.as_bytes(), key.as_bytes()), "{name:?}");
            assert!(!folds_to(name.as_bytes(), b"another"), "{name:?}");
        }
    }
}
