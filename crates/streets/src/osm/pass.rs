//! One pass over an extract: every block given to a function, on all threads, and the answers taken in the order of the file.

use super::{
    Fault,
    block::Block,
    container::{Blob, Blobs, Kind},
    wire::{Message, zigzag},
};
use crate::{
    error::StreetsError,
    progress::{Progress, Stage, tell},
};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::{fs::File, io::BufReader, path::Path};

/// What the header of an extract says.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OsmHeader {
    /// West, south, east, north in degrees, where the file says so.
    pub bounds: Option<[f64; 4]>,
    /// Seconds since 1970 up to which edits are in the file, where the file says so: the date of the network.
    pub replicated_at: Option<i64>,
}

/// Blobs that each thread unpacks before all answers are taken. More keeps the threads busier at the end of a lot, fewer
/// hold less: a blob is some tens of kilobytes, and 32 MB at most.
const BLOBS_A_THREAD: usize = 8;

/// Packed bytes of a lot, above which no further blob is added.
const LOT_BYTES: usize = 64 << 20;

/// Gives every block of data to a function, on all threads, and each answer to `take`, in the order of the file.
/// `with_strings` says whether tags will be looked at.
///
/// Memory: the packed blobs of one lot and their answers.
pub(super) fn each_block<T: Send>(
    path: &Path,
    (stage, with_strings): (Stage, bool),
    progress: Progress<'_>,
    each: impl Fn(&Block<'_>) -> Result<T, Fault> + Sync,
    mut take: impl FnMut(T),
) -> Result<OsmHeader, StreetsError> {
    let name = || path.display().to_string();
    let fault = |(at, fault): (u64, Fault)| StreetsError::Pbf { file: name(), at, fault };
    let file = File::open(path).map_err(|e| StreetsError::io(path, e))?;
    let size = file.metadata().map_err(|e| StreetsError::io(path, e))?.len();
    let mut blobs = Blobs::of(BufReader::with_capacity(1 << 16, file));

    let first = blobs.next().unwrap_or(Err((0, Fault::NoHeader))).map_err(fault)?;
    if first.kind != Kind::Header {
        return Err(fault((0, Fault::NoHeader)));
    }
    let mut room = Vec::new();
    let header = first.unpack(&mut room).and_then(header).map_err(|f| fault((first.at, f)))?;

    let most = BLOBS_A_THREAD * rayon::current_num_threads();
    let mut lot: Vec<Blob> = Vec::with_capacity(most);
    loop {
        lot.clear();
        let mut bytes = 0;
        while lot.len() < most && bytes < LOT_BYTES {
            let Some(blob) = blobs.next() else { break };
            let blob = blob.map_err(fault)?;
            if blob.kind == Kind::Data {
                bytes += blob.len();
                lot.push(blob);
            }
        }
        let Some(last) = lot.last() else { return Ok(header) };
        tell(progress, stage, last.at, size)?;
        let read = |room: &mut Vec<u8>, blob: &Blob| {
            let answer = blob.unpack(room).and_then(|bytes| each(&Block::of(bytes, with_strings)?));
            answer.map_err(|f| fault((blob.at, f)))
        };
        // One blob at a time: those of ways take longer than those of nodes.
        let answers: Result<Vec<T>, StreetsError> =
            lot.par_iter().with_max_len(1).map_init(Vec::new, |room, blob| read(room, blob)).collect();
        answers?.into_iter().for_each(&mut take);
    }
}

/// The answers for all blocks of data, in the order of the file.
pub(super) fn all_blocks<T: Send>(
    path: &Path,
    how: (Stage, bool),
    progress: Progress<'_>,
    each: impl Fn(&Block<'_>) -> Result<T, Fault> + Sync,
) -> Result<Vec<T>, StreetsError> {
    let mut answers = Vec::new();
    each_block(path, how, progress, each, |answer| answers.push(answer))?;
    Ok(answers)
}

fn header(bytes: &[u8]) -> Result<OsmHeader, Fault> {
    let mut header = OsmHeader::default();
    let mut fields = Message(bytes);
    while let Some((field, value)) = fields.next()? {
        match field {
            1 => header.bounds = bounds(value.bytes()?)?,
            4 if !matches!(value.bytes()?, b"OsmSchema-V0.6" | b"DenseNodes") => return Err(Fault::Feature),
            32 => header.replicated_at = Some(value.number()? as i64),
            _ => {}
        }
    }
    Ok(header)
}

fn bounds(bytes: &[u8]) -> Result<Option<[f64; 4]>, Fault> {
    let mut sides = [None; 4];
    let mut fields = Message(bytes);
    while let Some((field, value)) = fields.next()? {
        // Left, right, top, bottom in the file.
        let side = match field {
            1 => 0,
            2 => 2,
            3 => 3,
            4 => 1,
            _ => continue,
        };
        if let Some(slot) = sides.get_mut(side) {
            *slot = Some(zigzag(value.number()?) as f64 * 1e-9);
        }
    }
    let [Some(west), Some(south), Some(east), Some(north)] = sides else { return Ok(None) };
    let sound = west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0;
    Ok(sound.then_some([west, south, east, north]))
}
