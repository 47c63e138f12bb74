//! Chance that can be repeated: splitmix64 (Steele, Lea, Flood 2014), because a seed must give the same run with every
//! version of every library.

use std::time::Duration;

/// A sequence of numbers that follows from its seed.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }
    /// Another sequence, which follows from this one's seed and a number.
    pub fn fork(&self, number: u64) -> Self {
        Dice(Dice(self.0 ^ number.wrapping_mul(0xd134_2543_de82_ef95)).next())
    }
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number below a bound, which is above 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
    /// A time below a bound.
    pub fn within(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.below(most.as_micros().max(1) as u64))
    }
    /// Whether one of so many chances came true.
    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }
}
