//! Tables that can be put in another order: by buttons in their heads, which ask the server, so that it works without a script. Where
//! there is one, it puts the same rows in order in the page.

use std::cmp::Ordering;

use crate::{
    html::{Html, escaped},
    visit::Visit,
};

/// Which column rows are in the order of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sorting {
    /// The name of the pair in the address, which is also the beginning of the form's id; one for each table of a page.
    pub name: &'static str,
    /// The column, and whether the largest comes first.
    pub by: (usize, Falling),
    /// Names of the columns in the address.
    pub columns: &'static [&'static str],
    /// Whether somebody asked for it.
    pub is_asked: bool,
}

/// Whether the largest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Falling {
    /// The smallest first.
    No,
    /// The largest first.
    Yes,
}

/// What a row is put in order by. What has no value comes last, whichever way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// Words.
    Word(String),
    /// A number.
    Number(f64),
    /// Nothing.
    None,
}

impl Key {
    /// A number, where there is one.
    pub fn number(number: Option<f64>) -> Key {
        number.map_or(Key::None, Key::Number)
    }
    /// Words without regard to capitals.
    pub fn word(text: &str) -> Key {
        if text.is_empty() { Key::None } else { Key::Word(text.to_lowercase()) }
    }
    fn order(&self, other: &Key, falling: Falling) -> Ordering {
        let turned = |order: Ordering| if falling == Falling::Yes { order.reverse() } else { order };
        match (self, other) {
            (Key::None, Key::None) => Ordering::Equal,
            (Key::None, _) => Ordering::Greater,
            (_, Key::None) => Ordering::Less,
            (Key::Number(a), Key::Number(b)) => turned(a.total_cmp(b)),
            (Key::Word(a), Key::Word(b)) => turned(a.cmp(b)),
            (Key::Number(_), Key::Word(_)) => Ordering::Less,
            (Key::Word(_), Key::Number(_)) => Ordering::Greater,
        }
    }
}

impl Sorting {
    /// What the address asks for (`sort=value`, the largest first with a minus before it); the order that is given where it asks
    /// nothing or something else.
    pub fn asked(v: &Visit, name: &'static str, columns: &'static [&'static str], otherwise: (usize, Falling)) -> Self {
        Self::of(v.ask(name), name, columns, otherwise)
    }

    fn of(asked: &str, name: &'static str, columns: &'static [&'static str], otherwise: (usize, Falling)) -> Self {
        let (column, falling) = match asked.strip_prefix('-') {
            Some(column) => (column, Falling::Yes),
            None => (asked, Falling::No),
        };
        let found = columns.iter().position(|of| *of == column).map(|at| (at, falling));
        Sorting { name, by: found.unwrap_or(otherwise), columns, is_asked: found.is_some() }
    }

    /// Puts rows in order; equal ones stay as they are.
    pub fn sort<T>(&self, rows: &mut [T], key: impl Fn(&T, usize) -> Key) {
        let (column, falling) = self.by;
        rows.sort_by(|a, b| key(a, column).order(&key(b, column), falling));
    }

    /// The form that the buttons belong to: it keeps what else the address says and comes back to an anchor.
    pub fn form(&self, v: &Visit, anchor: &str) -> Html {
        let kept: String = v
            .query
            .iter()
            .filter(|(name, value)| name != self.name && !value.is_empty())
            .map(|(name, value)| {
                format!(r#"<input type="hidden" name="{}" value="{}">"#, escaped(name), escaped(value))
            })
            .collect();
        Html(format!(
            r##"<form method="get" action="#{0}" id="{1}-form" data-sort="{0}" data-sorted="{2}" hidden>{kept}</form>"##,
            escaped(anchor),
            self.name,
            escaped(&v.say("table-sorted")),
        ))
    }

    /// The head of a column: a button that turns the order where the column has it already.
    pub fn head(&self, v: &Visit, column: usize, label: &str, class: &str) -> Html {
        let name = self.columns.get(column).copied().unwrap_or_default();
        let here = (self.by.0 == column).then_some(self.by.1);
        let (state, value) = match here {
            Some(Falling::No) => (r#" aria-sort="ascending""#, format!("-{name}")),
            Some(Falling::Yes) => (r#" aria-sort="descending""#, name.to_owned()),
            None => ("", name.to_owned()),
        };
        let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
        Html(format!(
            r#"<th scope="col"{class}{state}><button class="sort" form="{0}-form" name="{0}" value="{value}" title="{1}">{2}<span class="sort-sign" aria-hidden="true"></span></button></th>"#,
            self.name,
            escaped(&v.say("table-sort")),
            escaped(label),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = &["name", "value"];

    fn sorted(asked: &str) -> (Vec<&'static str>, bool) {
        let mut rows = vec![("b", Some(2.0)), ("C", None), ("a", Some(10.0)), ("d", Some(2.0))];
        let sorting = Sorting::of(asked, "sort", COLUMNS, (1, Falling::Yes));
        sorting.sort(
            &mut rows,
            |(name, value), column| {
                if column == 0 { Key::word(name) } else { Key::number(*value) }
            },
        );
        (rows.into_iter().map(|(name, _)| name).collect(), sorting.is_asked)
    }

    #[test]
    fn rows_come_in_the_order_that_is_asked_for() {
        for (asked, names, is_asked) in [
            ("", ["a", "b", "d", "C"], false),
            ("value", ["b", "d", "a", "C"], true),
            ("-value", ["a", "b", "d", "C"], true),
            ("name", ["a", "b", "C", "d"], true),
            ("-name", ["d", "C", "b", "a"], true),
            ("nothing", ["a", "b", "d", "C"], false),
        ] {
            assert_eq!(sorted(asked), (names.to_vec(), is_asked), "{asked}");
        }
    }
}
