//! The way to a service: one POST, JSON both ways, signed, within the time that is left.
use std::sync::atomic::Ordering;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hive_router::http::{HeaderValue, Request, StatusCode};
use hive_router::tokio::task::spawn;
use http_body_util::Full;
use serde_json::json;

use crate::admission::Admission;
use crate::deadlines::{left, told_ms};
use crate::log;
use crate::metrics::Metrics;
use crate::outbound::{call, Answer, Lost};
use crate::replicas::Replicas;
use crate::signing::{Call, Signer};
use crate::traces::Trace;

/// Addresses tried for one call.
const TRIES_MAX: usize = 3;
/// Of its whole time a request must have been kept so long, for that to be the service's fault.
const FAULT_SHARE: f64 = 0.5;

#[derive(Clone, Copy, PartialEq)]
enum Repeat {
    Anywhere,
    Elsewhere,
    Never,
}

/// A call without a GraphQL answer: the service was not reached, or it refused the caller.
pub struct CallFailed {
    pub code: &'static str,
    /// The sentence that callers are told.
    pub text: &'static str,
    pub rule: Option<&'static str>,
    reason: String,
    /// It kept its caller in vain; what is refused at once keeps nobody.
    is_fault: bool,
    repeat: Repeat,
}

fn unavailable(reason: impl Into<String>, rule: &'static str, repeat: Repeat) -> CallFailed {
    let rule = (!rule.is_empty()).then_some(rule);
    let (code, reason) = ("UNAVAILABLE", reason.into());
    CallFailed { code, text: code, rule, reason, is_fault: false, repeat }
}

fn failed(code: &'static str, text: &'static str, reason: impl Into<String>) -> CallFailed {
    let reason = reason.into();
    CallFailed { code, text, rule: None, reason, is_fault: false, repeat: Repeat::Never }
}

/// What is asked of a service, whichever of its addresses takes it.
struct Question<'a> {
    body: &'a Bytes,
    admission: &'a Admission,
    trace: &'a Trace,
}

pub struct Transport {
    services: Vec<Replicas>,
    signer: Signer,
    answer_max: usize,
    metrics: Arc<Metrics>,
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn authorization_of(admission: &Admission) -> Option<&str> {
    admission.caller.as_ref().map(|known| known.authorization.as_str())
}

/// What of the caller's own headers goes on.
fn headers_of(admission: &Admission) -> impl Iterator<Item = (&'static str, &str)> {
    let own = [
        ("authorization", authorization_of(admission)),
        ("accept-language", admission.accept_language.as_deref()),
        ("x-purpose", admission.purpose.as_deref()),
    ];
    own.into_iter().filter_map(|(name, given)| Some((name, given?)))
}

fn result_of(answer: Answer) -> Result<Bytes, CallFailed> {
    let Answer { status, headers, body } = answer;
    let challenge = headers.get("www-authenticate").and_then(|value| value.to_str().ok());
    let is_token = challenge.is_some_and(|text| text.contains("error=\"invalid_token\""));
    if status == StatusCode::UNAUTHORIZED && is_token {
        let code = "UNAUTHENTICATED";
        return Err(failed(code, code, "the service refused the token"));
    }
    let said = format!("HTTP {}", status.as_u16());
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        let may = matches!(status.as_u16(), 502..=504);
        let repeat = if may { Repeat::Elsewhere } else { Repeat::Never };
        return Err(unavailable(said, "NOT_READY", repeat));
    }
    if status.is_client_error() {
        let reason = format!("the service refused the call itself: {said}");
        return Err(failed("INTERNAL", "INTERNAL", reason));
    }
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(unavailable(format!("{said}, and not JSON"), "", Repeat::Never));
    }
    Ok(body)
}

impl Transport {
    pub fn new(services: Vec<Replicas>, signer: Signer, answer_max: usize, metrics: Arc<Metrics>) -> Self {
        Self { services, signer, answer_max, metrics }
    }

    pub fn services(&self) -> &[Replicas] {
        &self.services
    }

    fn request(
        &self,
        url: &str,
        question: &Question<'_>,
        deadline_ms: u64,
    ) -> Result<Request<Full<Bytes>>, CallFailed> {
        let Question { body, admission, trace } = question;
        let authorization = authorization_of(admission).unwrap_or_default();
        let call = Call { target: url, authorization, request_id: &admission.request_id, deadline_ms };
        let proof = self.signer.prove(&call, body);
        let mut request = Request::post(url)
            .header("accept", "application/json")
            .header("accept-encoding", "identity")
            .header("connection", "keep-alive")
            .header("user-agent", "congvu-gateway")
            .header("content-type", "application/json")
            .header("x-request-id", value(&admission.request_id))
            .header("traceparent", value(&trace.parent))
            .header("x-deadline-ms", deadline_ms)
            .header("content-digest", value(&proof.content_digest))
            .header("signature-input", value(&proof.signature_input))
            .header("signature", value(&proof.signature));
        for (name, text) in headers_of(admission) {
            request = request.header(name, value(text));
        }
        let body = Full::new((*body).clone());
        request.body(body).map_err(|_| failed("INTERNAL", "INTERNAL", "a call cannot be written"))
    }

