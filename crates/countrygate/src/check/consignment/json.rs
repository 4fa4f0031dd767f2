//! The answer as JSON; `docs/reference/check-json.md` describes it.

use std::io::Write;

use anyhow::Result;

use super::view::View;

pub(super) fn write(view: &View, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    Ok(out.write_all(b"\n")?)
}
