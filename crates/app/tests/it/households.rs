//! A household survey from its files to a figure of the plan; and slum shares beside the reference.

use std::{fs, path::Path};

use app::{
    App, NamedBytes, OpenMode,
    households::{
        NewSurvey, Publication, SurveyFigures, SurveyQuestion, load_survey, measure_survey, parse_groups,
        publish_survey, sample_survey,
    },
};
use engine::household::Withheld;
use jiff::Timestamp;
use model::{
    kinds::{CodebookEntry, CodebookValue, RowUnit, Scope, Survey},
    record::Record,
    value::{Id, Lang, Period, Text},
};
use register::access::Actor;
use tempfile::TempDir;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("an instant")
}

fn local() -> Actor {
    Actor::Local { name: "t".into() }
}

async fn demo() -> (TempDir, App) {
    let folder = TempDir::new().expect("a folder");
    let app = App::open(folder.path(), OpenMode::Create).await.expect("opens");
    app::load_demo(&app, now()).await.expect("loads");
    (folder, app)
}

fn new(place: &str) -> NewSurvey {
    NewSurvey {
        id: None,
        title: Text::en("Exercise"),
        place: Id::new(place),
        period: Period::parse("2026-S1").expect("a period"),
        source: None,
        rows: None,
        lang: Lang::En,
        repeat: None,
    }
}

async fn loaded(app: &App, files: Vec<NamedBytes>, new: NewSurvey) -> Id<Survey> {
    load_survey(app, files, new, &local(), "a survey", now()).await.expect("kept").expect("accepted").0
}

fn question(rule_set: &str, component: &str, by: &str, among: Option<&str>) -> SurveyQuestion {
    SurveyQuestion {
        rule_set: rule_set.into(),
        component: component.into(),
        by: parse_groups(by).expect("groups"),
        among: among.map(str::to_owned),
    }
}

