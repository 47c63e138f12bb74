//! Small steps through XML: attributes, texts, whole parts.

use std::io::BufRead;

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use super::archive::{Archive, Broken, Share};

/// A reader of a part.
pub(super) fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// An attribute by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), |v| v.into_owned()),
    )
}

/// Adds what a reference such as `&amp;` or `&#10;` stands for. Anything else becomes the replacement
/// character: entities of a document's own are never expanded, and nothing is lost unseen.
pub(super) fn push_reference(reference: &BytesRef<'_>, out: &mut String) {
    match reference.as_ref() {
        "amp" => out.push('&'),
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        _ => out.push(reference.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
}

/// Calls back with every opening tag of a small part.
pub(super) fn for_each_element(
    archive: &mut Archive<'_>,
    path: &str,
    mut element: impl FnMut(&str, &BytesStart<'_>),
) -> Result<(), Broken> {
    let (part, _) = archive.part(path, Share::Texts)?;
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => element(start.local_name().as_ref(), &start),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Undoes the `_xHHHH_` escapes with which spreadsheets write control characters.
pub(super) fn unescape(text: &mut String) {
    if !text.contains("_x") {
        return;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        let closed = rest.as_bytes().get(at + 6) == Some(&b'_');
        let sign = code.filter(|_| closed).and_then(|h| u32::from_str_radix(h, 16).ok());
        match sign.and_then(char::from_u32) {
            Some(sign) => {
                plain.push_str(&rest[..at]);
                plain.push(sign);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    *text = plain;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_once() {
        for (text, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_xD800_", "_xD800_"),
            ("é_x0041_é_x", "éAé_x"),
        ] {
            let mut text = text.to_owned();
            unescape(&mut text);
            assert_eq!(text, expected);
        }
    }
}
