//! What waits for somebody: the first page of whoever signed in.

use app::proposals::{self, Queue, QueueLine};
use askama::Template;
use axum::response::Response;
use model::figure::Duty;

use crate::{
    failure::Failure,
    html::{Html, escaped},
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage<'a> {
    v: &'a Visit,
    title: String,
    q: Queue,
    duties: Vec<Duty>,
    agreed: Option<(String, String)>,
}

impl QueuePage<'_> {
    /// A notice in words.
    fn notice(&self, what: &str, args: &str) -> Html {
        let args: std::collections::HashMap<String, String> = serde_json::from_str(args).unwrap_or_default();
        let get = |name: &str| args.get(name).map(String::as_str).unwrap_or_default();
        let words = self.v.say_with(
            &format!("people-notice-{what}"),
            [
                ("number", get("number").into()),
                ("title", get("title").into()),
                ("who", self.v.author(get("who")).into()),
            ],
        );
        Html(escaped(&words))
    }
    fn lists(&self) -> [(&'static str, &[QueueLine]); 4] {
        [
            ("people-queue-returned", &self.q.returned),
            ("people-queue-review", &self.q.to_review),
            ("people-queue-drafts", &self.q.drafts),
            ("people-queue-waiting", &self.q.waiting),
        ]
    }
    fn last_notice(&self) -> i64 {
        self.q.notices.first().map_or(0, |n| n.id)
    }
}

/// The page.
pub(super) async fn show(v: &Visit) -> Result<Response, Failure> {
    let mut q = proposals::queue(&v.site.app, v.who.actor(), v.site.now()).await?;
    let duties = std::mem::take(&mut q.due);
    let agreed = (!v.ask("agreed").is_empty()).then(|| (v.ask("agreed").to_owned(), v.ask("left").to_owned()));
    page(v, &QueuePage { title: v.say("people-queue"), q, duties, agreed, v })
}
