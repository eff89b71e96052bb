"""Every GraphQL operation that the documentation shows is one that the graph accepts."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATION = re.compile(r"^```graphql\n(.*?)^```", re.MULTILINE | re.DOTALL)


def operations() -> list[tuple[str, str]]:
    return [
        (f"{page.relative_to(ROOT)} no. {number}", text)
        for page in PAGES
        for number, text in enumerate(OPERATION.findall(page.read_text()), start=1)
    ]


@pytest.fixture(scope="module")
def graph() -> GraphQLSchema:
    supergraph = (ROOT / "services/gateway/supergraph.graphql").read_text()
    return build_schema(supergraph, assume_valid=True, assume_valid_sdl=True)


@pytest.mark.parametrize(("where", "text"), operations())
def test_an_operation_shown_in_the_documentation_is_valid(
    graph: GraphQLSchema, where: str, text: str
) -> None:
    problems = [error.message for error in validate(graph, parse(text))]

    assert problems == [], where


def test_the_documentation_shows_operations() -> None:
    assert len(operations()) >= 5
