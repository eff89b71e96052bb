"""The contract checks find what they are there to find."""

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from annotated_types import MinLen

from congvu_kit.domain.aggregate import Event
from congvu_kit.tools.cli import Failure, check_contracts, write_contracts
from congvu_kit.tools.contracts import (
    Contracts,
    Published,
    all_contracts,
    asyncapi,
    breaking,
    breaking_sdl,
    examples_not_valid,
    expected_files,
    stale,
    write,
)
from kit.desk_graph import SCHEMA
from kit.desks import DeskRenamed

CONTRACTS = Contracts(
    service="desks",
    schema=SCHEMA,
    events=[Published(DeskRenamed, DeskRenamed(desk_id="desk_1", name="Bàn"))],
)


@dataclass(frozen=True, kw_only=True)
class DeskRenamedDifferently(Event):
    """The same type with one promised field less and one of another type."""

    TYPE: ClassVar[str] = DeskRenamed.TYPE

    name: int


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path, expected_files([CONTRACTS]))
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_written_contracts_are_current_and_break_nothing(repository: Path) -> None:
    files = expected_files([CONTRACTS])

    assert list(stale(repository, files)) == []
    assert list(breaking(repository, "HEAD", files)) == []
    assert list(examples_not_valid([CONTRACTS])) == []


def test_contracts_are_written_to_be_read_and_compared(repository: Path) -> None:
    example = repository / "services/desks/events/congvu.test.desk.renamed.v1.example.json"
    sdl = (repository / "services/desks/schema.graphql").read_text()
    events = (repository / "docs/asyncapi.yaml").read_text()

    assert example.read_text() == (
        '{\n  "desk_id": "desk_1",\n  "name": "Bàn",\n  "revision": 1\n}\n'
    )
    assert sdl.endswith("}\n")
    assert not sdl.endswith("}\n\n")
    assert events.startswith("asyncapi: 3.0.0\nchannels:\n")
    assert "title: Công vụ KPI" in events


def test_a_changed_or_left_over_file_is_stale(repository: Path) -> None:
    events = repository / "services/desks/events"
    (events / "gone.schema.json").write_text("{}")
    (repository / "services/desks/schema.graphql").write_text("type Query { a: Int }\n")

    problems = list(stale(repository, expected_files([CONTRACTS])))

    assert "services/desks/schema.graphql" in problems[0]
    assert problems[1:] == ["services/desks/events/gone.schema.json belongs to no event"]


def test_an_event_that_promises_less_breaks_its_readers(repository: Path) -> None:
    changed = Contracts(
        service="desks",
        schema=SCHEMA,
        events=[Published(DeskRenamedDifferently, DeskRenamedDifferently(name=1))],
    )

    problems = list(breaking(repository, "HEAD", expected_files([changed])))

    told = "\n".join(problems)
    assert "'desk_id' is promised no longer" in told
    assert "'name' changed its type from string to integer" in told
    assert "the old example is no longer valid" in told


def test_an_example_unlike_its_schema_is_told() -> None:
    @dataclass(frozen=True, kw_only=True)
    class DeskNamed(Event):
        TYPE: ClassVar[str] = "congvu.test.desk.named.v1"

        name: Annotated[str, MinLen(3)]

    changed = replace(CONTRACTS, events=[Published(DeskNamed, DeskNamed(name="no"))])

    (problem,) = examples_not_valid([changed])

    assert problem == "the example of congvu.test.desk.named.v1 is not valid: 'no' is too short"


def test_a_message_is_summed_up_by_what_somebody_wrote() -> None:
    @dataclass(frozen=True, kw_only=True)
    class DeskBurnt(Event):
        TYPE: ClassVar[str] = "congvu.test.desk.burnt.v1"

    document = asyncapi([replace(CONTRACTS, events=[Published(DeskBurnt, DeskBurnt())])])

    assert "summary: congvu.test.desk.burnt.v1" in document
    assert "DeskBurnt" not in document


def test_stale_or_uncomposed_contracts_fail_the_check(tmp_path: Path) -> None:
    with pytest.raises(Failure) as told:
        check_contracts(tmp_path)

    assert "stale: " in str(told.value)
    assert "supergraph: " in str(told.value)


def test_contracts_that_do_not_compose_fail_the_writing(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"compose\.mjs"):
        write_contracts(tmp_path)

    assert (tmp_path / "services/catalogue/schema.graphql").exists()


def test_a_lost_field_and_a_lost_key_break_clients() -> None:
    old = 'type Query { a: Int b: Int }\ntype Desk @key(fields: "id") { id: ID! }'
    new = "type Query { a: Int }\ntype Desk { id: ID! }"

    assert list(breaking_sdl(old, new)) == [
        "Field Query.b was removed.",
        "Desk lost its @key(id)",
    ]


def test_the_asyncapi_document_lists_every_topic_and_message() -> None:
    document = asyncapi([CONTRACTS])

    assert "congvu.desks.v1" in document
    assert "A desk got its name." in document
    assert "../services/desks/events/congvu.test.desk.renamed.v1.schema.json" in document


def test_every_service_declares_its_contracts() -> None:
    found = all_contracts()

    assert [each.service for each in found] == ["catalogue", "evaluation", "feedback"]
    for each in found:
        for event in each.events:
            assert event.name.startswith(f"congvu.{each.service}.")
            assert json.dumps(event.example_data())
