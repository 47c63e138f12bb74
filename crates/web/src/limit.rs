//! How often somebody who is not signed in may ask: a bucket of tokens for each address, filled again with time.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use crate::{caller::Who, failure::Failure, site::Site};

/// How often an address may ask below `/api/` and for files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Requests that may come at once, after a pause.
    pub burst: u32,
    /// Requests a minute in the long run. 0: no limit.
    pub per_minute: u32,
    /// Requests that a file counts for, since it takes longer to make.
    pub per_file: u32,
    /// Addresses that are remembered; beyond it the fullest buckets are forgotten first.
    pub most_addresses: usize,
}

impl Rates {
    /// Ten requests a second, in bursts of 300; a program that follows cursors of 1000 records reads 600,000 a minute.
    pub const STANDARD: Rates = Rates { burst: 300, per_minute: 600, per_file: 20, most_addresses: 10_000 };
    /// No limit.
    pub const NONE: Rates = Rates { burst: 0, per_minute: 0, per_file: 0, most_addresses: 0 };
}

/// Tokens by address.
#[derive(Default)]
pub(crate) struct Buckets(Mutex<HashMap<IpAddr, Bucket>>);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// What a bucket says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowance {
    allowed: Verdict,
    /// Whole tokens that are left.
    left: u64,
    /// Seconds until the bucket is full.
    full_in: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Go,
    /// Ask again after so many seconds.
    Wait(u64),
}

impl Buckets {
    fn take(&self, who: IpAddr, cost: u32, now: Timestamp, rates: &Rates) -> Allowance {
        let (burst, rate) = (f64::from(rates.burst), f64::from(rates.per_minute) / 60.0);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = |bucket: &Bucket| {
            let seconds = now.duration_since(bucket.at).as_secs_f64().max(0.0);
            (bucket.tokens + seconds * rate).min(burst)
        };
        if held.len() >= rates.most_addresses && !held.contains_key(&who) {
            // A full bucket says the same as none. When all are in use, the fuller half loses least by being forgotten.
            held.retain(|_, bucket| filled(bucket) < burst);
            if held.len() >= rates.most_addresses {
                let mut levels: Vec<f64> = held.values().map(filled).collect();
                levels.sort_by(f64::total_cmp);
                let middle = levels.get(levels.len() / 2).copied().unwrap_or_default();
                held.retain(|_, bucket| filled(bucket) < middle);
            }
        }
        let bucket = held.entry(who).or_insert(Bucket { tokens: burst, at: now });
        // What costs more than a whole bucket empties it, or it could never be had.
        let cost = f64::from(cost).min(burst);
        let tokens = filled(bucket);
        let (allowed, tokens) = match tokens >= cost {
            true => (Verdict::Go, tokens - cost),
            false => (Verdict::Wait(((cost - tokens) / rate).ceil().max(1.0) as u64), tokens),
        };
        *bucket = Bucket { tokens, at: now };
        Allowance { allowed, left: tokens as u64, full_in: ((burst - tokens) / rate).ceil() as u64 }
    }
}

/// Holds back who asks too often. Pages are free: a reader's browser asks for few, and they are kept.
pub(crate) async fn hold_back(State(site): State<Site>, who: Who, request: Request, next: Next) -> Response {
    let rates = site.options.rates;
    let path = request.uri().path();
    let is_file = [".xlsx", ".csv", "/report.html"].iter().any(|end| path.ends_with(end));
    let counts = path.starts_with("/api/") || is_file;
    if rates.per_minute == 0 || !counts || !who.is_public() {
        return next.run(request).await;
    }
    let cost = if is_file { rates.per_file } else { 1 };
    let allowance = site.buckets.take(address(&request), cost, site.now(), &rates);
    let mut response = match allowance.allowed {
        Verdict::Go => next.run(request).await,
        Verdict::Wait(_) => Failure::too_many().into_response(),
    };
    say(response.headers_mut(), &allowance, &rates);
    response
}

/// `RateLimit` and `RateLimit-Policy` as the IETF's draft names them, and `Retry-After`.
fn say(headers: &mut HeaderMap, allowance: &Allowance, rates: &Rates) {
    let mut set = |name: &'static str, text: String| {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    };
    set("ratelimit-policy", format!("\"address\";q={};w=60", rates.per_minute));
    set("ratelimit", format!("\"address\";r={};t={}", allowance.left, allowance.full_in));
    if let Verdict::Wait(seconds) = allowance.allowed {
        set(header::RETRY_AFTER.as_str(), seconds.to_string());
    }
}

/// Whose request it is. Of an IPv6 address the first half: the second is the owner's to choose.
fn address(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_canonical());
    match peer {
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Some(v4) => v4,
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).expect("an instant")
    }
    fn who(n: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, n])
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rates = Rates { burst: 3, per_minute: 60, per_file: 10, most_addresses: 10 };
        let buckets = Buckets::default();
        let take = |n, cost, second| buckets.take(who(n), cost, at(second), &rates).allowed;
        for (n, cost, second, expected) in [
            (1, 1, 0, Verdict::Go),
            (1, 1, 0, Verdict::Go),
            (1, 1, 0, Verdict::Go),
            (1, 1, 0, Verdict::Wait(1)),
            (2, 1, 0, Verdict::Go),
            (1, 1, 1, Verdict::Go),
            (1, 1, 1, Verdict::Wait(1)),
            // A file that costs more than a bucket holds waits for a full one.
            (1, 10, 2, Verdict::Wait(2)),
            (1, 10, 60, Verdict::Go),
            // A clock that goes back takes nothing away.
            (2, 1, -60, Verdict::Go),
        ] {
            assert_eq!(take(n, cost, second), expected, "{n} {cost} {second}");
        }
    }

    #[test]
    fn no_more_addresses_are_remembered_than_there_is_room_for() {
        let rates = Rates { burst: 2, per_minute: 1, per_file: 1, most_addresses: 8 };
        let buckets = Buckets::default();
        for n in 0..200 {
            buckets.take(who(n), 1, at(0), &rates);
            assert!(buckets.0.lock().expect("held").len() <= 8);
        }
    }
}
