//! The composed graph as the checks need it: inputs by name, fields by type, what each costs.
use std::collections::{HashMap, HashSet};

use hive_router::graphql_tools::parser::query::{Type as AnyType, Value as AnyValue};
use hive_router::graphql_tools::parser::schema as sdl;

pub type Type = AnyType<'static, String>;
pub type Literal = AnyValue<'static, String>;
type Directive = sdl::Directive<'static, String>;

/// The longest page; the services' own limit.
pub const PAGE_MAX: u32 = 100;

pub enum Input {
    Scalar,
    Enum(Vec<String>),
    Object(Vec<InputField>),
}

pub struct InputField {
    pub name: String,
    pub kind: Type,
    pub has_default: bool,
}

/// How one field is counted; `size` is none for what is no list, or is sized from above.
#[derive(Default)]
pub struct Price {
    pub size: Option<f64>,
    pub weight: Option<f64>,
    /// The arguments that say how long a page is, and what each is when it is left out.
    pub slicing: Vec<(String, u32)>,
    pub sized: HashSet<String>,
}

pub struct Field {
    pub named: String,
    pub arguments: HashMap<String, Type>,
    pub price: Price,
}

#[derive(Default)]
pub struct Schema {
    pub inputs: HashMap<String, Input>,
    pub types: HashMap<String, HashMap<String, Field>>,
    /// Types whose lists are taken row by row: each service refuses the rows that do not fit.
    pub rows: HashSet<String>,
    pub subgraphs: Vec<String>,
}

pub fn named(kind: &Type) -> &str {
    match kind {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => named(inner),
    }
}

fn argument<'a>(directives: &'a [Directive], name: &str, argument: &str) -> Option<&'a Literal> {
    let directive = directives.iter().find(|directive| directive.name == name)?;
    directive.arguments.iter().find(|(given, _)| given == argument).map(|(_, value)| value)
}

fn number(value: &Literal) -> Option<f64> {
    match value {
        Literal::Int(number) => number.as_i64().map(|value| value as f64),
        Literal::Float(value) => Some(*value),
        Literal::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn text(value: &Literal) -> Option<String> {
    match value {
        Literal::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn texts(value: Option<&Literal>) -> Vec<String> {
    let Some(Literal::List(values)) = value else { return Vec::new() };
    values.iter().filter_map(text).collect()
}

fn is_visible(directives: &[Directive]) -> bool {
    !directives.iter().any(|directive| directive.name == "inaccessible")
}

fn price_of(field: &sdl::Field<'static, String>, weights: &HashMap<String, f64>) -> Price {
    let list = |name| argument(&field.directives, "listSize", name);
    let slicing = texts(list("slicingArguments"));
    let usual = |argument: &sdl::InputValue<'static, String>| {
        argument.default_value.as_ref().and_then(number).map_or(PAGE_MAX, |value| value as u32)
    };
    let own = argument(&field.directives, "cost", "weight").and_then(number);
    Price {
        size: list("assumedSize").and_then(number),
        weight: own.or_else(|| weights.get(named(&field.field_type)).copied()),
        slicing: field
            .arguments
            .iter()
            .filter(|argument| slicing.contains(&argument.name))
            .map(|argument| (argument.name.clone(), usual(argument)))
            .collect(),
        sized: texts(list("sizedFields")).into_iter().collect(),
    }
}

impl Field {
    fn read(field: &sdl::Field<'static, String>, weights: &HashMap<String, f64>) -> Self {
        let arguments = field.arguments.iter();
        Self {
            named: named(&field.field_type).to_string(),
            arguments: arguments.map(|each| (each.name.clone(), each.value_type.clone())).collect(),
            price: price_of(field, weights),
        }
    }
}

impl Schema {
    pub fn read(document: &sdl::Document<'static, String>) -> Self {
        let mut schema = Self::default();
        let mut weights = HashMap::new();
        let definitions: Vec<_> = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                sdl::Definition::TypeDefinition(definition) => Some(definition),
                _ => None,
            })
            .collect();
        for definition in &definitions {
            if let Some((name, directives, _)) = fields_of(definition) {
                let weight = argument(directives, "cost", "weight").and_then(number);
                weights.extend(weight.map(|weight| (name.to_string(), weight)));
            }
        }
        for definition in definitions {
            schema.add(definition, &weights);
        }
        schema
    }

    fn add(&mut self, definition: &sdl::TypeDefinition<'static, String>, weights: &HashMap<String, f64>) {
        if let Some((name, _, fields)) = fields_of(definition) {
            let read =
                |field: &sdl::Field<'static, String>| (field.name.clone(), Field::read(field, weights));
            self.types.insert(name.to_string(), fields.iter().map(read).collect());
        }
        match definition {
            sdl::TypeDefinition::Scalar(scalar) => {
                self.inputs.insert(scalar.name.clone(), Input::Scalar);
            }
            sdl::TypeDefinition::Enum(one) if one.name == "join__Graph" => {
                let name = |value: &sdl::EnumValue<'static, String>| {
                    argument(&value.directives, "join__graph", "name").and_then(text)
                };
                self.subgraphs = one.values.iter().filter_map(name).collect();
            }
            sdl::TypeDefinition::Enum(one) => {
                let visible = one.values.iter().filter(|value| is_visible(&value.directives));
                let values = visible.map(|value| value.name.clone()).collect();
                self.inputs.insert(one.name.clone(), Input::Enum(values));
            }
            sdl::TypeDefinition::InputObject(input) => {
                if argument(&input.directives, "tag", "name") == Some(&Literal::String("row".into())) {
                    self.rows.insert(input.name.clone());
                }
                let visible = input.fields.iter().filter(|field| is_visible(&field.directives));
                let fields = visible.map(|field| InputField {
                    name: field.name.clone(),
                    kind: field.value_type.clone(),
                    has_default: field.default_value.is_some(),
                });
                self.inputs.insert(input.name.clone(), Input::Object(fields.collect()));
            }
            _ => {}
        }
    }

    pub fn field(&self, kind: &str, name: &str) -> Option<&Field> {
        self.types.get(kind)?.get(name)
    }
}

type Fields<'a> = (&'a str, &'a [Directive], &'a [sdl::Field<'static, String>]);

fn fields_of<'a>(definition: &'a sdl::TypeDefinition<'static, String>) -> Option<Fields<'a>> {
    match definition {
        sdl::TypeDefinition::Object(one) => Some((&one.name, &one.directives, &one.fields)),
        sdl::TypeDefinition::Interface(one) => Some((&one.name, &one.directives, &one.fields)),
        _ => None,
    }
}
