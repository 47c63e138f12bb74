//! Diagnostics as the best compilers print them: code, severity, message, the cell with its text
//! underlined, why it matters, what to do.

use std::io::{IsTerminal, Write};

use diag::{Diagnostic, Severity};
use locale::{explained, say, say_with};
use model::value::Lang;
use serde_json::{Value as Json, json};

/// Colours, or none when the output is no terminal.
#[derive(Clone, Copy)]
pub struct Paint(bool);

impl Paint {
    /// Colours if standard output is a terminal and `NO_COLOR` is unset.
    pub fn auto() -> Self {
        Paint(std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none())
    }
    fn on(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.on("1", text)
    }
    /// Grey.
    pub fn dim(self, text: &str) -> String {
        self.on("2", text)
    }
    /// The colour of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        self.on(
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Note => "1;36",
            },
            text,
        )
    }
}

/// Prints one finding.
pub fn diagnostic(out: &mut dyn Write, d: &Diagnostic, lang: Lang, paint: Paint) -> std::io::Result<()> {
    let words = explained(lang, d);
    let severity = say(lang, &format!("severity-{}", d.severity.as_str()));
    writeln!(
        out,
        "{}{} {}",
        paint.severity(d.severity, &format!("{severity}[{}]", d.code.id)),
        paint.bold(":"),
        paint.bold(&words.message)
    )?;
    let mut place: Vec<String> = Vec::new();
    if let Some(file) = &d.pointer.file {
        place.push(file.clone());
    }
    if let Some(sheet) = &d.pointer.sheet {
        place.push(match d.pointer.cell() {
            Some(cell) => format!("{sheet}!{cell}"),
            None => sheet.clone(),
        });
    }
    if let Some(record) = &d.record {
        let field = d.field.as_ref().map_or(String::new(), |f| format!(" · {f}"));
        place.push(format!("{} {}{field}", record.kind, record.id));
    }
    if !place.is_empty() {
        writeln!(out, "  {} {}", paint.dim("-->"), place.join(" · "))?;
    }
    if let Some(value) = &d.pointer.value {
        let shown: String = value.chars().take(100).map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(out, "   {} {shown}", paint.dim("|"))?;
        writeln!(out, "   {} {}", paint.dim("|"), paint.severity(d.severity, &"^".repeat(width(&shown).max(1))))?;
    }
    writeln!(out, "   {} {}", paint.dim("="), words.why)?;
    writeln!(out, "   {} {}", paint.dim("→"), words.remedy)?;
    if d.n_more > 0 {
        writeln!(out, "   {} {}", paint.dim("+"), say_with(lang, "cli-n-more", &[("n", d.n_more.into())]))?;
    }
    if let Some(w) = &d.waived {
        let args = [
            ("author", w.author.as_str().into()),
            ("expires", w.expires_on.as_str().into()),
            ("reason", w.reason.as_str().into()),
        ];
        writeln!(out, "   {} {}", paint.dim("✓"), say_with(lang, "cli-waived", &args))?;
    }
    writeln!(out)
}

/// Columns of a terminal that a text takes: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60) { 2 } else { 1 }).sum()
}

/// One finding as JSON, the shape that `docs/cli.md` promises.
pub fn diagnostic_json(d: &Diagnostic, lang: Lang) -> Json {
    let words = explained(lang, d);
    json!({
        "code": d.code.id,
        "name": d.code.name,
        "severity": d.severity.as_str(),
        "record": d.record.as_ref().map(|r| json!({"kind": r.kind, "id": r.id})),
        "field": d.field,
        "source": {
            "file": d.pointer.file,
            "sheet": d.pointer.sheet,
            "cell": d.pointer.cell(),
            "row": d.pointer.row,
            "column": d.pointer.column,
            "value": d.pointer.value,
        },
        "message": words.message,
        "why": words.why,
        "remedy": words.remedy,
        "related": d.related.iter().map(|r| json!({"kind": r.kind, "id": r.id})).collect::<Vec<_>>(),
        "n_more": d.n_more,
        "waived": d.waived,
    })
}
