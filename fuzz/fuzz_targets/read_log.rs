//! Any bytes as an exported log: nothing panics, and what is accepted has a chain.

#![no_main]

use libfuzzer_sys::fuzz_target;
use witness::verify;

fuzz_target!(|input: &[u8]| {
    if let Ok(intact) = verify(input, None) {
        assert!(intact.n_revisions >= intact.n_changes);
    }
});
