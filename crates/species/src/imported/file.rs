//! Reading a compact names file in place.

use std::sync::OnceLock;

use cites::{CountrySet, Kingdom, Rank};

use super::blocks::{Block, Blocks, ImportedError, TAXON_WORDS};
use super::facts::{Facts, Range, countries};
use super::joint::Joint;
use super::links::Links;
use super::set::{NameSet, Record};
use crate::exact::NameTable;
use crate::import::WrittenName;
use crate::near::NearTable;
use crate::slots::Slots;
use crate::words::{LeWords, Words};

/// Imported names, read in place out of the bytes of their file.
#[derive(Debug)]
pub struct ImportedNames<'a> {
    blocks: Blocks<'a>,
    links: OnceLock<Links>,
}

/// An accepted name of the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedTaxon<'a> {
    /// Its number, in the order of kingdom and name.
    pub number: u32,
    /// The name.
    pub name: &'a str,
    /// Its authors.
    pub author: &'a str,
    /// The kingdom.
    pub kingdom: Kingdom,
    /// The rank.
    pub rank: Rank,
    /// Phylum, class, order, family and genus; empty where none is given.
    pub above: [&'a str; 5],
    /// The listing on the day of the download, as written. It rules nothing.
    pub listing: &'a str,
    /// The annotation in English.
    pub annotation: &'a str,
    /// The symbol of its `#` annotation.
    pub parts: &'a str,
    /// Its identifier in Species+; 0 where none is given.
    pub taxon_id: u32,
    /// Everywhere it occurs.
    pub range: CountrySet,
}

