"""A visit or a procedure is rated once a person and day, and moves no index."""

from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.errors import Code
from feedback import people
from feedback.scenes import PERIOD, all_of, everything
from feedback.submissions.test_bulk import PROCEDURE, VISITED, row, send
from feedback_service.application import collections
from feedback_service.application.indexes.queries import find_indexes
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.bulk import FeedbackKind
from feedback_service.domain.submissions.submission import Answer
from support.clock import FixedClock

VISIT, OF_PROCEDURE = FeedbackKind.VISIT, FeedbackKind.PROCEDURE


async def test_F_I4_a_person_rates_a_visit_once_a_day(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    first = await send(uow, needs, row(VISIT, **VISITED), row(VISIT, **VISITED))
    again = await send(
        uow,
        needs,
        row(VISIT, **VISITED),
        row(VISIT, **{**VISITED, "answer": Answer.SATISFIED}),
        row(VISIT, **{**VISITED, "submitter_token": "dan-2"}),
        row(OF_PROCEDURE, **PROCEDURE),
    )
    clock.pass_days(1)
    tomorrow = await send(uow, needs, row(VISIT, **VISITED))

    ids = [each.taken.id for each in first.results if each.taken]
    assert ids[0] == ids[1]
    assert again.results[0].taken
    assert again.results[0].taken.id == ids[0]
    refused = again.results[1].refusal
    assert refused is not None
    assert (refused.code, refused.rule_id) == (Code.CONFLICT, "F-I4")
    assert [each.refusal for each in (*again.results[2:], *tomorrow.results)] == [None] * 3
    assert len(await all_of(uow, collections.SUBMISSIONS)) == 4


async def test_F_I10_what_no_dossier_stands_behind_moves_no_index(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    await send(uow, needs, row(VISIT, **VISITED), row(OF_PROCEDURE, **PROCEDURE))

    [index] = await find_indexes([(people.COUNTER, PERIOD)], people.BOARD, uow.reading())

    assert index is not None
    assert (index.evidence.answers, index.evidence.received) == (0, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": OF_PROCEDURE, **PROCEDURE, "procedure_code": "x" * 61}, "input.procedureCode"),
        ({"kind": VISIT, **VISITED, "unit_id": "unit_none"}, "input.unitId"),
        ({"kind": VISIT, **VISITED, "text": "x" * 4001}, "input.comment"),
    ],
)
async def test_what_is_wrong_leaves_nothing(
    uow: MemoryUnitOfWork, needs: Needs, said: dict[str, Any], field: str
) -> None:
    before = await everything(uow)

    report = await send(uow, needs, row(**said))

    assert [each.refusal and each.refusal.field for each in report.results] == [field]
    assert await everything(uow) == before
