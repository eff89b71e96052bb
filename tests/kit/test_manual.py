"""The graph explains itself: made from the schemas, so that whatever is added is held, too."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    FieldDefinitionNode,
    GraphQLSchema,
    ObjectTypeDefinitionNode,
    build_schema,
    is_scalar_type,
    parse,
)

from congvu_kit.graph.bilingual import PARTED_BY, described, vietnamese_of
from congvu_kit.graph.manual import MUTATION, QUERY
from congvu_kit.tools.contracts import Contracts, all_contracts

SUBSCRIPTIONS = Path(__file__).parents[2] / "services" / "gateway" / "subscriptions.graphql"
SERVICES = pytest.mark.parametrize("service", all_contracts(), ids=lambda each: each.service)


def _schema(service: Contracts) -> GraphQLSchema:
    return service.schema._schema


GRAPHS = pytest.mark.parametrize(
    "graph",
    [*(_schema(each) for each in all_contracts()), build_schema(SUBSCRIPTIONS.read_text())],
    ids=[*(each.service for each in all_contracts()), "subscriptions"],
)
"""Those of the services, and what the gateway tells to whoever stays connected."""


@GRAPHS
def test_everything_says_what_it_is_in_both_languages(graph: GraphQLSchema) -> None:
    silent = [
        where for where, part in described(graph) if (part.description or "").count(PARTED_BY) != 1
    ]

    assert silent == []


def _texts(graph: GraphQLSchema) -> set[tuple[str, str]]:
    said = {part.description for _, part in described(graph)}
    return {
        (english, vietnamese) for english, _, vietnamese in (s.partition(PARTED_BY) for s in said)
    }


NAME = re.compile(
    r"`[^`@<> ]+`|\b[a-z]+[A-Z]\w*|\b[A-Z]{2,}(?:_[A-Z]+)+\b|\b[CEF]-I\d+|\d+(?:[.,]\d+)*"
)
"""What both languages name alike: fields, codes, rules and numbers."""

LETTERS = re.compile(r"[À-ÖØ-öø-ỹĐđ]")
LEFT = re.compile(r"criterion đ|\d+/QĐ-\w+", re.IGNORECASE)
"""Vietnamese names that English uses as they are."""


def _untrue(english: str, vietnamese: str) -> bool:
    """Whether the two cannot say the same, or one is in the other's language."""
    plain = vietnamese.replace(",", ".")
    names = (name.replace(",", ".") for name in NAME.findall(english))
    return (
        not all(name in plain for name in names)
        or bool(LETTERS.search(LEFT.sub("", english)))
        or english[-1] != vietnamese[-1]
        or (english[0].isupper() and vietnamese[0].islower() and not NAME.match(vietnamese))
    )


@GRAPHS
def test_both_languages_name_the_same_things(graph: GraphQLSchema) -> None:
    assert [texts for texts in sorted(_texts(graph)) if _untrue(*texts)] == []


@pytest.mark.parametrize(
    "texts",
    [
        ("At most 20.", "Tối đa 10."),
        ("Needed after `first`.", "Bắt buộc."),
        ("Waits (chờ).", "Đang chờ."),
        ("The unit.", "Đơn vị"),
        ("The unit.", "đơn vị."),
        ("Over C-I3.", "Theo C-I4."),
    ],
)
def test_each_untrue_translation_is_seen(texts: tuple[str, str]) -> None:
    assert _untrue(*texts)


def test_no_translation_is_left_of_what_nobody_says_any_more() -> None:
    kit = set(vietnamese_of("congvu_kit.graph").items())
    said = {each.service: _texts(_schema(each)) for each in all_contracts()}
    left = {
        service: set(vietnamese_of(f"{service}_service.adapters.graphql").items()) - texts
        for service, texts in said.items()
    }

    assert left == {service: set() for service in said}
    assert kit - set().union(*said.values()) == set()


@SERVICES
def test_query_and_mutation_say_the_same_in_every_service(service: Contracts) -> None:
    schema = _schema(service)

    assert schema.query_type is not None
    assert schema.mutation_type is not None
    for kind, text in ((schema.query_type, QUERY), (schema.mutation_type, MUTATION)):
        assert (kind.description or "").partition(PARTED_BY)[0] == text


@SERVICES
def test_every_scalar_names_its_specification(service: Contracts) -> None:
    scalars = [part for _, part in described(_schema(service)) if is_scalar_type(part)]

    assert sorted(each.name for each in scalars) == ["Date", "DateTime", "Decimal"]
    assert all(str(each.specified_by_url).startswith("https://") for each in scalars)


@SERVICES
def test_everything_that_can_be_asked_or_done_stands_in_one_section(service: Contracts) -> None:
    for field in _root_fields(service):
        tags = [each for each in field.directives or () if each.name.value == "tag"]
        names = [said.value.to_dict()["value"] for tag in tags for said in tag.arguments or ()]
        assert [name.split("/")[0] for name in names] == [service.service], field.name.value


def _root_fields(service: Contracts) -> Iterator[FieldDefinitionNode]:
    for kind in parse(service.sdl()).definitions:
        if isinstance(kind, ObjectTypeDefinitionNode) and kind.name.value in ("Query", "Mutation"):
            yield from (each for each in kind.fields or () if not each.name.value.startswith("_"))
