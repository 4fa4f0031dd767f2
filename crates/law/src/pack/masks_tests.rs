//! The rows found by their bits are those that fit when every row is looked at.

use std::sync::OnceLock;

use cites::{Day, Purpose, Source, TaxonId, Term};
use proptest::prelude::*;
use species::Placement;

use super::shipped_tests::{Shipped, shipped};
use super::*;
use crate::rule::{Carrier, Direction, Procedure, Regime};

fn packs() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(shipped)
}

/// Names that rows of the pack write and the tree lacks, and others.
const ACCEPTED: [&str; 5] =
    ["", "Gentiana manshurica", "Dendrobium nobile", "Panthera tigris", "Fritillaria cirrhosa"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn bits_find_the_rows_that_fit(
        taxon in prop::option::weighted(0.95, any::<u32>()),
        placement in prop::sample::select(vec![
            Placement::Itself, Placement::KnownMember, Placement::UnresolvedMember,
        ]),
        accepted in prop::option::of(0..ACCEPTED.len()),
        term in prop::option::weighted(0.9, 0..Term::ALL.len()),
        source in prop::option::of(0..Source::ALL.len()),
        purpose in prop::option::of(0..Purpose::ALL.len()),
        words in any::<(u8, u8, u8, u8)>(),
        days in 0_i32..16_000,
    ) {
        let Shipped { backbone, china, .. } = packs();
        let lineage: Vec<TaxonId> =
            taxon.map(|taxon| backbone.lineage(TaxonId(taxon % backbone.len() as u32)).collect()).unwrap_or_default();
        let own = lineage.first().map(|taxon| backbone.name(*taxon)).unwrap_or_default();
        let (direction, regime, carrier, procedure) = words;
        let asked = Asked {
            placement,
            accepted: accepted.map_or(own, |at| ACCEPTED[at]),
            term: term.map(|at| Term::ALL[at]),
            source: source.map(|at| Source::ALL[at]),
            purpose: purpose.map(|at| Purpose::ALL[at]),
            direction: Direction::ALL.get(usize::from(direction % 6)).copied(),
            regime: Regime::ALL.get(usize::from(regime % 12)).copied(),
            carrier: Carrier::ALL.get(usize::from(carrier % 8)).copied(),
            procedure: Procedure::ALL.get(usize::from(procedure % 9)).copied(),
            ..Asked::of(&lineage, Day::new(1985, 1, 1).plus_days(days))
        };
        prop_assert_eq!(china.medicinal.class(&asked), china.medicinal.class_among_all(&asked));
        prop_assert_eq!(china.prohibitions.bans(&asked), china.prohibitions.bans_among_all(&asked));
        let carried = china.carried.bans(&asked);
        if carried.held {
            prop_assert_eq!(carried, china.carried.bans_among_all(&asked));
        }
    }
}
