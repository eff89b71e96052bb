//! What Kubernetes puts into a container's environment for each Service of its namespace
//! (`CONGVU_GATEWAY_PORT=tcp://10.0.0.7:80`): names that look like settings of ours.
use std::collections::HashMap;

const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// What somebody set. `X_PORT` is a link when its value is one: who says a port keeps it.
pub fn without_service_links(env: HashMap<String, String>) -> HashMap<String, String> {
    let services: Vec<String> = env
        .keys()
        .filter_map(|name| name.strip_suffix("SERVICE_HOST"))
        .filter(|service| service.ends_with('_') && env.contains_key(&format!("{service}SERVICE_PORT")))
        .map(String::from)
        .collect();
    let is_link = |name: &str, value: &str| {
        let rest = |service: &String| name.strip_prefix(service.as_str());
        services.iter().filter_map(rest).any(|rest| is_link_of(rest, value))
    };
    env.into_iter().filter(|(name, value)| !is_link(name, value)).collect()
}

fn is_link_of(rest: &str, value: &str) -> bool {
    match rest {
        "SERVICE_HOST" | "SERVICE_PORT" => true,
        "PORT" => PROTOCOLS.iter().any(|each| value.starts_with(&format!("{}://", each.to_lowercase()))),
        _ => rest.starts_with("SERVICE_PORT_") || rest.strip_prefix("PORT_").is_some_and(is_port),
    }
}

/// `4101_TCP`, `4101_TCP_ADDR` and their like.
fn is_port(rest: &str) -> bool {
    let mut words = rest.split('_');
    let number = words.next().is_some_and(|word| word.parse::<u16>().is_ok());
    let protocol = words.next().is_some_and(|word| PROTOCOLS.contains(&word));
    let kind = words.next().is_none_or(|word| ["PROTO", "PORT", "ADDR"].contains(&word));
    number && protocol && kind && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(given: &[(&str, &str)]) -> Vec<String> {
        let env = given.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let mut names: Vec<String> = without_service_links(env).into_keys().collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_service_injects_is_no_setting() {
        let injected = [
            ("CONGVU_GATEWAY_SERVICE_HOST", "10.0.0.7"),
            ("CONGVU_GATEWAY_SERVICE_PORT", "80"),
            ("CONGVU_GATEWAY_SERVICE_PORT_HTTP", "80"),
            ("CONGVU_GATEWAY_PORT", "tcp://10.0.0.7:80"),
            ("CONGVU_GATEWAY_PORT_80_TCP", "tcp://10.0.0.7:80"),
            ("CONGVU_GATEWAY_PORT_80_TCP_ADDR", "10.0.0.7"),
        ];
        assert!(left(&injected).is_empty());
    }

    #[test]
    fn what_somebody_set_stays() {
        let set = [
            ("CONGVU_GATEWAY_SERVICE_HOST", "10.0.0.7"),
            ("CONGVU_GATEWAY_SERVICE_PORT", "80"),
            ("CONGVU_GATEWAY_PORT", "4000"),
            ("CONGVU_METRICS_PORT", "tcp://10.0.0.7:80"),
            ("CONGVU_GATEWAY_PORT_X", "1"),
        ];
        assert_eq!(left(&set), ["CONGVU_GATEWAY_PORT", "CONGVU_GATEWAY_PORT_X", "CONGVU_METRICS_PORT"]);
    }
}
