"""The playground's examples fit the graph as it is, for every role."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    get_variable_values,
    parse,
    validate,
)

from congvu_demo.dataset import dataset
from congvu_demo.examples import examples
from congvu_demo.showcase import OFFICER
from congvu_kit.domain.actor import Role

SDL = Path(__file__).parents[2] / "services/gateway/schema.graphql"
EXAMPLES = examples()


@pytest.fixture(scope="module")
def graph() -> GraphQLSchema:
    return build_schema(SDL.read_text())


def _operation(example: dict[str, Any]) -> OperationDefinitionNode:
    [operation] = parse(example["query"]).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["en"])
def test_it_is_an_operation_of_the_graph_with_the_variables_that_it_takes(
    graph: GraphQLSchema, example: dict[str, Any]
) -> None:
    operation = _operation(example)

    assert validate(graph, parse(example["query"])) == []
    declared = operation.variable_definitions or ()
    taken = get_variable_values(graph, declared, example["variables"])
    assert not isinstance(taken, list), taken
    assert set(example["variables"]) == {each.variable.name.value for each in declared}


def test_there_are_twenty_and_more_for_all_roles_with_mutations() -> None:
    mutations = [each for each in EXAMPLES if _operation(each).operation.value == "mutation"]

    assert len(EXAMPLES) >= 20
    assert {each["role"] for each in EXAMPLES} == {"", *Role}
    assert len({each["role"] for each in mutations}) >= 8


def test_each_has_a_name_of_its_own_in_both_languages() -> None:
    for language in ("name", "en"):
        assert len({each[language] for each in EXAMPLES}) == len(EXAMPLES)


def test_each_operation_is_named_since_a_tab_and_the_history_show_its_name() -> None:
    assert all(_operation(each).name for each in EXAMPLES)


def test_the_first_asks_why_the_storys_officer_has_this_score() -> None:
    assert EXAMPLES[0]["variables"] == {
        "officer": dataset().civil_servant_id(OFFICER),
        "period": dataset().period_id,
    }
