//! Evidence that is attached to an answer as a file: a photograph or a document, told by its bytes.

use diag::Diagnostic;
use engine::instrument::codes::{INS034, INS035};

use crate::{App, enter::attach_evidence, error::AppError};

/// Bytes of a file, at most: a photograph of a telephone has a tenth of that.
pub const LARGEST_PROOF: usize = 20 << 20;

/// The ending of a kind of file that can be evidence, by its first bytes; its name is not believed.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let at = |start: usize, sign: &[u8]| bytes.get(start..).is_some_and(|rest| rest.starts_with(sign));
    let is_heic = || at(4, b"ftyp") && [&b"heic"[..], b"heix", b"mif1", b"msf1"].iter().any(|brand| at(8, brand));
    match bytes {
        _ if at(0, b"\xff\xd8\xff") => Some("jpg"),
        _ if at(0, b"\x89PNG\r\n\x1a\n") => Some("png"),
        _ if at(0, b"RIFF") && at(8, b"WEBP") => Some("webp"),
        _ if is_heic() => Some("heic"),
        _ if at(0, b"%PDF-") => Some("pdf"),
        _ => None,
    }
}

/// Keeps a file as evidence of an answer: a photograph (JPEG, PNG, WebP, HEIC) or a PDF. The answer is what the answer names
/// as its evidence. Equal files are kept once, under their fingerprint.
///
/// Errors: a folder that cannot be written; findings: another kind of file (`INS034`), one that is too large (`INS035`).
pub async fn attach_proof(app: &App, bytes: Vec<u8>) -> Result<Result<String, Box<Diagnostic>>, AppError> {
    if bytes.len() > LARGEST_PROOF {
        let size = i64::try_from(bytes.len() >> 20).unwrap_or(i64::MAX);
        let most = i64::try_from(LARGEST_PROOF >> 20).unwrap_or(i64::MAX);
        return Ok(Err(Box::new(Diagnostic::new(&INS035).arg("size", size).arg("most", most))));
    }
    match kind_of(&bytes) {
        Some(ending) => Ok(Ok(attach_evidence(app, &format!("proof.{ending}"), bytes).await?)),
        None => Ok(Err(Box::new(Diagnostic::new(&INS034)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_bytes() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0 and more"[..], Some("jpg")),
            (b"\x89PNG\r\n\x1a\n....", Some("png")),
            (b"RIFF....WEBPVP8 ", Some("webp")),
            (b"\0\0\0\x18ftypheic....", Some("heic")),
            (b"%PDF-1.7", Some("pdf")),
            (b"<svg onload=alert(1)>", None),
            (b"<!doctype html>%PDF-", None),
            (b"RIFF....WAVE", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind);
        }
    }
}
