//! What the name of an indicator gives away: two things in one, work in place of change, words that mean nothing.
//!
//! Pure functions of the text, in English and in Chinese. A list is not two things: "people with water and
//! sanitation" lists services, "authorities that adopt and implement a policy" counts two deeds. So the rules ask
//! *what* is joined: the bodies that are counted, what they do, what they are asked, or what is measured of them.

mod chinese;
mod english;
mod similar;

pub use similar::{Likeness, Words, near_duplicates};

use std::borrow::Cow;

use diag::Arg;
use model::value::{Lang, Text};

/// What a name joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// Two sorts of bodies are counted in one number: "countries and partners with a policy".
    Subjects,
    /// Two deeds are asked for: "able to make and apply policy".
    Actions,
    /// One answer to two questions: "satisfied with delivery and coordination".
    Questions,
    /// Two measures: "number and quality of plans".
    Measures,
    /// Several figures after a colon: "finance: homes, connections, products".
    List,
}

impl Joined {
    /// The code, for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Joined::Subjects => "subjects",
            Joined::Actions => "actions",
            Joined::Questions => "questions",
            Joined::Measures => "measures",
            Joined::List => "list",
        }
    }
}

/// Two measurable things in one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    /// What is joined.
    pub joined: Joined,
    /// The first of the two.
    pub first: String,
    /// The second, or the last of a list.
    pub second: String,
}

/// The same two things in each language whose text joins them.
pub fn double_in_words(name: &Text, double: &Double) -> (Arg, Arg) {
    let english = name.get(Lang::En).and_then(double_in_english);
    let chinese = name.get(Lang::Zh).and_then(double_in_chinese);
    let alike = [("en", english), ("zh", chinese)].map(|(code, d)| (code, d.filter(|d| d.joined == double.joined)));
    let said = |part: fn(&Double) -> &String| {
        Arg::Words(alike.iter().filter_map(|(code, d)| Some((*code, part(d.as_ref()?).clone()))).collect())
    };
    (said(|d| &d.first), said(|d| &d.second))
}

/// The two things that a name measures at once, if it does; the English text is asked first, then the Chinese.
pub fn double_barrelled(name: &Text) -> Option<Double> {
    let english = name.get(Lang::En).and_then(double_in_english);
    english.or_else(|| name.get(Lang::Zh).and_then(double_in_chinese))
}

/// See [`double_barrelled`].
pub fn double_in_english(text: &str) -> Option<Double> {
    english::double(text)
}

/// See [`double_barrelled`].
pub fn double_in_chinese(text: &str) -> Option<Double> {
    chinese::double(text)
}

/// The word that shows that a name counts what is done (workshops, people trained), not what changes.
pub fn activity(name: &Text) -> Option<String> {
    let english = name.get(Lang::En).and_then(activity_in_english);
    english.or_else(|| name.get(Lang::Zh).and_then(activity_in_chinese))
}

/// See [`activity`].
pub fn activity_in_english(text: &str) -> Option<String> {
    english::activity(text)
}

/// See [`activity`].
pub fn activity_in_chinese(text: &str) -> Option<String> {
    chinese::activity(text)
}

/// Words that two people will read differently unless a definition says what they mean, in each language of the name
/// that has some; the English text decides, the Chinese where there is none.
pub fn vague(name: &Text) -> Option<Arg> {
    let english = name.get(Lang::En).map(english::vague);
    let chinese = name.get(Lang::Zh).map(chinese::vague).unwrap_or_default();
    if english.as_ref().unwrap_or(&chinese).is_empty() {
        return None;
    }
    let said = [("en", english.unwrap_or_default().join(", ")), ("zh", chinese.join("、"))];
    Some(Arg::Words(said.into_iter().filter(|(_, words)| !words.is_empty()).collect()))
}

/// Whether a phrase counts people: its head, before the first preposition or clause, is a word for people.
pub fn counts_people(phrase: &str) -> bool {
    english::counts_people(phrase) || chinese::counts_people(phrase)
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '（', '[']) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0usize;
    let keep = |c: char| {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => {
                depth = depth.saturating_sub(1);
                return None;
            }
            _ => {}
        }
        (depth == 0).then_some(c)
    };
    Cow::Owned(text.chars().filter_map(keep).collect())
}
