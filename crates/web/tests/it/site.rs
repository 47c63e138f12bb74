//! A site over the sample programme in a folder of its own, asked without a network.

use std::sync::OnceLock;

use app::{App, OpenMode};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use jiff::{Timestamp, civil::date};
use tower::ServiceExt;
use web::{Options, Rates, Reach};

/// A running site; its folder goes with it.
pub struct Site {
    pub router: Router,
    pub app: App,
    #[allow(dead_code, reason = "the folder goes with its owner")]
    folder: Option<tempfile::TempDir>,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("utf-8")
    }
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

fn clock() -> Timestamp {
    Timestamp::now()
}

/// How the tests serve; nobody is held back.
pub fn options(reach: Reach) -> Options {
    Options { today: Some(date(2020, 3, 1)), rates: Rates::NONE, ..Options::new(clock, "tester", reach) }
}

impl Site {
    /// A new folder with the sample programme in it.
    pub async fn new() -> Site {
        Site::with(|options| options).await
    }
    /// The same, served in another way.
    pub async fn with(change: impl FnOnce(Options) -> Options) -> Site {
        let site = Site::empty_with(change).await;
        app::load_demo(&site.app, Timestamp::now()).await.expect("loads");
        site
    }
    /// A new folder with nothing in it.
    pub async fn empty() -> Site {
        Site::empty_with(|options| options).await
    }
    async fn empty_with(change: impl FnOnce(Options) -> Options) -> Site {
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::open(&folder.path().join("data"), OpenMode::Create).await.expect("opens");
        let options = change(options(Reach::Loopback));
        Site { router: web::router(app.clone(), options), app, folder: Some(folder) }
    }
    /// A new folder with nothing in it, served as browsers reach it by TLS.
    pub async fn by_tls() -> Site {
        Site::empty_with(|options| Options { secure: true, ..options }).await
    }
    /// The same register for other machines, whose visitors are the public until they sign in.
    pub fn for_the_public(&self) -> Site {
        self.served_as(options(Reach::Remote(Vec::new())))
    }
    /// The same register, served in another way.
    pub fn served_as(&self, options: Options) -> Site {
        Site { router: web::router(self.app.clone(), options), app: self.app.clone(), folder: None }
    }
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, "localhost").body(Body::empty()).expect("a request")).await
    }
    pub async fn post(&self, path: &str, mime: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, mime)
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }
    /// Uploads one file; the address of its preview.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let mut body =
            format!("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        self.post("/import", "multipart/form-data; boundary=x", body).await
    }
}

/// One site for all tests that only read: loading the sample takes longer than any of them.
pub fn shared() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        // A thread of its own, since a runtime cannot wait inside of another; it stays for the pool's tasks.
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            send.send(runtime.block_on(Site::new())).expect("sent");
            runtime.block_on(std::future::pending::<()>());
        });
        receive.recv().expect("a site")
    })
}
