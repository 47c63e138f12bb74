//! Mark-up made in code: escaping, addresses, and the small pieces that every page uses.

use std::fmt::{self, Write};

/// Mark-up that is already safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::filters::HtmlSafe for Html {}
impl askama::FastWritable for Html {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        out.write_str(&self.0).map_err(Into::into)
    }
}

/// Appends text for an element or a double-quoted attribute.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Text for an element or a double-quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// One segment of a path, or one value of a query: what is not plainly allowed in both is written as `%XX`.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'=' | b';' | b':' | b',' | b'@' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    // A segment of dots alone would be resolved away by the browser.
    if out == "." || out == ".." { out.replace('.', "%2E") } else { out }
}

/// One value of a query string: like a segment, with `=`, `;` and `&` encoded too.
pub fn query_value(text: &str) -> String {
    segment(text).replace('=', "%3D").replace(';', "%3B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_paths_are_encoded() {
        assert_eq!(escaped("a<b & \"c\"'"), "a&lt;b &amp; &quot;c&quot;&#39;");
        for (text, path) in [
            ("I-1~global~KEN~2016~sex=female", "I-1~global~KEN~2016~sex=female"),
            ("a/b c", "a%2Fb%20c"),
            ("..", "%2E%2E"),
            ("区", "%E5%8C%BA"),
        ] {
            assert_eq!(segment(text), path);
        }
        assert_eq!(query_value("a=b&c"), "a%3Db%26c");
    }
}
