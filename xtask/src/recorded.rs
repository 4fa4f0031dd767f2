//! Recorded answers of the Species+ interface.
//!
//! Source of truth: the recordings (UNEP-WCMC), whose bodies are JSON within JSON. Knows no law.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::lawbook::reading;

/// The answers that a file records.
///
/// # Errors
/// The file cannot be read, or an answer is no JSON.
pub fn answers(file: &Path) -> Result<Vec<Value>> {
    let record: Value = serde_json::from_str(&reading::text(file)?)?;
    let interactions = list(&record, "http_interactions");
    let texts = interactions.iter().filter_map(|one| one.pointer("/response/body/string")?.as_str());
    texts.map(|text| serde_json::from_str(text).context("a recorded answer")).collect()
}

/// The list under a key; empty where there is none.
pub fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The text that a pointer leads to; empty where there is none.
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
