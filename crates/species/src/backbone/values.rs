//! Values in the cells of the tables of names.

use cites::{Day, Kingdom, Rank};

use super::{SynonymKind, Taxon, TaxonStatus};
use crate::table::Fault;

pub(super) fn taxon(kingdom: &str, rank: &str, status: &str, number: u32) -> Result<Taxon, Fault> {
    let status = match status {
        "accepted" => TaxonStatus::Accepted,
        "historic" => TaxonStatus::Historic,
        other => return Err(wrong("status", other, "write accepted or historic")),
    };
    let rank: Rank =
        rank.parse().map_err(|error| Fault::Cell { column: "rank", problem: format!("{error}") })?;
    Ok(Taxon { parent: number, kingdom: read_kingdom(kingdom)?, rank, status })
}

pub(crate) fn read_kingdom(text: &str) -> Result<Kingdom, Fault> {
    text.parse().map_err(|error| Fault::Cell { column: "kingdom", problem: format!("{error}") })
}

pub(super) fn synonym_kind(kind: &str, from: &str) -> Result<SynonymKind, Fault> {
    let day = || match from {
        "" => Ok(None),
        day => day
            .parse::<Day>()
            .map(Some)
            .map_err(|error| Fault::Cell { column: "from", problem: format!("{error}") }),
    };
    match kind {
        "synonym" => Ok(SynonymKind::Synonym),
        "renamed" => Ok(SynonymKind::Renamed(day()?)),
        "spelling" => Ok(SynonymKind::Spelling),
        "trade" => Ok(SynonymKind::Trade),
        other => Err(wrong("kind", other, "write synonym, renamed, spelling or trade")),
    }
}

pub(crate) fn wrong(column: &'static str, found: &str, what_to_do: &str) -> Fault {
    Fault::Cell { column, problem: format!("`{found}` is not known; {what_to_do}") }
}
