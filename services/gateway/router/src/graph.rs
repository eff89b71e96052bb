//! The graph itself: a text becomes an operation once, and is then planned and answered by Hive
//! Router.
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::Arc;

use hive_router::executor::execution::client_request_details::{
    JwtRequestDetails, MutableClientRequestDetails, OperationDetails,
};
use hive_router::executor::execution::plan::{
    CoerceVariablesPayload, PlanExecutionOutput, QueryPlanExecutionResult,
};
use hive_router::executor::headers::response::ResponseHeaderSink;
use hive_router::executor::hooks::on_graphql_params::GraphQLParams;
use hive_router::executor::plugin_trait::RouterPluginBoxed;
use hive_router::executor::request_context::SharedRequestContext;
use hive_router::http::Method;
use hive_router::ntex::web::HttpRequest;
use hive_router::pipeline::error::{ClientPipelineError, PipelineError};
use hive_router::pipeline::execute_pipeline;
use hive_router::pipeline::normalize::{normalize_request_with_cache, GraphQLNormalizationPayload};
use hive_router::pipeline::parser::GraphQLParserPayload;
use hive_router::query_planner::state::supergraph_state::OperationKind;
use hive_router::query_planner::utils::parsing::safe_parse_schema;
use hive_router::sonic_rs::Value;
use hive_router::telemetry::traces::spans::graphql::GraphQLOperationSpan;
use hive_router::{RouterSharedState, SchemaState};
use moka::sync::Cache;
use serde_json::json;

use crate::admission::Admission;
use crate::coercion::coerce;
use crate::deadlines::Budgets;
use crate::faults::Fault;
use crate::hive::start;
use crate::judge::{one, Faults, Judge};
use crate::log;
use crate::messages::{Language, Messages};
use crate::operation::{chosen, field_of, key_of, Document, Operation};
use crate::plugin::state_of;
use crate::prices::{cost_of, rate_points};
use crate::schema::{Schema, PAGE_MAX};
use crate::settings::{read_file, ConfigError, Settings};

/// Bytes of text whose operations are remembered.
const REMEMBERED_BYTES: u64 = 32 * 1024 * 1024;

/// A text that was found good, and the operation in it that is asked for.
pub struct Prepared {
    document: Arc<Document>,
    name: Option<String>,
    normalized: Arc<GraphQLNormalizationPayload>,
    pub kind: OperationKind,
    /// How often it counts for the rate.
    pub points: u64,
    /// The one field it asks for: the schema's are few, whatever callers call their operations.
    pub field: String,
}

impl Prepared {
    fn operation(&self) -> Operation<'_> {
        chosen(&self.document, self.name.as_deref()).expect("it was there when it was prepared")
    }

    /// The request as the crate wants to know it.
    fn details<'a>(
        &'a self,
        req: &'a HttpRequest,
        jwt: Arc<JwtRequestDetails>,
    ) -> MutableClientRequestDetails<'a> {
        let name = self.normalized.operation_for_plan.name.as_deref();
        MutableClientRequestDetails {
            method: req.method(),
            url: req.uri(),
            headers: Default::default(),
            operation: OperationDetails { name, kind: self.kind.as_str(), query: "" },
            jwt,
            path_params: Default::default(),
        }
    }
}

pub struct Graph {
    shared: Arc<RouterSharedState>,
    state: Arc<SchemaState>,
    schema: Schema,
    judge: Judge,
    budgets: Budgets,
    max_cost: u64,
    messages: Arc<Messages>,
    prepared: Cache<(String, Option<String>), Arc<Prepared>>,
}

impl Graph {
    /// Load the composed graph; the error names what is wrong with it.
    pub async fn load(settings: &Settings, messages: &Arc<Messages>) -> Result<Self, ConfigError> {
        let path = settings.text("supergraph");
        let wrong = |text: String| ConfigError(format!("CONGVU_SUPERGRAPH: cannot use '{path}': {text}"));
        let text = read_file("CONGVU_SUPERGRAPH", Path::new(path))?;
        let document = safe_parse_schema(&text).map_err(|error| wrong(error.to_string()))?;
        let (shared, state) = start(settings).await.map_err(wrong)?;
        let schema = Schema::read(&document);
        let known = |name: &String| settings.subgraphs.iter().any(|(own, _)| own == name);
        if let Some(name) = schema.subgraphs.iter().find(|name| !known(name)) {
            return Err(ConfigError(format!("the supergraph's subgraph '{name}' has no address setting")));
        }
        Ok(Self {
            shared,
            state,
            judge: Judge::new(settings, &document),
            budgets: Budgets::new(settings, &schema),
            schema,
            max_cost: settings.number("maxCost"),
            messages: messages.clone(),
            prepared: Cache::builder()
                .weigher(|(text, _): &(String, Option<String>), _: &Arc<Prepared>| text.len() as u32 + 4096)
                .max_capacity(REMEMBERED_BYTES)
                .build(),
        })
    }

    pub fn is_loaded(&self) -> bool {
        self.state.configured_runtime().is_some()
    }

    /// The operation that a text and a name stand for, found good by every rule that needs no
    /// variables.
    pub async fn prepare(
        &self,
        req: &HttpRequest,
        text: &str,
        name: Option<&str>,
        language: Language,
    ) -> Result<Arc<Prepared>, Faults> {
        let key = (text.to_string(), name.map(String::from));
        let found = match self.prepared.get(&key) {
            Some(found) => found,
            None => {
                let made = Arc::new(self.make(req, text, name, language).await?);
                self.prepared.insert(key, made.clone());
                made
            }
        };
        if found.kind == OperationKind::Mutation && req.method() == Method::GET {
            let text = "Can only perform a mutation operation from a POST request.";
            return Err(one(Fault::new(text, "BAD_REQUEST", 405).with_header("allow", "POST")));
        }
        Ok(found)
    }

