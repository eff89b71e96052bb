//! What can be listened to: one list for this gateway and for the one beside it.
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::settings::{read_file, ConfigError};

/// Whose feed, and which of its events; a type is named by how it begins.
#[derive(Deserialize)]
pub struct Stream {
    pub service: String,
    types: Vec<String>,
}

impl Stream {
    pub fn wants(&self, event_type: &str) -> bool {
        self.types.iter().any(|each| event_type.starts_with(each))
    }
}

/// The stream that a subscription tells.
#[derive(Deserialize)]
pub struct Subscription {
    pub name: String,
    stream: String,
}

/// How many may connect, and what each may send.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    pub max: usize,
    pub of_address_max: usize,
    pub message_max_bytes: usize,
    pub init_within_ms: u64,
    pub keep_alive_ms: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Streams {
    question: String,
    pub look_every_ms: u64,
    pub backoff_max_ms: u64,
    pub sign_of_life_ms: u64,
    pub listeners_max: usize,
    pub listeners_of_caller_max: usize,
    pub streams: HashMap<String, Arc<Stream>>,
    pub subscriptions: Vec<Subscription>,
    pub sockets: Limits,
}

impl Streams {
    pub fn read(home: &Path) -> Result<Self, ConfigError> {
        let text = read_file("streams", &home.join("streams.json"))?;
        serde_json::from_str(&text).map_err(|error| ConfigError(format!("streams.json: {error}")))
    }

    pub fn told_by(&self, subscription: &str) -> Option<Arc<Stream>> {
        let told = self.subscriptions.iter().find(|each| each.name == subscription)?;
        self.streams.get(&told.stream).cloned()
    }

    /// What the gateway asks for whoever listens.
    pub fn question_of(&self, service: &str) -> String {
        self.question.replace("{service}", service)
    }

    /// All it asks: registered like any program's documents.
    pub fn questions(&self) -> Vec<String> {
        let services: BTreeSet<&str> = self.streams.values().map(|stream| stream.service.as_str()).collect();
        services.into_iter().map(|service| self.question_of(service)).collect()
    }
}
