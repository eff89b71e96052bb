//! Our part in the router: its calls to services go our way, its errors are told in our words.
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use hive_router::async_trait;
use hive_router::executor::hooks::on_graphql_error::{OnGraphQLErrorHookPayload, OnGraphQLErrorHookResult};
use hive_router::executor::hooks::on_plugin_init::{OnPluginInitPayload, OnPluginInitResult};
use hive_router::executor::hooks::on_subgraph_http_request::{
    OnSubgraphHttpRequestHookPayload, OnSubgraphHttpRequestHookResult,
};
use hive_router::executor::plugin_context::{PluginContext, PluginRequestState};
use hive_router::executor::plugin_trait::{RouterPlugin, RouterPluginBoxed, StartHookPayload};
use hive_router::executor::request_context::SharedRequestContext;
use hive_router::executor::response::graphql_error::{GraphQLErrorPath, GraphQLErrorPathSegment};
use hive_router::http::{HeaderMap, HeaderValue, StatusCode};
use hive_router::ntex::web::HttpRequest;
use hive_router::query_planner::utils::parsing::safe_parse_operation;
use hive_router::sonic_rs::JsonValueTrait;
use hive_router::{GraphQLError, SubgraphHttpResponse};
use serde_json::{json, Value};

use crate::admission::Admission;
use crate::faults::without_suggestion;
use crate::messages::Messages;
use crate::operation::{chosen, Selection};
use crate::transport::{CallFailed, Transport};

const KEPT_EXTENSIONS: [&str; 4] = ["field", "ruleId", "cost", "limit"];

static JSON: LazyLock<Arc<HeaderMap>> = LazyLock::new(|| {
    let kind = HeaderValue::from_static("application/json");
    Arc::new(HeaderMap::from_iter([(hive_router::http::header::CONTENT_TYPE, kind)]))
});

pub struct Plugin {
    pub transport: Arc<Transport>,
    pub messages: Arc<Messages>,
    pub is_open: bool,
}

fn answer(body: Bytes) -> SubgraphHttpResponse {
    SubgraphHttpResponse { status: StatusCode::OK, headers: JSON.clone(), body }
}

/// What our part finds of a request when it is asked again.
pub fn state_of<'a>(
    req: &'a HttpRequest,
    plugins: &Arc<Vec<RouterPluginBoxed>>,
    admission: &Arc<Admission>,
    request_context: &SharedRequestContext,
) -> PluginRequestState<'a> {
    let context = PluginContext::default();
    context.insert(admission.clone());
    PluginRequestState {
        plugins: plugins.clone(),
        router_http_request: req.into(),
        context: Arc::new(context),
        request_context: request_context.clone(),
    }
}

impl Plugin {
    /// A service that does not answer costs its own fields only.
    fn told(&self, asked: (&str, &str), failed: &CallFailed, admission: &Admission) -> Bytes {
        let (service, query) = asked;
        let text = self.messages.say(failed.text, admission.language);
        let mut extensions = json!({"code": failed.code, "service": service});
        if let Some(rule) = failed.rule {
            extensions["ruleId"] = rule.into();
        }
        if failed.code == "UNAUTHENTICATED" {
            extensions["http"] = json!({"status": 401});
        }
        let error = json!({"message": text, "extensions": extensions});
        let at = |key: String| {
            let mut error = error.clone();
            error["path"] = json!([key]);
            error
        };
        let fields = fields_of(query);
        let errors = if fields.is_empty() { vec![error] } else { fields.into_iter().map(at).collect() };
        Bytes::from(json!({"errors": errors}).to_string())
    }

    /// Keep what was said on purpose, drop every other extension.
    fn masked(&self, error: &mut GraphQLError, admission: Option<&Arc<Admission>>) {
        let code = error.extensions.code.get_or_insert_default();
        if code.is_empty() || code == "DOWNSTREAM_SERVICE_ERROR" {
            *code = "INTERNAL".into();
        } else if code.starts_with("SUBGRAPH_") || code.starts_with("SUBREQUEST_") {
            *code = "UNAVAILABLE".into();
            if let Some(admission) = admission {
                error.message = self.messages.say("UNAVAILABLE", admission.language).into();
            }
        }
        if let Some(admission) = admission {
            let _ = admission.failed.set(known_code(code));
        }
        error.locations = None;
        error.extensions.extensions.retain(|name, _| KEPT_EXTENSIONS.contains(&name.as_str()));
        if let Some(affected) = error.extensions.affected_path.take() {
            error.path.get_or_insert_with(|| path_of(&affected));
        }
        if !self.is_open {
            error.message = without_suggestion(&error.message);
        }
    }
}

/// The keys of the answer that a call to a service is for; none where it completes entities, whose
/// places the router knows.
fn fields_of(query: &str) -> Vec<String> {
    let Ok(document) = safe_parse_operation(query) else { return Vec::new() };
    let Some(operation) = chosen(&document, None) else { return Vec::new() };
    let key = |selection: &Selection| match selection {
        Selection::Field(field) if field.name == "_entities" => None,
        Selection::Field(field) => Some(field.alias.as_ref().unwrap_or(&field.name).clone()),
        _ => None,
    };
    operation.selections.items.iter().filter_map(key).collect()
}

/// Services name codes of their own; only ours are counted by name.
pub fn known_code(code: &str) -> &'static str {
    const KNOWN: [&str; 7] =
        ["UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "INVALID", "NOT_FOUND", "UNAVAILABLE", "INTERNAL"];
    KNOWN.into_iter().find(|known| *known == code).unwrap_or("OTHER")
}

/// The way to a place in the answer, as far as it is one place.
fn path_of(affected: &str) -> GraphQLErrorPath {
    let steps = affected.split('.').take_while(|step| *step != "@");
    GraphQLErrorPath {
        segments: steps.map(|step| GraphQLErrorPathSegment::String(step.to_string())).collect(),
    }
}

#[async_trait]
impl RouterPlugin for Plugin {
    type Config = Value;

    fn plugin_name() -> &'static str {
        "congvu"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        // It is made where the server is, with what it needs.
        payload.disable_plugin()
    }

    async fn on_subgraph_http_request<'exec>(
        &'exec self,
        mut payload: OnSubgraphHttpRequestHookPayload<'exec>,
    ) -> OnSubgraphHttpRequestHookResult<'exec> {
        let admission = payload.context.get_ref::<Arc<Admission>>().map(|kept| Arc::clone(&kept));
        let Some(admission) = admission else {
            return payload.end_with_response(answer(Bytes::from_static(b"{}")));
        };
        let body = Bytes::from(std::mem::take(&mut payload.body));
        let service = payload.subgraph_name;
        let answered = match self.transport.call(service, body, &admission).await {
            Ok(body) => body,
            Err(failed) => self.told((service, payload.execution_request.query), &failed, &admission),
        };
        payload.end_with_response(answer(answered))
    }

    fn on_graphql_error<'req>(
        &'req self,
        mut payload: OnGraphQLErrorHookPayload<'req>,
    ) -> OnGraphQLErrorHookResult<'req> {
        let admission = payload.context.get_ref::<Arc<Admission>>().map(|kept| Arc::clone(&kept));
        let http = payload.error.extensions.extensions.get("http");
        let status = http.and_then(|http| http.get("status")).and_then(|status| status.as_u64());
        let asked = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
        if let Some(status) = asked.filter(|status| *status > payload.status_code) {
            payload.status_code = status;
        }
        self.masked(&mut payload.error, admission.as_ref());
        payload.proceed()
    }
}
