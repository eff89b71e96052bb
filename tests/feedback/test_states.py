"""Every step of a complaint, a commitment and a post-audit, in every state there is."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congvu_kit.domain.actor import Role
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden
from feedback import people
from feedback.people import person
from feedback_service.domain.commitments import (
    Commitment,
    CommitmentState,
    CommitmentVersion,
    Outcome,
    Progress,
)
from feedback_service.domain.complaint_parts import (
    Category,
    ComplaintState,
    Decision,
    Escalation,
    PublicText,
    Terms,
    Verdict,
)
from feedback_service.domain.complaints import Complaint
from feedback_service.domain.post_audits import PostAudit, PostAuditState
from feedback_service.domain.submissions import Channel, SubmitterType

S = ComplaintState
DAY = date(2026, 8, 3)
TEXT = PublicText(text="x", log_seq=9, on=DAY)


def complaint(state: ComplaintState) -> Complaint:
    """As it stands in this state, with an answer that may still be disputed."""
    return Complaint(
        id="cpl_1",
        province="56",
        unit_id=people.COUNTER,
        unit_path=(people.COUNTER, people.WARD),
        servant_id=people.LAN_ID,
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
        log_seq=1,
        state=state,
        dispute_until=DAY,
    )


def decision(verdict: Verdict = Verdict.UPHELD, *, remedied: bool = True) -> Decision:
    return Decision(verdict=verdict, remedied=remedied, reason=TEXT, by="hoi-dong")


COMPLAINT_STEPS: dict[str, tuple[Callable[[Complaint], object], set[ComplaintState]]] = {
    "classify": (lambda c: c.classify(Category.DELAY, TEXT, "quan-ly"), {S.RECEIVED}),
    "assign": (
        lambda c: c.assign(people.MINH_ID, "quan-ly"),
        {S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED},
    ),
    "take up": (lambda c: c.take_up("minh"), {S.CLASSIFIED, S.ASSIGNED, S.REOPENED}),
    "answer": (
        lambda c: c.answer(TEXT, "quan-ly"),
        {S.CLASSIFIED, S.ASSIGNED, S.IN_PROGRESS, S.REOPENED},
    ),
    "confirm": (lambda c: c.confirm(), {S.ANSWERED}),
    "dispute": (
        lambda c: c.dispute(DAY),
        {S.ANSWERED, S.CLOSED_NOT_COMPETENT, S.CLOSED_DUPLICATE},
    ),
    "reopen": (lambda c: c.reopen(DAY), {S.DISPUTED}),
    "decide": (lambda c: c.decide(decision()), {S.ANSWERED, S.DISPUTED, S.REOPENED}),
    "close as resolved": (
        lambda c: c.close_as_resolved(date(2026, 8, 4)),
        {S.ANSWERED, S.CONFIRMED_RESOLVED},
    ),
    "set aside": (
        lambda c: c.set_aside(S.CLOSED_DUPLICATE, TEXT, "quan-ly"),
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
    "decide": S.CLOSED_RESOLVED,
    "close as resolved": S.CLOSED_RESOLVED,
    "set aside": S.CLOSED_DUPLICATE,
}


def refuses(step: Callable[[], object], aggregate: Aggregate) -> bool:
    """Whether it is a conflict, which then has changed and recorded nothing."""
    before = deepcopy(aggregate)
    try:
        step()
    except Conflict:
        assert aggregate == before
        assert aggregate.pull_events() == []
        return True
    return False


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

    on_the_day = it.escalate(DAY)
    after = [it.escalate(date(2026, 8, 4)), it.escalate(date(2026, 8, 5))]

    assert on_the_day is False
    assert after == [state in owed, False]
    noted = (Escalation(state=state, on=date(2026, 8, 4)),) if state in owed else ()
    assert it.escalations == noted


@pytest.mark.parametrize("state", S)
def test_what_was_escalated_may_be_decided_while_it_stays_there(state: ComplaintState) -> None:
    it = complaint(state)
    it.escalate(date(2026, 8, 4))

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


HANDLING = ("classify", "assign", "take up", "answer", "set aside")


@pytest.mark.parametrize("name", HANDLING)
def test_whoever_took_one_step_for_the_unit_is_not_outside_it(name: str) -> None:
    step, allowed = COMPLAINT_STEPS[name]
    it = complaint(min(allowed, key=list(S).index))
    subject = "minh" if name == "take up" else "quan-ly"
    moved = person(subject, Role.REVIEW_BOARD)
    it.require_outside(moved)

    step(it)

    assert it.handled_by == (subject,)
    with pytest.raises(Forbidden) as refused:
        it.require_outside(moved)
    assert refused.value.rule_id == "F-I6"
    it.require_outside(people.BOARD)


def test_who_handled_it_is_named_once() -> None:
    it = complaint(S.CLASSIFIED)

    it.assign(people.MINH_ID, "quan-ly")
    it.take_up("minh")
    it.answer(TEXT, "quan-ly")

    assert it.handled_by == ("quan-ly", "minh")


DUE = date(2026, 9, 30)
C = CommitmentState
OPEN = {C.PUBLISHED, C.IN_PROGRESS}


def version(number: int) -> CommitmentVersion:
    return CommitmentVersion(
        number=number,
        text="t",
        target="98 %",
        due=DUE,
        beneficiaries="b",
        milestones=(),
        published_on=DAY,
        log_seq=number,
    )


def commitment(state: CommitmentState) -> Commitment:
    return Commitment(
        id="cmt_1",
        province="56",
        unit_id=people.WARD,
        leader_id=people.CHAIR_ID,
        versions=(version(1),),
        salt="00",
        due=DUE,
        state=state,
    )


STEP = Progress(on=DAY, note="n", evidence=(), log_seq=3)
LATE = date(2026, 10, 1)

COMMITMENT_STEPS: dict[
    str, tuple[Callable[[Commitment, date], object], set[CommitmentState], set[CommitmentState]]
] = {
    "amend": (lambda c, on: c.amend(replace(version(2), due=LATE), on), OPEN, set()),
    "report": (lambda c, on: c.report(STEP, done=False, today=on), OPEN, set()),
    "claim": (lambda c, on: c.report(STEP, done=True, today=on), OPEN, set()),
    "find met": (
        lambda c, on: c.assess(Outcome.VERIFIED_MET, "r", on),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE},
    ),
    "find partly met": (
        lambda c, on: c.assess(Outcome.PARTLY, "r", on),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE},
    ),
    "find missed": (
        lambda c, on: c.assess(Outcome.MISSED, "r", on),
        {C.CLAIMED_DONE},
        {C.CLAIMED_DONE, *OPEN},
    ),
}
"""The step, the states that allow it until the date, and those that do after it."""
COMMITMENT_ENDS = {
    "report": C.IN_PROGRESS,
    "claim": C.CLAIMED_DONE,
    "find met": C.VERIFIED_MET,
    "find partly met": C.PARTLY,
    "find missed": C.MISSED,
}


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("on", [DUE, LATE])
@pytest.mark.parametrize("name", COMMITMENT_STEPS)
def test_F_I8_a_commitment_takes_each_step_in_its_states_and_time_only(
    name: str, on: date, state: CommitmentState
) -> None:
    step, in_time, late = COMMITMENT_STEPS[name]
    allowed = state in (late if on > DUE else in_time)
    it = commitment(state)

    assert refuses(lambda: step(it, on), it) is not allowed
    assert it.state is (COMMITMENT_ENDS.get(name, state) if allowed else state)


@pytest.mark.parametrize("state", C)
def test_only_an_open_commitment_is_overdue_and_only_after_its_date(
    state: CommitmentState,
) -> None:
    it = commitment(state)

    assert it.overdue(DUE) is False
    assert it.overdue(LATE) is (state in OPEN)


@pytest.mark.parametrize("state", PostAuditState)
@pytest.mark.parametrize("known", [False, True])
def test_a_post_audit_hears_of_each_correction_once(state: PostAuditState, known: bool) -> None:
    audit = PostAudit(
        id="audit_1",
        complaint_id="cpl_1",
        province="56",
        unit_id=people.COUNTER,
        servant_id=None,
        dossier_code=None,
        verdict="UPHELD",
        decided_on=DAY,
        state=state,
        corrections=("eval_1/2",) if known else (),
    )

    assert audit.corrected("eval_1/2") is not known
    assert audit.corrections == ("eval_1/2",)
    assert audit.state is (state if known else PostAuditState.CORRECTED)
