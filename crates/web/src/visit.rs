//! One request as the pages see it: which world, which day, which language, and how links keep them.

use std::{convert::Infallible, sync::Arc};

use app::{
    Audience, World,
    access::{Deed, Subject, decide},
    people::Names,
};
use axum::{
    extract::{FromRequestParts, Query},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use diag::Arg;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::{
    Records,
    figure::{Answer, Figure, FigureKey, Progress},
    kinds::{Indicator, Plan, Result as PlanResult, Target},
    value::{Id, Lang, Text},
};

use crate::{
    caller::Who,
    failure::{Failure, OwnPage},
    html::{Html, escaped, push_escaped, query_value, segment},
    lang,
    site::Site,
};

/// One request.
pub(crate) struct Visit {
    pub site: Site,
    pub world: Arc<World>,
    pub lang: Lang,
    /// The day for statuses.
    pub on: Date,
    /// The past instant that the reader looks at, as asked for.
    pub as_of: Option<String>,
    /// The path without its query.
    pub path: String,
    /// The pairs of the query.
    pub query: Vec<(String, String)>,
    /// Who asks.
    pub who: Who,
    /// The names of persons, for those who may see them.
    pub names: Names,
    /// Notices that the person has not seen.
    pub n_unread: u64,
    /// The address of this site as the browser has it, without a path.
    pub origin: String,
    /// Whether this world holds drafts of the person's own.
    pub with_drafts: bool,
    /// The world with all that is hidden, to decide about rights only.
    whole: Arc<World>,
    /// What links keep: `on=…&as_of=…`, empty when neither was asked for.
    kept: String,
}

/// The language, the pairs of the query and the path: what an error page knows too.
pub(crate) struct Asked {
    pub lang: Lang,
    pub query: Vec<(String, String)>,
    pub path: String,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|q| q.0).unwrap_or_default();
        let asked = query.iter().find(|(k, _)| k == "lang").map(|(_, v)| v.as_str());
        Ok(Asked { lang: lang::of_request(asked, &parts.headers), path: parts.uri.path().to_owned(), query })
    }
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let Asked { lang, query, path } = match Asked::from_request_parts(parts, site).await {
            Ok(asked) => asked,
            Err(never) => match never {},
        };
        let who = match Who::from_request_parts(parts, site).await {
            Ok(who) => who,
            Err(never) => match never {},
        };
        let get = |name: &str| query.iter().find(|(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.as_str());
        let day = |text: &str| text.parse::<Date>().map_err(|_| Failure::bad("page-bad-day", &[("day", text.into())]));
        let past = get("as_of").map(|text| instant(text).map(|at| (text.to_owned(), at))).transpose()?;
        let origin = origin_of(parts, site);
        let with_drafts = past.is_none() && who.person().is_some() && get("drafts") == Some("1");
        let world = match &past {
            Some((_, at)) => site.app.world_as_of(*at).await?,
            None if with_drafts => app::proposals::world_with_drafts(&site.app, who.actor()).await?,
            None => site.app.world().await?,
        };
        let whole = world;
        let world = whole.seen_by(audience_of(site, &who, whole.records()));
        let names = if who.is_public() { Names::default() } else { app::people::names(&site.app).await? };
        let n_unread = match who.person() {
            Some(code) => app::people::n_unread(&site.app, code).await?,
            None => 0,
        };
        let on = match (get("on"), &past) {
            (Some(text), _) => day(text)?,
            // Looking at the past means standing there.
            (None, Some((_, at))) => at.to_zoned(TimeZone::UTC).date().min(site.today()),
            (None, None) => site.today(),
        };
        let mut kept = String::new();
        for name in ["on", "as_of", "drafts"] {
            if let Some(value) = get(name) {
                if !kept.is_empty() {
                    kept.push('&');
                }
                kept.push_str(&format!("{name}={}", query_value(value)));
            }
        }
        let as_of = past.map(|(text, _)| text);
        Ok(Visit {
            site: site.clone(),
            world,
            lang,
            on,
            as_of,
            path,
            who,
            names,
            n_unread,
            origin,
            with_drafts,
            whole,
            kept,
            query,
        })
    }
}

