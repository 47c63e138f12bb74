//! Blobs of a PBF file: their lengths checked before anything is kept, their packing undone.

use super::{
    Fault,
    wire::{Message, Value},
};
use flate2::{Decompress, FlushDecompress, Status};
use std::io::Read;

/// The longest header of a blob that the format allows.
const HEADER_LIMIT: u32 = 64 * 1024;
/// The longest blob that the format allows, packed or not.
const BLOB_LIMIT: u64 = 32 * 1024 * 1024;

/// A blob as it lies in the file.
pub(super) struct Blob {
    /// The byte of the file that its length begins at.
    pub at: u64,
    /// What it holds.
    pub kind: Kind,
    bytes: Vec<u8>,
}

/// What a blob holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The header of the file.
    Header,
    /// Nodes, ways and relations.
    Data,
    /// Something that we do not know and may pass over.
    Other,
}

/// The blobs of a file, read one at a time.
pub(super) struct Blobs<R> {
    from: R,
    at: u64,
    ended: bool,
}

impl<R: Read> Blobs<R> {
    /// The blobs of a stream.
    pub fn of(from: R) -> Self {
        Self { from, at: 0, ended: false }
    }

    fn read(&mut self) -> Result<Option<Blob>, Fault> {
        let Some(length) = self.length()? else { return Ok(None) };
        if length > HEADER_LIMIT {
            return Err(Fault::HeaderSize(u64::from(length)));
        }
        let header = self.take(u64::from(length))?;
        let (mut kind, mut size) = (Kind::Other, None);
        let mut fields = Message(&header);
        while let Some((field, value)) = fields.next()? {
            match field {
                1 => {
                    kind = match value.bytes()? {
                        b"OSMHeader" => Kind::Header,
                        b"OSMData" => Kind::Data,
                        _ => Kind::Other,
                    }
                }
                3 => size = Some(value.number()?),
                _ => {}
            }
        }
        let size = size.ok_or(Fault::NoSize)?;
        if size > BLOB_LIMIT {
            return Err(Fault::BlobSize(size));
        }
        let bytes = self.take(size)?;
        let at = self.at;
        self.at += 4 + u64::from(length) + size;
        Ok(Some(Blob { at, kind, bytes }))
    }

    /// The length of the next header; `None` where the file ends.
    fn length(&mut self) -> Result<Option<u32>, Fault> {
        let mut bytes = [0; 4];
        let mut n = 0;
        while n < 4 {
            match self.from.read(&mut bytes[n..]) {
                Ok(0) if n == 0 => return Ok(None),
                Ok(0) => return Err(Fault::Cut),
                Ok(more) => n += more,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Fault::Io(e.kind())),
            }
        }
        Ok(Some(u32::from_be_bytes(bytes)))
    }

    /// The next bytes. Room is made as they come, so that a length alone takes no memory.
    fn take(&mut self, length: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        (&mut self.from).take(length).read_to_end(&mut bytes).map_err(|e| Fault::Io(e.kind()))?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(Fault::Cut) }
    }
}

impl<R: Read> Iterator for Blobs<R> {
    type Item = Result<Blob, (u64, Fault)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let blob = self.read().map_err(|fault| (self.at, fault)).transpose();
        self.ended = !matches!(blob, Some(Ok(_)));
        blob
    }
}

impl Blob {
    /// Its length as it lies in the file, packed.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What is packed in it. `room` is used for what has to be unpacked and may be used again.
    pub fn unpack<'a>(&'a self, room: &'a mut Vec<u8>) -> Result<&'a [u8], Fault> {
        let (mut raw, mut zlib, mut size) = (None, None, None);
        let mut fields = Message(&self.bytes);
        while let Some((field, value)) = fields.next()? {
            match (field, value) {
                (1, Value::Bytes(bytes)) => raw = Some(bytes),
                (2, Value::Varint(value)) => size = Some(value),
                (3, Value::Bytes(bytes)) => zlib = Some(bytes),
                (4, _) => return Err(Fault::Packing("LZMA")),
                (5, _) => return Err(Fault::Packing("bzip2")),
                (6, _) => return Err(Fault::Packing("LZ4")),
                (7, _) => return Err(Fault::Packing("Zstandard")),
                _ => {}
            }
        }
        if let Some(raw) = raw {
            return Ok(raw);
        }
        let zlib = zlib.ok_or(Fault::NoData)?;
        let size = size.ok_or(Fault::NoSize)?;
        if size > BLOB_LIMIT {
            return Err(Fault::BlobSize(size));
        }
        inflate(zlib, size as usize, room)?;
        Ok(room)
    }
}

/// Unpacks a zlib stream that must give exactly `size` bytes.
fn inflate(packed: &[u8], size: usize, room: &mut Vec<u8>) -> Result<(), Fault> {
    room.clear();
    // A stream cannot give more than 1032 bytes for one of its own, so a size beyond that is a lie told to take memory.
    if size / 1033 > packed.len() {
        return Err(Fault::Unpacked);
    }
    room.reserve_exact(size);
    let mut stream = Decompress::new(true);
    loop {
        let (taken, given) = (stream.total_in(), stream.total_out());
        let rest = packed.get(taken as usize..).ok_or(Fault::Unpacked)?;
        let status = stream.decompress_vec(rest, room, FlushDecompress::Finish).map_err(|_| Fault::Unpacked)?;
        match status {
            Status::StreamEnd => break,
            _ if stream.total_in() == taken && stream.total_out() == given => return Err(Fault::Unpacked),
            _ => {}
        }
    }
    if room.len() == size { Ok(()) } else { Err(Fault::Unpacked) }
}
