//! Text without what spreadsheets and keyboards put around it, for comparison and for codes, numbers and days.
//!
//! Source of truth: the text. Free text (names of people, marks, remarks) is evidence and is kept as written.

use std::borrow::Cow;

use super::defect::Defect;

/// The texts of errors that spreadsheets show in place of a value, in the languages of the region: Chinese programs
/// show the English ones.
const ERROR_TEXTS: [&str; 17] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#Н/Д",
    "#ССЫЛКА!",
    "#ЗНАЧ!",
    "#ДЕЛ/0!",
    "#ИМЯ?",
    "#ЧИСЛО!",
    "#ПУСТО!",
];

/// What people write for "it is not there". `NA` is Namibia and not among them.
const ABSENT: [&str; 8] = ["none", "n/a", "-", "–", "—", "无", "無", "нет"];

/// What people write for "it is not known".
const UNKNOWN: [&str; 6] = ["unknown", "?", "未知", "不详", "不詳", "неизвестно"];

/// The text with plain spaces, one at a time and none at the ends, with the letters and digits of ASCII in place of
/// their full-width forms, and without signs that are not seen.
///
/// # Errors
/// What is written is no value: the text of an error, a formula, or characters that are no text.
pub fn clean(text: &str) -> Result<Cow<'_, str>, Defect> {
    if text.contains(['\0', '\u{FFFD}']) {
        return Err(Defect::NoText);
    }
    let cleaned = if is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(cleaned(text)) };
    // A program writes `########` where a column is too narrow for its value.
    if ERROR_TEXTS.contains(&&*cleaned) || (cleaned.len() > 1 && cleaned.bytes().all(|byte| byte == b'#')) {
        return Err(Defect::ErrorText);
    }
    if cleaned.starts_with('=') { Err(Defect::Formula) } else { Ok(cleaned) }
}

fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_unseen(*letter)).map(narrow) {
        if letter != ' ' {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Marks of direction and of places where a line may break.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The ASCII form of a full-width letter, a plain space for every other space and control.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        letter if letter.is_whitespace() || letter.is_control() => ' ',
        letter => letter,
    }
}

/// Whether a letter takes room and shows nothing.
pub(crate) fn is_blank_letter(letter: char) -> bool {
    is_unseen(letter) || narrow(letter) == ' '
}

/// The letters and digits alone, in small letters: how headings and names of codes are compared.
pub fn fold(text: &str) -> String {
    text.chars().map(narrow).filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the text says that something is not there.
pub fn is_absent(text: &str) -> bool {
    is_one_of(&ABSENT, text)
}

/// Whether the text says that something is not known.
pub fn is_unknown(text: &str) -> bool {
    is_one_of(&UNKNOWN, text)
}

fn is_one_of(words: &[&str], text: &str) -> bool {
    let text = cleaned(text).to_lowercase();
    words.contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_put_around_a_value_is_left_out() {
        for (written, expected) in [
            ("12", "12"),
            ("\u{a0}12\u{a0}KGM ", "12 KGM"),
            ("１２．５", "12.5"),
            ("\u{3000}ＬＩＶ", "LIV"),
            ("a\r\n b", "a b"),
            ("\u{feff}W\u{200b}", "W"),
            ("\u{202f}", ""),
            ("学名", "学名"),
        ] {
            assert_eq!(clean(written).as_deref(), Ok(expected), "{written:?}");
        }
    }

    #[test]
    fn what_is_no_value_is_told() {
        for (written, expected) in [
            ("#N/A", Defect::ErrorText),
            (" #REF! ", Defect::ErrorText),
            ("#Н/Д", Defect::ErrorText),
            ("########", Defect::ErrorText),
            ("=SUM(A1:A9)", Defect::Formula),
            ("a\0b", Defect::NoText),
            ("a\u{fffd}", Defect::NoText),
        ] {
            assert_eq!(clean(written), Err(expected), "{written:?}");
        }
        assert_eq!(clean("#A1234").as_deref(), Ok("#A1234"), "a mark may begin with the sign");
    }

    #[test]
    fn namibia_is_there() {
        assert!(!is_absent("NA") && is_absent("n/a") && is_absent(" 无 ") && is_absent("НЕТ"));
        assert!(is_unknown("Unknown") && is_unknown("不详") && !is_unknown("U"));
    }
}
