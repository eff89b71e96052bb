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
use crate::traces::Trace;

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
    pub trace: Trace,
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

impl Admission {
    /// The same caller's, for one more request with a time and an answer of its own.
    pub fn again(&self) -> Self {
        Self {
            caller: self.caller.clone(),
            request_id: self.request_id.clone(),
            trace: self.trace.clone(),
            accept_language: self.accept_language.clone(),
            language: self.language,
            purpose: self.purpose.clone(),
            address: self.address.clone(),
            arrived: Instant::now(),
            answer_bytes: AtomicUsize::new(0),
            is_change: AtomicBool::new(false),
            ends: OnceLock::new(),
            failed: OnceLock::new(),
        }
    }
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

/// A random identifier, written as UUIDs are.
fn new_request_id() -> String {
    let hex = random_hex::<16>();
    let (a, b, c, d) = (&hex[..8], &hex[8..12], &hex[13..16], &hex[17..20]);
    format!("{a}-{b}-4{c}-8{d}-{}", &hex[20..])
}

/// The caller's address; each trusted proxy adds one entry at the end of X-Forwarded-For.
pub fn address_of(req: &HttpRequest, trusted_proxies: usize) -> String {
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
    pub trusted_proxies: usize,
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
        self.proven(value.to_str().map_err(|_| INVALID_TOKEN)?).await
    }

    /// Who says so, proven.
    async fn proven(&self, authorization: &str) -> Result<Caller, Refusal> {
        self.callers.identify(Some(authorization)).await.map_err(|refused| match refused {
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
    pub async fn admit(&self, req: &HttpRequest, trace: &Trace) -> (Admission, Option<Refusal>) {
        match self.identify(req).await {
            Ok(caller) => (self.admission(req, caller, trace), None),
            Err(refusal) => (self.admission(req, None, trace), Some(refusal)),
        }
    }

    /// Of whoever says who it is once it is connected; for what purpose is nothing it can say.
    pub async fn admit_connected(
        &self,
        req: &HttpRequest,
        authorization: Option<&str>,
        trace: &Trace,
    ) -> Result<Admission, Refusal> {
        let caller = match authorization {
            Some(authorization) => self.proven(authorization).await?,
            None => None,
        };
        Ok(Admission { purpose: None, ..self.admission(req, caller, trace) })
    }

    fn admission(&self, req: &HttpRequest, caller: Caller, trace: &Trace) -> Admission {
        let headers = req.headers();
        let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let is_of_language = |byte: u8| byte.is_ascii_alphanumeric() || b"*,;=. -".contains(&byte);
        let is_of_purpose = |byte: u8| byte.is_ascii_alphanumeric() || b"%._~!'()*-".contains(&byte);
        Admission {
            caller,
            request_id: sane(headers, "x-request-id", NAME_MAX, is_of_id).unwrap_or_else(new_request_id),
            trace: trace.clone(),
            accept_language: sane(headers, "accept-language", LANGUAGE_MAX, is_of_language),
            language: language_of(header(headers, "accept-language")),
            purpose: sane(headers, "x-purpose", PURPOSE_MAX, is_of_purpose),
            address: address_of(req, self.trusted_proxies),
            arrived: Instant::now(),
            answer_bytes: AtomicUsize::new(0),
            is_change: AtomicBool::new(false),
            ends: OnceLock::new(),
            failed: OnceLock::new(),
        }
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
    fn a_new_request_id_looks_like_a_uuid() {
        let id = new_request_id();

        assert_eq!(id.len(), 36);
        assert_ne!(id, new_request_id());
    }
}
