"""What the rules on agreements refuse, each by itself: items, weights, terms, versions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from congvu_kit.domain.errors import Conflict, DomainError, Invalid
from congvu_scoring.documents.policy_files import shipped_policy
from congvu_scoring.engine.agreement import AgreementRules
from evaluation import specimens as a
from evaluation_service.domain.agreements.agreements import RESULT_WAIT, Agreement
from evaluation_service.domain.agreements.content import (
    ITEMS_MAX,
    KEY_MAX_CHARS,
    STEPS_MAX,
    AgreementItem,
    AgreementKind,
    ObjectiveDetail,
    OutputDimension,
    PlanStep,
    check_items,
    items_of_objectives,
)
from evaluation_service.domain.agreements.terms import check_term, months_after
from evaluation_service.domain.agreements.versions import VERSIONS_MAX, AgreementState
from evaluation_service.domain.common.decisions import Decision
from evaluation_service.domain.objectives.content import TITLE_MAX_CHARS
from evaluation_service.domain.objectives.scorecards import ScorecardLine

STEP = PlanStep(title="Khởi công", due_on=date(2026, 9, 1))
DECISION = Decision(number="9/QĐ-UBND", decided_on=date(2026, 8, 1))


def rules(policy: str) -> AgreementRules:
    found = shipped_policy(policy).agreement
    assert found is not None
    return found


SES, LAB, OUTPUT, CONTRACT = map(rules, ("US-SES", "MY-LAB", "NZ-OUTPUT", "LEADER-CONTRACT-BSC"))


def elements(**weights: int) -> list[AgreementItem]:
    return [
        AgreementItem(code=code, title=code, weight=Decimal(weight))
        for code, weight in weights.items()
    ]


def target(code: str = "NHA-O", **more: object) -> AgreementItem:
    item = AgreementItem(code=code, title="Nhà ở", weight=Decimal(100), steps=(STEP,))
    return replace(item, **more)  # type: ignore[arg-type]


def measure(dimension: OutputDimension | None, code: str = "A.1") -> AgreementItem:
    return target(code, perspective="A", dimension=dimension)


QUANTITY, QUALITY = OutputDimension.QUANTITY, OutputDimension.QUALITY
GOOD = [
    (SES, elements(RESULTS=40, PEOPLE=35, CHANGE=25)),
    (SES, elements(RESULTS=20, A=20, B=20, C=20, D=20)),
    (LAB, [target(steps=(STEP,) * STEPS_MAX)]),
    (OUTPUT, [measure(QUANTITY), measure(QUALITY, "A.2")]),
    (CONTRACT, [target(f"C-{n}", steps=()) for n in range(ITEMS_MAX)]),
    (CONTRACT, [target("C" * KEY_MAX_CHARS, title="t" * TITLE_MAX_CHARS, steps=())]),
]
WRONG = [
    (SES, elements(RESULTS=40, PEOPLE=35, CHANGE=24), "input.content.elements"),
    (SES, elements(RESULTS=40, PEOPLE=35, CHANGE=26), "input.content.elements"),
    (SES, elements(RESULTS=41, PEOPLE=34, CHANGE=25), "input.content.elements"),
    (SES, elements(RESULTS=19, A=17, B=16, C=16, D=16, E=16), "input.content.elements"),
    (SES, elements(PEOPLE=50, CHANGE=50), "input.content.elements"),
    (SES, elements(RESULTS=39, PEOPLE=40, CHANGE=21), "input.content.elements"),
    (SES, elements(RESULTS=40, PEOPLE=40, CHANGE=16, SMALL=4), "input.content"),
    (
        SES,
        [*elements(RESULTS=40, PEOPLE=30, CHANGE=30), *elements(PEOPLE=30)],
        "input.content.elements",
    ),
    (SES, [], "input.content"),
    (LAB, [target(steps=())], "input.content.details"),
    (LAB, [target(steps=(STEP,) * (STEPS_MAX + 1))], "input.content.details"),
    (LAB, [target(steps=(replace(STEP, title=" "),))], "input.content"),
    (OUTPUT, [measure(None)], "input.content.details"),
    (OUTPUT, [measure(QUANTITY), measure(QUANTITY, "A.2")], "input.content.details"),
    (CONTRACT, [target(f"C-{n}") for n in range(ITEMS_MAX + 1)], "input.content"),
    (CONTRACT, [target("C" * (KEY_MAX_CHARS + 1))], "input.content"),
    (CONTRACT, [target(" ")], "input.content"),
    (CONTRACT, [target(title="t" * (TITLE_MAX_CHARS + 1))], "input.content"),
]


@pytest.mark.parametrize(("rules", "items"), GOOD)
def test_items_at_the_edge_are_taken(rules: AgreementRules, items: list[AgreementItem]) -> None:
    check_items(items, rules)


@pytest.mark.parametrize(("rules", "items", "field"), WRONG)
def test_items_past_it_are_refused(
    rules: AgreementRules, items: list[AgreementItem], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        check_items(items, rules)

    assert refusal.value.field == field


def test_details_are_of_objectives_that_are_in_force() -> None:
    line = ScorecardLine.of(a.objective(), [])
    details = (ObjectiveDetail(code=line.code, steps=(STEP,)), ObjectiveDetail(code="KHAC"))

    with pytest.raises(Invalid) as refusal:
        items_of_objectives([line], {line.objective_id: "Mục tiêu"}, details)
    (item,) = items_of_objectives([line], {line.objective_id: "Mục tiêu"}, details[:1])

    assert refusal.value.field == "input.content.details.1.code"
    assert (item.steps, item.objective_hash) == ((STEP,), line.version_hash)


BEGINS = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (BEGINS, date(2027, 7, 31), "input.endsOn"),
        (BEGINS, date(2031, 8, 2), "input.endsOn"),
        (date(2026, 10, 1), date(2027, 10, 1), "input.startsOn"),
        (date(2025, 7, 1), date(2026, 7, 1), "input.startsOn"),
    ],
)
def test_a_term_is_as_long_as_the_policy_says_and_runs_in_the_period(
    starts_on: date, ends_on: date, field: str
) -> None:
    period = replace(a.period(), starts_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))
    check_term(BEGINS, months_after(BEGINS, 12), period, CONTRACT)
    check_term(BEGINS, months_after(BEGINS, 60), period, CONTRACT)
    check_term(date(2026, 9, 30), date(2027, 9, 30), period, CONTRACT)
    check_term(date(2025, 7, 2), date(2026, 7, 2), period, CONTRACT)

    with pytest.raises(Invalid) as refusal:
        check_term(starts_on, ends_on, period, CONTRACT)

    assert refusal.value.field == field


def test_a_month_later_is_the_same_day_or_the_last_one() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2024, 12, 15), 12) == date(2025, 12, 15)
    assert months_after(date(9999, 6, 1), 12) == date.max


def proposed(agreement: Agreement, weight: int, reason: str | None = "Giao lại") -> None:
    agreement.propose(elements(RESULTS=weight), a.APPROVER, a.NOW, reason)


@pytest.mark.parametrize(
    ("weight", "reason", "kind"),
    [(90, None, Invalid), (90, " ", Invalid), (100, "Như cũ", Conflict)],
)
def test_an_amendment_has_a_reason_and_changes_something(
    weight: int, reason: str | None, kind: type[DomainError]
) -> None:
    agreement = a.agreement()
    same = [replace(each, title="Kết quả") for each in elements(RESULTS=weight)]

    with pytest.raises(kind):
        agreement.propose(same, a.APPROVER, a.NOW, reason)

    assert len(agreement.versions) == 1


def test_an_agreement_has_so_many_versions_and_no_more() -> None:
    agreement = a.agreement(AgreementState.NEGOTIATING)
    for n in range(VERSIONS_MAX - 1):
        proposed(agreement, 50 + n)

    with pytest.raises(Conflict):
        proposed(agreement, 99)

    assert len(agreement.versions) == VERSIONS_MAX


@pytest.mark.parametrize(
    ("decision", "reason"), [(replace(DECISION, number=" "), "Điều động"), (DECISION, " ")]
)
def test_it_is_ended_by_a_numbered_decision_with_a_reason(decision: Decision, reason: str) -> None:
    agreement = a.agreement()

    with pytest.raises(Invalid):
        agreement.terminate(decision, reason, a.APPROVER, a.NOW)

    assert (agreement.state, agreement.ended_at) == (AgreementState.IN_FORCE, None)


@pytest.mark.parametrize("kind", AgreementKind)
def test_only_an_output_agreement_that_ran_out_is_renewed(kind: AgreementKind) -> None:
    agreement = replace(a.agreement(AgreementState.ENDED), kind=kind)
    day = agreement.ends_on + RESULT_WAIT
    renews = kind is AgreementKind.OUTPUT_AGREEMENT

    assert agreement.due_on == (day if renews else None)
    assert not agreement.ask_renewal(day - timedelta(days=1))
    assert agreement.ask_renewal(day) is renews
    assert not agreement.ask_renewal(day)
    assert agreement.due_on is None
