//! The columns of an export as variables: named by their question, choices of several apart, labels as codes.
//!
//! A variable is called by the last part of its path where no other is, else by the whole path. What a form does not tell is
//! read from the headers alone: `/` before a choice, the sign between groups.

use model::value::Lang;

use super::{
    grid::Grid,
    questions::{Level as FormLevel, Question},
    tables::Origin,
};

/// Choices of a text that is split without a form, at most.
const MOST_CHOICES: usize = 40;
/// Characters of a variable's name, at most.
const LONGEST_NAME: usize = 64;

/// A variable made of an export.
#[derive(Debug)]
pub(super) struct Column<'a> {
    /// What it is called where nothing else is called so.
    pub(super) name: String,
    /// What it is called otherwise.
    pub(super) full: String,
    /// What it is about: the question, or the header where that says more than the name.
    pub(super) label: String,
    /// Codes and what they mean.
    pub(super) labels: Vec<(String, String)>,
    /// Its values.
    pub(super) values: Source<'a>,
}

/// Where the values of a variable come from.
#[derive(Debug)]
pub(super) enum Source<'a> {
    /// As they stand in a column.
    AsIs(usize),
    /// A column whose labels are turned into codes.
    Codes(usize, &'a Question),
    /// 1 or 0 from a column that says whether a choice was made.
    Flag(usize),
    /// 1 where a choice is among those of a column, 0 where others are.
    Within(usize, String),
}

impl Source<'_> {
    pub(super) fn value(&self, grid: &Grid, row: usize) -> String {
        match self {
            Source::AsIs(column) => grid.cell(row, *column).to_owned(),
            Source::Codes(column, question) => {
                let text = grid.cell(row, *column);
                let code = question.choices.iter().find(|c| c.name == text);
                let code = code.or_else(|| question.choices.iter().find(|c| c.is_labelled(text)));
                code.map_or_else(|| text.to_owned(), |c| c.name.clone())
            }
            Source::Flag(column) => flag(grid.cell(row, *column)).to_owned(),
            Source::Within(column, choice) => match grid.cell(row, *column) {
                "" => String::new(),
                text => if text.split_whitespace().any(|code| code == choice) { "1" } else { "0" }.to_owned(),
            },
        }
    }
}

/// Whether a choice was made, however a program writes that.
fn flag(text: &str) -> &str {
    match text {
        "1.0" => "1",
        "0.0" => "0",
        t if t.eq_ignore_ascii_case("true") || t.eq_ignore_ascii_case("yes") => "1",
        t if t.eq_ignore_ascii_case("false") || t.eq_ignore_ascii_case("no") => "0",
        other => other,
    }
}

/// The variables of a table. Keys and the numbers of rows are left out: they say where a row belongs, which was read.
/// Answers how many columns the form knows beside them.
pub(super) fn columns<'a>(
    grid: &Grid,
    origin: Origin,
    is_child: bool,
    form: Option<FormLevel<'a>>,
    lang: Lang,
) -> (Vec<Column<'a>>, usize) {
    let (mut all, mut n_known) = (Vec::new(), 0);
    for (i, header) in grid.names.iter().enumerate() {
        if header.is_empty() || is_key(header, origin, is_child) {
            continue;
        }
        match form.and_then(|level| Some((level, level.find(header)?))) {
            Some((level, (question, choice))) => {
                n_known += 1;
                let label = level.book.label(question, lang);
                match choice {
                    Some(choice) => all.push(Column {
                        name: format!("{}.{}", plain(&question.name), choice.name),
                        full: format!("{}.{}", plain(&question.full_name()), choice.name),
                        label: format!("{label}: {}", level.book.choice_label(choice, lang)),
                        labels: Vec::new(),
                        values: Source::Flag(i),
                    }),
                    None => all.extend(of_question(grid, i, question, level, lang)),
                }
            }
            None => all.extend(of_header(grid, i, header, origin)),
        }
    }
    (all, n_known)
}

/// Whether a column only says where a row belongs.
fn is_key(header: &str, origin: Origin, is_child: bool) -> bool {
    match origin {
        Origin::Odk => {
            matches!(header, "KEY" | "PARENT_KEY") || header.starts_with("SET-OF-") || header.contains("-SET-OF-")
        }
        Origin::Kobo => {
            let links = matches!(header, "_index" | "_parent_index" | "_parent_table_name");
            // A repeat tells again what its submission tells.
            links || is_child && header.starts_with("_submission__")
        }
    }
}

fn of_question<'a>(grid: &Grid, i: usize, question: &'a Question, level: FormLevel<'a>, lang: Lang) -> Vec<Column<'a>> {
    let label = level.book.label(question, lang);
    let (name, full) = (plain(&question.name), plain(&question.full_name()));
    let own =
        |labels, values| Column { name: name.clone(), full: full.clone(), label: label.to_owned(), labels, values };
    if question.is_multiple {
        let is_apart = grid.names.iter().any(|header| {
            level.find(header).is_some_and(|(other, choice)| std::ptr::eq(other, question) && choice.is_some())
        });
        let mut all = vec![own(Vec::new(), Source::AsIs(i))];
        if !is_apart {
            all.extend(question.choices.iter().map(|choice| Column {
                name: format!("{name}.{}", choice.name),
                full: format!("{full}.{}", choice.name),
                label: format!("{label}: {}", level.book.choice_label(choice, lang)),
                labels: Vec::new(),
                values: Source::Within(i, choice.name.clone()),
            }));
        }
        return all;
    }
    // An export of labels has them where codes are meant.
    let is_labels = !question.choices.is_empty()
        && grid.column(i).any(|text| question.choices.iter().all(|c| c.name != text) && !text.is_empty())
        && grid.column(i).filter(|text| !text.is_empty()).all(|text| question.choices.iter().any(|c| c.is(text)));
    let values = if is_labels { Source::Codes(i, question) } else { Source::AsIs(i) };
    vec![own(level.book.meanings(question, lang), values)]
}

