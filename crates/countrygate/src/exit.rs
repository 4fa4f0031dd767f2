//! What a run comes to, as an exit code.

use std::process::ExitCode;

/// What a run comes to; the worst of several counts. Failure is 1 and wrong usage 2, which end a run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything is clear.
    Clear,
    /// 10: something must be referred, a document is missing, or a row could not be read.
    Refer,
    /// 11: something is prohibited.
    Prohibited,
}

impl Exit {
    /// The worse of the two.
    #[must_use]
    pub fn and(self, other: Exit) -> Exit {
        self.max(other)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Clear => ExitCode::SUCCESS,
            Exit::Refer => ExitCode::from(10),
            Exit::Prohibited => ExitCode::from(11),
        }
    }
}
