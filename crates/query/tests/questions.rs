//! Questions over the plain tables of a small register: what is selected, in which order, in how many pages, and what is
//! refused with which nearest name.

use model::{
    Audience, Kind, Records,
    kinds::Scope,
    observations::{NewRow, Observations},
    value::{Lang, Period, Value},
};
use proptest::prelude::*;
use query::{Count, Field, Plan, Question, Source, parse};

fn records() -> Records {
    let mut records = Records::default();
    let def = Kind::Place.def();
    for (id, kind, title, population) in [
        ("KEN", "country", Some("Kenya"), Some(54)),
        ("UGA", "country", Some("Uganda"), None),
        ("NBO", "city", Some("Nairobi"), Some(4)),
        ("W", "world", None, Some(8_000)),
    ] {
        let mut row = vec![Value::Null; def.columns.len()];
        let mut set = |name: &str, value: Value| row[def.column(name).expect(name)] = value;
        set("id", Value::Text(id.into()));
        set("kind", Value::Text(kind.into()));
        set("title_en", Value::Text(title.unwrap_or("World").into()));
        set("title_ar", title.map_or(Value::Null, |t| Value::Text(format!("ar {t}"))));
        set("population", population.map_or(Value::Null, Value::Whole));
        if id != "W" {
            set("classes", Value::List(vec!["africa".into(), id.to_lowercase()]));
        }
        records.put(Kind::Place, &row, None).expect("a record");
    }
    assert!(records.remove(Kind::Place, "UGA"));
    let row = records.row(Kind::Place, "KEN").expect("a row");
    let mut again = row;
    again[0] = Value::Text("UGA".into());
    again[def.column("population").expect("population")] = Value::Null;
    again[def.column("title_en").expect("title")] = Value::Text("Uganda".into());
    records.put(Kind::Place, &again, None).expect("a record");
    records
}

fn observations() -> Observations {
    let mut all = Observations::default();
    for (indicator, place, year, value) in
        [("I-2", "KEN", 2016, 2.0), ("I-1", "UGA", 2018, 1.0), ("I-1", "KEN", 2016, 3.0), ("I-1", "KEN", 2014, 4.0)]
    {
        let row = NewRow::new(indicator, place, Period::year(year), Scope::Global, Some(value));
        all.push(&NewRow { comment: "secret", entity: if year == 2018 { "E" } else { "" }, ..row });
    }
    all
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |p: &str| p.split_once('=').map_or((p.to_owned(), String::new()), |(k, v)| (k.to_owned(), v.to_owned()));
    query.split('&').filter(|p| !p.is_empty()).map(pair).collect()
}

