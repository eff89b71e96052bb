//! The keys that the issuer of tokens publishes: fetched once for all who wait, dropped in minutes.
//!
//! The same numbers as `services/gateway/src/keys.mjs` and the services' kit.
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_lc_rs::signature::{
    RsaPublicKeyComponents, UnparsedPublicKey, ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256,
};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use hive_router::tokio::sync::Mutex as AsyncMutex;
use hive_router::tokio::task::spawn;
use serde_json::{json, Value};

use crate::log;
use crate::metrics::Metrics;
use crate::outbound::get;
use crate::token::Algorithm;

/// How long a key counts that the issuer may have withdrawn meanwhile.
const MAX_AGE: Duration = Duration::from_secs(300);
/// How long keys count while the issuer does not answer.
const KEEP: Duration = Duration::from_secs(3600);
/// The issuer is asked no more often than this, whatever key ids callers make up.
const RETRY: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(3);
const RSA_BYTES_MIN: usize = 256;
const JWKS_BYTES_MAX: usize = 1024 * 1024;

/// The issuer's keys cannot be fetched, so no token can be judged.
#[derive(Debug)]
pub struct KeysUnavailable;

pub enum Key {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Ec { point: Vec<u8> },
}

impl Key {
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::Ec { .. } => Algorithm::Es256,
        }
    }

    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            Self::Ec { point } => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
        }
    }
}

fn bytes_of(published: &Value, name: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(published.get(name)?.as_str()?).ok()
}

/// Id and key where it signs as we accept it; anything else may stand there too.
fn usable(published: &Value) -> Option<(String, Key)> {
    let text = |name: &str| published.get(name).map(Value::as_str);
    let kid = text("kid")??;
    let operations = published.get("key_ops").map(Value::as_array);
    let may_verify =
        operations.is_none_or(|all| all.is_some_and(|all| all.iter().any(|each| each == "verify")));
    if text("use").is_some_and(|usage| usage != Some("sig")) || !may_verify {
        return None;
    }
    let (key, algorithm) = match text("kty")?? {
        "RSA" => {
            let (n, e) = (bytes_of(published, "n")?, bytes_of(published, "e")?);
            if n.len() < RSA_BYTES_MIN {
                return None;
            }
            (Key::Rsa { n, e }, "RS256")
        }
        "EC" if text("crv")? == Some("P-256") => {
            let (x, y) = (bytes_of(published, "x")?, bytes_of(published, "y")?);
            (Key::Ec { point: [&[4], &x[..], &y[..]].concat() }, "ES256")
        }
        _ => return None,
    };
    let named = text("alg").is_none_or(|alg| alg == Some(algorithm));
    named.then(|| (kid.to_string(), key))
}

struct Known {
    keys: Arc<HashMap<String, Arc<Key>>>,
    fetched: Option<Instant>,
    tried: Option<Instant>,
    epoch: u64,
}

pub struct IssuerKeys {
    url: String,
    known: Mutex<Known>,
    flight: AsyncMutex<()>,
    metrics: Arc<Metrics>,
}

fn older(than: Duration, moment: Option<Instant>) -> bool {
    moment.is_none_or(|at| at.elapsed() > than)
}

impl IssuerKeys {
    pub fn new(url: &str, metrics: &Arc<Metrics>) -> Arc<Self> {
        let known = Known { keys: Arc::default(), fetched: None, tried: None, epoch: 0 };
        Arc::new(Self {
            url: url.into(),
            known: Mutex::new(known),
            flight: AsyncMutex::new(()),
            metrics: metrics.clone(),
        })
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Which state of the keys this is: what was judged by another one is judged again.
    pub fn epoch(&self) -> u64 {
        let known = self.known();
        if older(MAX_AGE, known.fetched) {
            0
        } else {
            known.epoch
        }
    }

    async fn fetch(&self) {
        let now = Instant::now();
        self.known().tried = Some(now);
        let answer = get(&self.url, TIMEOUT, JWKS_BYTES_MAX).await;
        let published = answer.ok().filter(|answer| answer.status.is_success()).and_then(|answer| {
            let parsed: Value = serde_json::from_slice(&answer.body).ok()?;
            Some(parsed.get("keys")?.as_array()?.iter().filter_map(usable).collect::<Vec<_>>())
        });
        match published {
            Some(keys) => {
                let mut known = self.known();
                known.keys = Arc::new(keys.into_iter().map(|(id, key)| (id, Arc::new(key))).collect());
                known.fetched = Some(now);
                known.epoch += 1;
            }
            None => {
                self.metrics.keys_failures.inc();
                log::warn("the issuer's keys cannot be read", json!({}));
            }
        }
    }

    /// The one request that everybody waits for; none within `RETRY` of the last one.
    async fn fly(&self) {
        let asked = Instant::now();
        let _turn = self.flight.lock().await;
        let may = {
            let known = self.known();
            let others_did = known.tried.is_some_and(|tried| tried >= asked);
            !others_did && (older(RETRY, known.tried) || older(KEEP, known.fetched))
        };
        if may {
            self.fetch().await;
        }
    }

    /// An issuer that did not answer last time is asked again without making anybody wait.
    async fn renew(self: &Arc<Self>) -> Result<(), KeysUnavailable> {
        let (is_old, is_over, lost_before) = {
            let known = self.known();
            (older(MAX_AGE, known.fetched), older(KEEP, known.fetched), known.tried > known.fetched)
        };
        if is_old && (!lost_before || is_over) {
            self.fly().await;
        } else if is_old {
            let own = self.clone();
            spawn(async move { own.fly().await });
        }
        if older(KEEP, self.known().fetched) {
            Err(KeysUnavailable)
        } else {
            Ok(())
        }
    }

    pub async fn key(self: &Arc<Self>, kid: &str) -> Result<Option<Arc<Key>>, KeysUnavailable> {
        self.renew().await?;
        let found = self.known().keys.get(kid).cloned();
        if found.is_some() {
            return Ok(found);
        }
        self.fly().await;
        let found = self.known().keys.get(kid).cloned();
        Ok(found)
    }
}
