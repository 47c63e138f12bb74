//! The shapes of answers, as JSON Schema 2020-12. Those of records follow from their definitions.

use app::lane::CaseState;
use model::{
    Kind,
    figure::{DutyKind, DutyState, Progress},
    kinds::Scope,
    record::RecordDef,
    value::CellKind,
};
use query::{Operator, type_word};
use serde_json::{Map, Value as Json, json};

/// Name of the component of a kind's records.
fn component(def: &RecordDef) -> String {
    format!("record_{}", def.name)
}

fn link(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
fn text() -> Json {
    json!({"type": "string"})
}
fn maybe(kind: &str) -> Json {
    json!({"type": [kind, "null"]})
}
fn whole() -> Json {
    json!({"type": "integer", "minimum": 0})
}
fn list(of: Json) -> Json {
    json!({"type": "array", "items": of})
}
fn codes<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Json {
    json!({"type": "string", "enum": all.iter().map(|x| word(*x)).collect::<Vec<_>>()})
}

/// An object that has all of its members and no other.
fn object(members: &[(&str, Json)]) -> Json {
    let names: Vec<&str> = members.iter().map(|(n, _)| *n).collect();
    let members: Map<String, Json> = members.iter().map(|(n, s)| ((*n).to_owned(), s.clone())).collect();
    json!({"type": "object", "properties": members, "required": names, "additionalProperties": false})
}

/// A page of a list: its items, where to go on, and what else it says.
fn page(items: Json, more: &[(&str, Json)]) -> Json {
    let mut members = vec![("position", whole()), ("items", list(items)), ("next", maybe("string"))];
    members.extend(more.iter().cloned());
    object(&members)
}

/// What a column may hold, with its meaning.
fn column(kind: CellKind) -> Json {
    match kind {
        CellKind::Number => maybe("number"),
        CellKind::Whole(low, high) => json!({"type": ["integer", "null"], "minimum": low, "maximum": high}),
        CellKind::YesNo => maybe("boolean"),
        CellKind::Date => json!({"type": ["string", "null"], "format": "date"}),
        CellKind::Refs(_) | CellKind::Codes => json!({"type": ["array", "null"], "items": {"type": "string"}}),
        CellKind::OneOf(_, items) => {
            let codes: Vec<Json> = items.iter().map(|i| i.code.into()).chain([Json::Null]).collect();
            json!({"type": ["string", "null"], "enum": codes})
        }
        CellKind::Code
        | CellKind::Text
        | CellKind::TextIn(_)
        | CellKind::Currency
        | CellKind::Period
        | CellKind::Breakdown
        | CellKind::Ref(_) => maybe("string"),
    }
}

/// The fields of a record. None is required: a question chooses.
fn record(def: &RecordDef) -> Json {
    let mut members = Map::new();
    members.insert("id".into(), json!({"type": "string", "description": "Id of the record."}));
    for c in &def.columns {
        let mut schema = column(c.kind);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".into(), c.doc.into());
            schema.insert("x-type".into(), type_word(c.kind).into());
            schema.insert("x-publicity".into(), app::publicity(def.name, &c.name).as_str().into());
            if let CellKind::Ref(to) | CellKind::Refs(to) = c.kind {
                schema.insert("x-refers-to".into(), to.name().into());
            }
        }
        if let CellKind::TextIn(_) = c.kind
            && !members.contains_key(c.field)
        {
            let best =
                json!({"type": ["string", "null"], "description": c.doc, "x-type": "text-in-the-language-asked-for"});
            members.insert(c.field.to_owned(), best);
        }
        members.insert(c.name.clone(), schema);
    }
    json!({"type": "object", "description": def.doc, "properties": members, "additionalProperties": false})
}

