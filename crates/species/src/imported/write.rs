//! Writing the compact names file.

use std::collections::HashMap;

use cites::Kingdom;

use super::blocks::{
    BLOCKS, Block, ENTRY_BYTES, FILLED_BYTES, HEADER_BYTES, JOINED_BYTES, MAGIC, PAGE_BYTES, SUM_BYTES,
};
use super::facts::{COUNT_SHIFT, RANK_SHIFT};
use super::joint::JointTables;
use super::set::{NameSet, Record};
use crate::exact;
use crate::hash::checksum;
use crate::near::NearIndex;

/// The bytes of a file of these names alone; the same names always make the same bytes.
///
/// Each look-up then asks the shipped names and the file in turn. [`crate::write_joined`] makes a file that
/// answers for both.
pub fn write(names: &NameSet) -> Vec<u8> {
    Contents::of(names).alone()
}

/// What a file of names holds, before it is laid out.
pub(crate) struct Contents([Vec<u8>; BLOCKS]);

impl Contents {
    /// The names, with nothing joined.
    pub fn of(names: &NameSet) -> Contents {
        Contents(blocks(names))
    }

    /// The bytes of a file of the names alone.
    pub fn alone(&self) -> Vec<u8> {
        file(0, self.0.clone())
    }

    /// The bytes of a file that holds besides what names stand for in the backbone with a fingerprint and in it.
    pub fn joined(mut self, backbone: u64, joint: JointTables) -> Vec<u8> {
        let JointTables { seeds, cells, letters } = joint;
        let joint = [(Block::JointSeeds, seeds), (Block::JointCells, cells), (Block::JointLetters, letters)];
        for (block, bytes) in joint {
            if let Some(place) = self.0.get_mut(block as usize) {
                *place = bytes;
            }
        }
        file(backbone, self.0)
    }
}

fn blocks(names: &NameSet) -> [Vec<u8>; BLOCKS] {
    let mut tables = Tables::default();
    for ((kingdom, _), record) in &names.taxa {
        tables.add_taxon(*kingdom, record);
    }
    let accepted = names.taxa.iter().map(|((_, name), record)| (name.as_str(), record.author.as_str()));
    let synonyms = names.taxa.values().flat_map(|record| &record.synonyms);
    let synonyms = synonyms.map(|synonym| (synonym.name.as_str(), synonym.author.as_str()));
    let all: Vec<(&str, &str)> = accepted.chain(synonyms).collect();
    let authors: Vec<u32> = all.iter().map(|(_, author)| tables.texts.number(author)).collect();
    let counts = (0..).zip(names.taxa.values()).map(|(taxon, record)| (taxon, record.synonyms.len()));
    let accepted_of: Vec<u32> = counts.flat_map(|(taxon, count)| std::iter::repeat_n(taxon, count)).collect();
    let letters: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let lines = exact::lines(letters.iter().copied());
    let near = NearIndex::of(letters.iter().copied());
    [
        letters.concat().into_bytes(),
        numbers(&starts(letters.iter().map(|name| name.len()))),
        numbers(&lines),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        numbers(&tables.facts),
        numbers(&tables.taxa),
        numbers(&accepted_of),
        numbers(&authors),
        tables.texts.letters.into_bytes(),
        numbers(&tables.texts.starts),
        numbers(&tables.higher.rows),
        numbers(&tables.ranges.countries),
        near.first_letters,
        numbers(&near.first_starts),
        numbers(&near.first_shapes),
        numbers(&near.first_slots.filter),
        numbers(&near.first_slots.starts),
        numbers(&near.first_slots.slots),
        numbers(&near.shortened_slots.filter),
        numbers(&near.shortened_slots.starts),
        numbers(&near.shortened_slots.slots),
        numbers(&near.member_starts),
        numbers(&near.members),
        numbers(&near.member_firsts),
        numbers(&near.rest_shapes),
        near.rest_letters,
        numbers(&near.rest_starts),
        numbers(&near.rest_slots.filter),
        numbers(&near.rest_slots.starts),
        numbers(&near.rest_slots.slots),
        numbers(&near.stem_slots.filter),
        numbers(&near.stem_slots.starts),
        numbers(&near.stem_slots.slots),
    ]
}

