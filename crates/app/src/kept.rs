//! What was made from files before, within a number of bytes: what was not asked for the longest goes first.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

/// Values by name. Names must change when what they are made of does: fingerprints, or a file with its length and time.
pub struct Kept<V> {
    most_bytes: usize,
    held: Mutex<Held<V>>,
}

struct Held<V> {
    /// The value, its bytes, and when it was asked for.
    values: HashMap<String, (V, usize, u64)>,
    /// Names by when they were asked for.
    order: BTreeMap<u64, String>,
    n_bytes: usize,
    clock: u64,
}

impl<V: Clone> Kept<V> {
    /// Nothing yet; all values together take at most so many bytes. A value that takes more than a quarter of it is not kept.
    pub fn new(most_bytes: usize) -> Self {
        let held = Held { values: HashMap::new(), order: BTreeMap::new(), n_bytes: 0, clock: 0 };
        Kept { most_bytes, held: Mutex::new(held) }
    }

    /// The value of a name, made where it is not there. `make` gives it with about how many bytes it takes; nobody else waits
    /// while it does, so two who ask at once may both make it.
    ///
    /// Errors: those of `make`, which are not kept.
    pub fn get_or<E>(&self, name: &str, make: impl FnOnce() -> Result<(V, usize), E>) -> Result<V, E> {
        if let Some(value) = self.get(name) {
            return Ok(value);
        }
        let (value, n_bytes) = make()?;
        self.put(name, value.clone(), n_bytes);
        Ok(value)
    }

    /// Bytes that are held.
    pub fn n_bytes(&self) -> usize {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).n_bytes
    }

    fn get(&self, name: &str) -> Option<V> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.clock += 1;
        let now = held.clock;
        let (value, _, asked) = held.values.get_mut(name)?;
        let (value, before) = (value.clone(), std::mem::replace(asked, now));
        held.order.remove(&before);
        held.order.insert(now, name.to_owned());
        Some(value)
    }

    fn put(&self, name: &str, value: V, n_bytes: usize) {
        if n_bytes > self.most_bytes / 4 {
            return;
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.clock += 1;
        let now = held.clock;
        if let Some((_, n_before, before)) = held.values.insert(name.to_owned(), (value, n_bytes, now)) {
            held.n_bytes -= n_before;
            held.order.remove(&before);
        }
        held.n_bytes += n_bytes;
        held.order.insert(now, name.to_owned());
        while held.n_bytes > self.most_bytes {
            let Some((_, oldest)) = held.order.pop_first() else { break };
            if let Some((_, n_bytes, _)) = held.values.remove(&oldest) {
                held.n_bytes -= n_bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_never_takes_more_than_its_bytes() {
        let kept: Kept<u64> = Kept::new(1000);
        let mut n_made = 0;
        let mut ask = |name: u64, n_bytes: usize| {
            let made = kept.get_or(&name.to_string(), || {
                n_made += 1;
                Ok::<_, ()>((name, n_bytes))
            });
            assert_eq!(made, Ok(name));
            assert!(kept.n_bytes() <= 1000, "{} after {name}", kept.n_bytes());
        };
        // Ten of a hundred have room; the first stays, because it is asked for again and again.
        for name in 0..500 {
            ask(name, 100);
            ask(0, 100);
        }
        assert_eq!(n_made, 500, "each was made once, the first one too");
        assert_eq!(kept.n_bytes(), 1000);
        let held = kept.held.lock().unwrap();
        assert_eq!((held.values.len(), held.order.len()), (10, 10));
        assert!(held.values.contains_key("0") && held.values.contains_key("499") && !held.values.contains_key("400"));
    }

    #[test]
    fn what_is_too_large_or_wrong_is_not_kept() {
        let kept: Kept<u64> = Kept::new(1000);
        assert_eq!(kept.get_or("large", || Ok::<_, ()>((1, 251))), Ok(1));
        assert_eq!(kept.get_or("wrong", || Err::<(u64, usize), _>("no")), Err("no"));
        assert_eq!(kept.n_bytes(), 0);
        assert_eq!(kept.get_or("wrong", || Ok::<_, ()>((2, 10))), Ok(2));
        assert_eq!(kept.n_bytes(), 10);
    }
}
