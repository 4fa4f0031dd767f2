//! Agencies: offices of the Management Authority and those that work with them, and how an office numbers its permits.

use access::{Agency, Authority, Deed};
use cites::AgencyId;
use permits::NumberForm;
use serde_json::{Value, json};
use store::{AgencyRecord, By, NumberSeries, Subject, SubjectKind, Version};

use super::{Told, ready};
use crate::Office;
use crate::deeds::{Prepared, is_as_seen};
use crate::problem::Problem;

/// The most bytes of a name.
const NAME_BYTES_MAX: usize = 300;

/// An agency as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// What it is for the Convention.
    pub authorities: Vec<Authority>,
    /// Where its authority is documented; `None` where that is not known, which is told with it.
    pub source: Option<String>,
}

/// Adds an agency.
///
/// # Errors
/// It has no name; the database fails.
pub async fn add(office: &Office, by: By, written: Written) -> Result<Prepared<AgencyRecord>, Problem> {
    let id = AgencyId(office.draw_id());
    let record = AgencyRecord { version: Version::NEW, agency: agency(id, written)? };
    let mut work = office.store().work().await?;
    work.put_agency(&record);
    let record = AgencyRecord { version: record.version.next(), ..record };
    let told = Told {
        by,
        deed: Deed::ManageAgencies,
        subject: Subject::new(SubjectKind::Agency, id, record.version),
        before: None,
        after: Some(history(&record.agency)),
    };
    Ok(ready(office, work, told, record))
}

/// Writes an agency anew.
///
/// # Errors
/// There is none; somebody changed it; a person of it holds a role that it would no longer have; the database fails.
pub async fn change(
    office: &Office,
    by: By,
    (id, seen): (AgencyId, Version),
    written: Written,
) -> Result<Prepared<AgencyRecord>, Problem> {
    let anew = agency(id, written)?;
    let mut work = office.store().work().await?;
    let record = work.agency(id).await?.ok_or_else(Problem::not_found)?;
    is_as_seen(record.version, seen)?;
    for account in office.store().accounts_of(id).await? {
        for role in account.roles.iter() {
            anew.check(role).map_err(|error| Problem::refused(error.to_string()))?;
        }
    }
    let before = history(&record.agency);
    let record = AgencyRecord { version: record.version, agency: anew };
    work.put_agency(&record);
    let record = AgencyRecord { version: record.version.next(), ..record };
    let told = Told {
        by,
        deed: Deed::ManageAgencies,
        subject: Subject::new(SubjectKind::Agency, id, record.version),
        before: Some(before),
        after: Some(history(&record.agency)),
    };
    Ok(ready(office, work, told, record))
}

/// Sets how an office writes the numbers of its permits; `seen` is [`Version::NEW`] where it has no form yet.
///
/// # Errors
/// The agency is no office of a Management Authority; somebody changed the form; the database fails.
pub async fn set_numbers(
    office: &Office,
    by: By,
    (id, seen): (AgencyId, Version),
    form: NumberForm,
) -> Result<Prepared<NumberSeries>, Problem> {
    let mut work = office.store().work().await?;
    let agency = work.agency(id).await?.ok_or_else(Problem::not_found)?.agency;
    if !agency.authorities.contains(&Authority::Management) {
        return Err(Problem::refused("only an office of a Management Authority numbers permits; choose one"));
    }
    let known = work.number_series(id).await?;
    is_as_seen(known.as_ref().map_or(Version::NEW, |known| known.version), seen)?;
    let series = NumberSeries { office: id, version: seen, form };
    work.put_number_series(&series);
    let series = NumberSeries { version: seen.next(), ..series };
    let told = Told {
        by,
        deed: Deed::ManageAgencies,
        subject: Subject::new(SubjectKind::Office, id, series.version),
        before: known.map(|known| json!({ "numbers": known.form.to_string() })),
        after: Some(json!({ "numbers": series.form.to_string() })),
    };
    Ok(ready(office, work, told, series))
}

fn agency(id: AgencyId, written: Written) -> Result<Agency, Problem> {
    let name = written.name.trim().to_owned();
    if name.is_empty() || name.len() > NAME_BYTES_MAX {
        return Err(Problem::refused(format!(
            "an agency has a name of up to {NAME_BYTES_MAX} bytes; write it"
        )));
    }
    if written.authorities.is_empty() {
        return Err(Problem::refused("an agency is at least one kind of authority; name it"));
    }
    let source = written.source.filter(|source| !source.trim().is_empty());
    Ok(Agency { id, name, authorities: written.authorities, source })
}

fn history(agency: &Agency) -> Value {
    let words: Vec<&str> = agency.authorities.iter().map(|authority| authority.as_str()).collect();
    json!({ "name": agency.name, "authorities": words, "source": agency.source })
}
