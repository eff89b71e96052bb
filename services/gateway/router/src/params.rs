//! GraphQL over HTTP: what is asked, out of an address or a body.
use std::collections::HashMap;

use hive_router::http::Method;
use hive_router::ntex::web::HttpRequest;
use hive_router::sonic_rs::{self, JsonContainerTrait, JsonType, JsonValueTrait, Value};
use url::form_urlencoded;

use crate::admission::header;
use crate::faults::Fault;

const EXPECTED: [&str; 5] = ["query", "variables", "operationName", "extensions", "documentId"];
/// Deeper JSON than this is no request of a program.
const NESTING_MAX: usize = 128;
/// A browser sends these cross-site only after a preflight, which CORS then refuses.
pub const CSRF_HEADERS: [&str; 2] = ["graphql-require-preflight", "apollo-require-preflight"];
/// What a page may send across sites without asking first.
const SIMPLE: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// What was sent, before it is known to be a request.
pub type Sent = HashMap<String, Value>;

pub struct Params {
    pub query: Option<String>,
    pub operation_name: Option<String>,
    pub variables: HashMap<String, Value>,
    pub document_id: Option<String>,
}

pub enum Unread {
    Fault(Fault),
    /// The kind of body is none that is read here.
    UnsupportedMedia,
}

fn bad(text: impl Into<String>) -> Fault {
    Fault::new(text, "BAD_REQUEST", 400)
}

/// Refused unless a browser would have had to ask first.
pub fn require_preflight(req: &HttpRequest) -> Result<(), Fault> {
    let content_type = header(req.headers(), "content-type").unwrap_or_default().to_lowercase();
    let is_simple = content_type.is_empty() || SIMPLE.iter().any(|kind| content_type.starts_with(kind));
    if !is_simple || CSRF_HEADERS.iter().any(|name| req.headers().contains_key(*name)) {
        return Ok(());
    }
    let message = "Required CSRF header(s) not present".to_string();
    Err(Fault { message, status: 403, ..Fault::default() })
}

fn is_too_deep(text: &[u8]) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0usize, false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING_MAX {
            return true;
        }
    }
    false
}

fn json(text: &[u8]) -> Option<Value> {
    if is_too_deep(text) {
        return None;
    }
    sonic_rs::from_slice(text).ok()
}

fn kind_of(value: &Value) -> &'static str {
    match value.get_type() {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

fn of_json(body: &[u8]) -> Result<Sent, Fault> {
    let read = json(body).ok_or_else(|| bad("POST body sent invalid JSON."))?;
    match read.as_object() {
        Some(object) => Ok(object.iter().map(|(name, value)| (name.into(), value.clone())).collect()),
        None if read.is_array() => Err(bad("Batching is not supported.")),
        None => {
            let kind = kind_of(&read);
            Err(bad(format!("POST body is expected to be object but received {kind}")))
        }
    }
}

fn of_form(text: &[u8]) -> Result<Sent, Fault> {
    let mut sent = Sent::new();
    for (name, value) in form_urlencoded::parse(text) {
        if value.is_empty() || sent.contains_key(name.as_ref()) {
            continue;
        }
        let read = match name.as_ref() {
            "query" | "operationName" | "documentId" => sonic_rs::json!(value.as_ref()),
            "variables" | "extensions" => {
                json(value.as_bytes()).ok_or_else(|| bad(format!("The parameter {name} is not JSON.")))?
            }
            // Whatever else stands in an address is not for us.
            _ => continue,
        };
        sent.insert(name.into_owned(), read);
    }
    Ok(sent)
}

/// What a request sends, by its method and the kind of its body.
pub fn read(req: &HttpRequest, body: &[u8]) -> Result<Sent, Unread> {
    if req.method() == Method::GET {
        return of_form(req.query_string().as_bytes()).map_err(Unread::Fault);
    }
    let content_type = header(req.headers(), "content-type").unwrap_or_default();
    let kind = content_type.split([',', ';']).next().unwrap_or_default().trim();
    match kind {
        "application/json" | "application/graphql+json" => of_json(body).map_err(Unread::Fault),
        "application/x-www-form-urlencoded" => of_form(body).map_err(Unread::Fault),
        "application/graphql" => {
            let text = std::str::from_utf8(body).map_err(|_| Unread::Fault(bad("POST body is no text.")))?;
            Ok(Sent::from([("query".to_string(), sonic_rs::json!(text))]))
        }
        _ => Err(Unread::UnsupportedMedia),
    }
}

fn text_of(sent: &mut Sent, name: &str) -> Result<Option<String>, Fault> {
    match sent.remove(name).filter(|value| !value.is_null()) {
        None => Ok(None),
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text.to_string())),
            None => {
                let kind = kind_of(&value);
                let must = format!("Expected \"{name}\" param to be a string, but given {kind}.");
                Err(bad(must))
            }
        },
    }
}

