//! Hands readers' pages on to the service that renders them; nothing is decided or kept here.
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hive_router::http::{Method, Request, StatusCode};
use hive_router::ntex::http::header::{HeaderName, HeaderValue};
use hive_router::ntex::util::BytesMut;
use hive_router::ntex::web::{types::Payload, HttpRequest, HttpResponse};
use http_body_util::Full;
use serde_json::json;

use crate::admission::header;
use crate::log;
use crate::messages::{Language, Messages};
use crate::metrics::Metrics;
use crate::outbound::{call, Answer};
use crate::replicas::Replicas;
use crate::settings::Settings;
use crate::traces::Trace;

const PLACES: [&str; 2] = ["/cong-khai", "/ket-qua"];
/// Signing in and out, with a token in a form: the only writing there is.
const SIGNING_IN: [&str; 2] = ["/ket-qua/vao", "/ket-qua/ra"];
/// Addresses tried for one page.
const TRIES_MAX: usize = 3;
const FORM_MAX_BYTES: usize = 16_384;
const WITHIN: Duration = Duration::from_secs(35);
/// The longest table of the country is a tenth of this.
const PAGE_MAX_BYTES: usize = 64 * 1024 * 1024;

/// Chosen one by one: nothing else that a browser sends gets further.
const TO_PAGES: [&str; 9] = [
    "accept-encoding",
    "authorization",
    "content-type",
    "cookie",
    "host",
    "if-none-match",
    "sec-fetch-site",
    "x-forwarded-for",
    "x-request-id",
];
const FROM_PAGES: [&str; 14] = [
    "allow",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-security-policy",
    "content-type",
    "etag",
    "link",
    "location",
    "referrer-policy",
    "retry-after",
    "set-cookie",
    "vary",
    "x-content-type-options",
];

pub struct Pages {
    replicas: Replicas,
    messages: Arc<Messages>,
}

fn is_page(path: &str) -> bool {
    let is_under = |rest: &str| rest.is_empty() || rest.starts_with('/');
    PLACES.iter().any(|place| path.strip_prefix(place).is_some_and(is_under))
}

impl Pages {
    pub fn new(settings: &Settings, messages: &Arc<Messages>, metrics: &Arc<Metrics>) -> Self {
        let replicas = Replicas::new("pages", &settings.list("pagesUrls"), metrics);
        Self { replicas, messages: messages.clone() }
    }

    pub fn replicas(&self) -> &Replicas {
        &self.replicas
    }

    fn refuse(&self, status: StatusCode, text: &str) -> HttpResponse {
        let said = [Language::Vietnamese, Language::English].map(|one| self.messages.say(text, one));
        HttpResponse::build(status)
            .content_type("text/plain; charset=utf-8")
            .header("cache-control", "no-store")
            .force_close()
            .body(format!("{}\n{}\n", said[0], said[1]))
    }

    /// The page that is asked for; none where the address is no page's.
    pub async fn serve(
        &self,
        req: &HttpRequest,
        payload: &mut Payload,
        trace: &Trace,
    ) -> Option<HttpResponse> {
        if !is_page(req.path()) {
            return None;
        }
        let is_form = req.method() == Method::POST && SIGNING_IN.contains(&req.path());
        if !matches!(*req.method(), Method::GET | Method::HEAD) && !is_form {
            let mut refused = self.refuse(StatusCode::METHOD_NOT_ALLOWED, "ONLY_READING");
            let allowed = HeaderValue::from_static("GET, HEAD");
            refused.headers_mut().insert(HeaderName::from_static("allow"), allowed);
            return Some(refused);
        }
        let told = header(req.headers(), "content-length").and_then(|text| text.parse().ok());
        if is_form && !told.is_some_and(|told: usize| told <= FORM_MAX_BYTES) {
            return Some(self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"));
        }
        let mut form = BytesMut::new();
        while let Some(Ok(chunk)) = payload.recv().await {
            if form.len() + chunk.len() > FORM_MAX_BYTES {
                return Some(self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"));
            }
            form.extend_from_slice(&chunk);
        }
        Some(self.hand_on(req, Bytes::copy_from_slice(&form), trace).await)
    }

    async fn ask(&self, base: &str, req: &HttpRequest, form: &Bytes, trace: &Trace) -> Option<Answer> {
        let address = req.uri().path_and_query().map_or("/", |address| address.as_str());
        let mut request = Request::builder()
            .method(req.method().clone())
            .uri(format!("{}{address}", base.trim_end_matches('/')))
            .header("connection", "keep-alive")
            .header("traceparent", trace.parent.as_str());
        for name in TO_PAGES {
            if let Some(value) = req.headers().get(name) {
                request = request.header(name, value.as_bytes());
            }
        }
        let request = request.body(Full::new(form.clone())).ok()?;
        call(request, WITHIN, |size| size <= PAGE_MAX_BYTES).await.ok()
    }

    /// What is only read is asked of the next, where one breaks off before it answers.
    async fn hand_on(&self, req: &HttpRequest, form: Bytes, trace: &Trace) -> HttpResponse {
        let most = if req.method() == Method::POST { 1 } else { TRIES_MAX };
        let mut tried = Vec::new();
        while tried.len() < most {
            let Some((index, replica)) = self.replicas.next(&tried) else { break };
            tried.push(index);
            let answered = self.ask(&replica.url, req, &form, trace).await;
            replica.record(false);
            if let Some(answer) = answered {
                return shown(answer);
            }
        }
        log::warn("the pages do not answer", json!({}));
        self.refuse(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE")
    }
}

fn shown(answer: Answer) -> HttpResponse {
    let mut response = HttpResponse::build(answer.status);
    for name in FROM_PAGES {
        for value in answer.headers.get_all(name) {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                response.header(name, value);
            }
        }
    }
    response.body(answer.body.to_vec())
}
