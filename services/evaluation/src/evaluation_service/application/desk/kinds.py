"""What can wait for somebody (việc chờ xử lý), and for whom: a condition for each kind."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from congvu_kit.application.ports import Collection as Kept
from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Not, Transaction
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.clock import business_date
from evaluation_service.application.collections import (
    AGREEMENTS,
    APPEALS,
    CASES,
    CRISES,
    INITIATIVES,
    PERIODS,
    POLICIES,
    POST_AUDITS,
    PRIOR_RESULTS,
    RUNS,
    UNIT_BUDGETS,
)
from evaluation_service.application.leadership.promises import to_promise
from evaluation_service.domain.agreements.content import Party
from evaluation_service.domain.fairness.budgets import BudgetState
from evaluation_service.domain.initiatives.initiatives import InitiativeState
from evaluation_service.domain.integrity.cases import CaseState
from evaluation_service.domain.leadership.crises import CrisisState
from evaluation_service.domain.periods.states import PUBLIC_STATES, PeriodState
from evaluation_service.domain.policies.policies import PolicyState
from evaluation_service.domain.readiness.gaps import GapKind
from evaluation_service.domain.results.runs import RunState
from evaluation_service.domain.review.appeals import AppealState
from evaluation_service.domain.review.post_audits import PostAuditOrigin, PostAuditState
from evaluation_service.domain.transfers.prior_results import PriorState
from evaluation_service.domain.work.causes import CauseState
from evaluation_service.domain.work.reports import UNDER_REVIEW, WORKABLE, AssignmentState


class InboxKind(StrEnum):
    REPORT = "REPORT"
    CAUSE = "CAUSE"
    PROPOSAL = "PROPOSAL"
    DOUBT = "DOUBT"
    READING = "READING"
    STAGE = "STAGE"
    COUNTERSIGNATURE = "COUNTERSIGNATURE"
    RATING = "RATING"
    OBJECTIVE = "OBJECTIVE"
    AGREEMENT = "AGREEMENT"
    WITHOUT_WORK = "WITHOUT_WORK"
    UNIT_RATING = "UNIT_RATING"
    UNIT_OBJECTIVE = "UNIT_OBJECTIVE"
    DOSSIER = "DOSSIER"
    WORK = "WORK"
    SIGNATURE = "SIGNATURE"
    CHANGED_RESULT = "CHANGED_RESULT"
    APPEAL = "APPEAL"
    POST_AUDIT = "POST_AUDIT"
    CASE = "CASE"
    PRIOR_RESULT = "PRIOR_RESULT"
    INITIATIVE = "INITIATIVE"
    INITIATIVE_CHECK = "INITIATIVE_CHECK"
    CRISIS = "CRISIS"
    TIE = "TIE"
    FREEZE = "FREEZE"
    TROUBLE = "TROUBLE"
    PUBLICATION = "PUBLICATION"
    CLOSING = "CLOSING"
    YEAR = "YEAR"
    COMMITMENT = "COMMITMENT"
    PUBLISH_COMMITMENT = "PUBLISH_COMMITMENT"
    POLICY = "POLICY"
    BUDGET = "BUDGET"


OF_SUPERIORS: Mapping[InboxKind, Sequence[Condition]] = {
    InboxKind.REPORT: [In("state", list(UNDER_REVIEW))],
    InboxKind.CAUSE: [Eq("causes.state", CauseState.CLAIMED)],
    InboxKind.PROPOSAL: [Eq("state", AssignmentState.PROPOSED)],
    InboxKind.DOUBT: [Eq("extra.doubted", True), Not(In("state", list(UNDER_REVIEW)))],
}
"""Work of those whom the caller leads."""

LACKED_ELSEWHERE: Mapping[InboxKind, frozenset[GapKind]] = {
    InboxKind.OBJECTIVE: frozenset(
        {
            GapKind.MISSING_INDICATORS,
            GapKind.UNBALANCED_WEIGHTS,
            GapKind.BROKEN_SCORECARD,
            GapKind.MISSING_READING,
        }
    ),
    InboxKind.AGREEMENT: frozenset({GapKind.UNSIGNED_AGREEMENT}),
    InboxKind.WITHOUT_WORK: frozenset({GapKind.NO_WORK}),
    InboxKind.COMMITMENT: frozenset({GapKind.UNPUBLISHED_COMMITMENT}),
}
"""What a person lacks that is not entered as a rating."""

OF_PEOPLE = (InboxKind.RATING, *LACKED_ELSEWHERE)
"""People whom the caller leads, by what they lack."""

OF_WORK = (*OF_SUPERIORS, InboxKind.WORK)
OWN_WORK = In("state", list(WORKABLE))
ORDERS = {InboxKind.WORK: ["due_on"], InboxKind.DOUBT: ["doubted_on"]}

Conditions = Callable[[Actor, Transaction], Awaitable[Sequence[Condition]]]


@dataclass(frozen=True, kw_only=True)
class Office:
    """What waits in a province for whoever has the role, or, `own`, for the person it is about;
    `since` reads how long, `due` names the last day."""

    role: Role
    kept: Kept[Any]
    conditions: Conditions
    since: Callable[[Any], date | None] = lambda _: None
    own: bool = False
    due: str | None = None

    def is_of(self, reader: Actor) -> bool:
        return reader.has(self.role) and (not self.own or reader.officer is not None)

    async def waiting(self, reader: Actor, tx: Transaction) -> list[Condition]:
        """For this reader, whose it is."""
        whose = [Eq("civil_servant_id", reader.officer)] if self.own else []
        where = [] if self.own else [Eq("province", reader.province)]
        return [*whose, *where, *await self.conditions(reader, tx)]


def _where(*conditions: Condition) -> Conditions:
    async def found(_: Actor, __: Transaction) -> Sequence[Condition]:
        return conditions

    return found


def _in(state: StrEnum, *more: Condition) -> Conditions:
    return _where(Eq("state", state), *more)


async def _tied(reader: Actor, tx: Transaction) -> Sequence[Condition]:
    """Ties at the cut are decided while the period is in review."""
    in_review = await tx.store(PERIODS).select(
        Eq("province", reader.province), Eq("state", PeriodState.REVIEW)
    )
    now = In("period_id", [each.id for each in in_review])
    return [now, Gte("ties", ""), Eq("tie_kept", None)]


async def _undecided(reader: Actor, _: Transaction) -> Sequence[Condition]:
    """About others, and not of who took the step before (E-I4)."""
    acted = [Eq("steps.by.subject", reader.subject)]
    if reader.officer is not None:
        acted += [Eq("steps.by.officer", reader.officer), Eq("civil_servant_id", reader.officer)]
    return [In("state", [CaseState.RAISED, CaseState.CONFIRMED]), *map(Not, acted)]


async def _entered(reader: Actor, _: Transaction) -> Sequence[Condition]:
    """By others than the reader (E-I15)."""
    return [Eq("state", BudgetState.ENTERED), Not(Eq("entered_by.subject", reader.subject))]


async def _to_confirm(reader: Actor, tx: Transaction) -> Sequence[Condition]:
    """Of open periods, that others entered and that are not about the reader."""
    open_now = await tx.store(PERIODS).select(
        Eq("province", reader.province), Eq("state", PeriodState.OPEN)
    )
    return [
        Eq("state", CrisisState.RECORDED),
        In("period_id", [each.id for each in open_now]),
        Not(Eq("civil_servant_id", reader.officer)),
        Not(Eq("entered_by.subject", reader.subject)),
    ]


async def _over(_: Actor, tx: Transaction) -> Sequence[Condition]:
    """The last day of the period has passed."""
    tomorrow = business_date(tx.now) + timedelta(days=1)
    return [Eq("state", PeriodState.OPEN), Lt("ends_on", tomorrow.isoformat())]


async def _closable(_: Actor, tx: Transaction) -> Sequence[Condition]:
    public = In("state", [PeriodState.PUBLISHED, PeriodState.APPEAL_WINDOW])
    return [public, Lt("extra.appeals_until", business_date(tx.now).isoformat())]


YEAR_AHEAD_DAYS = 45
"""Before the law's day: time to freeze, score, review and publish a year."""


