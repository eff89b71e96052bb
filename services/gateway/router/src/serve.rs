//! The gateway as an HTTP server: its addresses, its start, its orderly end.
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use hive_router::ntex::http::ConnectionType;
use hive_router::ntex::rt;
use hive_router::ntex::server::Server;
use hive_router::ntex::time::Seconds;
use hive_router::ntex::web::{self, types::Payload, types::State, HttpRequest, HttpResponse};
use hive_router::tokio::signal::unix::{signal, SignalKind};
use hive_router::tokio::time::{sleep, timeout};
use serde_json::{json, Value};

use crate::admission::header;
use crate::answers::{is_graph, is_question, Answers};
use crate::assets::Assets;
use crate::changes;
use crate::crowding::Place;
use crate::faults::{json_of, refusal};
use crate::feeds::Feeds;
use crate::hosts::{host_of, is_from_here, LOOPBACK_NAMES};
use crate::listeners::{failed, http_config, listen};
use crate::log;
use crate::messages::{language_of, Messages};
use crate::metrics::{Metrics, CONTENT_TYPE};
use crate::observing::{Observer, Watched, NO_OPERATION};
use crate::pages::Pages;
use crate::replicas::LOOK_EVERY;
use crate::settings::{ConfigError, Settings};
use crate::sockets::{self, Sockets};
use crate::subscription_events;
use crate::subscriptions::Subscriptions;

/// Beyond what may be set: the process ends before.
const LONGEST_END: Seconds = Seconds(601);
const IDLE_LOOK: Duration = Duration::from_millis(20);
/// For the last answers to leave the process.
const FLUSH: Duration = Duration::from_millis(100);

pub struct Gateway {
    pub answers: Answers,
    pub messages: Arc<Messages>,
    pub metrics: Arc<Metrics>,
    pub feeds: Feeds,
    pub subscriptions: Subscriptions,
    pub sockets: Sockets,
    observer: Observer,
    assets: Assets,
    pages: Pages,
    hosts: Vec<String>,
    is_open: bool,
    stopping: AtomicBool,
    running: AtomicUsize,
}

impl Gateway {
    pub fn new(
        settings: &Settings,
        answers: Answers,
        heard: (Feeds, Subscriptions),
        observer: Observer,
    ) -> Self {
        let (feeds, subscriptions) = heard;
        let (messages, metrics) = (answers.messages.clone(), answers.metrics.clone());
        Self {
            assets: Assets::read(settings),
            pages: Pages::new(settings, &messages, &metrics),
            hosts: settings.list("hosts"),
            is_open: settings.is_open,
            stopping: AtomicBool::new(false),
            running: AtomicUsize::new(0),
            answers,
            feeds,
            subscriptions,
            sockets: Sockets::default(),
            observer,
            messages,
            metrics,
        }
    }

    async fn readiness(&self) -> HttpResponse {
        let mut parts = serde_json::Map::new();
        for service in self.answers.services() {
            parts.insert(service.service.into(), service.look().await.into());
        }
        let graph = if self.answers.is_loaded() { "ready" } else { "not loaded" };
        parts.insert("supergraph".into(), graph.into());
        let missing: Vec<&String> =
            parts.iter().filter(|(_, state)| *state != "ready").map(|(name, _)| name).collect();
        let stopping = self.stopping.load(Ordering::Relaxed);
        let ready = missing.is_empty() && !stopping;
        self.metrics.ready(ready);
        let status = if ready { 200 } else { 503 };
        let state: Value = json!({"ready": ready, "missing": missing, "parts": parts, "stopping": stopping});
        json_of(status, state.to_string())
    }

    /// Health, and figures where they are not for everybody.
    async fn operator(&self, req: &HttpRequest, with_metrics: bool) -> Option<HttpResponse> {
        match req.path() {
            "/livez" => Some(json_of(200, json!({"status": "live"}).to_string())),
            "/readyz" => Some(self.readiness().await),
            "/metrics" if with_metrics => {
                Some(HttpResponse::Ok().content_type(CONTENT_TYPE).body(self.metrics.text()))
            }
            _ => None,
        }
    }

    fn is_served(&self, host: &str) -> bool {
        LOOPBACK_NAMES.contains(&host) || self.hosts.iter().any(|own| own == host)
    }

    async fn handle(self: &Arc<Self>, req: &HttpRequest, payload: &mut Payload) -> HttpResponse {
        let place = is_question(req).then(|| self.answers.enter(req));
        if matches!(place, Some(None)) {
            // One too many: nothing more of it is looked at, and it is told with the others.
            self.metrics.operation(NO_OPERATION, "UNAVAILABLE");
            return self.answers.turned_away(req, payload).await;
        }
        let Some(host) = host_of(req) else {
            return refusal(400, "INVALID", "The address or the Host header is malformed.");
        };
        let with_metrics = self.is_open && is_from_here(req);
        if let Some(answer) = self.operator(req, with_metrics).await {
            return answer;
        }
        let mut watched = self.observer.watch(req);
        let is_served = self.is_served(&host);
        if is_served {
            if sockets::are_asked(req) {
                return sockets::serve(self, req, watched).await;
            }
            if subscription_events::is_asked(req) {
                return subscription_events::serve(self, req, payload, watched).await;
            }
            if let Some(stream) = changes::named(self, req) {
                return changes::serve(self, req, watched, stream).await;
            }
        }
        let response = match is_served {
            true => self.answer(req, payload, &mut watched, place.flatten()).await,
            false => {
                let language = language_of(header(req.headers(), "accept-language"));
                refusal(421, "INVALID", self.messages.say("WRONG_HOST", language))
            }
        };
        watched.answered(response.status());
        response
    }

