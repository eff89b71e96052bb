"""The version before beside this one: the checks that need no process (`make upgrade-drill` is the
rest)."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from congvu_kit.tools.contracts import all_contracts
from deploy.upgrade import versions
from deploy.upgrade.load import QUERIES, Noticed, Pulse, field_of

ROOT = Path(__file__).parents[2]
PATH = Path("services/shop/events/congvu.shop.moved.v1.schema.json")
EXAMPLE = PATH.with_name("congvu.shop.moved.v1.example.json")
SCHEMA = {
    "type": "object",
    "required": ["to"],
    "properties": {"to": {"$ref": "#/$defs/Place"}},
    "$defs": {"Place": {"type": "string", "enum": ["HERE"]}},
}
MORE = {**SCHEMA, "$defs": {"Place": {"type": "string", "enum": ["HERE", "THERE"]}}}


def unread(schema: object, example: object) -> list[str]:
    today = {PATH: json.dumps(schema), EXAMPLE: json.dumps(example)}
    return list(versions.unread_events({PATH: json.dumps(SCHEMA)}, today))


@pytest.fixture
def commit() -> str:
    found = versions.before()
    if found is None:
        pytest.skip("the version before is not in this history")
    return found


def test_graph_and_events_are_as_good_for_those_who_know_the_version_before(commit: str) -> None:
    assert list(versions.broken(commit, all_contracts())) == []


def test_what_was_lost_since_is_found(commit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [catalogue, *_] = all_contracts()
    files = dict(catalogue.files())
    graph = files[catalogue.folder / "schema.graphql"].replace("workProducts(", "products(")
    lost = [path for path in files if path.name.endswith("published.v1.schema.json")]
    kept = {path: text for path, text in files.items() if path not in lost}
    changed = kept | {catalogue.folder / "schema.graphql": graph}
    monkeypatch.setattr(type(catalogue), "files", lambda _: changed.items())

    found = list(versions.broken(commit, [catalogue]))

    assert "services/catalogue/schema.graphql: Field Query.workProducts was removed." in found
    gone = [each for each in found if "is gone" in each]
    assert sorted(gone) == sorted(f"{each}: it is gone" for each in lost)


def test_an_event_of_today_is_for_readers_of_before_too() -> None:
    assert unread(SCHEMA, {"to": "HERE", "added": 1}) == []
    assert unread(SCHEMA, {}) == [f"{PATH}: readers of before do not take today's example ($)"]
    assert unread(MORE, {"to": "HERE"}) == [
        f"{PATH}: Place says THERE, which readers of before do not know"
    ]


def test_a_tree_of_before_is_there_and_gone_again(commit: str, tmp_path: Path) -> None:
    with versions.tree_of(commit, tmp_path / "before") as tree:
        told = subprocess.run(
            [sys.executable, "-c", "import congvu_kit; print(congvu_kit.__file__)"],
            env={"PYTHONPATH": versions.sources(tree)},
            capture_output=True,
            text=True,
            check=True,
        )

    assert Path(told.stdout.strip()).is_relative_to(tmp_path / "before")
    assert not (tmp_path / "before").exists()
    assert str(tmp_path) not in (versions.git("worktree", "list") or "")


def test_callers_notice_errors_and_silence_and_tell_of_what() -> None:
    noticed = Noticed()
    noticed.take(httpx.Response(200, json={"data": {}}), "units")
    noticed.take(httpx.Response(200, json={"errors": [{"message": "away"}]}), "people")
    noticed.take(httpx.Response(502, text="bad"), "people")
    noticed.fail(httpx.ReadError("gone"), "units")

    told = [each.partition(" s ")[2] for each in noticed.wrong]
    assert noticed.asked == 4
    assert told == [
        "people: 200 ['away ']",
        "people: 502 ['bad ']",
        "units: ReadError('gone')",
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (QUERIES[0], "workProducts"),
        ("mutation($input: X!) { a0: submitSuggestion(input: $input) { id } }", "submitSuggestion"),
    ],
)
def test_what_was_asked_is_told_by_its_first_field(query: str, field: str) -> None:
    assert field_of(query) == field


def test_a_machine_that_stood_still_is_told_and_one_that_was_busy_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter([0.0, 0.1, 1.9, 22.0, 22.1])
    pulse = Pulse(begun=-100.0, clock=lambda: next(times))
    waits = iter([False, False, False, False, True])
    monkeypatch.setattr(pulse._over, "wait", lambda _: next(waits))

    pulse._beat()

    assert pulse.stalls == ["122.0 s: nothing ran for 20.1 s"]
