//! Told, told to be absent, or not told.

/// What is known about a box of a paper or a field of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Told<T> {
    /// Nobody has said; it may be there or not.
    #[default]
    Unknown,
    /// It is not there.
    Absent,
    /// It is there.
    Is(T),
}

impl<T> Told<T> {
    /// The value, where it is there.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Told::Is(value) => Some(value),
            Told::Unknown | Told::Absent => None,
        }
    }

    /// Whether it is there; `None` where nobody has said.
    pub const fn is_there(&self) -> Option<bool> {
        match self {
            Told::Unknown => None,
            Told::Absent => Some(false),
            Told::Is(_) => Some(true),
        }
    }

    /// The same knowledge about something made from the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Told<U> {
        match self {
            Told::Unknown => Told::Unknown,
            Told::Absent => Told::Absent,
            Told::Is(value) => Told::Is(make(value)),
        }
    }
}

impl<T> From<Option<T>> for Told<T> {
    /// A value that is given is there; one that is not given is unknown, never absent.
    fn from(value: Option<T>) -> Told<T> {
        value.map_or(Told::Unknown, Told::Is)
    }
}