async def _year_due(_: Actor, tx: Transaction) -> Sequence[Condition]:
    """Years that are not public, and must be soon."""
    soon = business_date(tx.now) + timedelta(days=YEAR_AHEAD_DAYS)
    return [
        Not(In("state", sorted(PUBLIC_STATES))),
        Gte("rated_until", ""),
        Lt("rated_until", soon.isoformat()),
    ]


async def _to_check(reader: Actor, tx: Transaction) -> Sequence[Condition]:
    """Those whose day has come, and on which the reader has not acted (E-I4)."""
    tomorrow = business_date(tx.now) + timedelta(days=1)
    return [
        Eq("state", InitiativeState.PROVISIONAL),
        Lt("extra.next_check", tomorrow.isoformat()),
        Not(Eq("involved.subject", reader.subject)),
    ]


async def _of_others(reader: Actor, _: Transaction) -> Sequence[Condition]:
    """No author approves (C-I3)."""
    own = [Eq("drafted_by.subject", reader.subject), Eq("involved.subject", reader.subject)]
    return [In("state", [PolicyState.DRAFT, PolicyState.APPROVED]), *map(Not, own)]


OFFICES: Mapping[InboxKind, Office] = {
    InboxKind.SIGNATURE: Office(
        role=Role.OFFICER,
        kept=AGREEMENTS,
        conditions=_where(Eq("extra.waits_for", Party.LEADER)),
        since=lambda agreement: business_date(agreement.latest.proposed_at),
        own=True,
    ),
    InboxKind.CHANGED_RESULT: Office(
        role=Role.OFFICER,
        kept=POST_AUDITS,
        conditions=_in(PostAuditState.REQUESTED, Eq("origin", PostAuditOrigin.CHANGED_PART)),
        since=lambda audit: audit.decided_on,
        own=True,
    ),
    InboxKind.PUBLISH_COMMITMENT: Office(
        role=Role.UNIT_HEAD, kept=PERIODS, conditions=to_promise, due="ends_on"
    ),
    InboxKind.APPEAL: Office(
        role=Role.REVIEW_BOARD,
        kept=APPEALS,
        conditions=_in(AppealState.FILED),
        since=lambda appeal: business_date(appeal.filed_at),
    ),
    InboxKind.POST_AUDIT: Office(
        role=Role.REVIEW_BOARD,
        kept=POST_AUDITS,
        conditions=_in(PostAuditState.REQUESTED),
        since=lambda audit: audit.decided_on,
    ),
    InboxKind.CASE: Office(role=Role.REVIEW_BOARD, kept=CASES, conditions=_undecided, due="due_on"),
    InboxKind.PRIOR_RESULT: Office(
        role=Role.REVIEW_BOARD, kept=PRIOR_RESULTS, conditions=_in(PriorState.ENTERED)
    ),
    InboxKind.INITIATIVE: Office(
        role=Role.REVIEW_BOARD,
        kept=INITIATIVES,
        conditions=_in(InitiativeState.PROPOSED),
        since=lambda initiative: business_date(initiative.proposed_at),
    ),
    InboxKind.INITIATIVE_CHECK: Office(
        role=Role.REVIEW_BOARD,
        kept=INITIATIVES,
        conditions=_to_check,
        since=lambda initiative: initiative.next_check,
    ),
    InboxKind.CRISIS: Office(
        role=Role.REVIEW_BOARD,
        kept=CRISES,
        conditions=_to_confirm,
        since=lambda crisis: business_date(crisis.entered_at),
    ),
    InboxKind.TIE: Office(role=Role.REVIEW_BOARD, kept=RUNS, conditions=_tied),
    InboxKind.FREEZE: Office(
        role=Role.PERIOD_ADMIN, kept=PERIODS, conditions=_over, since=lambda period: period.ends_on
    ),
    InboxKind.TROUBLE: Office(
        role=Role.PERIOD_ADMIN, kept=RUNS, conditions=_in(RunState.REQUESTED, Gte("trouble", ""))
    ),
    InboxKind.PUBLICATION: Office(
        role=Role.PERIOD_ADMIN, kept=PERIODS, conditions=_in(PeriodState.REVIEW)
    ),
    InboxKind.CLOSING: Office(
        role=Role.PERIOD_ADMIN,
        kept=PERIODS,
        conditions=_closable,
        since=lambda period: period.appeals_until,
    ),
    InboxKind.YEAR: Office(
        role=Role.PERIOD_ADMIN, kept=PERIODS, conditions=_year_due, due="rated_until"
    ),
    InboxKind.BUDGET: Office(
        role=Role.PERIOD_ADMIN,
        kept=UNIT_BUDGETS,
        conditions=_entered,
        since=lambda budget: business_date(budget.entered_at),
    ),
    InboxKind.POLICY: Office(role=Role.STEERING_COMMITTEE, kept=POLICIES, conditions=_of_others),
}
