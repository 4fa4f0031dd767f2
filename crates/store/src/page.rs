//! Lists that are read in pages: each page begins after the last row of the one before, never at a count.

use std::fmt;
use std::str::FromStr;

/// Where a row stands in a list: by what it is ordered, and its id. Printed and read as a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    order: String,
    id: String,
}

/// Why text is not a [`Place`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a place in a list; take `next` of the page before, or begin without it")]
pub struct PlaceError {
    /// The text as written.
    pub written: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Place>,
}

impl Place {
    pub(crate) const fn new(order: String, id: String) -> Place {
        Place { order, id }
    }

    pub(crate) fn order(&self) -> &str {
        &self.order
    }

    pub(crate) fn both(&self) -> (&str, &str) {
        (&self.order, &self.id)
    }
}

impl fmt::Display for Place {
    /// The bytes of both in hexadecimal digits, so that a cursor stands in an address as it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut write = |text: &str| text.bytes().try_for_each(|byte| write!(f, "{byte:02x}"));
        write(&self.order)?;
        f.write_str("-")?;
        self.id.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Place, PlaceError> {
        let read = || {
            let (order, id) = text.split_once('-')?;
            Some(Place { order: of_digits(order)?, id: of_digits(id)? })
        };
        read().ok_or_else(|| PlaceError { written: text.to_owned() })
    }
}

fn of_digits(text: &str) -> Option<String> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_uppercase());
    let bytes = pairs.iter().map(|[high, low]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok());
    String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()
}

impl<T> Page<T> {
    /// The first `most` of rows of which one more was read than is shown, to know whether there are more.
    pub(crate) fn cut(mut rows: Vec<T>, most: u32, place: impl Fn(&T) -> Place) -> Page<T> {
        let most = most as usize;
        let is_more = rows.len() > most;
        rows.truncate(most);
        let next = if is_more { rows.last().map(place) } else { None };
        Page { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_says_where_the_next_begins_only_where_there_is_more() {
        let place = |row: &u8| Place::new(row.to_string(), row.to_string());
        let page = Page::cut(vec![1, 2, 3], 2, place);
        assert_eq!((page.rows, page.next), (vec![1, 2], Some(place(&2))));
        assert_eq!(Page::cut(vec![1, 2], 2, place).next, None);
    }

    proptest! {
        #[test]
        fn printed_then_read_is_the_same(order in "\\PC{0,20}", id in "[0-9a-f-]{0,36}") {
            let place = Place::new(order, id);
            prop_assert_eq!(place.to_string().parse::<Place>(), Ok(place));
        }

        #[test]
        fn no_text_reads_as_the_place_of_another(text in "\\PC{0,20}") {
            if let Ok(place) = text.parse::<Place>() {
                prop_assert_eq!(place.to_string(), text);
            }
        }
    }
}
