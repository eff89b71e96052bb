//! Settings: read once from the environment, by the description that the Node gateway reads too.
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use crate::service_links::without_service_links;

/// A mistake the operator can mend; printed as one line.
#[derive(Debug)]
pub struct ConfigError(pub String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn wrong<T>(text: String) -> Result<T, ConfigError> {
    Err(ConfigError(text))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    key: String,
    kind: String,
    #[serde(default)]
    values: Vec<String>,
    #[serde(default)]
    min: u64,
    #[serde(default)]
    max: u64,
    #[serde(default)]
    min_bytes: usize,
    #[serde(default)]
    may_be_file: bool,
    default: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    settings: Vec<Row>,
    platform_names: HashSet<String>,
    platform_prefixes: Vec<String>,
}

/// What is set, by the keys of the description.
pub struct Settings {
    values: HashMap<String, String>,
    pub home: PathBuf,
    pub is_open: bool,
    /// What to sign with.
    pub secret: Vec<u8>,
    /// Where it came from: the file may be replaced while the router runs.
    pub secret_file: Option<SecretFile>,
    /// The addresses of each service, by its name.
    pub subgraphs: Vec<(&'static str, Vec<String>)>,
}

/// A file whose first line is the secret to sign with; others are before or after it.
#[derive(Clone)]
pub struct SecretFile {
    pub path: PathBuf,
    name: String,
    min_bytes: usize,
}

impl SecretFile {
    pub fn read(&self) -> Result<Vec<u8>, ConfigError> {
        let text = read_secret_file(&self.name, &self.path)?;
        first_secret(&self.name, &text, self.min_bytes)
    }
}

impl Settings {
    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }

    /// Checked at the start to be a number.
    pub fn number(&self, key: &str) -> u64 {
        self.text(key).parse().unwrap_or_default()
    }

    pub fn list(&self, key: &str) -> Vec<String> {
        listed(self.text(key)).map(String::from).collect()
    }
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|each| !each.is_empty())
}

/// How the system calls what went wrong with a file.
pub fn code_of(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "ENOENT",
        ErrorKind::PermissionDenied => "EACCES",
        ErrorKind::AddrInUse => "EADDRINUSE",
        ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        ErrorKind::IsADirectory => "EISDIR",
        ErrorKind::InvalidData => "no text",
        _ => "EIO",
    }
}

pub fn read_file(name: &str, path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| {
        ConfigError(format!("{name}: cannot read '{}' ({})", path.display(), code_of(&error)))
    })
}

/// What the file holds is in no message.
fn read_secret_file(name: &str, path: &Path) -> Result<String, ConfigError> {
    let text = read_file(name, path)?.trim().to_string();
    if text.is_empty() {
        return wrong(format!("{name}: '{}' is empty", path.display()));
    }
    Ok(text)
}

/// While one secret takes another's place both are there.
fn first_secret(name: &str, text: &str, min_bytes: usize) -> Result<Vec<u8>, ConfigError> {
    let all: Vec<&str> = text.lines().map(str::trim).filter(|each| !each.is_empty()).collect();
    match all.first() {
        Some(first) if all.iter().all(|each| each.len() >= min_bytes) => Ok(first.as_bytes().to_vec()),
        _ => wrong(format!("{name} must be at least {min_bytes} bytes long")),
    }
}

fn is_url(text: &str, schemes: [&str; 2]) -> bool {
    Url::parse(text).is_ok_and(|url| schemes.contains(&url.scheme()) && url.has_host())
}

fn is_host(text: &str) -> bool {
    Url::parse(&format!("http://{text}"))
        .is_ok_and(|url| url.host_str() == Some(text) && url.port().is_none())
}

fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.origin().ascii_serialization() == text)
}

fn is_token_type(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "+.-".contains(c);
    !text.is_empty() && text.chars().all(plain)
}

fn checked(row: &Row, text: &str) -> Result<String, ConfigError> {
    let Row { name, values, min, max, .. } = row;
    let must = |what: String| wrong(format!("{name} must {what}, not '{text}'"));
    let one_of = || format!("be one of {}", values.join(", "));
    match row.kind.as_str() {
        "whole" => match text.parse::<u64>() {
            Ok(value) if value >= *min && value <= *max && !text.starts_with('+') => Ok(text.into()),
            _ => must(format!("be a whole number from {min} to {max}")),
        },
        "choice" if !values.iter().any(|each| each == text) => must(one_of()),
        "logLevel" => {
            let level = text.to_lowercase().replace("warning", "warn");
            if values.contains(&level) {
                Ok(level)
            } else {
                must(one_of())
            }
        }
        "secret" => first_secret(name, text, row.min_bytes).map(|_| text.into()),
        "httpUrl" if !is_url(text, ["http", "https"]) => must("be an http or https address".into()),
        "redisUrl" if !text.is_empty() && !is_url(text, ["redis", "rediss"]) => {
            wrong(format!("{name} must be a redis:// or rediss:// address"))
        }
        _ => checked_list(row, text),
    }
}