/// The id of the document that is asked for, wherever it stands.
fn id_in(sent: &mut Sent, req: &HttpRequest) -> Option<String> {
    if let Some(id) = sent.remove("documentId").filter(|id| !id.is_null()) {
        // What is no text names no document.
        return Some(id.as_str().unwrap_or_default().to_string());
    }
    let in_address = form_urlencoded::parse(req.query_string().as_bytes())
        .find(|(name, _)| name == "documentId")
        .map(|(_, id)| id.into_owned());
    let hash = sent
        .get("extensions")
        .and_then(|extensions| extensions.get("persistedQuery"))
        .and_then(|persisted| persisted.get("sha256Hash"))
        .and_then(|hash| hash.as_str().map(|hash| format!("sha256:{hash}")));
    in_address.or(hash)
}

/// The parameters of a request, each of its kind and none that is not known.
pub fn checked(mut sent: Sent, req: &HttpRequest) -> Result<Params, Fault> {
    let document_id = id_in(&mut sent, req);
    let strange = sent.iter().find(|(name, value)| !value.is_null() && !EXPECTED.contains(&name.as_str()));
    if strange.is_some() {
        return Err(bad("Unexpected parameter in the request body."));
    }
    for name in ["variables", "extensions"] {
        let wrong = sent.get(name).filter(|value| !value.is_null() && !value.is_object());
        if let Some(value) = wrong {
            let kind = kind_of(value);
            let must = format!("Expected \"{name}\" param to be empty or an object, but given {kind}.");
            return Err(bad(must));
        }
    }
    let variables = sent.remove("variables").and_then(|given| {
        given.as_object().map(|all| all.iter().map(|(name, one)| (name.into(), one.clone())).collect())
    });
    let query = match text_of(&mut sent, "query") {
        // No text at all is another text than the one of that name.
        Err(_) if document_id.is_some() => Some(String::new()),
        query => query?,
    };
    Ok(Params {
        query,
        operation_name: text_of(&mut sent, "operationName")?,
        variables: variables.unwrap_or_default(),
        document_id,
    })
}

/// The type of the answer that a client prefers of those there are; none when it wants neither.
pub fn media_of(accept: Option<&str>) -> Option<&'static str> {
    let accept = accept.filter(|text| !text.is_empty()).unwrap_or("*/*");
    for part in accept.split(',') {
        let lower = part.to_lowercase();
        let mut params = lower.split(';').map(str::trim);
        let kind = params.next().unwrap_or_default();
        if params.any(|param| param.starts_with("charset=") && param != "charset=utf-8") {
            continue;
        }
        match kind {
            "application/graphql-response+json" => return Some("application/graphql-response+json"),
            "application/json" | "application/*" | "*/*" => return Some("application/json"),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_type_that_there_is_is_answered() {
        let json = Some("application/json");
        let graphql = Some("application/graphql-response+json");
        let answered = [
            (None, json),
            (Some("*/*"), json),
            (Some("application/graphql-response+json, application/json;q=0.9"), graphql),
            (Some("application/json; charset=utf-8"), json),
            (Some("text/html, */*"), json),
            (Some("text/html"), None),
        ];
        for (accept, media) in answered {
            assert_eq!(media_of(accept), media, "{accept:?}");
        }
    }

    #[test]
    fn what_is_nested_without_end_is_not_read() {
        assert!(json(&b"[".repeat(5000)).is_none());
        assert!(json(br#"{"a": "[[[[\"["}"#).is_some());
    }
}
