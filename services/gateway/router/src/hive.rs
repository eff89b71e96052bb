//! Hive Router as it is started here: no server, no calls and no words of its own.
use std::sync::Arc;
use std::time::Duration;

use hive_router::background_tasks::BackgroundTasksManager;
use hive_router::config::HiveRouterConfig;
use hive_router::telemetry::TelemetryContext;
use hive_router::tokio::time::{sleep, timeout};
use hive_router::{configure_app_from_config, PluginRegistry, RouterSharedState, SchemaState};
use serde_json::json;

use crate::settings::Settings;

const LOOK_EVERY: Duration = Duration::from_millis(10);
const WHOLE_WITHIN: Duration = Duration::from_secs(15);

fn configuration(settings: &Settings) -> serde_json::Value {
    let override_url = |(name, urls): &(&str, Vec<String>)| (name.to_string(), json!({"url": urls.first()}));
    let urls: serde_json::Map<String, serde_json::Value> =
        settings.subgraphs.iter().map(override_url).collect();
    json!({
        "supergraph": {"source": "file", "path": settings.text("supergraph")},
        "override_subgraph_urls": {"subgraphs": urls},
        "introspection": true,
        "laboratory": {"enabled": false},
        // The plugin has a time for the whole of a request; this is beyond all of them.
        "traffic_shaping": {
            "all": {"dedupe_enabled": false, "request_timeout": "600s"},
            "max_connections_per_host": 10_000
        },
        // What is masked is masked by our plugin.
        "error_masking": {"enabled": false},
        // Tokens are proven by us; without this the marks of protected fields are not looked at.
        "jwt": {"enabled": true, "jwks_providers": []},
        "authorization": {"directives": {"enabled": true, "unauthorized": {"mode": "reject"}}},
    })
}

/// The router over the composed graph; else what is wrong with that.
pub async fn start(settings: &Settings) -> Result<(Arc<RouterSharedState>, Arc<SchemaState>), String> {
    let config: HiveRouterConfig =
        serde_json::from_value(configuration(settings)).map_err(|error| error.to_string())?;
    let config = config.into_static();
    let telemetry =
        TelemetryContext::from_propagation_config(&config.telemetry.tracing.propagation, &config.log);
    let mut tasks = BackgroundTasksManager::new();
    let started = configure_app_from_config(config, telemetry, &mut tasks, PluginRegistry::new()).await;
    // They run as long as the process does.
    std::mem::forget(tasks);
    let (shared, state) = started.map_err(|error| error.to_string())?;
    // It is read beside: nobody is answered before it is whole.
    let whole = async {
        while state.configured_runtime().is_none() {
            sleep(LOOK_EVERY).await;
        }
    };
    timeout(WHOLE_WITHIN, whole).await.map_err(|_| "it cannot be planned for".to_string())?;
    Ok((shared, state))
}
