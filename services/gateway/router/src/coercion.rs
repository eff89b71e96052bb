//! What does not fit its type: which input it is and what it must be, never what was sent.
//!
//! The same words as the services' (congvu_kit.graph.coercion): a caller cannot tell who refused.
use std::collections::HashMap;

use hive_router::sonic_rs;

use crate::faults::Fault;
use crate::messages::Language;
use crate::operation::{
    condition, fragments, on, operations, Directive, Document, Operation, Selection, SelectionSet,
};
use crate::schema::{named, Input, Literal, Schema, Type};
use crate::values::{is_too_deep, json_of, Given, Shape};

/// How many are told at a time.
const FAULTS_MAX: usize = 20;

type Sentence = (String, String);

fn sentence(en: &str, vi: &str) -> Sentence {
    (en.into(), vi.into())
}

fn required() -> Sentence {
    sentence("is required", "là bắt buộc")
}

fn must_be(scalar: &str) -> Sentence {
    match scalar {
        "Boolean" => sentence("must be true or false", "phải là true hoặc false"),
        "Float" => sentence("must be a number", "phải là số"),
        "ID" | "String" => sentence("must be text", "phải là chuỗi ký tự"),
        "Int" => sentence(
            "must be a whole number from -2147483648 to 2147483647",
            "phải là số nguyên từ -2147483648 đến 2147483647",
        ),
        _ => sentence("does not fit its type", "không đúng kiểu dữ liệu"),
    }
}

/// Where in the words of the schema, and what it must be.
struct Found {
    path: Vec<String>,
    must: Sentence,
}

struct Check<'a> {
    schema: &'a Schema,
    path: Vec<String>,
    found: Vec<Found>,
}

impl Check<'_> {
    fn fault(&mut self, must: Sentence) {
        let is_new = !self.found.iter().any(|found| found.path == self.path);
        if is_new && self.found.len() < FAULTS_MAX {
            self.found.push(Found { path: self.path.clone(), must });
        }
    }

    fn within<T>(&mut self, step: impl Into<String>, look: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let seen = look(self);
        self.path.pop();
        seen
    }

    fn value<V: Given>(&mut self, kind: &Type, value: &V) {
        let shape = value.shape();
        match (kind, shape) {
            (_, Shape::Variable) => {}
            (Type::NonNullType(_), Shape::Null) => self.fault(required()),
            (Type::NonNullType(inner), _) => self.value(inner, value),
            (_, Shape::Null) => {}
            (Type::ListType(_), Shape::List(_)) if self.schema.rows.contains(named(kind)) => {}
            (Type::ListType(inner), Shape::List(items)) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.within(index.to_string(), |check| check.value(inner, item));
                }
            }
            (Type::ListType(inner), _) => self.value(inner, value),
            (Type::NamedType(name), shape) => self.named(name, shape),
        }
    }

    fn named<V: Given>(&mut self, name: &str, shape: Shape<'_, V>) {
        match self.schema.inputs.get(name) {
            Some(Input::Object(_)) => self.object(name, shape),
            Some(Input::Enum(values)) => {
                let given = match shape {
                    Shape::Name(text) => Some(text),
                    Shape::Text(text) if !V::IS_LITERAL => Some(text),
                    _ => None,
                };
                if !given.is_some_and(|text| values.iter().any(|each| each == text)) {
                    let all = values.join(", ");
                    let (en, vi) = ("must be one of", "phải là một trong");
                    self.fault((format!("{en} {all}"), format!("{vi} {all}")));
                }
            }
            _ if !fits_scalar(name, &shape) => self.fault(must_be(name)),
            _ => {}
        }
    }

    fn object<V: Given>(&mut self, name: &str, shape: Shape<'_, V>) {
        let Shape::Object(given) = shape else {
            return self.fault(sentence("must be an object", "phải là một đối tượng"));
        };
        let schema = self.schema;
        let Some(Input::Object(fields)) = schema.inputs.get(name) else { return };
        for field in fields {
            match given.iter().rfind(|(name, _)| *name == field.name) {
                Some((_, value)) => {
                    self.within(field.name.clone(), |check| check.value(&field.kind, *value));
                }
                None if matches!(field.kind, Type::NonNullType(_)) && !field.has_default => {
                    self.within(field.name.clone(), |check| check.fault(required()));
                }
                None => {}
            }
        }
        if given.iter().any(|(name, _)| !fields.iter().any(|field| field.name == *name)) {
            self.fault(sentence("has a field that is not known", "có trường không được biết đến"));
        }
    }
}

fn fits_scalar<V>(name: &str, shape: &Shape<'_, V>) -> bool {
    let is_whole = |value: f64| value.fract() == 0.0;
    match (name, shape) {
        ("String", shape) => matches!(shape, Shape::Text(_)),
        ("ID", Shape::Text(_)) => true,
        ("ID", Shape::Number { value }) => is_whole(*value),
        ("Boolean", shape) => matches!(shape, Shape::Boolean),
        ("Float", Shape::Number { value }) => value.is_finite(),
        ("Int", Shape::Number { value }) => {
            is_whole(*value) && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(value)
        }
        ("ID" | "Float" | "Int", _) => false,
        _ => true,
    }
}

