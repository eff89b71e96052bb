"""What is signed is what is scored; what is unsigned stops nobody else; a lock has no door."""

import json
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import ANONYMOUS, Actor, Participant, Role
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from evaluation import agreement_scenes as g
from evaluation import objective_scenes as o
from evaluation import scenes
from evaluation import specimens as a
from evaluation.people import CHAIR_ID, COMMUNE, LAN, LAN_ID, PROVINCE_HEAD, person
from evaluation_service.application.agreements import lives
from evaluation_service.application.agreements.queries import list_published
from evaluation_service.application.collections import AGREEMENTS
from evaluation_service.application.desk.kinds import InboxKind
from evaluation_service.application.desk.queries import list_waiting
from evaluation_service.domain.agreements.agreements import Agreement
from evaluation_service.domain.agreements.content import Party
from evaluation_service.domain.agreements.versions import AgreementState
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.sheets import EvaluationOutcome
from support.clock import FixedClock

SECOND = person("province-second", Role.UNIT_HEAD, unit=PROVINCE_HEAD.unit, officer="cs_second")
OTHER = {"elements": g.elements(RESULTS="40", PEOPLE="40", CHANGE="20")}


def rated(**points: str) -> GivenInputs:
    return GivenInputs(
        elements=tuple(Rating(key=key, points=Decimal(each)) for key, each in points.items())
    )


