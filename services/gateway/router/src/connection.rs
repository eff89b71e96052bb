//! One connection of subscriptions: what it says, and what it is told.
mod telling;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hive_router::executor::executors::graphql_transport_ws::{
    ClientMessage, ConnectionInitPayload, ServerMessage,
};
use hive_router::ntex::io::{DispatchItem, Reason};
use hive_router::ntex::rt;
use hive_router::ntex::web::ws::{CloseCode, CloseReason, Frame, Message, WsSink};
use hive_router::ntex::web::HttpRequest;
use hive_router::ntex::ws::{error::ProtocolError, Codec, Item};
use hive_router::sonic_rs::{self, JsonValueTrait};
use hive_router::tokio::select;
use hive_router::tokio::sync::oneshot;
use hive_router::tokio::time::sleep;

use crate::admission::Admission;
use crate::observing::Watched;
use crate::serve::{Gateway, Running};
use crate::streams::Limits;
use crate::subscriptions::Subscriber;

const FORBIDDEN: (u16, &str) = (4403, "Forbidden");
const TOKEN_EXPIRED: (u16, &str) = (4403, "Token expired");
const TOO_LONG: (u16, &str) = (1009, "Max payload size exceeded");
const GOING_AWAY: (u16, &str) = (1001, "Going away");
/// For who is told to go to say so too.
const GOES_WITHIN: Duration = Duration::from_secs(5);

/// One connection, until it closes.
pub struct Connection {
    gateway: Arc<Gateway>,
    req: HttpRequest,
    sink: WsSink,
    watched: RefCell<Watched>,
    /// Once it has said who it is, and that was found true.
    subscriber: RefCell<Option<Subscriber>>,
    has_greeted: Cell<bool>,
    is_alive: Cell<bool>,
    is_closing: Cell<bool>,
    /// What it subscribes to, by its own ids; whatever is dropped from here ends.
    running: RefCell<HashMap<String, oneshot::Sender<()>>>,
    /// The pieces of a message that is not whole yet.
    pieces: RefCell<Vec<u8>>,
    /// What it keeps for as long as it is there.
    _held: (Box<dyn Any>, Running),
}

fn close_of((code, reason): (u16, &str)) -> Message {
    Message::Close(Some(CloseReason { code: CloseCode::from(code), description: Some(reason.into()) }))
}

impl Connection {
    /// Begins it; `place` is held until it closes.
    pub fn begin(
        gateway: Arc<Gateway>,
        req: HttpRequest,
        sink: WsSink,
        (watched, place): (Watched, impl Any),
    ) -> Rc<Self> {
        let connection = Rc::new(Self {
            _held: (Box::new(place), Running::of(&gateway)),
            gateway,
            req,
            sink,
            watched: RefCell::new(watched),
            subscriber: RefCell::default(),
            has_greeted: Cell::default(),
            is_alive: Cell::new(true),
            is_closing: Cell::default(),
            running: RefCell::default(),
            pieces: RefCell::default(),
        });
        connection.keep();
        connection
    }

    /// What it subscribes to ends.
    pub fn end(&self) {
        self.running.borrow_mut().clear();
    }

    fn limits(&self) -> &Limits {
        &self.gateway.feeds.streams.sockets
    }

    /// What is done after a while, unless it is gone by then.
    fn later(self: &Rc<Self>, wait: Duration, then: impl FnOnce(&Rc<Self>) + 'static) {
        let own = self.clone();
        rt::spawn(async move {
            select! {
                () = sleep(wait) => then(&own),
                () = own.sink.on_disconnect() => {}
            }
        });
    }

    /// The message that ends it; who does not answer that is cut off.
    fn closing(self: &Rc<Self>, why: (u16, &str)) -> Option<Message> {
        if self.is_closing.replace(true) {
            return None;
        }
        self.end();
        self.later(GOES_WITHIN, |own| own.sink.io().terminate());
        Some(close_of(why))
    }

    async fn close(self: &Rc<Self>, why: (u16, &str)) {
        if let Some(message) = self.closing(why) {
            let _ = self.sink.send(message).await;
        }
    }

    /// Looks whether somebody is there, and ends it with the gateway.
    fn keep(self: &Rc<Self>) {
        let own = self.clone();
        rt::spawn(async move {
            let mut ending = own.gateway.feeds.ending();
            let every = Duration::from_millis(own.limits().keep_alive_ms);
            loop {
                select! {
                    () = own.sink.on_disconnect() => return,
                    _ = ending.wait_for(|is_over| *is_over) => return own.close(GOING_AWAY).await,
                    () = sleep(every) => {}
                }
                if !own.is_alive.replace(false) {
                    return own.sink.io().terminate();
                }
                let _ = own.sink.send(Message::Ping(Default::default())).await;
            }
        });
        self.later(Duration::from_millis(self.limits().init_within_ms), |own| {
            if !own.has_greeted.get() {
                let own = own.clone();
                rt::spawn(async move { own.close((4408, "Connection initialisation timeout")).await });
            }
        });
    }

