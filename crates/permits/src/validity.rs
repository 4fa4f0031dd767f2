//! The last day on which a paper is good: the day printed on it, capped by its kind.
//!
//! Source: Art. VI.2; Res. Conf. 12.3, as 50 CFR 23.54 restates it. Months are calendar months.

use cites::Day;

use crate::paper::Paper;
use crate::told::Told;

/// The days between which a paper is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The day of issue, where told.
    pub first_day: Option<Day>,
    /// The last day, where what is told and the cap decide it.
    pub last_day: Option<Day>,
    /// A printed day beyond the cap is a defect, and no extra time.
    pub printed_beyond_cap: Option<bool>,
}

impl Paper {
    /// The days on which the paper is good, at most `cap_months` from its issue.
    ///
    /// A paper on which no last day is printed is good to its cap. Where the day of issue is not told, the
    /// printed day counts, and whether it is beyond the cap stays open.
    pub fn validity(&self, cap_months: Option<u8>) -> Validity {
        let issued = self.issued.value().copied();
        let capped = issued.zip(cap_months).map(|(day, months)| day.plus_months(u32::from(months)));
        let (last_day, printed_beyond_cap) = match (self.expires, capped, cap_months) {
            (Told::Is(printed), Some(cap), _) => (Some(printed.min(cap)), Some(printed > cap)),
            (Told::Is(printed), None, None) => (Some(printed), Some(false)),
            (Told::Is(printed), None, Some(_)) => (Some(printed), None),
            (Told::Absent, cap, _) => (cap, Some(false)),
            (Told::Unknown, ..) => (None, None),
        };
        Validity { first_day: issued, last_day, printed_beyond_cap }
    }
}

impl Validity {
    /// Whether the paper is beyond its last day on `on`; `None` where that is not known.
    pub fn has_expired(self, on: Day) -> Option<bool> {
        self.last_day.map(|last| last < on)
    }

    /// Whether the paper was issued after `on`; `None` where that is not known.
    pub fn is_not_yet_issued(self, on: Day) -> Option<bool> {
        self.first_day.map(|first| first > on)
    }
}

#[cfg(test)]
mod tests {
    use cites::DocumentKind;

    use super::*;

    fn paper(issued: Option<&str>, expires: Option<&str>) -> Paper {
        let day = |text: Option<&str>| Told::from(text.map(|text| text.parse::<Day>().unwrap()));
        Paper { issued: day(issued), expires: day(expires), ..Paper::of(DocumentKind::ExportPermit) }
    }

    #[track_caller]
    fn check(issued: &str, expires: Option<&str>, last: &str, beyond: bool) {
        let mut paper = paper(Some(issued), expires);
        if expires.is_none() {
            paper.expires = Told::Absent;
        }
        let found = paper.validity(Some(6));
        assert_eq!(found.last_day, Some(last.parse().unwrap()));
        assert_eq!(found.printed_beyond_cap, Some(beyond));
    }

    #[test]
    fn the_printed_day_counts_and_is_capped_in_calendar_months() {
        check("2025-08-31", Some("2026-02-10"), "2026-02-10", false);
        check("2025-08-31", Some("2026-02-28"), "2026-02-28", false);
        check("2025-08-31", Some("2026-03-01"), "2026-02-28", true);
        check("2027-08-31", None, "2028-02-29", false);
        check("2025-01-15", None, "2025-07-15", false);
    }

    #[test]
    fn a_paper_is_good_through_its_last_day() {
        let validity = paper(Some("2025-08-31"), Some("2026-02-28")).validity(Some(6));
        assert_eq!(validity.has_expired(Day::new(2026, 2, 28)), Some(false));
        assert_eq!(validity.has_expired(Day::new(2026, 3, 1)), Some(true));
        assert_eq!(validity.is_not_yet_issued(Day::new(2025, 8, 30)), Some(true));
        assert_eq!(validity.is_not_yet_issued(Day::new(2025, 8, 31)), Some(false));
    }

    #[test]
    fn what_is_not_told_stays_open() {
        assert_eq!(paper(None, None).validity(Some(6)).has_expired(Day::new(2026, 1, 1)), None);
        assert_eq!(paper(Some("2025-08-31"), None).validity(Some(6)).last_day, None);
        let undated = paper(None, Some("2026-02-28")).validity(Some(6));
        assert_eq!((undated.last_day, undated.printed_beyond_cap), (Some(Day::new(2026, 2, 28)), None));
        let uncapped = paper(None, Some("2026-02-28")).validity(None);
        assert_eq!(uncapped.printed_beyond_cap, Some(false));
    }
}
