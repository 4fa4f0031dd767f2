//! Annual quotas of an office: set with their basis, raised and lowered. What is drawn of them is drawn by decisions.

use std::collections::BTreeSet;

use access::Deed;
use cites::{AgencyId, Country, Purpose, Quantity, QuotaId, Term};
use permits::application::asked::Taxa;
use permits::ledger::{Change, QuotaBalance};
use serde_json::{Value, json};
use store::{By, QuotaRecord, QuotaWithBalance, Subject, SubjectKind, Version};

use super::{Told, ready};
use crate::Office;
use crate::deeds::{Prepared, is_as_seen, refused};
use crate::problem::Problem;

/// The most bytes of a basis.
const BASIS_BYTES_MAX: usize = 2000;

/// A quota as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The year in which it may be drawn on.
    pub year: i16,
    /// The State whose quota it is.
    pub country: Country,
    /// The taxon, by any name.
    pub taxon: String,
    /// Only such specimens; `None` for all.
    pub term: Option<Term>,
    /// Only of this source; `None` for all.
    pub source: Option<cites::Source>,
    /// Only for this purpose; `None` for all.
    pub purpose: Option<Purpose>,
    /// How much there is of it.
    pub quantity: Quantity,
    /// The document that sets it.
    pub basis: String,
}

/// Sets a quota of an office.
///
/// # Errors
/// Nobody knows which taxon is meant; it has no basis; there is one for the same specimens; the database fails.
pub async fn set(
    office: &Office,
    by: By,
    agency: AgencyId,
    written: Written,
) -> Result<Prepared<QuotaWithBalance>, Problem> {
    let taxa: &Taxa<'_> = office.taxa();
    let taxon = taxa.taxon(&written.taxon).map_err(|defect| {
        Problem::refused(format!("which taxon is meant by `{}` is not known: {defect}", written.taxon))
    })?;
    let quota = QuotaRecord {
        id: QuotaId(office.draw_id()),
        version: Version::NEW,
        agency,
        year: written.year,
        country: written.country,
        kingdom: taxon.kingdom,
        taxon: taxon.name.to_string(),
        term: written.term,
        source: written.source.map(Into::into),
        purpose: written.purpose,
        unit: written.quantity.unit,
        basis: basis(&written.basis)?,
    };
    let mut work = office.store().work().await?;
    work.put_quota(&quota);
    let moved = work.change_quota(quota.id, Change::Publish, written.quantity);
    moved.map_err(|error| refused(&error))?;
    let nothing = QuotaBalance::empty(written.quantity.unit);
    changed(office, work, by, (quota, nothing), (Change::Publish, written.quantity))
}

/// Raises or lowers a quota. What was drawn of it before stays drawn, also where less is left than that.
///
/// # Errors
/// There is none, or none that they may see; it is lowered by more than is published; the database fails.
pub async fn change(
    office: &Office,
    by: By,
    (id, seen): (QuotaId, Version),
    (kind, much): (Change, Quantity),
    why: &str,
) -> Result<Prepared<QuotaWithBalance>, Problem> {
    let why = basis(why)?;
    let mut work = office.store().work().await?;
    let loaded = work.quotas(&BTreeSet::from([id]), None).await?.pop().ok_or_else(Problem::not_found)?;
    is_as_seen(loaded.quota.version, seen)?;
    work.change_quota(id, kind, much).map_err(|error| refused(&error))?;
    let quota = QuotaRecord { basis: why, ..loaded.quota };
    work.put_quota(&quota);
    changed(office, work, by, (quota, loaded.balance), (kind, much))
}

fn changed(
    office: &Office,
    work: store::Work,
    by: By,
    (quota, before): (QuotaRecord, QuotaBalance),
    (kind, much): (Change, Quantity),
) -> Result<Prepared<QuotaWithBalance>, Problem> {
    let is_new = quota.version == Version::NEW;
    let moved = before.change(kind, much).and_then(|made| before.after(made));
    let balance = moved.map_err(|error| refused(&error))?;
    let quota = QuotaRecord { version: quota.version.next(), ..quota };
    let told = Told {
        by,
        deed: Deed::SetQuota,
        subject: Subject::new(SubjectKind::Quota, quota.id, quota.version),
        before: (!is_new).then(|| json!({ "published": before.published().to_string() })),
        after: Some(history(&quota, balance)),
    };
    let record = QuotaWithBalance { own: QuotaBalance::empty(quota.unit), quota, balance };
    Ok(ready(office, work, told, record))
}

fn basis(written: &str) -> Result<String, Problem> {
    let written = written.trim();
    if written.is_empty() || written.len() > BASIS_BYTES_MAX {
        return Err(Problem::refused(format!(
            "a quota names the document that sets it, in up to {BASIS_BYTES_MAX} bytes; write its basis"
        )));
    }
    Ok(written.to_owned())
}

fn history(quota: &QuotaRecord, balance: QuotaBalance) -> Value {
    json!({
        "year": quota.year,
        "country": quota.country.to_string(),
        "taxon": quota.taxon,
        "term": quota.term.map(|term| term.to_string()),
        "source": quota.source.map(|source| source.to_string()),
        "purpose": quota.purpose.map(|purpose| purpose.to_string()),
        "published": balance.published().to_string(),
        "basis": quota.basis,
    })
}
