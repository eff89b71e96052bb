"""`.env.example` has every variable of every part, as the parts read them."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from congvu_kit.service.settings import PLATFORM_NAMES
from congvu_kit.tools import env_example
from congvu_local.settings import FIELD_VARIABLES, PORT_VARIABLES

ROOT = Path(__file__).parents[2]
PARTS = ["catalogue", "evaluation", "feedback", "pages"]
LINE = re.compile(r"^#([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)


@pytest.fixture
def shown() -> Mapping[str, str]:
    return dict(LINE.findall((ROOT / env_example.FILE).read_text()))


def test_what_is_committed_is_what_the_settings_say() -> None:
    assert {ROOT / env_example.FILE: (ROOT / env_example.FILE).read_text()} == {
        ROOT / path: text for path, text in env_example.written(ROOT).items()
    }


def test_every_variable_is_explained_and_every_explanation_is_of_one() -> None:
    assert list(env_example.problems(ROOT)) == []
    for name, meaning in env_example.meanings(ROOT).items():
        assert meaning["means"], name


def test_every_part_is_in_it(shown: Mapping[str, str]) -> None:
    assert env_example.parts(ROOT) == PARTS
    assert shown.keys() >= PLATFORM_NAMES
    assert shown.keys() >= {*FIELD_VARIABLES.values(), *PORT_VARIABLES.values()}


def test_defaults_are_those_of_the_code(shown: Mapping[str, str]) -> None:
    assert shown["CONGVU_KAFKA_PARTITIONS"] == "6"
    assert shown["CONGVU_KAFKA_IDEMPOTENCE"] == "true"
    assert shown["CONGVU_QUERY_TIMEOUT_MS"] == "3000"
    assert shown["CATALOGUE_URL"] == "http://127.0.0.1:4101/graphql"
    assert shown["CONGVU_GATEWAY_SECRET"] == ""


def test_a_time_or_size_says_its_unit() -> None:
    units = {"_S": "seconds", "_MS": "milliseconds", "_BYTES": "bytes", "_MB": "megabytes"}
    for name, meaning in env_example.meanings(ROOT).items():
        for end, unit in units.items():
            assert not name.endswith(end) or meaning.get("unit") == unit, name
        if name.endswith("_DAYS"):
            assert meaning.get("unit") in {"days", "working days"}, name


def test_a_variable_that_nobody_explains_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (ROOT / env_example.MEANINGS).read_text()
    (tmp_path / "deploy").mkdir()
    (tmp_path / env_example.MEANINGS).write_text(
        re.sub(r"^CONGVU_AUDIENCE.*$", 'CONGVU_NOBODY = { means = "x" }', told, flags=re.MULTILINE)
    )
    (tmp_path / "services/gateway").mkdir(parents=True)
    (tmp_path / env_example.GATEWAY).write_text((ROOT / env_example.GATEWAY).read_text())
    monkeypatch.setattr(env_example, "parts", lambda _: PARTS)

    assert list(env_example.problems(tmp_path)) == [
        f"{env_example.MEANINGS}: CONGVU_NOBODY is not explained in Vietnamese",
        f"{env_example.MEANINGS}: CONGVU_AUDIENCE is not explained",
        f"{env_example.MEANINGS}: CONGVU_NOBODY is read by no part",
    ]
