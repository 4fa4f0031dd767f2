//! An operator: who applies for permits and holds them, a person or a firm.

use cites::{Country, OperatorId};

use super::Contact;
use super::name::{PartyName, Script};

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// The id.
    pub id: OperatorId,
    /// Names, address and how to reach them.
    pub contact: Contact,
    /// The State.
    pub country: Country,
    /// Numbers under which others know them.
    pub identifiers: Vec<Identifier>,
}

/// A number under which others know an operator, opaque: who gives such numbers checks them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// Whose number it is, such as the tax office's.
    pub given_by: Box<str>,
    /// The number as written.
    pub text: Box<str>,
}

impl Operator {
    /// The name to be shown where `script` is read: in that script, else in Latin letters, else the first.
    pub fn name(&self, script: Script) -> Option<&PartyName> {
        let names = &self.contact.names;
        let of = |script: Script| names.iter().find(|name| name.script() == script);
        of(script).or_else(|| of(Script::Latin)).or_else(|| names.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_in_the_script_that_is_read() {
        let names = ["天山贸易有限公司", "Tianshan Trading"].into_iter().filter_map(PartyName::of).collect();
        let operator = Operator {
            id: OperatorId([1; 16]),
            contact: Contact { names, ..Contact::default() },
            country: "CN".parse().unwrap(),
            identifiers: Vec::new(),
        };
        let shown = |script| operator.name(script).map(PartyName::text);
        assert_eq!(shown(Script::Han), Some("天山贸易有限公司"));
        assert_eq!(shown(Script::Latin), Some("Tianshan Trading"));
        assert_eq!(shown(Script::Arabic), Some("Tianshan Trading"));
    }
}