/// Texts of the first field of all rows, page by page.
fn answer(source: Source<'_>, audience: Audience, query: &str) -> Vec<String> {
    let question = parse(source.kind(), audience, &pairs(query), "").expect(query);
    let plan = Plan::new(&question, source).expect("a plan");
    let (mut rows, mut from) = (Vec::new(), 0);
    loop {
        let walked = plan.walk(source, from, question.limit.unwrap_or(100));
        for slot in walked.slots {
            rows.push(source.fields(&question, slot, Lang::Ar).expect("a row")[0].to_text());
        }
        match walked.next {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(plan.count(source), rows.len(), "{query}");
    rows
}

fn check_places(query: &str, expected: &[&str]) {
    let (records, observations) = (records(), observations());
    let source = Source::new(Kind::Place, &records, &observations);
    assert_eq!(answer(source, Audience::Public, query), expected, "{query}");
}

#[test]
fn records_are_selected_and_put_in_order() {
    for (query, expected) in [
        ("", &["KEN", "NBO", "W", "UGA"][..]),
        ("limit=1", &["KEN", "NBO", "W", "UGA"]),
        ("filter[kind]=country", &["KEN", "UGA"]),
        ("filter[kind][ne]=country", &["NBO", "W"]),
        ("filter[kind][in]=world,city", &["NBO", "W"]),
        ("filter[population][ge]=54", &["KEN", "W"]),
        ("filter[population][lt]=54", &["NBO"]),
        // What is not given is not equal to anything, and not less either.
        ("filter[population][ne]=54", &["NBO", "W", "UGA"]),
        ("filter[population][null]=true", &["UGA"]),
        ("filter[population][null]=false", &["KEN", "NBO", "W"]),
        ("filter[title_en][prefix]=N", &["NBO"]),
        ("filter[title_en][gt]=Nairobi", &["W", "UGA"]),
        ("filter[classes]=africa", &["KEN", "NBO", "UGA"]),
        ("filter[classes][ne]=ken", &["NBO", "W"]),
        ("filter[classes][null]=true", &["W"]),
        ("filter[classes][prefix]=nb", &["NBO"]),
        ("filter[kind]=country&filter[population][null]=true", &["UGA"]),
        ("sort=population", &["NBO", "KEN", "W", "UGA"]),
        ("sort=-population&limit=2", &["W", "KEN", "NBO", "UGA"]),
        ("sort=kind,-id", &["NBO", "UGA", "KEN", "W"]),
        ("fields=title&sort=id", &["ar Kenya", "ar Nairobi", "ar Kenya", "World"]),
    ] {
        check_places(query, expected);
    }
}

#[test]
fn observations_are_selected_and_put_in_order() {
    let (records, observations) = (records(), observations());
    let source = Source::new(Kind::Observation, &records, &observations);
    for (query, expected) in [
        ("fields=value", &["2", "1", "3", "4"][..]),
        ("fields=value&filter[indicator]=I-1&limit=1", &["1", "3", "4"]),
        ("fields=value&filter[period][lt]=2016", &["4"]),
        ("fields=value&filter[period][in]=2014,2018", &["1", "4"]),
        ("fields=value&filter[period][prefix]=201", &["2", "1", "3", "4"]),
        ("fields=value&filter[entity][null]=true", &["2", "3", "4"]),
        ("fields=value&filter[scope]=global&filter[value][gt]=2.5", &["3", "4"]),
        ("fields=value&sort=indicator,-period", &["1", "3", "4", "2"]),
        ("fields=value&sort=-entity,value", &["1", "2", "3", "4"]),
        ("fields=id&filter[place]=UGA", &["I-1/UGA/2018//global//E"]),
    ] {
        assert_eq!(answer(source, Audience::Public, query), expected, "{query}");
    }
    assert_eq!(answer(source, Audience::Staff, "fields=comment&filter[comment]=secret").len(), 4);
}

/// The code, the parameter and the argument that names the way out.
fn check_refused(kind: Kind, audience: Audience, query: &str, expected: &[(&str, &str, &str)]) {
    let wrong = parse(kind, audience, &pairs(query), "").expect_err(query);
    let found: Vec<(&str, String, String)> = wrong
        .iter()
        .map(|d| {
            let named = ["nearest", "example", "operators", "parameter"];
            let arg = named.iter().find_map(|n| d.args.iter().find(|(k, _)| k == n));
            let text = arg.map_or(String::new(), |(_, a)| match a {
                diag::Arg::Text(t) => t.clone(),
                other => format!("{other:?}"),
            });
            (d.code.id, d.field.clone().unwrap_or_default(), text)
        })
        .collect();
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (*a, b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn what_is_wrong_is_named_with_the_nearest_there_is() {
    let public = |query: &str, expected: &[(&str, &str, &str)]| {
        check_refused(Kind::Place, Audience::Public, query, expected);
    };
    public("filter[populaton]=1", &[("QRY001", "filter[populaton]", "population")]);
    public("fields=id,titel_en&sort=x", &[("QRY001", "fields", "title_en"), ("QRY001", "sort", "id")]);
    public("filter[population]=many", &[("QRY002", "filter[population]", "0…20000000000")]);
    public("filter[kind]=countri", &[("QRY002", "filter[kind]", "country")]);
    public("filter[id][in]=a,,b", &[("QRY002", "filter[id][in]", "I-1")]);
    public("filter[id][null]=yes", &[("QRY002", "filter[id][null]", "true, false")]);
    public("filter[id][like]=x", &[("QRY003", "filter[id][like]", "eq, ne, lt, le, gt, ge, in, prefix, null")]);
    public("filter[kind][lt]=city", &[("QRY004", "filter[kind][lt]", "eq, ne, in, null")]);
    public("filtr[kind]=city", &[("QRY005", "filtr[kind]", "filter[…]")]);
    public("limt=1", &[("QRY005", "limt", "limit")]);
    for wrong in ["0", "1001", "-1", "x", "", "99999999999999999999999"] {
        public(&format!("limit={wrong}"), &[("QRY006", "limit", "1…1000")]);
    }
    public("cursor=abc", &[("QRY007", "cursor", "")]);
    public("limit=1&limit=2", &[("QRY012", "limit", "limit")]);
    check_refused(
        Kind::Observation,
        Audience::Public,
        "filter[comment]=secret&sort=evidence&fields=comment",
        &[("QRY001", "filter[comment]", "scope"), ("QRY001", "sort", "place"), ("QRY001", "fields", "scope")],
    );
    let many: String = (0..101).map(|i| format!("filter[id][ne]={i}&")).collect();
    assert_eq!(parse(Kind::Place, Audience::Staff, &pairs(&many), "").expect_err("too long")[0].code.id, "QRY010");
}

#[test]
fn a_cursor_fits_its_question_only() {
    let ask = |query: &str, context: &str| parse(Kind::Place, Audience::Public, &pairs(query), context);
    let first: Question = ask("filter[kind]=city&limit=1", "").expect("a question");
    let cursor = first.cursor_at(7, 3);
    let next = ask(&format!("filter[kind]=city&limit=5&fields=id&cursor={cursor}"), "").expect("other fields and size");
    assert_eq!(next.cursor, Some(cursor));
    for (other, context) in
        [("filter[kind]=world", ""), ("filter[kind]=city&sort=id", ""), ("filter[kind]=city", "2018")]
    {
        let wrong = ask(&format!("{other}&cursor={cursor}"), context).expect_err(other);
        assert_eq!(wrong[0].code.id, "QRY008", "{other}");
    }
}

#[test]
fn the_fields_are_id_and_columns_when_none_are_asked_for() {
    let ask = |kind: Kind, audience| parse(kind, audience, &[], "").expect("a question");
    let names = |q: &Question| q.fields.iter().map(|f| q.name(*f)).collect::<Vec<_>>();
    let places = ask(Kind::Place, Audience::Public);
    assert_eq!((places.fields[0], places.count), (Field::Column(0), Count::NotWanted));
    assert_eq!(names(&places).iter().filter(|n| **n == "id").count(), 1);
    let public = names(&ask(Kind::Observation, Audience::Public));
    assert!(public[0] == "id" && !public.contains(&"comment") && !public.contains(&"evidence"));
    assert!(names(&ask(Kind::Observation, Audience::Staff)).contains(&"comment"));
}

proptest! {
    /// No text makes the reader panic, and pages of any size put together are the whole answer.
    #[test]
    fn pages_are_the_whole(limit in 1usize..7, sort in "(|id|-id|population|-kind,id)", texts in prop::collection::vec(".{0,12}", 0..6)) {
        let (records, observations) = (records(), observations());
        let source = Source::new(Kind::Place, &records, &observations);
        let sorted = if sort.is_empty() { String::new() } else { format!("sort={sort}&") };
        let whole = answer(source, Audience::Staff, &format!("{sorted}limit=1000"));
        prop_assert_eq!(answer(source, Audience::Staff, &format!("{sorted}limit={limit}")), whole);
        let noise: Vec<(String, String)> =
            texts.iter().flat_map(|t| [("filter[id]".to_owned(), t.clone()), (t.clone(), t.clone()), (format!("filter[{t}"), t.clone())]).collect();
        let _ = parse(Kind::Place, Audience::Public, &noise, "");
    }
}
