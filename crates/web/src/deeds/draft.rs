//! Drafts: begun, written anew, and filled out of a table.

use access::Hand;
use cites::{ApplicationId, DocumentKind, OperatorId};
use permits::application::asked::{Asked, HeadField, Line, LineField, read_table};
use permits::application::{Application, Draft};
use permits::sheet::Table;
use store::{ApplicationRecord, Version};

use super::{Prepared, asked, held, may_begin, other_state, prepared, refused, told, written};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// Begins a draft. One that an officer writes at the counter is in the charge of their agency from the beginning.
pub(crate) async fn begin(
    office: &Office,
    caller: &Caller,
    operator: OperatorId,
    kind: Option<DocumentKind>,
) -> Result<Prepared<ApplicationRecord>, Problem> {
    may_begin(caller, operator)?;
    let mut work = office.store().work().await?;
    work.operator(operator).await?.ok_or_else(Problem::not_found)?;
    let mut asked = Asked::default();
    if let Some(kind) = kind {
        asked.head.write(HeadField::Kind, &kind.to_string()).map_err(|error| refused(&error))?;
    }
    let record = ApplicationRecord {
        id: ApplicationId(office.draw_id()),
        version: Version::NEW,
        operator,
        agency: caller.actor.agency,
        kind: asked.kind(),
        state: Application::Draft(Draft),
        review: None,
        asked: written(&asked)?,
        due: None,
        submitted: None,
        edition: None,
        assessment: None,
        let_in: [].into(),
        hands: [(Hand::Drafted, caller.actor.user)].into(),
        made: office.now(),
        changed: office.now(),
    };
    prepared(office, caller, work, None, record)
}

/// Writes a draft anew.
pub(crate) async fn write(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    asked: &Asked,
) -> Result<Prepared<ApplicationRecord>, Problem> {
    let (work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Draft(_) = record.state else { return Err(other_state(&record, "a draft")) };
    record.asked = written(asked)?;
    record.kind = asked.kind();
    record.hands.insert((Hand::Drafted, caller.actor.user));
    prepared(office, caller, work, Some(before), record)
}

/// Takes the lines of a table that was pasted into a draft, and says what became of each row.
pub(crate) async fn import(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    rows: &[Vec<String>],
) -> Result<(Prepared<ApplicationRecord>, Table<LineField, Line>), Problem> {
    // Names are searched before anything is held: a thousand of them take longer than a deed.
    let table = read_table(rows, office.taxa()).map_err(|error| refused(&error))?;
    Ok((take(office, caller, which, &table).await?, table))
}

/// Takes the lines of a table that was read into a draft.
pub(super) async fn take(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    table: &Table<LineField, Line>,
) -> Result<Prepared<ApplicationRecord>, Problem> {
    let (work, mut record) = held(office, caller, which).await?;
    let before = told(&record);
    let Application::Draft(_) = record.state else { return Err(other_state(&record, "a draft")) };
    let mut asked = asked(&record)?;
    asked.take(table.clone()).map_err(|error| refused(&error))?;
    record.asked = written(&asked)?;
    record.hands.insert((Hand::Drafted, caller.actor.user));
    prepared(office, caller, work, Some(before), record)
}
