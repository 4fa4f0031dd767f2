//! Imported names: the names of an official download, in a compact file beside the backbone.

/// The names of an official download, opened in place.
#[derive(Debug)]
pub struct ImportedNames<'a> {
    bytes: &'a [u8],
}
