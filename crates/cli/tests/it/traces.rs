//! Spans as a collector receives them: a small one of our own, which reads the protobuf by its numbers and not with the
//! code that wrote it (opentelemetry-proto, trace/v1/trace.proto).

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use super::{serving::Server, support::sample};

/// A field of a message: its number and its content.
type Field<'a> = (u64, Content<'a>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Content<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return value;
        }
        shift += 7;
    }
}

fn fields(mut bytes: &[u8]) -> Vec<Field<'_>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let mut take = |n: usize| {
            let (head, rest) = bytes.split_at(n);
            bytes = rest;
            head
        };
        let content = match key & 7 {
            1 => Content::Number(u64::from_le_bytes(take(8).try_into().expect("eight"))),
            5 => Content::Number(u64::from(u32::from_le_bytes(take(4).try_into().expect("four")))),
            2 => {
                let n = varint(&mut bytes);
                let (head, rest) = bytes.split_at(usize::try_from(n).expect("fits"));
                bytes = rest;
                Content::Bytes(head)
            }
            0 => Content::Number(varint(&mut bytes)),
            other => panic!("wire type {other}"),
        };
        all.push((key >> 3, content));
    }
    all
}

fn inside<'a>(message: &[Field<'a>], number: u64) -> Vec<&'a [u8]> {
    let of = message.iter().filter(|(n, _)| *n == number);
    of.filter_map(|(_, c)| if let Content::Bytes(b) = c { Some(*b) } else { None }).collect()
}

fn text(message: &[Field], number: u64) -> String {
    inside(message, number).first().map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A span as it arrived.
#[derive(Clone, Debug)]
struct Received {
    service: String,
    trace: String,
    id: String,
    parent: String,
    name: String,
    /// 2 is a server.
    kind: u64,
    attributes: Vec<(String, String)>,
}

/// ExportTraceServiceRequest { 1: ResourceSpans { 1: Resource { 1: attributes }, 2: ScopeSpans { 2: Span } } }.
fn spans(request: &[u8]) -> Vec<Received> {
    let mut all = Vec::new();
    for group in inside(&fields(request), 1) {
        let group = fields(group);
        let resource: Vec<_> = inside(&group, 1).into_iter().flat_map(|r| attributes(&fields(r), 1)).collect();
        let service = resource.iter().find(|(k, _)| k == "service.name").map(|(_, v)| v.clone()).unwrap_or_default();
        for scope in inside(&group, 2) {
            for span in inside(&fields(scope), 2) {
                let span = fields(span);
                let id = |n| inside(&span, n).first().map(|b| hex(b)).unwrap_or_default();
                let kind = span.iter().find_map(|f| if let (6, Content::Number(n)) = f { Some(*n) } else { None });
                all.push(Received {
                    service: service.clone(),
                    trace: id(1),
                    id: id(2),
                    parent: id(4),
                    name: text(&span, 5),
                    kind: kind.unwrap_or(0),
                    attributes: attributes(&span, 9),
                });
            }
        }
    }
    all
}

/// KeyValue { 1: key, 2: AnyValue { 1: text, 3: whole number } }.
fn attributes(message: &[Field], number: u64) -> Vec<(String, String)> {
    let of = inside(message, number).into_iter().map(fields);
    of.map(|pair| {
        let value = inside(&pair, 2).first().map(|v| fields(v)).unwrap_or_default();
        let shown = match value.first() {
            Some((1, Content::Bytes(b))) => String::from_utf8_lossy(b).into_owned(),
            Some((_, Content::Number(n))) => n.to_string(),
            _ => String::new(),
        };
        (text(&pair, 1), shown)
    })
    .collect()
}

/// A collector on a port of its own; what it receives comes out of the channel.
fn collector() -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let send = send.clone();
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                while let Some(body) = request(&mut reader) {
                    for span in spans(&body) {
                        send.send(span).ok();
                    }
                    let ok = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
                    reader.get_mut().write_all(ok.as_bytes()).ok();
                }
            });
        }
    });
    (address, receive)
}

/// The body of the next request of a connection.
fn request(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let (mut n_bytes, mut is_protobuf) = (0, false);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    assert!(line.starts_with("POST /v1/traces "), "{line}");
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
        let lower = line.trim().to_lowercase();
        match lower.split_once(": ") {
            Some(("content-length", n)) => n_bytes = n.parse().expect("a number"),
            Some(("content-type", t)) => is_protobuf = t == "application/x-protobuf",
            None => break,
            _ => {}
        }
    }
    assert!(is_protobuf);
    let mut body = vec![0; n_bytes];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

#[test]
fn a_collector_receives_requests_as_spans_of_the_callers_trace() {
    let (endpoint, received) = collector();
    let folder = sample();
    let mut server = Server::start(folder.path(), &[&format!("traces.endpoint={endpoint}"), "traces.sample=1"]);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let ask = |path: &str, parent: &str| {
        let mut stream = TcpStream::connect(&server.address).expect("connects");
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{parent}\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let id = text.lines().find_map(|l| l.strip_prefix("x-request-id: ")).map(str::to_owned);
        id.unwrap_or_default()
    };
    let id = ask("/plans/P1419R/tree?q=secret", &format!("traceparent: 00-{trace}-00f067aa0ba902b7-01\r\n"));
    // Whoever traces the journey has decided that this one is not.
    ask("/codes", &format!("traceparent: 00-{trace}-00f067aa0ba902b7-00\r\n"));
    ask("/about", "");
    server.signal("TERM");
    assert_eq!(server.end(Duration::from_secs(10)).code(), Some(0));
    // All spans were sent before the process ended.
    let all: Vec<Received> = received.try_iter().collect();
    let named = |name: &str| all.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("no {name} in {all:?}"));
    let tree = named("GET /plans/{id}/tree");
    assert_eq!((tree.service.as_str(), tree.trace.as_str(), tree.kind), ("ekistics", trace, 2));
    assert_eq!(tree.parent, "00f067aa0ba902b7");
    let has = |key: &str, value: &str| tree.attributes.iter().any(|(k, v)| k == key && v == value);
    assert!(has("http.route", "/plans/{id}/tree") && has("http.response.status_code", "200"), "{tree:?}");
    assert!(has("request.id", &id) && id.len() == 16, "{tree:?}");
    let about = named("GET /about");
    assert!(about.parent.is_empty() && about.trace != trace && about.id.len() == 16, "{about:?}");
    assert!(all.iter().any(|s| s.name == "fold"), "{all:?}");
    assert!(!all.iter().any(|s| s.name.contains("/codes")), "{all:?}");
    assert!(!format!("{all:?}").contains("secret") && !format!("{all:?}").contains("P1419R"), "{all:?}");
}

#[test]
fn a_collector_that_is_not_there_holds_up_nobody() {
    let folder = sample();
    let mut server = Server::start(folder.path(), &["traces.endpoint=http://127.0.0.1:9"]);
    assert_eq!(server.get("/about").0, 200);
    server.signal("TERM");
    assert_eq!(server.end(Duration::from_secs(10)).code(), Some(0));
}
