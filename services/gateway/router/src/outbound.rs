//! Calls to other processes: one client a worker thread, so that no connection crosses threads.
use std::cell::RefCell;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hive_router::http::{HeaderMap, Request, Response, StatusCode};
use hive_router::tokio::time::timeout;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{connect::HttpConnector, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// Far shorter than the services keep an idle connection: none is used that they are closing.
const IDLE: Duration = Duration::from_secs(4);

type Https = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

thread_local! {
    static CLIENT: RefCell<Option<Https>> = const { RefCell::new(None) };
}

fn new_client() -> Https {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    // A machine without certificates reaches http addresses alone.
    let tls = HttpsConnectorBuilder::new().with_native_roots().unwrap_or_else(|_| {
        let none = rustls::RootCertStore::empty();
        let config = rustls::ClientConfig::builder().with_root_certificates(none);
        HttpsConnectorBuilder::new().with_tls_config(config.with_no_client_auth())
    });
    let connector = tls.https_or_http().enable_http1().wrap_connector(http);
    Client::builder(TokioExecutor::new())
        .pool_idle_timeout(IDLE)
        .pool_timer(TokioTimer::new())
        .build(connector)
}

fn client() -> Https {
    CLIENT.with(|kept| kept.borrow_mut().get_or_insert_with(new_client).clone())
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Lost {
    TimedOut,
    Unreachable(&'static str),
    TooLarge,
}

impl Lost {
    pub fn text(&self) -> &'static str {
        match self {
            Self::TimedOut => "TimeoutError",
            Self::Unreachable(what) => what,
            Self::TooLarge => "more bytes than one request may get",
        }
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Read a body; `room` says of each chunk whether there is still room for it.
async fn read(mut body: Incoming, room: impl Fn(usize) -> bool) -> Result<Bytes, Lost> {
    let mut first: Option<Bytes> = None;
    let mut rest = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Lost::Unreachable("the answer broke off"))?;
        let Ok(chunk) = frame.into_data() else { continue };
        if !room(chunk.len()) {
            return Err(Lost::TooLarge);
        }
        match first.take() {
            None if rest.is_empty() => first = Some(chunk),
            None => rest.extend_from_slice(&chunk),
            Some(kept) => {
                rest.extend_from_slice(&kept);
                rest.extend_from_slice(&chunk);
            }
        }
    }
    Ok(first.unwrap_or_else(|| rest.freeze()))
}

/// One call, its answer read whole within the time.
pub async fn call(
    request: Request<Full<Bytes>>,
    within: Duration,
    room: impl Fn(usize) -> bool,
) -> Result<Answer, Lost> {
    let asked = async {
        let response: Response<Incoming> = client().request(request).await.map_err(|error| {
            Lost::Unreachable(if error.is_connect() { "no connection" } else { "no answer" })
        })?;
        let (parts, body) = response.into_parts();
        let body = read(body, room).await?;
        Ok(Answer { status: parts.status, headers: parts.headers, body })
    };
    timeout(within, asked).await.unwrap_or(Err(Lost::TimedOut))
}

/// What stands at an address.
pub async fn get(url: &str, within: Duration, most_bytes: usize) -> Result<Answer, Lost> {
    let request = Request::get(url)
        .header("accept", "application/json")
        .body(Full::default())
        .map_err(|_| Lost::Unreachable("no such address"))?;
    call(request, within, |size| size <= most_bytes).await
}
