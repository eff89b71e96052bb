//! One operation of a document, whatever its kind.
use std::collections::HashMap;

use hive_router::graphql_tools::parser::query as ast;
use hive_router::query_planner::state::supergraph_state::OperationKind;

pub type Document = ast::Document<'static, String>;
pub type SelectionSet = ast::SelectionSet<'static, String>;
pub type Selection = ast::Selection<'static, String>;
pub type Field = ast::Field<'static, String>;
pub type Fragment = ast::FragmentDefinition<'static, String>;
pub type Variable = ast::VariableDefinition<'static, String>;
pub type Directive = ast::Directive<'static, String>;

/// A view of an operation's parts.
pub struct Operation<'a> {
    pub kind: OperationKind,
    pub name: Option<&'a str>,
    pub variables: &'a [Variable],
    pub directives: &'a [Directive],
    pub selections: &'a SelectionSet,
}

impl<'a> Operation<'a> {
    pub fn of(definition: &'a ast::OperationDefinition<'static, String>) -> Self {
        macro_rules! view {
            ($kind:ident, $one:expr) => {
                Self {
                    kind: OperationKind::$kind,
                    name: $one.name.as_deref(),
                    variables: &$one.variable_definitions,
                    directives: &$one.directives,
                    selections: &$one.selection_set,
                }
            };
        }
        match definition {
            ast::OperationDefinition::SelectionSet(selections) => {
                Self { kind: OperationKind::Query, name: None, variables: &[], directives: &[], selections }
            }
            ast::OperationDefinition::Query(one) => view!(Query, one),
            ast::OperationDefinition::Mutation(one) => view!(Mutation, one),
            ast::OperationDefinition::Subscription(one) => view!(Subscription, one),
        }
    }

    pub fn root(&self) -> &'static str {
        match self.kind {
            OperationKind::Query => "Query",
            OperationKind::Mutation => "Mutation",
            OperationKind::Subscription => "Subscription",
        }
    }
}

pub fn operations(document: &Document) -> impl Iterator<Item = Operation<'_>> {
    document.definitions.iter().filter_map(|definition| match definition {
        ast::Definition::Operation(operation) => Some(Operation::of(operation)),
        ast::Definition::Fragment(_) => None,
    })
}

/// The one that is named, or the only one.
pub fn chosen<'a>(document: &'a Document, name: Option<&str>) -> Option<Operation<'a>> {
    let mut all = operations(document);
    match name {
        Some(_) => all.find(|operation| operation.name == name),
        None => all.next().filter(|_| all.next().is_none()),
    }
}

pub type Fragments<'a> = HashMap<&'a str, &'a Fragment>;

pub fn fragments(document: &Document) -> Fragments<'_> {
    document.definitions.iter().filter_map(fragment).collect()
}

fn fragment<'a>(definition: &'a ast::Definition<'static, String>) -> Option<(&'a str, &'a Fragment)> {
    match definition {
        ast::Definition::Fragment(fragment) => Some((&fragment.name, fragment)),
        ast::Definition::Operation(_) => None,
    }
}

pub fn on<'a>(condition: &'a ast::TypeCondition<'static, String>) -> &'a str {
    let ast::TypeCondition::On(name) = condition;
    name
}

pub fn condition(fragment: &Fragment) -> &str {
    on(&fragment.type_condition)
}

/// The one field it asks for.
pub fn field_of(operation: &Operation<'_>) -> String {
    match &operation.selections.items[..] {
        [Selection::Field(field)] => field.name.clone(),
        _ => "several".to_string(),
    }
}

/// A text's place among those that are remembered.
pub fn key_of(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
