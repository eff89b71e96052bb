//! Values as they are sent: in variables, or written in the document.
use std::collections::HashMap;

use hive_router::sonic_rs::{self, JsonContainerTrait, JsonNumberTrait, JsonType, JsonValueTrait};

use crate::schema::Literal;

/// How deep an input may be nested; the schema's own inputs are four deep.
const NESTING_MAX: usize = 50;

/// A value, be it a variable's or written in the document.
pub enum Shape<'a, V> {
    Null,
    Variable,
    Boolean,
    Number { value: f64 },
    Text(&'a str),
    Name(&'a str),
    List(Vec<&'a V>),
    Object(Vec<(&'a str, &'a V)>),
}

pub trait Given: Sized {
    const IS_LITERAL: bool;
    fn shape(&self) -> Shape<'_, Self>;
}

impl Given for sonic_rs::Value {
    const IS_LITERAL: bool = false;

    fn shape(&self) -> Shape<'_, Self> {
        match self.get_type() {
            JsonType::Null => Shape::Null,
            JsonType::Boolean => Shape::Boolean,
            JsonType::Number => Shape::Number {
                value: self.as_number().and_then(|number| number.as_f64()).unwrap_or(f64::NAN),
            },
            JsonType::String => Shape::Text(self.as_str().unwrap_or_default()),
            JsonType::Array => {
                Shape::List(self.as_array().map(|all| all.iter().collect()).unwrap_or_default())
            }
            JsonType::Object => {
                Shape::Object(self.as_object().map(|all| all.iter().collect()).unwrap_or_default())
            }
        }
    }
}

impl Given for Literal {
    const IS_LITERAL: bool = true;

    fn shape(&self) -> Shape<'_, Self> {
        match self {
            Self::Variable(_) => Shape::Variable,
            Self::Int(number) => Shape::Number { value: number.as_i64().unwrap_or(0) as f64 },
            Self::Float(value) => Shape::Number { value: *value },
            Self::String(text) => Shape::Text(text),
            Self::Boolean(_) => Shape::Boolean,
            Self::Null => Shape::Null,
            Self::Enum(name) => Shape::Name(name),
            Self::List(values) => Shape::List(values.iter().collect()),
            Self::Object(fields) => {
                Shape::Object(fields.iter().map(|(name, value)| (name.as_str(), value)).collect())
            }
        }
    }
}

/// Whether a value is nested deeper than any input of the schema.
pub fn is_too_deep(value: &sonic_rs::Value, depth: usize) -> bool {
    let deeper = |each: &sonic_rs::Value| is_too_deep(each, depth + 1);
    match value.shape() {
        Shape::List(items) => depth > NESTING_MAX || items.into_iter().any(deeper),
        Shape::Object(fields) => depth > NESTING_MAX || fields.into_iter().any(|(_, each)| deeper(each)),
        _ => false,
    }
}

/// A value of the document as the variable that it stands for.
pub fn json_of(value: &Literal) -> sonic_rs::Value {
    match value {
        Literal::Variable(_) | Literal::Null => sonic_rs::Value::new(),
        Literal::Int(number) => sonic_rs::json!(number.as_i64().unwrap_or(0)),
        Literal::Float(value) => sonic_rs::json!(*value),
        Literal::String(text) | Literal::Enum(text) => sonic_rs::json!(text),
        Literal::Boolean(value) => sonic_rs::json!(*value),
        Literal::List(all) => {
            sonic_rs::json!(all.iter().map(json_of).collect::<Vec<sonic_rs::Value>>())
        }
        Literal::Object(all) => {
            let fields: HashMap<&String, sonic_rs::Value> =
                all.iter().map(|(name, each)| (name, json_of(each))).collect();
            sonic_rs::json!(fields)
        }
    }
}
