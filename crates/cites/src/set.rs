//! Small sets of codes as one machine word, so that a rule's `when` is a mask.

/// Defines a `Copy` set over an enum whose discriminants are its bit positions.
macro_rules! bit_set {
    ($(#[$meta:meta])* $set:ident($bits:ty) of $item:ty) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub struct $set($bits);

        impl $set {
            /// The set with nothing in it.
            pub const EMPTY: Self = Self(0);
            /// The set of every code.
            pub const ALL: Self = Self::of(&<$item>::ALL);

            /// The set of `items`; usable in constants.
            pub const fn of(items: &[$item]) -> Self {
                let mut bits = 0;
                let mut rest = items;
                while let [first, after @ ..] = rest {
                    bits |= 1 << *first as u32;
                    rest = after;
                }
                Self(bits)
            }

            /// This set and `item`; usable in constants.
            #[must_use]
            pub const fn with(self, item: $item) -> Self {
                Self(self.0 | 1 << item as u32)
            }

            /// This set without `item`.
            #[must_use]
            pub const fn without(self, item: $item) -> Self {
                Self(self.0 & !(1 << item as u32))
            }

            /// Adds `item`.
            pub const fn insert(&mut self, item: $item) {
                self.0 |= 1 << item as u32;
            }

            /// Whether `item` is in the set.
            pub const fn contains(self, item: $item) -> bool {
                self.0 & (1 << item as u32) != 0
            }

            /// Everything in this set or in `other`.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Everything in both sets.
            #[must_use]
            pub const fn intersection(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// Everything in this set that is not in `other`.
            #[must_use]
            pub const fn difference(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// Whether nothing is in the set.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// The code of a set that holds one alone.
            pub fn only(self) -> Option<$item> {
                let is_one = self.0 != 0 && self.0 & (self.0 - 1) == 0;
                if is_one { <$item>::ALL.get(self.0.trailing_zeros() as usize).copied() } else { None }
            }

            /// How many codes are in the set.
            pub const fn len(self) -> u32 {
                self.0.count_ones()
            }

            /// The codes in the set, in the order of their table.
            pub fn iter(self) -> impl Iterator<Item = $item> {
                <$item>::ALL.into_iter().filter(move |item| self.contains(*item))
            }
        }

        impl FromIterator<$item> for $set {
            fn from_iter<I: IntoIterator<Item = $item>>(items: I) -> Self {
                items.into_iter().fold(Self::EMPTY, Self::with)
            }
        }

        impl From<$item> for $set {
            fn from(item: $item) -> Self {
                Self::EMPTY.with(item)
            }
        }

        impl std::fmt::Debug for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_set().entries(self.iter()).finish()
            }
        }

        $crate::text::set_as_text!($set of $item);
    };
}
pub(crate) use bit_set;
