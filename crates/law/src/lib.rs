//! What the law on a date requires, with its clause.
