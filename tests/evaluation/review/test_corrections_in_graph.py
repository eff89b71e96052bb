"""Appeals correct every fact that a policy reads, through the graph: each part of the input."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Role
from congvu_scoring.documents.policy_files import shipped_policy
from evaluation import objective_scenes, review_scenes, scenes
from evaluation.people import BOARD, CHAIR_ID, PROVINCE_HEAD, person
from evaluation.results.test_codes import TARGET
from evaluation.scenes import evaluation_of
from evaluation_service.adapters.graphql.schema import schema
from evaluation_service.application.collections import ASSIGNMENTS, EVALUATIONS, FAULTS
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.integrity.faults import ProcessFault, ProcessStep
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import (
    ConductEntry,
    GivenInputs,
    Organising,
    Rating,
    Unity,
)
from support.graph import Graph

CHAIR = person("chair-himself", Role.OFFICER, officer=CHAIR_ID)
LED_BADLY = GivenInputs(
    general=scenes.FULL_MARKS, organising=Organising.SHORTCOMING, unity=Unity.CONFLICT
)
FIVE = tuple(Rating(key=key, points=Decimal(3)) for key in ("results", *"abcde"))
LATE_CHECK, EVENT = "asg_not_checked", "DISCIPLINED"


@dataclass(frozen=True)
class Part:
    """A part of a correction: by which policy, of what was entered, and what it then says."""

    value: object
    place: str
    says: str
    policy: str = "ND335-2025-LEADER"
    given: GivenInputs = field(default_factory=lambda: LED_BADLY)
    gone: bool = False


PARTS: Mapping[str, Part] = {
    "general": Part([{"key": "I.1", "points": "1.5"}], "general", '"I.1":"1.5"'),
    "elements": Part(
        [{"key": "results", "points": "5"}],
        "elements",
        '"results":{"value":"5"',
        policy="US-SES",
        given=GivenInputs(elements=FIVE),
    ),
    "conduct": Part(
        [{"rule": "TRAINING_ABSENCE", "count": 2}],
        "conduct",
        '"count":"2"',
        policy="UEB-VNU",
        given=GivenInputs(conduct=(ConductEntry(rule="TRAINING_ABSENCE", count=9),)),
    ),
    "readings": Part(
        [{"code": "x1", "value": "0.75"}],
        "indicators",
        '"actual":"0.75"',
        policy="CN-TARGET",
        given=GivenInputs(indicators=(TARGET,)),
    ),
    "lines": Part([{"completed": "4"}], "work", '"completed":"4"'),
    "removeFaults": Part([LATE_CHECK], "faults", LATE_CHECK, gone=True),
    "removeEvents": Part([EVENT], "events", EVENT, gone=True),
    "addEvents": Part(["UNIT_CORRUPTION"], "events", "UNIT_CORRUPTION"),
    "workingDays": Part(30, "working_days", '"30"'),
    "organising": Part("FULL", "unit", '"organising":"FULL"'),
    "unity": Part("FULL", "unit", '"unity":"FULL"'),
}


async def rated(uow: MemoryUnitOfWork, part: Part) -> Evaluation:
    """The chair's result, published: a piece of work half done, a fault and a veto beside."""
    await scenes.commune(uow)
    async with uow.begin() as tx:
        await keep_shipped(shipped_policy(part.policy), tx)
    period = await scenes.open_period(uow, leader_policy=part.policy)
    if part.place == "work":
        await scenes.do_all(uow, period, CHAIR, manager=PROVINCE_HEAD, done="2", assigned="4")
    if part.place == "events" and part.gone:
        await scenes.veto(uow, CHAIR_ID, EVENT)
    fault = ProcessFault(
        id="fault_1",
        civil_servant_id=CHAIR_ID,
        province="56",
        period_id=period.id,
        step=ProcessStep.APPROVE_WORK,
        assignment_id=LATE_CHECK,
        due_on=scenes.TODAY,
    )
    async with uow.begin() as tx:
        await tx.store(FAULTS).save(fault)
    await objective_scenes.given(uow, period, CHAIR_ID, part.given, actor=PROVINCE_HEAD)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    await scenes.Pump(uow).run()
    return await evaluation_of(uow, period, CHAIR_ID)


def section(evaluation: Evaluation, part: Part) -> str:
    assert evaluation.sheet is not None
    snapshot: Mapping[str, Any] = json.loads(evaluation.sheet.snapshot)
    return json.dumps(snapshot.get(part.place, ""), separators=(",", ":"), ensure_ascii=False)


async def corrected(
    uow: MemoryUnitOfWork, graph: Graph, evaluation: Evaluation, name: str
) -> Evaluation:
    filed = await review_scenes.file(uow, evaluation, actor=CHAIR)
    value = PARTS[name].value
    if name == "lines":
        [work] = await uow.reading().store(ASSIGNMENTS).select()
        value = [{"assignmentId": work.id, **PARTS[name].value[0]}]  # type: ignore[index]
    answer = await graph.ask(
        "mutation($i: DecideAppealInput!) { it: decideAppeal(input: $i) { "
        "... on Appeal { state } ... on Problem { code field message } } }",
        BOARD,
        i={
            "idempotencyKey": name,
            "appealId": filed.id,
            "expectedRevision": filed.revision,
            "verdict": "UPHELD",
            "reason": "Đã kiểm tra",
            "correction": {name: value},
        },
    )
    assert answer["it"] == {"state": "UPHELD"}
    return await uow.reading().store(EVALUATIONS).get(evaluation.id)


def test_every_part_of_the_input_is_tried() -> None:
    kind = schema._schema.type_map["CorrectionInput"]

    assert isinstance(kind, GraphQLInputObjectType)
    assert set(kind.fields) == set(PARTS)


@pytest.mark.parametrize("name", PARTS)
async def test_an_appeal_corrects_it_and_the_next_sheet_says_so(
    uow: MemoryUnitOfWork, graph: Graph, name: str
) -> None:
    part = PARTS[name]
    before = await rated(uow, part)
    assert (part.says in section(before, part)) == part.gone

    after = await corrected(uow, graph, before, name)

    assert (part.says in section(after, part)) != part.gone
    assert len(after.sheets) == len(before.sheets) + 1
    assert section(before, part) != section(after, part)
