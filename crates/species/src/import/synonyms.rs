//! The cell `SynonymsWithAuthors`: names with authors, separated by commas, of which the authors hold some.
//!
//! `Astrea echinata Dana, 1846, Acanthastrea irregularis Quelch, 1886` is two names. A comma begins a new name
//! where a genus and an epithet follow it: no author is written so.

use super::{WrittenName, value};

/// Words in small letters that follow an author's name, not a genus.
fn is_author_word(word: &str) -> bool {
    matches!(
        word,
        "de" | "ex"
            | "von"
            | "van"
            | "in"
            | "et"
            | "and"
            | "non"
            | "der"
            | "du"
            | "da"
            | "del"
            | "la"
            | "le"
            | "den"
            | "f"
            | "al"
            | "di"
            | "do"
            | "des"
            | "zu"
            | "emend"
            | "nom"
            | "not"
            | "pro"
            | "auct"
            | "auctt"
            | "acut"
            | "act"
            | "hort"
            | "sens"
            | "sensu"
            | "nec"
            | "duméril"
    )
}

/// Words that tell the rank of the epithet after them, or how sure a name is.
fn is_marker(word: &str) -> bool {
    matches!(word, "var." | "subsp." | "ssp." | "f." | "forma" | "x" | "×" | "cf." | "aff.")
}

/// The names in a cell as it stands in the download, with its markup.
pub fn written_names(cell: &str) -> Vec<WrittenName> {
    split(&value::plain_text(cell))
}

/// The names in a cell without markup.
fn split(cell: &str) -> Vec<WrittenName> {
    let mut names = Vec::new();
    let mut start = 0;
    for (comma, _) in cell.match_indices(", ") {
        let after = cell.get(comma + 2..).unwrap_or("");
        if begins_name(after) {
            names.extend(written(cell.get(start..comma).unwrap_or("")));
            start = comma + 2;
        }
    }
    names.extend(written(cell.get(start..).unwrap_or("")));
    names
}

/// Whether a genus (with a subgenus or not) and an epithet stand at the start.
fn begins_name(text: &str) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty() && !matches!(*word, "×" | "x"));
    let Some(genus) = words.next() else { return false };
    let is_genus = genus.starts_with(char::is_uppercase)
        && genus.chars().skip(1).all(|letter| letter.is_lowercase() || letter == '-')
        && genus.chars().count() > 1;
    let mut epithet = words.next().unwrap_or("");
    if epithet.starts_with('(') && epithet.ends_with(')') {
        epithet = words.next().unwrap_or("");
    }
    is_genus && is_epithet(epithet)
}

fn is_epithet(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']);
    bare.chars().count() > 1
        && bare.starts_with(char::is_lowercase)
        && bare.chars().all(|letter| letter.is_lowercase() || letter == '-')
        && !is_author_word(bare)
        && !is_marker(word)
}

/// A name taken apart from its authors; `None` where there is none, and for a hybrid told by its parents, which
/// is no name.
fn written(text: &str) -> Option<WrittenName> {
    let text = text.trim().trim_end_matches([',', ';']);
    let mut name = String::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    name.push_str(words.next()?);
    while let Some(word) = words.peek().copied() {
        let is_subgenus = name.split(' ').count() == 1 && word.starts_with('(') && word.ends_with(')');
        if matches!(word, "x" | "×") && name.contains(' ') {
            return None;
        }
        let is_name = is_epithet(word) || starts_elided(word);
        if (is_subgenus || is_marker(word)) && words.clone().nth(1).is_some_and(is_epithet) {
            words.next();
        } else if is_name && !word.ends_with(',') && name.split(' ').count() < 4 {
            name.push(' ');
            name.push_str(word.trim_end_matches('.'));
            words.next();
        } else {
            break;
        }
    }
    let author: Vec<&str> = words.collect();
    Some(WrittenName { name, author: author.join(" ") })
}

/// `d'albertisii`: an epithet with an apostrophe, told from an author by what follows it.
fn starts_elided(word: &str) -> bool {
    word.strip_prefix("d'").is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> =
            split(cell).into_iter().map(|name| (name.name, name.author)).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(name, author)| ((*name).to_owned(), (*author).to_owned())).collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn commas_of_authors_do_not_split() {
        check(
            "Astrea echinata Dana, 1846, Acanthastrea irregularis Quelch, 1886",
            &[("Astrea echinata", "Dana, 1846"), ("Acanthastrea irregularis", "Quelch, 1886")],
        );
        check(
            "Mico humilis (van Roosmalen, van Roosmalen, Mittermeier & Fonseca, 1998), Callibella humilis (Roosmalen, 1998)",
            &[
                ("Mico humilis", "(van Roosmalen, van Roosmalen, Mittermeier & Fonseca, 1998)"),
                ("Callibella humilis", "(Roosmalen, 1998)"),
            ],
        );
        check(
            "Hyla callidryas Cope, 1862, Phyllomedusa (agalychnis) helenae Lutz, 1950",
            &[("Hyla callidryas", "Cope, 1862"), ("Phyllomedusa helenae", "Lutz, 1950")],
        );
        check(
            "Antipathes undulata van Pesch, 1914, Anguloa virginalis var. turneri (B.S.Williams) Oakeley",
            &[
                ("Antipathes undulata", "van Pesch, 1914"),
                ("Anguloa virginalis turneri", "(B.S.Williams) Oakeley"),
            ],
        );
    }

    #[test]
    fn names_without_authors_and_names_of_genera() {
        check("Chamaecereus ", &[("Chamaecereus", "")]);
        check("Pentisea (Lindl.) Szlach.", &[("Pentisea", "(Lindl.) Szlach.")]);
        check("Chenorchis Z.J.Liu, K.W.Liu & L.J.Chen", &[("Chenorchis", "Z.J.Liu, K.W.Liu & L.J.Chen")]);
        check("Macropis, Capra aegagrus", &[("Macropis", ""), ("Capra aegagrus", "")]);
        check("Ornismya pamela d'Orbigny, 1838", &[("Ornismya pamela", "d'Orbigny, 1838")]);
        check("Dendrobium d'albertisii Rchb.f.", &[("Dendrobium d'albertisii", "Rchb.f.")]);
        check("", &[]);
    }

    #[test]
    fn remarks_of_gardeners_and_parents_of_hybrids_are_no_names() {
        check(
            "Aloe ibityensis hort., Coryphantha palmeri auctt",
            &[("Aloe ibityensis", "hort."), ("Coryphantha palmeri", "auctt")],
        );
        check(
            "Ornithoptera priamos poseidon x ornithoptera rothschildi, Sarracenia x formosa Veitch",
            &[("Sarracenia formosa", "Veitch")],
        );
        check("Cetorhinus maximus forma infanuncula Deinse", &[("Cetorhinus maximus infanuncula", "Deinse")]);
    }
}
