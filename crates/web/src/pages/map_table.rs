//! The table behind a map of layers: the same values as words and numbers, in any order, and as a file.

use model::value::Value as Cell;

use crate::{
    html::{Html, escaped},
    sorting::{Falling, Key, Sorting},
    visit::Visit,
};

/// Rows on a page at most; the file has all.
const MOST_ROWS: usize = 400;
/// Columns of all such tables.
const COLUMNS: &[&str] = &["layer", "name", "class", "people", "value"];

/// Columns of the file.
const FILE_COLUMNS: [&str; 12] = [
    "layer",
    "place",
    "name",
    "class",
    "class_label",
    "people",
    "value",
    "unit",
    "period",
    "boundary",
    "source",
    "label",
];

/// A place, or all shapes of a class that have no name.
#[derive(Clone, Debug, Default)]
pub(crate) struct MapRow {
    /// The layer in words.
    pub layer: String,
    /// The place; for shapes without a name how many they are.
    pub name: String,
    /// Where the place leads to.
    pub link: Option<String>,
    /// The class in words, and its number.
    pub class: String,
    /// The number of its class in the layer.
    pub class_at: Option<usize>,
    /// Persons.
    pub people: Option<f64>,
    /// What else the map says of it.
    pub value: String,
    /// The number in `value`.
    pub number: Option<f64>,
    /// What a machine reads of it.
    pub machine: MachineRow,
}

/// A row for machines: codes and numbers in place of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MachineRow {
    /// The code of the place.
    pub place: String,
    /// The code of the class.
    pub class: String,
    /// The number that is measured.
    pub value: Option<f64>,
    /// Its unit, in the code of the register.
    pub unit: &'static str,
    /// For when it holds.
    pub period: String,
    /// The boundary that it is, or within which its value was computed.
    pub boundary: String,
    /// Where its people come from.
    pub source: String,
}

/// The table of a map.
#[derive(Clone, Debug)]
pub(crate) struct MapTable {
    /// The anchor; unique on a page.
    pub id: String,
    /// What the map shows.
    pub title: String,
    /// The rows.
    pub rows: Vec<MapRow>,
    /// Which order they are in.
    pub sorting: Sorting,
}

impl MapTable {
    /// A table in the order that the address asks for; in that of the map where it asks for none.
    pub fn new(v: &Visit, prefix: &str, title: &str, mut rows: Vec<MapRow>) -> MapTable {
        // A page has a map of each prefix at most.
        let name = match prefix {
            "where" => "sort-where",
            "sp" => "sort-space",
            _ => "sort-map",
        };
        let sorting = Sorting::asked(v, name, COLUMNS, (usize::MAX, Falling::No));
        if sorting.is_asked {
            sorting.sort(&mut rows, key);
        }
        MapTable { id: format!("{prefix}-table"), title: title.to_owned(), rows, sorting }
    }

    /// The table, closed until somebody opens or sorts it.
    pub fn html(&self, v: &Visit) -> Html {
        if self.rows.is_empty() {
            return Html::default();
        }
        let has = |column: usize| self.rows.iter().any(|row| key(row, column) != Key::None);
        let shown: Vec<usize> = (0..COLUMNS.len()).filter(|column| *column == 1 || has(*column)).collect();
        let labels = labels(v);
        let heads: String = shown
            .iter()
            .map(|column| {
                let class = if *column == 3 { "n" } else { "" };
                self.sorting.head(v, *column, &labels[*column], class).0
            })
            .collect();
        let mut body = String::new();
        for row in self.rows.iter().take(MOST_ROWS) {
            body.push_str("<tr>");
            for column in &shown {
                body.push_str(&cell(row, *column));
            }
            body.push_str("</tr>");
        }
        let more = if self.rows.len() > MOST_ROWS {
            let args = [("n", MOST_ROWS.into()), ("all", self.rows.len().into())];
            format!(r#"<p class="soft">{}</p>"#, escaped(&v.say_with("profile-first-shown", args)))
        } else {
            String::new()
        };
        let summary = v.say_with("map-table", [("n", self.rows.len().into())]);
        Html(format!(
            r#"<details class="map-table" id="{0}"{1}><summary>{2}</summary>{3}{more}<div class="scroll short" tabindex="0" role="region" aria-label="{4}"><table data-sortable><caption class="unseen">{4}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>"#,
            self.id,
            if self.sorting.is_asked { " open" } else { "" },
            escaped(&summary),
            self.sorting.form(v, &self.id).0,
            escaped(&self.title),
        ))
    }

    /// All rows as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let text = |text: &str| if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) };
        let number = |n: Option<f64>| n.map_or(Cell::Null, Cell::Number);
        app::csv_row(&mut out, &FILE_COLUMNS.map(text));
        for row in &self.rows {
            let of = &row.machine;
            let cells = [
                text(&row.layer),
                text(&of.place),
                text(&row.name),
                text(&of.class),
                text(&row.class),
                number(row.people),
                number(of.value),
                text(of.unit),
                text(&of.period),
                text(&of.boundary),
                text(&of.source),
                text(&row.value),
            ];
            app::csv_row(&mut out, &cells);
        }
        out
    }
}

fn labels(v: &Visit) -> [String; 5] {
    ["space-layer", "page-place", "map-class", "profile-population", "page-value"].map(|key| v.say(key))
}

fn key(row: &MapRow, column: usize) -> Key {
    match column {
        0 => Key::word(&row.layer),
        1 => Key::word(&row.name),
        2 => Key::number(row.class_at.filter(|_| !row.class.is_empty()).map(|at| at as f64)),
        3 => Key::number(row.people),
        _ => row.number.map_or_else(|| Key::word(&row.value), Key::Number),
    }
}

fn cell(row: &MapRow, column: usize) -> String {
    let key = match key(row, column) {
        Key::Number(number) => format!(r#" data-key="{number}""#),
        Key::Word(_) => String::new(),
        Key::None => r#" data-key="""#.to_owned(),
    };
    match column {
        1 => {
            let name = format!("<bdi>{}</bdi>", escaped(&row.name));
            match &row.link {
                Some(link) => format!(r#"<th scope="row"{key}><a href="{}">{name}</a></th>"#, escaped(link)),
                None => format!(r#"<th scope="row"{key}>{name}</th>"#),
            }
        }
        3 => {
            let number = row.people.map(|n| locale::number(n.round())).unwrap_or_default();
            format!(r#"<td class="n"{key}>{number}</td>"#)
        }
        _ => {
            let text = [&row.layer, &row.name, &row.class, &row.value, &row.value][column.min(4)];
            format!("<td{key}>{}</td>", escaped(text))
        }
    }
}
