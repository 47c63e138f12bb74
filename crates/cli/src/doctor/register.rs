//! Checks of the register and the lake.

use diag::Severity;

use super::{Finding, Problem, Seen, fine, found, whole};

/// How far a clock may lag behind that of another server before it is wrong.
const LAG_S: i64 = 120;

/// The register opens.
pub fn database(seen: &Seen) -> Vec<Finding> {
    match &seen.register {
        Ok(r) => fine(
            "doctor-database-fine",
            vec![
                ("database", r.database.as_str().into()),
                ("place", r.place.as_str().into()),
                ("position", whole(r.position)),
            ],
        ),
        Err(problem) => unread(problem.clone()),
    }
}

/// The register cannot be read.
fn unread(because: Problem) -> Vec<Finding> {
    let severity = Some(Severity::Error);
    vec![Finding { severity, key: "doctor-database-fails", args: Vec::new(), because: Some(because) }]
}

/// Its tables are those of this program. A newer schema does not open at all.
pub fn schema(seen: &Seen) -> Vec<Finding> {
    let Ok(r) = &seen.register else { return Vec::new() };
    let args = vec![("found", r.schema.into()), ("known", r.newest_schema.into())];
    if r.schema < r.newest_schema {
        found(Severity::Warning, "doctor-schema-older", args)
    } else {
        fine("doctor-schema-fine", args)
    }
}

/// The end of the chain is what was written.
pub fn chain(seen: &Seen) -> Vec<Finding> {
    let Ok(r) = &seen.register else { return Vec::new() };
    match &r.chain {
        Ok(n) => fine("doctor-chain-fine", vec![("n", whole(*n))]),
        Err(broken) => {
            let args = vec![("where", broken.place().into()), ("detail", broken.detail.as_str().into())];
            found(Severity::Error, "doctor-chain-broken", args)
        }
    }
}

/// Segments in force have their files, of the right size. `ekistics verify` reads their bytes.
pub fn lake(seen: &Seen) -> Vec<Finding> {
    let Ok(r) = &seen.register else { return Vec::new() };
    let segments = match &r.segments {
        Ok(segments) => segments,
        Err(error) => return unread(Problem { key: error.key(), args: error.args() }),
    };
    let mut all = Vec::new();
    for s in segments {
        let args = |n: u64| {
            vec![
                ("id", s.id.as_str().into()),
                ("change", whole(s.change)),
                ("bytes", whole(n)),
                ("expected", whole(s.expected_bytes)),
            ]
        };
        match s.n_bytes {
            None => all.extend(found(Severity::Error, "doctor-lake-missing", args(0))),
            Some(n) if n != s.expected_bytes => all.extend(found(Severity::Error, "doctor-lake-size", args(n))),
            Some(_) => {}
        }
    }
    if !all.is_empty() {
        return all;
    }
    let n_bytes: u64 = segments.iter().filter_map(|s| s.n_bytes).sum();
    fine("doctor-lake-fine", vec![("n", whole(segments.len() as u64)), ("mb", whole(n_bytes >> 20))])
}

/// The clock is not before what was written: the next change would seem older than the last.
pub fn clock(seen: &Seen) -> Vec<Finding> {
    let Ok(r) = &seen.register else { return Vec::new() };
    let Some(at) = r.changed_at else { return Vec::new() };
    let second = |t: jiff::Timestamp| t.strftime("%FT%TZ").to_string().into();
    let args = vec![("now", second(seen.now)), ("at", second(at))];
    if seen.now.duration_since(at).as_secs() < -LAG_S {
        found(Severity::Error, "doctor-clock-behind", args)
    } else {
        fine("doctor-clock-fine", args)
    }
}
