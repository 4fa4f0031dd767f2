//! Breeding operations, nurseries and scientific institutions, entered as their registers hold them.
//!
//! Source of truth: the Secretariat's registers (Res. Conf. 12.10, 9.19 and 11.15); the forms of their numbers are those
//! of `permits::register`. What a registration means for a consignment is decided elsewhere.

use access::{Owner, Thing};
use cites::{Country, Day, EstablishmentId, OperatorId};
use permits::application::asked::ChosenTaxon;
use permits::register::{InstitutionNumber, OperationNumber};
use serde_json::{Value, json};
use store::{EstablishmentKind, EstablishmentRecord, Page, Place, Subject, SubjectKind, Version};

use super::{Prepared, Told, ready, refused};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// The most letters of a text of the register.
const TEXT_LETTERS_MAX: usize = 400;
/// The most taxa for which one establishment is registered.
const TAXA_MAX: usize = 1_000;
/// How many rows a search looks at for one page; the registers of all Parties together have some thousand.
const LOOKED_AT_MAX: u32 = 2_000;
/// How many of them at once.
const AT_ONCE: u32 = 200;

/// An establishment that is to be registered.
#[derive(Debug, Clone)]
pub(crate) struct Entered {
    pub(crate) kind: EstablishmentKind,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) country: Country,
    pub(crate) operator: Option<OperatorId>,
    /// Address, telephone and the like, each under its word.
    pub(crate) contact: Vec<(&'static str, String)>,
    /// The names of the taxa as they are written.
    pub(crate) taxa: Vec<String>,
    pub(crate) registered: Option<Day>,
    pub(crate) ended: Option<Day>,
}

/// Registers an establishment.
pub(crate) async fn register(
    office: &Office,
    caller: &Caller,
    entered: &Entered,
) -> Result<Prepared<EstablishmentRecord>, Problem> {
    caller.may(&Thing { owner: Owner::House, charge: caller.actor.agency, ..Thing::default() })?;
    is_sound(entered)?;
    let taxa = taxa(office, &entered.taxa)?;
    let mut work = office.store().work().await?;
    if let Some(operator) = entered.operator {
        let found = work.operator(operator).await?;
        found.ok_or_else(|| {
            Problem::refused("there is no such operator; leave it out, or register it first")
        })?;
    }
    let number = &entered.number;
    let same = work.establishments_numbered(entered.kind, entered.country, number).await?;
    // One that was taken out of the register may have left its number to another.
    if !number.is_empty() && same.iter().any(|other| other.ended.is_none()) {
        let detail = format!("`{number}` is in the register already; look at it, or correct the number");
        return Err(Problem::refused(detail));
    }
    let mut content = serde_json::Map::new();
    for (word, text) in entered.contact.iter().filter(|(_, text)| !text.is_empty()) {
        content.insert((*word).to_owned(), json!(text));
    }
    content.insert("taxa".to_owned(), json!(taxa));
    let record = EstablishmentRecord {
        id: EstablishmentId(office.draw_id()),
        version: Version::NEW,
        kind: entered.kind,
        number: number.clone(),
        name: entered.name.clone(),
        country: entered.country,
        operator: entered.operator,
        content: Value::Object(content),
        registered: entered.registered,
        ended: entered.ended,
    };
    work.put_establishment(&record);
    let record = EstablishmentRecord { version: record.version.next(), ..record };
    let subject = Subject::new(SubjectKind::Establishment, record.id, record.version);
    let told = Told::by(caller, subject, told(&record));
    Ok(ready(office, work, told, record))
}

fn told(record: &EstablishmentRecord) -> Value {
    json!({
        "kind": record.kind.as_str(),
        "number": record.number,
        "name": record.name,
        "country": record.country.to_string(),
        "operator": record.operator.map(|operator| operator.to_string()),
        "content": record.content,
        "registered": record.registered.map(|day| day.to_string()),
        "ended": record.ended.map(|day| day.to_string()),
    })
}

/// The taxa of written names, each of which must have one reading.
fn taxa(office: &Office, written: &[String]) -> Result<Vec<ChosenTaxon>, Problem> {
    if written.len() > TAXA_MAX {
        return Err(Problem::refused(format!("more than {TAXA_MAX} taxa are told; name the higher taxon")));
    }
    let taxon = |name: &String| {
        office.taxa().sure(name).ok_or_else(|| {
            let shown: String = name.chars().take(TEXT_LETTERS_MAX).collect();
            Problem::refused(format!(
                "`{shown}` is no sure name of a taxon; write its accepted scientific name"
            ))
        })
    };
    written.iter().map(taxon).collect()
}

fn is_sound(entered: &Entered) -> Result<(), Problem> {
    let Entered { kind, number, name, country, contact, registered, ended, .. } = entered;
    let texts = contact.iter().map(|(word, text)| (*word, text));
    for (word, text) in texts.chain([("name", name), ("number", number)]) {
        if text.chars().count() > TEXT_LETTERS_MAX {
            return Err(Problem::refused(format!(
                "`{word}` has more than {TEXT_LETTERS_MAX} letters; shorten it"
            )));
        }
    }
    if name.trim().is_empty() {
        return Err(Problem::refused("the establishment has no name; write it as in the register"));
    }
    if registered.zip(*ended).is_some_and(|(registered, ended)| ended < registered) {
        return Err(Problem::refused(
            "it was taken out of the register before it was registered; correct a day",
        ));
    }
    let of = match kind {
        _ if number.is_empty() => None,
        EstablishmentKind::BreedingOperation => {
            Some(number.parse::<OperationNumber>().map_err(|error| refused(&error))?.country())
        }
        EstablishmentKind::ScientificInstitution => {
            Some(number.parse::<InstitutionNumber>().map_err(|error| refused(&error))?.country())
        }
        // The form of these numbers was not seen in a text.
        EstablishmentKind::Nursery => None,
    };
    match of.filter(|of| of != country) {
        Some(of) => Err(Problem::refused(format!(
            "the number is one of {of} and the establishment is in {country}; correct one of the two"
        ))),
        None => Ok(()),
    }
}

/// Establishments of a kind by name, of which name or number holds `search`. A page may have fewer rows than there is
/// room for and go on all the same: so many rows are looked at for each.
pub(crate) async fn found(
    office: &Office,
    kind: EstablishmentKind,
    search: Option<&str>,
    (after, most): (Option<Place>, u32),
) -> Result<Page<EstablishmentRecord>, Problem> {
    let Some(search) = search.map(str::to_lowercase) else {
        return Ok(office.store().establishments(kind, after.as_ref(), most).await?);
    };
    let has = |text: &str| text.to_lowercase().contains(&search);
    let (mut rows, mut after, mut looked_at) = (Vec::new(), after, 0);
    while looked_at < LOOKED_AT_MAX {
        let page = office.store().establishments(kind, after.as_ref(), AT_ONCE).await?;
        for record in page.rows {
            let place = record.place();
            if has(&record.name) || has(&record.number) {
                rows.push(record);
            }
            after = Some(place);
            if rows.len() >= most as usize {
                return Ok(Page { rows, next: after });
            }
        }
        looked_at += AT_ONCE;
        if page.next.is_none() {
            return Ok(Page { rows, next: None });
        }
    }
    Ok(Page { rows, next: after })
}
