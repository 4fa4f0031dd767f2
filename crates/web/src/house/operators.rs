//! Operators: who applies and holds permits, and the people who act for them.

use access::{Deed, Owner, Role, Thing};
use cites::{AgencyId, Country, OperatorId, UserId};
use serde_json::{Value, json};
use store::{By, OperatorRecord, Subject, SubjectKind, Version, Work};

use super::{Told, ready};
use crate::Office;
use crate::deeds::{Prepared, is_as_seen};
use crate::problem::Problem;

/// The most bytes of a name or an address.
const TEXT_BYTES_MAX: usize = 1000;

/// An operator as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name, as on its papers.
    pub name: String,
    /// Where it is.
    pub country: Country,
    /// Its address.
    pub address: String,
}

/// What `access` is asked about: an operator, in the charge of the office that keeps its record.
pub(crate) fn thing(operator: OperatorId, agency: Option<AgencyId>) -> Thing {
    Thing { owner: Owner::Operator(operator), charge: agency, ..Thing::default() }
}

/// Registers an operator: kept by `agency` where an office does so at the counter, else with `agent` acting for it.
///
/// # Errors
/// Name or address are missing; the database fails.
pub async fn register(
    office: &Office,
    by: By,
    written: Written,
    (agency, agent): (Option<AgencyId>, Option<UserId>),
) -> Result<Prepared<OperatorRecord>, Problem> {
    let written = checked(written)?;
    let record = OperatorRecord {
        id: OperatorId(office.draw_id()),
        version: Version::NEW,
        name: written.name,
        country: written.country,
        address: written.address,
        agency,
        content: json!({}),
    };
    let mut work = office.store().work().await?;
    work.put_operator(&record);
    if let Some(agent) = agent {
        work.appoint(record.id, agent);
    }
    let record = OperatorRecord { version: record.version.next(), ..record };
    let mut after = history(&record);
    if let (Some(fields), Some(agent)) = (after.as_object_mut(), agent) {
        fields.insert("agent".to_owned(), agent.to_string().into());
    }
    let told = told(by, Deed::RegisterOperator, &record, (None, after));
    Ok(ready(office, work, told, record))
}

/// Writes an operator anew, where `may` lets the deed be done to it as it is held.
///
/// # Errors
/// There is none, or none that they may see; somebody changed it; the database fails.
pub async fn edit(
    office: &Office,
    by: By,
    (operator, seen): (OperatorId, Version),
    written: Written,
) -> Result<Prepared<OperatorRecord>, Problem> {
    let written = checked(written)?;
    let (mut work, record) = held(office, operator).await?;
    is_as_seen(record.version, seen)?;
    let before = history(&record);
    let Written { name, country, address } = written;
    let record = OperatorRecord { name, country, address, ..record };
    work.put_operator(&record);
    let record = OperatorRecord { version: record.version.next(), ..record };
    let after = history(&record);
    Ok(ready(office, work, told(by, Deed::EditOperator, &record, (Some(before), after)), record))
}

/// Lets the holder of `login` act for an operator.
///
/// # Errors
/// There is no such account that applies; it acts for the operator already; the database fails.
pub async fn appoint(
    office: &Office,
    by: By,
    operator: OperatorId,
    login: &str,
) -> Result<Prepared<OperatorRecord>, Problem> {
    let account = office.store().account_by_login(&store::folded_login(login)).await?;
    let account = account.filter(|account| !account.barred && account.roles.iter().any(Role::is_outside));
    let account = account.ok_or_else(|| {
        Problem::refused(
            "nobody who applies has this login; ask the security administrator to invite them first",
        )
    })?;
    let (mut work, record) = held(office, operator).await?;
    work.appoint(operator, account.id);
    let after = json!({ "appointed": account.id.to_string(), "login": account.login });
    Ok(ready(office, work, told(by, Deed::AppointAgent, &record, (None, after)), record))
}

/// Has somebody act for an operator no more.
///
/// # Errors
/// They do not act for it; the database fails.
pub async fn dismiss(
    office: &Office,
    by: By,
    operator: OperatorId,
    user: UserId,
) -> Result<Prepared<OperatorRecord>, Problem> {
    let (mut work, record) = held(office, operator).await?;
    if !office.store().agents_of(operator).await?.contains(&user) {
        return Err(Problem::not_found());
    }
    work.dismiss(operator, user);
    let after = json!({ "dismissed": user.to_string() });
    Ok(ready(office, work, told(by, Deed::AppointAgent, &record, (None, after)), record))
}

async fn held(office: &Office, operator: OperatorId) -> Result<(Work, OperatorRecord), Problem> {
    let mut work = office.store().work().await?;
    let record = work.operator(operator).await?.ok_or_else(Problem::not_found)?;
    Ok((work, record))
}

fn checked(written: Written) -> Result<Written, Problem> {
    let text = |text: &str, what: &str| {
        let text = text.trim();
        if text.is_empty() || text.len() > TEXT_BYTES_MAX {
            return Err(Problem::refused(format!(
                "an operator has {what} of up to {TEXT_BYTES_MAX} bytes; write it as it stands on its papers"
            )));
        }
        Ok(text.to_owned())
    };
    Ok(Written {
        name: text(&written.name, "a name")?,
        address: text(&written.address, "an address")?,
        country: written.country,
    })
}

fn told(by: By, deed: Deed, record: &OperatorRecord, (before, after): (Option<Value>, Value)) -> Told {
    let subject = Subject::new(SubjectKind::Operator, record.id, record.version);
    Told { by, deed, subject, before, after: Some(after) }
}

fn history(record: &OperatorRecord) -> Value {
    json!({
        "name": record.name,
        "country": record.country.to_string(),
        "address": record.address,
        "agency": record.agency.map(|agency| agency.to_string()),
    })
}
