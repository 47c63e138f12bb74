//! `api`: how to ask the programming interface, with records that are there; or its document.

use app::OpenMode;
use serde_json::json;

use crate::{Stop, args::Api, session::Session};

/// Prints examples, or the document.
pub async fn run(session: &Session, args: &Api) -> Result<(), Stop> {
    if args.openapi {
        session.print_json(&web::openapi(session.lang));
        return Ok(());
    }
    let app = session.open(OpenMode::ReadOnlyOrEmpty).await?;
    let world = session.world(&app, None).await?;
    let url = args.url.trim_end_matches('/');
    let examples = web::api_examples(&world, session.on(None));
    if session.json {
        let list = examples.iter().map(|e| {
            let body = (!e.body.is_empty()).then_some(&e.body);
            json!({"what": session.say(&e.key), "url": format!("{url}{}", e.address), "body": body})
        });
        session.print_json(&json!(list.collect::<Vec<_>>()));
        return Ok(());
    }
    for e in &examples {
        outln!("# {}", session.say(&e.key));
        match e.body.as_str() {
            "" => outln!("curl -g '{url}{}'", e.address),
            body => {
                outln!("curl -g -H 'Content-Type: application/json' -d '{body}' '{url}{}'", e.address);
            }
        }
        outln!();
    }
    let more = [
        (
            "api-example-filter",
            "",
            "/api/v1/records/observations?filter[place]=KEN&filter[period][ge]=2016&sort=period",
        ),
        ("api-example-csv", " -H 'Accept: text/csv' -o places.csv", "/api/v1/records/places"),
        ("api-example-past", "", "/api/v1/status?as_of=2019-12-31&on=2019-12-31"),
    ];
    for (key, options, path) in more {
        outln!("# {}", session.say(key));
        outln!("curl -g{options} '{url}{path}'");
        outln!();
    }
    Ok(())
}
