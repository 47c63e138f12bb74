//! Lines of text: how wide they are, roughly, and where they break.
//!
//! An SVG does not wrap text, and the reader's font is not known: widths are guessed on the wide side.

/// About how many pixels a text takes at a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// About how wide a letter is, in parts of the size.
fn letter(letter: char) -> f64 {
    match letter {
        ' ' | 'i' | 'l' | 'j' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' | '(' | ')' | '[' | ']' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.92,
        'A'..='Z' => 0.7,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{600}'..='\u{6ff}' => 0.55,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3fffd}' => 1.0,
        _ => 0.57,
    }
}

/// Whether a line may end before this letter without a blank.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
        && !matches!(letter, '。' | '、' | '，' | '」' | '』' | '）')
}

/// Breaks a text into lines of a width: at blanks, between ideographs, and within a word only where it is longer than
/// a line.
pub(super) fn wrap(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_width = 0.0;
    let mut word = String::new();
    let mut word_width = 0.0;
    let mut flush = |line: &mut String, line_width: &mut f64, word: &mut String, word_width: &mut f64| {
        if *line_width + *word_width > most && !line.trim().is_empty() {
            lines.push(std::mem::take(line).trim_end().to_owned());
            *line_width = 0.0;
            let trimmed = word.trim_start().to_owned();
            *word_width = width(&trimmed, size);
            *word = trimmed;
        }
        line.push_str(word);
        *line_width += *word_width;
        word.clear();
        *word_width = 0.0;
    };
    for sign in text.chars().map(|sign| if sign.is_whitespace() { ' ' } else { sign }) {
        let sign_width = letter(sign) * size;
        let is_break = sign == ' ' || is_ideograph(sign) || word_width + sign_width > most;
        if is_break {
            flush(&mut line, &mut line_width, &mut word, &mut word_width);
        }
        word.push(sign);
        word_width += sign_width;
    }
    flush(&mut line, &mut line_width, &mut word, &mut word_width);
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_between_ideographs() {
        let text = "The boundaries and names shown do not imply endorsement.";
        let lines = wrap(text, 10.0, 150.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width(line, 10.0) <= 150.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert!(wrap("地图上的边界和名称并不意味着认可", 10.0, 55.0).len() >= 3);
        assert_eq!(wrap("", 10.0, 50.0), Vec::<String>::new());
        assert!(wrap(&"x".repeat(100), 10.0, 50.0).len() > 5);
    }
}
