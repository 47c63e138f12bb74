//! The page `/api`: every operation with its parameters and an example, made from the document.

use askama::Template;
use axum::response::Response;
use model::figure::FigureKey;
use serde_json::Value as Json_;

use super::{
    document::openapi,
    operations::{OPERATIONS, Operation},
};
use crate::{
    failure::Failure,
    html::segment,
    problem::KEYS,
    visit::{Visit, page as render},
};

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage<'a> {
    v: &'a Visit,
    title: String,
    operations: Vec<Shown>,
    problems: &'static [&'static str],
}

/// One operation as the page shows it.
struct Shown {
    id: &'static str,
    path: &'static str,
    summary: String,
    parameters: Vec<Parameter>,
    answers: Vec<(String, String)>,
    /// `GET` or `POST`.
    method: String,
    /// The example's address; one that reads can be opened.
    address: String,
    /// What the example sends; empty for those that read.
    body: String,
}

struct Parameter {
    name: String,
    is_required: bool,
    words: String,
    /// Codes or bounds, as the document says them.
    values: String,
}

/// What the examples name: records that are in this register.
pub(crate) struct Known {
    /// A plan.
    pub plan: String,
    /// An indicator.
    pub indicator: String,
    /// A figure's key.
    pub figure: String,
}

impl Known {
    /// Records of a world; names of the sample where the world has none.
    pub fn of(world: &app::World, on: jiff::civil::Date) -> Known {
        let plan = app::default_plan(world);
        let tracking = plan.as_ref().map(|p| app::tracking(world, p, on));
        let figures = tracking.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells).filter_map(|c| c.figure.as_ref());
        let key: Option<FigureKey> = figures.map(|f| f.key.clone()).next();
        Known {
            plan: plan.map_or_else(|| "P1419R".to_owned(), |p| p.to_string()),
            indicator: key.as_ref().map_or_else(|| "I-1419-Ra".to_owned(), |k| k.indicator.to_string()),
            figure: key.map_or_else(|| "I-1419-Ra~global~KEN~2018~".to_owned(), |k| k.to_string()),
        }
    }
    /// What an operation's example sends: it changes nothing, as it is a dry run.
    pub(super) fn body(&self, operation: &Operation) -> String {
        if operation.body.is_empty() {
            return String::new();
        }
        let record =
            serde_json::json!({"kind": "indicator", "id": self.indicator, "set": {"title_en": "A clearer title"}});
        serde_json::json!({"reason": "A clearer title", "records": [record]}).to_string()
    }
    /// The address of an operation's example.
    pub(super) fn address(&self, operation: &Operation) -> String {
        let path = operation
            .path
            .replace("{kind}", "indicators")
            .replace("{id}", &segment(&self.indicator))
            .replace("{key}", &segment(&self.figure))
            .replace("{plan}", &segment(&self.plan))
            .replace("{number}", "1");
        match operation.example {
            "" => path,
            example => format!("{path}?{}", example.replace("{plan}", &segment(&self.plan))),
        }
    }
}

/// The page.
pub async fn page(v: Visit) -> Result<Response, Failure> {
    let document = openapi(v.lang);
    let known = Known::of(&v.world, v.on);
    let operations = OPERATIONS.iter().map(|o| shown(&document, o, &known)).collect();
    render(&v, &ApiPage { title: v.say("api-page"), operations, problems: KEYS, v: &v })
}

fn shown(document: &Json_, operation: &Operation, known: &Known) -> Shown {
    let described = &document["paths"][operation.path][operation.verb()];
    let text = |value: &Json_| value.as_str().unwrap_or_default().to_owned();
    let parameter = |name: &&str| {
        let parameter = &document["components"]["parameters"][*name];
        let schema = &parameter["schema"];
        let said = |value: &Json_| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let listed = |value: &Json_| value.as_array().map(|list| list.iter().map(said).collect::<Vec<_>>().join(", "));
        let bounds = (!schema["minimum"].is_null()).then(|| format!("{}–{}", schema["minimum"], schema["maximum"]));
        Parameter {
            name: text(&parameter["name"]),
            is_required: parameter["required"] == true,
            words: text(&parameter["description"]),
            values: listed(&schema["enum"]).or_else(|| listed(&schema["examples"])).or(bounds).unwrap_or_default(),
        }
    };
    let answers = described["responses"].as_object().into_iter().flatten().map(|(status, response)| {
        let name = text(&response["$ref"]);
        let linked = &document["components"]["responses"][name.rsplit('/').next().unwrap_or_default()];
        let words = if name.is_empty() { &response["description"] } else { &linked["description"] };
        (status.clone(), text(words))
    });
    Shown {
        id: operation.id,
        path: operation.path,
        summary: text(&described["summary"]),
        parameters: operation.parameters.iter().map(parameter).collect(),
        answers: answers.collect(),
        method: operation.verb().to_uppercase(),
        address: known.address(operation),
        body: known.body(operation),
    }
}

/// An example for the command line.
pub struct Example {
    /// Key of the sentence that says what is asked.
    pub key: String,
    /// The address below the server's root.
    pub address: String,
    /// What is sent; empty for those that read.
    pub body: String,
}

/// Examples for the command line.
pub(crate) fn examples(world: &app::World, on: jiff::civil::Date) -> Vec<Example> {
    let known = Known::of(world, on);
    let example =
        |o: &Operation| Example { key: format!("api-op-{}", o.id), address: known.address(o), body: known.body(o) };
    OPERATIONS.iter().map(example).collect()
}
