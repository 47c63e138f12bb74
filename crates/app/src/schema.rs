//! The tables and columns of the workbook, as a page.

use std::fmt::Write;

use model::{Kind, value::CellKind};

/// The type of a column in one word or two.
pub fn type_name(kind: CellKind) -> String {
    match kind {
        CellKind::Code => "code".to_owned(),
        CellKind::Text => "text".to_owned(),
        CellKind::TextIn(lang) => format!("text ({})", lang.code()),
        CellKind::Whole(low, high) => format!("whole number {low}–{high}"),
        CellKind::Number => "number".to_owned(),
        CellKind::Currency => "currency".to_owned(),
        CellKind::Date => "date".to_owned(),
        CellKind::Period => "period".to_owned(),
        CellKind::YesNo => "true/false".to_owned(),
        CellKind::Breakdown => "breakdown".to_owned(),
        CellKind::Ref(to) => format!("id of {}", to.sheet()),
        CellKind::Refs(to) => format!("ids of {}", to.sheet()),
        CellKind::Codes => "codes".to_owned(),
        CellKind::OneOf(list, _) => format!("one of {list}"),
    }
}

/// All tables, columns and code lists as one Markdown page.
pub fn schema_markdown() -> String {
    let mut out = String::from(
        "# Tables and columns\n\nThe same in the workbook, in CSV files, in JSON and in SQL. Generated from the code; do not edit.\n\
         Key columns are marked 🔑, required ones *.\n",
    );
    let mut lists: Vec<(&str, &[model::value::Item])> = Vec::new();
    for kind in Kind::ALL {
        let def = kind.def();
        let _ = write!(out, "\n## {}\n\n{}\n\n| column | type | meaning |\n|---|---|---|\n", def.sheet, def.doc);
        for c in &def.columns {
            let mark = if c.key {
                " 🔑"
            } else if c.required {
                " *"
            } else {
                ""
            };
            let _ = writeln!(out, "| `{}`{mark} | {} | {} |", c.name, type_name(c.kind), c.doc);
            if let CellKind::OneOf(list, items) = c.kind
                && !lists.iter().any(|(l, _)| *l == list)
            {
                lists.push((list, items));
            }
        }
    }
    lists.sort_by_key(|(l, _)| *l);
    out.push_str("\n# Code lists\n");
    for (list, items) in lists {
        let _ = write!(out, "\n## {list}\n\n| code | meaning |\n|---|---|\n");
        for item in items {
            let _ = writeln!(out, "| `{}` | {} |", item.code, item.doc.trim());
        }
    }
    out
}
