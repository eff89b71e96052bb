//! Under what name, and from where, a request comes.
use std::net::IpAddr;

use hive_router::ntex::web::HttpRequest;
use url::Url;

use crate::admission::header;

pub const LOOPBACK_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The name in the Host header, without its port; none where it is no name.
pub fn host_of(req: &HttpRequest) -> Option<String> {
    let host = header(req.headers(), "host")?;
    Url::parse(&format!("http://{host}")).ok()?.host_str().map(String::from)
}

/// Whether somebody on this machine asks, by one of its own names and through no proxy.
pub fn is_from_here(req: &HttpRequest) -> bool {
    let is_proxied =
        ["x-forwarded-for", "forwarded", "via"].iter().any(|name| req.headers().contains_key(*name));
    let is_named = host_of(req).is_some_and(|host| LOOPBACK_NAMES.contains(&host.as_str()));
    let is_loopback = req.peer_addr().is_some_and(|address| match address.ip() {
        IpAddr::V4(four) => four.is_loopback(),
        IpAddr::V6(six) => six.is_loopback() || six.to_ipv4_mapped().is_some_and(|four| four.is_loopback()),
    });
    !is_proxied && is_named && is_loopback
}
