//! The parts of a law book that an assessment reads.

use cites::{Day, EditionId};
use species::Backbone;

use super::input::{Crossing, Line};
use super::pairs::Pairs;
use crate::annotation::Annotations;
use crate::bars::deemed::Deemed;
use crate::bars::quota::Quotas;
use crate::bars::quota_yearly::YearlyQuotas;
use crate::bars::reservation::Reservations;
use crate::bars::suspension::Suspensions;
use crate::listing::Listings;
use crate::pack::Pack;
use crate::rule::{GroupIndex, RuleBook};

/// The parts of a law book that an assessment reads.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'b> {
    /// The tree of taxa.
    pub backbone: &'b Backbone,
    /// The entries of the Appendices.
    pub listings: &'b Listings,
    /// The `#` annotations.
    pub annotations: &'b Annotations,
    /// Population entries that hold for some kinds of specimen only.
    pub deemed: &'b Deemed,
    /// Recommendations to suspend trade.
    pub suspensions: &'b Suspensions,
    /// Quotas of the Appendices and the Conference.
    pub quotas: &'b Quotas,
    /// Quotas that Parties published year by year.
    pub yearly_quotas: &'b YearlyQuotas,
    /// Reservations.
    pub reservations: &'b Reservations,
    /// Which units and purposes usually go with a kind of specimen.
    pub pairs: &'b Pairs,
    /// The rules.
    pub rules: &'b RuleBook,
    /// The groups of taxa that rules name.
    pub groups: &'b GroupIndex,
    /// What countries and regions add.
    pub packs: &'b [Pack],
    /// The edition of the whole.
    pub edition: EditionId,
}

/// What is asked: a line on a journey, of a book, on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'q, 'l, 'b> {
    pub(super) line: &'q Line<'l>,
    pub(super) crossing: &'q Crossing<'q>,
    pub(super) sources: &'q Sources<'b>,
    pub(super) on: Day,
}