/// A column by its header alone.
fn of_header<'a>(grid: &Grid, i: usize, header: &str, origin: Origin) -> Vec<Column<'a>> {
    let told = |name: &str| if name == header { String::new() } else { header.to_owned() };
    let (path, choice) = match origin {
        Origin::Odk => header.split_once('/').map_or((header, None), |(path, choice)| (path, Some(choice))),
        Origin::Kobo => choice_of(grid, header).map_or((header, None), |(path, choice)| (path, Some(choice))),
    };
    let (leaf, full) = (plain(leaf(path, origin)), plain(path));
    if let Some(choice) = choice {
        let of = |path: &str| format!("{path}.{}", plain(choice));
        return vec![Column {
            name: of(&leaf),
            full: of(&full),
            label: told(&of(&leaf)),
            labels: Vec::new(),
            values: Source::Flag(i),
        }];
    }
    let is_apart = grid.names.iter().any(|other| other.strip_prefix(header).is_some_and(|rest| rest.starts_with('/')));
    let apart = if is_apart || leaf.starts_with('_') { Vec::new() } else { choices_within(grid, i) };
    let own = Column {
        label: told(&leaf),
        name: leaf.clone(),
        full: full.clone(),
        labels: Vec::new(),
        values: Source::AsIs(i),
    };
    let split = apart.into_iter().map(|choice| Column {
        name: format!("{leaf}.{choice}"),
        full: format!("{full}.{choice}"),
        label: format!("{header}/{choice}"),
        labels: Vec::new(),
        values: Source::Within(i, choice),
    });
    std::iter::once(own).chain(split).collect()
}

/// The last part of a path: behind the last sign between groups. Of a place the part before its coordinate goes with it.
fn leaf(path: &str, origin: Origin) -> &str {
    // Programs begin the names of their own columns with `_`.
    if path.starts_with('_') {
        return path;
    }
    match origin {
        Origin::Kobo => path.rsplit('/').next().unwrap_or(path),
        Origin::Odk => {
            let coordinate =
                ["-Latitude", "-Longitude", "-Altitude", "-Accuracy"].iter().find(|end| path.ends_with(*end));
            let own = path.len() - coordinate.map_or(0, |end| end.len());
            let start = path.get(..own).and_then(|own| own.rfind('-')).map_or(0, |at| at + 1);
            path.get(start..).unwrap_or(path)
        }
    }
}

/// The question and the choice of a header `question/choice`: where the question has a column of its own, or where several
/// such columns stand together and hold nothing but 0 and 1.
fn choice_of<'h>(grid: &Grid, header: &'h str) -> Option<(&'h str, &'h str)> {
    let (path, choice) = header.rsplit_once('/')?;
    if grid.names.iter().any(|other| other == path) {
        return Some((path, choice));
    }
    let siblings = || {
        grid.names
            .iter()
            .enumerate()
            .filter(|(_, other)| other.rsplit_once('/').is_some_and(|(outer, _)| outer == path))
    };
    let is_flag = |text: &str| text.is_empty() || matches!(flag(text), "0" | "1");
    (siblings().nth(1).is_some() && siblings().all(|(i, _)| grid.column(i).all(is_flag))).then_some((path, choice))
}

/// The codes of a column of several choices, by their first place: every cell is made of short codes, none twice in a cell,
/// some cell has several, and few are different. Numbers beside each other are choices as well.
fn choices_within(grid: &Grid, i: usize) -> Vec<String> {
    let (mut codes, mut n_filled, mut is_several): (Vec<&str>, usize, bool) = (Vec::new(), 0, false);
    let is_code =
        |code: &str| code.len() <= 40 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    for text in grid.column(i).filter(|text| !text.is_empty()) {
        n_filled += 1;
        let own: Vec<&str> = text.split_whitespace().collect();
        is_several |= own.len() > 1;
        for (at, code) in own.iter().enumerate() {
            if !is_code(code) || own.iter().take(at).any(|before| before == code) {
                return Vec::new();
            }
            if !codes.contains(code) {
                codes.push(code);
            }
        }
        if codes.len() > MOST_CHOICES {
            return Vec::new();
        }
    }
    let is_few = codes.len().saturating_mul(2) <= n_filled;
    if is_several && is_few { codes.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// A header as a name that conditions can use: letters, digits, `_`.
pub(super) fn plain(header: &str) -> String {
    let mut name = String::new();
    for c in header.chars() {
        match c {
            c if c.is_alphanumeric() => name.push(c),
            '_' => name.push('_'),
            _ if name.is_empty() || name.ends_with('_') => {}
            _ => name.push('_'),
        }
        if name.chars().count() >= LONGEST_NAME {
            break;
        }
    }
    let name = if header.ends_with('_') { name.as_str() } else { name.trim_end_matches('_') };
    if name.starts_with(|c: char| c.is_numeric()) { format!("v{name}") } else { name.to_owned() }
}