/// Who a request speaks for: whoever may read what is internal is staff, everybody else is the public.
pub(crate) fn audience_of(site: &Site, who: &Who, records: &Records) -> Audience {
    match decide(records, who.actor(), Deed::ReadInternal, &Subject::Anywhere, site.day()).allowed {
        true => Audience::Staff,
        false => Audience::Public,
    }
}

/// Where the browser thinks it is: for links that are handed over.
fn origin_of(parts: &Parts, site: &Site) -> String {
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    format!("{}://{host}", if site.options.secure { "https" } else { "http" })
}

/// The last moment of a day, or the instant itself.
fn instant(text: &str) -> Result<Timestamp, Failure> {
    let wrong = || Failure::bad("page-bad-day", &[("day", text.into())]);
    if let Ok(day) = text.parse::<Date>() {
        let next = day.tomorrow().map_err(|_| wrong())?;
        let start = next.to_zoned(TimeZone::UTC).map_err(|_| wrong())?.timestamp();
        return start.checked_sub(jiff::SignedDuration::from_nanos(1)).map_err(|_| wrong());
    }
    text.parse().map_err(|_| wrong())
}

/// Names in a language, wherever a page has a record.
impl Visit {
    /// Who asks.
    pub fn audience(&self) -> Audience {
        self.world.audience()
    }
    /// The first value of a name in the query, empty when there is none.
    pub fn ask(&self, name: &str) -> &str {
        self.query.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str())
    }
    /// The records of this world.
    pub fn records(&self) -> &Records {
        self.world.records()
    }
    /// Whether this world may be written to: the past may not, and not by somebody who has not signed in.
    pub fn writable(&self) -> bool {
        self.as_of.is_none() && !self.who.is_public()
    }
    /// Whether whoever asks may do something somewhere.
    pub fn may(&self, deed: Deed) -> bool {
        decide(self.whole.records(), self.who.actor(), deed, &Subject::Anywhere, self.site.day()).allowed
    }
    /// Whether whoever asks reads what is internal.
    pub fn is_inside(&self) -> bool {
        self.may(Deed::ReadInternal)
    }
    /// Whether whoever asks keeps persons and lanes.
    pub fn is_admin(&self) -> bool {
        self.may(Deed::Administer)
    }
    /// Whether whoever asks reads the audit.
    pub fn is_auditor(&self) -> bool {
        self.may(Deed::Audit)
    }
    /// An author's name: of a person the name, of somebody who was erased a word; for those who have not signed in
    /// nobody has a name.
    pub fn author(&self, code: &str) -> String {
        match self.names.of(code) {
            Some(name) => name.to_owned(),
            None if self.who.is_public() => self.say("people-somebody"),
            None if self.names.is_person(code) => self.say("people-erased"),
            None => code.to_owned(),
        }
    }
    /// Names of several persons.
    pub fn authors(&self, codes: &[String]) -> String {
        codes.iter().map(|c| self.author(c)).collect::<Vec<_>>().join(", ")
    }
    /// Today, for the banner's link.
    pub fn today(&self) -> Date {
        self.site.today()
    }
    /// An address that keeps the day and the instant.
    pub fn to(&self, path: &str) -> String {
        match (self.kept.is_empty(), path.contains('?')) {
            (true, _) => path.to_owned(),
            (false, false) => format!("{path}?{}", self.kept),
            (false, true) => format!("{path}&{}", self.kept),
        }
    }
    /// The pairs that a form must carry to keep the day and the instant.
    pub fn kept(&self) -> Vec<(&str, &str)> {
        let names = ["on", "as_of", "drafts"];
        self.query
            .iter()
            .filter(|(k, v)| names.contains(&k.as_str()) && !v.is_empty())
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect()
    }
    /// This address with one pair of the query replaced (removed when empty).
    pub fn here_with(&self, name: &str, value: &str) -> String {
        let mut out = String::from(&self.path);
        let pairs = self.query.iter().map(|(k, v)| (k.as_str(), v.as_str())).filter(|(k, _)| *k != name);
        for (i, (k, v)) in pairs.chain((!value.is_empty()).then_some((name, value))).enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            out.push_str(&query_value(k));
            out.push('=');
            out.push_str(&query_value(v));
        }
        out
    }
    /// This address as of now.
    pub fn now_link(&self) -> String {
        let mut out = String::from(&self.path);
        let pairs = self.query.iter().filter(|(k, _)| k != "as_of" && k != "on");
        for (i, (k, v)) in pairs.enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            out.push_str(&format!("{}={}", query_value(k), query_value(v)));
        }
        out
    }
    /// The languages: code, own name, address of this page in it.
    pub fn languages(&self) -> Vec<(Lang, &'static str, String)> {
        Lang::INTERFACE.into_iter().map(|l| (l, lang::own_name(l), self.here_with("lang", l.code()))).collect()
    }

    /// A sentence.
    pub fn say(&self, key: &str) -> String {
        locale::say(self.lang, key)
    }
    /// A sentence with arguments.
    pub fn say_with(&self, key: &str, args: impl AsRef<[(&'static str, Arg)]>) -> String {
        locale::say_with(self.lang, key, args.as_ref())
    }
    /// A sentence whose key ends in a code.
    pub fn say_suffix(&self, start: &str, code: &str) -> String {
        self.say(&format!("{start}{code}"))
    }
    /// The name of a kind of record, plural.
    pub fn kind(&self, name: &str) -> String {
        self.say(&format!("page-kind-{}", name.replace('_', "-")))
    }
    /// What a finding says.
    pub fn message(&self, diagnostic: &diag::Diagnostic) -> String {
        locale::diagnostic(self.lang, diagnostic)
    }
    /// Number of the last change that this world holds.
    pub fn position(&self) -> Arg {
        Arg::Whole(i64::try_from(self.world.snapshot().position).unwrap_or(i64::MAX))
    }
    /// The head of the chain, short.
    pub fn fingerprint(&self) -> Arg {
        Arg::Text(self.world.snapshot().fingerprint.chars().take(12).collect())
    }
    /// A sentence with one text.
    pub fn say_name(&self, key: &str, name: &'static str, text: impl std::fmt::Display) -> String {
        self.say_with(key, &[(name, Arg::Text(text.to_string()))])
    }
    /// A sentence with the number `n`, in the right plural form.
    pub fn count(&self, key: &str, n: &usize) -> String {
        self.say_with(key, &[("n", Arg::from(*n))])
    }
    /// The name of a code.
    pub fn item(&self, list: &str, code: &str) -> String {
        locale::list_item(self.lang, list, code)
    }
    /// A text; when it is in another language, marked as such.
    pub fn text(&self, text: &Text) -> Html {
        let Some((words, lang)) = text.best(self.lang) else { return Html::default() };
        if lang == self.lang {
            return Html(escaped(words));
        }
        Html(format!(
            r#"<span lang="{0}" dir="{1}">{2}</span><abbr class="other" title="{3}">{0}</abbr>"#,
            lang.code(),
            lang.dir(),
            escaped(words),
            escaped(&self.say("page-fell-back")),
        ))
    }
    /// A text without mark-up, for attributes and titles.
    pub fn plain<'t>(&self, text: &'t Text) -> &'t str {
        text.show(self.lang)
    }
    /// The title of a plan by id.
    pub fn plan_title(&self, id: &Id<Plan>) -> Html {
        self.records().plans.of(id).map_or_else(|| Html(escaped(id.as_str())), |p| self.text(&p.title))
    }
    /// The title of a result by id.
    pub fn result_title(&self, id: &Id<PlanResult>) -> Html {
        self.records().results.of(id).map_or_else(|| Html(escaped(id.as_str())), |r| self.text(&r.title))
    }
    /// The title of an indicator by id.
    pub fn indicator_title(&self, id: &Id<Indicator>) -> Html {
        self.records().indicators.of(id).map_or_else(|| Html(escaped(id.as_str())), |i| self.text(&i.title))
    }
    /// The title of a place by id.
    pub fn place_title(&self, id: &str) -> Html {
        self.records().places.get(id).map_or_else(|| Html(escaped(id)), |p| self.text(&p.title))
    }
    /// The title of a unit of the organisation by id.
    pub fn unit_title(&self, id: &str) -> Html {
        self.records().units.get(id).map_or_else(|| Html(escaped(id)), |u| self.text(&u.title))
    }
    /// The title of a source by id.
    pub fn source_title(&self, id: &str) -> Html {
        self.records().sources.get(id).map_or_else(|| Html(escaped(id)), |s| self.text(&s.title))
    }
    /// The name of a unit of measurement; its code when it has none.
    pub fn unit(&self, code: &str) -> String {
        let key = format!("page-unit-{}", code.to_lowercase().replace([' ', '_'], "-"));
        if locale::has(Lang::En, &key) { self.say(&key) } else { code.to_owned() }
    }
    /// The word for a progress status.
    pub fn progress(&self, progress: &Progress) -> String {
        self.say(&format!("progress-{}", progress.as_str()))
    }
    /// A status in shape, colour and word.
    pub fn status(&self, progress: &Progress) -> Html {
        Html(format!(
            r##"<span class="status {0}"><svg class="shape" aria-hidden="true"><use href="/assets/shapes.svg#{0}"/></svg>{1}</span>"##,
            progress.as_str(),
            escaped(&self.progress(progress)),
        ))
    }
    /// A status in shape and colour, its word for those who do not see it.
    pub fn mark(&self, progress: &Progress) -> Html {
        let word = escaped(&self.progress(progress));
        Html(format!(
            r##"<span class="status {0}" title="{word}"><svg class="shape" role="img" aria-label="{word}"><use href="/assets/shapes.svg#{0}"/></svg></span>"##,
            progress.as_str(),
        ))
    }
    /// A group in words: `female, 15–24`; the word for the total when empty.
    pub fn group(&self, breakdown: &model::value::Breakdown) -> Html {
        if breakdown.is_total() {
            return Html(escaped(&self.say("page-total")));
        }
        let mut out = String::new();
        for (i, (dimension, category)) in breakdown.parts().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            match self.records().categories.get(format!("{dimension}/{category}")) {
                Some(c) => out.push_str(&self.text(&c.title).0),
                None => push_escaped(&mut out, category),
            }
        }
        Html(out)
    }

    /// A figure: rounded for people, exact for machines, opening into its explanation.
    pub fn figure(&self, figure: &Figure) -> Html {
        let mut out = String::with_capacity(160);
        self.push_figure(&mut out, figure);
        Html(out)
    }
    /// Appends a figure.
    pub fn push_figure(&self, out: &mut String, figure: &Figure) {
        let key = figure.key.to_string();
        out.push_str(r#"<a class="f" href=""#);
        push_escaped(out, &self.figure_link(&key));
        out.push_str(r#""><data class="figure" value=""#);
        push_escaped(out, &locale::answer_exact(&figure.answer));
        out.push_str(r#"" data-key=""#);
        push_escaped(out, &key);
        out.push_str(r#"">"#);
        self.push_answer(out, &figure.key.indicator, &figure.answer);
        out.push_str("</data></a>");
    }
    /// The address of a figure's explanation.
    pub fn figure_link(&self, key: &str) -> String {
        self.to(&format!("/figures/{}", segment(key)))
    }
    /// A key and its answer, for the parts of a figure.
    pub fn part(&self, key: &FigureKey, answer: &Answer) -> Html {
        let text = key.to_string();
        let mut out = String::new();
        out.push_str(r#"<a class="f" href=""#);
        push_escaped(&mut out, &self.figure_link(&text));
        out.push_str(r#""><data class="figure" value=""#);
        push_escaped(&mut out, &locale::answer_exact(answer));
        out.push_str(r#"" data-key=""#);
        push_escaped(&mut out, &text);
        out.push_str(r#"">"#);
        self.push_answer(&mut out, &key.indicator, answer);
        out.push_str("</data></a>");
        Html(out)
    }
    fn push_answer(&self, out: &mut String, indicator: &Id<Indicator>, answer: &Answer) {
        match answer {
            Answer::Value(v) => push_escaped(out, &locale::number(*v)),
            Answer::Stages(stages) => {
                let scale =
                    self.records().indicators.of(indicator).and_then(|i| i.scale.as_ref()).map(|s| s.0.as_str());
                let mut first = true;
                for (code, n) in stages.iter().filter(|(_, n)| *n > 0) {
                    if !first {
                        out.push_str("<br>");
                    }
                    first = false;
                    let stage = scale.and_then(|s| self.records().stages.get(format!("{s}/{code}")));
                    match stage {
                        Some(stage) => push_escaped(out, stage.title.show(self.lang)),
                        None => push_escaped(out, code),
                    }
                    out.push_str(": ");
                    out.push_str(&n.to_string());
                }
                if first {
                    out.push('0');
                }
            }
            Answer::None(_) => {
                out.push_str(r#"<span class="none">"#);
                push_escaped(out, &locale::answer(self.lang, answer));
                out.push_str("</span>");
            }
            Answer::Interval { .. } => push_escaped(out, &locale::answer(self.lang, answer)),
        }
    }
    /// An answer as text without mark-up, for tooltips.
    pub fn answer_text(&self, answer: &Answer) -> String {
        locale::answer(self.lang, answer)
    }
    /// A planned value (baseline, milestone, target), opening into its record.
    pub fn target(&self, target: &Target) -> Html {
        use model::Record;
        Html(format!(
            r#"<a class="f" href="{}"><data value="{}">{}</data></a>"#,
            escaped(&self.to(&format!("/records/target/{}", segment(&target.id())))),
            locale::exact(target.value),
            locale::number(target.value),
        ))
    }
    /// How complete a figure is.
    pub fn completeness(&self, figure: &Figure) -> String {
        let c = figure.completeness;
        self.say_with(
            "page-complete",
            [
                ("reported", i64::from(c.n_reported).into()),
                ("expected", i64::from(c.n_expected).into()),
                ("estimated", i64::from(c.n_estimated).into()),
            ],
        )
    }
    /// A number for machines.
    pub fn exact(&self, value: &f64) -> String {
        locale::exact(*value)
    }
    /// A number that is no figure of the engine: a count, a symbol.
    pub fn number(&self, value: &f64) -> String {
        locale::number(*value)
    }
    /// A whole number, grouped.
    pub fn whole(&self, n: &usize) -> String {
        locale::number(*n as f64)
    }
    /// A whole number of the register, grouped.
    pub fn whole_u64(&self, n: &u64) -> String {
        locale::number(*n as f64)
    }
    /// A share as a percentage.
    pub fn percent(&self, share: &f64) -> String {
        locale::percent(*share)
    }
    /// An instant to the minute in UTC.
    pub fn instant(&self, at: &Timestamp) -> Html {
        Html(format!(r#"<time datetime="{at}">{}</time>"#, at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M")))
    }
    /// A record's address.
    pub fn record_link(&self, kind: &str, id: &str) -> String {
        let id = segment(id);
        self.to(&match kind {
            "plan" => format!("/plans/{id}"),
            "result" => format!("/results/{id}"),
            "indicator" => format!("/indicators/{id}"),
            "place" => format!("/places/{id}"),
            "analysis" => format!("/analyses/{id}"),
            "survey" if self.is_inside() => format!("/surveys/{id}"),
            "response" if self.is_inside() => format!("/responses/{id}"),
            _ => format!("/records/{kind}/{id}"),
        })
    }
    /// A record's name in this language; its id when it has none.
    pub fn record_name(&self, kind: &str, id: &str) -> Html {
        let Some(kind) = model::Kind::parse(kind) else { return Html(escaped(id)) };
        let title = title_of(self.records(), kind, id);
        title.map_or_else(|| Html(escaped(id)), |t| self.text(&t))
    }
}

/// The text called `title` of any record.
pub(crate) fn title_of(records: &Records, kind: model::Kind, id: &str) -> Option<Text> {
    let row = records.row(kind, id)?;
    let mut title = Text::default();
    for (column, value) in kind.def().columns.iter().zip(row) {
        if let (true, model::value::CellKind::TextIn(lang), model::value::Value::Text(t)) =
            (column.field == "title", column.kind, value)
        {
            title.set(lang, t);
        }
    }
    (!title.is_empty()).then_some(title)
}

/// Renders a page into one string.
pub(crate) fn page(visit: &Visit, template: &impl askama::Template) -> Result<Response, Failure> {
    let body = template.render().map_err(|e| Failure::internal(&e))?;
    let mut response = axum::response::Html(body).into_response();
    response.extensions_mut().insert(OwnPage);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.lang.code()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
