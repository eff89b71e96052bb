//! The graph of subscriptions as it tells of itself: by the crate's own answers to introspection.
use std::sync::Arc;

use hive_router::executor::execution::plan::CoerceVariablesPayload;
use hive_router::executor::introspection::resolve::{resolve_introspection, IntrospectionContext};
use hive_router::executor::introspection::schema::{SchemaMetadata, SchemaWithMetadata};
use hive_router::graphql_tools::static_graphql::schema as sdl;
use hive_router::query_planner::ast::operation::OperationDefinition;
use hive_router::query_planner::ast::selection_item::SelectionItem;
use hive_router::query_planner::ast::selection_set::{FieldSelection, SelectionSet};
use hive_router::query_planner::consumer_schema::ConsumerSchema;
use hive_router::sonic_rs;

use crate::operation::Field;
use crate::selections::Scope;

pub struct Introspection {
    schema: Arc<sdl::Document>,
    metadata: Arc<SchemaMetadata>,
}

/// A field as the crate reads it; it knows neither spreads nor one key asked for twice.
fn selection<'a>(key: &str, same: &[&'a Field], scope: &Scope<'_, 'a>) -> SelectionItem {
    let below = scope.below(same);
    let items = below.iter().map(|(key, same)| selection(key, same, scope)).collect();
    SelectionItem::Field(FieldSelection {
        name: same[0].name.clone(),
        alias: Some(key.to_string()),
        arguments: Some(same[0].arguments.clone().into()),
        selections: SelectionSet { items },
        skip_if: None,
        include_if: None,
        omit_from_response: false,
    })
}

impl Introspection {
    pub fn of(document: &sdl::Document) -> Self {
        let public = ConsumerSchema::new_from_supergraph(document);
        Self { metadata: Arc::new(public.schema_metadata()), schema: public.document }
    }

    /// What is told where `__schema` or `__type` was asked for.
    pub fn told<'a>(&self, same: &[&'a Field], scope: &Scope<'_, 'a>) -> String {
        let items = vec![selection("told", same, scope)];
        let operation = OperationDefinition {
            name: None,
            operation_kind: None,
            selection_set: SelectionSet { items },
            variable_definitions: None,
        };
        let variables = CoerceVariablesPayload { variables_map: Some(scope.variables.clone()) };
        let context = IntrospectionContext {
            query: None,
            schema: self.schema.clone(),
            metadata: self.metadata.clone(),
            variables: Arc::new(variables),
        };
        let answer = sonic_rs::to_value(&resolve_introspection(&operation, &context)).unwrap_or_default();
        answer["told"].to_string()
    }
}
