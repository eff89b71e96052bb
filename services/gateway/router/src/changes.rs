//! The feeds of changes as server-sent events: what a browser's EventSource and any HTTP client read.
use std::convert::Infallible;
use std::sync::Arc;

use futures_util::stream::unfold;
use hive_router::http::{Method, StatusCode};
use hive_router::ntex::util::Bytes;
use hive_router::ntex::web::{HttpRequest, HttpResponse};
use hive_router::sonic_rs;
use serde_json::json;
use url::form_urlencoded;

use crate::admission::header;
use crate::faults::{body_of, json_of, Fault};
use crate::feeds::{Asker, Edge, Heard, Hearing, Page, Refused};
use crate::observing::Watched;
use crate::serve::{Gateway, Running};
use crate::streams::Stream;

fn status_of(code: &str) -> u16 {
    match code {
        "UNAUTHENTICATED" => 401,
        "FORBIDDEN" => 403,
        "INVALID" => 400,
        "RATE_LIMITED" => 429,
        "UNAVAILABLE" => 503,
        _ => 500,
    }
}

fn event_of(Edge { cursor, node }: &Edge) -> String {
    let quoted = |text: &str| sonic_rs::to_string(text).unwrap_or_default();
    // Read and written again: however it came, it is one line.
    let payload = sonic_rs::from_str::<sonic_rs::Value>(&node.payload).unwrap_or_default();
    let (kind, data) = (&node.event_type, sonic_rs::to_string(&payload).unwrap_or_default());
    format!(
        "id: {cursor}\nevent: {kind}\ndata: {{\"type\":{},\"province\":{},\"at\":{},\"data\":{data}}}\n\n",
        quoted(kind),
        quoted(&node.province),
        quoted(&node.at)
    )
}

/// The events that are listened to, and after them the cursor where nothing is to be told.
fn text_of(page: &Page, stream: &Stream) -> String {
    let told: Vec<&Edge> = page.edges.iter().filter(|edge| stream.wants(&edge.node.event_type)).collect();
    let is_past = told.last().is_none_or(|last| last.cursor != page.end());
    let mut text: String = told.into_iter().map(event_of).collect();
    if is_past {
        text.push_str(&format!("id: {}\n\n", page.end()));
    }
    text
}

/// The stream that an address names.
pub fn named(gateway: &Gateway, req: &HttpRequest) -> Option<Arc<Stream>> {
    let name = req.path().strip_prefix("/changes/")?;
    let is_read = req.method() == Method::GET;
    is_read.then(|| gateway.feeds.streams.streams.get(name).cloned()).flatten()
}

/// What is told one listener.
struct Following {
    first: Option<Page>,
    hearing: Hearing,
    stream: Arc<Stream>,
    _held: (Watched, Running),
}

impl Following {
    async fn next(&mut self) -> Option<String> {
        if let Some(page) = self.first.take() {
            return Some(text_of(&page, &self.stream));
        }
        Some(match self.hearing.next().await? {
            Heard::Page(page) => text_of(&page, &self.stream),
            Heard::SignOfLife => ":\n\n".to_string(),
            Heard::Refused(refused) => {
                let told = json!({"code": refused.code(), "message": refused.text});
                format!("event: error\ndata: {told}\n\n")
            }
        })
    }
}

pub fn refused(
    watched: &mut Watched,
    (status, code, text): (u16, &str, &str),
    request_id: &str,
) -> HttpResponse {
    let fault = Fault { message: text.into(), status, ..Fault::default() }.with("code", code);
    let mut response = json_of(status, body_of(&[fault]));
    crate::answers::set(&mut response, "x-request-id", request_id);
    watched.answered(response.status());
    response
}

/// What an address says besides.
fn given(req: &HttpRequest, name: &str) -> Option<String> {
    let mut all = form_urlencoded::parse(req.query_string().as_bytes());
    all.find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

/// Answers a listener.
pub async fn serve(
    gateway: &Arc<Gateway>,
    req: &HttpRequest,
    mut watched: Watched,
    stream: Arc<Stream>,
) -> HttpResponse {
    watched.operation = "changes".into();
    watched.is_stream = true;
    let (admission, refusal) = gateway.answers.admitter.admit(req, &watched.trace).await;
    let admission = Arc::new(admission);
    let say = |text: &str| gateway.messages.say(text, admission.language);
    let id = &admission.request_id;
    if let Some((status, code, text)) = refusal {
        return refused(&mut watched, (status, code, say(text)), id);
    }
    let Some(listening) = gateway.feeds.listen(&admission) else {
        return refused(&mut watched, (429, "RATE_LIMITED", say("RATE_LIMITED")), id);
    };
    let last = header(req.headers(), "last-event-id").filter(|id| !id.is_empty()).map(String::from);
    let after = last.or_else(|| given(req, "after"));
    let asker = Asker {
        gateway: gateway.clone(),
        req: req.clone(),
        admission: admission.clone(),
        stream: stream.clone(),
        province: given(req, "province"),
    };
    match Hearing::open(asker, after.as_deref(), listening).await {
        Ok((hearing, first)) => {
            watched.outcome = Some("OK");
            let held = (watched, Running::of(gateway));
            let following = Following { first: Some(first), hearing, stream, _held: held };
            events(following, id)
        }
        Err(error) => {
            let Refused { text, .. } = &error;
            refused(&mut watched, (status_of(error.code()), error.code(), text), id)
        }
    }
}

fn events(following: Following, request_id: &str) -> HttpResponse {
    let text = |mut following: Following| async move {
        let text = following.next().await?;
        Some((Ok::<Bytes, Infallible>(Bytes::from(text)), following))
    };
    stream_of(unfold(following, text), request_id)
}

/// An answer that goes on.
pub fn stream_of(
    texts: impl futures_util::Stream<Item = Result<Bytes, Infallible>> + 'static,
    request_id: &str,
) -> HttpResponse {
    HttpResponse::build(StatusCode::OK)
        .content_type("text/event-stream; charset=utf-8")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no")
        .header("x-request-id", request_id)
        .streaming(Box::pin(texts))
}
