"""E-I14: a period always ends; one person's trouble is that person's."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring import plain, read_policy
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from evaluation import objective_scenes, review_scenes, scenes
from evaluation.agreed import agree
from evaluation.people import (
    BOARD,
    CHAIR_ID,
    COMMUNE,
    DEPUTY_ID,
    HOA_ID,
    LAN,
    LAN_ID,
    MINH,
    MINH_ID,
    NEIGHBOUR_ID,
    OFFICE,
    OFFICE_HEAD_ID,
    OTHER_COMMUNE,
    PROVINCE_HEAD,
    PROVINCE_UNIT,
)
from evaluation_service.application.collections import EVALUATIONS, RUNS, TALLIES
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.queries import recompute
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.periods.states import PeriodState
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results.evaluations import Evaluation
from evaluation_service.domain.results.inputs import GivenInputs, Indicator, Rating
from evaluation_service.domain.results.runs import run_id
from evaluation_service.domain.results.sheets import EvaluationOutcome
from support.graph import Graph

NOT_EVALUABLE = EvaluationOutcome.NOT_EVALUABLE


async def commune(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    for policy in shipped_policies().values():
        async with uow.begin() as tx:
            await keep_shipped(policy, tx)


async def ended(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> dict[str, Evaluation]:
    """By person, once the period is in review: every sheet recomputes as it stands."""
    reviewed = await scenes.reviewed(uow, period)
    assert reviewed.state is PeriodState.REVIEW
    found = [each for each in await uow.reading().store(EVALUATIONS).select() if each.sheet]
    for each in found:
        assert (await recompute(uow.reading(), each.sheets[-1])).identical
    return {each.civil_servant_id: each for each in found}


def told(evaluation: Evaluation) -> tuple[EvaluationOutcome, str | None]:
    """The outcome and the rule that kept the person from a score."""
    assert evaluation.sheet is not None
    trouble = evaluation.sheet.trouble
    return evaluation.sheet.outcome, trouble.rule_id if trouble else None


def elements(**rated: str) -> GivenInputs:
    return GivenInputs(
        elements=tuple(Rating(key=key, points=Decimal(value)) for key, value in rated.items())
    )


async def test_E_I14_a_leader_who_signed_nothing_has_no_score_and_stops_nobody(
    uow: MemoryUnitOfWork,
) -> None:
    """Nor one whose agreed elements were rated in part."""
    await commune(uow)
    period = await scenes.open_period(uow, leader_policy="US-SES", deputy_policy="US-SES")
    await scenes.do_all(uow, period, LAN)
    await agree(uow, period, DEPUTY_ID, ["results", "a", "b"])
    await scenes.rate(uow, period, DEPUTY_ID, inputs=elements(results="5", a="3"))

    found = await ended(uow, period)

    assert told(found[CHAIR_ID]) == (NOT_EVALUABLE, "AGREEMENT")
    assert told(found[LAN_ID]) == (EvaluationOutcome.SCORED, None)
    assert told(found[DEPUTY_ID]) == (NOT_EVALUABLE, "WEIGHTS_SUM_TO_100")


@pytest.mark.parametrize(
    ("policy", "given", "band"),
    [
        (
            "US-SES",
            elements(results="5", a="3", b="3", c="3", d="3", e="3"),
            "3",
        ),
        (
            "MY-LAB",
            GivenInputs(
                indicators=(
                    Indicator(
                        code="M1",
                        perspective=None,
                        weight=Decimal(1),
                        baseline=Decimal(0),
                        target=Decimal(100),
                        actual=Decimal(95),
                        direction="UP",
                        shared=False,
                        parent=None,
                    ),
                )
            ),
            "GREEN",
        ),
    ],
)
async def test_E_I8_a_leader_is_ranked_by_the_policy_that_rates_leaders(
    uow: MemoryUnitOfWork, policy: str, given: GivenInputs, band: str
) -> None:
    await commune(uow)
    period = await scenes.open_period(uow, leader_policy=policy)
    await scenes.do_all(uow, period, LAN)
    for id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, id)
    await objective_scenes.given(uow, period, CHAIR_ID, given, actor=PROVINCE_HEAD)

    found = await ended(uow, period)

    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    assert (found[CHAIR_ID].band, found[CHAIR_ID].rank_reasons) == (band, ())
    assert (found[LAN_ID].band, found[LAN_ID].rank_reasons) == ("HTT", ("QUOTA",))
    assert {each.policy for each in run.quota} == {shipped_policy("ND335-2025-STAFF").ref}


async def test_E_I8_a_policy_without_quota_ranks_nobody(uow: MemoryUnitOfWork) -> None:
    await commune(uow)
    period = await scenes.open_period(
        uow, staff_policy="KHANHHOA-2025", deputy_policy="UEB-VNU", leader_policy="UEB-VNU"
    )
    for officer in (LAN, MINH):
        await scenes.do_all(uow, period, officer)

    found = await ended(uow, period)

    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    assert [found[id].band for id in (LAN_ID, MINH_ID)] == ["HTXS", "HTXS"]
    assert (run.quota, run.ties) == ((), ())


async def test_E_I8_staff_deputies_and_heads_of_the_decree_share_one_quota(
    uow: MemoryUnitOfWork,
) -> None:
    """Of six at the top in one agency the decree leaves one, whatever their roles."""
    await commune(uow)
    period = await scenes.open_period(uow)
    for officer in (LAN, MINH):
        await scenes.do_all(uow, period, officer)
        await scenes.rate(uow, period, officer.officer or "")
    chair = scenes.officer_of(CHAIR_ID)
    await scenes.do_all(uow, period, chair, manager=PROVINCE_HEAD)
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=review_scenes.LED_WELL)

    await ended(uow, period)

    run = await uow.reading().store(RUNS).get(run_id(period.id, COMMUNE))
    whole = next(each for each in run.quota if each.scope == f"unit:{COMMUNE}")
    policy = shipped_policy("ND335-2025-STAFF").ref
    assert (whole.people, whole.allowed, whole.policy) == (3, 0, policy)


async def test_E_I14_a_pilot_is_for_its_units_and_the_others_have_no_score(
    uow: MemoryUnitOfWork,
) -> None:
    await commune(uow)
    document = {**json.loads(json.dumps(plain(shipped_policy("ND335-2025-STAFF").document)))}
    pilot = read_policy({**document, "id": "PILOT", "units": [OFFICE]})
    async with uow.begin() as tx:
        await keep_shipped(pilot, tx)
    await scenes.sync(
        uow,
        people=[
            scenes.person_row("cb-090", "Hà Văn Ba", scenes.appointment_row("H32.31.07", "HO-TICH"))
        ],
    )
    outside = scenes.servant_id("cb-090")
    period = await scenes.open_period(uow, staff_policy="PILOT")
    await scenes.do_all(uow, period, LAN)

    found = await ended(uow, period)

    assert told(found[outside]) == (NOT_EVALUABLE, "PILOT")
    assert told(found[LAN_ID]) == (EvaluationOutcome.SCORED, None)


async def test_E_I14_who_was_promoted_keeps_criteria_of_another_policy_and_stops_nobody(
    uow: MemoryUnitOfWork,
) -> None:
    await commune(uow)
    period = await scenes.open_period(uow, leader_policy="US-SES")
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, MINH_ID)
    promoted = scenes.person_row(
        "cb-012",
        "Đỗ Quang Minh",
        scenes.appointment_row("H32.31.07.1", "HO-TICH", valid_to=date(2026, 8, 15)),
        scenes.appointment_row(
            "H32.31.07.1", "TRUONG-PHONG", AppointmentRole.HEAD, valid_from=date(2026, 8, 15)
        ),
    )
    (post,) = scenes.posts_of(scenes.PEOPLE[2])
    left = replace(scenes.PEOPLE[2], appointments=(replace(post, valid_to=date(2026, 8, 15)),))
    assert (await scenes.sync(uow, people=[left, promoted])).refused == 0

    found = await ended(uow, period)

    assert told(found[MINH_ID]) == (NOT_EVALUABLE, "AGREEMENT")
    assert told(found[LAN_ID]) == (EvaluationOutcome.SCORED, None)


async def test_E_I14_inputs_that_make_no_snapshot_stop_nobody(uow: MemoryUnitOfWork) -> None:
    """Of one person of one commune: hers has no score and says why, the others have theirs."""
    await commune(uow)
    period = await scenes.open_period(uow, scope_unit_id=PROVINCE_UNIT)
    for officer in (LAN, MINH):
        await scenes.do_all(uow, period, officer)
    async with uow.begin() as tx:
        for tally in await tx.store(TALLIES).select():
            if tally.civil_servant_id == LAN_ID:
                ((id, line),) = tally.lines.items()
                tally.lines[id] = replace(line, coefficient="0")
                await tx.store(TALLIES).save(tally)

    found = await ended(uow, period)

    lan = found[LAN_ID].sheet
    assert lan is not None
    assert told(found[LAN_ID]) == (NOT_EVALUABLE, "UNREADABLE")
    assert "work[0].coefficient" in lan.snapshot
    assert told(found[MINH_ID]) == (EvaluationOutcome.SCORED, None)
    assert {HOA_ID, NEIGHBOUR_ID, OFFICE_HEAD_ID} <= set(found)
    for agency in (COMMUNE, OTHER_COMMUNE):
        run = await uow.reading().store(RUNS).get(run_id(period.id, agency))
        assert run.results


async def test_who_is_led_fails_by_the_lowest_band_of_the_policy_that_rates_them(
    uow: MemoryUnitOfWork,
) -> None:
    """The chair is rated by levels, the staff by the decree: a KHT there is not completed."""
    await commune(uow)
    period = await scenes.open_period(uow, leader_policy="US-SES")
    await scenes.do_all(uow, period, MINH, done="1", assigned="100")
    await agree(uow, period, CHAIR_ID, ["results"])

    found = await ended(uow, period)

    chair = found[CHAIR_ID].sheet
    assert chair is not None
    assert (found[MINH_ID].band, '"not_completed":"1"' in chair.snapshot) == ("KHT", True)


async def test_why_there_is_no_score_is_told_with_what_helps_once_results_are(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await commune(uow)
    period = await scenes.open_period(uow)
    found = await ended(uow, period)
    asked = """query($id: ID!) { evaluation(id: $id) {
      outcome trouble { ruleId textVi remedy } } }"""
    early = await graph.ask(asked, LAN, id=found[LAN_ID].id)
    board = await graph.ask(asked, BOARD, id=found[LAN_ID].id)

    assert early["evaluation"] == {"outcome": None, "trouble": None}
    assert board["evaluation"]["outcome"] == "NOT_EVALUABLE"
    assert board["evaluation"]["trouble"] == {
        "ruleId": "a",
        "textVi": "không đủ căn cứ chấm điểm",
        "remedy": "ENTER_WHAT_IS_MISSING",
    }
