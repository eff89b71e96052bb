"""The inbox is put together from two services; one that is down costs only its own part."""

from collections.abc import Iterator

import pytest

from gateway.echo import SERVICES, Echo
from gateway.running import NAMES, Gateway, World, codes

INBOX = """{ inbox {
  counts { kind } items(kind: REPORT) { edges { node { dueOn } } }
  complaintCounts { task count late }
  complaints(task: ANSWER) { edges { node { id dueOn } } pageInfo { hasNextPage } } } }"""


@pytest.fixture
def echoes() -> Iterator[dict[str, Echo]]:
    made = {name: Echo(name) for name in NAMES}
    yield made
    for echo in made.values():
        echo.stop()


@pytest.fixture
def whole_graph(world: World, echoes: dict[str, Echo]) -> Iterator[Gateway]:
    addresses = {f"{name.upper()}_URL": echo.start() for name, echo in echoes.items()}
    supergraph = str(SERVICES / "gateway" / "supergraph.graphql")
    running = Gateway(
        world.environment(CONGVU_SUPERGRAPH=supergraph, **addresses), world.folder / "inbox.log"
    )
    running.start()
    yield running
    assert running.stop() == 0


def test_complaints_are_asked_for_by_the_account_that_evaluation_names(
    whole_graph: Gateway, echoes: dict[str, Echo]
) -> None:
    shown = whole_graph.data(INBOX)["inbox"]

    assert set(shown) == {"counts", "items", "complaintCounts", "complaints"}
    assert shown["complaintCounts"] == []
    assert shown["complaints"]["edges"] == []
    (arrived,) = echoes["feedback"].arrived
    assert arrived == (
        "_entities",
        {"representations": [{"__typename": "Inbox", "id": "CB-01 \u200b'\""}]},
    )


def test_the_rest_of_the_inbox_is_there_while_complaints_cannot_be_read(
    whole_graph: Gateway, echoes: dict[str, Echo]
) -> None:
    echoes["feedback"].stop()

    response = whole_graph.post(INBOX)

    shown = response.json()["data"]["inbox"]
    assert (shown["counts"], shown["items"]["edges"]) == ([], [])
    assert (shown["complaintCounts"], shown["complaints"]) == (None, None)
    assert set(codes(response)) == {"UNAVAILABLE"}
