"""Every input of the graph, wrong one at a time, through the gateway and at each service: INVALID
with its path, the same words from all of them, and what was sent stands nowhere."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from graphql import is_enum_type

from catalogue_service.adapters.graphql.schema import schema as catalogue
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS
from evaluation_service.adapters.graphql.schema import schema as evaluation
from feedback_service.adapters.graphql.schema import schema as feedback
from gateway.echo import SERVICES, Echo, built
from gateway.running import NAMES, Gateway, World
from support.graph import Graph
from support.malformed import CANARY, OWN_SCALARS, Inputs, Place, inputs_of, sent

GRAPHS = {"catalogue": catalogue, "evaluation": evaluation, "feedback": feedback}
INPUTS = {name: inputs_of(schema._schema) for name, schema in GRAPHS.items()}
PLACES = [(name, place) for name, inputs in INPUTS.items() for place in inputs.places]
"""What stands in a row ends that row alone: `test_rows`."""

NO_DECIMALS: list[Any] = [
    "1." + "1" * 25, "9" * 100_000, "", " ", "1,5", "1_000", "1e-999999", "1E3", "NaN", "-NaN",
    "Infinity", "-0", "+1", "01", "0x10", "1/2", "١٢٣", "１２", "1\u200b", True, 1, 1.5, [1], {},
]  # fmt: skip
NO_DATES: list[Any] = [
    "2025-W27-2", "20250701", "2025-7-1", "2025-02-30", "0001-01-01", "9999-12-31", "٢٠٢٥-07-01",
    "", "01/07/2025", 20250701, True, ["2025-07-01"], {}, "2025-07-01T08:00:00",
    "2025-07-01T08:00:00+99:00",
]  # fmt: skip
WRONG = {"Decimal": NO_DECIMALS, "Date": NO_DATES, "DateTime": NO_DATES}


async def refused(name: str, place: Place, variables: dict[str, Any], language: str) -> list[Any]:
    """The errors of a service, which did nothing and logged nothing."""
    uow = MemoryUnitOfWork()
    graph = Graph(GRAPHS[name], uow, language=language)
    with structlog.testing.capture_logs() as logged:
        result = await graph.execute(place.document, ANONYMOUS, sent(variables))
    assert result.data is None
    assert (logged, uow.outbox) == ([], [])
    return [error.formatted for error in result.errors]


def outside_rows(inputs: Inputs) -> list[Place]:
    return [each for each in inputs.places if each.row is None]


def paths(errors: list[Any]) -> list[tuple[str, str]]:
    return [(each["extensions"]["code"], each["extensions"]["field"]) for each in errors]


@pytest.mark.parametrize("name", GRAPHS)
async def test_a_service_tells_the_path_and_not_the_value(name: str) -> None:
    for place in outside_rows(INPUTS[name]):
        errors = await refused(name, place, INPUTS[name].malformed(place), "en")

        assert paths(errors) == [("INVALID", place.path)], place
        assert CANARY not in str(errors), place


@pytest.mark.parametrize("name", GRAPHS)
async def test_a_number_or_a_day_has_one_form(name: str) -> None:
    for place in outside_rows(INPUTS[name]):
        for value in WRONG.get(place.kind, []):
            errors = await refused(name, place, INPUTS[name].with_(place, value), "vi")

            assert paths(errors) == [("INVALID", place.path)], (place, value)
            assert len(str(errors)) < 1_000


@pytest.fixture(scope="module")
def whole_graph(world: World) -> Iterator[Gateway]:
    echoes = [Echo(name) for name in NAMES]
    addresses = {f"{echo.name.upper()}_URL": echo.start() for echo in echoes}
    settings = {**addresses, "CONGVU_SUPERGRAPH": str(SERVICES / "gateway" / "supergraph.graphql")}
    running = Gateway(
        world.environment(**settings, CONGVU_LOG_LEVEL="debug"), world.folder / "inputs.log"
    )
    running.start()
    yield running
    assert running.stop() == 0
    assert [echo.arrived for echo in echoes] == [[], [], []]
    for echo in echoes:
        echo.stop()


async def test_the_gateway_says_the_same_and_logs_nothing_of_it(whole_graph: Gateway) -> None:
    graph = inputs_of(built(SERVICES / "gateway" / "supergraph.graphql"))
    # Inputs that several operations share, once.
    found = {place.keys[1:] or place.name: place for place in outside_rows(graph)}
    places = [place for place in found.values() if place.kind not in OWN_SCALARS]
    owners = {place.name: (name, place) for name, place in PLACES}
    assert len(places) > 200

    for place in places:
        response = whole_graph.post(
            place.document,
            variables=sent(graph.malformed(place)),
            headers={"accept-language": "en"},
        )
        errors = response.json()["errors"]
        assert paths(errors) == [("INVALID", place.path)], place
        assert CANARY not in response.text
        name, own = owners[place.name]
        theirs = await refused(name, own, INPUTS[name].malformed(own), "en")
        assert [each["message"] for each in errors] == [each["message"] for each in theirs]

    assert CANARY not in whole_graph.log.read_text()
    assert CANARY not in whole_graph.client.get(f"{whole_graph.base_url}/metrics").text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "document",
    [
        f'{{ workProducts(first: "{CANARY}") {{ __typename }} }}',
        f'{{ workProduct(code: ["{CANARY}"]) {{ __typename }} }}',
        f'mutation {{ reportWork(input: {{quantity: 5, note: ["{CANARY}"]}}) {{ __typename }} }}',
        f'{{ workProducts(filter: {{wrong: "{CANARY}"}}) {{ __typename }} }}',
        f'query($n: Int = "{CANARY}") {{ workProducts(first: $n) {{ __typename }} }}',
        f'{{ workProduct "{CANARY}" }}',
    ],
)
async def test_a_literal_is_told_as_a_variable_is(
    whole_graph: Gateway, document: str, language: str
) -> None:
    response = whole_graph.post(document, headers={"accept-language": language})

    assert CANARY not in response.text
    assert CANARY not in whole_graph.log.read_text()
    for error in response.json()["errors"]:
        assert error["extensions"]["code"] in ("INVALID", "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/json", 200), ("application/graphql-response+json", 400)],
)
async def test_a_request_that_does_not_fit_has_the_status_of_the_specification(
    whole_graph: Gateway, accept: str, status: int
) -> None:
    document = "query($n: Int!) { workProducts(first: $n) { __typename } }"

    response = whole_graph.post(document, variables={"n": "x"}, headers={"accept": accept})

    assert response.status_code == status
    assert "data" not in response.json()


def test_every_kind_of_input_is_tried() -> None:
    kinds = {place.kind for _, place in PLACES}

    assert {"String", "ID", "Int", "Boolean", *OWN_SCALARS} <= kinds
    assert any(
        is_enum_type(schema._schema.type_map[kind])
        for schema in GRAPHS.values()
        for kind in kinds
        if kind in schema._schema.type_map
    )
    assert len(PLACES) > 400


async def test_introspection_and_data_are_answered_side_by_side(world: World) -> None:
    echo = Echo("feedback")
    settings = {
        "FEEDBACK_URL": echo.start(),
        "CONGVU_SUPERGRAPH": str(SERVICES / "gateway" / "supergraph.graphql"),
    }
    gateway = Gateway(world.environment(**settings), world.folder / "introspection.log")
    gateway.start()

    answer = gateway.post('{ __type(name: "X") { name } publicLogHead { size } }').json()

    gateway.stop()
    echo.stop()
    assert answer == {"data": {"__type": None, "publicLogHead": {"size": 7}}}
