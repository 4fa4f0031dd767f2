//! Papers held: applied, issued, endorsed, expired.
