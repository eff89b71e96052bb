//! One request to the graph, from its first byte to the answer.
use std::collections::HashMap;
use std::sync::Arc;

use hive_router::executor::plugin_trait::RouterPluginBoxed;
use hive_router::http::{Method, StatusCode};
use hive_router::ntex::http::header::{HeaderName, HeaderValue};
use hive_router::ntex::web::{types::Payload, HttpRequest, HttpResponse};
use hive_router::sonic_rs::Value;
use hive_router::PlanExecutionOutput;

use crate::admission::{drop_body, header, Admission, Admitter, Refusal};
use crate::crowding::{Doors, Place};
use crate::documents::Documents;
use crate::faults::{body_of, json_of, status_of, Fault};
use crate::graph::Graph;
use crate::judge::{one, Faults};
use crate::messages::{language_of, Messages};
use crate::metrics::Metrics;
use crate::observing::Watched;
use crate::params::{checked, media_of, read, require_preflight, Unread, CSRF_HEADERS};
use crate::rate::Rates;
use crate::replicas::Replicas;
use crate::signing::random_hex;
use crate::transport::Transport;

/// Whoever comes again at one moment with all others is refused again with them.
const AGAIN_WITHIN_S: u32 = 3;
const ALLOWED: &str = "GET, POST";
const CORS_METHODS: &str = "GET,POST,OPTIONS";
const CORS_AGE_S: &str = "600";
const FORWARDED: [&str; 5] = ["authorization", "accept-language", "x-request-id", "traceparent", "x-purpose"];

pub struct Answers {
    pub doors: Arc<Doors>,
    pub admitter: Admitter,
    pub graph: Graph,
    pub rates: Rates,
    pub documents: Documents,
    pub transport: Arc<Transport>,
    pub plugins: Arc<Vec<RouterPluginBoxed>>,
    pub messages: Arc<Messages>,
    pub metrics: Arc<Metrics>,
    pub origins: Vec<String>,
}

/// What a request comes to: a body and its status, or what is wrong with it.
enum Outcome {
    Data { body: Vec<u8>, status: StatusCode },
    Faults(Faults),
    UnsupportedMedia,
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

fn code_of(outcome: &Outcome, admission: &Admission) -> &'static str {
    match outcome {
        Outcome::Data { .. } => admission.failed.get().copied().unwrap_or("OK"),
        Outcome::Faults(faults) => faults.first().and_then(|fault| fault.code).unwrap_or("INVALID"),
        Outcome::UnsupportedMedia => "INVALID",
    }
}

pub fn is_graph(path: &str) -> bool {
    matches!(path, "/graphql" | "/graphql/")
}

pub fn is_question(req: &HttpRequest) -> bool {
    req.method() == Method::POST && is_graph(req.path())
}

