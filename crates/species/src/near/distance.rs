//! How many letters two words differ by: changed, left out, added, or swapped with the next (the distance of
//! Damerau and Levenshtein). Only up to two, since beyond that a name is another name.

/// The most edits by which a written name may differ from a known one and still be held for it.
pub(crate) const EDITS_MAX: u8 = 2;

/// The distance of `one` and `other`, where it is at most `max`; `max` is at most [`EDITS_MAX`].
///
/// What both begin and end with costs nothing. Of what is left the first letter must be edited, so the ways to
/// do that are tried there, and after each what is left again must be a single edit.
pub(crate) fn distance(one: &[u8], other: &[u8], max: u8) -> Option<u8> {
    if one.len().abs_diff(other.len()) > usize::from(max) {
        return None;
    }
    let (one, other) = differing(one, other);
    let edits = match (one, other) {
        ([], []) => 0,
        ([_], [_] | []) | ([], [_]) => 1,
        ([a, b], [c, d]) if a == d && b == c => 1,
        _ if max < EDITS_MAX => return None,
        ([], [_, _]) | ([_, _], []) => 2,
        ([_, one_rest @ ..], [_, other_rest @ ..]) => {
            let two = is_one(one_rest, other_rest)
                || is_one(one_rest, other)
                || is_one(one, other_rest)
                || is_swap_and_one(one, other)
                || is_swapped_apart(one, other)
                || is_swapped_apart(other, one);
            return two.then_some(2);
        }
        _ => return None,
    };
    (edits <= max).then_some(edits)
}

/// Whether at most one edit turns one word into the other.
fn is_one(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    match differing(one, other) {
        ([], []) | ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// `ab…` for `ba…`, with one more edit after it.
fn is_swap_and_one(one: &[u8], other: &[u8]) -> bool {
    matches!((one, other), ([a, b, one_rest @ ..], [c, d, other_rest @ ..])
        if a == d && b == c && is_one(one_rest, other_rest))
}

/// `ab` for `b?a`: two letters swapped and one put between them, which is two edits and not three.
fn is_swapped_apart(short: &[u8], long: &[u8]) -> bool {
    matches!((short, long), ([a, b, short_rest @ ..], [c, _, d, long_rest @ ..])
        if a == d && b == c && short_rest == long_rest)
}

/// The words without what both begin with and then without what both end with.
fn differing<'w>(one: &'w [u8], other: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..).unwrap_or(&[]), other.get(same..).unwrap_or(&[]));
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (one.get(..one.len() - same).unwrap_or(&[]), other.get(..other.len() - same).unwrap_or(&[]))
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
