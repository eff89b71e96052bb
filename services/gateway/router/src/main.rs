//! The gateway of Công vụ KPI for production: Hive Router with our plugin in front of it.
#![recursion_limit = "512"]

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use hive_router::executor::plugin_trait::RouterPluginBoxed;
use hive_router::{configure_global_allocator, init_rustls_crypto_provider, ntex, RouterGlobalAllocator};

mod admission;
mod answers;
mod assets;
mod caller;
mod changes;
mod coercion;
mod connection;
mod crowding;
mod deadlines;
mod documents;
mod faults;
mod feeds;
mod graph;
mod hive;
mod hosts;
mod introspection;
mod judge;
mod keys;
mod limits;
mod listeners;
mod log;
mod messages;
mod metrics;
mod observing;
mod operation;
mod outbound;
mod pages;
mod params;
mod plugin;
mod prices;
mod rate;
mod replicas;
mod schema;
mod selections;
mod serve;
mod service_links;
mod settings;
mod signing;
mod sockets;
mod store;
mod streams;
mod subscription_events;
mod subscriptions;
mod token;
mod traces;
mod transport;
mod values;

use settings::{read_settings, ConfigError, Settings};

configure_global_allocator!();

/// The folder of the gateway: this program stands in its `router/bin`.
fn home() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.ancestors().nth(3).map(PathBuf::from).unwrap_or_default()
}

async fn assembled(settings: &Settings, tracing: traces::Tracing) -> Result<serve::Gateway, ConfigError> {
    let messages = Arc::new(messages::Messages::read(&settings.home)?);
    let streams = streams::Streams::read(&settings.home)?;
    let documents = documents::Documents::read(settings, &streams)?;
    let figures = metrics::Metrics::new().map_err(|error| ConfigError(error.to_string()))?;
    let metrics = Arc::new(figures);
    let store = store::Store::open(settings, &metrics)?;
    let replicas = |(name, urls): &(&'static str, Vec<String>)| replicas::Replicas::new(name, urls, &metrics);
    let transport = Arc::new(transport::Transport::new(
        settings.subgraphs.iter().map(replicas).collect(),
        signing::Signer::watching(settings),
        settings.number("maxAnswerBytes") as usize,
        metrics.clone(),
    ));
    let plugin = plugin::Plugin {
        transport: transport.clone(),
        messages: messages.clone(),
        is_open: settings.is_open,
    };
    let plugins: Vec<RouterPluginBoxed> = vec![Box::new(plugin)];
    let answers = answers::Answers {
        doors: Arc::new(crowding::Doors::new(settings, &metrics)),
        admitter: admission::Admitter::new(settings, &metrics),
        graph: graph::Graph::load(settings, &messages).await?,
        rates: rate::Rates::new(settings, store),
        documents,
        transport,
        plugins: Arc::new(plugins),
        messages,
        metrics: metrics.clone(),
        origins: settings.list("corsOrigins"),
    };
    let observer = observing::Observer::new(tracing, &metrics);
    let subscriptions = subscriptions::Subscriptions::read(settings, &streams)?;
    let heard = (feeds::Feeds::new(streams), subscriptions);
    Ok(serve::Gateway::new(settings, answers, heard, observer))
}

async fn run() -> Result<(), ConfigError> {
    let environment: HashMap<String, String> = std::env::vars().collect();
    let settings = read_settings(home(), environment.clone())?;
    log::set_level(settings.text("logLevel"));
    init_rustls_crypto_provider();
    let gateway = assembled(&settings, traces::Tracing::start(&environment)?).await?;
    serve::serve(&settings, gateway).await
}

#[hive_router::main]
async fn main() {
    let code = match run().await {
        Ok(()) => 0,
        Err(error) => {
            eprintln!(
                "{}",
                log::line_of("error", "cannot start", serde_json::json!({"error": error.to_string()}))
            );
            1
        }
    };
    std::process::exit(code);
}
