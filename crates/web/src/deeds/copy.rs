//! A new draft of what was asked before.

use access::Hand;
use cites::ApplicationId;
use permits::application::{Application, Draft};
use serde_json::json;
use store::{ApplicationRecord, Version};

use super::{Prepared, asked, prepared, written};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// Begins a draft of what `source` asks, for the same operator. Nothing of the source changes; the history of the draft
/// says of what it is a copy.
pub(crate) async fn copy(
    office: &Office,
    caller: &Caller,
    source: &ApplicationRecord,
) -> Result<Prepared<ApplicationRecord>, Problem> {
    // Names are searched before anything is held: a thousand of them take longer than a deed.
    let asked = asked(source)?.copied(office.taxa());
    let work = office.store().work().await?;
    let record = ApplicationRecord {
        id: ApplicationId(office.draw_id()),
        version: Version::NEW,
        operator: source.operator,
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
    let mut ready = prepared(office, caller, work, None, record)?;
    ready.note("copy_of", json!({ "application": source.id.to_string(), "version": source.version.0 }));
    Ok(ready)
}
