//! `explain`: a code, or a figure down to its observations.

use app::OpenMode;
use model::figure::FigureKey;
use serde_json::json;

use super::with_unit;
use crate::{Stop, args::Explain, session::Session};

/// Explains a code or a figure.
pub async fn run(session: &Session, args: &Explain) -> Result<(), Stop> {
    if args.markdown {
        out!("{}", app::codes_markdown());
        return Ok(());
    }
    let Some(what) = &args.what else {
        let docs = app::code_docs();
        if session.json {
            let all = docs
                .iter()
                .map(|d| json!({"code": d.code.id, "name": d.code.name, "severity": d.code.severity.as_str()}));
            session.print_json(&json!(all.collect::<Vec<_>>()));
        } else {
            for doc in docs {
                outln!(
                    "{}  {:8} {}",
                    doc.code.id,
                    session.say(&format!("severity-{}", doc.code.severity.as_str())),
                    doc.code.name
                );
            }
        }
        return Ok(());
    };
    if what.contains('~') { figure(session, what).await } else { code(session, what) }
}

fn code(session: &Session, what: &str) -> Result<(), Stop> {
    let doc = app::code_doc(what)
        .ok_or_else(|| Stop::Usage(session.say_with("cli-code-unknown", &[("code", what.into())])))?;
    if session.json {
        let sections: serde_json::Map<String, serde_json::Value> =
            doc.sections.iter().map(|(title, text)| (title.clone(), text.clone().into())).collect();
        session.print_json(&json!({
            "code": doc.code.id, "name": doc.code.name, "severity": doc.code.severity.as_str(), "since": doc.code.since,
            "why": session.say(&format!("{}.why", doc.code.id)), "remedy": session.say(&format!("{}.remedy", doc.code.id)),
            "sections": sections,
        }));
        return Ok(());
    }
    let severity = session.say(&format!("severity-{}", doc.code.severity.as_str()));
    outln!(
        "{} {}\n",
        session.paint.severity(doc.code.severity, &format!("{severity}[{}]", doc.code.id)),
        session.paint.bold(doc.code.name)
    );
    for (title, text) in &doc.sections {
        outln!("{}\n  {}\n", session.paint.bold(title), text.replace('\n', "\n  "));
    }
    Ok(())
}

async fn figure(session: &Session, what: &str) -> Result<(), Stop> {
    let unknown = || Stop::Usage(session.say_with("cli-figure-unknown", &[("key", what.into())]));
    let key = FigureKey::parse(what).ok_or_else(unknown)?;
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let explained = app::explain(&app, &world, &key).await?.ok_or_else(unknown)?;
    let figure = &explained.figure;
    if session.json {
        let inputs = explained.inputs.iter().map(|i| {
            json!({"observation": i.id, "place": i.place, "period": i.period.to_string(), "value": i.value, "status": i.status,
                "left_out": i.left_out, "source": i.source.as_ref().map(|s| s.id.as_str()), "change": i.change})
        });
        let mut body = app::figure_json(figure);
        body["inputs"] = json!(inputs.collect::<Vec<_>>());
        session.print_json(&body);
        return Ok(());
    }
    outln!("{}", session.paint.bold(explained.indicator.title.show(session.lang)));
    outln!("{}  {}", session.paint.bold(&with_unit(session.lang, figure)), session.paint.dim(&key.to_string()));
    outln!("{}", session.say(&format!("rule-{}", figure.derivation.rule)));
    if !figure.derivation.formula.is_empty() {
        outln!("  {}", figure.derivation.formula);
    }
    for input in &explained.inputs {
        let value = input.value.map_or_else(|| input.status.to_owned(), locale::number);
        let left_out =
            input.left_out.map_or(String::new(), |r| format!("  ({})", session.say(&format!("left-out-{r}"))));
        let source = input.source.as_ref().map_or("", |s| s.title.show(session.lang));
        outln!("  {value}  {}  {source}{left_out}", input.id);
        outln!(
            "    {}",
            session.paint.dim(&format!("{} · {} · {}", input.change.author, input.change.at, input.change.reason))
        );
    }
    Ok(())
}
