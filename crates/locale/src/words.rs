//! Looking up and filling sentences.

use std::{borrow::Cow, sync::LazyLock};

use diag::{Arg, Diagnostic};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::Entry;
use model::value::Lang;
use unic_langid::LanguageIdentifier;

macro_rules! areas {
    ($lang:literal) => {
        [
            include_str!(concat!("../words/", $lang, "/api.ftl")),
            include_str!(concat!("../words/", $lang, "/checks-indicators.ftl")),
            include_str!(concat!("../words/", $lang, "/checks-observations.ftl")),
            include_str!(concat!("../words/", $lang, "/checks-structure.ftl")),
            include_str!(concat!("../words/", $lang, "/cli.ftl")),
            include_str!(concat!("../words/", $lang, "/exchange.ftl")),
            include_str!(concat!("../words/", $lang, "/figures.ftl")),
            include_str!(concat!("../words/", $lang, "/frameworks.ftl")),
            include_str!(concat!("../words/", $lang, "/lake.ftl")),
            include_str!(concat!("../words/", $lang, "/lists.ftl")),
            include_str!(concat!("../words/", $lang, "/maps.ftl")),
            include_str!(concat!("../words/", $lang, "/operations.ftl")),
            include_str!(concat!("../words/", $lang, "/pages.ftl")),
            include_str!(concat!("../words/", $lang, "/people.ftl")),
            include_str!(concat!("../words/", $lang, "/query.ftl")),
            include_str!(concat!("../words/", $lang, "/register.ftl")),
            include_str!(concat!("../words/", $lang, "/report.ftl")),
            include_str!(concat!("../words/", $lang, "/survey.ftl")),
        ]
    };
}

struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    keys: Vec<String>,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    [(Lang::En, areas!("en")), (Lang::Ar, areas!("ar")), (Lang::Zh, areas!("zh"))]
        .into_iter()
        .map(|(lang, areas)| {
            let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // Isolation marks would end up in attributes, files and JSON.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(show_number));
            let mut keys = Vec::new();
            for area in areas {
                // A broken entry is left out; a test refuses it, so none is shipped.
                let resource = FluentResource::try_new(area.to_owned()).unwrap_or_else(|(resource, _)| resource);
                for entry in resource.entries() {
                    if let Entry::Message(message) = entry {
                        keys.push(message.id.name.to_owned());
                        keys.extend(message.attributes.iter().map(|a| format!("{}.{}", message.id.name, a.id.name)));
                    }
                }
                bundle.add_resource_overriding(resource);
            }
            Words { lang, bundle, keys }
        })
        .collect()
});

/// Numbers inside sentences look like numbers everywhere else.
fn show_number(value: &FluentValue<'_>, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(crate::number(n.value)),
        _ => None,
    }
}

fn words(lang: Lang) -> Option<&'static Words> {
    WORDS.iter().find(|w| w.lang == lang)
}

/// A sentence and the language it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The sentence.
    pub text: String,
    /// Its language; English when the one asked for has no translation.
    pub lang: Lang,
}

/// All keys of a language, attributes as `key.attribute`, in the order of the files.
pub fn keys(lang: Lang) -> &'static [String] {
    words(lang).map_or(&[], |w| &w.keys)
}

/// Whether a language itself has this key (`key` or `key.attribute`).
pub fn has(lang: Lang, key: &str) -> bool {
    words(lang).is_some_and(|w| pattern(w, key).is_some())
}

fn pattern<'a>(words: &'a Words, key: &str) -> Option<&'a fluent_syntax::ast::Pattern<&'a str>> {
    match key.split_once('.') {
        None => words.bundle.get_message(key)?.value(),
        Some((id, attribute)) => Some(words.bundle.get_message(id)?.get_attribute(attribute)?.value()),
    }
}

/// The sentence of a key with its arguments, in the language or in English; the key itself when nobody has it.
pub fn spoken(lang: Lang, key: &str, args: &[(&str, Arg)]) -> Spoken {
    let reader = lang.code();
    for lang in [lang, Lang::En] {
        let Some(words) = words(lang) else { continue };
        let Some(pattern) = pattern(words, key) else { continue };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(
                Cow::Owned((*name).to_owned()),
                match arg {
                    Arg::Text(t) => FluentValue::String(Cow::Borrowed(t.as_str())),
                    Arg::Whole(n) => FluentValue::from(*n as f64),
                    Arg::Number(n) => FluentValue::from(*n),
                    Arg::Words(names) => FluentValue::String(Cow::Borrowed(named(names, reader))),
                },
            );
        }
        let text = words.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned();
        return Spoken { text, lang };
    }
    Spoken { text: key.to_owned(), lang: Lang::En }
}