/// The way to a variable inside a value, in the words of the schema.
fn way_to(value: &Literal, variable: &str) -> Option<Vec<String>> {
    let step =
        |name: String, inner: &Literal| way_to(inner, variable).map(|rest| [vec![name], rest].concat());
    match value {
        Literal::Variable(name) if name == variable => Some(Vec::new()),
        Literal::List(all) => all.iter().enumerate().find_map(|(index, each)| step(index.to_string(), each)),
        Literal::Object(all) => all.iter().find_map(|(name, each)| step(name.clone(), each)),
        _ => None,
    }
}

type Arguments = [(String, Literal)];

/// Every list of arguments in a document, with the types they are wanted in.
fn visit<'a>(
    schema: &'a Schema,
    set: &'a SelectionSet,
    kind: &'a str,
    seen: &mut dyn FnMut(&'a Arguments, &dyn Fn(&str) -> Option<Type>),
) {
    for selection in &set.items {
        let directives: &[Directive] = match selection {
            Selection::Field(field) => &field.directives,
            Selection::FragmentSpread(spread) => &spread.directives,
            Selection::InlineFragment(fragment) => &fragment.directives,
        };
        for directive in directives {
            seen(&directive.arguments, &|name| {
                let boolean = || Type::NamedType("Boolean".to_string());
                (name == "if").then(|| Type::NonNullType(Box::new(boolean())))
            });
        }
        match selection {
            Selection::Field(field) => {
                let found = schema.field(kind, &field.name);
                seen(&field.arguments, &|name| found.and_then(|found| found.arguments.get(name).cloned()));
                let inner = found.map_or("", |found| found.named.as_str());
                visit(schema, &field.selection_set, inner, seen);
            }
            Selection::InlineFragment(fragment) => {
                let kept = fragment.type_condition.as_ref().map(on);
                visit(schema, &fragment.selection_set, kept.unwrap_or(kind), seen);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn visit_all<'a>(
    schema: &'a Schema,
    document: &'a Document,
    seen: &mut dyn FnMut(&'a Arguments, &dyn Fn(&str) -> Option<Type>),
) {
    for operation in operations(document) {
        visit(schema, operation.selections, operation.root(), seen);
    }
    for fragment in fragments(document).values() {
        visit(schema, &fragment.selection_set, condition(fragment), seen);
    }
}

/// Where a variable goes, in the words of the schema: its own name is the caller's.
fn use_of(schema: &Schema, document: &Document, variable: &str) -> Vec<String> {
    let mut way: Option<Vec<String>> = None;
    visit_all(schema, document, &mut |arguments, _| {
        way = way.take().or_else(|| {
            arguments.iter().find_map(|(name, value)| {
                way_to(value, variable).map(|rest| [vec![name.clone()], rest].concat())
            })
        });
    });
    way.unwrap_or_default()
}

fn told(found: Vec<Found>, language: Language) -> Vec<Fault> {
    let tell = |found: Found| {
        let field = found.path.join(".");
        let must = if language == Language::English { found.must.0 } else { found.must.1 };
        Fault::standard(format!("{field} {must}"), "INVALID").with("field", field)
    };
    found.into_iter().take(FAULTS_MAX).map(tell).collect()
}

/// The faults of the values that a document itself writes.
pub fn faults_of_literals(schema: &Schema, document: &Document, language: Language) -> Vec<Fault> {
    let mut check = Check { schema, path: Vec::new(), found: Vec::new() };
    visit_all(schema, document, &mut |arguments, kind_of| {
        for (name, value) in arguments {
            if let Some(kind) = kind_of(name) {
                check.within(name.clone(), |check| check.value(&kind, value));
            }
        }
    });
    for operation in operations(document) {
        for variable in operation.variables {
            if let Some(default) = &variable.default_value {
                check.path = use_of(schema, document, &variable.name);
                check.value(&variable.var_type, default);
                check.path.clear();
            }
        }
    }
    told(check.found, language)
}

/// The variables of an operation as it goes on: what was sent, else what the document says.
pub fn coerce(
    schema: &Schema,
    document: &Document,
    operation: &Operation<'_>,
    mut sent: HashMap<String, sonic_rs::Value>,
    language: Language,
) -> Result<HashMap<String, sonic_rs::Value>, Vec<Fault>> {
    let mut found = Vec::new();
    let mut read = HashMap::new();
    for variable in operation.variables {
        let mut check = Check { schema, path: Vec::new(), found: Vec::new() };
        match (sent.remove(&variable.name), &variable.default_value) {
            (Some(value), _) if is_too_deep(&value, 0) => check.fault(must_be("")),
            (Some(value), _) => {
                check.value(&variable.var_type, &value);
                read.insert(variable.name.clone(), value);
            }
            (None, Some(default)) => {
                read.insert(variable.name.clone(), json_of(default));
            }
            (None, None) if matches!(variable.var_type, Type::NonNullType(_)) => {
                check.fault(required());
            }
            (None, None) => {}
        }
        if !check.found.is_empty() {
            let start = use_of(schema, document, &variable.name);
            let whole = |one: Found| Found { path: [start.clone(), one.path].concat(), ..one };
            found.extend(check.found.into_iter().map(whole));
        }
    }
    if found.is_empty() {
        Ok(read)
    } else {
        Err(told(found, language))
    }
}
