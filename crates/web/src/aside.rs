//! Work that takes longer than a request may hold the others: done beside them, a few pieces at a time.

use tokio::sync::Semaphore;

use crate::problem::Problem;

/// How many pieces are worked out at a time. A file that is read takes up to some hundred and fifty million bytes of
/// memory, a thousand questions to the law a second: who asks for much waits for others of them and not everybody.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// Works something out beside the requests.
///
/// # Errors
/// The work broke off.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let turn = AT_A_TIME.acquire().await;
    let turn = turn.map_err(|error| Problem::fault("a piece of work found no turn", &error))?;
    // The turn ends with the work, also where who asked has gone meanwhile.
    let done = tokio::task::spawn_blocking(move || (work(), turn).0).await;
    done.map_err(|error| Problem::fault("a piece of work broke off", &error))
}