async fn asked(app: &App, id: &Id<Survey>, question: &SurveyQuestion) -> Result<SurveyFigures, String> {
    let world = app.world().await.expect("a world");
    measure_survey(app, &world, id, question).expect("files").map_err(|found| found[0].code.id.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_survey_moves_the_plan() {
    let (folder, app) = demo().await;
    let id = loaded(&app, sample_survey(), new("KEN-nairobi")).await;
    let world = app.world().await.expect("a world");
    let survey = world.records().surveys.of(&id).expect("a survey").clone();
    assert_eq!((survey.rows, survey.n_rows.0, id.as_str()), (RowUnit::Person, 4554, "SV-KEN-nairobi-2026-S1"));
    assert_eq!(survey.file, "nairobi_persons.csv + nairobi_households.csv; nairobi_labels.csv");
    let variable = |concept: &str| {
        let entry = world.records().codebook.iter().find(|e: &&CodebookEntry| e.concept.0 == concept);
        entry.map(|e| e.variable.clone()).unwrap_or_default()
    };
    for (concept, expected) in [
        ("water", "water"),
        ("sanitation", "toilet"),
        ("psu", "ea"),
        ("place", "district"),
        ("tenure_document", "deed"),
        ("housing_cost", "rent"),
    ] {
        assert_eq!(variable(concept), expected, "{concept}");
    }
    // Districts became places of the city, and answers categories.
    assert!(world.records().places.contains("KEN-nairobi-centre"));
    let category = |concept: &str, value: &str| {
        let found = world
            .records()
            .codebook_values
            .iter()
            .find(|v: &&CodebookValue| v.concept.0 == concept && v.value == value);
        found.map(|v| v.category.0.clone()).unwrap_or_default()
    };
    assert_eq!((category("water", "43"), category("sex", "2")), ("surface".to_owned(), "female".to_owned()));

    let by_both = question("sdg-sish-4", "slum", "sex,place", None);
    let figures = asked(&app, &id, &by_both).await.expect("figures");
    let cells = &figures.figures.cells;
    // All, two sexes, five districts, ten of both.
    assert_eq!(cells.len(), 1 + 2 + 5 + 10);
    let all = &cells[0];
    let (estimate, se) = (all.estimate.expect("a share"), all.se.expect("an error"));
    assert!((45.0..52.0).contains(&estimate) && (1.0..5.0).contains(&se), "{all:?}");
    // Women and men together are all.
    let people = |group: usize| (cells[group].numerator.expect("people"), cells[group].denominator.expect("people"));
    let (women, men, both) = (people(1), people(2), people(0));
    assert!((women.0 + men.0 - both.0).abs() < 1e-6 * both.0 && (women.1 + men.1 - both.1).abs() < 1e-6 * both.1);
    assert!(cells.iter().all(|c| c.withheld.is_none()), "{cells:?}");

    // Published, it is an observation with its error, and the plan's figure moves.
    let publication = Publication {
        survey: id.clone(),
        question: by_both,
        indicator: Id::new("I-2629-X8"),
        scope: Scope::Supported,
        reason: "Survey of 2026".into(),
    };
    publish_survey(&app, &publication, &local(), now()).await.expect("written").expect("accepted");
    let world = app.world().await.expect("a world");
    let row = world
        .snapshot()
        .observations
        .rows()
        .find(|r| r.id() == "I-2629-X8/KEN-nairobi/2026-S1//supported")
        .expect("a row");
    assert_eq!(row.value(), Some(estimate));
    assert!(row.evidence().starts_with("survey/SV-KEN-nairobi-2026-S1/sdg-sish-4/slum/1"), "{}", row.evidence());
    let on = "2026-11-22".parse().expect("a day");
    let sheet = app::indicator_sheet(&world, &Id::new("I-2629-X8"), on).expect("an indicator");
    let latest = sheet.standing.actual.as_ref().and_then(|figure| figure.answer.value());
    assert!(latest.is_some_and(|value| (value - estimate).abs() < 1e-9), "{latest:?} is not {estimate}");

    // A second table that would give a small group away by subtraction is withheld where it must be.
    let narrow = question("sdg-sish-4", "slum", "disability,place", None);
    let figures = asked(&app, &id, &narrow).await.expect("figures");
    let few: Vec<_> = figures.figures.cells.iter().filter(|c| c.withheld == Some(Withheld::Few)).collect();
    let others: Vec<_> = figures.figures.cells.iter().filter(|c| c.withheld == Some(Withheld::GivesAway)).collect();
    assert!(!few.is_empty() && others.len() >= few.len().min(2), "{few:?} {others:?}");

    // Files that are gone are told, and nothing is estimated from others.
    let kept = folder.path().join("microdata").join(&survey.fingerprint.0);
    fs::write(kept.join("nairobi_labels.csv"), "variable,value\nsex,1\n").expect("written");
    let question = question("sdg-sish-4", "slum", "", None);
    assert_eq!(asked(&app, &id, &question).await.map(|_| ()), Err("SVY018".to_owned()));
    fs::remove_dir_all(&kept).expect("removed");
    let world = app.world().await.expect("a world");
    assert!(measure_survey(&app, &world, &id, &question).is_err());
}

/// What lies in the folder of microdata.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("microdata")).into_iter().flatten().flatten();
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    // The mark that files are being loaded stays.
    names.filter(|name| name != ".loading").collect()
}

/// The exercise survey as ODK would export it: the columns of households in a group, persons in a repeat.
fn as_export() -> Vec<NamedBytes> {
    let sample = sample_survey();
    let text = |part: &str| {
        let file = sample.iter().find(|f| f.name.contains(part)).expect("a file");
        String::from_utf8(file.bytes.clone()).expect("text")
    };
    let (homes, people) = (text("households"), text("persons"));
    let mut root = String::new();
    for (i, line) in homes.lines().enumerate() {
        let key = line.split(',').next().unwrap_or_default();
        match i {
            0 => {
                let names: Vec<String> = line.split(',').map(|name| format!("home-{name}")).collect();
                root.push_str(&format!("SubmissionDate,start,{},meta-instanceID,KEY\n", names.join(",")));
            }
            _ => root.push_str(&format!("2026-02-01T08:00:00Z,2026-02-01T07:00:00Z,{line},uuid:{key},uuid:{key}\n")),
        }
    }
    let mut child = String::new();
    for (i, line) in people.lines().enumerate() {
        let (key, rest) = line.split_once(',').expect("a key");
        match i {
            0 => child.push_str(&format!("{rest},PARENT_KEY,KEY\n")),
            _ => child.push_str(&format!("{rest},uuid:{key},uuid:{key}/member[{i}]\n")),
        }
    }
    let file = |name: &str, text: String| NamedBytes { name: name.into(), bytes: text.into_bytes() };
    vec![file("homes.csv", root), file("homes-member.csv", child), file("labels.csv", text("labels"))]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_forms_is_the_survey_that_its_tables_are() {
    let (folder, app) = demo().await;
    // What a load that was killed left goes with the next one.
    fs::create_dir_all(folder.path().join("microdata/half-lost")).expect("made");
    let typed = loaded(&app, sample_survey(), new("KEN-nairobi")).await;
    let exported = loaded(&app, as_export(), new("KEN-nairobi")).await;
    let world = app.world().await.expect("a world");
    let survey = world.records().surveys.of(&exported).expect("a survey");
    assert_eq!((survey.rows, survey.n_rows.0), (RowUnit::Person, 4554));
    assert!(survey.note.as_ref().is_some_and(|n| n.show(Lang::En).starts_with("homes.csv (")), "{:?}", survey.note);
    assert!(left(folder.path()).iter().all(|name| !name.starts_with("half-")) && left(folder.path()).len() == 2);
    let variable = |id: &Id<Survey>, concept: &str| {
        let entry =
            world.records().codebook.iter().find(|e: &&CodebookEntry| e.survey == *id && e.concept.0 == concept);
        entry.map(|e| e.variable.clone())
    };
    for concept in ["weight", "psu", "stratum", "place", "water", "sanitation", "rooms", "sex", "age", "tenure"] {
        assert_eq!(variable(&exported, concept), variable(&typed, concept), "{concept}");
    }
    let of_programs = ["SubmissionDate", "start", "instanceID", "row_key"];
    let proposed = world.records().codebook.iter().filter(|e| e.survey == exported);
    assert!(proposed.into_iter().all(|e| !of_programs.contains(&e.variable.as_str())));
    let cells = async |id: &Id<Survey>| {
        let found = asked(&app, id, &question("sdg-sish-4", "slum", "sex", None)).await.expect("figures");
        found.figures.cells.iter().map(|c| (c.n, c.estimate, c.se, c.low, c.high)).collect::<Vec<_>>()
    };
    assert_eq!(cells(&exported).await, cells(&typed).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_survey_leaves_nothing() {
    let (folder, app) = demo().await;
    let position = app.world().await.expect("a world").snapshot().position;
    let refused = async |files: Vec<NamedBytes>| {
        let found = load_survey(&app, files, new("KEN-nairobi"), &local(), "r", now()).await;
        found.map(|found| found.map(|_| ()).map_err(|found| found[0].code.id.to_owned())).map_err(|e| e.to_string())
    };
    let file = |name: &str, text: &str| NamedBytes { name: name.into(), bytes: text.as_bytes().to_vec() };
    assert!(refused(vec![file("a.csv", "x,y\n1\n")]).await.expect("read").is_err());
    assert_eq!(refused(vec![file("a.csv", "variable,value\nx,1\n")]).await, Ok(Err("SVY018".into())));
    let two = vec![file("a.csv", "id,x\n1,2\n2,2\n"), file("b.csv", "key,z\n1,2\n")];
    assert_eq!(refused(two).await, Ok(Err("SVY016".into())));
    assert!(refused(vec![file("../a.csv", "x,y\n1,2\n")]).await.is_err());
    assert!(refused(vec![file("a.sav", "$FL2 and no more")]).await.expect("read").is_err());
    assert_eq!(app.world().await.expect("a world").snapshot().position, position);
    assert_eq!(left(folder.path()), Vec::<String>::new());
}

/// The reference's estimates of the same survey, by R's package *survey*, where the files are at hand.
#[tokio::test(flavor = "multi_thread")]
async fn the_reference_is_met() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/surveys");
    let read = |name: &str| fs::read(data.join(name)).map(|bytes| NamedBytes { name: name.into(), bytes });
    let (Ok(households), Ok(persons), Ok(labels)) =
        (read("popstan_households.csv"), read("popstan_persons.csv"), read("popstan_codebook.csv"))
    else {
        return;
    };
    let (_folder, app) = demo().await;
    let of_households = loaded(&app, vec![households.clone(), labels.clone()], new("KEN")).await;
    let of_persons = loaded(&app, vec![persons, households, labels], new("UGA")).await;
    let urban = Some("urban == 'urban'");
    let check = async |id: &Id<Survey>, component: &str, by: &str, group: &str, estimate: f64, se: f64| {
        let found = asked(&app, id, &question("sdg-sish-4", component, by, urban)).await.expect("figures");
        let is_it = |c: &&engine::household::HouseholdFigure| {
            c.group.iter().map(|(_, category)| category.as_str()).collect::<Vec<_>>().join(" ") == group
        };
        let cell = found
            .figures
            .cells
            .iter()
            .find(is_it)
            .unwrap_or_else(|| panic!("{component} {group}: {:?}", found.figures));
        let close =
            |found: Option<f64>, expected: f64| found.is_some_and(|f| (f / 100.0 / expected - 1.0).abs() < 1e-9);
        assert!(close(cell.estimate, estimate) && close(cell.se, se), "{component} {group}: {cell:?}");
    };
    check(&of_households, "slum", "", "", 0.283_913_963_065_51, 0.021_686_106_914_521).await;
    check(&of_households, "slum_households", "", "", 0.242_643_500_213_195, 0.016_180_207_875_202_6).await;
    check(&of_households, "water_deprived", "", "", 0.023_882_483_176_019_6, 0.003_911_778_813_196_93).await;
    check(&of_persons, "slum", "sex", "female", 0.279_790_560_130_213, 0.021_486_106_296_247_9).await;
    check(&of_persons, "slum", "sex", "male", 0.288_167_419_140_372, 0.022_298_392_386_267_1).await;
    check(&of_persons, "slum", "", "", 0.283_913_963_065_51, 0.021_686_106_914_521).await;
    assert_eq!(<Survey as Record>::def().name, "survey");
}
