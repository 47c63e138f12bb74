//! Exports of ODK Central, ODK Briefcase and KoboToolbox: the same data in every shape are the same tables.

use std::fmt::Write as _;

use exchange::{Collection, NamedBytes, Repeat, collected, read_form, read_microdata};
use model::{microdata::Table, value::Lang};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::build::{arg, file, zip};

/// A household as an enumerator filled it in.
#[derive(Clone, Debug)]
struct Household {
    district: u8,
    weight: u16,
    water: &'static str,
    sources: Vec<&'static str>,
    people: Vec<(u8, u8)>,
}

const SOURCES: [&str; 3] = ["well", "tap", "river"];
const LONG: &str = "household_members_of_this_dwelling";

fn households() -> impl Strategy<Value = Vec<Household>> {
    let person = (1u8..3, 0u8..100);
    let one = (
        1u8..5,
        1u16..900,
        prop::sample::select(vec!["piped", "river_water", ""]),
        prop::sample::subsequence(SOURCES.to_vec(), 0..=3),
        prop::collection::vec(person, 0..5),
    );
    let one = one.prop_map(|(district, weight, water, sources, people)| Household {
        district,
        weight,
        water,
        sources,
        people,
    });
    prop::collection::vec(one, 1..40)
}

fn key(i: usize) -> String {
    format!("uuid:{i:04}-a")
}

fn weight(h: &Household) -> String {
    format!("{}", f64::from(h.weight) / 8.0)
}

fn flag(h: &Household, source: &str) -> &'static str {
    match (h.sources.is_empty(), h.sources.contains(&source)) {
        (true, _) => "",
        (false, true) => "1",
        (false, false) => "0",
    }
}

/// The tables as somebody types them who knows what is wanted.
fn plain(all: &[Household]) -> [NamedBytes; 2] {
    let mut homes = "household_key,district,weight,water,sources,sources.well,sources.tap,sources.river\n".to_owned();
    let mut people = "household_key,row_key,sex,age\n".to_owned();
    let mut row = 0;
    for (i, h) in all.iter().enumerate() {
        let (district, weight, water, told) = (h.district, weight(h), h.water, h.sources.join(" "));
        let [well, tap, river] = SOURCES.map(|s| flag(h, s));
        let _ = writeln!(homes, "{},{district},{weight},{water},{told},{well},{tap},{river}", key(i));
        for (sex, age) in &h.people {
            row += 1;
            let _ = writeln!(people, "{},{row},{sex},{age}", key(i));
        }
    }
    [file("homes.csv", homes), file("people.csv", people)]
}

/// A zip archive of ODK Central; `is_split` for choices apart.
fn central(all: &[Household], is_split: bool) -> NamedBytes {
    let split = if is_split { ",home-sources/well,home-sources/tap,home-sources/river" } else { "" };
    let mut root = format!(
        "SubmissionDate,start,home-district,home-weight,home-water,home-sources{split},meta-instanceID,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion\n"
    );
    let mut child = "person-sex,age,PARENT_KEY,KEY\n".to_owned();
    for (i, h) in all.iter().enumerate() {
        let (key, told) = (key(i), h.sources.join(" "));
        let flags = SOURCES.map(|s| flag(h, s)).join(",");
        let apart = if is_split { format!(",{flags}") } else { String::new() };
        let _ = writeln!(
            root,
            "2026-03-01T10:00:00.000Z,2026-03-01T09:00:00.000+03:00,{},{},{},{told}{apart},{key},{key},7,Amina,0,0,,approved,collect:x,0,3",
            h.district,
            weight(h),
            h.water
        );
        for (n, (sex, age)) in h.people.iter().enumerate() {
            let _ = writeln!(child, "{sex},{age},{key},{key}/member[{}]", n + 1);
        }
    }
    let entries: [(&str, &[u8]); 3] =
        [("survey.csv", root.as_bytes()), ("survey-member.csv", child.as_bytes()), ("media/a.jpg", b"\xff\xd8\xff")];
    file("survey.csv.zip", zip(&entries))
}

/// The files of ODK Briefcase.
fn briefcase(all: &[Household]) -> Vec<NamedBytes> {
    let mut root =
        "SubmissionDate,home-district,home-weight,home-water,home-sources,SET-OF-member,meta-instanceID,KEY\n"
            .to_owned();
    let mut child = "person-sex,age,PARENT_KEY,KEY,SET-OF-member\n".to_owned();
    for (i, h) in all.iter().enumerate() {
        let (key, told) = (key(i), h.sources.join(" "));
        let _ = writeln!(
            root,
            "\"Mar 1, 2026 10:00:00 AM\",{},{},{},{told},{key}/member,{key},{key}",
            h.district,
            weight(h),
            h.water
        );
        for (n, (sex, age)) in h.people.iter().enumerate() {
            let _ = writeln!(child, "{sex},{age},{key},{key}/member[{}],{key}/member", n + 1);
        }
    }
    vec![file("survey.csv", root), file("survey-member.csv", child)]
}

