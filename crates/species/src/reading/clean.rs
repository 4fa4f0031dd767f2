//! Noise out of a text before it is read: markup, entities, odd spaces, invisible signs, shouting.

/// The longest markup tag that is taken out; `<` in anything longer is left as it is.
const TAG_BYTES_MAX: usize = 40;

/// The text with single spaces, without markup and invisible signs, its hybrid signs standing alone.
pub(super) fn clean(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 8);
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = without_tag(rest) {
            rest = after;
            continue;
        }
        let (letter, after) =
            entity(rest).unwrap_or_else(|| (letter, rest.get(letter.len_utf8()..).unwrap_or("")));
        rest = after;
        push(&mut out, letter);
    }
    if is_shouted(&out) {
        out = out.to_lowercase();
    }
    out.trim().to_owned()
}

fn push(out: &mut String, letter: char) {
    match letter {
        // Soft hyphen, zero-width signs, direction marks, byte-order mark.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
        '×' | '✕' | '✖' | '╳' | '⨯' => out.push_str(" × "),
        '_' | '*' | '†' | '\u{fffd}' => out.push(' '),
        // A bracket opens a word of its own: `Falco(Hierofalco)cherrug`.
        '(' | '[' => {
            out.push_str(" (");
        }
        ')' | ']' => out.push_str(") "),
        space if space.is_whitespace() || space.is_control() => out.push(' '),
        other => out.push(other),
    }
}

/// What follows the markup tag at the start of `text`, if one is there.
fn without_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let starts_as_tag = inner.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
    let (tag, after) = inner.split_once('>')?;
    (starts_as_tag && tag.len() <= TAG_BYTES_MAX).then_some(after)
}

/// The sign that the entity at the start of `text` stands for, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    let sign = match name {
        "times" => '×',
        "nbsp" => ' ',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "euml" => 'ë',
        "iuml" => 'ï',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "eacute" => 'é',
        "ccedil" => 'ç',
        _ => char::from_u32(number(name.strip_prefix('#')?)?)?,
    };
    Some((sign, after))
}

fn number(digits: &str) -> Option<u32> {
    match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// Whether every letter is a capital, and there are more than an initial's.
fn is_shouted(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 2 && letters.all(|letter| !letter.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        let words: Vec<String> = clean(written).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.join(" "), expected, "{written:?}");
    }

    #[test]
    fn noise_is_taken_out() {
        check("<i>Falco</i> <em class=\"a\">cherrug</em>", "Falco cherrug");
        check("Falco\u{a0}cherrug\u{feff}", "Falco cherrug");
        check("Falco_cherrug\t\r\n", "Falco cherrug");
        check("FALCO CHERRUG", "falco cherrug");
        check("Falco rusticolus&times;F. cherrug", "Falco rusticolus × F. cherrug");
        check("Iso&#235;tes &#xeb;", "Isoëtes ë");
        check("×Brassocattleya", "× Brassocattleya");
        check("a < b > c & d; e", "a < b > c & d; e");
        check("&#xffffffff; &#55296;", "&#xffffffff; &#55296;");
    }
}
