"""The checks of what comes from others find what they are there to find."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SUPPLY: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "deploy/supply.py"))

FLOORS = {"x": ("1.10.0", "a hole")}


@pytest.mark.parametrize(
    ("locked", "problem"),
    [
        ({"x": {"1.10.0"}}, []),
        ({"x": {"1.11.0rc1", "2.0"}}, []),
        ({"x": {"1.9.0", "1.10.1"}}, ["x 1.9.0 is older than 1.10.0 (a hole)"]),
        ({}, ["x has a floor and is not locked"]),
    ],
)
def test_what_is_below_its_floor_is_found(locked: dict[str, set[str]], problem: list[str]) -> None:
    assert list(SUPPLY["below"](FLOORS, locked)) == problem


def test_floors_are_kept_by_what_is_locked() -> None:
    assert list(SUPPLY["floor_problems"]()) == []


def test_locks_are_read() -> None:
    assert "strawberry-graphql" in SUPPLY["locked_python"]()
    assert "graphql" in SUPPLY["locked_npm"]()


def test_what_a_list_leaves_out_is_found(tmp_path: Path) -> None:
    file = tmp_path / "x.cdx.json"
    file.write_text(
        '{"components": [{"name": "a_b", "version": "1"}, '
        '{"group": "@s", "name": "c", "version": "2"}]}'
    )

    found = SUPPLY["missing"](file, {"a-b": {"1"}, "@s/c": {"2", "3"}})

    assert list(found) == ["x.cdx.json: @s/c 3 is installed and not in the list"]