/// A workbook of Kobo with every cell a text; names as headers or labels.
fn kobo(all: &[Household], is_labels: bool) -> NamedBytes {
    let name = |name: &'static str, label: &'static str| if is_labels { label } else { name };
    let root: Vec<String> = [
        name("start", "start"),
        name("home/district", "In which district?"),
        name("home/weight", "Weight"),
        name("home/water", "Main water"),
        name("home/sources", "Other sources"),
        name("home/sources/well", "Other sources/Dug well"),
        name("home/sources/tap", "Other sources/Tap"),
        name("home/sources/river", "Other sources/River"),
    ]
    .iter()
    .chain(&["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"])
    .chain(&["__version__", "_tags", "_index"])
    .map(|s| (*s).to_owned())
    .collect();
    let (sex, age) = if is_labels {
        ("Sex".to_owned(), "Age in years".to_owned())
    } else {
        (format!("{LONG}/person/sex"), format!("{LONG}/age"))
    };
    let child: Vec<String> = [sex.as_str(), age.as_str(), "_index", "_parent_table_name", "_parent_index"]
        .iter()
        .chain(&["_submission__id", "_submission__uuid"])
        .map(|s| (*s).to_owned())
        .collect();
    let (mut rows, mut people) = (vec![root], vec![child]);
    for (i, h) in all.iter().enumerate() {
        let water = match (is_labels, h.water) {
            (true, "piped") => "Piped into dwelling",
            (true, "river_water") => "River",
            (_, own) => own,
        };
        let index = (i + 1).to_string();
        let mut row = vec!["2026-03-01T09:00:00".to_owned(), h.district.to_string(), weight(h), water.to_owned()];
        row.push(h.sources.join(" "));
        row.extend(SOURCES.map(|s| flag(h, s).to_owned()));
        row.extend(
            ["99", &key(i), "2026-03-01T10:00:00", "", "", "submitted_via_web", "", "v1", "", &index].map(String::from),
        );
        rows.push(row);
        for (sex, age) in &h.people {
            let n = people.len().to_string();
            people.push(
                [&sex.to_string(), &age.to_string(), n.as_str(), "survey", index.as_str(), "99", &key(i)]
                    .map(String::from)
                    .to_vec(),
            );
        }
    }
    workbook("survey.xlsx", &[("survey", &rows), (&LONG[..31], &people)])
}

fn workbook(name: &str, sheets: &[(&str, &[Vec<String>])]) -> NamedBytes {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(r as u32, c as u16, cell).expect("written");
            }
        }
    }
    file(name, book.save_to_buffer().expect("a workbook"))
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The form that all of these were collected with.
fn form() -> NamedBytes {
    let survey = format!(
        "type|name|label::English (en)|label::Français (fr)|relevant
         start|start||
         begin group|home|Home|Logement
         integer|district|In which district?|Dans quel district ?
         decimal|weight|Weight|Poids
         select_one water|water|Main water|Eau principale
         select_multiple source|sources|Other sources|Autres sources
         end group|||
         # a remark|||
         begin repeat|{LONG}|Members|Membres
         begin group|person|Person|Personne
         select_one sex|sex|Sex|Sexe
         end group|||
         integer|age|Age in years|Âge
         end repeat|||"
    );
    let choices = "list_name|name|label::English (en)|label::Français (fr)
        water|piped|Piped into dwelling|Eau courante
        water|river_water|River|Rivière
        source|well|Dug well|Puits
        source|tap|Tap|Robinet
        source|river|River|Rivière
        sex|1|Man|Homme
        sex|2|Woman|Femme";
    workbook("form.xlsx", &[("survey", &rows(&survey)), ("choices", &rows(choices))])
}

fn tables(collection: &Collection) -> Vec<Table> {
    collection.files.iter().map(|f| read_microdata(f).expect("a table").0).collect()
}

fn column(table: &Table, name: &str) -> Option<Vec<String>> {
    let values = table.variable(name)?;
    Some((0..table.n_rows).map(|row| values.show(row)).collect())
}

