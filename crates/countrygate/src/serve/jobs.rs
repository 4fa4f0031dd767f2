//! What the server does by itself: it forgets what nobody asks for any more.
//!
//! Several nodes may do it at one time; each forgets what is there.

use std::time::Duration;

use access::Instant;
use access::session::LIFE_SECONDS_OUTSIDE;
use access::throttle::REMEMBERED_SECONDS;
use store::DatabaseError;
use web::Office;

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Keeps house until it is broken off.
pub(super) async fn keep_house(office: Office) {
    let mut beat = tokio::time::interval(EVERY);
    loop {
        beat.tick().await;
        match forget(&office).await {
            Ok(forgotten) => {
                tracing::info!(forgotten, "sessions, tries and answers that ran out are forgotten")
            }
            Err(error) => {
                tracing::error!(%error, "what ran out was not forgotten; it is tried again in an hour")
            }
        }
    }
}

async fn forget(office: &Office) -> Result<u64, DatabaseError> {
    let now = office.now();
    let before = |seconds: u64| Instant(now.0.saturating_sub(seconds));
    let sessions = office.store().forget_sessions(before(LIFE_SECONDS_OUTSIDE)).await?;
    let tries = office.store().forget_tries(before(REMEMBERED_SECONDS)).await?;
    let keys = office.store().forget_keys(now).await?;
    Ok(sessions + tries + keys)
}