impl<'a> ImportedNames<'a> {
    /// Opens a file, of which only the header and the directory are read.
    ///
    /// # Errors
    /// The bytes are no file of names, of another version, cut, or damaged in header or directory. Damage
    /// elsewhere is found where it is first used.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportedError> {
        Ok(Self { blocks: Blocks::open(bytes)?, links: OnceLock::new() })
    }

    /// Checks every block, which takes reading the whole file.
    ///
    /// # Errors
    /// A block is damaged.
    pub fn check(&self) -> Result<(), ImportedError> {
        self.blocks.check()
    }

    /// How many accepted names there are.
    ///
    /// # Errors
    /// The block is damaged.
    pub fn len(&self) -> Result<usize, ImportedError> {
        Ok(self.facts()?.count())
    }

    /// Whether there is none.
    ///
    /// # Errors
    /// The block is damaged.
    pub fn is_empty(&self) -> Result<bool, ImportedError> {
        Ok(self.len()? == 0)
    }

    /// How many synonyms there are.
    ///
    /// # Errors
    /// The block is damaged.
    pub fn synonym_count(&self) -> Result<usize, ImportedError> {
        Ok(self.blocks.words(Block::Accepted)?.count())
    }

    /// Every accepted name, in the order of kingdom and name.
    ///
    /// # Errors
    /// A block is damaged.
    pub fn taxa(&self) -> Result<impl Iterator<Item = ImportedTaxon<'a>> + use<'_, 'a>, ImportedError> {
        let count = self.len()? as u32;
        let described = self.described()?;
        Ok((0..count).filter_map(move |number| described.taxon(number)))
    }

    /// Every name, accepted ones and then synonyms.
    ///
    /// # Errors
    /// A block is damaged.
    pub fn all_names(&self) -> Result<impl Iterator<Item = &'a str> + use<'a>, ImportedError> {
        let names = self.names()?;
        let count = self.len()? + self.synonym_count()?;
        Ok((0..count as u32).filter_map(move |number| names.text(number)))
    }

    /// The accepted name that `name` is or stands for in a kingdom, exactly but for case and accents.
    ///
    /// # Errors
    /// A block is damaged.
    pub fn find(&self, kingdom: Kingdom, name: &str) -> Result<Option<ImportedTaxon<'a>>, ImportedError> {
        let Some(key) = crate::fold::Key::of(name) else { return Ok(None) };
        let described = self.described()?;
        let accepted = self.accepted()?;
        let numbers = self.names()?.find(key.as_bytes());
        let taxa = numbers.filter_map(|number| described.taxon(accepted.of(number)));
        Ok({ taxa }.find(|taxon| taxon.kingdom == kingdom))
    }

    /// The number of the accepted name `name` of a kingdom.
    pub(crate) fn number(&self, kingdom: Kingdom, name: &str) -> Result<Option<u32>, ImportedError> {
        let Some(key) = crate::fold::Key::of(name) else { return Ok(None) };
        let (accepted, facts) = (self.accepted()?, self.facts()?);
        let is_own = |number: &u32| accepted.is_accepted(*number) && facts.kingdom(*number) == Some(kingdom);
        Ok(self.names()?.find(key.as_bytes()).find(is_own))
    }

    /// What every answer needs to know about the accepted names.
    pub(crate) fn facts(&self) -> Result<Facts<'a>, ImportedError> {
        Ok(Facts { facts: self.blocks.words(Block::Facts)? })
    }

    /// Where the accepted name numbered `number` occurs; `None` where that is not told.
    pub(crate) fn range(&self, number: u32) -> Result<Option<Range<'a>>, ImportedError> {
        let (start, count) = self.facts()?.range(number);
        range(&self.blocks, start, count)
    }

    /// What names stand for in both tables, where the file was joined with the backbone of this fingerprint.
    #[inline]
    pub(crate) fn joint(&self, backbone: u64) -> Option<Joint<'_, 'a>> {
        (self.blocks.joined_with == backbone).then_some(Joint { blocks: &self.blocks })
    }

    /// What is remembered about the backbone with a fingerprint; `None` where it is another's.
    pub(crate) fn links(&self, fingerprint: u64, taxa: usize) -> Result<Option<&Links>, ImportedError> {
        let links = match self.links.get() {
            Some(links) => links,
            None => {
                let count = self.len()?;
                self.links.get_or_init(|| Links::new(fingerprint, count, taxa))
            }
        };
        Ok(Some(links).filter(|links| links.are_of(fingerprint)))
    }

    /// Everything in the file, to be merged with more.
    ///
    /// # Errors
    /// A block is damaged.
    pub fn to_set(&self) -> Result<NameSet, ImportedError> {
        let mut set = NameSet::default();
        let names = self.names()?;
        let texts = self.texts()?;
        let authors = self.blocks.words(Block::Authors)?;
        for taxon in self.taxa()? {
            let record = Record {
                author: taxon.author.to_owned(),
                rank: taxon.rank,
                taxon_id: taxon.taxon_id,
                above: taxon.above.map(str::to_owned),
                listing: taxon.listing.to_owned(),
                annotation: taxon.annotation.to_owned(),
                parts: taxon.parts.to_owned(),
                range: taxon.range.iter().collect(),
                synonyms: Vec::new(),
            };
            set.taxa.insert((taxon.kingdom, taxon.name.to_owned()), record);
        }
        let count = self.len()? as u32;
        let mut records: Vec<&mut Record> = set.taxa.values_mut().collect();
        for (at, accepted) in (0..self.synonym_count()?).zip(0_u32..) {
            let number = count.saturating_add(accepted);
            let taxon = self.blocks.words(Block::Accepted)?.word(at);
            let record = taxon.and_then(|taxon| records.get_mut(taxon as usize));
            let author = authors.word(number as usize).and_then(|author| texts.text(author)).unwrap_or("");
            if let (Some(record), Some(name)) = (record, names.text(number)) {
                record.synonyms.push(WrittenName { name: name.to_owned(), author: author.to_owned() });
            }
        }
        Ok(set)
    }

    /// The index of names.
    pub(crate) fn names(&self) -> Result<NameTable<'a, LeWords<'a>>, ImportedError> {
        Ok(NameTable {
            letters: self.blocks.bytes(Block::Letters)?,
            starts: self.blocks.words(Block::Starts)?,
            lines: self.blocks.words(Block::Lines)?,
        })
    }

    /// The index of near names.
    pub(crate) fn near(&self) -> Result<NearTable<'a, LeWords<'a>>, ImportedError> {
        Ok(NearTable {
            first_letters: self.blocks.bytes(Block::FirstLetters)?,
            first_starts: self.blocks.words(Block::FirstStarts)?,
            first_shapes: self.blocks.words(Block::FirstShapes)?,
            first_slots: self.slots([Block::FirstFilter, Block::FirstBuckets, Block::FirstSlots])?,
            shortened_slots: self.slots([
                Block::ShortenedFilter,
                Block::ShortenedBuckets,
                Block::ShortenedSlots,
            ])?,
            member_starts: self.blocks.words(Block::MemberStarts)?,
            members: self.blocks.words(Block::Members)?,
            member_firsts: self.blocks.words(Block::MemberFirsts)?,
            rest_shapes: self.blocks.words(Block::RestShapes)?,
            rest_letters: self.blocks.bytes(Block::RestLetters)?,
            rest_starts: self.blocks.words(Block::RestStarts)?,
            rest_slots: self.slots([Block::RestFilter, Block::RestBuckets, Block::RestSlots])?,
            stem_slots: self.slots([Block::StemFilter, Block::StemBuckets, Block::StemSlots])?,
        })
    }

    fn slots(&self, [filter, starts, slots]: [Block; 3]) -> Result<Slots<LeWords<'a>>, ImportedError> {
        Ok(Slots {
            filter: self.blocks.words(filter)?,
            starts: self.blocks.words(starts)?,
            slots: self.blocks.words(slots)?,
        })
    }

    /// From the number of a name to that of its accepted name.
    pub(crate) fn accepted(&self) -> Result<Accepted<'a>, ImportedError> {
        Ok(Accepted { taxa: self.len()? as u32, accepted: self.blocks.words(Block::Accepted)? })
    }

    /// What the accepted names are described with.
    pub(crate) fn described(&self) -> Result<Described<'a>, ImportedError> {
        Ok(Described {
            names: self.names()?,
            taxa: self.blocks.words(Block::Taxa)?,
            authors: self.blocks.words(Block::Authors)?,
            texts: self.texts()?,
            higher: self.blocks.words(Block::Higher)?,
            facts: self.facts()?,
            countries: self.blocks.words(Block::Ranges)?,
        })
    }

    fn texts(&self) -> Result<Texts<'a>, ImportedError> {
        Ok(Texts { letters: self.blocks.bytes(Block::Texts)?, starts: self.blocks.words(Block::TextStarts)? })
    }
}

