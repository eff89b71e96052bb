"""The committed data: what the generator makes, and fit for what the story needs of it."""

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from congvu_demo.dataset import dataset
from congvu_demo.examples import examples
from congvu_demo.showcase import OFFICER, callers
from congvu_kit.domain.actor import Role

DEMO = Path(__file__).parents[2] / "deploy" / "demo"
DATA = DEMO / "src" / "congvu_demo" / "data"


def _generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", DEMO / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files: Callable[[], dict[str, str]] = module.files
    return files()


def test_the_committed_files_are_what_the_generator_makes() -> None:
    made = _generated()

    assert made == {name: (DATA / name).read_text() for name in made}
    assert sorted(made) == sorted(file.name for file in DATA.iterdir())


def test_every_person_has_a_name_of_their_own_and_a_known_place() -> None:
    data = dataset()
    units, positions = {u["id"] for u in data.units}, {p["code"] for p in data.positions}

    assert len({each.full_name for each in data.people.values()}) == len(data.people) == 44
    assert {each.unit for each in data.people.values()} <= units
    assert {each.position for each in data.people.values()} == positions


def test_products_cover_every_group_and_name_known_positions() -> None:
    data = dataset()
    positions = {each["code"] for each in data.positions}

    assert Counter(each["group"] for each in data.products) == {"A": 6, "B": 8, "C": 59, "D": 4}
    for product in data.products:
        assert set(product["job_positions"].split(";")) <= positions


def test_each_finished_dossier_lies_in_the_quarter_and_has_work_that_it_counts_for() -> None:
    data = dataset()
    quarter = data.quarter
    planned = {(plan.officer, plan.product) for plan in data.plans}
    first, after_last = quarter.starts_on.isoformat(), quarter.ends_on.isoformat()

    for dossier in data.dossiers:
        assert first <= dossier.received_at <= (dossier.completed_at or after_last) <= after_last
        assert (dossier.officer, f"C.56.3107.{dossier.procedure_code}") in planned


def test_each_rating_is_of_a_finished_dossier_and_its_person_rates_once() -> None:
    data = dataset()
    finished = {each.code: each.completed_at for each in data.dossiers if each.completed_at}

    assert len({each.dossier for each in data.ratings}) == len(data.ratings) == 643
    assert len({each.person for each in data.ratings}) == len(data.ratings)
    for rating in data.ratings:
        assert finished[rating.dossier][:10] <= rating.answered_on < "2026-10-01"


def test_the_storys_officer_has_something_of_everything() -> None:
    plans = dataset().plans_of(OFFICER)

    assert any(plan.cause_confirmed for plan in plans)
    assert any(plan.failures for plan in plans)
    assert "C.56.3107.2.000815" in {plan.product for plan in plans}


def test_there_is_a_caller_for_every_role_and_each_example_names_one() -> None:
    roles = [each["role"] for each in callers()]

    assert sorted(roles) == sorted(Role)
    assert {each["role"] for each in examples()} <= {"", *roles}
    assert examples()[0]["variables"] == {
        "officer": dataset().civil_servant_id(OFFICER),
        "period": dataset().period_id,
    }


@pytest.mark.parametrize(
    ("officer", "superior"),
    [
        ("CB037", "CB007"),
        ("CB011", "CB007"),
        ("CB007", "CB001"),
        ("CB002", "CB001"),
        ("CB001", "CB101"),
    ],
)
def test_everybody_is_led_from_their_unit_or_from_above_it(officer: str, superior: str) -> None:
    assert dataset().superior_of(officer).number == superior
