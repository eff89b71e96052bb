"""What was collected on paper, by telephone and at meetings: each row by the rules of its kind."""

from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.text import camel
from feedback import people
from feedback.scenes import DOSSIER, RATING_CODE, enter, everything, log_of, new_key
from feedback_service.application.needs import Needs
from feedback_service.application.submissions import bulk
from feedback_service.application.submissions.bulk import FeedbackKind, FeedbackRow
from feedback_service.domain.submissions.submission import Answer, Channel, Driver, SubmitterType

NOTHING: dict[str, Any] = {
    "submitter_token": people.CITIZEN.subject,
    "submitter_type": SubmitterType.CITIZEN,
    "dossier_code": None,
    "rating_code": None,
    "answer": None,
    "drivers": (),
    "answered_on": None,
    "unit_id": None,
    "civil_servant_id": None,
    "text": None,
    "name": None,
    "contact": None,
    "procedure_code": None,
    "round_id": None,
}
SATISFIED: dict[str, Any] = {
    "dossier_code": DOSSIER,
    "rating_code": RATING_CODE,
    "answer": Answer.SATISFIED,
}
SAID: dict[str, Any] = {"unit_id": people.COUNTER, "text": "Nên có thêm ghế chờ"}
VISITED: dict[str, Any] = {"unit_id": people.COUNTER, "answer": Answer.NEUTRAL}
PROCEDURE: dict[str, Any] = {**VISITED, "procedure_code": "1.001193"}
GOOD: dict[FeedbackKind, dict[str, Any]] = {
    FeedbackKind.SATISFACTION: SATISFIED,
    FeedbackKind.VISIT: VISITED,
    FeedbackKind.PROCEDURE: PROCEDURE,
    FeedbackKind.COMPLAINT: SAID,
    FeedbackKind.SUGGESTION: SAID,
    FeedbackKind.PRAISE: SAID,
}
SOME: dict[str, Any] = {
    "dossier_code": DOSSIER,
    "rating_code": RATING_CODE,
    "answer": Answer.SATISFIED,
    "drivers": (Driver.SPEED,),
    "answered_on": date(2026, 8, 2),
    "unit_id": people.COUNTER,
    "civil_servant_id": people.LAN_ID,
    "name": "Trần Thị Bình",
    "contact": "ở tổ 4",
    "procedure_code": "1.001193",
    "round_id": "svy_1",
}
FOREIGN = {
    FeedbackKind.SATISFACTION: (
        "unit_id",
        "civil_servant_id",
        "name",
        "contact",
        "procedure_code",
    ),
    FeedbackKind.VISIT: (
        "dossier_code",
        "rating_code",
        "civil_servant_id",
        "name",
        "contact",
        "procedure_code",
    ),
    FeedbackKind.PROCEDURE: ("dossier_code", "rating_code", "civil_servant_id", "name", "contact"),
    FeedbackKind.COMPLAINT: (
        "rating_code",
        "answer",
        "drivers",
        "answered_on",
        "procedure_code",
        "round_id",
    ),
    FeedbackKind.SUGGESTION: tuple(SOME.keys() - {"unit_id"}),
    FeedbackKind.PRAISE: tuple(SOME.keys() - {"unit_id"}),
}
NEEDED = {
    FeedbackKind.SATISFACTION: ("dossier_code", "rating_code", "answer"),
    FeedbackKind.VISIT: ("unit_id", "answer"),
    FeedbackKind.PROCEDURE: ("unit_id", "answer", "procedure_code"),
    FeedbackKind.COMPLAINT: ("text",),
    FeedbackKind.SUGGESTION: ("unit_id", "text"),
    FeedbackKind.PRAISE: ("unit_id", "text"),
}


def row(kind: FeedbackKind, channel: Channel = Channel.PAPER, **said: Any) -> FeedbackRow:
    return FeedbackRow(kind=kind, channel=channel, **{**NOTHING, **said})


