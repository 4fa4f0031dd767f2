//! Every statement that SQLite was asked, for the test of how it looks for rows.

use std::collections::BTreeSet;
use std::sync::Mutex;

static HEARD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

pub(super) fn note(sql: &str) {
    HEARD.lock().unwrap().insert(sql.to_owned());
}

pub(crate) fn all() -> BTreeSet<String> {
    HEARD.lock().unwrap().clone()
}