pub fn set(response: &mut HttpResponse, name: &'static str, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

impl Answers {
    pub fn services(&self) -> &[Replicas] {
        self.transport.services()
    }

    pub fn is_loaded(&self) -> bool {
        self.graph.is_loaded()
    }

    /// No headers at all for an origin that is not listed.
    fn cors(&self, req: &HttpRequest, response: &mut HttpResponse) {
        let Some(origin) = header(req.headers(), "origin") else { return };
        if !self.origins.iter().any(|listed| listed == origin) {
            return;
        }
        set(response, "access-control-allow-origin", origin);
        set(response, "vary", "Origin");
        set(response, "access-control-expose-headers", "x-request-id,retry-after");
        if req.method() == Method::OPTIONS {
            let names = [&FORWARDED[..], &["content-type"], &CSRF_HEADERS].concat();
            set(response, "access-control-allow-methods", CORS_METHODS);
            set(response, "access-control-allow-headers", &names.join(","));
            set(response, "access-control-max-age", CORS_AGE_S);
        }
    }

    /// A place for one more request, if there is one.
    pub fn enter(&self, req: &HttpRequest) -> Option<Place> {
        self.doors.enter(self.admitter.sender_of(req))
    }

    /// A browser's question before a request is answered here alone.
    pub async fn answer(
        &self,
        req: &HttpRequest,
        payload: &mut Payload,
        watched: &mut Watched,
        place: Option<Place>,
    ) -> HttpResponse {
        if req.method() == Method::OPTIONS {
            return self.answer_one(req, payload, &mut None, watched).await;
        }
        let mut place = place.or_else(|| self.enter(req));
        if place.is_none() {
            return self.turned_away(req, payload).await;
        }
        self.answer_one(req, payload, &mut place, watched).await
    }

    /// Costs next to nothing: nobody is asked who it is.
    pub async fn turned_away(&self, req: &HttpRequest, payload: &mut Payload) -> HttpResponse {
        drop_body(payload).await;
        let language = language_of(header(req.headers(), "accept-language"));
        let text = self.messages.say("OVERLOADED", language);
        let fault = Fault::new(text, "UNAVAILABLE", 503).with("ruleId", "OVERLOADED");
        let mut response = json_of(503, body_of(&[fault]));
        let again_s = 1 + u32::from_str_radix(&random_hex::<1>(), 16).unwrap_or_default() % AGAIN_WITHIN_S;
        set(&mut response, "retry-after", &again_s.to_string());
        self.cors(req, &mut response);
        response
    }

    async fn answer_one(
        &self,
        req: &HttpRequest,
        payload: &mut Payload,
        place: &mut Option<Place>,
        watched: &mut Watched,
    ) -> HttpResponse {
        let (admission, refused) = self.admitter.admit(req, &watched.trace).await;
        let admission = Arc::new(admission);
        let is_post = req.method() == Method::POST;
        let body = match refused {
            Some(refusal) => Err(refusal),
            None if is_post => self.admitter.take_body(req, payload, &admission.caller).await,
            None => Ok(Default::default()),
        };
        let mut response = match body {
            _ if req.method() == Method::OPTIONS => HttpResponse::NoContent().finish(),
            Ok(body) => {
                let outcome =
                    self.asked(req, &body, &admission, watched).await.unwrap_or_else(|outcome| outcome);
                watched.outcome = Some(code_of(&outcome, &admission));
                self.told(req, outcome)
            }
            Err(refusal) => {
                if is_post {
                    drop_body(payload).await;
                }
                watched.outcome = Some(refusal.1);
                self.refused(refusal, &admission)
            }
        };
        if let (Some(place), Some((_, budget))) = (place, admission.ends.get()) {
            place.budget = Some(*budget);
        }
        set(&mut response, "x-request-id", &admission.request_id);
        self.cors(req, &mut response);
        response
    }

    fn refused(&self, (status, code, text): Refusal, admission: &Admission) -> HttpResponse {
        let text = self.messages.say(text, admission.language);
        let mut response = json_of(status, body_of(&[Fault::new(text, code, status)]));
        if status == 401 {
            set(&mut response, "www-authenticate", "Bearer error=\"invalid_token\"");
        }
        response
    }

    fn told(&self, req: &HttpRequest, outcome: Outcome) -> HttpResponse {
        let accept = header(req.headers(), "accept");
        let Some(media) = media_of(accept) else { return HttpResponse::NotAcceptable().finish() };
        let mut response = match outcome {
            Outcome::UnsupportedMedia => {
                return HttpResponse::build(StatusCode::UNSUPPORTED_MEDIA_TYPE).finish()
            }
            Outcome::Data { body, status } => HttpResponse::build(status).body(body),
            Outcome::Faults(faults) => {
                let status = status_of(&faults, media == "application/json");
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
                let mut response = HttpResponse::build(status).body(body_of(&faults));
                for fault in &faults {
                    if let Some((name, value)) = &fault.header {
                        set(&mut response, *name, value);
                    }
                }
                response
            }
        };
        set(&mut response, "content-type", &format!("{media}; charset=utf-8"));
        response
    }

    async fn require_rate(&self, admission: &Admission, points: u64) -> Result<(), Fault> {
        match self.rates.consume(&admission.caller, &admission.address, points).await {
            None => Ok(()),
            Some(wait_s) => {
                self.metrics.rate_refusal(admission.caller.is_some());
                let text = self.messages.say("RATE_LIMITED", admission.language);
                let fault = Fault::new(text, "RATE_LIMITED", 429);
                Err(fault.with_header("retry-after", wait_s.to_string()))
            }
        }
    }

    /// What becomes of a request.
    async fn asked(
        &self,
        req: &HttpRequest,
        body: &[u8],
        admission: &Arc<Admission>,
        watched: &mut Watched,
    ) -> Result<Outcome, Outcome> {
        if !matches!(*req.method(), Method::GET | Method::POST) {
            let text = "GraphQL only supports GET and POST requests.";
            return Err(Fault::new(text, "BAD_REQUEST", 405).with_header("allow", ALLOWED).into());
        }
        require_preflight(req)?;
        let sent = read(req, body).map_err(|unread| match unread {
            Unread::Fault(fault) => fault.into(),
            Unread::UnsupportedMedia => Outcome::UnsupportedMedia,
        })?;
        self.require_rate(admission, 1).await?;
        let params = checked(sent, req)?;
        let resolved = self.documents.resolve(params.document_id.as_deref(), params.query);
        let text = resolved.map_err(|(text, status, code)| {
            Fault::new(self.messages.say(text, admission.language), code, status)
        })?;
        let Some(text) = text else {
            return Err(Fault::standard("Must provide query string.", "BAD_REQUEST").into());
        };
        let name = params.operation_name.as_deref();
        let asked = ((text.as_str(), name), params.variables);
        let told = |field: &str| watched.operation = field.to_string().into();
        let output = self.executed(req, admission, asked, told).await.map_err(Outcome::Faults)?;
        Ok(Outcome::Data { body: output.body, status: output.status_code })
    }

    /// The operation that a text and a name stand for, done with these variables; `told` hears what
    /// field it asks for.
    async fn executed(
        &self,
        req: &HttpRequest,
        admission: &Arc<Admission>,
        ((text, name), variables): ((&str, Option<&str>), HashMap<String, Value>),
        told: impl FnOnce(&str),
    ) -> Result<PlanExecutionOutput, Faults> {
        let prepared = self.graph.prepare(req, text, name, admission.language).await?;
        told(&prepared.field);
        self.require_rate(admission, prepared.points - 1).await.map_err(one)?;
        let variables = self.graph.coerce(&prepared, variables, admission.language)?;
        let caller = self.admitter.callers.details(&admission.caller);
        self.graph.execute(req, &self.plugins, admission, caller, (&*prepared, variables)).await
    }

    /// The body that answers one question of our own, asked as a caller.
    pub async fn ask(
        &self,
        req: &HttpRequest,
        admission: &Arc<Admission>,
        (text, variables): (&str, HashMap<String, Value>),
    ) -> Result<Vec<u8>, Fault> {
        self.require_rate(admission, 1).await?;
        let output = self.executed(req, admission, ((text, None), variables), |_| ()).await;
        output.map(|output| output.body).map_err(|faults| faults.into_iter().next().unwrap_or_default())
    }
}
