//! What every request passes before GraphQL sees it: identity, request id, trace, body size.
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use hive_router::http::Method;
use hive_router::ntex::http::HeaderMap;
use hive_router::ntex::util::{Bytes, BytesMut};
use hive_router::ntex::web::{types::Payload, HttpRequest};
use hive_router::tokio::time::timeout;

use crate::caller::{Caller, Callers, Refused};
use crate::messages::{language_of, Language};
use crate::metrics::Metrics;
use crate::rate::network_of;
use crate::settings::Settings;
use crate::signing::random_hex;

const NAME_MAX: usize = 64;
const LANGUAGE_MAX: usize = 200;
const PURPOSE_MAX: usize = 900;

/// How much of a refused body is let in, unheard, so that the client gets to read the refusal.
const DROPPED_MAX: usize = 64 * 1024 * 1024;
const DROPPED_WITHIN: Duration = Duration::from_secs(5);
/// For a whole body to arrive; the largest import takes a minute over a slow line.
const BODY_WITHIN: Duration = Duration::from_secs(120);

/// Who asks, and what is known of the request besides.
pub struct Admission {
    pub caller: Caller,
    pub request_id: String,
    pub trace_parent: String,
    /// The header as it goes on, where it has the expected form.
    pub accept_language: Option<String>,
    pub language: Language,
    /// Why personal data is read: percent-encoded UTF-8.
    pub purpose: Option<String>,
    pub address: String,
    pub arrived: Instant,
    pub answer_bytes: AtomicUsize,
    pub is_change: AtomicBool,
    /// When it ends, and the time it has in all.
    pub ends: OnceLock<(Instant, Duration)>,
    /// The code of the first error that a service or the way to it gave.
    pub failed: OnceLock<&'static str>,
}

/// Why a request is answered before GraphQL sees it: status, code, sentence.
pub type Refusal = (u16, &'static str, &'static str);

const INVALID_TOKEN: Refusal = (401, "UNAUTHENTICATED", "UNAUTHENTICATED");
const NO_KEYS: Refusal = (503, "UNAVAILABLE", "IDENTITY_UNAVAILABLE");
const TOO_LARGE: Refusal = (413, "INVALID", "BODY_TOO_LARGE");

pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The header's value where it has the expected form: a client cannot pass on junk.
fn sane(headers: &HeaderMap, name: &str, most: usize, fits: impl Fn(u8) -> bool) -> Option<String> {
    let value = header(headers, name)?;
    let is_sane = (1..=most).contains(&value.len()) && value.bytes().all(fits);
    is_sane.then(|| value.to_string())
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_trace_parent(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [version, trace, parent, flags] = parts[..] else { return false };
    let is_some = |text: &str| text.bytes().any(|byte| byte != b'0');
    version == "00"
        && is_hex(trace, 32)
        && is_some(trace)
        && is_hex(parent, 16)
        && is_some(parent)
        && is_hex(flags, 2)
}

/// The trace that a request belongs to; without a proper one a new one begins.
pub fn trace_parent_of(headers: &HeaderMap) -> String {
    let given = header(headers, "traceparent").filter(|text| is_trace_parent(text));
    given.map(String::from).unwrap_or_else(|| format!("00-{}-{}-01", random_hex::<16>(), random_hex::<8>()))
}

/// A random identifier, written as UUIDs are.
fn new_request_id() -> String {
    let hex = random_hex::<16>();
    let (a, b, c, d) = (&hex[..8], &hex[8..12], &hex[13..16], &hex[17..20]);
    format!("{a}-{b}-4{c}-8{d}-{}", &hex[20..])
}

/// The caller's address; each trusted proxy adds one entry at the end of X-Forwarded-For.
fn address_of(req: &HttpRequest, trusted_proxies: usize) -> String {
    let forwarded = header(req.headers(), "x-forwarded-for").unwrap_or_default();
    let entries: Vec<&str> = forwarded.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
    let trusted = (trusted_proxies > 0)
        .then(|| entries.len().checked_sub(trusted_proxies).map(|at| entries[at]))
        .flatten();
    trusted.map(String::from).unwrap_or_else(|| {
        req.peer_addr().map_or_else(|| "unknown".into(), |address| address.ip().to_string())
    })
}

pub struct Admitter {
    pub callers: Callers,
    metrics: Arc<Metrics>,
    trusted_proxies: usize,
    body_max: usize,
    body_max_known: usize,
}

impl Admitter {
    pub fn new(settings: &Settings, metrics: &Arc<Metrics>) -> Self {
        Self {
            callers: Callers::new(settings, metrics),
            metrics: metrics.clone(),
            trusted_proxies: settings.number("trustedProxies") as usize,
            body_max: settings.number("maxBodyBytes") as usize,
            body_max_known: settings.number("maxBodyBytesAuthenticated") as usize,
        }
    }

    /// Who sends a request, as far as it can be told before anything is checked.
    pub fn sender_of(&self, req: &HttpRequest) -> String {
        match header(req.headers(), "authorization") {
            Some(told) => told.to_string(),
            None => network_of(&address_of(req, self.trusted_proxies)),
        }
    }

    async fn identify(&self, req: &HttpRequest) -> Result<Caller, Refusal> {
        if req.method() == Method::OPTIONS {
            return Ok(None);
        }
        let Some(value) = req.headers().get("authorization") else { return Ok(None) };
        let text = value.to_str().map_err(|_| INVALID_TOKEN)?;
        self.callers.identify(Some(text)).await.map_err(|refused| match refused {
            Refused::InvalidToken => {
                self.metrics.auth_refusal("token");
                INVALID_TOKEN
            }
            Refused::KeysUnavailable => {
                self.metrics.auth_refusal("keys");
                NO_KEYS
            }
        })
    }

    /// What is known of a request, and why it is refused if it is.
    pub async fn admit(&self, req: &HttpRequest) -> (Admission, Option<Refusal>) {
        let headers = req.headers();
        let (caller, refusal) = match self.identify(req).await {
            Ok(caller) => (caller, None),
            Err(refusal) => (None, Some(refusal)),
        };
        let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let is_of_language = |byte: u8| byte.is_ascii_alphanumeric() || b"*,;=. -".contains(&byte);
        let is_of_purpose = |byte: u8| byte.is_ascii_alphanumeric() || b"%._~!'()*-".contains(&byte);
        let admission = Admission {
            caller,
            request_id: sane(headers, "x-request-id", NAME_MAX, is_of_id).unwrap_or_else(new_request_id),
            trace_parent: trace_parent_of(headers),
            accept_language: sane(headers, "accept-language", LANGUAGE_MAX, is_of_language),
            language: language_of(header(headers, "accept-language")),
            purpose: sane(headers, "x-purpose", PURPOSE_MAX, is_of_purpose),
            address: address_of(req, self.trusted_proxies),
            arrived: Instant::now(),
            answer_bytes: AtomicUsize::new(0),
            is_change: AtomicBool::new(false),
            ends: OnceLock::new(),
            failed: OnceLock::new(),
        };
        (admission, refusal)
    }

    /// The body, where it is no larger than its sender may send.
    pub async fn take_body(
        &self,
        req: &HttpRequest,
        payload: &mut Payload,
        caller: &Caller,
    ) -> Result<Bytes, Refusal> {
        let limit = if caller.is_some() { self.body_max_known } else { self.body_max };
        let told = header(req.headers(), "content-length").and_then(|text| text.parse::<usize>().ok());
        if told.is_some_and(|told| told > limit) {
            return Err(TOO_LARGE);
        }
        let mut body = BytesMut::with_capacity(told.unwrap_or_default());
        let read = async {
            while let Some(chunk) = payload.recv().await {
                let Ok(chunk) = chunk else { break };
                if body.len() + chunk.len() > limit {
                    return Err(TOO_LARGE);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(())
        };
        timeout(BODY_WITHIN, read).await.unwrap_or(Err(TOO_LARGE))?;
        Ok(body.freeze())
    }
}

/// Let the client finish sending, unheard.
pub async fn drop_body(payload: &mut Payload) {
    let mut dropped = 0;
    let read = async {
        while let Some(Ok(chunk)) = payload.recv().await {
            dropped += chunk.len();
            if dropped > DROPPED_MAX {
                break;
            }
        }
    };
    let _ = timeout(DROPPED_WITHIN, read).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_passed_on_only_in_its_form() {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assert!(is_trace_parent(trace));
        assert!(!is_trace_parent(&trace.replace("00-4", "ff-4")));
        assert!(!is_trace_parent("00-00000000000000000000000000000000-00f067aa0ba902b7-01"));
        assert!(!is_trace_parent("junk"));
    }

    #[test]
    fn a_new_request_id_looks_like_a_uuid() {
        let id = new_request_id();

        assert_eq!(id.len(), 36);
        assert_ne!(id, new_request_id());
    }
}
