//! How many letters two words differ by: changed, left out, added, or swapped with the next (the distance of
//! Damerau and Levenshtein). Only up to two, since beyond that a name is another name.

/// The most edits by which a written name may differ from a known one and still be held for it.
pub(crate) const EDITS_MAX: u8 = 2;

/// The distance of `one` and `other`, where it is at most `max`; `max` is at most [`EDITS_MAX`].
pub(crate) fn distance(one: &[u8], other: &[u8], max: u8) -> Option<u8> {
    (0..=max.min(EDITS_MAX)).find(|edits| is_within(one, other, *edits))
}

/// Whether `edits` turn one word into the other. The first letter that differs must be edited, so the four
/// ways to do that are tried there, and what remains is compared with what is left.
fn is_within(one: &[u8], other: &[u8], edits: u8) -> bool {
    if one.len().abs_diff(other.len()) > usize::from(edits) {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..).unwrap_or(&[]), other.get(same..).unwrap_or(&[]));
    let Some(left) = edits.checked_sub(1) else { return one.is_empty() && other.is_empty() };
    match (one, other) {
        ([], rest) | (rest, []) => rest.len() <= usize::from(edits),
        ([a, one_rest @ ..], [b, other_rest @ ..]) => {
            is_within(one_rest, other_rest, left)
                || is_within(one_rest, other, left)
                || is_within(one, other_rest, left)
                || matches!((one_rest, other_rest), ([c, one_rest @ ..], [d, other_rest @ ..])
                    if a == d && b == c && is_within(one_rest, other_rest, left))
                || (edits == EDITS_MAX && (is_swapped_apart(one, other) || is_swapped_apart(other, one)))
        }
    }
}

/// `ab` for `b?a`: two letters swapped and one put between them, which is two edits and not three.
fn is_swapped_apart(short: &[u8], long: &[u8]) -> bool {
    matches!((short, long), ([a, b, short_rest @ ..], [c, _, d, long_rest @ ..])
        if a == d && b == c && short_rest == long_rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook distance, without a bound.
    fn textbook(one: &[u8], other: &[u8]) -> usize {
        let infinite = one.len() + other.len();
        let mut last_seen = [0; 256];
        let mut table = vec![vec![infinite; other.len() + 2]; one.len() + 2];
        for i in 0..=one.len() {
            table[i + 1][1] = i;
        }
        for j in 0..=other.len() {
            table[1][j + 1] = j;
        }
        for i in 1..=one.len() {
            let mut match_column = 0;
            for j in 1..=other.len() {
                let (row, column) = (last_seen[usize::from(other[j - 1])], match_column);
                let cost = if one[i - 1] == other[j - 1] {
                    match_column = j;
                    0
                } else {
                    1
                };
                table[i + 1][j + 1] = (table[i][j] + cost)
                    .min(table[i + 1][j] + 1)
                    .min(table[i][j + 1] + 1)
                    .min(table[row][column] + (i - row - 1) + 1 + (j - column - 1));
            }
            last_seen[usize::from(one[i - 1])] = i;
        }
        table[one.len() + 1][other.len() + 1]
    }

    fn check(one: &str, other: &str, expected: Option<u8>) {
        assert_eq!(distance(one.as_bytes(), other.as_bytes(), 2), expected, "{one} {other}");
    }

    #[test]
    fn each_kind_of_slip_is_one_edit() {
        check("cherrug", "cherrug", Some(0));
        check("cherrug", "cherug", Some(1));
        check("cherrug", "cherrrug", Some(1));
        check("cherrug", "cherrog", Some(1));
        check("cherrug", "chrerug", Some(1));
        check("virginianus", "virginiana", Some(2));
        check("ca", "abc", Some(2));
        check("", "ab", Some(2));
        check("", "abc", None);
        check("cherrug", "rusticolus", None);
    }

    proptest! {
        #[test]
        fn the_distance_is_the_textbooks(one in "[abc]{0,7}", other in "[abc]{0,7}") {
            let expected = textbook(one.as_bytes(), other.as_bytes());
            let found = distance(one.as_bytes(), other.as_bytes(), 2);
            prop_assert_eq!(found.map(usize::from), (expected <= 2).then_some(expected));
        }
    }
}
