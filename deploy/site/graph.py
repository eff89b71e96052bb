"""The reference of the graph, made from its schema: operations by section, types by kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    ast_from_value,
    build_schema,
    get_named_type,
    parse,
    print_ast,
)
from graphql.language import FieldDefinitionNode, ObjectTypeDefinitionNode, StringValueNode

from deploy.site.words import Words, cell

SCHEMA = Path("services/gateway/schema.graphql")
ROOTS = ("Query", "Mutation")
KINDS: Mapping[str, tuple[type, ...]] = {
    "objects": (GraphQLObjectType,),
    "inputs": (GraphQLInputObjectType,),
    "enums": (GraphQLEnumType,),
    "unions": (GraphQLUnionType,),
    "scalars": (GraphQLScalarType,),
}
STANDARD = frozenset({"String", "Int", "Float", "Boolean", "ID"})
"""Described by GraphQL itself."""


def pages(root: Path, words: Words) -> dict[str, str]:
    """Markdown by place."""
    schema = build_schema((root / SCHEMA).read_text(), assume_valid=True)
    sections = sections_of(root)
    made = {"index.md": _index(words, sorted(set(sections.values())))}
    by_section: defaultdict[str, list[str]] = defaultdict(list)
    for name in ROOTS:
        kind = schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)
        for field_name, field in sorted(kind.fields.items()):
            text = "\n".join(_operation(words, name.lower(), field_name, field))
            by_section[sections[field_name]].append(text)
    for section, texts in by_section.items():
        head = f"# {words.section(section)}\n\n"
        made[f"{_place(section)}.md"] = head + "\n".join(texts)
    for kind_name in KINDS:
        made[f"{kind_name}.md"] = "\n".join(_kind(words, schema, kind_name))
    return {f"reference/graph/{place}": text for place, text in made.items()}


def sections_of(root: Path) -> dict[str, str]:
    """The section that each operation is tagged with, by its name."""
    found = {}
    for file in sorted(root.glob("services/*/schema.graphql")):
        for definition in parse(file.read_text()).definitions:
            if isinstance(definition, ObjectTypeDefinitionNode) and definition.name.value in ROOTS:
                found.update(dict(_tagged(definition.fields or ())))
    return found


def _tagged(fields: Iterable[FieldDefinitionNode]) -> Iterator[tuple[str, str]]:
    for field in fields:
        for each in field.directives or ():
            for argument in each.arguments or ():
                if each.name.value == "tag" and isinstance(argument.value, StringValueNode):
                    yield field.name.value, argument.value.value


def _place(section: str) -> str:
    return section.replace("/", "-")


def _index(words: Words, sections: list[str]) -> str:
    lines = [
        f"# {words('The graph', 'Đồ thị dữ liệu')}",
        "",
        words(
            "Everything that can be asked and changed, made from the schema "
            "([schema.graphql](../../files/schema.graphql)). One endpoint: `POST /graphql`.",
            "Toàn bộ nội dung tra cứu và thao tác, lập từ lược đồ "
            "([schema.graphql](../../files/schema.graphql)). Một điểm kết nối: `POST /graphql`.",
        ),
        "",
        f"## {words('Operations by section', 'Thao tác theo nhóm')}",
        "",
        *(f"- [{words.section(each)}]({_place(each)}.md)" for each in sections),
        "",
        f"## {words('Types by kind', 'Kiểu dữ liệu theo loại')}",
        "",
        *(f"- [{words.kind(each)}]({each}.md)" for each in KINDS),
    ]
    return "\n".join(lines) + "\n"


def _operation(words: Words, kind: str, name: str, field: GraphQLField) -> Iterator[str]:
    yield f"## {name} {{#{name}}}\n"
    yield f"`{kind}` → {_typed(field.type)}\n"
    yield f"{words.described(field.description)}\n"
    if field.deprecation_reason:
        yield f"**{words('Deprecated', 'Sẽ bãi bỏ')}**: {field.deprecation_reason}\n"
    if field.args:
        yield words.row("argument", "type", "meaning")
        yield from (_argument(words, *each) for each in field.args.items())
        yield ""


def _argument(words: Words, name: str, given: GraphQLArgument | GraphQLInputField) -> str:
    told = cell(words.described(given.description)) + _default(given)
    return f"| `{name}` | {_typed(given.type)} | {told} |"


def _default(given: GraphQLArgument | GraphQLInputField) -> str:
    if given.default_value is Undefined or given.default_value is None:
        return ""
    node = ast_from_value(given.default_value, given.type)
    return f" `= {print_ast(node)}`" if node else ""


def _typed(kind: object) -> str:
    """The type as it is written, a link to where it is told."""
    named = get_named_type(kind)  # type: ignore[call-overload]
    if named.name in STANDARD:
        return f"`{kind}`"
    return f"[`{kind}`]({_kind_of(named)}.md#{named.name})"


def _kind_of(named: GraphQLNamedType) -> str:
    return next(name for name, kinds in KINDS.items() if isinstance(named, kinds))


def _kind(words: Words, schema: GraphQLSchema, kind: str) -> Iterator[str]:
    yield f"# {words.kind(kind)}\n"
    for name, each in sorted(schema.type_map.items()):
        if name.startswith("__") or name in STANDARD or name in ROOTS:
            continue
        if isinstance(each, KINDS[kind]):
            yield f"## {name} {{#{name}}}\n"
            yield f"{words.described(each.description)}\n"
            yield from _members(words, each)
            yield ""


def _members(words: Words, each: GraphQLNamedType) -> Iterator[str]:
    match each:
        case GraphQLObjectType():
            yield words.row("field", "type", "meaning")
            for name, field in each.fields.items():
                told = cell(words.described(field.description))
                yield f"| `{name}` | {_typed(field.type)} | {told} |"
                for given_name, given in field.args.items():
                    yield _argument(words, f"{name}({given_name})", given)
        case GraphQLInputObjectType():
            yield words.row("field", "type", "meaning")
            yield from (_argument(words, *member) for member in each.fields.items())
        case GraphQLEnumType():
            yield words.row("value", "meaning")
            for name, value in each.values.items():
                yield f"| `{name}` | {cell(words.described(value.description))} |"
        case GraphQLUnionType():
            yield from (f"- {_typed(member)}" for member in each.types)
        case GraphQLScalarType(specified_by_url=str() as url):
            yield f"<{url}>"
