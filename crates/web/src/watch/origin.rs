//! Where a request comes from, when proxies stand before us. A proxy that is believed writes behind the list what it
//! saw itself, so the list is read from its end, up to the first address that is not believed.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

/// Whether an address is that of a proxy that is believed.
pub type Believed = Box<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// Puts the caller's address in the place of the proxy's. The port is that of the proxy, which nobody asks for.
pub(super) fn see_through(believed: &Believed, request: &mut Request) {
    let Some(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0) else { return };
    let caller = caller(believed, peer.ip(), request.headers());
    if caller != peer.ip() {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(caller, peer.port())));
    }
}

fn caller(believed: &Believed, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let lists = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let mut seen: Vec<Option<IpAddr>> = lists.map(|text| text.trim().parse().ok()).collect();
    let mut caller = peer;
    while believed(caller) {
        match seen.pop() {
            Some(Some(before)) => caller = before,
            // What is no address cannot be believed, and neither can what stands before it.
            Some(None) | None => break,
        }
    }
    caller
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_proxies_that_are_believed_are_seen_through() {
        let believed: Believed =
            Box::new(|ip| ip.is_loopback() || ip == IpAddr::from([10, 0, 0, 1]) || ip == IpAddr::from([10, 0, 0, 2]));
        for (peer, lists, expected) in [
            ("127.0.0.1", &["192.0.2.7"][..], "192.0.2.7"),
            // Whoever comes straight says nothing about itself.
            ("192.0.2.9", &["192.0.2.7"], "192.0.2.9"),
            // What a caller made up stands before what the proxy saw.
            ("127.0.0.1", &["203.0.113.5, 192.0.2.7"], "192.0.2.7"),
            ("127.0.0.1", &["192.0.2.7, 10.0.0.2", "10.0.0.1"], "192.0.2.7"),
            ("127.0.0.1", &["2001:db8::7"], "2001:db8::7"),
            ("127.0.0.1", &["192.0.2.7, unknown"], "127.0.0.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["10.0.0.1"], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append("x-forwarded-for", HeaderValue::from_static(list));
            }
            let found = caller(&believed, peer.parse().expect("an address"), &headers);
            assert_eq!(found, expected.parse::<IpAddr>().expect("an address"), "{peer} {lists:?}");
        }
    }
}
