//! A log that the register wrote is whole; every altered byte of it is found.

use jiff::Timestamp;
use model::record::SheetOrigin;
use register::{Change, ChangeState, Op, Revision, change_line, header_line, revision_line, seal};
use witness::{Broken, hex, verify};

/// A log of three changes, and the head after each of them.
fn log() -> (Vec<u8>, Vec<[u8; 32]>) {
    let (mut lines, mut heads) = (Vec::new(), Vec::new());
    let (mut hash, mut seq) = ([0; 32], 0);
    for number in 1..=3 {
        let sheets = if number == 2 {
            vec![SheetOrigin { file: "plans \"2\".xlsx".into(), sheet: "plans".into(), header: Vec::new() }]
        } else {
            Vec::new()
        };
        let change = Change {
            number,
            author: "Anna Ärmel".into(),
            at: "2020-01-01T00:00:00.5Z".parse::<Timestamp>().expect("an instant"),
            reason: "first\nsecond line".into(),
            state: ChangeState::Accepted,
            undoes: (number == 3).then_some(1),
            sheets,
        };
        lines.push(change_line(&change));
        for part in 0..2 {
            seq += 1;
            let mut revision = Revision {
                seq,
                change: number,
                kind: "unit".into(),
                record: format!("U{part}"),
                op: if number == 3 { Op::Remove } else { Op::Put },
                body: if number == 3 { String::new() } else { format!("{{\"id\":\"U{part}\",\"title\":\"城市\"}}") },
                origin: (number == 2).then_some((0, 4 + part)),
                hash: [0; 32],
            };
            revision.hash = seal(&hash, &change, &revision);
            hash = revision.hash;
            lines.push(revision_line(&revision));
        }
        heads.push(hash);
    }
    lines.insert(0, header_line(3, seq, &hash));
    (lines.iter().flat_map(|l| [l.as_bytes(), b"\n"].concat()).collect(), heads)
}

#[test]
fn what_the_register_writes_is_whole() {
    let (log, heads) = log();
    let intact = verify(&log[..], None).expect("whole");
    assert_eq!((intact.n_changes, intact.n_revisions, intact.head), (3, 6, heads[2]));
    for (at, head) in heads.iter().enumerate() {
        assert_eq!(verify(&log[..], Some(*head)).expect("whole").reached, Some(at as u64 + 1));
    }
    assert!(matches!(verify(&log[..], Some([7; 32])), Err(Broken::NeverHad(_))));
}

#[test]
fn every_altered_byte_is_found() {
    let (log, _) = log();
    for at in 0..log.len() {
        for bit in 0..8 {
            let mut altered = log.clone();
            altered[at] ^= 1 << bit;
            assert!(verify(&altered[..], None).is_err(), "byte {at}, bit {bit}");
        }
    }
    for end in 0..log.len() {
        assert!(verify(&log[..end], None).is_err(), "cut at {end}");
    }
}

#[test]
fn the_first_broken_revision_is_named() {
    let (log, heads) = log();
    let text = String::from_utf8(log).expect("text");
    let broken = |altered: String| verify(altered.as_bytes(), None).expect_err("broken").to_string();
    assert!(broken(text.replacen("\\\"U1\\\"", "\\\"U9\\\"", 1)).starts_with("revision 2 (unit/U1), line 4:"));
    let lines: Vec<&str> = text.lines().collect();
    let without = |at: usize| {
        let kept = lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, l)| format!("{l}\n"));
        kept.collect::<String>()
    };
    assert!(broken(without(3)).contains("revision 2 should follow") || broken(without(3)).starts_with("revision 2"));
    assert!(broken(without(lines.len() - 1)).contains("ends here"));
    assert!(broken(text.replace(&hex(&heads[2]), &hex(&[1; 32]))).contains("revision 6"));
    assert!(broken("id,title\n".to_owned()).starts_with("this is no log"));
    assert!(broken(String::new()).contains("empty"));
}
