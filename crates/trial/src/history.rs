//! Whether a history of writes and reads is linearisable: whether there is one order of them, as if each had happened
//! at one moment between its call and its answer, in which every read sees the last write.
//!
//! The order of writes is known: it is the log. So a search is not needed: a history is linearisable if and only if no
//! operation that ended before another began stands behind it in that order. (A cycle in "ended before" and "stands
//! before" together would have a step that goes back in the log, and only "ended before" can make it.)

use std::fmt;

use rustc_hash::FxHashMap;

/// A moment of the trial's clock, in nanoseconds.
pub type Moment = u64;

/// An acknowledged write of a record.
#[derive(Clone, Copy, Debug)]
pub struct Write {
    /// The record.
    pub record: u32,
    /// The value, which no other write has.
    pub value: u64,
    /// The value that it replaced.
    pub replaced: u64,
    /// Number of its change.
    pub number: u64,
    /// When it was called and answered.
    pub invoked: Moment,
    pub answered: Moment,
}

/// A read of a record.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// The record.
    pub record: u32,
    /// The value that was there.
    pub value: u64,
    /// The position of the register that the answer was of, where it says so.
    pub position: Option<u64>,
    /// When it was called and answered.
    pub invoked: Moment,
    pub answered: Moment,
}

/// A write as the log has it, in the order of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    pub number: u64,
    pub record: u32,
    pub value: u64,
    pub replaced: u64,
}

/// What is wrong with a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A write does not name the value before it: an update was lost.
    LostUpdate(Logged),
    /// An acknowledged write is not in the log as it was, or one in the log was never acknowledged.
    NotOneToOne(u64),
    /// A read gave a value that its record never had, or not at that position.
    NeverThere { record: u32, value: u64 },
    /// An operation that ended before another began stands behind it.
    OutOfOrder { record: Option<u32>, ended: Moment, began: Moment },
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::LostUpdate(l) => {
                write!(f, "change {} replaced {} in record {}, which was not there", l.number, l.replaced, l.record)
            }
            Wrong::NotOneToOne(value) => write!(f, "value {value} is not both acknowledged and in the log"),
            Wrong::NeverThere { record, value } => write!(f, "record {record} never had the value {value} there"),
            Wrong::OutOfOrder { record, ended, began } => {
                write!(f, "record {record:?}: what ended at {ended} ns comes after what began at {began} ns")
            }
        }
    }
}

/// An operation in its place in the order: writes have even places, reads the odd one behind the write that they saw.
struct Op {
    place: u64,
    invoked: Moment,
    answered: Moment,
}

/// Checks a history against the log: each record for itself by its values, and the register as one by its positions.
/// The value of every record before its first write is 0.
pub fn check(log: &[Logged], writes: &[Write], reads: &[Read]) -> Result<(), Wrong> {
    let mut current: FxHashMap<u32, u64> = FxHashMap::default();
    // For each record its values in order, with the change that wrote them.
    let mut chains: FxHashMap<u32, Vec<(u64, u64)>> = FxHashMap::default();
    let mut found: FxHashMap<u64, (Logged, u64)> = FxHashMap::default();
    for logged in log {
        let before = current.insert(logged.record, logged.value).unwrap_or(0);
        if before != logged.replaced {
            return Err(Wrong::LostUpdate(*logged));
        }
        let chain = chains.entry(logged.record).or_insert_with(|| vec![(0, 0)]);
        if found.insert(logged.value, (*logged, chain.len() as u64)).is_some() {
            return Err(Wrong::NotOneToOne(logged.value));
        }
        chain.push((logged.number, logged.value));
    }
    let mut of_record: FxHashMap<u32, Vec<Op>> = FxHashMap::default();
    let mut of_all: Vec<Op> = Vec::with_capacity(writes.len());
    for w in writes {
        let Some((logged, nth)) = found.get(&w.value) else { return Err(Wrong::NotOneToOne(w.value)) };
        let said = Logged { number: w.number, record: w.record, value: w.value, replaced: w.replaced };
        if *logged != said {
            return Err(Wrong::NotOneToOne(w.value));
        }
        of_record.entry(w.record).or_default().push(Op { place: 2 * nth, invoked: w.invoked, answered: w.answered });
        of_all.push(Op { place: 2 * w.number, invoked: w.invoked, answered: w.answered });
    }
    if writes.len() != log.len() {
        let told: FxHashMap<u64, ()> = writes.iter().map(|w| (w.value, ())).collect();
        let secret = log.iter().find(|l| !told.contains_key(&l.value));
        return Err(Wrong::NotOneToOne(secret.map_or(0, |l| l.value)));
    }
    let nothing = vec![(0, 0)];
    for r in reads {
        let never = Wrong::NeverThere { record: r.record, value: r.value };
        let nth = match r.value {
            0 => 0,
            value => found.get(&value).filter(|(l, _)| l.record == r.record).ok_or(never.clone())?.1,
        };
        of_record.entry(r.record).or_default().push(Op {
            place: 2 * nth + 1,
            invoked: r.invoked,
            answered: r.answered,
        });
        if let Some(position) = r.position {
            let chain = chains.get(&r.record).unwrap_or(&nothing);
            let last = chain.partition_point(|(number, _)| *number <= position) - 1;
            if chain[last].1 != r.value {
                return Err(never);
            }
            of_all.push(Op { place: 2 * position + 1, invoked: r.invoked, answered: r.answered });
        }
    }
    for (record, ops) in of_record {
        in_order(&ops, Some(record))?;
    }
    in_order(&of_all, None)
}