/// All components.
pub(super) fn schemas() -> Json {
    let mut all = Map::new();
    let mut put = |name: &str, schema: Json| {
        all.insert(name.to_owned(), schema);
    };
    let (mut pages, mut ones) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let def = kind.def();
        put(&component(def), record(def));
        let name = json!({"const": def.name});
        let mut of_kind = page(link(&component(def)), &[("kind", name.clone())]);
        of_kind["properties"]["count"] = whole();
        pages.push(of_kind);
        ones.push(object(&[("kind", name), ("position", whole()), ("item", link(&component(def)))]));
    }
    put("Records", json!({"oneOf": pages}));
    put("Record", json!({"oneOf": ones}));
    registers(&mut put);
    figures(&mut put);
    sent(&mut put);
    put("OpenApi", json!({"type": "object", "required": ["openapi", "info", "paths"]}));
    Json::Object(all)
}

/// Of the register: head, kinds, changes, history.
fn registers(put: &mut impl FnMut(&str, Json)) {
    let instant = json!({"type": "string", "format": "date-time"});
    put(
        "Head",
        object(&[
            ("position", whole()),
            ("n_revisions", whole()),
            ("head", json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})),
        ]),
    );
    let code = object(&[("code", text()), ("label", text())]);
    let operators = codes(&Operator::ALL, Operator::as_str);
    let publicity = json!({"type": "string", "enum": ["open", "internal", "personal"]});
    put(
        "Column",
        object(&[
            ("name", text()),
            ("type", text()),
            ("required", json!({"type": "boolean"})),
            ("key", json!({"type": "boolean"})),
            ("doc", text()),
            ("publicity", publicity),
            ("readable", json!({"type": "boolean"})),
            ("operators", list(operators)),
            ("language", maybe("string")),
            ("refers_to", maybe("string")),
            ("minimum", maybe("integer")),
            ("maximum", maybe("integer")),
            ("codes", json!({"type": ["array", "null"], "items": code})),
        ]),
    );
    let kind = object(&[
        ("kind", text()),
        ("list", text()),
        ("doc", text()),
        ("readable", json!({"type": "boolean"})),
        ("count", maybe("integer")),
        ("columns", list(link("Column"))),
    ]);
    put("Kinds", object(&[("position", whole()), ("items", list(kind))]));
    put(
        "ChangeLine",
        object(&[
            ("number", whole()),
            ("at", instant),
            ("author", maybe("string")),
            ("reason", maybe("string")),
            ("undoes", maybe("integer")),
            ("undone_by", maybe("integer")),
            ("n_records", whole()),
            ("n_observations", whole()),
        ]),
    );
    let value = json!({"type": ["string", "number", "boolean", "array", "null"], "items": {"type": "string"}});
    put("FieldChange", object(&[("column", text()), ("before", value.clone()), ("after", value)]));
    put("Changes", page(link("ChangeLine"), &[]));
    let touched = object(&[("kind", text()), ("id", text()), ("fields", list(link("FieldChange")))]);
    put("Change", page(touched, &[("change", link("ChangeLine"))]));
    let step = object(&[
        ("change", link("ChangeLine")),
        ("removed", json!({"type": "boolean"})),
        ("fields", list(link("FieldChange"))),
    ]);
    put("History", object(&[("kind", text()), ("id", text()), ("items", list(step))]));
}

