//! Progress of long runs: on a terminal only, and never in the way of an answer.

use std::io::IsTerminal;

use indicatif::ProgressBar;

/// A bar over so many rows; without a number a count of them. Hidden where standard error is no terminal.
pub fn over(rows: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    rows.map_or_else(ProgressBar::no_length, ProgressBar::new)
}

/// A bar for rows that are written to standard output as they come; hidden where that is the terminal.
pub fn beside_output() -> ProgressBar {
    if std::io::stdout().is_terminal() { ProgressBar::hidden() } else { over(None) }
}
