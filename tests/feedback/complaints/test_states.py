"""Every step of a complaint, in every state there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congvu_kit.domain.actor import Participant, Role
from congvu_kit.domain.errors import Forbidden
from congvu_kit.domain.working_days import WorkingDays
from feedback import people
from feedback.people import person
from feedback.states import refuses
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.events import ComplaintAnswered
from feedback_service.domain.complaints.values import (
    Category,
    ComplaintDecision,
    ComplaintState,
    Escalation,
    PublicText,
    Rung,
    Terms,
    Verdict,
)
from feedback_service.domain.submissions.submission import Channel, SubmitterType

S = ComplaintState
DAY = date(2026, 8, 3)
DAYS = WorkingDays()
TEXT = PublicText(text="x", log_sequence=9, on=DAY)


def complaint(state: ComplaintState) -> Complaint:
    """As it stands in this state, with an answer that may still be disputed."""
    return Complaint(
        id="cpl_1",
        province="56",
        unit_id=people.COUNTER,
        unit_path=(people.COUNTER, people.WARD),
        civil_servant_id=people.LAN_ID,
        dossier_code=None,
        channel=Channel.PORTAL,
        submitter_type=SubmitterType.CITIZEN,
        person="p",
        salt="00",
        terms=Terms(),
        filed_on=DAY,
        filed_at=datetime(2026, 8, 3, tzinfo=UTC),
        answer_by=DAY,
        due_on=DAY,
        log_sequence=1,
        state=state,
        dispute_until=DAY,
    )


def decision(verdict: Verdict = Verdict.UPHELD, *, remedied: bool = True) -> ComplaintDecision:
    return ComplaintDecision(verdict=verdict, remedied=remedied, reason=TEXT, by="hoi-dong")


def escalate(it: Complaint, on: date, *ladder: Rung, responsible: str | None = None) -> bool:
    """To those of the ladder and then the review board."""
    return it.escalate(on, [*ladder, Rung()], DAYS, responsible)


MANAGER, HANDLER = Participant(subject="quan-ly"), Participant(subject="minh")

COMPLAINT_STEPS: dict[str, tuple[Callable[[Complaint], object], set[ComplaintState]]] = {
    "classify": (
        lambda c: c.classify(Category.DELAY, TEXT, MANAGER),
        {S.RECEIVED},
    ),
    "assign": (
        lambda c: c.assign(people.MINH_ID, MANAGER),
        {S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED},
    ),
    "take up": (
        lambda c: c.take_up(HANDLER),
        {S.CLASSIFIED, S.ASSIGNED, S.REOPENED},
    ),
    "answer": (
        lambda c: c.answer(TEXT, MANAGER, DAYS),
        {S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED},
    ),
    "confirm": (lambda c: c.confirm(), {S.ANSWERED}),
    "dispute": (
        lambda c: c.dispute(DAY, DAYS),
        {S.ANSWERED, S.CLOSED_NOT_COMPETENT, S.CLOSED_DUPLICATE},
    ),
    "reopen": (lambda c: c.reopen(DAY, DAYS), {S.DISPUTED}),
    "decide": (lambda c: c.decide(decision()), {S.ANSWERED, S.DISPUTED, S.REOPENED}),
    "close as resolved": (
        lambda c: c.close_as_resolved(date(2026, 8, 4), DAYS),
        {S.ANSWERED, S.CONFIRMED_RESOLVED},
    ),
    "forward": (
        lambda c: c.forward((people.WARD,), TEXT, MANAGER, DAYS),
        {S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS},
    ),
    "set aside": (
        lambda c: c.set_aside(S.CLOSED_DUPLICATE, TEXT, MANAGER, DAYS),
        {S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS},
    ),
}
COMPLAINT_ENDS = {
    "classify": S.CLASSIFIED,
    "assign": S.ASSIGNED,
    "take up": S.IN_PROGRESS,
    "answer": S.ANSWERED,
    "confirm": S.CONFIRMED_RESOLVED,
    "dispute": S.DISPUTED,
    "reopen": S.REOPENED,
    "forward": S.RECEIVED,
    "decide": S.CLOSED_RESOLVED,
    "close as resolved": S.CLOSED_RESOLVED,
    "set aside": S.CLOSED_DUPLICATE,
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", COMPLAINT_STEPS)
def test_a_complaint_takes_each_step_from_its_states_only(name: str, state: ComplaintState) -> None:
    step, allowed = COMPLAINT_STEPS[name]
    it = complaint(state)

    assert refuses(lambda: step(it), it) is (state not in allowed)
    assert it.state is (COMPLAINT_ENDS[name] if state in allowed else state)


@pytest.mark.parametrize("state", S)
def test_only_what_somebody_owes_is_escalated_once_and_only_after_its_date(
    state: ComplaintState,
) -> None:
    owed = {S.RECEIVED, S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED, S.DISPUTED}
    it = complaint(state)

    on_the_day = escalate(it, DAY)
    after = [escalate(it, date(2026, 8, 4)), escalate(it, date(2026, 8, 5))]

    assert on_the_day is False
    assert after == [state in owed, False]
    noted = (Escalation(state=state, on=date(2026, 8, 4)),) if state in owed else ()
    assert it.escalations == noted


@pytest.mark.parametrize("state", S)
def test_what_was_escalated_may_be_decided_while_it_stays_there(state: ComplaintState) -> None:
    it = complaint(state)
    escalate(it, date(2026, 8, 4))

    closed = {each for each in S if each.startswith("CLOSED")} | {S.CONFIRMED_RESOLVED}

    assert refuses(lambda: it.decide(decision()), it) is (state in closed)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("day", [3, 4])
def test_only_confirmed_answers_and_those_met_with_silence_can_be_closed(
    state: ComplaintState, day: int
) -> None:
    silent = state is S.ANSWERED and day == 4

    assert complaint(state).closable_on(date(2026, 8, day)) is (
        silent or state is S.CONFIRMED_RESOLVED
    )


@pytest.mark.parametrize(
    ("verdict", "remedied", "end"),
    [
        (Verdict.UPHELD, True, S.CLOSED_RESOLVED),
        (Verdict.UPHELD, False, S.CLOSED_UNRESOLVED),
        (Verdict.PARTLY, True, S.CLOSED_RESOLVED),
        (Verdict.PARTLY, False, S.CLOSED_UNRESOLVED),
        (Verdict.NOT_UPHELD, True, S.CLOSED_UNFOUNDED),
        (Verdict.NOT_UPHELD, False, S.CLOSED_UNFOUNDED),
    ],
)
def test_each_verdict_has_its_end(verdict: Verdict, remedied: bool, end: ComplaintState) -> None:
    it = complaint(S.DISPUTED)

    it.decide(decision(verdict, remedied=remedied))

    assert (it.state, it.closed_on, it.due_on) == (end, DAY, None)


HANDLING = ("classify", "assign", "take up", "answer", "set aside", "forward")


@pytest.mark.parametrize("name", HANDLING)
def test_whoever_took_one_step_for_the_unit_is_not_outside_it(name: str) -> None:
    step, allowed = COMPLAINT_STEPS[name]
    it = complaint(min(allowed, key=list(S).index))
    subject = "minh" if name == "take up" else "quan-ly"
    moved = person(subject, Role.REVIEW_BOARD, officer="cs_moved")
    it.require_outside(moved)

    step(it)

    assert it.handled_by == (Participant(subject=subject),)
    with pytest.raises(Forbidden) as refused:
        it.require_outside(moved)
    assert refused.value.rule_id == "F-I6"
    it.require_outside(people.BOARD)


def test_who_handled_it_is_named_once() -> None:
    it = complaint(S.CLASSIFIED)

    it.assign(people.MINH_ID, MANAGER)
    it.take_up(HANDLER)
    it.answer(TEXT, MANAGER, DAYS)

    assert it.handled_by == (MANAGER, HANDLER)


@pytest.mark.parametrize(("day", "late"), [(2, False), (3, False), (4, True)])
def test_an_answer_is_in_time_until_the_end_of_its_day(day: int, late: bool) -> None:
    it = complaint(S.CLASSIFIED)

    it.answer(replace(TEXT, on=date(2026, 8, day)), MANAGER, DAYS)

    assert it.answered_in_time is not late
    [event] = it.pull_events()
    assert isinstance(event, ComplaintAnswered)
    assert event.late is late


def test_the_first_answer_is_the_one_that_was_in_time() -> None:
    it = complaint(S.CLASSIFIED)
    it.answer(TEXT, MANAGER, DAYS)
    it.dispute(DAY, DAYS)
    it.reopen(DAY, DAYS)

    it.answer(replace(TEXT, on=date(2026, 8, 20)), MANAGER, DAYS)

    assert (it.answered_on, it.answered_in_time) == (DAY, True)
    assert it.dispute_until == date(2026, 9, 4)


def test_only_the_text_of_one_entry_is_hidden() -> None:
    it = complaint(S.ANSWERED)
    it.summary = replace(TEXT, log_sequence=2)
    it.closing_reason = replace(TEXT, log_sequence=3)
    it.answers = (replace(TEXT, log_sequence=4), replace(TEXT, log_sequence=5))
    it.decision = decision()

    def texts() -> list[str | None]:
        given = [it.summary, it.closing_reason, *it.answers, it.decision and it.decision.reason]
        return [text.text for text in given if text]

    assert texts() == ["x"] * 5
    for number, log_sequence in enumerate((2, 3, 4, 5, 9), start=1):
        it.hide(log_sequence)
        assert texts() == [None] * number + ["x"] * (5 - number)
