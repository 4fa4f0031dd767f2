//! The list of steps. A file that does not stand here is not applied; tidy says so.

use super::Step;

macro_rules! steps {
    ($($name:literal),+ $(,)?) => {
        [$(Step {
            name: $name,
            sqlite: include_str!(concat!("../../../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// Every step, in order. Applied ones are frozen: what is to be changed is changed by another step.
pub(crate) const STEPS: [Step; 8] = steps![
    "0001_deeds",
    "0002_people",
    "0003_sign_in",
    "0004_applications",
    "0005_ledger",
    "0006_registers",
    "0007_chain",
    "0008_calls",
];
