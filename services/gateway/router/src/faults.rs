//! Refusals as callers see them: a code and a sentence; causes and addresses stay in the log.
use hive_router::graphql_tools::parser::Pos;
use hive_router::http::StatusCode;
use hive_router::ntex::web::HttpResponse;
use serde::Serialize;
use serde_json::{json, Map, Value};

/// What one `errors` entry says, and which status it asks for.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    pub message: String,
    pub code: Option<&'static str>,
    pub status: u16,
    /// Whether the standard has 200 for it where plain JSON is asked for.
    pub is_standard: bool,
    pub path: Option<Value>,
    pub locations: Vec<Pos>,
    /// Further extensions.
    pub about: Map<String, Value>,
    pub header: Option<(&'static str, String)>,
}

impl Fault {
    pub fn new(message: impl Into<String>, code: &'static str, status: u16) -> Self {
        Self { message: message.into(), code: Some(code), status, ..Self::default() }
    }

    /// Bad input by the standard's own rules.
    pub fn standard(message: impl Into<String>, code: &'static str) -> Self {
        Self { is_standard: true, ..Self::new(message, code, 400) }
    }

    pub fn at(mut self, position: Pos) -> Self {
        self.locations.push(position);
        self
    }

    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.about.insert(name.into(), value.into());
        self
    }

    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.header = Some((name, value.into()));
        self
    }

    fn told(&self) -> Told<'_> {
        let place = |at: &Pos| json!({"line": at.line, "column": at.column});
        let mut extensions = self.about.clone();
        if let Some(code) = self.code {
            extensions.insert("code".into(), code.into());
        }
        Told {
            message: &self.message,
            locations: self.locations.iter().map(place).collect(),
            path: self.path.as_ref(),
            extensions,
        }
    }
}

/// One entry of `errors`, its message first.
#[derive(Serialize)]
struct Told<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extensions: Map<String, Value>,
}

/// The list that tells these faults.
pub fn errors_of(faults: &[Fault]) -> String {
    let errors: Vec<Told<'_>> = faults.iter().map(Fault::told).collect();
    // Texts and numbers can always be written.
    serde_json::to_string(&errors).unwrap_or_default()
}

/// The body that tells these faults.
pub fn body_of(faults: &[Fault]) -> Vec<u8> {
    format!("{{\"errors\":{}}}", errors_of(faults)).into_bytes()
}

/// The status that tells these faults: who reads plain JSON gets 200 for what the standard names.
pub fn status_of(faults: &[Fault], reads_plain_json: bool) -> u16 {
    let asked = faults.iter().filter(|fault| !(reads_plain_json && fault.is_standard));
    asked.map(|fault| fault.status).max().filter(|status| *status > 0).unwrap_or(200)
}

/// An answer in JSON.
pub fn json_of(status: u16, body: impl Into<Vec<u8>>) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).content_type("application/json; charset=utf-8").body(body.into())
}

/// The answer that tells one refusal.
pub fn refusal(status: u16, code: &'static str, text: &str) -> HttpResponse {
    json_of(status, body_of(&[Fault::new(text, code, status)]))
}

/// A text without the names it suggests.
pub fn without_suggestion(text: &str) -> String {
    match (text.find(" Did you mean "), text.rfind('?')) {
        (Some(from), Some(to)) if to > from => format!("{}{}", &text[..from], &text[to + 1..]),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_standard_names_is_200_for_plain_json_alone() {
        let standard = Fault::standard("no such field", "GRAPHQL_VALIDATION_FAILED");
        let limit = Fault::new("too deep", "INVALID", 400);

        assert_eq!(status_of(&[standard.clone()], true), 200);
        assert_eq!(status_of(&[standard.clone()], false), 400);
        assert_eq!(status_of(&[standard, limit], true), 400);
    }

    #[test]
    fn nothing_is_suggested() {
        let told = r#"Cannot query field "x" on type "Query". Did you mean "y" or "z"?"#;

        assert_eq!(without_suggestion(told), r#"Cannot query field "x" on type "Query"."#);
        assert_eq!(without_suggestion("Why?"), "Why?");
    }
}
