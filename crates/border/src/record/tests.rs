//! The Appendix of awkward records: split populations, kinds of specimen, years of change, hybrids.
