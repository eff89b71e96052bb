"""Each kind of export comes back by an import, held by a property, or the guide says why not; each
import has such an export, or the guide says why not."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/exports.md"
BACK: Mapping[str, tuple[str, str]] = {
    "catalogue": (
        "catalogue.import",
        "catalogue.imports.test_exports::test_what_is_exported_is_what_an_import_reads",
    ),
    "personnel": (
        "import.personnel",
        "evaluation.personnel.test_exports::test_an_export_imported_again_changes_nothing",
    ),
    "assignments": (
        "assignments.import",
        "evaluation.work.test_group_lists"
        "::test_groups_that_are_exported_are_there_and_come_back_where_they_are_not",
    ),
    "readings": (
        "readings.import",
        "evaluation.work.test_list_round_trip"
        "::test_figures_that_are_exported_are_there_and_come_back_where_they_are_not",
    ),
}
"""What reads a kind back, and which test holds it."""


def commands() -> Mapping[str, str]:
    """By name, what each calls."""
    found: dict[str, str] = {}
    for file in (ROOT / "services").glob("*/pyproject.toml"):
        points = tomllib.loads(file.read_text())["project"].get("entry-points", {})
        found |= points.get("congvu.commands", {})
    return found


def exported() -> list[str]:
    return sorted(each.removeprefix("export.") for each in commands() if each[:7] == "export.")


def one_way() -> set[str]:
    """The names in the guide's table of what does not come back."""
    _, _, after = GUIDE.read_text().partition("## What does not come back")
    rows = [line.split("|")[1] for line in after.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall("`([^`]+)`", row)}


@pytest.mark.parametrize("kind", exported())
def test_every_export_comes_back_or_the_guide_says_why_not(kind: str) -> None:
    if kind not in BACK:
        assert kind in one_way()
        return
    command, test = BACK[kind]
    module, _, name = test.partition("::")
    assert kind not in one_way()
    assert command in commands()
    assert (
        f"def {name}(" in ROOT.joinpath("tests", *module.split(".")).with_suffix(".py").read_text()
    )


def test_every_import_reads_an_export_or_the_guide_says_why_not() -> None:
    known = commands()
    reading = {call for name, call in known.items() if {"import", "sync"} & set(name.split("."))}
    held = {known[command] for command, _ in BACK.values()}
    named = {name.removeprefix("congvu ").replace(" ", ".") for name in one_way() if " " in name}
    others = {known[name] for name in named}

    assert reading == held | others
    assert held.isdisjoint(others)


def test_the_guide_names_nothing_that_is_not_there() -> None:
    kinds = {name for name in one_way() if " " not in name}

    assert kinds == set(exported()) - set(BACK)
