//! What is loaded and asked about in the same way by the API and the pages.

use access::Thing;
use store::{ApplicationRecord, PermitRecord};

use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::sent::id;

/// The application of a written id, if the caller may do the deed of the route to it.
///
/// # Errors
/// There is none, or none that they may see; the database fails.
pub(crate) async fn application(
    office: &Office,
    caller: &Caller,
    written: &str,
) -> Result<ApplicationRecord, Problem> {
    let application = office.store().application(id(written)?).await?.ok_or_else(Problem::not_found)?;
    caller.may(&application.thing())?;
    Ok(application)
}

/// The permit of a written id, if the caller may do the deed of the route to it.
///
/// # Errors
/// There is none, or none that they may see; the database fails.
pub(crate) async fn permit(office: &Office, caller: &Caller, written: &str) -> Result<PermitRecord, Problem> {
    let permit = office.store().permit(id(written)?).await?.ok_or_else(Problem::not_found)?;
    may_read(office, caller, &permit).await?;
    Ok(permit)
}

/// Most who look are of the office or hold the permit, which the permit itself tells; who was let in to its
/// application is loaded for the others alone.
async fn may_read(office: &Office, caller: &Caller, permit: &PermitRecord) -> Result<(), Problem> {
    let Err(refused) = caller.may(&permit.thing()) else { return Ok(()) };
    let Some(application) = permit.application else { return Err(refused) };
    let application = office.store().application(application).await?.ok_or(refused)?;
    caller.may(&thing(permit, Some(&application)))
}

/// What `access` is asked about: whose a permit is, and who was let in to its application and did which step of it.
pub(crate) fn thing(permit: &PermitRecord, application: Option<&ApplicationRecord>) -> Thing {
    let of = permit.thing();
    match application {
        Some(application) => {
            Thing { let_in: application.let_in.clone(), hands: application.hands.clone(), ..of }
        }
        None => of,
    }
}
