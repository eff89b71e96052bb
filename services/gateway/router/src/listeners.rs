//! Where the gateway listens, and how long it keeps connections.
use std::net::TcpListener;

use hive_router::ntex::http::{HttpServiceConfig, KeepAlive};
use hive_router::ntex::time::Seconds;
use hive_router::ntex::SharedCfg;

use crate::settings::{code_of, ConfigError};

const HEADERS_WITHIN: Seconds = Seconds(10);
/// Longer than the idle time of common load balancers, so that they close first.
const KEEP_ALIVE: Seconds = Seconds(75);

/// Listen, or say which of the variables that begin with `prefix` to change.
pub fn listen(host: &str, port: u16, prefix: &str) -> Result<TcpListener, ConfigError> {
    TcpListener::bind((host, port)).map_err(|error| match code_of(&error) {
        "EADDRINUSE" => {
            ConfigError(format!("port {port} on {host} is in use: set {prefix}_PORT to a free one"))
        }
        code => ConfigError(format!(
            "cannot listen on {host}:{port} ({code}): set {prefix}_HOST and {prefix}_PORT"
        )),
    })
}

pub fn http_config() -> SharedCfg {
    let config = HttpServiceConfig::new()
        .set_keepalive(KeepAlive::Timeout(KEEP_ALIVE))
        .set_client_timeout(HEADERS_WITHIN);
    SharedCfg::new("CONGVU").add(config).into()
}

pub fn failed(error: std::io::Error) -> ConfigError {
    ConfigError(format!("cannot listen ({})", code_of(&error)))
}
