//! A name in the script in which it is written: one operator has several, none of which is the translation of another.

/// A script of the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Chinese characters.
    Han,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters, in which Uyghur and Kazakh are written too.
    Arabic,
    /// Letters of several scripts.
    Mixed,
    /// None of these.
    Other,
}

impl Script {
    /// The script of the letters of a text; digits and signs are of none.
    pub fn of(text: &str) -> Script {
        let mut scripts = text.chars().filter(|letter| letter.is_alphabetic()).map(Script::of_letter);
        let Some(first) = scripts.next() else { return Script::Other };
        if scripts.all(|other| other == first) { first } else { Script::Mixed }
    }

    const fn of_letter(letter: char) -> Script {
        match letter {
            'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
            '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => Script::Latin,
            '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => Script::Han,
            '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}' => Script::Han,
            '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' => Script::Cyrillic,
            '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' => Script::Arabic,
            '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => Script::Arabic,
            _ => Script::Other,
        }
    }
}

/// A name in one script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartyName {
    text: Box<str>,
    script: Script,
}

impl PartyName {
    /// A name as written; `None` where nothing is.
    pub fn of(text: &str) -> Option<PartyName> {
        let text = text.trim();
        (!text.is_empty()).then(|| PartyName { text: text.into(), script: Script::of(text) })
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The script of its letters.
    pub const fn script(&self) -> Script {
        self.script
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_of_the_script_of_its_letters() {
        for (text, expected) in [
            ("Tianshan Trading Co., Ltd. 42", Script::Latin),
            ("天山贸易有限公司", Script::Han),
            ("ТОО «Тянь-Шань»", Script::Cyrillic),
            ("تىيانشان", Script::Arabic),
            ("天山 Trading", Script::Mixed),
            ("42", Script::Other),
            ("ქართული", Script::Other),
        ] {
            assert_eq!(Script::of(text), expected, "{text}");
        }
        assert_eq!(PartyName::of("  "), None);
    }
}
