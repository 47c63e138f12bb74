//! The texts that a column of a chunk repeats, each judged once.

use std::borrow::Cow;

use model::value::CellFault;
use rustc_hash::FxHashMap;

/// A text as it stands in the file, and what it means.
type Entry<'a, T> = (Cow<'a, [u8]>, Result<T, CellFault>);

/// Texts as they stand in the file, by number, with what they mean.
pub(super) struct Lexicon<'a, T> {
    numbers: FxHashMap<Cow<'a, [u8]>, u32>,
    entries: Vec<Entry<'a, T>>,
    /// The text met last: files are mostly sorted, so it mostly comes again.
    last: u32,
}

impl<T> Default for Lexicon<'_, T> {
    fn default() -> Self {
        Lexicon { numbers: FxHashMap::default(), entries: Vec::new(), last: 0 }
    }
}

#[allow(clippy::ptr_arg, reason = "a new text is kept, and borrowing it keeps the bytes where they are")]
impl<'a, T> Lexicon<'a, T> {
    /// The number of a text; a new one is judged by `make`.
    #[inline]
    pub(super) fn number(&mut self, text: &Cow<'a, [u8]>, make: impl FnOnce(&[u8]) -> Result<T, CellFault>) -> u32 {
        if self.entries.get(self.last as usize).is_some_and(|(t, _)| t == text) {
            return self.last;
        }
        self.last = match self.numbers.get(&**text) {
            Some(number) => *number,
            None => {
                let number = self.entries.len() as u32;
                self.numbers.insert(text.clone(), number);
                self.entries.push((text.clone(), make(text)));
                number
            }
        };
        self.last
    }
    /// What the text with a number means.
    #[inline]
    pub(super) fn get(&self, number: u32) -> Result<&T, &CellFault> {
        match self.entries.get(number as usize) {
            Some((_, meaning)) => meaning.as_ref(),
            None => Err(&CellFault::ControlCharacter),
        }
    }
    /// What a text means; a new one is judged by `make`.
    #[inline]
    pub(super) fn meaning(
        &mut self,
        text: &Cow<'a, [u8]>,
        make: impl FnOnce(&[u8]) -> Result<T, CellFault>,
    ) -> Result<&T, CellFault> {
        let number = self.number(text, make);
        self.get(number).map_err(Clone::clone)
    }
    /// All meanings in order of their numbers.
    pub(super) fn meanings(&self) -> impl Iterator<Item = Option<&T>> {
        self.entries.iter().map(|(_, meaning)| meaning.as_ref().ok())
    }
}
