"""Survey rounds: what was asked is public first, and only that is taken into it."""

from datetime import date
from typing import Any

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.perform import perform
from congvu_kit.domain.errors import Conflict, Invalid
from feedback import people
from feedback.scenes import DOSSIER, RATING_CODE, enter, everything, log_of, new_key
from feedback.submissions.test_bulk import row, send
from feedback.surveys.steps import opened
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.needs import Needs
from feedback_service.application.submissions.bulk import FeedbackKind
from feedback_service.application.surveys.commands import CloseSurveyRound, close_survey_round
from feedback_service.domain.submissions.submission import Answer, Channel
from feedback_service.domain.surveys.survey_round import SurveyRound
from support.graph import Graph

VISIT: dict[str, Any] = {"unit_id": people.COUNTER, "answer": Answer.SATISFIED}


async def close(uow: MemoryUnitOfWork, round: SurveyRound) -> SurveyRound:
    command = CloseSurveyRound(
        actor=people.BOARD,
        idempotency_key=new_key(),
        expected_revision=round.revision,
        round_id=round.id,
    )
    return await perform(close_survey_round, command, uow)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sample": 0}, "input.sample"),
        ({"sample": 1001}, "input.sample"),
        ({"population": 10**9}, "input.sample"),
        ({"ends_on": date(2026, 7, 31)}, "input.endsOn"),
        ({"channels": ()}, "input.channels"),
        ({"instrument_version": 0}, "input.channels"),
        ({"instrument_code": "sipas 1"}, "input.instrumentCode"),
        ({"name": "Gọi 0905 123 456"}, "input.name"),
    ],
)
async def test_a_round_that_cannot_be_is_refused(
    uow: MemoryUnitOfWork, changes: dict[str, Any], field: str
) -> None:
    before = await everything(uow)

    with pytest.raises(Invalid) as refused:
        await opened(uow, **changes)

    assert refused.value.field == field
    assert await everything(uow) == before


async def test_answers_of_a_round_are_counted_and_told_when_it_ends(
    uow: MemoryUnitOfWork, needs: Needs
) -> None:
    round = await opened(uow)
    rated: dict[str, Any] = {
        "dossier_code": DOSSIER,
        "rating_code": RATING_CODE,
        "answer": Answer.SATISFIED,
    }
    report = await send(
        uow,
        needs,
        row(FeedbackKind.VISIT, **VISIT, round_id=round.id),
        row(FeedbackKind.SATISFACTION, **rated, round_id=round.id),
        row(FeedbackKind.VISIT, **{**VISIT, "answered_on": date(2026, 8, 2)}),
    )
    assert [each.refusal for each in report.results] == [None] * 3
    query = """query($id: ID!, $unit: ID!) { surveyRound(id: $id) { answered sample }
      surveyRounds(unitId: $unit) { edges { node { id } } } }"""

    shown = await Graph(schema, uow, needs=needs).ask(query, id=round.id, unit=people.WARD)
    closed = await close(uow, round)

    assert shown["surveyRound"] == {"answered": 2, "sample": 100}
    assert [each["node"]["id"] for each in shown["surveyRounds"]["edges"]] == [round.id]
    assert closed.answered == 2
    entries = await log_of(uow)
    told = [each.shown("round") for each in entries if each.type.value == "SUBMISSION_RECEIVED"]
    assert sorted(each or "" for each in told) == ["", round.id, round.id]
    assert (entries[-1].type.value, entries[-1].shown("answered")) == ("SURVEY_CLOSED", "2")
    with pytest.raises(Conflict):
        await close(uow, closed)


@pytest.mark.parametrize(
    "asked",
    [
        {"unit_id": people.OTHER_WARD},
        {"channel": Channel.KIOSK},
        {"answered_on": date(2026, 7, 31)},
    ],
)
async def test_what_a_round_does_not_ask_for_is_not_taken_into_it(
    uow: MemoryUnitOfWork, needs: Needs, asked: dict[str, Any]
) -> None:
    round = await opened(uow)

    report = await send(
        uow, needs, row(FeedbackKind.VISIT, **{**VISIT, "round_id": round.id, **asked})
    )

    refused = report.results[0].refusal
    assert refused is not None
    assert (refused.code.value, refused.field) == ("INVALID", "input.roundId")


async def test_a_closed_or_unknown_round_takes_nothing(uow: MemoryUnitOfWork, needs: Needs) -> None:
    round = await opened(uow)
    await close(uow, round)
    await enter(uow, needs)

    report = await send(
        uow,
        needs,
        row(FeedbackKind.VISIT, **VISIT, round_id=round.id),
        row(FeedbackKind.VISIT, **VISIT, round_id="svy_none"),
    )

    codes = [each.refusal and each.refusal.code.value for each in report.results]
    assert codes == ["INVALID", "NOT_FOUND"]
