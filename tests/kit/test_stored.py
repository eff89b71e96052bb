"""No change of a stored shape goes unseen, and none leaves a document or a replica behind."""

import json
import subprocess
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.application.ports import Collection, Migration, Stored
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.tools import stored
from congvu_kit.tools.contracts import Contracts, all_contracts
from congvu_kit.tools.history import base_revision
from kit.desk_graph import SCHEMA

ROOT = Path(__file__).parents[2]


class Wood(StrEnum):
    OAK = "OAK"


class MoreWood(StrEnum):
    OAK = "OAK"
    TEAK = "TEAK"


@dataclass(kw_only=True)
class Shelf(Aggregate):
    name: str
    wood: Wood | None


@dataclass(kw_only=True)
class ShelfWithBoards(Shelf):
    boards: int


@dataclass(kw_only=True)
class ShelfWithSomeBoards(Shelf):
    boards: int = 0


@dataclass(kw_only=True)
class ShelfOfMoreWood(Aggregate):
    name: str
    wood: MoreWood | None


@dataclass(kw_only=True)
class ShelfWithoutWood(Aggregate):
    name: str


def with_boards(document: Stored) -> Stored:
    return {**document, "boards": 2}


def without_wood(document: Stored) -> Stored:
    return {key: value for key, value in document.items() if key != "wood"}


def contracts(kind: type[Aggregate], *changes: Any) -> list[Contracts]:
    migrations = [Migration(each.__name__, each) for each in changes]
    collection: Collection[Any] = Collection("shelves", kind, migrations=migrations)
    return [Contracts(service="shop", schema=SCHEMA, events=[], collections=[collection])]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    stored.write(tmp_path, contracts(Shelf))
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def found(repository: Path, now: list[Contracts]) -> list[str]:
    return list(stored.problems(repository, now, "HEAD"))


def written(repository: Path, now: list[Contracts]) -> list[str]:
    """What is found once the new shape is on record."""
    stored.write(repository, now)
    return found(repository, now)


SHELVES = "services/shop/stored/shelves"


def test_what_is_on_record_and_did_not_change_is_no_problem(repository: Path) -> None:
    assert written(repository, contracts(Shelf)) == []
    assert [each.name for each in (repository / "services/shop/stored").iterdir()] == [
        "shelves.1.json"
    ]


def test_a_shape_that_is_not_on_record_is_found(repository: Path) -> None:
    now = contracts(ShelfWithSomeBoards)

    assert found(repository, now) == [
        f"{SHELVES}: its shape is not on record: run `congvu contracts write`"
    ]
    assert written(repository, now) == []


def test_a_new_field_without_a_default_is_found(repository: Path) -> None:
    assert written(repository, contracts(ShelfWithBoards)) == [
        f"{SHELVES}: shape 1 is not read (boards: missing): {stored.REMEDY}"
    ]


def test_a_new_field_with_a_migration_is_read(repository: Path) -> None:
    assert written(repository, contracts(ShelfWithBoards, with_boards)) == []


def test_a_value_that_the_version_before_does_not_know_is_found(repository: Path) -> None:
    assert written(repository, contracts(ShelfOfMoreWood)) == [
        f"{SHELVES}: shape 1 does not read what shape 2 writes: $.wood is not anyOf"
    ]


def test_a_field_that_the_version_before_needs_is_found(repository: Path) -> None:
    assert written(repository, contracts(ShelfWithoutWood, without_wood)) == [
        f"{SHELVES}: shape 1 does not read what shape 2 writes: $ is not required",
        f"{SHELVES}: shape 1 does not read what the migration makes of it: $ is not required",
    ]


def test_a_field_that_nothing_takes_out_is_found(repository: Path) -> None:
    assert f"{SHELVES}: shape 1: wood would stay for ever: a migration takes it out" in written(
        repository, contracts(ShelfWithoutWood)
    )


def test_a_shape_on_record_is_never_written_anew(repository: Path) -> None:
    file = repository / f"{SHELVES}.1.json"
    shape = json.loads(file.read_text())
    file.write_text(json.dumps({**shape, "documents": shape["documents"][:1]}))

    assert found(repository, contracts(Shelf)) == [
        f"{SHELVES}.1.json was written down for ever and is changed"
    ]
    file.rename(repository / "services/shop/stored/tables.1.json")
    assert len(found(repository, contracts(Shelf))) == 3


def test_specimens_have_every_form_of_every_field() -> None:
    [of_shelves] = contracts(ShelfOfMoreWood)

    documents = stored.specimens(of_shelves.collections[0])

    assert [each["wood"] for each in documents] == ["OAK", "TEAK", None]


@pytest.mark.parametrize("service", all_contracts(), ids=lambda each: each.service)
def test_every_past_shape_of_every_collection_is_read(service: Contracts) -> None:
    assert list(stored.problems(ROOT, [service], base_revision(ROOT))) == []
    assert len(service.collections) > 10


@pytest.mark.parametrize("service", all_contracts(), ids=lambda each: each.service)
def test_a_field_without_a_default_would_be_found_in_each_collection(service: Contracts) -> None:
    for each in service.collections:
        kind: Any = type("Grown", (each.kind,), {"__annotations__": {"added": int}})
        grown = replace(each, kind=dataclass(kw_only=True)(kind), extra=None)
        past = stored.shapes(ROOT, service.service, each.name)

        assert "added: missing" in next(stored.not_read(grown, past)), each.name
