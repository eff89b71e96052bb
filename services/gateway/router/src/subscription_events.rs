//! Subscriptions as server-sent events: distinct connections, as graphql-sse has them.
use std::convert::Infallible;
use std::sync::Arc;

use futures_util::stream::unfold;
use hive_router::http::{Method, StatusCode};
use hive_router::ntex::util::Bytes;
use hive_router::ntex::web::{types::Payload, HttpRequest, HttpResponse};

use crate::admission::{drop_body, header, Admission};
use crate::answers::set;
use crate::changes::{refused, stream_of};
use crate::faults::{body_of, json_of, status_of, Fault};
use crate::judge::{one, Faults};
use crate::observing::Watched;
use crate::params::{checked, media_of, read, require_preflight, Unread};
use crate::serve::{Gateway, Running};
use crate::subscriptions::{Asked, Subscriber, Telling, Told};

const EVENTS: &str = "text/event-stream";
const COMPLETE: &str = "event: complete\ndata:\n\n";

pub fn is_asked(req: &HttpRequest) -> bool {
    req.path() == "/graphql/stream" && req.method() == Method::POST
}

fn next_of(result: &str) -> String {
    format!("event: next\ndata: {result}\n\n")
}

struct Following {
    telling: Option<Telling>,
    _held: (Watched, Running),
}

impl Following {
    async fn next(&mut self) -> Option<String> {
        Some(match self.telling.as_mut()?.next().await {
            Some(Told::Result(result)) => next_of(&result),
            Some(Told::SignOfLife) => ":\n\n".to_string(),
            None => {
                self.telling = None;
                COMPLETE.to_string()
            }
        })
    }
}

fn judged(gateway: &Gateway, req: &HttpRequest, body: &[u8], admission: &Admission) -> Result<Asked, Faults> {
    require_preflight(req).map_err(one)?;
    let sent = read(req, body).map_err(|unread| match unread {
        Unread::Fault(fault) => one(fault),
        Unread::UnsupportedMedia => one(Fault::new("This kind of body is not read.", "BAD_REQUEST", 415)),
    })?;
    let params = checked(sent, req).map_err(one)?;
    let resolved = gateway.answers.documents.resolve(params.document_id.as_deref(), params.query);
    let text = resolved.map_err(|(text, status, code)| {
        one(Fault::new(gateway.messages.say(text, admission.language), code, status))
    })?;
    let Some(text) = text else {
        return Err(one(Fault::standard("Must provide query string.", "BAD_REQUEST")));
    };
    let (name, variables) = (params.operation_name, params.variables);
    gateway.subscriptions.judged(&text, name, variables, admission.language)
}

/// What is told at once, as its reader wants it.
fn told(req: &HttpRequest, status: u16, result: String) -> HttpResponse {
    let accept = header(req.headers(), "accept");
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if accept.unwrap_or_default().contains(EVENTS) {
        let text = format!("{}{COMPLETE}", next_of(&result));
        return HttpResponse::build(status).content_type(format!("{EVENTS}; charset=utf-8")).body(text);
    }
    match media_of(accept) {
        Some(_) => json_of(status.as_u16(), result),
        None => HttpResponse::NotAcceptable().finish(),
    }
}

fn takes_events(req: &HttpRequest) -> bool {
    let accept = header(req.headers(), "accept").filter(|text| !text.is_empty()).unwrap_or("*/*");
    [EVENTS, "text/*", "*/*"].iter().any(|kind| accept.contains(kind))
}

/// Answers who subscribes.
pub async fn serve(
    gateway: &Arc<Gateway>,
    req: &HttpRequest,
    payload: &mut Payload,
    mut watched: Watched,
) -> HttpResponse {
    watched.operation = "subscription".into();
    watched.is_stream = true;
    let admitter = &gateway.answers.admitter;
    let (admission, refusal) = admitter.admit(req, &watched.trace).await;
    let body = match refusal {
        Some(refusal) => Err(refusal),
        None => admitter.take_body(req, payload, &admission.caller).await,
    };
    match body {
        Ok(body) => answered(gateway, req, &body, (admission, watched)).await,
        Err((status, code, text)) => {
            drop_body(payload).await;
            let text = gateway.messages.say(text, admission.language);
            refused(&mut watched, (status, code, text), &admission.request_id)
        }
    }
}

async fn answered(
    gateway: &Arc<Gateway>,
    req: &HttpRequest,
    body: &[u8],
    (admission, mut watched): (Admission, Watched),
) -> HttpResponse {
    let admission = Arc::new(admission);
    let telling = match judged(gateway, req, body, &admission) {
        Err(faults) => Err(failed(&faults)),
        Ok(asked) if !asked.is_subscription() => {
            Err((200, gateway.subscriptions.answered(&asked, &gateway.feeds.streams)))
        }
        Ok(_) if !takes_events(req) => {
            watched.answered(StatusCode::NOT_ACCEPTABLE);
            return HttpResponse::NotAcceptable().finish();
        }
        Ok(asked) => {
            let (gateway, req, admission) = (gateway.clone(), req.clone(), admission.clone());
            let listening = gateway.feeds.listen(&admission);
            let opened = Telling::open(&Subscriber { gateway, req, admission }, asked, listening).await;
            opened.map_err(|faults| failed(&faults))
        }
    };
    match telling {
        Ok(telling) => {
            watched.outcome = Some("OK");
            let held = (watched, Running::of(gateway));
            events(Following { telling: Some(telling), _held: held }, &admission.request_id)
        }
        Err((status, result)) => {
            let mut response = told(req, status, result);
            set(&mut response, "x-request-id", &admission.request_id);
            watched.answered(response.status());
            response
        }
    }
}

fn failed(faults: &Faults) -> (u16, String) {
    (status_of(faults, true), String::from_utf8(body_of(faults)).unwrap_or_default())
}

fn events(following: Following, request_id: &str) -> HttpResponse {
    let text = |mut following: Following| async move {
        let text = following.next().await?;
        Some((Ok::<Bytes, Infallible>(Bytes::from(text)), following))
    };
    stream_of(unfold(following, text), request_id)
}
