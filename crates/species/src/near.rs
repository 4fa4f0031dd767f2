//! Names like the one written.

/// An index over names for those that are not written exactly.
#[derive(Debug)]
pub(crate) struct NearIndex {}

impl NearIndex {
    /// The index over `names`.
    pub fn of<'n>(_names: impl Iterator<Item = &'n str>) -> Self {
        Self {}
    }
}