/// The header, the directory, the checksums of all pages and the blocks, all filled up.
fn file(backbone: u64, mut blocks: [Vec<u8>; BLOCKS]) -> Vec<u8> {
    let lengths = blocks.each_ref().map(Vec::len);
    for block in &mut blocks {
        block.resize(block.len().next_multiple_of(FILLED_BYTES), 0);
    }
    let sums: Vec<u64> = blocks.iter().flat_map(|block| block.chunks(PAGE_BYTES).map(checksum)).collect();
    let head = HEADER_BYTES + JOINED_BYTES + ENTRY_BYTES * BLOCKS + SUM_BYTES * sums.len();
    let mut at = head.next_multiple_of(FILLED_BYTES);
    let mut numbers = vec![backbone];
    for (block, length) in blocks.iter().zip(lengths) {
        numbers.extend([at as u64, length as u64]);
        at += block.len();
    }
    let mut described: Vec<u8> = numbers.into_iter().chain(sums).flat_map(u64::to_le_bytes).collect();
    described.resize(head.next_multiple_of(FILLED_BYTES) - HEADER_BYTES, 0);
    let header = [MAGIC, (at as u64).to_le_bytes(), checksum(&described).to_le_bytes()];
    header.into_iter().flatten().chain(described).chain(blocks.into_iter().flatten()).collect()
}

fn numbers(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Where each of texts of these lengths starts, and at the end where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0_u32];
    for length in lengths {
        starts.push(starts.last().copied().unwrap_or(0) + length as u32);
    }
    starts
}

/// What the accepted names are described with.
#[derive(Default)]
struct Tables {
    facts: Vec<u32>,
    taxa: Vec<u32>,
    texts: Texts,
    higher: Higher,
    ranges: Ranges,
}

impl Tables {
    fn add_taxon(&mut self, kingdom: Kingdom, record: &Record) {
        let above = record.above.each_ref().map(|name| self.texts.number(name));
        let countries = record.range.iter().map(|country| country.index() as u32).collect();
        let (start, count) = self.ranges.place(countries);
        self.facts
            .extend([kingdom as u32 | (record.rank as u32) << RANK_SHIFT | count << COUNT_SHIFT, start]);
        let row = [
            self.higher.number(above),
            self.texts.number(&record.listing),
            self.texts.number(&record.annotation),
            self.texts.number(&record.parts),
            record.taxon_id,
        ];
        self.taxa.extend(row);
    }
}

/// Texts, each once.
struct Texts {
    letters: String,
    starts: Vec<u32>,
    known: HashMap<String, u32>,
}

impl Default for Texts {
    fn default() -> Self {
        Texts { letters: String::new(), starts: vec![0], known: HashMap::new() }
    }
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = self.known.len() as u32;
        self.letters.push_str(text);
        self.starts.push(self.letters.len() as u32);
        self.known.insert(text.to_owned(), number);
        number
    }
}

/// Rows of higher taxa, each once.
#[derive(Default)]
struct Higher {
    rows: Vec<u32>,
    known: HashMap<[u32; 5], u32>,
}

impl Higher {
    fn number(&mut self, row: [u32; 5]) -> u32 {
        let next = self.known.len() as u32;
        let number = *self.known.entry(row).or_insert(next);
        if number == next {
            self.rows.extend(row);
        }
        number
    }
}

/// Ranges, each once.
#[derive(Default)]
struct Ranges {
    countries: Vec<u32>,
    known: HashMap<Vec<u32>, u32>,
}

impl Ranges {
    /// Where a range starts, and how many countries it has.
    fn place(&mut self, range: Vec<u32>) -> (u32, u32) {
        let count = range.len() as u32;
        if let Some(start) = self.known.get(&range) {
            return (*start, count);
        }
        let start = self.countries.len() as u32;
        self.countries.extend(&range);
        self.known.insert(range, start);
        (start, count)
    }
}

/// The blocks are written in the order in which they are numbered.
const _: () = assert!(Block::StemSlots as usize + 1 == BLOCKS);
