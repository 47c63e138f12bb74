//! QR codes as the path of an SVG, since pages take no inline script and no image from elsewhere.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// Light modules around the code, without which readers do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code to be drawn: `<svg viewBox="0 0 SIDE SIDE"><path d="PATH"/></svg>`, dark on a light ground in every theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Side of the square in modules, with the light border.
    pub side: usize,
    /// What is dark, for the attribute `d`: one rectangle a run of modules.
    pub path: String,
}

/// The text is too long for a code: more than some 2,300 bytes.
#[derive(Debug, thiserror::Error)]
#[error("a text of {0} bytes is too long for a QR code")]
pub struct TooLong(usize);

/// Draws a text, of which up to 15 % of the modules may be unreadable (level M).
///
/// # Errors
/// [`TooLong`].
pub fn draw(text: &str) -> Result<QrCode, TooLong> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| TooLong(text.len()))?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let start = column;
            while column < code.size && code[row][column].value() {
                column += 1;
            }
            let run = column - start;
            if run > 0 {
                // Writing into a text cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, row + QUIET);
            } else {
                column += 1;
            }
        }
    }
    Ok(QrCode { side: code.size + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints the path at four pixels a module and reads the picture with another library.
    fn read(code: &QrCode) -> String {
        let mut dark = vec![false; code.side * code.side];
        for run in code.path.split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter(|n| !n.is_empty())
                .map(|n| n.parse().unwrap())
                .collect();
            let [x, y, width, 1, back] = numbers[..] else { panic!("{run}") };
            assert_eq!(width, back);
            dark[y * code.side + x..][..width].fill(true);
        }
        let pixels = code.side * 4;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(pixels, pixels, |x, y| {
            if dark[(y / 4) * code.side + x / 4] { 0 } else { 255 }
        });
        picture.detect_grids()[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_what_was_drawn() {
        let secret = b"12345678901234567890";
        for text in [
            "x",
            &crate::totp::address(secret, "Ekistics", "amina.diallo@example.org"),
            &crate::totp::address(secret, "برنامج المستوطنات البشرية", "王小明"),
        ] {
            assert_eq!(read(&draw(text).unwrap()), text);
        }
    }

    #[test]
    fn a_text_that_does_not_fit() {
        assert_eq!(draw(&"x".repeat(5000)).unwrap_err().to_string(), "a text of 5000 bytes is too long for a QR code");
    }
}
