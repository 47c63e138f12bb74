//! Proposals and the audit, for programs that follow what was sent. Agreeing is for people, on the pages.

use app::{
    audit::AuditFilter,
    lane::CaseState,
    proposals::{self, ProposalLine},
};
use axum::{
    Json,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::{Value as Json_, json};

use super::{answer, records::fields_json};
use crate::{failure::Failure, problem, visit::Visit};

/// Proposals and entries of the audit in one list at most; older ones by a narrower question.
const MOST: u32 = 10_000;

fn line_json(line: &ProposalLine) -> Json_ {
    json!({
        "number": line.number,
        "title": line.title,
        "state": line.case.state.as_str(),
        "author": line.case.author,
        "lane": line.case.route.lane,
        "change": line.change,
        "created_at": line.created_at.to_string(),
        "moved_at": line.moved_at.to_string(),
    })
}

/// Proposals, newest first; of a state.
pub async fn proposals(v: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &["case"])?;
    let state = match v.query.iter().find(|(name, _)| name == "case") {
        None => None,
        Some((_, word)) => Some(CaseState::parse(word).ok_or_else(|| {
            let words: Vec<&str> = CaseState::ALL.iter().map(|s| s.as_str()).collect();
            answer::wrong(query::parameter_fault("case", word, &words.join(", ")))
        })?),
    };
    let lines = proposals::proposals(&v.site.app, v.who.actor(), state, None, MOST, v.site.now()).await?;
    let items = lines.iter().map(line_json).collect();
    let columns = ["number", "title", "state", "author", "lane", "change", "created_at", "moved_at"];
    answer::computed(&v, v.world.snapshot().position, &asked, &columns, items, json!({}))
}

/// One proposal: what it changes, what the checker says to that, and who has to agree.
pub async fn proposal(v: Visit, Path(number): Path<i64>) -> Result<Response, Failure> {
    answer::only(&v, &[])?;
    let p = proposals::proposal(&v.site.app, v.who.actor(), number, v.site.now()).await?;
    let steps = p.steps.iter().map(|step| {
        json!({
            "id": step.id,
            "role": step.role,
            "unit": step.unit,
            "n_persons": step.n_persons,
            "is_done": step.is_done,
            "is_open": step.is_open,
            "persons": step.persons,
        })
    });
    let items = p.diff.iter().map(|d| json!({"kind": d.kind.name(), "id": d.id, "fields": fields_json(&d.fields)}));
    let body = json!({
        "proposal": line_json(&p.line),
        "undoes": p.undoes,
        "clashes": p.clashes,
        "n_changed": p.n_changed,
        "steps": steps.collect::<Vec<_>>(),
        "items": items.collect::<Vec<_>>(),
        "findings": problem::errors(v.lang, &p.effect),
    });
    Ok(Json(body).into_response())
}

/// Who did, saw and took out what, newest first. Taking it out is an entry of its own.
pub async fn audit(v: Visit, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = answer::asked(&v, &headers, &["who", "deed", "of_kind", "record"])?;
    let text = |name: &str| v.ask(name).to_owned();
    let filter = AuditFilter {
        who: text("who"),
        deed: text("deed"),
        kind: text("of_kind"),
        record: text("record"),
        before: None,
    };
    let entries = app::audit::audited(&v.site.app, v.who.actor(), &filter, MOST, v.site.now()).await?;
    app::audit::exported(&v.site.app, v.who.actor(), "audit", v.site.now()).await?;
    let items = entries.iter().map(|e| {
        json!({
            "number": e.seq,
            "at": e.at().to_string(),
            "who": e.who,
            "deed": e.deed,
            "kind": e.kind,
            "record": e.record,
            "detail": e.detail,
        })
    });
    let columns = ["number", "at", "who", "deed", "kind", "record", "detail"];
    answer::computed(&v, v.world.snapshot().position, &asked, &columns, items.collect(), json!({}))
}
