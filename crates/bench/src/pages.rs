//! Pages of a plan of `size` indicators with 12 periods and 4 groups: the time to answer one request, the 95th of a
//! hundred. And the home page under load: 100 requests a second for a minute over a socket.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use app::{App, NamedBytes, OpenMode};
use axum::{body::Body, http::Request};
use jiff::{Timestamp, civil::date};
use tower::ServiceExt;
use web::{Options, Reach};

use crate::{Measured, Task};

const N_REQUESTS: usize = 100;

/// Makes the data folder.
pub fn prepare(task: &Task) -> Result<()> {
    let mut files: Vec<NamedBytes> = Vec::new();
    let mut add = |name: &str, text: String| files.push(NamedBytes { name: name.to_owned(), bytes: text.into_bytes() });
    add(
        "plans.csv",
        "id,title_en,kind,status,starts_on,ends_on\nP,Plan,strategic_plan,in_force,2008-01-01,2019-12-31\n".into(),
    );
    add("levels.csv", "plan,position,title_en,role\nP,1,Outcome,outcome\n".into());
    add("dimensions.csv", "id,title_en,partition\ntype,Type,true\n".into());
    add("categories.csv", "dimension,code,title_en\ntype,a,A\ntype,b,B\ntype,c,C\n".into());
    add("places.csv", "id,kind,title_en\n001,world,World\n".into());
    let (mut results, mut indicators, mut targets, mut observations) = (
        String::from("id,plan,level,code,title_en\n"),
        String::from("id,result,title_en,measure,unit,direction,reporting,dimensions,cadence,status\n"),
        String::from("indicator,kind,on,value\n"),
        String::from("indicator,place,period,breakdown,scope,value\n"),
    );
    for i in 0..task.size {
        if i % 5 == 0 {
            results.push_str(&format!("R-{i},P,1,R-{i},Result {i}\n"));
        }
        indicators.push_str(&format!(
            "I-{i},R-{},People reached by service {i},flow,person,increase,incremental,type,yearly,confirmed\n",
            i - i % 5
        ));
        targets.push_str(&format!("I-{i},baseline,2007-12-31,0\nI-{i},target,2019-12-31,{}\n", 1000 + i));
        for year in 2008..2020 {
            let mut total = 0;
            for (j, code) in ["a", "b", "c"].into_iter().enumerate() {
                let value = (i * 31 + year * 7 + j * 13) % 90;
                total += value;
                observations.push_str(&format!("I-{i},001,{year},type={code},supported,{value}\n"));
            }
            observations.push_str(&format!("I-{i},001,{year},,supported,{total}\n"));
        }
    }
    add("results.csv", results);
    add("indicators.csv", indicators);
    add("targets.csv", targets);
    add("observations.csv", observations);
    runtime()?.block_on(async {
        let app = App::open(&task.folder.join("data"), OpenMode::Create).await?;
        let preview = app::preview_import(&app, "bench", files, date(2019, 12, 31), &|_, _| {}).await?;
        ensure!(preview.can_confirm, "{:?}", preview.diagnostics.first());
        let by = app::access::Actor::Local { name: "bench".into() };
        let written = app::confirm_import(&app, &preview.token, &by, "bench", Timestamp::UNIX_EPOCH).await?;
        ensure!(written.is_ok(), "the files are refused");
        Ok(())
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn router(task: &Task) -> Result<axum::Router> {
    let app = App::open(&task.folder.join("data"), OpenMode::ReadOnly).await?;
    let options = Options { today: Some(date(2019, 12, 31)), ..Options::new(Timestamp::now, "bench", Reach::Loopback) };
    Ok(web::router(app, options))
}

/// The 95th of a hundred answers of an address, each page made anew.
fn p95(task: &Task, path: &'static str) -> Result<Measured> {
    runtime()?.block_on(async {
        let router = router(task).await?;
        let mut seconds = Vec::with_capacity(N_REQUESTS);
        let mut size = 0;
        // The first answer computes what is computed once for a snapshot and a day. Each asks under another address:
        // a page that was made before is kept, and would be measured as a copy.
        for i in 0..=N_REQUESTS {
            let address = format!("{path}?on=2019-12-31&asked={i}");
            let request = Request::get(address).header("host", "127.0.0.1").body(Body::empty())?;
            let start = Instant::now();
            let response = router.clone().oneshot(request).await?;
            ensure!(response.status().is_success(), "{path}: {}", response.status());
            size = axum::body::to_bytes(response.into_body(), usize::MAX).await?.len();
            if i > 0 {
                seconds.push(start.elapsed().as_secs_f64());
            } else {
                eprintln!("the first of a day: {:.3} s", start.elapsed().as_secs_f64());
            }
        }
        seconds.sort_by(f64::total_cmp);
        let p95 = seconds.get(N_REQUESTS * 95 / 100).copied().context("no request")?;
        Ok(Measured { seconds: vec![p95], check: vec![size as f64], ..Measured::default() })
    })
}

/// The tracking table.
pub fn tracking(task: &Task) -> Result<Measured> {
    p95(task, "/plans/P/tracking")
}

/// The home page.
pub fn home(task: &Task) -> Result<Measured> {
    p95(task, "/")
}

/// One client at 100 requests a second for a minute; the time is the slowest answer. Fails at the first error.
pub fn load(task: &Task) -> Result<Measured> {
    let runtime = runtime()?;
    let (address, server) = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let router = router(task).await?;
        anyhow::Ok((address, tokio::spawn(async move { axum::serve(listener, router).await })))
    })?;
    let start = Instant::now();
    let (mut slowest, mut n) = (0.0f64, 0u32);
    for i in 0..6_000u32 {
        let due = start + Duration::from_millis(10) * i;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        // Late answers count from when they were due, or a slow server would hide its queue.
        ask(address)?;
        slowest = slowest.max(due.elapsed().as_secs_f64());
        n += 1;
    }
    server.abort();
    Ok(Measured { seconds: vec![slowest], check: vec![f64::from(n)], ..Measured::default() })
}

fn ask(address: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    ensure!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..answer.len().min(200)]));
    Ok(())
}
