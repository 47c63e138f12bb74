//! The OpenAPI 3.1 document, made from the table of operations and the definitions of records.

use axum::Json;
use model::{Kind, value::Lang};
use serde_json::{Map, Value as Json_, json};

use super::{
    operations::{Formats, OPERATIONS, Operation, Readers},
    schemas::schemas,
};
use crate::{failure::Failure, lang, problem::PROBLEM, visit::Asked};

/// The document, in the language asked for.
pub async fn document(asked: Asked) -> Result<Json<Json_>, Failure> {
    let wrong = asked.query.iter().filter_map(|(name, value)| match name.as_str() {
        "lang" if lang::interface(value).is_some() => None,
        "lang" => Some(query::parameter_fault("lang", value, "en, ar, zh")),
        unknown => Some(query::unknown_parameter(unknown, ["lang"].into_iter())),
    });
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() { Ok(Json(openapi(asked.lang))) } else { Err(Failure::question(wrong)) }
}

/// The OpenAPI 3.1 document of the programming interface, its sentences in a language. What a column means is said in
/// English, as in the workbook.
pub fn openapi(lang: Lang) -> Json_ {
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.verb()] = described(operation, lang);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("Ekistics: {}", locale::say(lang, "api-page")),
            "description": locale::say(lang, "api-page-lead"),
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        // An empty requirement: what does not say otherwise may be asked without signing in, and answers with what is open.
        "security": [{}, {"bearer": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "parameters": parameters(lang),
            "headers": headers(),
            "responses": responses(lang),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "ekistics"},
            },
        },
    })
}

fn described(operation: &Operation, lang: Lang) -> Json_ {
    let parameters: Vec<Json_> =
        operation.parameters.iter().map(|n| json!({"$ref": format!("#/components/parameters/{n}")})).collect();
    let mut content = json!({
        "application/json": {"schema": {"$ref": format!("#/components/schemas/{}", operation.answer)}},
    });
    let mut headers = json!({"x-request-id": {"$ref": "#/components/headers/request-id"}});
    if operation.formats == Formats::List {
        content["text/csv"] = json!({"schema": {"type": "string"}});
        content["application/x-ndjson"] = json!({"schema": {"type": "string"}});
        headers["link"] = json!({"$ref": "#/components/headers/next-page"});
    }
    let summary = locale::say(lang, &format!("api-op-{}", operation.id));
    let response = |name: &str| json!({"$ref": format!("#/components/responses/{name}")});
    let mut responses = json!({
        "200": {"description": locale::say(lang, "api-answer-ok"), "headers": headers, "content": content},
        "400": response("wrong"),
        "404": response("not-found"),
        "429": response("rate"),
        "default": response("problem"),
    });
    if operation.formats == Formats::List {
        responses["410"] = response("gone");
    }
    let mut described = json!({
        "operationId": operation.id,
        "summary": summary,
        "parameters": parameters,
        "responses": responses,
    });
    if !operation.body.is_empty() {
        let schema = json!({"$ref": format!("#/components/schemas/{}", operation.body)});
        described["requestBody"] = json!({"required": true, "content": {"application/json": {"schema": schema}}});
        let mut of = |status: &str, key: &str| {
            let mut taken = described["responses"]["200"].clone();
            taken["description"] = locale::say(lang, key).into();
            taken["headers"]["location"] = json!({"$ref": "#/components/headers/location"});
            described["responses"][status] = taken;
        };
        of("201", "api-answer-in-force");
        of("202", "api-answer-waits");
        for (status, name) in [("409", "conflict"), ("413", "too-large"), ("415", "media"), ("422", "refused")] {
            described["responses"][status] = response(name);
        }
    }
    if operation.readers == Readers::Inside {
        described["security"] = json!([{"bearer": []}, {"session": []}]);
        described["responses"]["401"] = response("signed-out");
        described["responses"]["403"] = response("forbidden");
    }
    described
}

fn headers() -> Json_ {
    json!({
        "request-id": {"description": "Number of the request in the log.", "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"}},
        "next-page": {"description": "Address of the next page, with rel=\"next\".", "schema": {"type": "string"}},
        "location": {"description": "Address of the change, or of the proposal.", "schema": {"type": "string"}},
        "retry-after": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    })
}

