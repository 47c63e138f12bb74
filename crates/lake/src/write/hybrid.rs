//! Parquet's hybrid of runs and packed bits, for the keys of dictionaries and for definition levels (the format's
//! `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid").

/// Values that are packed together: a packed run is whole groups of them.
const GROUP: usize = 8;

/// Bits that the values 0 to `largest` need.
pub(super) fn width_of(largest: u32) -> u8 {
    (u32::BITS - largest.leading_zeros()) as u8
}

/// Appends the values, each of them of so many bits.
pub(super) fn put(out: &mut Vec<u8>, values: &[u32], width: u8) {
    let mut packed_from = 0;
    let mut at = 0;
    while at < values.len() {
        let run = values[at..].iter().take_while(|v| **v == values[at]).count();
        if run >= GROUP {
            put_packed(out, &values[packed_from..at], width);
            put_run(out, values[at], run, width);
            at += run;
            packed_from = at;
        } else {
            // A short run within a group costs less packed than the head of a run of its own.
            at = (at + GROUP).min(values.len());
        }
    }
    put_packed(out, &values[packed_from..], width);
}

/// Appends one value so many times.
pub(super) fn put_run(out: &mut Vec<u8>, value: u32, n_times: usize, width: u8) {
    if n_times > 0 {
        put_varint(out, (n_times as u64) << 1);
        out.extend_from_slice(&value.to_le_bytes()[..usize::from(width).div_ceil(8)]);
    }
}

/// Whole groups; the last one is filled up with zeros, which the reader does not ask for.
fn put_packed(out: &mut Vec<u8>, values: &[u32], width: u8) {
    if values.is_empty() {
        return;
    }
    put_varint(out, (values.len().div_ceil(GROUP) as u64) << 1 | 1);
    for group in values.chunks(GROUP) {
        let (mut bits, mut n_bits) = (0u64, 0u32);
        for at in 0..GROUP {
            bits |= u64::from(group.get(at).copied().unwrap_or(0)) << n_bits;
            n_bits += u32::from(width);
            while n_bits >= 8 {
                out.push(bits as u8);
                bits >>= 8;
                n_bits -= 8;
            }
        }
    }
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_packed_as_the_format_shows() {
        // The format's own example: the numbers 0 to 7 in three bits each.
        let mut out = Vec::new();
        put(&mut out, &[0, 1, 2, 3, 4, 5, 6, 7], 3);
        assert_eq!(out, [0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
    }

    #[test]
    fn runs_are_counted_and_rests_filled() {
        let mut out = Vec::new();
        put(&mut out, &[[5; 300].as_slice(), &[1, 2]].concat(), 3);
        // 300 << 1 in seven bits a byte, the value; one packed group with 1, 2 and six zeros.
        assert_eq!(out, [0xd8, 0x04, 5, 0b11, 0b0001_0001, 0, 0]);
    }

    #[test]
    fn widths() {
        assert_eq!([0, 1, 2, 3, 4, 255, 256, u32::MAX].map(width_of), [0, 1, 2, 2, 3, 8, 9, 32]);
    }
}
