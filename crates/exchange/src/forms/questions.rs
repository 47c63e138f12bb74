//! What a form says of the columns of its data: the question of each, its labels, what can be chosen.
//!
//! A form that serves as a codebook is read with a light hand: rows of unknown types are passed over, as their columns are
//! there anyway.

use model::{
    form::{Form, FormRow, FormSheet, language_of},
    value::Lang,
};
use rustc_hash::FxHashMap;

/// Texts by the language that the form names, as they stand in the form.
type Texts = Vec<(String, String)>;

/// A question whose answers stand in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// Groups and repeats around it, from the outside in.
    pub(super) path: Vec<Group>,
    pub(super) name: String,
    labels: Texts,
    pub(super) choices: Vec<Choice>,
    /// Whether several can be chosen.
    pub(super) is_multiple: bool,
}

/// A group or a repeat.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    labels: Texts,
    pub(super) is_repeat: bool,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) name: String,
    labels: Texts,
}

impl Choice {
    /// Whether a text names it: its code, or its label in any language.
    pub(super) fn is(&self, text: &str) -> bool {
        self.name == text || self.is_labelled(text)
    }
    pub(super) fn is_labelled(&self, text: &str) -> bool {
        self.labels.iter().any(|(_, label)| squeezed(label) == squeezed(text))
    }
    pub(super) fn label(&self, lang: Lang, first: &str) -> &str {
        chosen(&self.labels, lang, first)
    }
}

/// A form's questions, and how a column finds its own.
#[derive(Debug, Default)]
pub(super) struct Codebook {
    pub(super) file: String,
    pub(super) questions: Vec<Question>,
    /// The form's own first language.
    default: String,
    /// For the form's root and each of its repeats what a header may say.
    levels: Vec<(String, Headers)>,
}

/// The question that a header names, and the choice where it names one; `None` where two are called so.
type Headers = FxHashMap<String, Option<(usize, Option<usize>)>>;

impl Codebook {
    pub(super) fn of(form: &Form) -> Codebook {
        let mut lists: FxHashMap<&str, Vec<Choice>> = FxHashMap::default();
        for row in &form.choices.rows {
            let choice = Choice { name: name_of(&form.choices, row), labels: labels(&form.choices, row) };
            lists.entry(form.choices.text(row, "list_name")).or_default().push(choice);
        }
        let mut book = Codebook {
            file: form.file.clone(),
            default: form.settings.rows.first().map_or("", |r| form.settings.text(r, "default_language")).to_owned(),
            ..Codebook::default()
        };
        let mut path: Vec<Group> = Vec::new();
        for row in &form.survey.rows {
            let kind = form.survey.text(row, "type").to_lowercase().replace('_', " ");
            let words: Vec<&str> = kind.split_whitespace().collect();
            match words.as_slice() {
                ["begin", what @ ("group" | "repeat"), ..] => path.push(Group {
                    name: name_of(&form.survey, row),
                    labels: labels(&form.survey, row),
                    is_repeat: *what == "repeat",
                }),
                ["end", "group" | "repeat", ..] => drop(path.pop()),
                [] | ["note", ..] => {}
                ["select", rest @ ..] => {
                    let is_multiple = rest.first().is_some_and(|w| *w == "multiple" || *w == "all");
                    // The list's name keeps its capitals and signs.
                    let typed = form.survey.text(row, "type");
                    let list = typed.split_whitespace().filter(|w| !w.eq_ignore_ascii_case("or_other")).nth_back(0);
                    let choices = list.and_then(|list| lists.get(list)).cloned().unwrap_or_default();
                    book.add(form, row, &path, choices, is_multiple);
                }
                _ => book.add(form, row, &path, Vec::new(), false),
            }
        }
        book.index();
        book
    }

    fn add(&mut self, form: &Form, row: &FormRow, path: &[Group], choices: Vec<Choice>, is_multiple: bool) {
        let name = name_of(&form.survey, row);
        if !name.is_empty() {
            let labels = labels(&form.survey, row);
            self.questions.push(Question { path: path.to_vec(), name, labels, choices, is_multiple });
        }
    }

