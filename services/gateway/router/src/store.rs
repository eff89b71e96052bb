//! The counts that several gateways share: a server that speaks the Redis protocol.
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

use hive_router::tokio::runtime::Builder;
use hive_router::tokio::time::{sleep, timeout};
use prometheus::IntGauge;
use redis::aio::MultiplexedConnection;
use redis::{Client, TlsCertificates};
use serde_json::json;

use crate::log;
use crate::metrics::Metrics;
use crate::settings::{ConfigError, Settings};

const CONNECT_WITHIN: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// A store that takes longer is away: callers do not wait for it.
const ANSWER_WITHIN: Duration = Duration::from_millis(100);

pub struct Store {
    connection: RwLock<Option<MultiplexedConnection>>,
    up: IntGauge,
}

fn client(settings: &Settings) -> Result<Client, ConfigError> {
    let wrong = |error: redis::RedisError| {
        ConfigError(format!("CONGVU_RATE_LIMIT_URL: cannot be used ({:?})", error.kind()))
    };
    let (url, file) = (settings.text("rateLimitUrl"), settings.text("rateLimitCaFile"));
    if file.is_empty() {
        return Client::open(url).map_err(wrong);
    }
    let root = std::fs::read(file).map_err(|error| {
        let code = crate::settings::code_of(&error);
        ConfigError(format!("CONGVU_RATE_LIMIT_CA_FILE: cannot read '{file}' ({code})"))
    })?;
    let certificates = TlsCertificates { client_tls: None, root_cert: Some(root) };
    Client::build_with_tls(url, certificates).map_err(wrong)
}

impl Store {
    /// None where nothing is shared; else one that connects by itself and again, on a thread of
    /// its own.
    pub fn open(settings: &Settings, metrics: &Arc<Metrics>) -> Result<Option<Arc<Self>>, ConfigError> {
        if settings.text("rateLimitUrl").is_empty() {
            return Ok(None);
        }
        let client = client(settings)?;
        let up = metrics.store_up().map_err(|error| ConfigError(error.to_string()))?;
        let store = Arc::new(Self { connection: RwLock::new(None), up });
        let own = store.clone();
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime for the store").block_on(own.keep(client));
        });
        Ok(Some(store))
    }

    async fn keep(&self, client: Client) {
        let mut is_up = None;
        loop {
            let kept = self.connection.read().ok().and_then(|kept| kept.clone());
            let found = match kept {
                Some(connection) => Some(connection),
                None => timeout(CONNECT_WITHIN, client.get_multiplexed_async_connection())
                    .await
                    .ok()
                    .and_then(Result::ok),
            };
            let now = match found {
                Some(mut connection) => {
                    let ping = redis::cmd("PING");
                    let asked = ping.query_async::<String>(&mut connection);
                    let answered = timeout(CONNECT_WITHIN, asked).await;
                    matches!(answered, Ok(Ok(_))).then_some(connection)
                }
                None => None,
            };
            self.tell(&mut is_up, now.is_some());
            if let Ok(mut kept) = self.connection.write() {
                *kept = now;
            }
            sleep(LOOK_EVERY).await;
        }
    }

    fn tell(&self, was: &mut Option<bool>, is: bool) {
        if *was == Some(is) {
            return;
        }
        *was = Some(is);
        self.up.set(i64::from(is));
        if is {
            log::info("the shared rate limit is there", json!({}));
        } else {
            log::warn("the shared rate limit is away", json!({}));
        }
    }

    /// What is consumed of a key with these points, and the milliseconds until it is forgotten;
    /// none while the store does not answer.
    pub async fn consume(&self, key: &str, points: u64, window_s: u64) -> Option<(u64, u64)> {
        let mut connection = self.connection.read().ok()?.clone()?;
        let mut both = redis::pipe();
        both.atomic();
        both.cmd("SET").arg(key).arg(0).arg("EX").arg(window_s).arg("NX").ignore();
        both.cmd("INCRBY").arg(key).arg(points);
        both.cmd("PTTL").arg(key);
        let asked = both.query_async::<(u64, i64)>(&mut connection);
        let (consumed, left) = timeout(ANSWER_WITHIN, asked).await.ok()?.ok()?;
        Some((consumed, u64::try_from(left).unwrap_or(window_s * 1000)))
    }
}
