//! The taxon that a written name stands for, where there is no doubt about it.

use permits::application::asked::{ChosenTaxon, Line, LineField, Taxa};

/// The taxon of a name by the shipped and imported names; `None` where it has several readings, or none.
pub(super) fn sure(written: &str, taxa: &Taxa<'_>) -> Option<ChosenTaxon> {
    let mut line = Line::default();
    line.write(LineField::Name, written).ok()?;
    let (read, remarks) = line.read(taxa);
    let is_sure = remarks.iter().all(|remark| remark.field != LineField::Name);
    read.name.filter(|_| is_sure).and_then(|name| name.taxon)
}
