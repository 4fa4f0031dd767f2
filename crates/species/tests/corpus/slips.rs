//! Slips of the pen that are the same in every run.

/// A small generator of numbers that are the same in every run.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// `name` with one letter put in, left out, changed, or swapped with the next, anywhere: the space between
    /// the words is a letter too.
    pub fn slip(&mut self, name: &str) -> String {
        let mut letters: Vec<u8> = name.bytes().collect();
        let letter = b'a' + self.below(26) as u8;
        let count = letters.len();
        match self.below(4) {
            0 => letters.insert(self.below(count + 1), letter),
            1 => {
                letters.remove(self.below(count));
            }
            2 => letters[self.below(count)] = letter,
            _ => {
                let at = self.below(count - 1);
                letters.swap(at, at + 1);
            }
        }
        String::from_utf8(letters).expect("ASCII")
    }
}