    /// A header is the path of names or of labels, joined by any of the signs that programs use, from the form's root, from
    /// the repeat, or the last part alone; `/` and a choice may follow.
    fn index(&mut self) {
        let mut levels: Vec<(String, Headers)> = Vec::new();
        for (i, question) in self.questions.iter().enumerate() {
            let repeat = question.repeat();
            let at = levels.iter().position(|(own, _)| *own == repeat).unwrap_or_else(|| {
                levels.push((repeat, Headers::default()));
                levels.len() - 1
            });
            let Some((_, headers)) = levels.get_mut(at) else { continue };
            let mut put = |header: String, at: (usize, Option<usize>)| {
                let held = headers.entry(squeezed(&header)).or_insert(Some(at));
                *held = held.filter(|own| *own == at);
            };
            for header in question.headers() {
                for (c, choice) in question.choices.iter().enumerate().filter(|_| question.is_multiple) {
                    for name in std::iter::once(&choice.name).chain(choice.labels.iter().map(|(_, label)| label)) {
                        put(format!("{header}/{name}"), (i, Some(c)));
                    }
                }
                put(header, (i, None));
            }
        }
        self.levels = levels;
    }

    /// The level of the form that a table with these headers is: the one that knows most of them.
    pub(super) fn level(&self, names: &[String]) -> Level<'_> {
        let known = |headers: &Headers| names.iter().filter(|name| headers.contains_key(&squeezed(name))).count();
        // The first of equals is the outer one.
        let best = self.levels.iter().rev().max_by_key(|(_, headers)| known(headers));
        Level { book: self, headers: best.map(|(_, headers)| headers) }
    }

    pub(super) fn label<'q>(&self, question: &'q Question, lang: Lang) -> &'q str {
        chosen(&question.labels, lang, &self.default)
    }

    /// Codes with their labels.
    pub(super) fn meanings(&self, question: &Question, lang: Lang) -> Vec<(String, String)> {
        let pair = |c: &Choice| (c.name.clone(), self.choice_label(c, lang).to_owned());
        question.choices.iter().filter(|_| !question.is_multiple).map(pair).filter(|(_, l)| !l.is_empty()).collect()
    }

    pub(super) fn choice_label<'c>(&self, choice: &'c Choice, lang: Lang) -> &'c str {
        choice.label(lang, &self.default)
    }
}

/// The root of a form or one of its repeats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level<'b> {
    pub(super) book: &'b Codebook,
    headers: Option<&'b Headers>,
}

impl<'b> Level<'b> {
    /// The question that a header names, and the choice where it names one.
    pub(super) fn find(&self, header: &str) -> Option<(&'b Question, Option<&'b Choice>)> {
        let (question, choice) = (*self.headers?.get(&squeezed(header))?)?;
        let question = self.book.questions.get(question)?;
        Some((question, choice.and_then(|c| question.choices.get(c))))
    }
}

impl Question {
    /// The names down to the innermost repeat around it; empty at the root.
    fn repeat(&self) -> String {
        let inner = self.path.iter().rposition(|g| g.is_repeat).map_or(0, |at| at + 1);
        self.path.iter().take(inner).map(|g| format!("{}/", g.name)).collect()
    }
    /// Its path of names, as one name.
    pub(super) fn full_name(&self) -> String {
        let outer: String = self.path.iter().map(|g| format!("{}_", g.name)).collect();
        format!("{outer}{}", self.name)
    }
    fn headers(&self) -> Vec<String> {
        let inner = self.path.iter().rposition(|g| g.is_repeat).map_or(0, |at| at + 1);
        let mut all = Vec::new();
        let languages = self.labels.iter().map(|(language, _)| Some(language.as_str()));
        for language in std::iter::once(None).chain(languages) {
            let word = |labels: &Texts, name: &str| match language {
                None => name.to_owned(),
                Some(own) => labels.iter().find(|(l, _)| l == own).map_or(name, |(_, t)| t).to_owned(),
            };
            let own = word(&self.labels, &self.name);
            all.push(own.clone());
            for from in [0, inner] {
                let parts: Vec<String> = self.path.iter().skip(from).map(|g| word(&g.labels, &g.name)).collect();
                for sign in ["/", "-", "_", "."] {
                    let outer = parts.iter().map(|part| format!("{part}{sign}")).collect::<String>();
                    all.push(format!("{outer}{own}"));
                }
            }
        }
        all.sort();
        all.dedup();
        all
    }
}

fn name_of(sheet: &FormSheet, row: &FormRow) -> String {
    sheet.text(row, "name").to_owned()
}

fn labels(sheet: &FormSheet, row: &FormRow) -> Texts {
    sheet.texts(row, "label").into_iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect()
}

/// The text in a language, else in the form's own, else the first.
fn chosen<'t>(texts: &'t Texts, lang: Lang, default: &str) -> &'t str {
    let wanted = texts.iter().find(|(language, _)| language_of(language) == Some(lang));
    let own = || texts.iter().find(|(language, _)| language == default || language.is_empty());
    wanted.or_else(own).or(texts.first()).map_or("", |(_, text)| text)
}

/// A text whose white space is one space each.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
