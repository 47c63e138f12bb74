//! The wire format of protocol buffers, as far as OSM PBF uses it: fields, varints, packed lists. Nothing is copied.

use super::Fault;

/// One value of a message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    /// A number.
    Varint(u64),
    /// A text, a message or a packed list.
    Bytes(&'a [u8]),
    /// Four or eight bytes, which OSM has no field for.
    Fixed,
}

impl<'a> Value<'a> {
    /// The number, or the fault that this is none.
    pub fn number(self) -> Result<u64, Fault> {
        match self {
            Self::Varint(value) => Ok(value),
            _ => Err(Fault::Wire),
        }
    }

    /// The bytes, or the fault that these are none.
    pub fn bytes(self) -> Result<&'a [u8], Fault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Fault::Wire),
        }
    }
}

/// The fields of a message, one after another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Message<'a>(pub &'a [u8]);

impl<'a> Message<'a> {
    /// The next field and its number; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(u64, Value<'a>)>, Fault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Varint(varint(&mut self.0)?),
            1 => {
                take(&mut self.0, 8)?;
                Value::Fixed
            }
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(take(&mut self.0, length)?)
            }
            5 => {
                take(&mut self.0, 4)?;
                Value::Fixed
            }
            _ => return Err(Fault::Wire),
        };
        Ok(Some((key >> 3, value)))
    }
}

/// Takes bytes from the front.
fn take<'a>(bytes: &mut &'a [u8], length: u64) -> Result<&'a [u8], Fault> {
    let at = usize::try_from(length).map_err(|_| Fault::Cut)?;
    let (head, tail) = bytes.split_at_checked(at).ok_or(Fault::Cut)?;
    *bytes = tail;
    Ok(head)
}

/// Takes a number of one to ten bytes from the front.
#[inline]
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, Fault> {
    let (&first, rest) = bytes.split_first().ok_or(Fault::Cut)?;
    if first < 0x80 {
        *bytes = rest;
        return Ok(u64::from(first));
    }
    long_varint(bytes)
}

fn long_varint(bytes: &mut &[u8]) -> Result<u64, Fault> {
    let mut value = 0u64;
    for (i, &byte) in bytes.iter().enumerate().take(10) {
        // The tenth byte has room for one bit alone.
        if i == 9 && byte > 1 {
            return Err(Fault::Wire);
        }
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            *bytes = &bytes[i + 1..];
            return Ok(value);
        }
    }
    Err(if bytes.len() < 10 { Fault::Cut } else { Fault::Wire })
}

/// A signed number whose sign is in its last bit.
#[inline]
pub(super) fn zigzag(value: u64) -> i64 {
    ((value >> 1) as i64) ^ -((value & 1) as i64)
}

/// A packed list of numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packed<'a>(pub &'a [u8]);

impl Packed<'_> {
    /// The next number; `None` at the end.
    #[inline]
    pub fn next(&mut self) -> Result<Option<u64>, Fault> {
        if self.0.is_empty() { Ok(None) } else { varint(&mut self.0).map(Some) }
    }
}

/// A packed list of signed differences, as the numbers that they add up to. Sums wrap: only nonsense does.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Deltas<'a> {
    list: Packed<'a>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    /// Sums of a list, from 0.
    pub fn of(list: Packed<'a>) -> Self {
        Self { list, sum: 0 }
    }

    /// The next sum; `None` at the end.
    #[inline]
    pub fn next(&mut self) -> Result<Option<i64>, Fault> {
        let Some(delta) = self.list.next()? else { return Ok(None) };
        self.sum = self.sum.wrapping_add(zigzag(delta));
        Ok(Some(self.sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            let mut left = value;
            while left >= 0x80 {
                bytes.push((left as u8) | 0x80);
                left >>= 7;
            }
            bytes.push(left as u8);
            assert_eq!(varint(&mut bytes.as_slice()), Ok(value));
            bytes.pop();
            assert_eq!(varint(&mut bytes.as_slice()), Err(Fault::Cut), "{value} without its end");
        }
        assert_eq!(varint(&mut [0xff; 11].as_slice()), Err(Fault::Wire));
    }

    #[test]
    fn signs_are_in_the_last_bit() {
        for (value, signed) in [(0, 0), (1, -1), (2, 1), (3, -2), (u64::MAX, i64::MIN), (u64::MAX - 1, i64::MAX)] {
            assert_eq!(zigzag(value), signed);
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_a_fault() {
        // Field 1, bytes, length 2^63.
        let bytes = [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01];
        assert!(matches!(Message(&bytes).next(), Err(Fault::Cut)));
        // Groups (3, 4) went out of use before OSM began.
        assert!(matches!(Message(&[0x0b]).next(), Err(Fault::Wire)));
    }
}
