//! The short words by which the tables of changes name their sources, written out.

/// Each short word and what it stands for, longest first where one is part of another.
const WORDS: [(&str, &str); 18] = [
    (" of 25 Aug 2020 (justicecanada/laws-lois-xml)", ""),
    (" (justicecanada/laws-lois-xml SOR-96-263)", ""),
    (" (justicecanada/laws-lois-xml)", ""),
    ("Canada WAPTR Schedule I as amended by SOR/", "Canada, Schedule I, SOR/"),
    ("Canada WAPTR Schedule I, SOR/", "Canada, Schedule I, SOR/"),
    ("Canada WAPTR Schedule I Mar 2025", "Canada, Schedule I, SOR/2025-73"),
    ("CA-2020", "Canada, Schedule I, SOR/2020-179"),
    ("CA-2025", "Canada, Schedule I, SOR/2025-73"),
    ("EU-2019/2117", "Regulation (EU) 2019/2117"),
    ("EU-2023/966(pl)", "Regulation (EU) 2023/966 (Polish text)"),
    ("EU Reg 2017/128", "Regulation (EU) 2017/128"),
    ("EU Reg 1320/2014", "Regulation (EU) 1320/2014"),
    ("BfN-CoP18", "German agency for nature conservation (BfN), results of CoP18"),
    ("USFWS-2019", "US Fish and Wildlife Service, results of CoP18"),
    (
        "zh transcription of the Appendices of 2017 (data/names)",
        "Chinese transcription of the Appendices of 2017",
    ),
    (
        "history Sept 2013 against Index 21 Apr 2017",
        "Species+ listing history to September 2013 against the Index of 21 April 2017",
    ),
    ("changes_2026.csv (Born Free, EFE 5 Dec 2025)", "Born Free; EFE 5 Dec 2025"),
    ("changes_2026.csv (Born Free)", "Born Free"),
];

/// `source` with its short words written out.
pub fn written_out(source: &str) -> String {
    WORDS.iter().fold(source.to_owned(), |text, (word, full)| text.replace(word, full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_officer_reads_titles_and_no_short_words() {
        assert_eq!(
            written_out("EU-2019/2117; CA-2020"),
            "Regulation (EU) 2019/2117; Canada, Schedule I, SOR/2020-179"
        );
        assert_eq!(
            written_out(
                "Canada WAPTR Schedule I as amended by SOR/2025-73 (justicecanada/laws-lois-xml) (present)"
            ),
            "Canada, Schedule I, SOR/2025-73 (present)"
        );
    }
}