/// From the number of a name to that of its accepted name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Accepted<'a> {
    taxa: u32,
    accepted: LeWords<'a>,
}

impl Accepted<'_> {
    /// The accepted name; a number outside the file stands for itself and is found nowhere.
    pub fn of(&self, number: u32) -> u32 {
        let synonym = number.checked_sub(self.taxa).and_then(|at| self.accepted.word(at as usize));
        synonym.unwrap_or(number)
    }

    /// Whether the number is that of an accepted name.
    pub fn is_accepted(&self, number: u32) -> bool {
        number < self.taxa
    }
}

/// What the accepted names are described with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Described<'a> {
    names: NameTable<'a, LeWords<'a>>,
    taxa: LeWords<'a>,
    authors: LeWords<'a>,
    texts: Texts<'a>,
    higher: LeWords<'a>,
    facts: Facts<'a>,
    countries: LeWords<'a>,
}

impl<'a> Described<'a> {
    /// The accepted name numbered `number`.
    pub fn taxon(&self, number: u32) -> Option<ImportedTaxon<'a>> {
        let word = |at: usize| self.taxa.word(number as usize * TAXON_WORDS + at);
        let text = |at: usize| word(at).and_then(|text| self.texts.text(text));
        let higher = word(0)? as usize;
        let above = [0, 1, 2, 3, 4].map(|at| {
            let number = self.higher.word(higher.saturating_mul(5).saturating_add(at));
            number.and_then(|number| self.texts.text(number)).unwrap_or("")
        });
        Some(ImportedTaxon {
            number,
            name: self.names.text(number)?,
            author: self.authors.word(number as usize).and_then(|author| self.texts.text(author))?,
            kingdom: self.facts.kingdom(number)?,
            rank: self.facts.rank(number)?,
            above,
            listing: text(1)?,
            annotation: text(2)?,
            parts: text(3)?,
            taxon_id: word(4)?,
            range: self.range(number),
        })
    }

    fn range(&self, number: u32) -> CountrySet {
        let (start, count) = self.facts.range(number);
        countries(self.countries, start as usize, count as usize)
    }
}

/// The countries of a range.
#[inline]
pub(super) fn range<'a>(
    blocks: &Blocks<'a>,
    start: u32,
    count: u32,
) -> Result<Option<Range<'a>>, ImportedError> {
    const COUNTRY_BYTES: usize = 4;
    let (start, length) = (start as usize * COUNTRY_BYTES, count as usize * COUNTRY_BYTES);
    blocks.slice(Block::Ranges, start, length).map(Range::new)
}

/// Texts that many records share.
#[derive(Debug, Clone, Copy)]
struct Texts<'a> {
    letters: &'a [u8],
    starts: LeWords<'a>,
}

impl<'a> Texts<'a> {
    fn text(&self, number: u32) -> Option<&'a str> {
        let (start, end) = self.starts.pair(number as usize)?;
        std::str::from_utf8(self.letters.get(start..end)?).ok()
    }
}
