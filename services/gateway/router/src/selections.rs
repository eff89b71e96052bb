//! What an operation asks for of one object, with fragments and conditions resolved.
use std::collections::HashMap;

use hive_router::graphql_tools::parser::query::Value as Literal;
use hive_router::sonic_rs::{JsonValueTrait, Value};

use crate::operation::{Directive, Field, Fragments, Selection, SelectionSet};
use crate::values::json_of;

pub type Variables = HashMap<String, Value>;

/// Fields of one object by the key of the answer, in the order in which they are asked for.
pub type Chosen<'a> = Vec<(&'a str, Vec<&'a Field>)>;

/// What selections mean by the names they use.
pub struct Scope<'s, 'a> {
    pub fragments: &'s Fragments<'a>,
    pub variables: &'s Variables,
}

fn value_of(literal: &Literal<'static, String>, variables: &Variables) -> Option<Value> {
    match literal {
        Literal::Variable(name) => variables.get(name).cloned(),
        literal => Some(json_of(literal)),
    }
}

pub fn argument(field: &Field, name: &str, variables: &Variables) -> Option<String> {
    let (_, literal) = field.arguments.iter().find(|(own, _)| own == name)?;
    value_of(literal, variables)?.as_str().map(String::from)
}

impl<'a> Scope<'_, 'a> {
    /// What is asked for below fields of one key.
    pub fn below(&self, same: &[&'a Field]) -> Chosen<'a> {
        let mut found = Chosen::new();
        for field in same {
            self.choose(&field.selection_set, &mut found);
        }
        found
    }

    /// Every fragment is on the one type there is in its place: that was judged before.
    pub fn choose(&self, set: &'a SelectionSet, found: &mut Chosen<'a>) {
        for selection in &set.items {
            match selection {
                Selection::Field(field) if !self.is_left_out(&field.directives) => {
                    let key = field.alias.as_deref().unwrap_or(&field.name);
                    match found.iter_mut().find(|(own, _)| *own == key) {
                        Some((_, same)) => same.push(field),
                        None => found.push((key, vec![field])),
                    }
                }
                Selection::InlineFragment(fragment) if !self.is_left_out(&fragment.directives) => {
                    self.choose(&fragment.selection_set, found);
                }
                Selection::FragmentSpread(spread) if !self.is_left_out(&spread.directives) => {
                    if let Some(fragment) = self.fragments.get(spread.fragment_name.as_str()) {
                        self.choose(&fragment.selection_set, found);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_left_out(&self, directives: &[Directive]) -> bool {
        directives.iter().any(|directive| {
            let given = directive.arguments.first();
            let condition = given.and_then(|(_, literal)| value_of(literal, self.variables));
            let holds = condition.and_then(|value| value.as_bool());
            matches!((directive.name.as_str(), holds), ("skip", Some(true)) | ("include", Some(false)))
        })
    }
}
