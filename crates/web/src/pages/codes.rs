//! What every code means: found, why it matters, an example, what to do.

use app::CodeDoc;
use askama::Template;
use axum::{extract::Path, response::Response};
use model::value::Lang;

use crate::{
    failure::Failure,
    html::{Html, escaped},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesPage<'a> {
    v: &'a Visit,
    title: String,
    codes: Vec<CodeDoc>,
}

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage<'a> {
    v: &'a Visit,
    title: String,
    doc: CodeDoc,
}

impl CodePage<'_> {
    fn markdown(&self, text: &str) -> Html {
        markdown(text)
    }
    /// Whether the sections are in another language than the page.
    fn foreign(&self) -> bool {
        self.v.lang != Lang::En
    }
    fn translated(&self, suffix: &str) -> String {
        let key = format!("{}{suffix}", self.doc.code.id);
        if locale::has(self.v.lang, &key) { self.v.say(&key) } else { String::new() }
    }
}

/// All codes.
pub async fn list(v: Visit) -> Result<Response, Failure> {
    page(&v, &CodesPage { title: v.say("page-nav-codes"), codes: app::code_docs(), v: &v })
}

/// One code.
pub async fn code(v: Visit, Path(code): Path<String>) -> Result<Response, Failure> {
    let doc = app::code_doc(&code).ok_or_else(Failure::not_found)?;
    page(&v, &CodePage { title: format!("{} {}", doc.code.id, doc.code.name), doc, v: &v })
}

/// Paragraphs, fenced and indented code, lists, and `code` in lines: what the documentation of codes uses.
fn markdown(text: &str) -> Html {
    let mut out = String::new();
    let mut open = "";
    let mut fenced = false;
    let switch = |out: &mut String, open: &mut &str, to: &'static str| {
        if *open != to {
            if !open.is_empty() {
                out.push_str(&format!("</{open}>"));
            }
            if !to.is_empty() {
                out.push_str(&format!("<{to}>"));
            }
            *open = to;
        }
    };
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            fenced = !fenced;
            switch(&mut out, &mut open, if fenced { "pre" } else { "" });
        } else if fenced || line.starts_with("    ") {
            switch(&mut out, &mut open, "pre");
            out.push_str(&escaped(line.strip_prefix("    ").unwrap_or(line)));
            out.push('\n');
        } else if trimmed.is_empty() {
            switch(&mut out, &mut open, "");
        } else if let Some(item) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
            switch(&mut out, &mut open, "ul");
            out.push_str(&format!("<li>{}</li>", inline(item)));
        } else if open == "ul" && line.starts_with("  ") {
            out.push_str(&inline(trimmed));
        } else {
            switch(&mut out, &mut open, "p");
            out.push_str(&inline(trimmed));
            out.push('\n');
        }
    }
    switch(&mut out, &mut open, "");
    Html(out)
}

fn inline(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces.map(|(i, t)| if i % 2 == 1 { format!("<code>{}</code>", escaped(t)) } else { escaped(t) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_becomes_safe_mark_up() {
        for (text, html) in [
            ("a `b` <c>\nd", "<p>a <code>b</code> &lt;c&gt;\nd\n</p>"),
            ("a\n\n- b\n- c", "<p>a\n</p><ul><li>b</li><li>c</li></ul>"),
            ("```\nx < y\n```", "<pre>x &lt; y\n</pre>"),
        ] {
            assert_eq!(markdown(text).0, html);
        }
    }
}
