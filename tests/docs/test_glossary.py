"""One word for one thing: the schemas and events keep to the names of docs/glossary.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    TypeNode,
    parse,
)

from congvu_kit.domain.labels import TABLE

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs/glossary.md").read_text()
ROW = re.compile(r"^\| ([^|]+) \| `(\w+)` \| `(\w+)` \| ((?:`\w+` ?)+)\|$", re.MULTILINE)


WORDS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.partition("## Words")[2].splitlines()
    if line.startswith("| ")
][1:]
ANOTHER_THING = {
    ("InboxKind", "PROPOSAL"): "work that somebody proposed for themselves",
    ("Group", "A"): "leaders of every rank",
    ("policy", "proposal"): "what a policy proposes to do about a person",
    ("policy", "proposals"): "the same, all of them",
    ("export", "proposals"): "what is proposed to do about people",
}
"""Labels whose code is a word of the glossary for something else."""


def terms() -> dict[str, list[str]]:
    """What each English word of the glossary may be called in Vietnamese."""
    return {
        each.strip().casefold(): [one.strip().casefold() for one in vietnamese.split(" / ")]
        for english, vietnamese, _ in WORDS
        for each in re.sub(r"\(.*?\)", "", english).split(" / ")
    }


def spoken(name: str) -> set[str]:
    """A code or an English label as the glossary may have it."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ")
    bare = re.sub(r"^(a|an|the) ", "", apart.casefold())
    return {bare, re.sub(r"(?<!s)s$", "", bare)}


def called_otherwise(
    kind: str, code: str, vietnamese: str, english: str, known: dict[str, list[str]]
) -> str | None:
    """What the glossary calls it, where the label does not; what the label says in English goes
    before its code."""
    for name in (english, code):
        found = next((known[each] for each in sorted(spoken(name)) if each in known), None)
        if found is not None:
            said = vietnamese.casefold()
            return None if any(each in said for each in found) else f"{kind}.{code}: {found}"
    return None


def names() -> dict[str, tuple[str, bool]]:
    """Every forbidden name in the graph: what to say instead, and whether only ids are meant."""
    return {
        never: (name, name.endswith("Id"))
        for _, name, _, nevers in ROW.findall(GLOSSARY)
        for never in re.findall(r"\w+", nevers)
    }


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _type(node: TypeNode) -> str:
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def named(document: DocumentNode) -> Iterator[tuple[str, str, str]]:
    """Where it stands, the name and the type of each field, input field and argument."""
    for definition in document.definitions:
        owner = getattr(getattr(definition, "name", None), "value", "")
        for field in getattr(definition, "fields", None) or ():
            if isinstance(field, FieldDefinitionNode | InputValueDefinitionNode):
                where = f"{owner}.{field.name.value}"
                yield where, field.name.value, _type(field.type)
                for argument in getattr(field, "arguments", None) or ():
                    shown = f"{where}({argument.name.value})"
                    yield shown, argument.name.value, _type(argument.type)


def misnamed(name: str, *, is_id: bool) -> str | None:
    """What it should be called."""
    for never, (instead, only_ids) in names().items():
        right = _ends(name, instead) or (only_ids and not is_id)
        if not right and _ends(name, never):
            return instead
    return None


def _ends(name: str, with_: str) -> bool:
    return name == with_ or name.endswith(with_[0].upper() + with_[1:])


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def wrong_in_graph(sdl: str) -> list[str]:
    return [
        f"{where}: {instead}"
        for where, name, kind in named(parse(sdl))
        if (instead := misnamed(name, is_id=kind == "ID")) is not None
    ]


def test_the_glossary_names_the_things_that_all_services_share() -> None:
    assert [row[1] for row in ROW.findall(GLOSSARY)] == [
        "civilServantId",
        "unitId",
        "periodId",
        "revision",
        "sequence",
    ]
    for _, graph, code, _ in ROW.findall(GLOSSARY):
        assert snake(graph) == code


def test_every_word_has_its_vietnamese() -> None:
    assert len(WORDS) > 40
    assert [row for row in WORDS if len(row) != 3 or not all(row)] == []


def test_labels_call_things_as_the_glossary_does() -> None:
    known = terms()
    labels = [
        (kind, code, vietnamese, english)
        for kind in TABLE
        for code, (vietnamese, english) in TABLE[kind].items()
    ]

    found = [
        called_otherwise(kind, code, vietnamese, english, known)
        for kind, code, vietnamese, english in labels
        if (kind, code) not in ANOTHER_THING
    ]
    compared = [
        code for _, code, _, english in labels if (spoken(english) | spoken(code)) & known.keys()
    ]

    assert [each for each in found if each is not None] == []
    assert len(compared) > 75
    assert all(code in TABLE[kind] for kind, code in ANOTHER_THING)


def test_a_label_with_another_word_is_found() -> None:
    known = terms()

    assert called_otherwise("Role", "review-board", "hội đồng thẩm định", "a board", known) == (
        "Role.review-board: ['hội đồng đánh giá, xếp loại']"
    )
    assert called_otherwise("ActorClass", "UNIT_STAFF", "cán bộ", "staff of the unit", known)
    assert (
        called_otherwise("collection", "appeals", "kiến nghị về kết quả", "appeal", known) is None
    )


@pytest.mark.parametrize("service", ["catalogue", "evaluation", "feedback"])
def test_the_graph_calls_things_as_the_glossary_does(service: str) -> None:
    sdl = (ROOT / "services" / service / "schema.graphql").read_text()

    wrong = {f"{service} {each}" for each in wrong_in_graph(sdl)}

    assert sorted(wrong) == []


def test_events_call_things_as_the_glossary_does() -> None:
    wrong = set()
    for file in sorted(ROOT.glob("services/*/events/*.schema.json")):
        schema = json.loads(file.read_text())
        inner = [each.get("properties", {}) for each in schema.get("$defs", {}).values()]
        for name in {name for properties in (schema["properties"], *inner) for name in properties}:
            # Nothing but an id of a person, unit or period is told of one.
            instead = misnamed(camel(name), is_id=True)
            if instead is not None:
                wrong.add(f"{file.name.removesuffix('.schema.json')} {name}: {snake(instead)}")

    assert sorted(wrong) == []


def test_a_wrong_name_is_found() -> None:
    sdl = """
    type Query { satisfaction(unit: ID!, periodId: ID!): Index  unit: OrgUnit  logSeq: Int! }
    input StepInput { servantId: ID!, scopeUnitId: ID!, missingUnits: [ID!]! }
    """

    assert wrong_in_graph(sdl) == [
        "Query.satisfaction(unit): unitId",
        "Query.logSeq: sequence",
        "StepInput.servantId: civilServantId",
        "StepInput.missingUnits: unitId",
    ]
