//! A newcomer's way with a survey: loaded, its codebook looked at and mended, measured, published.

use axum::http::{StatusCode, header};
use model::value::Lang;

use crate::{
    pages::{in_language, untranslated},
    site::Site,
};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_from_its_files_to_the_plan() {
    let site = Site::new().await;
    assert!(site.get("/surveys").await.text().contains("No survey has been loaded yet"));
    let done = site.post("/surveys/sample", FORM, Vec::new()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(done.header(header::LOCATION), "/surveys/SV-KEN-nairobi-2026-S1/codebook?loaded=1");
    let survey = "/surveys/SV-KEN-nairobi-2026-S1";
    for path in
        ["/surveys".to_owned(), format!("{survey}/codebook"), format!("{survey}?by=sex&by=place"), survey.to_owned()]
    {
        for lang in Lang::INTERFACE {
            let answer = in_language(&site, &path, lang).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(untranslated(answer.text()), Vec::<String>::new(), "{path} {}", lang.code());
            assert_eq!(answer.text().matches("<h1").count(), 1, "{path}");
        }
    }
    let page = site.get(&format!("{survey}?by=sex&by=place")).await;
    assert!(page.text().contains("Female · East") && page.text().contains("95 % confidence"), "{}", page.text());

    // Another meaning of an answer is another share.
    let share = |html: &str| {
        html.split("class=\"big\"")
            .nth(1)
            .and_then(|rest| rest.split("<data value=\"").nth(1))
            .map(|rest| rest[..5].to_owned())
    };
    let before = share(site.get(survey).await.text()).expect("a share");
    let mended = site
        .post(&format!("{survey}/codebook"), FORM, b"a~water~61=surface&reason=Tankers+fill+at+the+river".to_vec())
        .await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.text());
    let after = share(site.get(survey).await.text()).expect("a share");
    assert!(after.parse::<f64>().expect("a number") > before.parse::<f64>().expect("a number"), "{before} {after}");
    // Saying the same again is no change.
    let same = site.post(&format!("{survey}/codebook"), FORM, b"a~water~61=surface".to_vec()).await;
    assert_eq!(same.header(header::LOCATION), survey);
    // Fifths are made of what the file has; what it lacks is not kept.
    let wrong = site.post(&format!("{survey}/codebook"), FORM, b"v~wealth=&made-of=rooms,boat".to_vec()).await;
    assert!(wrong.status.is_client_error() && wrong.text().contains("boat"), "{}", wrong.text());
    assert_eq!(site.get(survey).await.status, StatusCode::OK);
    let made = site.post(&format!("{survey}/codebook"), FORM, b"v~wealth=&made-of=rooms,electricity".to_vec()).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    assert!(site.get(&format!("{survey}?by=wealth")).await.text().contains("Fifth by wealth"));

    let publish =
        b"rules=sdg-sish-4&component=slum&by=sex,place&among=&indicator=I-2629-X8&scope=supported&reason=Survey"
            .to_vec();
    let done = site.post(&format!("{survey}/publish"), FORM, publish).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(site.get(done.header(header::LOCATION)).await.text().contains("Published."));
    let sheet = site.get("/indicators/I-2629-X8").await;
    assert!(sheet.text().contains("2026-S1") && sheet.text().contains("standard error"), "{}", sheet.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_leaves_nothing() {
    let site = Site::new().await;
    let part =
        |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let file = |name: &str, text: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let load = async |parts: Vec<String>| {
        let body = format!("{}--x--\r\n", parts.concat()).into_bytes();
        site.post("/surveys", "multipart/form-data; boundary=x", body).await
    };
    let nowhere = load(vec![file("a.csv", "x\n1\n"), part("place", "Atlantis"), part("period", "2026")]).await;
    assert!(nowhere.status == StatusCode::BAD_REQUEST && nowhere.text().contains("Atlantis"), "{}", nowhere.text());
    let when = load(vec![file("a.csv", "x\n1\n"), part("place", "KEN"), part("period", "soon")]).await;
    assert!(when.status == StatusCode::BAD_REQUEST && when.text().contains("soon"), "{}", when.text());
    let broken = load(vec![file("a.csv", "x,y\n1\n"), part("place", "KEN"), part("period", "2026")]).await;
    assert!(broken.status.is_client_error() && broken.text().contains("a.csv"), "{}", broken.text());
    assert!(site.get("/surveys").await.text().contains("No survey has been loaded yet"));
    assert_eq!(site.get("/surveys/nowhere").await.status, StatusCode::NOT_FOUND);
    // Of an export with several repeats the page says which there are, and takes the one that is named.
    let export = [
        file("f.csv", "SubmissionDate,weight,KEY\nd,1,k1\nd,2,k2\n"),
        file("f-m.csv", "sex,PARENT_KEY,KEY\n1,k1,k1/m[1]\n2,k2,k2/m[1]\n"),
        file("f-p.csv", "crop,PARENT_KEY,KEY\nrice,k1,k1/p[1]\n"),
        part("place", "KEN"),
        part("period", "2026"),
    ];
    let which = load(export.to_vec()).await;
    assert!(which.status.is_client_error() && which.text().contains("m, p"), "{}", which.text());
    let done = load([&export[..], &[part("repeat", "m")]].concat()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    // A rule that the survey cannot answer is told, and the page stays.
    site.post("/surveys/sample", FORM, Vec::new()).await;
    let asked = "/surveys/SV-KEN-nairobi-2026-S1?rules=sdg-sish-4&component=slum&among=nobody+%3D%3D+1";
    let answer = site.get(asked).await;
    assert!(answer.status == StatusCode::OK && answer.text().contains("nobody"), "{}", answer.text());
    // Whoever has no role sees none of it.
    let public = site.for_the_public();
    assert_ne!(public.get("/surveys").await.status, StatusCode::OK);
    assert_ne!(public.get(asked).await.status, StatusCode::OK);
}