fn checked_list(Row { name, kind, .. }: &Row, text: &str) -> Result<String, ConfigError> {
    match kind.as_str() {
        "httpUrls" => match listed(text).find(|url| !is_url(url, ["http", "https"])) {
            Some(url) => wrong(format!("{name} must be an http or https address, not '{url}'")),
            None if listed(text).next().is_none() => wrong(format!("{name} must list http addresses")),
            None => Ok(text.into()),
        },
        "hosts" => match listed(&text.to_lowercase()).find(|host| !is_host(host)) {
            Some(host) => wrong(format!("{name} must list host names without a port, not '{host}'")),
            None => Ok(text.to_lowercase()),
        },
        "origins" => match listed(text).find(|origin| !is_origin(origin)) {
            Some(origin) => wrong(format!("{name} must list origins (https://a.example), not '{origin}'")),
            None => Ok(text.into()),
        },
        "tokenTypes" => {
            let types = text.to_lowercase();
            if types.split(',').all(|each| is_token_type(each.trim())) {
                Ok(types)
            } else {
                wrong(format!("{name} must list types of tokens (at+jwt), not '{text}'"))
            }
        }
        _ => Ok(text.into()),
    }
}

fn refuse_unknown(env: &HashMap<String, String>, known: &Description) -> Result<(), ConfigError> {
    let own: HashSet<String> =
        known.settings.iter().flat_map(|row| [row.name.clone(), format!("{}_FILE", row.name)]).collect();
    let mut unknown: Vec<&str> = env
        .keys()
        .filter(|name| name.starts_with("CONGVU_") && !own.contains(*name))
        .filter(|name| !known.platform_names.contains(*name))
        .filter(|name| !known.platform_prefixes.iter().any(|prefix| name.starts_with(prefix)))
        .map(String::as_str)
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    unknown.sort_unstable();
    wrong(format!("unknown setting {}: check the spelling", unknown.join(", ")))
}

/// The value as given, from the file that NAME_FILE names where it may come so, or by default.
fn given(row: &Row, env: &HashMap<String, String>) -> Result<String, ConfigError> {
    let file = format!("{}_FILE", row.name);
    let own = env.get(&row.name).filter(|text| !text.is_empty());
    match env.get(&file).filter(|path| row.may_be_file && !path.is_empty()) {
        Some(_) if own.is_some() => wrong(format!("{}: given here and in {file}", row.name)),
        Some(path) => read_secret_file(&file, Path::new(path)),
        None => own
            .or(row.default.as_ref())
            .cloned()
            .ok_or_else(|| ConfigError(format!("{} is required and has no default", row.name))),
    }
}

type Secret = (Vec<u8>, Option<SecretFile>);

fn signing_secret(
    known: &Description,
    values: &HashMap<String, String>,
    env: &HashMap<String, String>,
) -> Result<Secret, ConfigError> {
    let row = known.settings.iter().find(|row| row.key == "secret");
    let Some(Row { name, min_bytes, .. }) = row else {
        return wrong("settings.json: there is no secret".into());
    };
    let file = format!("{name}_FILE");
    let path = env.get(&file).filter(|path| !path.is_empty());
    let found = path.map(|path| SecretFile { path: path.into(), name: file, min_bytes: *min_bytes });
    Ok((first_secret(name, &values["secret"], *min_bytes)?, found))
}

/// Read and check the settings; the error names the variable at fault.
pub fn read_settings(home: PathBuf, env: HashMap<String, String>) -> Result<Settings, ConfigError> {
    let env = without_service_links(env);
    let text = read_file("settings", &home.join("settings.json"))?;
    let known: Description =
        serde_json::from_str(&text).map_err(|error| ConfigError(format!("settings.json: {error}")))?;
    refuse_unknown(&env, &known)?;
    let mut values = HashMap::new();
    for row in &known.settings {
        let mut value = checked(row, &given(row, &env)?)?;
        if row.kind == "ownFile" && Some(&value) == row.default.as_ref() {
            value = home.join(value).display().to_string();
        }
        values.insert(row.key.clone(), value);
    }
    let is_open = values["profile"] == "open";
    if !is_open && !values["playgroundFile"].is_empty() {
        return wrong("CONGVU_PLAYGROUND_FILE: there is no playground in production".into());
    }
    let (secret, secret_file) = signing_secret(&known, &values, &env)?;
    let addresses = |name: &str| listed(&values[&format!("{name}Urls")]).map(String::from).collect();
    let subgraphs = ["catalogue", "evaluation", "feedback"].map(|name| (name, addresses(name))).to_vec();
    Ok(Settings { values, home, is_open, secret, secret_file, subgraphs })
}
