//! Texts that are long and still the first to be guessed: one block again and again, few characters, a run.

/// Fewest different characters of a password that is no pattern.
const FEWEST_DIFFERENT: usize = 5;

/// Whether a text has few different characters, is one block at least twice, or runs up or down without a break.
pub(crate) fn is_simple(text: &str) -> bool {
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < FEWEST_DIFFERENT || block(text).len() < text.len() || is_run(text)
}

/// The shortest block that gives the text when it is repeated: the text itself when none is shorter.
pub(crate) fn block(text: &str) -> &str {
    let ends = text.char_indices().skip(1).map(|(at, _)| at);
    ends.take_while(|end| end * 2 <= text.len())
        .filter(|end| text.len().is_multiple_of(*end))
        .map(|end| &text[..end])
        .find(|block| text.as_bytes().chunks(block.len()).all(|chunk| chunk == block.as_bytes()))
        .unwrap_or(text)
}

/// `abcdefghijkl`, `987654321098`: each character follows the one before it, and 0 follows 9.
fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(c))).collect();
    let follows = |step: i64| {
        codes.windows(2).all(|pair| {
            let from = pair[1] - pair[0];
            from == step || (from == -9 * step && pair.iter().all(|c| (48..=57).contains(c)))
        })
    };
    follows(1) || follows(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_simple() {
        let check = |text, expected| assert_eq!(is_simple(text), expected, "{text}");
        check("aaaaaaaaaaaa", true);
        check("202120212021", true);
        check("abcdefabcdef", true);
        check("123456789012", true);
        check("210987654321", true);
        check("abcdefghijkl", true);
        check("天地玄黄宇天地玄黄宇", true);
        check("天地玄黄宇宙洪荒日月", false);
        check("abcdefghijkm", false);
        check("a quiet harbour", false);
        check("", true);
    }

    #[test]
    fn the_shortest_block() {
        assert_eq!(block("abababab"), "ab");
        assert_eq!(block("aba"), "aba");
        assert_eq!(block(""), "");
        assert_eq!(block("éé"), "é");
    }
}
