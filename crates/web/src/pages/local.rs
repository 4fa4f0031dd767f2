//! Addresses within the office: where somebody is led after they have signed in.

use std::fmt::Write as _;

/// The most letters of an address that is kept while somebody signs in.
const LETTERS_MAX: usize = 2_000;

/// A path of this office with what is asked of it; never an address of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Local(String);

impl Local {
    /// The start.
    pub(super) fn start() -> Local {
        Local("/".to_owned())
    }

    /// `written`, if every browser takes it for a path of this office; else the start. Browsers read `//` and `/\` as
    /// the beginning of another site, and leave out signs that are not printed.
    pub(super) fn or_start(written: &str) -> Local {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#';
        let is_local = written.starts_with('/')
            && !written.starts_with("//")
            && written.len() <= LETTERS_MAX
            && written.bytes().all(is_plain);
        if is_local { Local(written.to_owned()) } else { Local::start() }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// `page` with this as where to go on to.
    pub(super) fn after(&self, page: &str) -> String {
        if self.0 == "/" {
            return page.to_owned();
        }
        let mut address = format!("{page}?next=");
        for byte in self.0.bytes() {
            // Writing to a text cannot fail.
            let _ = if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                write!(address, "{}", char::from(byte))
            } else {
                write!(address, "%{byte:02X}")
            };
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_office_are_gone_on_to() {
        for local in ["/", "/permits", "/permits?state=issued&after=00-ff", "/a//b"] {
            assert_eq!(Local::or_start(local).as_str(), local);
        }
        let long = format!("/{}", "a".repeat(LETTERS_MAX));
        for other in [
            "",
            "permits",
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "\\\\elsewhere.example",
            "/\t/elsewhere.example",
            "/\n/elsewhere.example",
            " //elsewhere.example",
            "javascript:alert(1)",
            "/permits\r\nSet-Cookie: a=b",
            "/\u{301c}",
            &long,
        ] {
            assert_eq!(Local::or_start(other), Local::start(), "{other:?}");
        }
    }

    #[test]
    fn an_address_is_kept_whole_within_another() {
        let kept = Local::or_start("/permits?state=issued&after=1%2F").after("/sign-in");
        assert_eq!(kept, "/sign-in?next=/permits%3Fstate%3Dissued%26after%3D1%252F");
        assert_eq!(Local::start().after("/sign-in"), "/sign-in");
    }
}