    async fn answer(
        &self,
        req: &HttpRequest,
        payload: &mut Payload,
        watched: &mut Watched,
        place: Option<Place>,
    ) -> HttpResponse {
        if let Some(answer) = self.assets.serve(req).await {
            let is_receipts = req.path().starts_with("/bien-nhan");
            watched.operation = if is_receipts { "receipts" } else { "playground" }.into();
            return answer;
        }
        if let Some(answer) = self.pages.serve(req, payload, &watched.trace).await {
            watched.operation = "pages".into();
            return answer;
        }
        match req.path() {
            path if is_graph(path) => self.answers.answer(req, payload, watched, place).await,
            _ => HttpResponse::NotFound().finish(),
        }
    }
}

async fn handle(req: HttpRequest, mut payload: Payload, gateway: State<Arc<Gateway>>) -> HttpResponse {
    let _running = Running::of(gateway.get_ref());
    let mut response = gateway.handle(&req, &mut payload).await;
    if gateway.stopping.load(Ordering::Relaxed) {
        // The next request goes to another gateway.
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    response
}

/// Counts what runs; counted down also when the client is gone and the rest is dropped.
pub struct Running(Arc<Gateway>);

impl Running {
    pub fn of(gateway: &Arc<Gateway>) -> Self {
        gateway.running.fetch_add(1, Ordering::Relaxed);
        Self(gateway.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn handle_operator(req: HttpRequest, gateway: State<Arc<Gateway>>) -> HttpResponse {
    match gateway.operator(&req, true).await {
        Some(answer) => answer,
        None => json_of(404, "{}"),
    }
}

async fn told_to_end() -> &'static str {
    let mut term = signal(SignalKind::terminate()).expect("signals can be heard");
    let mut interrupt = signal(SignalKind::interrupt()).expect("signals can be heard");
    hive_router::tokio::select! {
        _ = term.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

/// On a listener of their own.
fn serve_operators(settings: &Settings, gateway: Arc<Gateway>) -> Result<(), ConfigError> {
    let (host, port) = (settings.text("metricsHost"), settings.number("metricsPort") as u16);
    let listener = listen(host, port, "CONGVU_METRICS")?;
    web::HttpServer::new(async move || {
        web::App::new().state(gateway.clone()).default_service(web::to(handle_operator))
    })
    .workers(1)
    .disable_signals()
    .config(http_config())
    .listen(listener)
    .map_err(failed)?
    .run();
    Ok(())
}

/// Whoever is called is looked at, so that calls go to who is ready; who was turned away is told of.
async fn look_after(gateway: Arc<Gateway>) {
    loop {
        gateway.answers.doors.tell();
        for service in gateway.answers.services() {
            service.look().await;
        }
        gateway.pages.replicas().look().await;
        sleep(LOOK_EVERY).await;
    }
}

/// Serve until told to end: first not ready, so that nobody new is sent here; after a while no new
/// connections; running requests finish; then the process ends.
pub async fn serve(settings: &Settings, gateway: Gateway) -> Result<(), ConfigError> {
    let gateway = Arc::new(gateway);
    if !settings.is_open {
        serve_operators(settings, gateway.clone())?;
    }
    let (host, port) = (settings.text("host"), settings.number("port") as u16);
    let listener = listen(host, port, "CONGVU_GATEWAY")?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let own = gateway.clone();
    let server = web::HttpServer::new(async move || {
        web::App::new().state(own.clone()).default_service(web::to(handle))
    })
    .disable_signals()
    .shutdown_timeout(LONGEST_END)
    .config(http_config())
    .listen(listener)
    .map_err(failed)?
    .run();
    rt::spawn(look_after(gateway.clone()));
    log::info("gateway ready", json!({"host": host, "port": port}));
    let signal = told_to_end().await;
    gateway.stopping.store(true, Ordering::Relaxed);
    gateway.feeds.end();
    log::info("stopping", json!({"signal": signal}));
    sleep(Duration::from_millis(settings.number("drainMs"))).await;
    end(server, &gateway, Duration::from_millis(settings.number("shutdownTimeoutMs"))).await;
    gateway.observer.stop();
    Ok(())
}

async fn end(server: Server, gateway: &Gateway, within: Duration) {
    // Its door closes at once; how long its workers take is ours to say.
    rt::spawn(server.stop(true));
    let idle = async {
        while gateway.running.load(Ordering::Relaxed) > 0 {
            sleep(IDLE_LOOK).await;
        }
    };
    if timeout(within, idle).await.is_err() {
        log::warn("requests still running at the time limit were cut off", json!({}));
        return;
    }
    sleep(FLUSH).await;
}
