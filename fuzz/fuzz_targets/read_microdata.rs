//! Any bytes as a survey's file, and any text as a condition on it: nothing panics, every column is as long as the table,
//! and a condition answers for each row or says what is wrong.
//!
//! The first line is the condition; the rest is the file.

#![no_main]

use engine::survey::Expression;
use exchange::{NamedBytes, read_microdata};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let at = input.iter().position(|b| *b == b'\n').unwrap_or(input.len());
    let (condition, file) = input.split_at(at);
    let bytes = file.get(1..).unwrap_or_default().to_vec();
    let condition = String::from_utf8_lossy(condition);
    match read_microdata(&NamedBytes { name: "fuzz.csv".to_owned(), bytes }) {
        Err(found) => assert!(!found.is_empty()),
        Ok((table, _)) => {
            for variable in &table.variables {
                for row in 0..table.n_rows {
                    variable.values.show(row);
                }
            }
            let Ok(read) = Expression::parse(&condition) else { return };
            if let Ok(truth) = read.truth(&table) {
                assert_eq!(truth.len(), table.n_rows);
            }
        }
    }
});
