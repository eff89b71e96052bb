//! Whether a text is a good document, by every rule that needs no variables.
use std::sync::Arc;

use hive_router::graphql_tools::parser::Pos;
use hive_router::graphql_tools::static_graphql::schema as sdl;
use hive_router::graphql_tools::validation::rules::default_rules_validation_plan;
use hive_router::graphql_tools::validation::validate::{validate, ValidationPlan};
use hive_router::query_planner::consumer_schema::ConsumerSchema;
use hive_router::query_planner::utils::parsing::safe_parse_operation;

use crate::coercion::faults_of_literals;
use crate::faults::{without_suggestion, Fault};
use crate::limits::Limits;
use crate::messages::Language;
use crate::operation::{chosen, fragments, operations, Document, Selection, SelectionSet};
use crate::schema::Schema;
use crate::settings::Settings;

pub type Faults = Vec<Fault>;

pub fn one(fault: Fault) -> Faults {
    vec![fault]
}

pub struct Judge {
    /// What callers see of the graph.
    public: Arc<sdl::Document>,
    rules: ValidationPlan,
    limits: Limits,
    is_open: bool,
}

/// The rules of the standard, without the one whose words repeat what was sent.
fn rules() -> ValidationPlan {
    let mut plan = default_rules_validation_plan();
    plan.rules.retain(|rule| rule.error_code() != "ValuesOfCorrectType");
    plan
}

fn introspected<'a>(set: &'a SelectionSet, found: &mut Vec<(&'a str, Pos)>) {
    for selection in &set.items {
        match selection {
            Selection::Field(field) if matches!(field.name.as_str(), "__schema" | "__type") => {
                found.push((&field.name, field.position));
            }
            Selection::Field(field) => introspected(&field.selection_set, found),
            Selection::InlineFragment(fragment) => introspected(&fragment.selection_set, found),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn looks_at_schema(document: &Document) -> Vec<(&str, Pos)> {
    let mut found = Vec::new();
    for operation in operations(document) {
        introspected(operation.selections, &mut found);
    }
    for fragment in fragments(document).into_values() {
        introspected(&fragment.selection_set, &mut found);
    }
    found
}

impl Judge {
    pub fn new(settings: &Settings, supergraph: &sdl::Document) -> Self {
        Self {
            public: ConsumerSchema::new_from_supergraph(supergraph).document,
            rules: rules(),
            limits: Limits::new(settings),
            is_open: settings.is_open,
        }
    }

    fn parsed(&self, text: &str) -> Result<Document, Fault> {
        self.limits.require_few_tokens(text)?;
        safe_parse_operation(text).map_err(|error| {
            // The parser quotes what it found.
            Fault::standard("Syntax Error: the document cannot be read here.", "GRAPHQL_PARSE_FAILED")
                .at(error.0.position)
        })
    }

    fn require_valid(&self, schema: &Schema, document: &Document, language: Language) -> Result<(), Faults> {
        let invalid = |message: String| Fault::standard(message, "GRAPHQL_VALIDATION_FAILED");
        for operation in operations(document) {
            if !schema.types.contains_key(operation.root()) {
                let kind = operation.kind.as_str();
                return Err(one(invalid(format!("This graph has no {kind}."))));
            }
        }
        if !self.is_open {
            let hidden = |(name, position): (&str, Pos)| {
                let text = "GraphQL introspection has been disabled, but the requested query contained";
                invalid(format!("{text} the field \"{name}\".")).at(position)
            };
            let faults: Faults = looks_at_schema(document).into_iter().map(hidden).collect();
            if !faults.is_empty() {
                return Err(faults);
            }
        }
        let mut faults: Faults = validate(&self.public, document, &self.rules)
            .into_iter()
            .map(|error| {
                let text = error.message;
                let text = if self.is_open { text } else { without_suggestion(&text) };
                Fault { locations: error.locations, ..invalid(text) }
            })
            .collect();
        if faults.is_empty() {
            faults = faults_of_literals(schema, document, language);
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// The document that a text is, with the operation in it that is asked for.
    pub fn judge(
        &self,
        schema: &Schema,
        text: &str,
        name: Option<&str>,
        language: Language,
    ) -> Result<Document, Faults> {
        let document = self.parsed(text).map_err(one)?;
        if chosen(&document, name).is_none() {
            let text = "Could not determine what operation to execute.";
            return Err(one(Fault::new(text, "OPERATION_RESOLUTION_FAILURE", 400)));
        }
        self.limits.require_shape(&document).map_err(one)?;
        self.require_valid(schema, &document, language)?;
        Ok(document)
    }
}