    async fn attempt(&self, url: &str, question: &Question<'_>) -> Result<Bytes, CallFailed> {
        let begun = Instant::now();
        let whole = question.admission.ends.get().map_or(Duration::ZERO, |(_, budget)| *budget);
        self.answered(url, question).await.map_err(|failed| {
            let is_fault = begun.elapsed() > whole.mul_f64(FAULT_SHARE);
            CallFailed { is_fault, ..failed }
        })
    }

    async fn answered(&self, url: &str, question: &Question<'_>) -> Result<Bytes, CallFailed> {
        let admission = question.admission;
        let wait = left(admission);
        let late = || unavailable("no answer in time", "TIME_LIMIT", Repeat::Never);
        if wait < Duration::from_millis(1) {
            return Err(late());
        }
        let request = self.request(url, question, told_ms(wait))?;
        let room =
            |size: usize| admission.answer_bytes.fetch_add(size, Ordering::Relaxed) + size <= self.answer_max;
        match call(request, wait, room).await {
            Ok(answer) => result_of(answer),
            Err(Lost::TimedOut) => Err(late()),
            Err(Lost::TooLarge) => {
                Err(failed("INVALID", "ANSWER_TOO_LARGE", "more bytes than one request may get"))
            }
            Err(lost) => Err(unavailable(lost.text(), "NOT_REACHED", Repeat::Anywhere)),
        }
    }

    /// Hands a call to one replica after the other, until one takes it. What was begun may be begun
    /// again: a query changes nothing, and every mutation carries a key under which it is done once.
    async fn try_each(&self, replicas: &Replicas, question: &Question<'_>) -> Result<Bytes, CallFailed> {
        let mut tried = Vec::new();
        let mut last = None;
        while tried.len() < TRIES_MAX {
            let Some((index, replica)) = replicas.next(&tried) else { break };
            tried.push(index);
            let answered = self.attempt(&replica.url, question).await;
            replica.record(answered.as_ref().is_err_and(|error| error.is_fault));
            if answered.as_ref().is_err_and(|error| error.repeat == Repeat::Elsewhere) {
                replica.is_not_ready();
            }
            match answered {
                Err(error)
                    if error.repeat == Repeat::Anywhere
                        || error.repeat == Repeat::Elsewhere && replicas.all.len() > tried.len() =>
                {
                    last = Some(error);
                }
                answered => return answered,
            }
        }
        Err(last.unwrap_or_else(|| {
            unavailable("it did not answer lately and is left alone", "CIRCUIT_OPEN", Repeat::Never)
        }))
    }

    async fn ask(&self, service: &str, body: Bytes, admission: &Admission) -> Result<Bytes, CallFailed> {
        let begun = Instant::now();
        let trace = admission.trace.call(service);
        let question = Question { body: &body, admission, trace: &trace };
        let answered = match self.services.iter().find(|one| one.service == service) {
            Some(replicas) => self.try_each(replicas, &question).await,
            None => Err(failed("INTERNAL", "INTERNAL", "the service has no address")),
        };
        let outcome = answered.as_ref().map_or_else(|error| error.code, |_| "OK");
        trace.end(outcome);
        self.metrics.call(service, outcome, begun.elapsed());
        if let Err(error) = &answered {
            if error.rule == Some("TIME_LIMIT") {
                self.metrics.deadline(service);
            }
            let about =
                json!({"subgraph": service, "requestId": admission.request_id, "error": error.reason});
            let is_ours = error.code == "INTERNAL";
            let text = if is_ours { "a call to a subgraph failed here" } else { "a subgraph did not answer" };
            log::error(text, about);
        }
        answered
    }

    /// Who hangs up is waited for no longer, except by a change: a service ends what it began.
    pub async fn call(
        self: &Arc<Self>,
        service: &str,
        body: Bytes,
        admission: &Arc<Admission>,
    ) -> Result<Bytes, CallFailed> {
        if !admission.is_change.load(Ordering::Relaxed) {
            return self.ask(service, body, admission).await;
        }
        let (own, admission, service) = (self.clone(), admission.clone(), service.to_string());
        let asked = spawn(async move { own.ask(&service, body, &admission).await });
        asked.await.unwrap_or_else(|_| Err(failed("INTERNAL", "INTERNAL", "a call broke off")))
    }
}