fn responses(lang: Lang) -> Json_ {
    let content = json!({PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}});
    let of = |key: &str| json!({"description": locale::say(lang, key), "content": content});
    let mut rate = of("api-answer-rate");
    rate["headers"] = json!({"retry-after": {"$ref": "#/components/headers/retry-after"}});
    json!({
        "wrong": of("api-answer-wrong"),
        "not-found": of("api-answer-not-found"),
        "gone": of("api-answer-gone"),
        "rate": rate,
        "signed-out": of("api-answer-signed-out"),
        "forbidden": of("api-answer-forbidden"),
        "conflict": of("api-answer-conflict"),
        "too-large": of("api-answer-too-large"),
        "media": of("api-answer-media"),
        "refused": of("api-answer-refused"),
        "problem": of("api-answer-problem"),
    })
}

fn parameters(lang: Lang) -> Json_ {
    let kinds: Vec<&str> = Kind::ALL.iter().flat_map(|k| [k.sheet(), k.name()]).collect();
    let text = || json!({"type": "string"});
    let one_of = |words: &[&str]| json!({"type": "string", "enum": words});
    let code = || json!({"type": "string", "maxLength": 120});
    let mut all = Map::new();
    let mut put = |name: &str, said_as: &str, place: &str, schema: Json_| {
        let mut parameter = json!({
            "name": said_as,
            "in": place,
            "required": place == "path",
            "description": locale::say(lang, &format!("api-param-{}", name.replace('_', "-"))),
            "schema": schema,
        });
        if name == "filter" {
            parameter["style"] = "deepObject".into();
            parameter["explode"] = true.into();
        }
        all.insert(name.to_owned(), parameter);
    };
    put("kind", "kind", "path", one_of(&kinds));
    put("id", "id", "path", json!({"type": "string", "minLength": 1}));
    put("key", "key", "path", json!({"type": "string", "minLength": 1}));
    put("plan-id", "plan", "path", json!({"type": "string", "minLength": 1}));
    put("number", "number", "path", json!({"type": "integer", "minimum": 1, "maximum": u32::MAX}));
    put("fields", "fields", "query", text());
    let filter = json!({"type": "object", "additionalProperties": {"type": "string"}});
    put("filter", "filter", "query", filter);
    put("sort", "sort", "query", text());
    put("limit", "limit", "query", json!({"type": "integer", "minimum": 1, "maximum": query::MOST_ROWS}));
    put("cursor", "cursor", "query", json!({"type": "string", "pattern": "^[0-9a-f]{50}$"}));
    put("count", "count", "query", one_of(&["true", "false"]));
    put("format", "format", "query", one_of(&["json", "csv", "ndjson"]));
    put("lang", "lang", "query", one_of(&Lang::INTERFACE.map(Lang::code)));
    put("on", "on", "query", json!({"type": "string", "format": "date"}));
    let instant = json!({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]});
    put("as_of", "as_of", "query", instant);
    put("plan", "plan", "query", code());
    put("indicator", "indicator", "query", code());
    put("place", "place", "query", code());
    put(
        "period",
        "period",
        "query",
        json!({"type": "string", "examples": ["2016", "2016-S1", "2016-Q2", "2016-03", "2014/2015"]}),
    );
    put("scope", "scope", "query", one_of(&["global", "supported", "delivered"]));
    put("dry_run", "dry_run", "query", one_of(&["true", "false"]));
    let key = json!({"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$"});
    put("idempotency_key", "idempotency-key", "header", key);
    put("case", "case", "query", one_of(&app::lane::CaseState::ALL.map(app::lane::CaseState::as_str)));
    // Nobody and nothing of a longer name is an empty answer.
    put("who", "who", "query", text());
    put("deed", "deed", "query", text());
    put("of_kind", "of_kind", "query", text());
    put("record", "record", "query", text());
    put("state", "state", "query", one_of(&["overdue", "due", "upcoming", "met"]));
    Json_::Object(all)
}
