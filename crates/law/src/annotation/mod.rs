//! The `#` annotations: which parts and products of a listed taxon an entry covers, by date.
//!
//! Source of truth: `data/law/annotations.csv`, one dated text a row. The clauses of a text are data; what
//! the words of a clause mean is in [`clause`]. The whole plant or animal, living or dead, is always
//! covered; everything else is covered, free, or unknown for want of facts, never free by silence.

mod clause;
mod specimen;
mod table;

pub use clause::Clause;
pub use specimen::SpecimenKind;

use cites::{Day, Span, Term, TermSet, Verified};
use species::Backbone;

use crate::bars::{MissingSet, Provenance, Test};
use crate::keyed::Keyed;
use crate::rule::Ones;
use crate::table::TableError;

/// All dated texts, by symbol.
#[derive(Debug, Default)]
pub struct Annotations {
    rows: Vec<AnnotationText>,
    by_symbol: Keyed<Vec<usize>>,
}

/// One dated text of a symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotationText {
    /// The symbol, such as `#4`; `>1` for two early texts.
    pub symbol: Box<str>,
    /// Its days.
    pub span: Span,
    /// Whether everything is covered but what is taken out, or only what is named.
    pub covers: Covers,
    /// The kinds of specimen that are named; every one where all are covered.
    pub covered_terms: TermSet,
    /// The kinds of specimen that are taken out without a condition.
    pub excluded_terms: TermSet,
    /// What is taken out under a condition, and what stays in all the same.
    pub clauses: Box<[Clause]>,
    /// The text in plain English, in the project's words.
    pub words: Box<str>,
    /// Where the row comes from.
    pub provenance: Provenance,
    bearing: Bearing,
    line: u64,
}

/// Which clauses of a text may fit a specimen whose kind is told, one bit each by kind: of most kinds no clause of a
/// text speaks. A text has no more clauses than there are bits, which the table is read for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bearing(Box<[u64]>);

impl Bearing {
    /// How many clauses a text may have.
    const CLAUSES_MOST: usize = u64::BITS as usize;

    fn of(clauses: &[Clause]) -> Bearing {
        let bits = |term: &Term| {
            let speaking = clauses.iter().enumerate().filter(|(_, clause)| clause.may_fit(*term));
            speaking.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        Bearing(Term::ALL.iter().map(bits).collect())
    }

    /// The clauses that may fit `kind`, one bit each.
    fn on(&self, kind: &SpecimenKind<'_>) -> Ones {
        let told = kind.told_term().and_then(|term| self.0.get(term as usize));
        Ones(told.copied().unwrap_or(u64::MAX))
    }
}

/// How a text is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Covers {
    /// All parts and derivatives, with exceptions.
    All,
    /// Only the parts named.
    Only,
}

/// Whether an entry with an annotation covers a specimen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage<'a> {
    /// It does.
    Covered,
    /// It does not.
    Free {
        /// What takes the specimen out.
        by: FreeBy<'a>,
    },
    /// These facts would tell.
    Unknown {
        /// What is not told.
        missing: MissingSet,
    },
}

/// What takes a specimen out of an annotated entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreeBy<'a> {
    /// The text names the kinds that are covered, and this is none of them.
    NotNamed,
    /// The text takes this kind out.
    Term,
    /// A clause of the text.
    Clause(&'a Clause),
}

/// An answer, with the text it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Whether the specimen is covered.
    pub coverage: Coverage<'a>,
    /// The dated text; where a clause sends to another symbol, that symbol's text.
    pub text: &'a AnnotationText,
    /// Whether every text used is verified.
    pub verified: Verified,
}

