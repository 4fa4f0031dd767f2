//! Which rows of a short table may fit at all: one bit a row, by taxon and by kind of specimen.
//!
//! Source of truth: the rows at loading. A row whose bit is not set surely does not fit; the others are looked
//! at one by one, in the order of the table.

use cites::{TaxonId, Term, TermSet};
use species::Backbone;

use super::asked::Asked;
use super::taxon::PackTaxa;
use crate::rule::Ones;

/// Bits in a word.
const WORD: usize = u64::BITS as usize;

/// The bits of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct RowMasks {
    /// Words for each taxon and each term.
    words: usize,
    rows: usize,
    by_taxon: Vec<u64>,
    by_term: Vec<u64>,
}

impl RowMasks {
    /// The bits of rows that name `taxa` and concern `terms`, one a row, in the order of the table.
    pub(super) fn build<'r>(
        backbone: &Backbone,
        rows: impl ExactSizeIterator<Item = (&'r PackTaxa, TermSet)>,
    ) -> RowMasks {
        let (count, words) = (rows.len(), rows.len().div_ceil(WORD));
        let mut masks = RowMasks {
            words,
            rows: count,
            by_taxon: vec![0; words * backbone.len()],
            by_term: vec![0; words * Term::ALL.len()],
        };
        for (place, (taxa, terms)) in rows.enumerate() {
            for term in terms.iter() {
                set(&mut masks.by_term, words, term as usize, place);
            }
            taxa.concerned(backbone, |taxon| set(&mut masks.by_taxon, words, taxon.0 as usize, place));
        }
        masks
    }

    /// The places of the rows that may fit what is asked: of every taxon where none is told, of every kind of
    /// specimen where none is told.
    #[inline]
    pub(super) fn candidates<'m>(&'m self, asked: &Asked<'_>) -> Candidates<'m> {
        let of_taxon = asked.lineage.first().map(|taxon: &TaxonId| self.of(&self.by_taxon, taxon.0 as usize));
        let of_term = asked.term.map(|term| self.of(&self.by_term, term as usize));
        Candidates { masks: self, of_taxon, of_term, next: 0, left: Ones(0) }
    }

    /// Whether some row may fit what is asked.
    #[inline]
    pub(super) fn any(&self, asked: &Asked<'_>) -> bool {
        self.candidates(asked).next().is_some()
    }

    /// The rows that have a bit in word `word`.
    #[inline]
    fn all(&self, word: usize) -> u64 {
        u64::MAX >> (WORD - (self.rows - word * WORD).min(WORD))
    }

    fn of<'m>(&self, bits: &'m [u64], at: usize) -> &'m [u64] {
        bits.get(at * self.words..(at + 1) * self.words).unwrap_or_default()
    }
}

/// The places of rows, word by word.
pub(super) struct Candidates<'m> {
    masks: &'m RowMasks,
    of_taxon: Option<&'m [u64]>,
    of_term: Option<&'m [u64]>,
    /// The word that is read next.
    next: usize,
    /// What is left of the word before it.
    left: Ones,
}

impl Iterator for Candidates<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            if let Some(bit) = self.left.next() {
                return Some((self.next - 1) * WORD + bit);
            }
            if self.next == self.masks.words {
                return None;
            }
            let told = |bits: Option<&[u64]>| {
                bits.map_or(u64::MAX, |bits| bits.get(self.next).copied().unwrap_or_default())
            };
            self.left = Ones(self.masks.all(self.next) & told(self.of_taxon) & told(self.of_term));
            self.next += 1;
        }
    }
}

fn set(bits: &mut [u64], words: usize, at: usize, place: usize) {
    if let Some(word) = bits.get_mut(at * words + place / WORD) {
        *word |= 1 << (place % WORD);
    }
}
