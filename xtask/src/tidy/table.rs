//! Who may use whom, and which foreign crates the pure ones may choose from.
//!
//! The layout of the house in one table. Editing it needs a second reader.

/// A crate of the workspace and what it may name.
pub struct Member {
    /// Its name, which is the name of its folder.
    pub name: &'static str,
    /// The crates of the workspace it may use.
    pub may_use: &'static [&'static str],
    /// Pure: no clock, randomness, disk or network, and foreign crates only from [`FOREIGN_IN_PURE`].
    pub pure: bool,
}

/// The crates of the workspace, in the order of the border story.
pub const MEMBERS: [Member; 14] = [
    Member { name: "cites", may_use: &[], pure: true },
    Member { name: "species", may_use: &["cites"], pure: true },
    Member { name: "law", may_use: &["cites", "species"], pure: true },
    Member { name: "permits", may_use: &["cites", "species"], pure: true },
    Member { name: "border", may_use: &["cites", "species", "law", "permits"], pure: true },
    Member { name: "wording", may_use: &["cites", "species", "law", "permits", "border"], pure: true },
    Member { name: "access", may_use: &["cites"], pure: true },
    // Takes bytes and touches nothing; not pure, since it unpacks and reads the encodings of files.
    Member { name: "files", may_use: &["cites"], pure: false },
    Member { name: "throwaway", may_use: &[], pure: false },
    Member {
        name: "store",
        may_use: &["cites", "species", "law", "permits", "border", "access", "throwaway"],
        pure: false,
    },
    Member {
        name: "web",
        may_use: &["cites", "species", "law", "permits", "border", "wording", "access", "files", "store"],
        pure: false,
    },
    Member {
        name: "countrygate",
        may_use: &[
            "cites", "species", "law", "permits", "border", "wording", "access", "files", "store", "web",
        ],
        pure: false,
    },
    Member {
        name: "fuzz",
        may_use: &["cites", "species", "law", "permits", "border", "files", "access", "web", "countrygate"],
        pure: false,
    },
    Member {
        name: "xtask",
        may_use: &["cites", "species", "law", "permits", "border", "throwaway"],
        pure: false,
    },
];

/// The foreign crates that a pure crate may choose from.
pub const FOREIGN_IN_PURE: [&str; 12] = [
    "aho-corasick",
    "csv",
    "fst",
    "gbif-name-parser",
    "jiff",
    "memchr",
    "serde",
    "sha2",
    "smallvec",
    "thiserror",
    "toml",
    "unicode-normalization",
];

/// What the tests and benches of a pure crate may use besides.
pub const FOREIGN_IN_PURE_TESTS: [&str; 10] = [
    "allocation-counter",
    "criterion",
    "flate2",
    "insta",
    "proptest",
    "rapidfuzz",
    "regorus",
    "serde_json",
    "symspell",
    "tempfile",
];

impl Member {
    /// Its folder. What only tries the program, or builds it, stands beside the crates.
    pub fn folder(&self) -> String {
        if matches!(self.name, "fuzz" | "xtask") {
            self.name.to_owned()
        } else {
            format!("crates/{}", self.name)
        }
    }
}

/// The row of the crate called `name`.
pub fn member(name: &str) -> Option<&'static Member> {
    MEMBERS.iter().find(|member| member.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_uses_only_rows_above_it() {
        for (place, row) in MEMBERS.iter().enumerate() {
            for used in row.may_use {
                // What tries the parsers reaches those of the program too, and the throw-away server is for tests.
                let may_be_impure =
                    matches!(row.name, "fuzz" | "web" | "countrygate") || *used == "throwaway";
                let above = MEMBERS
                    .iter()
                    .take(place)
                    .any(|other| other.name == *used && (other.pure || may_be_impure));
                assert!(above, "{} may use {used}, which does not stand above it as a pure crate", row.name);
            }
        }
    }
}
