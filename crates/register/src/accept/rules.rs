//! Rules of single kinds: what a record of the kind can never be.

use std::collections::BTreeSet;

use diag::Diagnostic;
use jiff::civil::Date;
use model::{
    Records,
    record::Record,
    value::{Breakdown, Id, Money},
};

use super::Incoming;
use crate::codes::{REG006, REG007, REG008, REG009, REG010, REG015, REG028, REG031};

pub(super) fn check(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    results(incoming, found);
    shares(&incoming.new, found);
    spans(&incoming.new, found);
    breakdowns(incoming, found);
    coordinates(&incoming.new, found);
    investments(&incoming.new, found);
    questionnaires(incoming, found);
}

fn results(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    for result in incoming.new.results.iter() {
        let find = |id: &Id<_>| incoming.new.results.of(id).or_else(|| incoming.state.results.of(id));
        if let Some(parent) = result.parent.as_ref().and_then(find)
            && parent.plan != result.plan
        {
            found.push(
                Diagnostic::new(&REG006)
                    .on("result", result.id.as_str())
                    .field("parent")
                    .related("result", parent.id.as_str())
                    .arg("parent", parent.id.as_str())
                    .arg("plan", parent.plan.as_str())
                    .arg("own", result.plan.as_str()),
            );
        }
        let level = format!("{}/{}", result.plan, result.level.0);
        if !incoming.holds(model::Kind::Level, &level) {
            found.push(
                Diagnostic::new(&REG007)
                    .on("result", result.id.as_str())
                    .field("level")
                    .arg("level", result.level.0)
                    .arg("plan", result.plan.as_str()),
            );
        }
    }
}

fn shares(new: &Records, found: &mut Vec<Diagnostic>) {
    let mut check = |kind: &'static str, id: String, field: &'static str, share: Option<f64>| {
        if let Some(share) = share.filter(|s| !(0.0..=1.0).contains(s)) {
            found.push(Diagnostic::new(&REG008).on(kind, id).field(field).arg("column", field).arg("value", share));
        }
    };
    new.crosswalk.iter().for_each(|r| check("crosswalk", r.id(), "share", r.share));
    new.mappings.iter().for_each(|r| check("mapping", r.id(), "share", r.share));
    new.assignments.iter().for_each(|r| check("assignment", r.id(), "share", Some(r.share)));
    new.projects.iter().for_each(|r| check("project", r.id(), "normative_share", r.normative_share));
}

fn spans(new: &Records, found: &mut Vec<Diagnostic>) {
    let mut check = |kind: &'static str, id: String, starts_on: Option<Date>, ends_on: Option<Date>| {
        if let (Some(start), Some(end)) = (starts_on, ends_on)
            && end < start
        {
            let field = if kind == "area_member" { "valid_to" } else { "ends_on" };
            found.push(
                Diagnostic::new(&REG009)
                    .on(kind, id)
                    .field(field)
                    .arg("start", start.to_string())
                    .arg("end", end.to_string()),
            );
        }
    };
    new.plans.iter().for_each(|r| check("plan", r.id(), Some(r.starts_on), r.ends_on));
    new.projects.iter().for_each(|r| check("project", r.id(), Some(r.starts_on), r.ends_on));
    new.assignments.iter().for_each(|r| check("assignment", r.id(), Some(r.starts_on), r.ends_on));
    new.events.iter().for_each(|r| check("event", r.id(), r.starts_on, r.ends_on));
    new.area_members.iter().for_each(|r| check("area_member", r.id(), Some(r.valid_from), r.valid_to));
}

/// A dimension or category of a breakdown that is not there: the part, or `None` when all are known.
pub(super) fn unknown_part(incoming: &Incoming<'_>, breakdown: &Breakdown) -> Option<String> {
    breakdown.parts().find_map(|(dimension, category)| {
        let known = incoming.holds(model::Kind::Dimension, dimension)
            && incoming.holds(model::Kind::Category, &format!("{dimension}/{category}"));
        (!known).then(|| format!("{dimension}={category}"))
    })
}

fn breakdowns(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    for target in incoming.new.targets.iter() {
        if let Some(part) = unknown_part(incoming, &target.breakdown) {
            found.push(Diagnostic::new(&REG010).on("target", target.id()).field("breakdown").arg("part", part));
        }
    }
}

fn coordinates(new: &Records, found: &mut Vec<Diagnostic>) {
    let places = new.places.iter().map(|p| ("place", p.id.as_str(), p.longitude, p.latitude));
    let sites = new.investments.iter().map(|i| ("investment", i.id.as_str(), i.longitude, i.latitude));
    for (kind, id, longitude, latitude) in places.chain(sites) {
        for (field, value, most) in [("longitude", longitude, 180.0), ("latitude", latitude, 90.0)] {
            if let Some(value) = value.filter(|v| v.abs() > most) {
                found.push(
                    Diagnostic::new(&REG015)
                        .on(kind, id)
                        .field(field)
                        .arg("column", field)
                        .arg("value", value)
                        .arg("most", most),
                );
            }
        }
    }
}

fn amount(money: Money) -> String {
    format!("{} {}", money.major(), money.currency)
}

/// What is agreed for an investment is a part of what it costs.
fn investments(new: &Records, found: &mut Vec<Diagnostic>) {
    for own in new.investments.iter() {
        let Some(secured) = own.secured else { continue };
        if secured.currency != own.cost.currency || secured.minor > own.cost.minor || secured.minor < 0 {
            found.push(
                Diagnostic::new(&REG031)
                    .on("investment", own.id.as_str())
                    .field("secured")
                    .arg("secured", amount(secured))
                    .arg("cost", amount(own.cost)),
            );
        }
    }
}

/// A version of a questionnaire that was answered stays as it is: its answers would mean something else.
fn questionnaires(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    use model::Kind::{Questionnaire, QuestionnaireItem, Response};
    let mut touched: BTreeSet<(&str, i64)> = BTreeSet::new();
    for (kind, id) in &incoming.removed {
        match kind {
            Questionnaire => {
                touched.extend(incoming.state.questionnaires.get(id).map(|q| (q.instrument.0.as_str(), q.version.0)));
            }
            QuestionnaireItem => {
                let item = incoming.state.questionnaire_items.get(id);
                touched.extend(item.map(|i| (i.instrument.0.as_str(), i.version.0)));
            }
            _ => {}
        }
    }
    let held = |instrument: &str, version: i64| incoming.state.questionnaires.get(format!("{instrument}/{version}"));
    for own in incoming.new.questionnaires.iter() {
        if held(&own.instrument.0, own.version.0).is_some_and(|held| held != own) {
            touched.insert((&own.instrument.0, own.version.0));
        }
    }
    for own in incoming.new.questionnaire_items.iter() {
        let is_new = incoming.state.questionnaire_items.get(own.id()) != Some(own);
        if is_new && held(&own.instrument.0, own.version.0).is_some() {
            touched.insert((&own.instrument.0, own.version.0));
        }
    }
    for (instrument, version) in touched {
        let fits = |r: &&model::kinds::Response| r.instrument.0 == instrument && r.version.0 == version;
        let state = incoming.state.responses.iter().filter(fits).filter(|r| incoming.holds(Response, r.id.as_str()));
        let n = state.count() + incoming.new.responses.iter().filter(fits).count();
        if n > 0 {
            found.push(
                Diagnostic::new(&REG028)
                    .on("questionnaire", format!("{instrument}/{version}"))
                    .arg("instrument", instrument)
                    .arg("version", version)
                    .arg("n", n),
            );
        }
    }
}
