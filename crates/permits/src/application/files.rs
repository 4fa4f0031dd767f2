//! When files may be handed in with an application.

use super::Application;

impl Application {
    /// Whether a file may be added: until it is decided. What a decision rests on is what lay there when it was made;
    /// what comes later belongs to another application.
    pub const fn takes_files(&self) -> bool {
        match self {
            Application::Draft(_)
            | Application::Received(_)
            | Application::Incomplete(_)
            | Application::Accepted(_) => true,
            Application::Granted(_)
            | Application::Refused(_)
            | Application::Withdrawn(_)
            | Application::Issued(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use cites::Day;

    use super::super::{Draft, Terms};
    use super::*;
    use crate::Term;

    #[test]
    fn a_file_is_added_until_it_is_decided() {
        let day = Day::new(2026, 11, 30);
        let term = Term::WorkingDays(20);
        let terms = Terms {
            completeness: term,
            decision: term,
            extension: 10,
            copy: None,
            forestry: None,
            fishery: None,
        };
        let received = Draft.submit(day, terms);
        assert!(Application::Draft(Draft).takes_files());
        assert!(Application::Received(received.clone()).takes_files());
        let accepted = received.accept(day, terms).unwrap();
        assert!(Application::Accepted(accepted.clone()).takes_files());
        let refused = accepted.refuse("no finding", day).unwrap();
        assert!(!Application::Refused(refused).takes_files());
    }
}
