//! Forms of man's making that an entry of the Appendices excludes: the domestic yak, the dog, the dingo.
//!
//! Source of truth: `data/species/domesticated.csv`, each row with the entry that excludes the form. Holds
//! only forms that a listing names; that a specimen is domesticated is for the declaration to say.

use cites::{Kingdom, TaxonId};

use crate::Backbone;
use crate::backbone::read_kingdom;
use crate::fold::Key;
use crate::table::{Fault, Rows, TableError};

const TABLE: &str = "domesticated.csv";

/// A domesticated form and the wild taxon whose listing excludes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domesticated {
    /// The name of the form.
    pub name: String,
    /// The kingdom of both.
    pub kingdom: Kingdom,
    /// The listed wild taxon.
    pub wild: TaxonId,
    /// What the listing says.
    pub note: String,
    /// Where the row comes from.
    pub source: String,
    key: Vec<u8>,
}

impl Domesticated {
    /// Whether the form's name folds to `key`.
    pub(crate) fn is(&self, key: &[u8]) -> bool {
        self.key == key
    }
}

/// Reads the table.
pub(crate) fn read(text: &str, backbone: &Backbone) -> Result<Vec<Domesticated>, Vec<TableError>> {
    let fail = |(line, fault)| TableError { table: TABLE, line, fault };
    let rows = Rows::<6>::new(text, "kingdom,name,wild_taxon,note,source,checked");
    let rows = rows.map_err(|place| vec![fail(place)])?;
    let (mut forms, mut errors): (Vec<Domesticated>, _) = (Vec::new(), Vec::new());
    for row in rows {
        let form = row.and_then(|row| {
            let [kingdom, name, wild, note, source, _] = row.cells;
            let place = |fault| (row.line, fault);
            let kingdom = read_kingdom(&kingdom).map_err(place)?;
            let no_name = || {
                place(Fault::Cell { column: "name", problem: format!("`{name}` is not a name; write one") })
            };
            let key = Key::of(&name).filter(|_| !name.is_empty()).ok_or_else(no_name)?;
            let unknown = || place(Fault::UnknownTaxon { name: wild.to_string() });
            let wild = backbone.find(Some(kingdom), &wild).first().copied().ok_or_else(unknown)?;
            let (name, note, source) = (name.into_owned(), note.into_owned(), source.into_owned());
            Ok(Domesticated { name, kingdom, wild, note, source, key: key.as_bytes().to_vec() })
        });
        match form {
            Ok(form) => forms.push(form),
            Err(place) => errors.push(fail(place)),
        }
    }
    if errors.is_empty() { Ok(forms) } else { Err(errors) }
}