    async fn make(
        &self,
        req: &HttpRequest,
        text: &str,
        name: Option<&str>,
        language: Language,
    ) -> Result<Prepared, Faults> {
        let document = self.judge.judge(&self.schema, text, name, language)?;
        let operation = chosen(&document, name).expect("it was judged to be there");
        let (kind, points) = (operation.kind.clone(), u64::from(rate_points(&document, &operation)));
        let field = field_of(&operation);
        let document = Arc::new(document);
        let normalized = self.normalized(req, &document, text, name, kind.clone()).await?;
        Ok(Prepared { document, name: name.map(String::from), normalized, kind, points, field })
    }

    async fn normalized(
        &self,
        req: &HttpRequest,
        document: &Arc<Document>,
        text: &str,
        name: Option<&str>,
        kind: OperationKind,
    ) -> Result<Arc<GraphQLNormalizationPayload>, Faults> {
        let selected = self.state.select_supergraph(req).await.ok().flatten();
        let Some(supergraph) = selected else { return Err(one(self.internal("no graph"))) };
        let empty = Arc::new(String::new());
        let parsed = GraphQLParserPayload {
            parsed_operation: document.clone(),
            minified_document: empty.clone(),
            operation_name: name.map(String::from),
            operation_type: kind,
            cache_key: key_of(text),
            cache_key_string: String::new(),
            hive_operation_hash: empty,
        };
        let params = GraphQLParams {
            query: Some(text.to_string()),
            operation_name: name.map(String::from),
            ..GraphQLParams::default()
        };
        normalize_request_with_cache(&supergraph.snapshot, &supergraph.runtime, &self.state, &params, &parsed)
            .await
            .map_err(|error| one(self.internal(&error.to_string())))
    }

    fn internal(&self, reason: &str) -> Fault {
        log::error("an error of the router", json!({"error": reason}));
        Fault::new(self.messages.say("INTERNAL", Language::Vietnamese), "INTERNAL", 200)
    }

    /// Variables as they go on, and a price that is not too high.
    pub fn coerce(
        &self,
        prepared: &Prepared,
        variables: HashMap<String, Value>,
        language: Language,
    ) -> Result<HashMap<String, Value>, Faults> {
        let (document, operation) = (&*prepared.document, prepared.operation());
        let read = coerce(&self.schema, document, &operation, variables, language)?;
        match cost_of(&self.schema, document, &operation, &read) {
            Ok(cost) if cost <= self.max_cost => Ok(read),
            Ok(cost) => {
                let text = self.messages.say("TOO_COSTLY", language);
                let fault = Fault::new(text, "INVALID", 400);
                Err(one(fault.with("cost", cost).with("limit", self.max_cost)))
            }
            Err(_) => {
                let text = self.messages.say("PAGE_TOO_LONG", language);
                let fault = Fault::new(text, "INVALID", 400);
                Err(one(fault.with("field", "first").with("limit", PAGE_MAX)))
            }
        }
    }

    fn refusal(&self, error: PipelineError, admission: &Admission) -> Faults {
        match error {
            PipelineError::Client(ClientPipelineError::AuthorizationFailed(fields)) => {
                let (code, text, status) = match admission.caller {
                    Some(_) => ("FORBIDDEN", "FORBIDDEN", 403),
                    None => ("UNAUTHENTICATED", "TOKEN_NEEDED", 401),
                };
                let text = self.messages.say(text, admission.language);
                let fault = |path: &str| Fault {
                    path: Some(path.split('.').collect()),
                    ..Fault::new(text, code, status)
                };
                fields.iter().map(|field| fault(&field.path)).collect()
            }
            error => {
                log::error(
                    "an error of the router",
                    json!({"requestId": admission.request_id, "error": error.to_string()}),
                );
                let text = self.messages.say("INTERNAL", admission.language);
                one(Fault::new(text, "INTERNAL", 200))
            }
        }
    }

    /// Answer an operation; what its services could not answer is told beside the rest.
    pub async fn execute(
        &self,
        req: &HttpRequest,
        plugins: &Arc<Vec<RouterPluginBoxed>>,
        admission: &Arc<Admission>,
        caller: Arc<JwtRequestDetails>,
        asked: (&Prepared, HashMap<String, Value>),
    ) -> Result<PlanExecutionOutput, Faults> {
        let (prepared, variables) = asked;
        admission.is_change.store(prepared.kind == OperationKind::Mutation, Ordering::Relaxed);
        let budget = self.budgets.of(&prepared.document, &prepared.operation());
        let _ = admission.ends.set((admission.arrived + budget, budget));
        let selected = self.state.select_supergraph(req).await.ok().flatten();
        let Some(supergraph) = selected else { return Err(one(self.internal("no graph"))) };
        let request_context = SharedRequestContext::default();
        let answered = execute_pipeline(
            prepared.details(req, caller),
            &GraphQLParams::default(),
            &prepared.normalized,
            CoerceVariablesPayload { variables_map: Some(variables) },
            &supergraph,
            &self.shared,
            &self.state,
            GraphQLOperationSpan::new(),
            Some(state_of(req, plugins, admission, &request_context)),
            &request_context,
            ResponseHeaderSink::default(),
            None,
        )
        .await;
        match answered {
            Ok(QueryPlanExecutionResult::Single(output)) => Ok(output),
            Ok(QueryPlanExecutionResult::Stream(_)) => Err(one(self.internal("a stream"))),
            Err(error) => Err(self.refusal(error, admission)),
        }
    }
}
