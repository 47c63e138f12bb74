//! The encoding of a .dbf: named in a .cpg beside it, by a byte in its head, or guessed.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How bytes become text.
#[derive(Clone, Copy)]
pub(super) enum TextEncoding {
    /// One of the web's.
    Web(&'static Encoding),
    /// A code page of DOS: the upper half of its table.
    Dos(&'static str),
    /// UTF-8 where it is that, else Windows 1252.
    Guess,
}

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The encoding by the .cpg, then by the language byte.
pub(super) fn of(cpg: Option<&[u8]>, language: u8) -> TextEncoding {
    let named = cpg.and_then(|cpg| by_name(&String::from_utf8_lossy(cpg)));
    named.or_else(|| by_language(language)).unwrap_or(TextEncoding::Guess)
}

fn by_page(page: u32) -> Option<TextEncoding> {
    let label = match page {
        437 => return Some(TextEncoding::Dos(CP437)),
        850 => return Some(TextEncoding::Dos(CP850)),
        65001 => "utf-8",
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250..=1258 => return Encoding::for_label(format!("windows-{page}").as_bytes()).map(TextEncoding::Web),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes()).map(TextEncoding::Web)
}

fn by_name(text: &str) -> Option<TextEncoding> {
    let name = text.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    if let Some(encoding) = Encoding::for_label(name.as_bytes()) {
        return Some(TextEncoding::Web(encoding));
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    // "ISO 88591", "8859-15" as programs write them.
    if let Some(part) = digits.strip_prefix("8859").filter(|part| !part.is_empty()) {
        return Encoding::for_label(format!("iso-8859-{part}").as_bytes()).map(TextEncoding::Web);
    }
    by_page(digits.parse().ok()?)
}

/// The language byte of dBase and FoxPro.
fn by_language(language: u8) -> Option<TextEncoding> {
    by_page(match language {
        0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
        0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
        0x03 | 0x57 | 0x58 | 0x59 => 1252,
        0x13 | 0x7b => 932,
        0x26 | 0x65 => 866,
        0x4d | 0x7a => 936,
        0x4e | 0x79 => 949,
        0x4f | 0x78 => 950,
        0x50 | 0x7c => 874,
        0xc8 => 1250,
        0xc9 => 1251,
        0xca => 1254,
        0xcb => 1253,
        0xcc => 1257,
        0x7d => 1255,
        0x7e => 1256,
        _ => return None,
    })
}

impl TextEncoding {
    /// The text of bytes; what the encoding does not know becomes a replacement sign.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Dos(upper) => {
                let letter = |byte: &u8| match byte.checked_sub(128) {
                    None => char::from(*byte),
                    Some(at) => upper.chars().nth(at.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
                };
                bytes.iter().map(letter).collect()
            }
            Self::Guess => {
                let utf8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
                utf8.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0).into_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bytes_lead_to_the_same_letters() {
        for (cpg, language, bytes, expected) in [
            (Some("UTF-8"), 0, "São".as_bytes(), "São"),
            (Some("65001"), 0x57, "São".as_bytes(), "São"),
            (Some("ISO 88591\r\n"), 0, b"S\xe3o", "São"),
            (Some("ANSI 1252"), 0, b"S\xe3o", "São"),
            (Some("CP1251"), 0, b"\xcc\xee\xf1\xea\xe2\xe0", "Москва"),
            (None, 0x02, b"S\xc6o", "São"),
            (None, 0x01, b"M\x81nchen", "München"),
            (None, 0x57, b"S\xe3o", "São"),
            (None, 0, b"S\xe3o", "São"),
            (None, 0, "São".as_bytes(), "São"),
            (Some("no such"), 0x4d, b"\xb1\xb1\xbe\xa9", "北京"),
        ] {
            let found = of(cpg.map(str::as_bytes), language).decode(bytes);
            assert_eq!(found, expected, "{cpg:?} {language}");
        }
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(CP850.chars().count(), 128);
    }
}
