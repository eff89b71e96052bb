//! Subscriptions over WebSocket, as graphql-transport-ws has it: who may connect.
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use hive_router::executor::executors::graphql_transport_ws::WS_SUBPROTOCOL;
use hive_router::http::StatusCode;
use hive_router::ntex::chain;
use hive_router::ntex::io::DispatchItem;
use hive_router::ntex::service::{fn_factory_with_config, fn_service, fn_shutdown};
use hive_router::ntex::web::ws::{self, WsSink};
use hive_router::ntex::web::{self, HttpRequest, HttpResponse};
use hive_router::ntex::ws::Codec;

use crate::admission::{address_of, header};
use crate::connection::Connection;
use crate::observing::Watched;
use crate::serve::Gateway;
use crate::streams::Limits;

/// Counts who is connected, by address.
pub type Sockets = Arc<Mutex<HashMap<String, usize>>>;

struct Place {
    sockets: Sockets,
    address: String,
}

impl Place {
    fn enter(sockets: &Sockets, address: String, limits: &Limits) -> Option<Self> {
        let mut counts = sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.get(&address).copied().unwrap_or_default();
        if own >= limits.of_address_max || counts.values().sum::<usize>() >= limits.max {
            return None;
        }
        counts.insert(address.clone(), own + 1);
        Some(Self { sockets: sockets.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                counts.remove(&self.address);
            }
        }
    }
}

pub fn are_asked(req: &HttpRequest) -> bool {
    let upgrade = header(req.headers(), "upgrade").unwrap_or_default();
    req.path() == "/graphql" && upgrade.eq_ignore_ascii_case("websocket")
}

fn turned_away(watched: &mut Watched, status: StatusCode) -> HttpResponse {
    watched.answered(status);
    HttpResponse::build(status).force_close().finish()
}

/// Takes a connection that asks to become a WebSocket.
pub async fn serve(gateway: &Arc<Gateway>, req: &HttpRequest, mut watched: Watched) -> HttpResponse {
    watched.operation = "subscription".into();
    watched.is_stream = true;
    // The protocol before it let callers start before anybody was asked who they are.
    if !ws::subprotocols(req).any(|offered| offered == WS_SUBPROTOCOL) {
        return turned_away(&mut watched, StatusCode::BAD_REQUEST);
    }
    let address = address_of(req, gateway.answers.admitter.trusted_proxies);
    let place = Place::enter(&gateway.sockets, address, &gateway.feeds.streams.sockets);
    let Some(place) = place.filter(|_| !*gateway.feeds.ending().borrow()) else {
        return turned_away(&mut watched, StatusCode::SERVICE_UNAVAILABLE);
    };
    opened(gateway, req, (watched, place)).await
}

async fn opened(gateway: &Arc<Gateway>, req: &HttpRequest, held: (Watched, Place)) -> HttpResponse {
    let (held, gateway, asked) = (Cell::new(Some(held)), gateway.clone(), req.clone());
    let factory = fn_factory_with_config(move |sink: WsSink| {
        let (held, gateway, req) = (held.take(), gateway.clone(), asked.clone());
        async move {
            let Some(held) = held else {
                return Err(web::Error::from(std::io::Error::other("a connection is made once")));
            };
            let connection = Connection::begin(gateway, req, sink, held);
            let ended = connection.clone();
            let service = fn_service(move |item: DispatchItem<Codec>| {
                let connection = connection.clone();
                async move { Ok::<_, std::io::Error>(connection.came(item).await) }
            });
            Ok(chain(service).and_then(fn_shutdown(async move || ended.end())))
        }
    });
    let started: Result<HttpResponse, web::Error> =
        ws::start_with(req.clone(), Some(WS_SUBPROTOCOL), factory).await;
    started.unwrap_or_else(|_| HttpResponse::BadRequest().force_close().finish())
}
