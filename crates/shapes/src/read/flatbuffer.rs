//! Flat buffers, as far as FlatGeobuf needs them: every offset is looked at before it is followed.

/// A table within a buffer.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    buffer: &'a [u8],
    at: usize,
}

fn chunk<const N: usize>(buffer: &[u8], at: usize) -> Option<[u8; N]> {
    buffer.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn offset(buffer: &[u8], at: usize) -> Option<usize> {
    at.checked_add(usize::try_from(u32::from_le_bytes(chunk(buffer, at)?)).ok()?)
}

impl<'a> Table<'a> {
    /// The table that the buffer begins with an offset to.
    pub(super) fn root(buffer: &'a [u8]) -> Option<Self> {
        let table = Self { buffer, at: offset(buffer, 0)? };
        // A table that has no description is none.
        table.described()?;
        Some(table)
    }

    /// The description of the fields: where it begins, and its size.
    fn described(&self) -> Option<(usize, usize)> {
        let back = i64::from(i32::from_le_bytes(chunk(self.buffer, self.at)?));
        let at = usize::try_from(i64::try_from(self.at).ok()?.checked_sub(back)?).ok()?;
        let size = usize::from(u16::from_le_bytes(chunk(self.buffer, at)?));
        (size >= 4).then_some((at, size))
    }

    /// Where a field lies; `None` where it is not given.
    fn field(&self, number: usize) -> Option<usize> {
        let (at, size) = self.described()?;
        let entry = 4 + 2 * number;
        if entry + 2 > size {
            return None;
        }
        let inner = usize::from(u16::from_le_bytes(chunk(self.buffer, at.checked_add(entry)?)?));
        if inner == 0 { None } else { self.at.checked_add(inner) }
    }

    pub(super) fn byte(&self, number: usize) -> Option<u8> {
        self.buffer.get(self.field(number)?).copied()
    }

    pub(super) fn short(&self, number: usize) -> Option<u16> {
        Some(u16::from_le_bytes(chunk(self.buffer, self.field(number)?)?))
    }

    pub(super) fn int(&self, number: usize) -> Option<i32> {
        Some(i32::from_le_bytes(chunk(self.buffer, self.field(number)?)?))
    }

    pub(super) fn long(&self, number: usize) -> Option<u64> {
        Some(u64::from_le_bytes(chunk(self.buffer, self.field(number)?)?))
    }

    pub(super) fn table(&self, number: usize) -> Option<Self> {
        let table = Self { buffer: self.buffer, at: offset(self.buffer, self.field(number)?)? };
        table.described()?;
        Some(table)
    }

    /// The elements of a list, each of `size` bytes, as bytes.
    fn list(&self, field: usize, size: usize) -> Option<&'a [u8]> {
        let at = offset(self.buffer, field)?;
        let n = usize::try_from(u32::from_le_bytes(chunk(self.buffer, at)?)).ok()?;
        let start = at.checked_add(4)?;
        self.buffer.get(start..start.checked_add(n.checked_mul(size)?)?)
    }

    pub(super) fn bytes(&self, number: usize) -> Option<&'a [u8]> {
        self.list(self.field(number)?, 1)
    }

    pub(super) fn text(&self, number: usize) -> Option<String> {
        Some(String::from_utf8_lossy(self.bytes(number)?).into_owned())
    }

    /// A list of numbers, empty where it is not given; `None` where it breaks off.
    pub(super) fn doubles(&self, number: usize) -> Option<Vec<f64>> {
        let Some(field) = self.field(number) else { return Some(Vec::new()) };
        Some(
            self.list(field, 8)?.chunks_exact(8).filter_map(|c| Some(f64::from_le_bytes(c.try_into().ok()?))).collect(),
        )
    }

    /// As [`Table::doubles`].
    pub(super) fn ints(&self, number: usize) -> Option<Vec<u32>> {
        let Some(field) = self.field(number) else { return Some(Vec::new()) };
        Some(
            self.list(field, 4)?.chunks_exact(4).filter_map(|c| Some(u32::from_le_bytes(c.try_into().ok()?))).collect(),
        )
    }

    /// A list of tables, empty where it is not given; `None` where it breaks off.
    pub(super) fn tables(&self, number: usize) -> Option<Vec<Self>> {
        let Some(field) = self.field(number) else { return Some(Vec::new()) };
        let start = offset(self.buffer, field)?.checked_add(4)?;
        let n = self.list(field, 4)?.len() / 4;
        let tables = (0..n).map(|at| {
            let table = Self { buffer: self.buffer, at: offset(self.buffer, start.checked_add(4 * at)?)? };
            table.described()?;
            Some(table)
        });
        tables.collect()
    }
}
