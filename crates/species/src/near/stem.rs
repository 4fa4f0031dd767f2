//! The stem of an epithet: what is left when the usual errors are taken out.
//!
//! `baeri` and `baerii`, `virginiana` and `virginianus`, `sylvestris` and `silvestris` share a stem. Source:
//! the endings that agree with the genus in gender (ICZN Art. 31.2, ICN Art. 23.5) and the spellings the codes
//! hold for the same (ICZN Art. 58). Equal stems make a candidate, never an answer by themselves.

/// Calls `take` with the letters of the stem of `epithet`, which is folded.
pub(crate) fn stem(epithet: &[u8]) -> Vec<u8> {
    let mut letters: Vec<u8> = Vec::with_capacity(epithet.len());
    for letter in epithet {
        let letter = match *letter {
            b'y' => b'i',
            b'w' => b'v',
            other => other,
        };
        match (letters.last(), letter) {
            (Some(b'a' | b'o'), b'e') => {
                letters.pop();
                letters.push(b'e');
            }
            (Some(last), letter) if *last == letter => {}
            (_, b'-') => {}
            (_, letter) => letters.push(letter),
        }
    }
    let ending = ["us", "um", "os", "on", "is", "a", "e", "i"];
    let cut =
        ending.iter().find(|ending| letters.ends_with(ending.as_bytes())).map_or(0, |ending| ending.len());
    if letters.len() > cut + 2 {
        letters.truncate(letters.len() - cut);
    }
    // `niger` and `nigra`.
    if let Some([.., b'e', b'r']) = letters.get(..) {
        letters.truncate(letters.len() - 2);
        letters.push(b'r');
    }
    letters
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
            let [first, second, third] = group.map(|epithet| stem(epithet.as_bytes()));
            assert_eq!((&first, &first), (&second, &third), "{group:?}");
        }
        assert_ne!(stem(b"rusticolus"), stem(b"cherrug"));
        assert_eq!(stem(b""), b"");
    }
}