fn check_same(from: &str, files: Vec<NamedBytes>, wanted: &[NamedBytes; 2]) {
    let made = collected(files, Repeat::Only, Lang::En).unwrap_or_else(|found| panic!("{from}: {found:?}"));
    let made = tables(&made);
    for (wanted, made) in wanted.iter().zip(&made) {
        let wanted = read_microdata(wanted).expect("a table").0;
        assert_eq!(made.n_rows, wanted.n_rows, "{from}");
        for variable in &wanted.variables {
            let own = column(&wanted, &variable.name);
            let told = column(made, &variable.name);
            // Nothing tells choices of a column that nobody filled.
            if told.is_none() && variable.name.contains('.') && from.ends_with("alone") {
                continue;
            }
            assert_eq!(
                told,
                own,
                "{from}: {} of {:?}",
                variable.name,
                made.variables.iter().map(|v| &v.name).collect::<Vec<_>>()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_shape_of_the_same_data_is_the_same_tables(all in households()) {
        let wanted = plain(&all);
        check_same("Central", vec![central(&all, true)], &wanted);
        check_same("Central, not split, alone", vec![central(&all, false)], &wanted);
        check_same("Central with a form", vec![central(&all, false), form()], &wanted);
        check_same("Briefcase, alone", briefcase(&all), &wanted);
        check_same("Briefcase with a form", [briefcase(&all), vec![form()]].concat(), &wanted);
        check_same("Kobo", vec![kobo(&all, false)], &wanted);
        check_same("Kobo with a form", vec![kobo(&all, false), form()], &wanted);
        check_same("Kobo with labels and a form", vec![form(), kobo(&all, true)], &wanted);
    }
}

fn two() -> Vec<Household> {
    let home = |people| Household { district: 1, weight: 8, water: "piped", sources: vec!["tap", "well"], people };
    vec![home(vec![(1, 30), (2, 31)]), home(vec![(2, 4)])]
}

#[test]
fn a_form_gives_labels_in_the_language_that_is_asked() {
    for (lang, water, piped, sex) in [
        (Lang::En, "Main water", "Piped into dwelling", "Woman"),
        (Lang::Fr, "Eau principale", "Eau courante", "Femme"),
    ] {
        let made = collected(vec![central(&two(), false), form()], Repeat::Only, lang).expect("files");
        assert_eq!(
            made.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
            ["survey.csv", "survey-member.csv", "survey-labels.csv"]
        );
        let labels = String::from_utf8_lossy(&made.files[2].bytes).into_owned();
        for wanted in [format!("water,{water},piped,{piped}"), format!(",2,{sex}")] {
            assert!(labels.contains(&wanted), "{wanted} is not in {labels}");
        }
    }
}

#[test]
fn what_programs_add_is_kept_and_names_that_clash_are_whole() {
    let root = "SubmissionDate,a-name,b-name,place-Latitude,place-Longitude,KEY\n2026,x,y,1.5,2.5,k1\n";
    let made = collected(vec![file("f.csv", root)], Repeat::Only, Lang::En).expect("files");
    let table = &tables(&made)[0];
    let names: Vec<&str> = table.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["household_key", "SubmissionDate", "a_name", "b_name", "place_Latitude", "place_Longitude"]);
}

#[test]
fn a_repeat_within_a_repeat_has_what_is_around_it() {
    let files = || {
        vec![
            file("f.csv", "SubmissionDate,town,KEY\nd,X,k1\nd,Y,k2\n"),
            file("f-home.csv", "roof,PARENT_KEY,KEY\n1,k1,k1/home[1]\n2,k2,k2/home[1]\n3,k2,k2/home[2]\n"),
            file("f-member.csv", "age,PARENT_KEY,KEY\n40,k2/home[2],k2/home[2]/m[1]\n9,k1/home[1],k1/home[1]/m[1]\n"),
        ]
    };
    let made = collected(files(), Repeat::Named("Member"), Lang::En).expect("files");
    assert_eq!(made.repeats, ["home", "member"]);
    let people = String::from_utf8_lossy(&made.files[1].bytes).into_owned();
    assert_eq!(people, "household_key,row_key,age,roof\nk2,1,40,3\nk1,2,9,1\n");
    let found = collected(files(), Repeat::Only, Lang::En).expect_err("which?");
    assert_eq!((found[0].code.id, arg(&found[0], "repeats").as_str()), ("XCH053", "home, member"));
    let found = collected(files(), Repeat::Named("people"), Lang::En).expect_err("none");
    assert_eq!(found[0].code.id, "XCH054");
    assert_eq!(collected(files(), Repeat::None, Lang::En).expect("files").files.len(), 2);
}

fn check_refused(files: Vec<NamedBytes>, code: &str, cell: &str) {
    let found = collected(files, Repeat::Only, Lang::En).expect_err(code);
    let at = found[0].pointer.cell().unwrap_or_default();
    assert_eq!((found[0].code.id, at.as_str()), (code, cell), "{found:?}");
    for lang in Lang::INTERFACE {
        let words = locale::explained(lang, &found[0]);
        for sentence in [words.message, words.why, words.remedy] {
            assert!(!sentence.contains("{$") && !sentence.contains(code), "{sentence}");
        }
    }
}

#[test]
fn what_does_not_belong_together_is_told_with_its_row() {
    let root = |rows: &str| file("f.csv", format!("SubmissionDate,q,KEY\n{rows}"));
    let child = |rows: &str| file("f-m.csv", format!("age,PARENT_KEY,KEY\n{rows}"));
    check_refused(vec![root("d,1,k1\nd,2,k2\n\nd,3,k1\n")], "XCH055", "C5");
    check_refused(vec![root("d,1,k1\n"), child("3,k1,k1/m[1]\n4,k9,k9/m[1]\n")], "XCH056", "B3");
    check_refused(vec![root("d,1,k1\n"), child("3,k1,k1/m[1]\n4,k1,k1/m[1]\n")], "XCH055", "C3");
    check_refused(vec![root("d,1,k1\nd,2,\n")], "XCH045", "C3");
    check_refused(vec![root("d,1,k1\nd,2\n")], "XCH036", "3:3");
    check_refused(vec![child("3,k1,k1/m[1]\n")], "XCH052", "");
    check_refused(vec![root("d,1,k1\n"), form()], "XCH057", "2:2");
    check_refused(vec![file("a.zip", zip(&[("note.txt", b"x")]))], "XCH052", "");
    let mut twice = two();
    twice.extend(two());
    let mut book = rows("q|_uuid|_index\n1|u1|1\n2|u1|2");
    check_refused(vec![workbook("k.xlsx", &[("s", &book)])], "XCH055", "B3");
    book[2][1] = "u2".to_owned();
    let lost = rows("age|_index|_parent_table_name|_parent_index\n3|1|s|7");
    check_refused(vec![workbook("k.xlsx", &[("s", &book), ("m", &lost)])], "XCH056", "D2");
    check_refused(vec![workbook("two.xlsx", &[("a", &rows("x\n1")), ("b", &rows("y\n2"))])], "XCH052", "");
}

#[test]
fn archives_that_swell_are_refused() {
    let zeros = vec![b'0'; 80 << 20];
    let bomb = zip(&[("f.csv", &zeros)]);
    check_refused(vec![file("bomb.zip", bomb)], "XCH005", "");
}

#[test]
fn other_files_stay_as_they_are_and_a_workbook_of_one_sheet_is_a_table() {
    let csv = file("a.csv", "x,y\n1,2\n");
    let made = collected(vec![csv.clone()], Repeat::Only, Lang::En).expect("files");
    assert!(!made.is_export && made.files[0].bytes == csv.bytes);
    let packed = file("a.zip", zip(&[("inside/a.csv", &csv.bytes)]));
    assert_eq!(collected(vec![packed], Repeat::Only, Lang::En).expect("files").files[0].bytes, csv.bytes);
    let made =
        collected(vec![workbook("b.xlsx", &[("any", &rows("x|y\n1|2"))])], Repeat::Only, Lang::En).expect("files");
    assert_eq!((made.files[0].name.as_str(), made.files[0].bytes.as_slice()), ("b.csv", csv.bytes.as_slice()));
    // A form beside a plain table says what its columns mean.
    let made =
        collected(vec![file("p.csv", "district,sex,age\n1,1,3\n"), form()], Repeat::Only, Lang::En).expect("files");
    assert!(String::from_utf8_lossy(&made.files[1].bytes).contains("sex,Sex,2,Woman"), "{:?}", made.files[1].name);
}

#[test]
fn a_form_is_read_with_its_places() {
    let read = read_form(&form()).expect("a form");
    assert_eq!((read.survey.rows.len(), read.choices.rows.len(), read.settings.rows.len()), (13, 7, 0));
    let row = &read.survey.rows[2];
    assert_eq!(read.survey.text(row, "name"), "district");
    assert_eq!(read.survey.at(row, "name").cell().as_deref(), Some("B4"));
    let none = read_form(&workbook("x.xlsx", &[("survey", &rows("kind|name\ntext|a"))])).expect_err("none");
    assert_eq!(none[0].code.id, "XCH058");
    let twice = read_form(&workbook("x.xlsx", &[("survey", &rows("type|name|relevant|relevance\ntext|a||"))]));
    assert_eq!(twice.expect_err("twice")[0].code.id, "XCH021");
}
