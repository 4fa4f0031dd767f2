//! One line of goods over one border on one day, as far as it is told.
//!
//! Source of truth: the declaration. Codes are sets of what is possible, so that "not told" is the full
//! set and a row is met only where every possibility fits it.

use cites::{AppendixSet, Country, Day, Place, PurposeSet, Source, SourceSet, TaxonId, TermSet};

use super::missing::{Missing, Test};

/// What is told of one line of goods. Start from [`Movement::of`] and set what is known.
///
/// ```
/// use cites::{Country, Day, TaxonId, Term, TermSet};
/// use law::bars::Movement;
///
/// let horn = Movement {
///     terms: TermSet::of(&[Term::Horn]),
///     exporter: Some(Country::new(b"KZ")),
///     ..Movement::of(&[TaxonId(7)], Day::new(2026, 3, 5))
/// };
/// assert!(horn.origin.is_none());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Movement<'a> {
    /// The taxon, then every taxon above it.
    pub lineage: &'a [TaxonId],
    /// Where the specimen was taken from the wild, bred or propagated.
    pub origin: Option<Place>,
    /// The State that the goods leave.
    pub exporter: Option<Country>,
    /// The State that the goods enter.
    pub importer: Option<Country>,
    /// The kinds of specimen that are possible.
    pub terms: TermSet,
    /// The letters of origin that are possible; `O` and `I` beside them decide nothing here.
    pub sources: SourceSet,
    /// The purposes that are possible.
    pub purposes: PurposeSet,
    /// The Appendices that are possible; empty where the listing is not asked for.
    pub appendices: AppendixSet,
    /// The day of the border event.
    pub on: Day,
}

impl<'a> Movement<'a> {
    /// A line of which only the taxon is told.
    pub const fn of(lineage: &'a [TaxonId], on: Day) -> Movement<'a> {
        Movement {
            lineage,
            origin: None,
            exporter: None,
            importer: None,
            terms: TermSet::ALL,
            sources: SourceSet::ALL,
            purposes: PurposeSet::ALL,
            appendices: AppendixSet::EMPTY,
            on,
        }
    }

    /// Whether the goods leave a State into which they had been brought before.
    ///
    /// Source: Art. I(d).
    pub fn is_re_export(&self) -> Option<bool> {
        Some(named(self.origin?.country)? != named(self.exporter?)?)
    }

    pub(crate) fn terms_in(&self, wanted: TermSet) -> Test {
        if self.terms.intersection(wanted).is_empty() {
            return Test::NotMet;
        }
        if self.terms.difference(wanted).is_empty() { Test::Met } else { Test::lacks(Missing::Term) }
    }

    pub(crate) fn purposes_in(&self, wanted: PurposeSet) -> Test {
        if self.purposes.intersection(wanted).is_empty() {
            return Test::NotMet;
        }
        if self.purposes.difference(wanted).is_empty() { Test::Met } else { Test::lacks(Missing::Purpose) }
    }

    /// A specimen of unknown source (`U`) may be of any.
    pub(crate) fn sources_in(&self, wanted: SourceSet) -> Test {
        let outside = self.sources.difference(wanted);
        if outside.is_empty() {
            return Test::Met;
        }
        let none_fits = self.sources.intersection(wanted).is_empty();
        if none_fits && !outside.contains(Source::Unknown) {
            Test::NotMet
        } else {
            Test::lacks(Missing::Source)
        }
    }

    pub(crate) fn leaves(&self, country: Country) -> Test {
        is(self.exporter, country, Missing::Exporter)
    }

    pub(crate) fn enters(&self, country: Country) -> Test {
        is(self.importer, country, Missing::Importer)
    }

    pub(crate) fn re_exported(&self) -> Test {
        Test::told(self.is_re_export(), Missing::ReExport)
    }
}

fn is(told: Option<Country>, wanted: Country, fact: Missing) -> Test {
    Test::told(told.and_then(named).map(|country| country == wanted), fact)
}

/// The country, unless the code says that it is not known, or that there are several.
pub(crate) fn named(country: Country) -> Option<Country> {
    const UNTOLD: [Country; 3] = [Country::UNKNOWN, Country::VARIOUS, Country::new(b"ZZ")];
    (!UNTOLD.contains(&country)).then_some(country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cites::{Purpose, Term};

    const DAY: Day = Day::new(2020, 1, 1);

    #[test]
    fn a_code_fits_only_when_every_possible_one_does() {
        let line = |terms: &[Term]| Movement { terms: TermSet::of(terms), ..Movement::of(&[], DAY) };
        let wanted = TermSet::of(&[Term::Horn, Term::PieceHorn]);
        assert_eq!(line(&[Term::Horn]).terms_in(wanted), Test::Met);
        assert_eq!(line(&[Term::Horn, Term::PieceHorn]).terms_in(wanted), Test::Met);
        assert_eq!(line(&[Term::Horn, Term::Meat]).terms_in(wanted), Test::lacks(Missing::Term));
        assert_eq!(line(&[Term::Meat]).terms_in(wanted), Test::NotMet);
        assert_eq!(
            Movement::of(&[], DAY).purposes_in(Purpose::Commercial.into()),
            Test::lacks(Missing::Purpose)
        );
    }

    #[test]
    fn an_unknown_source_may_be_wild() {
        let line = |source: Source| Movement { sources: source.into(), ..Movement::of(&[], DAY) };
        let wild = SourceSet::of(&[Source::Wild]);
        assert_eq!(line(Source::Wild).sources_in(wild), Test::Met);
        assert_eq!(line(Source::CaptiveBred).sources_in(wild), Test::NotMet);
        assert_eq!(line(Source::Unknown).sources_in(wild), Test::lacks(Missing::Source));
        assert_eq!(line(Source::Unknown).sources_in(SourceSet::ALL), Test::Met);
    }

    #[test]
    fn goods_of_another_origin_are_re_exported() {
        let place = |code: &str| Some(code.parse().unwrap());
        let line = |origin, exporter| Movement { origin, exporter, ..Movement::of(&[], DAY) };
        let kazakhstan = Some(Country::new(b"KZ"));
        assert_eq!(line(place("KZ"), kazakhstan).is_re_export(), Some(false));
        assert_eq!(line(place("RU"), kazakhstan).is_re_export(), Some(true));
        assert_eq!(line(place("XX"), kazakhstan).is_re_export(), None);
        assert_eq!(line(None, kazakhstan).is_re_export(), None);
    }
}
