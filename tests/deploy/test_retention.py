"""How long everything is kept: `deploy/retention.toml` says what the services do."""

import ast
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from congvu_kit.adapters import dead_letters, deaths, leases, migrating, outbox, relay, sessions
from congvu_kit.adapters.driver import Database
from congvu_kit.adapters.forgetting import forget
from congvu_kit.adapters.mongo import ANSWERS, INBOX
from congvu_kit.adapters.mongo_prepared import IDEMPOTENCY_KEEP_DAYS
from congvu_kit.application.ports import Collection
from congvu_kit.service.definition import dead_letters_of
from congvu_kit.tools.contracts import Contracts, all_contracts
from feedback_service.application.collections import PERSON_DAYS
from feedback_service.settings import FeedbackSettings

ROOT = Path(__file__).parents[2]
RULES: list[dict[str, Any]] = tomllib.loads((ROOT / "deploy/retention.toml").read_text())["keep"]
OF_THE_KIT = (
    *(ANSWERS, INBOX, outbox.OUTBOX, relay.RELAY, leases.LEASES, sessions.SESSIONS),
    *(migrating.MIGRATIONS, deaths.BEGINNINGS.name),
)
KEPT_DAYS = 30
DELETING = {"delete_one", "delete_many", "find_one_and_delete", "drop_collection", "drop_database"}
ENDING = {"expireAfterSeconds"}
MAY_DELETE = {
    # A restore empties the database that it fills, and the one it tried a backup in.
    "services/kit/src/congvu_kit/adapters/backup_store.py": {"delete_many"},
    "services/kit/src/congvu_kit/tools/backup_run.py": {"drop_database"},
    "services/kit/src/congvu_kit/adapters/forgetting.py": {"delete_many"},
    "services/kit/src/congvu_kit/adapters/mongo_prepared.py": ENDING,
    "services/kit/src/congvu_kit/adapters/sessions.py": {"delete_one"},
}


def rule_of(name: str) -> dict[str, Any]:
    found = [each for each in RULES if name in each.get("collections", [])]
    assert len(found) == 1, name
    return found[0]


def declared() -> Iterator[tuple[str, Contracts, Collection[Any]]]:
    for each in all_contracts():
        for collection in each.collections:
            yield f"{each.service}.{collection.name}", each, collection


@pytest.fixture
def collections() -> list[Collection[Any]]:
    return [PERSON_DAYS]


def test_every_collection_has_its_rule_and_every_rule_its_collection() -> None:
    ruled = [name for rule in RULES for name in rule.get("collections", [])]

    there = [name for name, *_ in declared()] + [f"kit.{each}" for each in OF_THE_KIT]
    assert sorted(ruled) == sorted(there)


def test_dead_letters_of_every_service_are_kept_for_ever() -> None:
    [rule] = [each for each in RULES if "topics" in each]

    assert sorted(rule["topics"]) == [dead_letters_of(each.service) for each in all_contracts()]
    assert (rule["days"], rule["evidence"]) == ("for ever", True)
    assert dead_letters.TOPIC_SETTINGS["retention.ms"] == "-1"
    assert dead_letters.TOPIC_SETTINGS["retention.bytes"] == "-1"


def test_every_rule_says_by_which_clock_and_why() -> None:
    for rule in RULES:
        assert rule["why"], rule
        assert rule["deletes"] in {"nothing", "worker", "ttl", "erasure", "holder"}
        ends = rule["days"] != "for ever"
        assert ends == bool(rule["clock"]) == (rule["deletes"] in {"worker", "ttl", "erasure"})


def test_what_a_worker_deletes_is_what_the_collection_declares() -> None:
    for name, _, collection in declared():
        rule = rule_of(name)
        days = collection.kept.days if collection.kept else "not by a worker"
        assert days == (rule["days"] if rule["deletes"] == "worker" else "not by a worker"), name
        if collection.kept:
            assert rule["clock"].split(",")[0] == collection.kept.path
            assert collection.kept.path in {paths[0] for paths in collection.indexes}


def test_evidence_is_neither_deleted_nor_rewritten() -> None:
    evidence = {name for rule in RULES if rule["evidence"] for name in rule.get("collections", [])}

    assert {"feedback.log_entries", "evaluation.periods", "evaluation.read_entries"} <= evidence
    for name, _, collection in declared():
        if name in evidence:
            assert (collection.kept, rule_of(name)["deletes"]) == (None, "nothing"), name
            hashed = not name.startswith("evaluation.") or ".read_" in name
            assert not (hashed and collection.migrations), name


def test_nothing_else_of_ours_deletes() -> None:
    found: dict[str, set[str]] = {}
    for file in sorted(ROOT.glob("services/*/src/**/*.py")):
        words = {
            node.attr if isinstance(node, ast.Attribute) else str(node.arg)
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Attribute | ast.keyword)
        }
        if wrong := words & (DELETING | ENDING):
            found[str(file.relative_to(ROOT))] = wrong

    assert found == MAY_DELETE


def test_private_parts_are_kept_as_long_as_the_settings_say() -> None:
    rule = rule_of("feedback.private_keys")
    for name in rule["days"].split(", "):
        assert name.removeprefix("FEEDBACK_").lower() in FeedbackSettings.model_fields


@pytest.mark.mongo
async def test_what_the_database_deletes_is_what_the_table_says(database: Database) -> None:
    found = {}
    for name in OF_THE_KIT:
        for index in (await database[name].index_information()).values():
            if "expireAfterSeconds" in index:
                days = timedelta(seconds=index["expireAfterSeconds"]).days
                found[f"kit.{name}"] = (index["key"][0][0], days)

    told = {
        name: (rule["clock"].split(",")[0], days_of(rule["days"]))
        for rule in RULES
        if rule["deletes"] == "ttl"
        for name in rule["collections"]
    }
    assert found == told


def days_of(told: int | str) -> int:
    """As the database of these tests was prepared."""
    known = {
        IDEMPOTENCY_KEEP_DAYS: IDEMPOTENCY_KEEP_DAYS,
        "CONGVU_OUTBOX_KEEP_DAYS": KEPT_DAYS,
        "2 * CONGVU_OUTBOX_KEEP_DAYS": 2 * KEPT_DAYS,
    }
    return known[told]


@pytest.mark.mongo
async def test_what_is_kept_no_longer_is_deleted_and_nothing_else(database: Database) -> None:
    now = datetime(2026, 11, 27, 20, tzinfo=UTC)
    # In Vietnam it is the 28th: the 24th of October of last year is 400 days ago.
    days = {"a": "2020-01-01", "b": "2025-10-23", "c": "2025-10-24", "d": "2026-11-28"}
    await database["person_days"].insert_many([{"_id": k, "on": v} for k, v in days.items()])

    deleted = [await forget(database, [PERSON_DAYS], now) for _ in range(2)]

    assert deleted == [2, 0]
    assert sorted([each["_id"] async for each in database["person_days"].find()]) == ["c", "d"]
