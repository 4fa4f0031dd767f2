//! The words for what a paper shows when it is held against the line it is presented for.
//!
//! Source of truth: the boxes of the standard form, Res. Conf. 12.3 Annex 2. The comparison itself is made
//! at the border; here are only its possible results.

use super::word::words;

words! {
    /// What a box says, held against the goods or the journey.
    Agreement {
        /// The same.
        Same = "same",
        /// Something else.
        Differs = "differs",
        /// The box is empty.
        Absent = "absent",
    }
    /// The day of presentation against the paper's days. Source: Art. VI.2; Res. Conf. 12.3.
    PaperTime {
        /// Issued, and not beyond its last day.
        Valid = "valid",
        /// Beyond its last day, whether printed or capped.
        Expired = "expired",
        /// Issued after the day.
        NotYetIssued = "not-yet-issued",
    }
    /// The printed validity against the longest that such a paper may have. Source: Res. Conf. 12.3.
    PrintedTerm {
        /// Not longer.
        WithinCap = "within-cap",
        /// Longer: a defect, and no extra time.
        BeyondCap = "beyond-cap",
    }
    /// What is in the officer's hand. Source: Res. Conf. 12.3; 50 CFR 23.26(b).
    PaperForm {
        /// The original, or a true copy certified by the issuing authority.
        Original = "original",
        /// Electronic, and authenticated with the issuing authority.
        Electronic = "electronic",
        /// A photocopy, a scan, a fax.
        Copy = "copy",
    }
    /// Alterations of the paper. Source: Res. Conf. 12.3.
    Alteration {
        /// None.
        Clean = "none",
        /// Stamped and signed by the issuing authority.
        Authenticated = "authenticated",
        /// Not so.
        Unauthenticated = "unauthenticated",
    }
    /// The name on the paper against the taxon of the line.
    NamedTaxon {
        /// The same name, or its accepted form.
        Same = "same",
        /// A synonym of it.
        Synonym = "synonym",
        /// A higher taxon only.
        Wider = "wider",
        /// Another taxon.
        Other = "other",
        /// The line is not on the paper.
        Absent = "absent",
    }
    /// The amount against the paper. Source: Res. Conf. 12.3, boxes 11 and 14.
    PaperAmount {
        /// Not above what was endorsed at export, nor above what was authorised.
        Within = "within",
        /// Above what was endorsed at export.
        OverEndorsed = "over-endorsed",
        /// Above what was authorised.
        OverAuthorised = "over-authorised",
        /// In a unit that cannot be compared.
        OtherUnit = "other-unit",
    }
    /// Box 11a: exports so far against the quota. Source: Res. Conf. 14.7 (Rev. CoP15).
    QuotaBox {
        /// Stated, and within the quota.
        Stated = "stated",
        /// Stated, and above the quota.
        Exceeded = "exceeded",
        /// Not stated.
        Absent = "absent",
    }
    /// The order in which papers were issued. Source: Arts. III.2(d), III.4(c).
    PaperOrder {
        /// As the law wants it.
        Kept = "kept",
        /// Issued before the paper that must come first.
        Broken = "broken",
    }
    /// A paper issued after the goods had left. Source: Res. Conf. 12.3 on retrospective issue.
    Retrospective {
        /// Issued before.
        No = "no",
        /// Issued after, says so, and every ground is stated.
        Grounded = "grounded",
        /// Issued after, without that.
        Groundless = "groundless",
    }
}