/// Walks along the clock: whoever begins must not stand before anybody who has ended.
fn in_order(ops: &[Op], record: Option<u32>) -> Result<(), Wrong> {
    let mut by_start: Vec<&Op> = ops.iter().collect();
    let mut by_end = by_start.clone();
    by_start.sort_unstable_by_key(|o| o.invoked);
    by_end.sort_unstable_by_key(|o| o.answered);
    let mut ended = by_end.into_iter().peekable();
    let mut furthest: Option<&Op> = None;
    for op in by_start {
        while let Some(other) = ended.next_if(|o| o.answered < op.invoked) {
            if furthest.is_none_or(|f| f.place < other.place) {
                furthest = Some(other);
            }
        }
        if let Some(f) = furthest.filter(|f| f.place > op.place) {
            return Err(Wrong::OutOfOrder { record, ended: f.answered, began: op.invoked });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two writes of record 7, from 10 to 20 and from 30 to 40.
    fn written() -> (Vec<Logged>, Vec<Write>) {
        let log = vec![
            Logged { number: 1, record: 7, value: 101, replaced: 0 },
            Logged { number: 2, record: 7, value: 102, replaced: 101 },
        ];
        let write = |l: &Logged, invoked, answered| Write {
            record: 7,
            value: l.value,
            replaced: l.replaced,
            number: l.number,
            invoked,
            answered,
        };
        let writes = vec![write(&log[0], 10, 20), write(&log[1], 30, 40)];
        (log, writes)
    }

    /// Reads as value, position, call and answer.
    fn judged(reads: &[(u64, Option<u64>, Moment, Moment)]) -> Result<(), Wrong> {
        let (log, writes) = written();
        let reads: Vec<Read> = reads
            .iter()
            .map(|&(value, position, invoked, answered)| Read { record: 7, value, position, invoked, answered })
            .collect();
        check(&log, &writes, &reads)
    }

    #[test]
    fn a_read_may_see_what_is_being_written_or_what_was_there() {
        judged(&[(0, Some(0), 0, 5), (0, Some(0), 12, 15), (101, Some(1), 12, 15), (101, Some(1), 22, 28)])
            .expect("fine");
        judged(&[(101, None, 22, 35), (102, None, 31, 33), (102, Some(2), 41, 42)]).expect("fine");
    }

    #[test]
    fn a_stale_answer_is_found() {
        assert!(matches!(judged(&[(0, None, 21, 22)]), Err(Wrong::OutOfOrder { record: Some(7), .. })));
        assert!(matches!(judged(&[(101, Some(1), 41, 50)]), Err(Wrong::OutOfOrder { .. })));
    }

    #[test]
    fn an_answer_before_the_write_began_is_found() {
        assert!(matches!(judged(&[(102, None, 22, 25)]), Err(Wrong::OutOfOrder { .. })));
    }

    #[test]
    fn reads_that_go_back_are_found() {
        // While the second write is under way one reader sees it, and one who comes after that reader does not.
        assert!(matches!(judged(&[(102, None, 31, 32), (101, None, 33, 34)]), Err(Wrong::OutOfOrder { .. })));
        // Another record's position tells as well: the register as one goes back.
        assert!(matches!(judged(&[(102, Some(2), 31, 32), (101, Some(1), 33, 34)]), Err(Wrong::OutOfOrder { .. })));
    }

    #[test]
    fn what_was_never_there_is_found() {
        assert!(matches!(judged(&[(999, None, 0, 50)]), Err(Wrong::NeverThere { .. })));
        assert!(matches!(judged(&[(101, Some(2), 30, 50)]), Err(Wrong::NeverThere { .. })));
    }

    #[test]
    fn a_lost_update_and_a_lost_write_are_found() {
        let (mut log, writes) = written();
        log[1].replaced = 0;
        assert_eq!(check(&log, &writes, &[]), Err(Wrong::LostUpdate(log[1])));
        let (log, writes) = written();
        assert_eq!(check(&log[..1], &writes, &[]), Err(Wrong::NotOneToOne(102)));
        assert_eq!(check(&log, &writes[..1], &[]), Err(Wrong::NotOneToOne(102)));
    }

    #[test]
    fn writes_against_the_clock_are_found() {
        let (log, mut writes) = written();
        (writes[1].invoked, writes[1].answered) = (1, 5);
        assert!(matches!(check(&log, &writes, &[]), Err(Wrong::OutOfOrder { .. })));
    }
}
