//! Pictures of maps that were drawn before. Pages of the public are kept whole; a person's page is made each time, and drawing is most
//! of that work.

use std::{
    fmt::Debug,
    sync::{Arc, LazyLock},
};

use app::Kept;

use crate::html::Html;

/// Pictures that are kept take at most so many bytes, with what they are made of.
const MOST_BYTES: usize = 32 << 20;

static PICTURES: LazyLock<Kept<Arc<str>>> = LazyLock::new(|| Kept::new(MOST_BYTES));

/// The picture that is made of something, drawn where it is not kept. `made_of` is all that `draw` looks at: shapes by the
/// fingerprint of their file, words, language, width. Nothing where it cannot be drawn.
pub(super) fn kept(made_of: &dyn Debug, draw: impl FnOnce() -> Option<String>) -> Html {
    let name = format!("{made_of:?}");
    let drawn = PICTURES.get_or(&name, || {
        let svg = draw().ok_or(())?;
        Ok::<_, ()>((Arc::from(svg.as_str()), svg.len() + 2 * name.len()))
    });
    drawn.map(|svg| Html(svg.to_string())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_once_and_a_failure_again() {
        let mut n_drawn = 0;
        let mut ask = |made_of: (&str, u32), svg: Option<&str>| {
            kept(&made_of, || {
                n_drawn += 1;
                svg.map(str::to_owned)
            })
            .0
        };
        assert_eq!(ask(("a test", 1), None), "");
        assert_eq!(ask(("a test", 1), Some("<svg/>")), "<svg/>");
        assert_eq!(ask(("a test", 1), Some("another")), "<svg/>");
        assert_eq!(ask(("a test", 2), Some("another")), "another");
        assert_eq!(n_drawn, 3);
        assert!(PICTURES.n_bytes() <= MOST_BYTES);
    }
}
