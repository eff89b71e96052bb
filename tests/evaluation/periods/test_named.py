"""A period is named by its code on the command line, a unit by the code it has elsewhere."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.named import officer_id, period_id, unit_id, unit_ref
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import ADMIN, COMMUNE, HRM, LAN_ID, OTHER_COMMUNE, SYSTEM
from evaluation_service.application.collections import SERVANTS
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.units import UnitLevel
from support.graph import Graph

NOWHERE = Actor(subject="nowhere", roles=frozenset())


class Counting(InProcess):
    """How many questions were asked."""

    asked = 0

    def query(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        self.asked += 1
        return super().query(document, variables)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def period(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    async def opened() -> EvaluationPeriod:
        await scenes.commune(uow)
        return await scenes.open_period(uow)

    return asyncio.run(opened())


@pytest.mark.parametrize("actor", [ADMIN, NOWHERE])
def test_a_period_is_found_by_its_code_or_its_id(
    graph: Graph, period: EvaluationPeriod, actor: Actor
) -> None:
    gateway = InProcess(graph, actor)

    named = [period_id(gateway, each) for each in ("2026-Q3", "2026-q3", period.id)]

    assert named == [period.id] * 3


def test_a_code_of_no_period_tells_those_there_are(graph: Graph, period: EvaluationPeriod) -> None:
    with pytest.raises(Failure) as refused:
        period_id(InProcess(graph, ADMIN), "2019-Q1")

    assert str(refused.value).splitlines() == [
        "there is no such period; there are:",
        f"  2026-Q3  {period.id}  {period.name}",
    ]


def test_a_code_of_several_periods_tells_them(
    graph: Graph, uow: MemoryUnitOfWork, period: EvaluationPeriod
) -> None:
    other = asyncio.run(scenes.open_period(uow, scope_unit_id=OTHER_COMMUNE, name="Kỳ khác"))

    with pytest.raises(Failure) as refused:
        period_id(InProcess(graph, ADMIN), "2026-Q3")

    first, *lines = str(refused.value).splitlines()
    assert first == "several periods have this code; say the id of one:"
    assert set(lines) == {
        f"  2026-Q3  {period.id}  {period.name}",
        f"  2026-Q3  {other.id}  Kỳ khác",
    }


@pytest.mark.usefixtures("period")
@pytest.mark.parametrize("actor", [ADMIN, NOWHERE])
def test_a_unit_is_found_by_what_its_system_calls_it(graph: Graph, actor: Actor) -> None:
    assert unit_id(InProcess(graph, actor), f"{SYSTEM}|H32.31.07") == COMMUNE


@pytest.mark.usefixtures("period")
@pytest.mark.parametrize("named", ["H32.31.07", "h32.31.07", COMMUNE])
def test_a_unit_is_found_by_its_code_or_its_id(graph: Graph, named: str) -> None:
    assert unit_id(InProcess(graph, ADMIN), named) == COMMUNE


@pytest.mark.usefixtures("period")
def test_a_code_as_it_is_kept_is_one_question(graph: Graph) -> None:
    gateway = Counting(graph, ADMIN)

    assert unit_id(gateway, "H32.31.07", province="56") == COMMUNE
    assert gateway.asked == 1


@pytest.mark.usefixtures("period")
@pytest.mark.parametrize("named", ["H32.31.07", f"{SYSTEM}|H32.31.07", COMMUNE])
def test_a_unit_is_known_by_its_system_too(graph: Graph, named: str) -> None:
    assert unit_ref(InProcess(graph, ADMIN), named) == {"system": SYSTEM, "id": "H32.31.07"}
    with pytest.raises(Failure, match="no such unit"):
        unit_ref(InProcess(graph, ADMIN), f"{COMMUNE[:-4]}0000")


@pytest.mark.usefixtures("period")
def test_a_person_is_found_by_what_the_system_calls_them(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    [lan] = asyncio.run(uow.reading().store(SERVANTS).get(LAN_ID)).external_refs

    named = [officer_id(InProcess(graph, HRM), each) for each in (f"{SYSTEM}|{lan.id}", LAN_ID)]

    assert named == [LAN_ID, LAN_ID]
    for nobody in (f"{SYSTEM}|nobody", lan.id):
        with pytest.raises(Failure, match=r"no such civil servant; say SYSTEM\|ID"):
            officer_id(InProcess(graph, HRM), nobody)


@pytest.mark.usefixtures("period")
@pytest.mark.parametrize("named", ["H99", f"{SYSTEM}|H99", "nowhere|H32"])
def test_an_unknown_unit_tells_those_there_are(graph: Graph, named: str) -> None:
    with pytest.raises(Failure) as refused:
        unit_id(InProcess(graph, ADMIN), named)

    first, *lines = str(refused.value).splitlines()
    assert first == "there is no such unit; there are:"
    assert f"  H32.31.07  {SYSTEM}|H32.31.07  UBND xã Diên Khánh" in lines
    assert len(lines) == len(scenes.UNITS)


@pytest.mark.usefixtures("period")
def test_a_code_of_several_units_tells_them(graph: Graph, uow: MemoryUnitOfWork) -> None:
    twin = scenes.unit_row("twin", "H32", UnitLevel.COMMUNE)
    asyncio.run(scenes.sync(uow, units=[replace(twin, code="H32.31.07")]))

    with pytest.raises(Failure) as refused:
        unit_id(InProcess(graph, ADMIN), "H32.31.07")

    first, *lines = str(refused.value).splitlines()
    assert first == "several units have this code; say SYSTEM|ID or the id of one:"
    assert {line.split()[1] for line in lines} == {f"{SYSTEM}|H32.31.07", f"{SYSTEM}|twin"}


@pytest.mark.usefixtures("period")
def test_a_bare_code_needs_a_province_to_look_in(graph: Graph) -> None:
    with pytest.raises(Failure, match=r"say SYSTEM\|ID"):
        unit_id(InProcess(graph, NOWHERE), "H32.31.07")

    assert unit_id(InProcess(graph, NOWHERE), "H32.31.07", province="56") == COMMUNE
