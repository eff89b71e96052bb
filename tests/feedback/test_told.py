"""What the platform tells by itself; and that no kind of entry or event goes untested."""

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from feedback import people
from feedback.cases import CASES
from feedback.commitments.steps import publish
from feedback.complaints.steps import confirm
from feedback.indexes.steps import four_ratings, freeze
from feedback.reviews.steps import burst
from feedback.scenes import (
    PERIOD,
    all_of,
    answered,
    calendar_comes,
    classify,
    decide,
    disputed,
    file,
    follow_calendars,
    know_the_ward,
    log_of,
    rate,
    rating,
    sweep,
    verdict,
)
from feedback_service.adapters.contracts import CONTRACTS
from feedback_service.application import collections, reactions
from feedback_service.application.log import results
from feedback_service.application.needs import Needs
from feedback_service.application.verdicts import councils
from feedback_service.domain.log.entry import EntryType
from support.clock import FixedClock

Happening = Callable[[MemoryUnitOfWork, Needs, FixedClock], Awaitable[None]]


async def a_date_passes(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await file(uow, needs)
    clock.pass_days(3)
    await sweep(uow)


async def an_answer_is_overdue(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    post = reactions.AppointmentFact(unit_id=people.COUNTER, role="HEAD")
    async with uow.begin() as tx:
        fact = reactions.CivilServantSynced(
            civil_servant_id="cs_head", province="56", revision=1, appointments=(post,)
        )
        await reactions.keep_civil_servant(fact, tx)
    await classify(uow, needs, await file(uow, needs))
    clock.pass_days(15)
    await sweep(uow)


async def silence(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await answered(uow, needs)
    clock.pass_days(15)
    await sweep(uow)


async def a_confirmation(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await confirm(uow, needs, await answered(uow, needs), people.CITIZEN)
    await sweep(uow)


async def a_promise_runs_out(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await publish(uow, needs)
    clock.pass_days(59)
    await sweep(uow)


async def a_freeze(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await four_ratings(uow, needs)
    await freeze(uow, people.COUNTER)


async def a_correction(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await decide(uow, needs, verdict(await disputed(uow, needs)))
    [audit] = await all_of(uow, collections.POST_AUDITS)
    async with uow.begin() as tx:
        fact = results.EvaluationCorrected(
            province="56", evaluation_id="eval_1", sheet=2, basis=audit.id
        )
        await results.note_correction(fact, tx)


async def a_seal(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await know_the_ward(uow)
    fact = results.PeriodClosed(
        province="56",
        period_id=PERIOD,
        seal_hash="5e" * 32,
        seal_root="00" * 32,
        sealed_at=clock.now(),
    )
    for seal in (fact, fact, replace(fact, seal_hash="ff" * 32), fact):
        async with uow.begin() as tx:
            await results.publish_seal(seal, tx)


async def a_rating_without_a_dossier(
    uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock
) -> None:
    await rate(uow, needs, rating(dossier="H32.31.07-260801-9999"))
    clock.pass_days(91)
    await sweep(uow)


async def a_calendar(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await file(uow, needs)
    await calendar_comes(uow, off=[date(2026, 8, 5)])
    await follow_calendars(uow)


async def answers_at_once(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await burst(uow, needs)


async def a_board_that_keeps_silent(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await burst(uow, needs)
    clock.pass_days(15)
    await sweep(uow)


async def a_council_that_asks(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await know_the_ward(uow)
    fact = councils.AuditRequested(**AUDIT, reason="Ít hài lòng")
    for _ in range(2):
        async with uow.begin() as tx:
            await councils.tell_request(fact, tx)


async def a_board_that_decides(uow: MemoryUnitOfWork, needs: Needs, clock: FixedClock) -> None:
    await a_council_that_asks(uow, needs, clock)
    fact = councils.AuditDecided(**AUDIT, state="DISMISSED")
    for _ in range(2):
        async with uow.begin() as tx:
            await councils.tell_decision(fact, tx)
    assert len(await log_of(uow)) == 2


AUDIT = {
    "post_audit_id": "audit_1",
    "province": "56",
    "unit_id": people.WARD,
    "period_id": PERIOD,
}
OTHERS = {"POST_AUDIT_REQUESTED": "COUNCIL", "POST_AUDIT_DECIDED": "REVIEW_BOARD"}
"""What others did in evaluation; the rest the platform does."""

BY_ITSELF: list[tuple[Happening, str, dict[str, str], str | None]] = [
    (a_rating_without_a_dossier, "RATING_LAPSED", {"why": "NO_DOSSIER"}, None),
    (a_date_passes, "COMPLAINT_ESCALATED", {"state": "RECEIVED"}, "complaint.escalated"),
    (
        an_answer_is_overdue,
        "COMPLAINT_ESCALATED",
        {"state": "CLASSIFIED"},
        "complaint.answer_overdue",
    ),
    (
        silence,
        "COMPLAINT_CLOSED",
        {"state": "CLOSED_RESOLVED", "basis": "SILENCE"},
        "complaint.closed",
    ),
    (
        a_confirmation,
        "COMPLAINT_CLOSED",
        {"state": "CLOSED_RESOLVED", "basis": "CONFIRMED"},
        "complaint.closed",
    ),
    (
        a_calendar,
        "DEADLINE_MOVED",
        {"answer_by": "2026-08-18", "due_on": "2026-08-06"},
        "complaint.rescheduled",
    ),
    (
        a_promise_runs_out,
        "COMMITMENT_ASSESSED",
        {"outcome": "MISSED", "why": "Quá thời hạn cam kết (ngày 30/09/2026)."},
        "commitment.assessed",
    ),
    (
        answers_at_once,
        "RATINGS_QUESTIONED",
        {
            "through": "account_",
            "doubts": "BURST",
            "decide_by": "2026-08-17",
            "entries": "1,2,3",
        },
        None,
    ),
    (
        a_board_that_keeps_silent,
        "RATINGS_DECIDED",
        {"outcome": "COUNTED", "answers": "21", "why": "Quá hạn quyết định (ngày 17/08/2026)."},
        None,
    ),
    (
        a_freeze,
        "INDEX_COMPUTED",
        {
            "period": "period_q3",
            "from": "2026-07-01",
            "before": "2026-10-01",
            "last": "4",
            "satisfied": "3",
            "answers": "4",
            "minimum": "3",
            "state": "MEASURED",
            "index": "0.75",
            "interval_low": "0.3006",
            "interval_high": "0.9544",
            "complaints": "0/0/0/0/0",
            "procedures": "1.001193=3/4",
            "published": "0",
            "contented": "0",
            "channels": "PORTAL=3/4",
            "dossiers": "0/0/4",
        },
        "index.computed",
    ),
    (
        a_seal,
        "PERIOD_SEALED",
        {"seal_hash": "ff" * 32, "root": "00" * 32, "sealed_at": "2026-08-03T02:00:00.000Z"},
        None,
    ),
    (
        a_correction,
        "EVALUATION_CORRECTED",
        {"post_audit": "audit_"},
        None,
    ),
    (
        a_council_that_asks,
        "POST_AUDIT_REQUESTED",
        {"period": PERIOD, "reason": "Ít hài lòng"},
        None,
    ),
    (
        a_board_that_decides,
        "POST_AUDIT_DECIDED",
        {"period": PERIOD, "outcome": "DISMISSED"},
        None,
    ),
]


@pytest.mark.parametrize(
    ("happening", "type", "tells", "event"),
    BY_ITSELF,
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_what_happens_by_itself_is_logged_and_sent(
    uow: MemoryUnitOfWork,
    needs: Needs,
    clock: FixedClock,
    *,
    happening: Happening,
    type: str,
    tells: dict[str, str],
    event: str | None,
) -> None:
    await happening(uow, needs, clock)

    entry = (await log_of(uow))[-1]
    assert (entry.type, entry.by) == (type, OTHERS.get(type, "PLATFORM"))
    shown = {each.name: each.value or "" for each in entry.fields}
    assert shown.pop("province") == "56"
    shown.pop("row", None)
    assert shown.pop("unit", people.WARD) in (people.COUNTER, people.WARD)
    assert shown.keys() == tells.keys()
    assert all(shown[name].startswith(value) for name, value in tells.items())
    if event is not None:
        sent = [each for each in uow.outbox if f"congvu.feedback.{event}.v1" == each.TYPE][-1]
        assert entry.subject in {getattr(sent, each.name) for each in fields(sent)}


BY_OPERATORS = {"LOG_KEY_ANNOUNCED", "LOG_KEY_WITHDRAWN"}
"""Told by the log itself when its key is replaced: `log/test_keys.py`."""


def test_every_kind_of_entry_is_among_them() -> None:
    told = {type for case in CASES for type in case.entries} | {each[1] for each in BY_ITSELF}
    told |= BY_OPERATORS

    assert told == {type.value for type in EntryType}


def test_every_published_event_is_among_them() -> None:
    told = {event for case in CASES for event in case.events} | {each[3] for each in BY_ITSELF}

    assert {f"congvu.feedback.{event}.v1" for event in told if event} == {
        published.name for published in CONTRACTS.events
    }