/// Of what is computed: figures, standings, findings, duties.
fn figures(put: &mut impl FnMut(&str, Json)) {
    let day = json!({"type": "string", "format": "date"});
    let number = || maybe("number");
    let stage = object(&[("stage", text()), ("count", whole())]);
    let complete = ["expected", "reported", "estimated", "without_value"].map(|n| (n, whole()));
    let figure = vec![
        ("derivation", json!({"type": "string", "description": "Key of the figure, for /api/v1/figures/{key}."})),
        ("indicator", text()),
        ("scope", codes(Scope::ALL, Scope::as_str)),
        ("place", maybe("string")),
        ("period", text()),
        ("breakdown", text()),
        ("value", number()),
        ("interval", json!({"type": ["array", "null"], "items": {"type": ["number", "null"]}})),
        ("stages", json!({"type": ["array", "null"], "items": stage})),
        ("reason", maybe("string")),
        ("answer", text()),
        ("unit", maybe("string")),
        ("standard_error", number()),
        ("completeness", object(&complete)),
        ("rule", text()),
        ("formula", text()),
    ];
    put("Figure", object(&figure));
    let with = |more: &[(&'static str, Json)]| object(&figure.iter().chain(more).cloned().collect::<Vec<_>>());
    put("FigureWithPercent", with(&[("percent", number())]));
    let input = object(&[
        ("id", text()),
        ("place", text()),
        ("period", text()),
        ("value", number()),
        ("ratio", json!({"type": ["array", "null"], "items": {"type": "number"}})),
        ("status", text()),
        ("left_out", maybe("string")),
        ("source", maybe("string")),
        ("change", link("ChangeLine")),
    ]);
    let part = object(&[("derivation", text()), ("answer", text())]);
    put("FigureExplained", with(&[("n_inputs", whole()), ("inputs", list(input)), ("parts", list(part))]));
    put("Figures", page(link("Figure"), &[("on", day.clone())]));
    let target =
        json!({"anyOf": [object(&[("value", number()), ("on", maybe("string")), ("kind", text())]), {"type": "null"}]});
    let judged = object(&[("by", text()), ("note", text()), ("view", maybe("string"))]);
    let maybe_figure = json!({"anyOf": [link("Figure"), {"type": "null"}]});
    put(
        "Standing",
        object(&[
            ("indicator", text()),
            ("on", day.clone()),
            ("status", codes(&Progress::ALL, Progress::as_str)),
            ("probability", number()),
            ("expected", number()),
            ("achieved_share", number()),
            ("expected_share", number()),
            ("tolerance", number()),
            ("baseline", target.clone()),
            ("target", target),
            ("actual", maybe_figure.clone()),
            ("judgements", list(judged)),
        ]),
    );
    let of_plan = object(&[
        ("plan", text()),
        ("standings", list(link("Standing"))),
        ("figures", list(link("FigureWithPercent"))),
    ]);
    put(
        "Status",
        object(&[
            ("on", day.clone()),
            ("as_of", maybe("string")),
            ("position", whole()),
            ("fingerprint", text()),
            ("plans", list(of_plan)),
        ]),
    );
    let cell = object(&[("figure", maybe_figure), ("percent", number()), ("due", json!({"type": "boolean"}))]);
    let row = object(&[
        ("indicator", text()),
        ("result", text()),
        ("breakdown", text()),
        ("scope", text()),
        ("standing", json!({"anyOf": [link("Standing"), {"type": "null"}]})),
        ("cells", list(cell)),
    ]);
    put("Tracking", object(&[("plan", text()), ("on", day.clone()), ("periods", list(text())), ("rows", list(row))]));
    let reference = json!({"anyOf": [object(&[("kind", text()), ("id", text())]), {"type": "null"}]});
    let waived = object(&[("reason", maybe("string")), ("author", maybe("string")), ("expires_on", maybe("string"))]);
    let finding = object(&[
        ("code", text()),
        ("severity", json!({"type": "string", "enum": ["note", "warning", "error"]})),
        ("record", reference),
        ("field", maybe("string")),
        ("source", object(&[("file", maybe("string")), ("sheet", maybe("string")), ("cell", maybe("string"))])),
        ("message", text()),
        ("why", text()),
        ("remedy", text()),
        ("waived", json!({"anyOf": [waived, {"type": "null"}]})),
    ]);
    let summary = object(&["error", "warning", "note", "waived"].map(|n| (n, whole())));
    put("Check", object(&[("summary", summary), ("diagnostics", list(finding))]));
    let kinds = [DutyKind::Value, DutyKind::Report, DutyKind::Evaluation, DutyKind::Task, DutyKind::Output];
    let states = [DutyState::Overdue, DutyState::Due, DutyState::Upcoming, DutyState::Met];
    let duty = object(&[
        ("kind", codes(&kinds, DutyKind::as_str)),
        ("about_kind", text()),
        ("about", text()),
        ("plan", maybe("string")),
        ("period", maybe("string")),
        ("due_on", day.clone()),
        ("state", codes(&states, DutyState::as_str)),
        ("owner", maybe("string")),
        ("project", maybe("string")),
    ]);
    put("Duties", page(duty, &[("on", day)]));
    let error = object(&[
        ("code", text()),
        ("field", maybe("string")),
        ("row", maybe("integer")),
        ("message", text()),
        ("remedy", text()),
    ]);
    let mut problem = object(&[
        ("type", json!({"type": "string", "format": "uri-reference"})),
        ("title", text()),
        ("status", json!({"type": "integer", "minimum": 400, "maximum": 599})),
        ("detail", text()),
        (
            "instance",
            json!({"type": "string", "format": "uri-reference", "description": "Number of the request in the log."}),
        ),
        ("code", text()),
        ("remedy", text()),
    ]);
    put("ErrorItem", error);
    problem["properties"]["errors"] = list(link("ErrorItem"));
    put("Problem", problem);
}

/// Of what is sent, and what became of it.
fn sent(put: &mut impl FnMut(&str, Json)) {
    let names: Vec<&str> = Kind::REGISTER.iter().map(|k| k.name()).collect();
    let value = json!({"type": ["string", "number", "boolean", "array", "null"], "items": {"type": "string"}});
    let columns = || json!({"type": "object", "additionalProperties": value});
    let one = json!({
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": names},
            "id": {"type": ["string", "null"], "description": "May be left out of a new record whose key columns are set."},
            "set": {"type": "object", "additionalProperties": value, "description": "Columns with their new values; null empties one, the others stay."},
            "remove": {"type": "boolean", "description": "true: the record goes."},
        },
        "required": ["kind"],
        "additionalProperties": false,
    });
    let most = app::proposals::MOST_SENT;
    put(
        "Sent",
        json!({
            "type": "object",
            "properties": {
                "reason": {"type": "string", "minLength": 1, "description": "Why; stands in the history."},
                "against": {"type": ["integer", "null"], "minimum": 0, "description": "Position that it was made of: what others changed later is a conflict. The present when left out."},
                "records": {"type": "array", "maxItems": most, "items": one},
                "observations": {"type": "array", "maxItems": most, "items": columns()},
            },
            "required": ["reason"],
            "additionalProperties": false,
        }),
    );
    let touched = || object(&[("kind", text()), ("id", text()), ("fields", list(link("FieldChange")))]);
    let finding = || link("ErrorItem");
    let judged = object(&[
        ("state", json!({"const": "judged"})),
        ("lane", maybe("string")),
        ("n_changed", whole()),
        ("items", list(touched())),
        ("findings", list(finding())),
    ]);
    let states: Vec<&str> = CaseState::ALL.iter().map(|s| s.as_str()).chain(["unchanged"]).collect();
    let taken = object(&[
        ("state", json!({"type": "string", "enum": states})),
        ("change", maybe("integer")),
        ("proposal", maybe("integer")),
    ]);
    put("Outcome", json!({"oneOf": [judged, taken]}));
    let instant = || json!({"type": "string", "format": "date-time"});
    put(
        "ProposalLine",
        object(&[
            ("number", whole()),
            ("title", text()),
            ("state", codes(&CaseState::ALL, CaseState::as_str)),
            ("author", text()),
            ("lane", maybe("string")),
            ("change", maybe("integer")),
            ("created_at", instant()),
            ("moved_at", instant()),
        ]),
    );
    put("Proposals", page(link("ProposalLine"), &[]));
    let yes_no = || json!({"type": "boolean"});
    let step = object(&[
        ("id", text()),
        ("role", text()),
        ("unit", maybe("string")),
        ("n_persons", whole()),
        ("is_done", yes_no()),
        ("is_open", yes_no()),
        ("persons", list(text())),
    ]);
    put(
        "Proposal",
        object(&[
            ("proposal", link("ProposalLine")),
            ("undoes", maybe("integer")),
            ("clashes", yes_no()),
            ("n_changed", whole()),
            ("steps", list(step)),
            ("items", list(touched())),
            ("findings", list(finding())),
        ]),
    );
    let entry = object(&[
        ("number", whole()),
        ("at", instant()),
        ("who", text()),
        ("deed", text()),
        ("kind", text()),
        ("record", text()),
        ("detail", text()),
    ]);
    put("Audit", page(entry, &[]));
}