async def rate(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> None:
    given = rated(RESULTS="5", PEOPLE="3", CHANGE="4")
    await scenes.rate(uow, period, CHAIR_ID, actor=PROVINCE_HEAD, inputs=given)


async def scored(uow: MemoryUnitOfWork, period: EvaluationPeriod) -> Any:
    await scenes.move(uow, period, "freeze", signed=False)
    await scenes.indexes_come(uow, period)
    await scenes.Pump(uow).run()
    return (await scenes.evaluation_of(uow, period, CHAIR_ID)).sheets[-1]


async def of(uow: MemoryUnitOfWork, agreement: Agreement) -> Agreement:
    return await uow.reading().store(AGREEMENTS).get(agreement.id)


async def test_what_both_signed_is_what_is_scored_by_version_and_hash(
    uow: MemoryUnitOfWork,
) -> None:
    period = await g.ses(uow)
    agreement = await g.sign_all(uow, await g.draft(uow, period))
    await rate(uow, period)
    agreement = await g.sign_all(uow, await g.amend(uow, agreement, OTHER))
    unsigned = {"elements": g.elements(RESULTS="40", PEOPLE="20", CHANGE="40")}
    await g.sign(uow, await g.amend(uow, agreement, unsigned), PROVINCE_HEAD)

    sheet = await scored(uow, period)

    assert agreement.signed is not None
    assert json.loads(sheet.snapshot)["agreement"] == {
        "ref": f"{agreement.id}@2",
        "hash": agreement.hash_of(agreement.signed),
    }
    assert sheet.total == 40 * 5 + 40 * 3 + 20 * 4
    assert (await of(uow, agreement)).state is AgreementState.AMENDED


async def test_E_I14_what_nobody_signed_scores_nobody_and_stops_nobody(
    uow: MemoryUnitOfWork,
) -> None:
    period = await g.ses(uow)
    await scenes.do_all(uow, period, LAN)
    await scenes.rate(uow, period, LAN_ID)
    await g.sign(uow, await g.draft(uow, period), PROVINCE_HEAD)

    sheet = await scored(uow, period)

    lan = await scenes.evaluation_of(uow, period, LAN_ID)
    assert sheet.outcome is EvaluationOutcome.NOT_EVALUABLE
    assert (sheet.trouble.rule_id, sheet.total) == ("AGREEMENT", None)
    assert lan.sheets[-1].outcome is EvaluationOutcome.SCORED


async def test_E_I1_what_is_signed_after_the_freeze_moves_nothing(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    period = await g.ses(uow)
    agreement = await g.sign_all(uow, await g.draft(uow, period))
    await rate(uow, period)
    await scenes.move(uow, period, "freeze", signed=False)
    clock.at += timedelta(hours=1)
    await g.sign_all(uow, await g.amend(uow, agreement, OTHER))
    await scenes.indexes_come(uow, period)
    await scenes.Pump(uow).run()

    sheet = (await scenes.evaluation_of(uow, period, CHAIR_ID)).sheets[-1]

    assert sheet.total == 40 * 5 + 30 * 3 + 30 * 4


@pytest.mark.parametrize("side", Party)
async def test_E_I4_nobody_signs_for_both_sides(uow: MemoryUnitOfWork, side: Party) -> None:
    """Persons are compared, not accounts."""
    agreement = a.agreement(AgreementState.NEGOTIATING)
    hash, said = agreement.hash_of(agreement.latest), agreement.latest.signatures[0].by
    same = Actor(subject="another account", roles=frozenset(), officer=said.officer)

    with pytest.raises((Conflict, Forbidden)):
        agreement.sign(side, hash, same, a.NOW)

    assert agreement.waits_for is Party.SUPERIOR


async def test_E_I4_the_leader_is_no_superior_of_herself(uow: MemoryUnitOfWork) -> None:
    period = await g.ses(uow)
    agreement = await g.draft(uow, period)
    herself = person("chair", *Role, unit=PROVINCE_HEAD.unit, officer=CHAIR_ID)

    with pytest.raises(Conflict):  # the superior signs first: she is the leader's side
        await g.sign(uow, agreement, herself)
    with pytest.raises(Forbidden):
        await g.terminate(uow, agreement, actor=herself)


async def test_wrong_doors(uow: MemoryUnitOfWork) -> None:
    """Out of order, twice, an old version, past the agreement."""
    period = await g.ses(uow)
    first = await g.draft(uow, period)
    old = first.hash_of(first.latest)
    with pytest.raises(Conflict, match="signs first"):
        await g.sign(uow, first, g.LEADER)
    with pytest.raises(Invalid, match="comes first"):
        await _rate_bare(uow, period, rated(RESULTS="5"))
    second = await g.amend(uow, first, OTHER, actor=g.LEADER)
    with pytest.raises(Conflict, match="another version"):
        await g.sign(uow, second, PROVINCE_HEAD, hash=old)
    signed = await g.sign(uow, second, PROVINCE_HEAD)
    with pytest.raises(Conflict, match="signed it already"):
        await g.sign(uow, signed, SECOND)
    signed = await g.sign(uow, signed, g.LEADER)
    with pytest.raises(Conflict, match="signed it already"):
        await g.sign(uow, signed, g.LEADER)
    with pytest.raises(Invalid, match="no such element"):
        await _rate_bare(uow, period, rated(RESULTS="5", MORE="5"))
    with pytest.raises(Conflict, match="already: amend it"):
        await g.draft(uow, period)
    ended = await g.terminate(uow, signed)
    for step in (partial(g.amend, content=OTHER), partial(g.sign, actor=g.LEADER)):
        with pytest.raises(Conflict, match="is over"):
            await step(uow, ended)

    assert (await of(uow, ended)).state is AgreementState.TERMINATED
    assert (await g.draft(uow, period)).state is AgreementState.DRAFT


async def _rate_bare(uow: MemoryUnitOfWork, period: EvaluationPeriod, given: GivenInputs) -> None:
    from congvu_kit.application.perform import perform
    from evaluation_service.application.results import commands as ratings

    command = ratings.ScoreGeneralCriteria(
        actor=PROVINCE_HEAD,
        idempotency_key=scenes.key(),
        period_id=period.id,
        civil_servant_id=CHAIR_ID,
        expected_revision=0,
        ratings=given,
    )
    await perform(ratings.score_general_criteria, command, uow)


async def test_a_plan_is_locked_after_six_weeks_and_published(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    agreement = await g.planned(uow, "MY-LAB", "NHA-O")
    agreement = await g.sign_all(uow, agreement)
    for days, due, public in ((41, [], 0), (42, [agreement.id], 1)):
        clock.at = scenes.NOW + timedelta(days=days)
        found = await lives.agreements_due(uow, clock.at.date())
        for id in found:
            async with uow.begin() as tx:
                await lives.move_on(id, tx)
        page = await list_published(uow.reading(), None, first=10, after=None)
        assert (found, len(page.items)) == (due, public)
    agreement = await of(uow, agreement)
    again = {"details": [{"code": "NHA-O", "steps": g.STEPS * 2}]}

    assert agreement.state is AgreementState.LOCKED
    for step in (g.terminate, partial(g.amend, content=again)):
        with pytest.raises(Conflict, match="locked"):
            await step(uow, agreement)
    assert await of(uow, agreement) == agreement
    assert ANONYMOUS.subject is None


async def test_a_plan_is_amended_within_its_six_weeks_only(
    uow: MemoryUnitOfWork, clock: FixedClock
) -> None:
    """An unsigned one, or an amendment half signed, is not opened by signing late."""
    agreement = await g.sign_all(uow, await g.planned(uow, "MY-LAB", "NHA-O"))
    again = {"details": [{"code": "NHA-O", "steps": g.STEPS * 2}]}
    half = await g.sign(uow, await g.amend(uow, agreement, again), g.LEADER)
    clock.at += timedelta(days=42)
    async with uow.begin() as tx:
        await lives.move_on(half.id, tx)

    with pytest.raises(Conflict, match="locked"):
        await g.sign(uow, await of(uow, half), PROVINCE_HEAD)


async def test_a_signature_waits_for_whose_turn_it_is(uow: MemoryUnitOfWork) -> None:
    period = await g.ses(uow)
    agreement = await g.draft(uow, period)

    async def waits(reader: Actor, kind: InboxKind) -> list[str]:
        page = await list_waiting(reader, uow.reading(), kind, first=10, after=None)
        return [each.subject_id for each in page.items]

    superior = (PROVINCE_HEAD, InboxKind.COUNTERSIGNATURE)
    leader = (g.LEADER, InboxKind.SIGNATURE)
    assert (await waits(*superior), await waits(*leader)) == ([agreement.id], [])
    agreement = await g.sign(uow, agreement, PROVINCE_HEAD)
    assert (await waits(*superior), await waits(*leader)) == ([], [agreement.id])
    await g.sign(uow, agreement, g.LEADER)
    assert (await waits(*superior), await waits(*leader)) == ([], [])


async def test_an_objective_that_was_signed_is_not_withdrawn_and_counts_as_signed(
    uow: MemoryUnitOfWork,
) -> None:
    period = await g.ses(uow, "MY-LAB")
    objective = await o.define(
        uow, period, o.content(perspective=None), of=CHAIR_ID, actor=PROVINCE_HEAD
    )
    content = {"details": [{"code": "MT-01", "steps": g.STEPS}]}
    agreement = await g.draft(uow, period, content=content)
    agreement = await g.sign_all(uow, agreement)
    with pytest.raises(Conflict, match="signature"):
        await o.withdraw(uow, objective, actor=SECOND)
    harder = o.content("200", perspective=None)
    await o.revise(uow, objective, harder, actor=SECOND)
    reading = await o.record(uow, objective, "80", actor=o.SYSTEM)
    await o.decide(uow, reading, actor=PROVINCE_HEAD)

    sheet = await scored(uow, period)

    (row,) = json.loads(sheet.snapshot)["indicators"]
    assert (row["target"], sheet.total) == ("100", 80)
    assert row["evidence"][0] == {"ref": f"{objective.id}@1", "hash": objective.version_hash}
    assert Participant.of(g.LEADER) in (await scenes.evaluation_of(uow, period, CHAIR_ID)).involved
    assert COMMUNE in agreement.unit_path
