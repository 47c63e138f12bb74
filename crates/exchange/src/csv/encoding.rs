//! From bytes to text: marks at the beginning, patterns, declarations, and at last a guess that is told.

use std::borrow::Cow;

use diag::{Diagnostic, Pointer};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{
    codes,
    read::{Findings, NamedBytes},
};

/// UTF-16 by its mark, or by the zeros that Latin text leaves in every second byte; and the mark's length.
pub(crate) fn utf16_of(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some((UTF_16LE, 2));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some((UTF_16BE, 2));
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    // A header is Latin letters, so nearly every second byte of its beginning is zero.
    let most = |n: usize| n * 2 > head.len() / 2 && head.len() >= 8;
    match (even, odd) {
        (0, n) if most(n) => Some((UTF_16LE, 0)),
        (n, 0) if most(n) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// The text of a file; `None` after a finding.
pub(super) fn decode<'a>(
    file: &'a NamedBytes,
    declared: Option<&str>,
    findings: &mut Findings,
) -> Option<Cow<'a, str>> {
    let bytes = &file.bytes;
    let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    if let Some((encoding, mark)) = utf16_of(bytes) {
        if mark == 0 {
            let finding = Diagnostic::new(&codes::XCH012).arg("file", &file.name).arg("encoding", encoding.name());
            findings.push(finding.at(at()));
        }
        return checked(file, encoding, &bytes[mark..], findings);
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(encoding) = declared.and_then(|name| Encoding::for_label(name.as_bytes()))
        && encoding != UTF_8
    {
        return checked(file, encoding, body, findings);
    }
    if let Ok(text) = std::str::from_utf8(body) {
        return Some(Cow::Borrowed(text));
    }
    if body.len() < bytes.len() {
        // It says that it is UTF-8 and is not.
        let finding = Diagnostic::new(&codes::XCH013).arg("file", &file.name).arg("encoding", UTF_8.name());
        findings.push(finding.at(at()));
        return None;
    }
    let finding = Diagnostic::new(&codes::XCH012).arg("file", &file.name).arg("encoding", WINDOWS_1252.name());
    findings.push(finding.at(at()));
    Some(WINDOWS_1252.decode_without_bom_handling(body).0)
}

fn checked<'a>(
    file: &NamedBytes,
    encoding: &'static Encoding,
    bytes: &'a [u8],
    findings: &mut Findings,
) -> Option<Cow<'a, str>> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        let finding = Diagnostic::new(&codes::XCH013).arg("file", &file.name).arg("encoding", encoding.name());
        findings.push(finding.at(at));
        return None;
    }
    Some(text)
}
