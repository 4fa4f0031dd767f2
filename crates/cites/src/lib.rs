//! Codes, quantities, dates and typed ids of the Convention.