impl Annotations {
    /// Reads `annotations.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, and every two texts of one symbol that hold on the same day.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<Annotations, Vec<TableError>> {
        let rows = table::read(text, backbone)?;
        let mut annotations = Annotations { rows, by_symbol: Keyed::default() };
        for (at, row) in annotations.rows.iter().enumerate() {
            annotations.by_symbol.entry(row.symbol.clone()).or_default().push(at);
        }
        Ok(annotations)
    }

    /// Every text, in the order of the table.
    pub fn rows(&self) -> &[AnnotationText] {
        &self.rows
    }

    /// The text of a symbol on a day; `None` where the table has none, so that an answer must refer.
    pub fn text(&self, symbol: &str, on: Day) -> Option<&AnnotationText> {
        let places = self.by_symbol.get(symbol)?.iter();
        places.filter_map(|at| self.rows.get(*at)).find(|row| row.span.contains(on))
    }

    /// All texts of a symbol, in time.
    pub fn history(&self, symbol: &str) -> Vec<&AnnotationText> {
        let places = self.by_symbol.get(symbol).into_iter().flatten();
        let mut rows: Vec<&AnnotationText> = places.filter_map(|at| self.rows.get(*at)).collect();
        rows.sort_by_key(|row| row.span.from);
        rows
    }

    /// Whether an entry annotated with `symbol` covers the specimen on a day; `None` where no text of the
    /// symbol is known for the day, so that an answer must refer.
    pub fn covers(&self, symbol: &str, on: Day, kind: &SpecimenKind<'_>) -> Option<Answer<'_>> {
        self.covers_by(symbol, on, kind, 0)
    }

    fn covers_by(&self, symbol: &str, on: Day, kind: &SpecimenKind<'_>, hops: u8) -> Option<Answer<'_>> {
        let text = self.text(symbol, on)?;
        let verified = Verified::from(text.provenance.confidence);
        let mut open = MissingSet::EMPTY;
        for (clause, other) in text.bearing_on(kind).filter_map(|clause| Some((clause, clause.follows()?))) {
            match clause.fits(kind) {
                Test::Met if hops == 0 => {
                    let answer = self.covers_by(other, on, kind, 1)?;
                    return Some(Answer { verified: verified.and(answer.verified), ..answer });
                }
                Test::Unknown(missing) => open = open.union(missing),
                Test::Met | Test::NotMet => {}
            }
        }
        let own = text.covers(kind);
        let coverage = if open.is_empty() || whole(kind) { own } else { Coverage::Unknown { missing: open } };
        Some(Answer { coverage, text, verified })
    }
}

/// The whole plant or animal, living or dead. Source: Interpretation, paragraph 7; Conf. 9.6.
const WHOLE: TermSet = TermSet::of(&[
    cites::Term::Live,
    cites::Term::Body,
    cites::Term::DriedPlant,
    cites::Term::GraftRootstock,
    cites::Term::Fingerlings,
]);

fn whole(kind: &SpecimenKind<'_>) -> bool {
    !kind.terms.is_empty() && kind.terms.difference(WHOLE).is_empty()
}

impl AnnotationText {
    /// The clauses that may fit the specimen, in the order of the text; the others surely do not.
    #[inline]
    fn bearing_on<'a>(&'a self, kind: &SpecimenKind<'_>) -> impl Iterator<Item = &'a Clause> + use<'a> {
        self.bearing.on(kind).map_while(|place| self.clauses.get(place))
    }

    /// Whether this text by itself covers the specimen.
    fn covers(&self, kind: &SpecimenKind<'_>) -> Coverage<'_> {
        if whole(kind) {
            let cultures =
                self.bearing_on(kind).filter(|clause| clause.takes_out() && clause.is_of_cultures());
            let free = cultures.into_iter().find(|clause| clause.fits(kind) == Test::Met);
            return free.map_or(Coverage::Covered, |clause| Coverage::Free { by: FreeBy::Clause(clause) });
        }
        let named = kind.term_in(self.covered_terms.union(WHOLE));
        let taken_out = kind.term_in(self.excluded_terms.difference(WHOLE));
        let kept = self.bearing_on(kind).filter(|clause| clause.keeps_in()).map(|clause| clause.fits(kind));
        let kept = kept.fold(Test::NotMet, Test::or);
        let mut covered = named.and(taken_out.negated().or(kept));
        for clause in self.bearing_on(kind).filter(|clause| clause.takes_out()) {
            let freed = clause.fits(kind).and(kept.negated());
            if freed == Test::Met && named != Test::NotMet {
                return Coverage::Free { by: FreeBy::Clause(clause) };
            }
            covered = covered.and(freed.negated());
        }
        match covered {
            Test::Met => Coverage::Covered,
            Test::Unknown(missing) => Coverage::Unknown { missing },
            Test::NotMet if named == Test::NotMet => Coverage::Free { by: FreeBy::NotNamed },
            Test::NotMet => Coverage::Free { by: FreeBy::Term },
        }
    }
}

#[cfg(test)]
mod tests;
