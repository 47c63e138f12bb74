//! What a file is, told by its bytes and never by its name.

use std::io::Cursor;

/// What the bytes seem to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// No byte, or white space only.
    Empty,
    /// An Office Open XML workbook.
    Xlsx,
    /// A workbook inside a container that only its password opens.
    Encrypted,
    /// Text, so perhaps CSV.
    Text,
    /// Something else; the word is a message argument (`png`, `html`, `ods`, …).
    Other(&'static str),
}

/// First bytes of formats that people take for tables, or send by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3", "sqlite"),
    (b"7z\xbc\xaf\x27\x1c", "sevenzip"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
];

/// Tells what the bytes are.
pub(crate) fn recognise(bytes: &[u8]) -> Container {
    if bytes.iter().take(4096).all(|b| b.is_ascii_whitespace()) && bytes.len() <= 4096 {
        return Container::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if let Some((_, word)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Container::Other(word);
    }
    text(bytes)
}

fn archive(bytes: &[u8]) -> Container {
    let Ok(zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        // The directory at the end is lost; the reader says that the file is damaged.
        return Container::Xlsx;
    };
    let has =
        |part: &str| zip.file_names().flatten().any(|n| n.replace('\\', "/").to_ascii_lowercase().starts_with(part));
    if has("xl/workbook.bin") {
        Container::Other("xlsb")
    } else if has("xl/") || has("_rels/.rels") && has("[content_types].xml") && !has("word/") && !has("ppt/") {
        Container::Xlsx
    } else if has("word/") {
        Container::Other("docx")
    } else if has("ppt/") {
        Container::Other("pptx")
    } else if has("mimetype") && has("content.xml") {
        Container::Other("ods")
    } else {
        Container::Other("zip")
    }
}

/// An OLE compound file: an old workbook, or a new one under a password.
fn compound(bytes: &[u8]) -> Container {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let has = |name: &str| memchr::memmem::find(bytes, &wide(name)).is_some();
    if has("EncryptedPackage") {
        Container::Encrypted
    } else if has("Workbook") || has("Book") {
        Container::Other("xls")
    } else if has("WordDocument") {
        Container::Other("doc")
    } else {
        Container::Other("ole")
    }
}

fn text(bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(4096)];
    let plain = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)).trim_start().to_lowercase();
    if plain.starts_with("<!doctype html") || plain.starts_with("<html") || plain.starts_with("<head") {
        return Container::Other("html");
    }
    if plain.starts_with("<?xml") || plain.starts_with("<!--") {
        return Container::Other(if plain.contains("<html") { "html" } else { "xml" });
    }
    if plain.starts_with('{') && plain.contains(':') || plain.starts_with("[{") || plain.starts_with("[\n") {
        return Container::Other("json");
    }
    if crate::csv::utf16_of(bytes).is_some() {
        return Container::Text;
    }
    if head.contains(&0) { Container::Other("binary") } else { Container::Text }
}
