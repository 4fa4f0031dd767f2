//! The stem of an epithet: what is left when the usual errors are taken out.
//!
//! `baeri` and `baerii`, `virginiana` and `virginianus`, `sylvestris` and `silvestris` share a stem. Source:
//! the endings that agree with the genus in gender (ICZN Art. 31.2, ICN Art. 23.5) and the spellings the codes
//! hold for the same (ICZN Art. 58). Equal stems make a candidate, never an answer by themselves.

use crate::fold::KEY_BYTES_MAX;

/// A stem, without a place on the heap.
#[derive(Clone, Copy)]
pub(crate) struct Stem {
    letters: [u8; KEY_BYTES_MAX],
    len: usize,
}

impl Stem {
    /// The letters.
    pub fn as_bytes(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or(&[])
    }

    fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.len) {
            *place = letter;
            self.len += 1;
        }
    }
}

/// The stem of `epithet`, which is folded.
pub(crate) fn stem(epithet: &[u8]) -> Stem {
    let mut stem = Stem { letters: [0; KEY_BYTES_MAX], len: 0 };
    for letter in epithet {
        let letter = match *letter {
            b'y' => b'i',
            b'w' => b'v',
            other => other,
        };
        match (stem.as_bytes().last(), letter) {
            (Some(b'a' | b'o'), b'e') => {
                stem.len -= 1;
                stem.push(b'e');
            }
            (Some(last), letter) if *last == letter => {}
            (_, b'-') => {}
            (_, letter) => stem.push(letter),
        }
    }
    let ends = [&b"us"[..], b"um", b"os", b"on", b"is", b"a", b"e", b"i"];
    let cut = ends.iter().find(|end| stem.as_bytes().ends_with(end)).map_or(0, |end| end.len());
    if stem.len > cut + 2 {
        stem.len -= cut;
    }
    // `niger` and `nigra`.
    if stem.as_bytes().ends_with(b"er") {
        stem.len -= 2;
        stem.push(b'r');
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_errors_share_a_stem() {
        for group in [
            ["virginianus", "virginiana", "virginianum"],
            ["baeri", "baerii", "baeri"],
            ["bigelovii", "bigelowii", "bigelovi"],
            ["sylvestris", "silvestris", "sylvestre"],
            ["niger", "nigra", "nigrum"],
            ["chinensis", "chinense", "chinensis"],
            ["cherrug", "cherug", "cherrug"],
            ["caeruleus", "coeruleus", "ceruleus"],
            ["ficus-indica", "ficusindica", "ficus-indicus"],
        ] {
            let stems = group.map(|epithet| stem(epithet.as_bytes()).as_bytes().to_vec());
            assert!(stems.iter().all(|own| *own == stems[0]), "{group:?}");
        }
        assert_ne!(stem(b"rusticolus").as_bytes(), stem(b"cherrug").as_bytes());
        assert_eq!(stem(b"").as_bytes(), b"");
    }
}
