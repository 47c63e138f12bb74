//! Any bytes as a Parquet file of observations: no panic comes out, and every row is taken or counted as rejected.

#![no_main]

use lake::{ParquetLimits, read_parquet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    // The library below may panic on a damaged file; our reader turns that into a finding. The fuzzer's own hook would
    // end the run before.
    init: std::panic::set_hook(Box::new(|_| {})),
    |input: &[u8]| {
        let reading = read_parquet("a.parquet", input.to_vec(), &ParquetLimits::STANDARD);
        assert_eq!(reading.observations.len(), reading.order.len());
        assert!(reading.has_errors() || reading.observations.len() + reading.n_rejected == reading.n_rows_read);
    }
);