/// The name in the reader's language, else in English, else the first.
fn named<'a>(names: &'a [(&'static str, String)], reader: &str) -> &'a str {
    let of = |code: &str| names.iter().find(|(lang, _)| *lang == code);
    of(reader).or_else(|| of("en")).or_else(|| names.first()).map_or("", |(_, name)| name)
}

/// The sentence of a key without arguments.
pub fn say(lang: Lang, key: &str) -> String {
    spoken(lang, key, &[]).text
}

/// The sentence of a key with arguments.
pub fn say_with(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    spoken(lang, key, args).text
}

/// The name of a code of a code list, e.g. `list_item(En, "measure", "distinct_count")`; the code itself
/// when the list has no such key. Keys are `list-<list>-<code>` with `_` written `-`.
pub fn list_item(lang: Lang, list: &str, code: &str) -> String {
    let key = format!("list-{list}-{}", code.replace('_', "-"));
    let spoken = spoken(lang, &key, &[]);
    if spoken.text == key { code.to_owned() } else { spoken.text }
}

/// A diagnostic in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What was found.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub remedy: String,
}

/// A diagnostic's three sentences.
pub fn explained(lang: Lang, diagnostic: &Diagnostic) -> Explained {
    let say = |suffix: &str| say_with(lang, &format!("{}{suffix}", diagnostic.code.id), &diagnostic.args);
    Explained { message: say(""), why: say(".why"), remedy: say(".remedy") }
}

/// A diagnostic's message alone.
pub fn diagnostic(lang: Lang, diagnostic: &Diagnostic) -> String {
    say_with(lang, diagnostic.code.id, &diagnostic.args)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    type Arguments = BTreeMap<String, BTreeSet<String>>;

    fn collect(pattern: &Pattern<String>, out: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(inline) => collect_inline(inline, out),
                Expression::Select { selector, variants } => {
                    collect_inline(selector, out);
                    variants.iter().for_each(|v| collect(&v.value, out));
                }
            }
        }
    }

    fn collect_inline(inline: &InlineExpression<String>, out: &mut BTreeSet<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                out.insert(id.name.clone());
            }
            InlineExpression::Placeable { expression } => {
                if let Expression::Inline(inner) = &**expression {
                    collect_inline(inner, out);
                }
            }
            _ => {}
        }
    }

    /// Keys with their arguments; fails on a broken entry, a repeated key or an unsorted file.
    fn arguments(lang: &str) -> Arguments {
        let mut all = Arguments::new();
        let folder = format!("{}/words/{lang}", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(&folder).expect("the folder of words") {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("readable");
            let resource =
                fluent_syntax::parser::parse(text).unwrap_or_else(|(_, e)| panic!("{}: {e:?}", path.display()));
            let mut last = String::new();
            for entry in resource.body {
                let Entry::Message(message) = entry else { continue };
                let id = message.id.name;
                assert!(last < id, "{}: {id} stands after {last}; keys are sorted and unique", path.display());
                last.clone_from(&id);
                let mut names = BTreeSet::new();
                message.value.iter().for_each(|v| collect(v, &mut names));
                assert!(all.insert(id.clone(), names).is_none(), "{}: {id} stands in two areas", path.display());
                for attribute in message.attributes {
                    let mut names = BTreeSet::new();
                    collect(&attribute.value, &mut names);
                    all.insert(format!("{id}.{}", attribute.id.name), names);
                }
            }
        }
        all
    }

    #[test]
    fn all_languages_have_the_same_keys_and_arguments() {
        let english = arguments("en");
        for lang in ["ar", "zh"] {
            let other = arguments(lang);
            let missing: Vec<_> = english.keys().filter(|k| !other.contains_key(*k)).collect();
            let extra: Vec<_> = other.keys().filter(|k| !english.contains_key(*k)).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{lang}: missing {missing:?}, extra {extra:?}");
            let differ: Vec<_> =
                english.iter().filter(|(k, names)| other.get(*k) != Some(names)).map(|(k, _)| k).collect();
            assert!(differ.is_empty(), "{lang}: other arguments in {differ:?}");
        }
    }

    #[test]
    fn a_name_is_chosen_for_the_reader() {
        let names = Arg::Words(vec![("en", "Slums".to_owned()), ("zh", "贫民窟".to_owned())]);
        let args = [("path", names), ("detail", Arg::Words(vec![("fr", "taudis".to_owned())]))];
        assert_eq!(say_with(Lang::Zh, "error-file", &args), "贫民窟:taudis");
        assert_eq!(say_with(Lang::Ar, "error-file", &args), "Slums: taudis");
    }

    #[test]
    fn every_code_of_every_list_has_a_name() {
        let mut missing = Vec::new();
        for kind in model::Kind::ALL {
            for column in &kind.def().columns {
                let model::value::CellKind::OneOf(list, items) = column.kind else { continue };
                for item in items {
                    let key = format!("list-{list}-{}", item.code.replace('_', "-"));
                    if !has(Lang::En, &key) {
                        missing.push(key);
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
