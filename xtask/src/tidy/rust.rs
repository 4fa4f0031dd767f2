//! Reads a Rust source as tokens: its functions with their lengths, and the paths into `std` outside tests.
//!
//! Tokens, so that braces in strings and comments do not count; no syntax tree, since nothing here needs one.

use std::str::FromStr;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A function with a body, from the line of `fn` to the line of the closing brace.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// Cuts `text` into tokens.
///
/// # Errors
/// When the text is not Rust.
pub fn tokens(path: &str, text: &str) -> Result<TokenStream> {
    TokenStream::from_str(text).map_err(|error| anyhow!("cannot read `{path}` as Rust: {error}"))
}

/// The functions of a source, those inside modules, implementations and other functions included.
pub fn functions(stream: TokenStream) -> Vec<Function> {
    let mut found = Vec::new();
    collect_functions(stream, &mut found);
    found
}

fn collect_functions(stream: TokenStream, found: &mut Vec<Function>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (place, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            collect_functions(group.stream(), found);
        }
        let mut after = trees.iter().skip(place + 1);
        // `fn` before a parenthesis is a type.
        if is_word(tree, "fn")
            && let Some(TokenTree::Ident(name)) = after.next()
            && let Some(last) = last_line_of_body(after)
        {
            let line = tree.span().start().line;
            found.push(Function { name: name.to_string(), line, lines: last + 1 - line });
        }
    }
}

/// The last line of the first braces before a semicolon; a function of a trait may have none.
fn last_line_of_body<'a>(mut after: impl Iterator<Item = &'a TokenTree>) -> Option<usize> {
    after.find_map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            Some(Some(group.span_close().end().line))
        }
        TokenTree::Punct(punct) if punct.as_char() == ';' => Some(None),
        _ => None,
    })?
}

/// The modules of `std` that a source names outside `#[cfg(test)]` items, with the line.
pub fn std_modules(stream: TokenStream) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    collect_std(stream, &mut found);
    found
}

fn collect_std(stream: TokenStream, found: &mut Vec<(String, usize)>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut rest = trees.as_slice();
    while let Some((tree, after)) = rest.split_first() {
        rest = after;
        match (tree, after) {
            (TokenTree::Punct(mark), [TokenTree::Group(attribute), item @ ..])
                if mark.as_char() == '#' && is_cfg_test(attribute.stream()) =>
            {
                rest = after_item(item);
            }
            (word, [colon, TokenTree::Punct(_), named, ..]) if is_word(word, "std") && is_colon(colon) => {
                collect_names(named, found);
            }
            (TokenTree::Group(group), _) => collect_std(group.stream(), found),
            _ => {}
        }
    }
}

/// `fs` of `std::fs`, and both of `std::{fs, io}`.
fn collect_names(named: &TokenTree, found: &mut Vec<(String, usize)>) {
    match named {
        TokenTree::Ident(name) => found.push((name.to_string(), name.span().start().line)),
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let starts =
                inner.split(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ','));
            starts.filter_map(<[TokenTree]>::first).for_each(|first| collect_names(first, found));
        }
        _ => {}
    }
}

fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

fn is_colon(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':')
}

fn is_cfg_test(attribute: TokenStream) -> bool {
    attribute.to_string().replace(' ', "") == "cfg(test)"
}

/// What follows the item that starts here: it ends with its braces or with a semicolon.
fn after_item(trees: &[TokenTree]) -> &[TokenTree] {
    let end = trees.iter().position(|tree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    });
    end.and_then(|end| trees.get(end + 1..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<(String, usize, usize)> {
        let found = functions(tokens("a.rs", text).unwrap());
        found.into_iter().map(|function| (function.name, function.line, function.lines)).collect()
    }

    fn modules(text: &str) -> Vec<String> {
        std_modules(tokens("a.rs", text).unwrap()).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn braces_in_strings_and_comments_do_not_count() {
        let text = "//! M.\nfn one() {\n    let a = \"}\"; // }\n    let b = r#\"} \"#;\n}\nfn two() {}\n";
        assert_eq!(lengths(text), [("one".to_owned(), 2, 4), ("two".to_owned(), 6, 1)]);
    }

    #[test]
    fn functions_in_implementations_and_traits_are_found() {
        let text = "trait T {\n    fn bare(f: fn(u8) -> u8);\n    fn full() {\n    }\n}\n\
                    impl T for () where [(); 3]: Sized {\n    fn full() -> [u8; 2] {\n        [1, 2]\n    }\n}\n";
        assert_eq!(lengths(text), [("full".to_owned(), 3, 2), ("full".to_owned(), 7, 3)]);
    }

    #[test]
    fn std_is_read_in_paths_and_lists_but_not_in_tests_or_text() {
        let text = "use std::{fs, io::Read};\n/// `std::net` is not used.\nfn a() { std::env::args(); }\n\
                    #[cfg(test)]\nmod tests { use std::process; }\n#[cfg(test)]\nuse std::thread;\nuse std::time::Duration;\n";
        assert_eq!(modules(text), ["fs", "io", "env", "time"]);
    }

    #[test]
    fn what_is_not_rust_is_told() {
        assert!(tokens("a.rs", "fn a( {").is_err());
    }
}
