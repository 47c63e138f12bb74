//! The documentation of every code: what `explain` prints and `docs/codes.md` holds.

use diag::{Code, Severity};

/// A code with its documentation. The sections are Markdown, in English.
#[derive(Clone, Debug)]
pub struct CodeDoc {
    /// The code.
    pub code: &'static Code,
    /// Title and text of each section: *What it finds*, *Why it matters*, *Example*, *What to do*.
    pub sections: Vec<(String, String)>,
}

/// Codes of reading and accepting have no file of their own; their documentation is their sentences.
fn spoken(code: &'static Code) -> CodeDoc {
    let say = |suffix: &str| locale::say(model::value::Lang::En, &format!("{}{suffix}", code.id));
    let sections = [("What it finds", ""), ("Why it matters", ".why"), ("What to do", ".remedy")];
    CodeDoc { code, sections: sections.map(|(title, suffix)| (title.to_owned(), say(suffix))).to_vec() }
}

fn documented(check: &checks::Check) -> CodeDoc {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in check.doc().lines() {
        match line.trim_start_matches('#').trim() {
            title if line.starts_with('#') && checks::HEADINGS.contains(&title) => {
                sections.push((title.to_owned(), String::new()))
            }
            _ => {
                if let Some((_, text)) = sections.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    for (_, text) in &mut sections {
        *text = text.trim().to_owned();
    }
    CodeDoc { code: check.code, sections }
}

/// All codes, by id.
pub fn code_docs() -> Vec<CodeDoc> {
    let mut docs: Vec<CodeDoc> = checks::CHECKS.iter().map(documented).collect();
    for family in [
        exchange::CODES,
        register::CODES,
        lake::CODES,
        query::CODES,
        engine::survey::codes::CODES,
        engine::index::codes::CODES,
        engine::instrument::codes::CODES,
        engine::cities::CODES,
        engine::outlook::CODES,
        crate::space::CODES,
    ] {
        docs.extend(family.iter().map(|c| spoken(c)));
    }
    docs.sort_by_key(|d| d.code.id);
    docs
}

/// One code, in any case of letters.
pub fn code_doc(code: &str) -> Option<CodeDoc> {
    code_docs().into_iter().find(|d| d.code.id.eq_ignore_ascii_case(code) || d.code.name == code)
}

/// All codes as one Markdown page.
pub fn codes_markdown() -> String {
    let mut out = String::from("# Codes\n\nEvery finding of the program. Generated from the code; do not edit.\n");
    for doc in code_docs() {
        let severity = match doc.code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        out.push_str(&format!("\n## {} {}\n\n*{severity}, since {}*\n", doc.code.id, doc.code.name, doc.code.since));
        for (title, text) in doc.sections {
            out.push_str(&format!("\n**{title}.** {text}\n"));
        }
    }
    out
}