    /// What comes on it; what answers that at once, if anything does.
    pub async fn came(self: &Rc<Self>, item: DispatchItem<Codec>) -> Option<Message> {
        match item {
            DispatchItem::Item(frame) => {
                let is_over = matches!(frame, Frame::Close(_));
                let answer = self.heard(frame).await;
                if is_over {
                    let own = self.clone();
                    rt::spawn(async move { own.sink.io().close() });
                }
                answer
            }
            DispatchItem::Stop(Reason::Decoder(ProtocolError::Overflow)) => {
                self.close(TOO_LONG).await;
                None
            }
            _ => None,
        }
    }

    async fn heard(self: &Rc<Self>, frame: Frame) -> Option<Message> {
        self.is_alive.set(true);
        match frame {
            Frame::Text(whole) | Frame::Binary(whole) => self.told(&whole).await,
            Frame::Continuation(Item::Last(piece)) => {
                let mut whole = std::mem::take(&mut *self.pieces.borrow_mut());
                whole.extend_from_slice(&piece);
                self.told(&whole).await
            }
            Frame::Continuation(
                Item::FirstText(piece) | Item::FirstBinary(piece) | Item::Continue(piece),
            ) => {
                let mut pieces = self.pieces.borrow_mut();
                pieces.extend_from_slice(&piece);
                let is_too_long = pieces.len() > self.limits().message_max_bytes;
                drop(pieces);
                is_too_long.then(|| self.closing(TOO_LONG)).flatten()
            }
            Frame::Ping(data) => Some(Message::Pong(data)),
            Frame::Pong(_) => None,
            Frame::Close(reason) => (!self.is_closing.replace(true)).then_some(Message::Close(reason)),
        }
    }

    async fn told(self: &Rc<Self>, text: &[u8]) -> Option<Message> {
        let is_too_long = text.len() > self.limits().message_max_bytes;
        let message = (!is_too_long).then(|| sonic_rs::from_slice::<ClientMessage>(text).ok()).flatten();
        match message {
            Some(ClientMessage::ConnectionInit { payload }) => self.greeted(payload).await,
            Some(ClientMessage::Ping {}) => Some(ServerMessage::pong()),
            Some(ClientMessage::Pong {}) => None,
            Some(ClientMessage::Subscribe { id, payload }) => self.subscribed(id, payload),
            Some(ClientMessage::Complete { id }) => {
                self.running.borrow_mut().remove(&id);
                None
            }
            None => self.closing((4400, "Invalid message received")),
        }
    }

    /// Who connects: by the token it sends, or nobody.
    async fn greeted(self: &Rc<Self>, payload: Option<ConnectionInitPayload>) -> Option<Message> {
        if self.has_greeted.replace(true) {
            return self.closing((4429, "Too many initialisation requests"));
        }
        let fields = payload.map(|payload| payload.fields).unwrap_or_default();
        let said = fields.get("Authorization").or_else(|| fields.get("authorization"));
        let trace = self.watched.borrow().trace.clone();
        let admitter = &self.gateway.answers.admitter;
        let admitted = admitter.admit_connected(&self.req, said.and_then(|said| said.as_str()), &trace).await;
        let admission = match admitted {
            Ok(admission) => admission,
            Err((_, code, _)) => {
                self.watched.borrow_mut().outcome = Some(code);
                return self.closing(FORBIDDEN);
            }
        };
        self.watched.borrow_mut().outcome = Some("OK");
        self.end_with_token(&admission);
        let (gateway, req) = (self.gateway.clone(), self.req.clone());
        *self.subscriber.borrow_mut() = Some(Subscriber { gateway, req, admission: Arc::new(admission) });
        Some(ServerMessage::ack())
    }

    /// A token that ends, ends the connection.
    fn end_with_token(self: &Rc<Self>, admission: &Admission) {
        let Some(known) = &admission.caller else { return };
        let ends = known.claims.get("exp").and_then(|exp| exp.as_f64()).unwrap_or_default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let left = Duration::try_from_secs_f64(ends - now).unwrap_or_default();
        self.later(left, |own| {
            let own = own.clone();
            rt::spawn(async move { own.close(TOKEN_EXPIRED).await });
        });
    }
}
