//! The parser of GBIF for what the plain reading does not take apart.
//!
//! Its first call compiles some hundred patterns, which takes a tenth of a second: no start pays for it that
//! meets only names written as usual.

use std::borrow::Cow;
use std::collections::BTreeMap;

use nameparser::model::{NamePart, ParsedName};
use nameparser::{ParseResult, parse};

use super::{Extent, Parts};
use crate::Qualifier;

/// The parts that GBIF's parser finds in `text`; `None` where it finds no name. `own` is what the plain
/// reading found, which knows better what the writer said about the name.
pub(super) fn read(text: &str, own: &Parts<'static>) -> Option<Parts<'static>> {
    let mut parts = match parse(text, None, None, None) {
        ParseResult::Parsed(name) => of_name(name)?,
        ParseResult::Informal(informal) => {
            let mut parts = Parts::of(informal.taxon);
            let phrase = informal.phrase.unwrap_or_default();
            parts.extent = if phrase.starts_with("spp") { Extent::AllBelow } else { Extent::OneBelow };
            parts
        }
        ParseResult::Unparsable(_) => return None,
    };
    parts.qualifier = parts.qualifier.or(own.qualifier);
    parts.hybrid_sign |= own.hybrid_sign;
    parts.rest.clone_from(&own.rest);
    Some(parts)
}

fn of_name(name: ParsedName) -> Option<Parts<'static>> {
    let mut parts = Parts::of(name.genus.or(name.uninomial)?);
    parts.species = name.specific_epithet.map(Cow::Owned);
    parts.infra = name.infraspecific_epithet.map(Cow::Owned);
    parts.qualifier = name.epithet_qualifier.as_ref().and_then(qualifier);
    parts.hybrid_sign = name.notho.is_some();
    Some(parts)
}

fn qualifier(found: &BTreeMap<NamePart, String>) -> Option<Qualifier> {
    let word = found.values().next()?;
    Some(if word.starts_with("aff") { Qualifier::Affine } else { Qualifier::Compare })
}