async def send(
    uow: MemoryUnitOfWork, needs: Needs, *rows: FeedbackRow, dry_run: bool = False
) -> bulk.FeedbackReport:
    command = bulk.SubmitFeedbackBulk(
        actor=people.PORTAL, idempotency_key=new_key(), rows=rows, dry_run=dry_run
    )
    report = await perform(bulk.submit_feedback_bulk, command, uow, needs=needs)
    await enter(uow, needs)
    return report


async def test_F_I1_each_row_has_its_own_entry_and_fails_alone(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    report = await send(
        uow,
        needs,
        row(FeedbackKind.SATISFACTION, **SATISFIED, text="Nhanh"),
        row(FeedbackKind.SATISFACTION, **{**SATISFIED, "rating_code": "0" * 32}),
        row(FeedbackKind.COMPLAINT, Channel.HOTLINE, **SAID, name="Trần Thị Bình"),
        row(FeedbackKind.SATISFACTION, **{**SATISFIED, "answer": Answer.NEUTRAL}),
        row(FeedbackKind.PRAISE, Channel.MEETING, **SAID),
    )

    refused = [each.refusal and each.refusal.rule_id for each in report.results]
    assert refused == [None, "F-I10", None, "F-I4", None]
    entries = await log_of(uow)
    assert sorted(each.type.value for each in entries) == [
        "COMPLAINT_FILED", "SUBMISSION_RECEIVED", "SUBMISSION_RECEIVED",
    ]  # fmt: skip
    taken = [each.taken for each in report.results if each.taken]
    assert sorted(each.id for each in taken) == sorted(each.subject for each in entries)


@pytest.mark.parametrize("kind", FeedbackKind)
async def test_what_a_kind_needs_and_has_not_is_told(
    kind: FeedbackKind, uow: MemoryUnitOfWork, needs: Needs
) -> None:
    before = await everything(uow)
    lacking = [row(kind, **{**GOOD[kind], name: None}) for name in NEEDED[kind]]
    foreign = [row(kind, **{**GOOD[kind], name: SOME[name]}) for name in FOREIGN[kind]]

    report = await send(uow, needs, *lacking, *foreign)

    named = [each.refusal and each.refusal.field for each in report.results]
    assert named == [f"input.{camel(name)}" for name in (*NEEDED[kind], *FOREIGN[kind])]
    assert await everything(uow) == before


async def test_a_row_that_is_refused_late_leaves_nothing_behind(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    before = await everything(uow)

    report = await send(
        uow,
        needs,
        row(FeedbackKind.SATISFACTION, **SATISFIED, text="x" * 4001),
        row(FeedbackKind.PRAISE, **{**SAID, "text": "x" * 4001}),
        row(FeedbackKind.COMPLAINT, **SAID, name="x" * 4001),
    )

    assert [each.refusal is None for each in report.results] == [False] * 3
    assert await everything(uow) == before


async def test_a_dry_run_says_the_same_and_keeps_nothing(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    rows = (
        row(FeedbackKind.SATISFACTION, **SATISFIED),
        row(FeedbackKind.SATISFACTION, **{**SATISFIED, "answer": Answer.NEUTRAL}),
    )
    before, told = await everything(uow), len(uow.outbox)

    tried = await send(uow, needs, *rows, dry_run=True)

    assert (await everything(uow), len(uow.outbox)) == (before, told)
    assert [each.taken for each in tried.results] == [None, None]
    real = await send(uow, needs, *rows)
    assert [each.refusal for each in tried.results] == [each.refusal for each in real.results]


@pytest.mark.parametrize("count", [0, bulk.ROWS_MAX + 1])
async def test_a_call_takes_1_to_200_rows(uow: MemoryUnitOfWork, needs: Needs, count: int) -> None:
    with pytest.raises(Invalid) as refusal:
        await send(uow, needs, *[row(FeedbackKind.PRAISE, **SAID)] * count)

    assert refusal.value.field == "input.rows"
