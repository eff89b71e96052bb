//! Who is calling: the verified bearer token of a request, or nobody.
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hive_router::executor::execution::client_request_details::JwtRequestDetails;
use hive_router::sonic_rs;
use moka::sync::Cache;
use serde_json::{Map, Value};

use crate::keys::{IssuerKeys, KeysUnavailable};
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::token::{read_bearer, require_access_token, require_claims, require_times, InvalidToken};

/// How many proven tokens are remembered; one takes about 2 kB.
const REMEMBERED: u64 = 20_000;

/// Whose claims are proven, by `epoch` of the issuer's keys.
pub struct Known {
    pub claims: Map<String, Value>,
    /// As it goes on to the services.
    pub authorization: String,
    pub sub: String,
    pub officer: Option<String>,
    jwt: Arc<JwtRequestDetails>,
    epoch: u64,
}

pub type Caller = Option<Arc<Known>>;

pub enum Refused {
    InvalidToken,
    KeysUnavailable,
}

impl From<InvalidToken> for Refused {
    fn from(_: InvalidToken) -> Self {
        Self::InvalidToken
    }
}

impl From<KeysUnavailable> for Refused {
    fn from(_: KeysUnavailable) -> Self {
        Self::KeysUnavailable
    }
}

pub struct Callers {
    keys: Arc<IssuerKeys>,
    issuer: String,
    audience: String,
    types: Vec<String>,
    nobody: Arc<JwtRequestDetails>,
    proven: Cache<String, Arc<Known>>,
}

fn now_s() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

fn details(token: &str, claims: &Map<String, Value>) -> JwtRequestDetails {
    let scope = claims.get("scope").and_then(Value::as_str).unwrap_or_default();
    JwtRequestDetails::Authenticated {
        token: token.to_string(),
        prefix: Some("Bearer".into()),
        claims: sonic_rs::Value::new(),
        scopes: Some(scope.split(' ').filter(|each| !each.is_empty()).map(String::from).collect()),
    }
}

impl Callers {
    pub fn new(settings: &Settings, metrics: &Arc<Metrics>) -> Self {
        Self {
            keys: IssuerKeys::new(settings.text("jwksUrl"), metrics),
            issuer: settings.text("issuer").into(),
            audience: settings.text("audience").into(),
            types: settings.list("tokenTypes"),
            nobody: Arc::new(JwtRequestDetails::Unauthenticated),
            proven: Cache::new(REMEMBERED),
        }
    }

    /// What the router's own rules (`@authenticated`, `@requiresScopes`) go by.
    pub fn details(&self, caller: &Caller) -> Arc<JwtRequestDetails> {
        caller.as_ref().map_or_else(|| self.nobody.clone(), |known| known.jwt.clone())
    }

    /// Who sends this header; a proof is remembered while the issuer's keys are the same.
    pub async fn identify(&self, authorization: Option<&str>) -> Result<Caller, Refused> {
        let Some(authorization) = authorization else { return Ok(None) };
        if let Some(known) = self.proven.get(authorization) {
            if known.epoch == self.keys.epoch() {
                require_times(&known.claims, now_s())?;
                return Ok(Some(known));
            }
        }
        let bearer = read_bearer(authorization)?;
        let (kid, algorithm) = require_access_token(&bearer, &self.types)?;
        let key = self.keys.key(&kid).await?.ok_or(InvalidToken)?;
        let is_proven = key.algorithm() == algorithm && key.has_signed(bearer.signed(), &bearer.signature);
        if !is_proven {
            return Err(Refused::InvalidToken);
        }
        require_claims(&bearer.claims, &self.issuer, &self.audience, now_s())?;
        let text = |name| bearer.claims.get(name).and_then(Value::as_str).map(String::from);
        let known = Arc::new(Known {
            authorization: format!("Bearer {}", bearer.token),
            sub: text("sub").unwrap_or_default(),
            officer: text("officer").filter(|officer| !officer.is_empty()),
            jwt: Arc::new(details(&bearer.token, &bearer.claims)),
            claims: bearer.claims,
            epoch: self.keys.epoch(),
        });
        // Without fresh keys nothing is remembered: the next call asks the issuer again.
        if known.epoch > 0 {
            self.proven.insert(authorization.to_string(), known.clone());
        }
        Ok(Some(known))
    }
}
