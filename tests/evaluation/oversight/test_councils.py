"""A council reads a published period in numbers, and asks for a post-audit with a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.actor import Actor
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from evaluation import review_scenes, scenes
from evaluation import specimens as a
from evaluation.people import (
    BOARD,
    COMMUNE,
    COUNCIL,
    LAN_ID,
    MINH_ID,
    OFFICE,
    OTHER_COMMUNE,
)
from evaluation.scenes import evaluation_of, key
from evaluation_service.application.collections import EVALUATIONS
from evaluation_service.application.oversight.commands import RequestPostAudit, request_post_audit
from evaluation_service.application.oversight.queries import UnitFigures, find_figures
from evaluation_service.domain.oversight.figures import Figures
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.results.states import UNRATED, EvaluationState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import (
    CouncilAuditDecided,
    CouncilAuditRequested,
    PostAudit,
    PostAuditState,
)
from support.graph import Graph

WHY = "Kết quả cao, người dân ít hài lòng"


async def ask(uow: MemoryUnitOfWork, period: EvaluationPeriod, **changes: Any) -> PostAudit:
    values: dict[str, Any] = {
        "actor": COUNCIL,
        "idempotency_key": key(),
        "period_id": period.id,
        "unit_id": COMMUNE,
        "reason": WHY,
    }
    return await perform(request_post_audit, RequestPostAudit(**values | changes), uow)


async def rated_elsewhere(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, unit_id: str, bands: Sequence[str | None]
) -> None:
    """As many people of one unit, with these bands."""
    async with uow.begin() as tx:
        for number, band in enumerate(bands):
            row = a.evaluation(EvaluationState.PUBLISHED)
            await tx.store(EVALUATIONS).save(
                replace(
                    row,
                    id=f"eval_{unit_id}_{number}",
                    civil_servant_id=f"cs_{number}",
                    period_id=period.id,
                    unit_id=unit_id,
                    band=band,
                )
            )


async def figures(
    uow: MemoryUnitOfWork, period: EvaluationPeriod, unit_id: str | None = None
) -> dict[str, Figures | None]:
    """By the unit; the unit asked about is "whole"."""
    found = await find_figures(COUNCIL, uow.reading(), period.id, unit_id)
    assert found is not None
    told: dict[str, UnitFigures] = {each.unit_id: each for each in found.parts}
    return {"whole": found.whole.figures} | {id: each.figures for id, each in told.items()}


async def test_figures_are_the_counts_of_who_was_rated(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    here = await uow.reading().store(EVALUATIONS).select()
    ours = [each.band for each in here if each.state not in UNRATED]
    await rated_elsewhere(uow, period, COMMUNE, ["HTT"] * 5 + ["KHT", None])
    await rated_elsewhere(uow, period, OFFICE, ["HTT"] * 4 + ["HT"])
    count = Counter([*ours, *["HTT"] * 9, "KHT", "HT", None])

    found = await figures(uow, period)

    whole = found["whole"]
    assert whole is not None
    assert (whole.people, whole.not_evaluable) == (count.total(), count.pop(None))
    assert whole.bands == count
    assert found.keys() == {"whole", COMMUNE, OFFICE}


async def test_a_page_of_parts_goes_on_where_the_last_one_ended(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    await rated_elsewhere(uow, period, COMMUNE, ["HTT"] * 6)
    found = await find_figures(COUNCIL, uow.reading(), period.id, None)
    assert found is not None

    first = found.page(first=1, after=None)
    rest = found.page(first=1, after=first.cursors[0])

    assert (first.has_next, rest.has_next) == (True, False)
    assert [*first.items, *rest.items] == list(found.parts)


async def test_few_people_are_not_told(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)

    found = await figures(uow, period)
    office = await figures(uow, period, OFFICE)

    assert found.pop("whole") is not None
    assert [*found.values(), *office.values()] == [None] * (len(found) + len(office))


async def test_appeals_and_corrections_are_counted(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    appeal = await review_scenes.file(uow, await evaluation_of(uow, period, MINH_ID))
    await review_scenes.decide(uow, appeal, correction=await review_scenes.all_done(uow, MINH_ID))

    found = await find_figures(COUNCIL, uow.reading(), period.id, None)

    assert found is not None
    after = await uow.reading().store(EVALUATIONS).select()
    states = [each.state for each in after]
    assert found.appeals == {AppealState.UPHELD: 1}
    assert found.corrected == states.count(EvaluationState.CORRECTED) > 0


async def test_a_request_is_told_and_waits_for_the_board(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)

    audit = await ask(uow, period)

    told = CouncilAuditRequested(
        post_audit_id=audit.id, province="56", unit_id=COMMUNE, period_id=period.id, reason=WHY
    )
    assert uow.outbox[-1] == told
    assert audit.state is PostAuditState.REQUESTED


async def test_one_request_about_a_unit_at_a_time(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    first = await ask(uow, period)

    with pytest.raises(Conflict):
        await ask(uow, period)
    await ask(uow, period, unit_id=OFFICE)
    await dismiss(uow, first)
    again = await ask(uow, period)

    assert again.id != first.id


async def test_the_decision_is_told_without_a_name(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    audit = await ask(uow, period)

    await dismiss(uow, audit)

    assert uow.outbox[-1] == CouncilAuditDecided(
        post_audit_id=audit.id,
        province="56",
        unit_id=COMMUNE,
        period_id=period.id,
        state=PostAuditState.DISMISSED,
    )


async def dismiss(uow: MemoryUnitOfWork, audit: PostAudit, actor: Actor = BOARD) -> PostAudit:
    return await review_scenes.decide_audit(uow, audit, None, None, actor=actor, reason="Đã xem")


async def test_E_I4_who_asked_does_not_decide(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    audit = await ask(uow, period)
    both = replace(BOARD, subject=COUNCIL.subject)

    with pytest.raises(Forbidden) as refused:
        await dismiss(uow, audit, both)

    assert refused.value.rule_id == "E-I4"


async def test_a_result_of_that_unit_and_period_is_corrected(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    audit = await ask(uow, period, unit_id=OFFICE)
    minh = await evaluation_of(uow, period, MINH_ID)

    decided = await review_scenes.decide_audit(
        uow, audit, minh, await review_scenes.all_done(uow, MINH_ID)
    )

    assert (decided.state, decided.evaluation_id) == (PostAuditState.CORRECTED, minh.id)


async def test_a_result_of_another_period_is_not(uow: MemoryUnitOfWork) -> None:
    period = await review_scenes.published(uow)
    minh = await evaluation_of(uow, period, MINH_ID)
    async with uow.begin() as tx:
        other = replace(minh, id="eval_other", revision=0, period_id="period_other")
        await tx.store(EVALUATIONS).save(other)
    audit = await ask(uow, period, unit_id=OFFICE)

    with pytest.raises(Invalid) as refused:
        await review_scenes.decide_audit(
            uow, audit, other, await review_scenes.all_done(uow, MINH_ID)
        )

    assert refused.value.field == "input.evaluationId"


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"unit_id": OTHER_COMMUNE}, Invalid, "input.unitId"),
        ({"unit_id": "unit_none"}, Invalid, "input.unitId"),
        ({"reason": "  "}, Invalid, "input.reason"),
        ({"reason": "Gọi 0912 345 678 để biết"}, Invalid, "input.reason"),
        ({"period_id": "period_none"}, NotFound, None),
    ],
)
async def test_a_request_that_is_wrong_is_told(
    uow: MemoryUnitOfWork,
    changes: dict[str, str],
    error: type[Invalid | NotFound],
    field: str | None,
) -> None:
    period = await review_scenes.published(uow)
    before = len(uow.outbox)

    with pytest.raises(error) as refused:
        await ask(uow, period, **changes)

    assert refused.value.field == field
    assert len(uow.outbox) == before


async def test_nothing_is_asked_about_a_period_before_its_publication(
    uow: MemoryUnitOfWork,
) -> None:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.rate(uow, period, LAN_ID)

    with pytest.raises(Conflict) as refused:
        await ask(uow, period)

    assert refused.value.field == "input.periodId"


async def test_a_council_sees_no_person_behind_a_request(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    period = await review_scenes.published(uow)
    audit = await ask(uow, period, unit_id=OFFICE)
    await review_scenes.post_audit(uow, LAN_ID)
    minh = await evaluation_of(uow, period, MINH_ID)
    await review_scenes.decide_audit(uow, audit, minh, await review_scenes.all_done(uow, MINH_ID))
    query = """{ postAudits { edges { node {
        id origin complaintId period { id } unit { id } civilServant { id } evaluation { id }
    } } } }"""

    async def seen(actor: Actor) -> list[Any]:
        result = await graph.execute(query, actor, {})
        return [edge["node"] for edge in result.data["postAudits"]["edges"]]

    [told] = await seen(COUNCIL)
    assert told == {
        "id": audit.id,
        "origin": "COUNCIL",
        "complaintId": None,
        "period": {"id": period.id},
        "unit": {"id": OFFICE},
        "civilServant": None,
        "evaluation": None,
    }
    assert [each["evaluation"] for each in await seen(BOARD)] == [{"id": minh.id}, None]
