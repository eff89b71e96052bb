"""What the story left is exported through the gateway, kind by kind, with the rights of a token."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from catalogue_service.adapters.cli.exports import export_catalogue
from congvu_kit.tools.client import Gateway
from congvu_kit.tools.exports.columns import Headings
from congvu_kit.tools.exports.files import Form
from congvu_kit.tools.exports.manifest import read_manifest
from congvu_kit.tools.exports.running import rows_of, verify_export
from congvu_kit.tools.failure import Failure
from evaluation_service.adapters.cli.personnel_exports import export_personnel
from pages_service.exports import commands
from pages_service.exports.kinds import KINDS
from pages_service.exports.lists import LISTS
from system.telling import Told

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]


PAGES = {"explanations": 40, "indexes": 3}
"""A kind whose first list is a connection, and so many of its elements a question."""

NOT_IN_THE_STORY = ("unit-results", "unit-explanations", "readings", "commitments")
"""Readings have rows in the quarter of scorecards, units in that of `test_units`: they are exported
there."""


def caller(told: Told, *roles: str) -> dict[str, str]:
    return {
        "url": f"{told.platform.base_url}/graphql",
        "token": told.platform.token_for(*roles, province="56", subject="exports"),
    }


def export(told: Told, kind: str, out: Path, *roles: str, **more: Any) -> list[dict[str, Any]]:
    """The rows, as a program reads them."""
    asked = {"period": more.pop("period", "2026-Q3")} if "period" in KINDS[kind].variables else {}
    command = getattr(commands, f"export_{kind.replace('-', '_')}")
    command(out=out, form=Form.NDJSON, **asked, **caller(told, *roles), **more)
    verify_export(out)
    return [
        json.loads(line) for file in out.glob("*.ndjson") for line in file.read_text().splitlines()
    ]


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    (file,) = folder.glob(f"*-{name}.ndjson")
    return [json.loads(line) for line in file.read_text().splitlines()]


def at(row: Mapping[str, Any]) -> tuple[str, int, str]:
    """The line of an explanation that a row is, or is of."""
    return row["evaluation_id"], row["line"], row["rule_id"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_passes_the_gateway_with_all_its_lists(
    told: Told, kind: str, tmp_path: Path
) -> None:
    rows = export(told, kind, tmp_path, "auditor", allow_empty=True, list=[commands.EVERY])

    assert rows or kind in NOT_IN_THE_STORY, kind


def test_results_and_their_explanations_agree(told: Told, tmp_path: Path) -> None:
    results = export(told, "results", tmp_path / "results", "auditor")
    lines = export(told, "explanations", tmp_path / "lines", "auditor")

    scored = {each["evaluation_id"]: Fraction(each["total_exact"]) for each in results}
    assert len(scored) == told.record.met["people with a sheet"]
    tops = {each["evaluation_id"]: each for each in lines if each["depth"] == 0}
    assert {id: Fraction(each["points_exact"]) for id, each in tops.items()} == scored


def test_what_lines_and_indexes_are_made_of_agrees_with_them(told: Told, tmp_path: Path) -> None:
    export(told, "explanations", tmp_path / "lines", "auditor", list=["inputs"])
    export(told, "indexes", tmp_path / "indexes", "auditor", list=[commands.EVERY])

    lines = table(tmp_path / "lines", "explanations")
    inputs = table(tmp_path / "lines", "explanation-inputs")
    with_facts = {at(each) for each in lines if each["facts"]}
    assert {at(each) for each in inputs} == with_facts
    answers = {each["unit_id"]: each["answers"] for each in table(tmp_path / "indexes", "indexes")}
    for cut in ("procedures", "channels"):
        counted = Counter[str]()
        for each in table(tmp_path / "indexes", f"index-{cut}"):
            counted[each["unit_id"]] += each["answers"]
        assert +counted == {unit: count for unit, count in answers.items() if count}, cut


@pytest.mark.parametrize("kind", PAGES)
def test_what_is_longer_than_a_question_comes_in_several(
    told: Told, kind: str, tmp_path: Path
) -> None:
    """The same rows in the same order, however many are asked for at a time."""
    longer = LISTS[kind][0]
    assert longer.inside is not None
    export(told, kind, tmp_path, "auditor", list=[commands.EVERY])
    (manifest,) = tmp_path.glob("*.manifest.json")
    shorter = replace(longer, inside=replace(longer.inside, page=PAGES[kind]))

    with Gateway(*caller(told, "auditor").values()) as gateway:
        found = list(rows_of(gateway, shorter, read_manifest(manifest)["asked"]))
    assert found == [tuple(each.values()) for each in table(tmp_path, longer.name)]
    assert max(each["element"] for each in table(tmp_path, longer.name)) > PAGES[kind]


def test_a_portal_gets_no_result(told: Told, tmp_path: Path) -> None:
    with pytest.raises(Failure):
        export(told, "results", tmp_path, "service-portal")

    assert list(tmp_path.iterdir()) == []


def test_catalogue_and_personnel_are_exported_too(told: Told, tmp_path: Path) -> None:
    url = f"{told.platform.base_url}/graphql"
    token = told.platform.token_for("personnel-sync", province="56", subject="hrm.khanhhoa")

    export_catalogue(out=tmp_path, form=Form.XLSX, headings=Headings.VI, province="56", url=url)
    export_personnel(out=tmp_path, province="56", form=Form.PARQUET, url=url, token=token)

    verify_export(tmp_path)
