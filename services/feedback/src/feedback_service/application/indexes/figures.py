"""Complaints, procedures and promises of a unit and frozen period, counted from what is stored."""

from collections.abc import Sequence
from dataclasses import asdict

from congvu_kit.application.ports import Condition, Eq, Gte, Lt, Transaction
from feedback_service.application.collections import COMPLAINTS
from feedback_service.application.needs import Vault
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import ClosingBasis
from feedback_service.domain.copies.period import Period
from feedback_service.domain.indexes.figures import (
    Case,
    LeaderPromises,
    OfficerComplaints,
    Promise,
    Span,
    by_officer,
    count_cases,
    count_promises,
)
from feedback_service.domain.indexes.satisfaction_index import SatisfactionIndex

PAGE = 500


def span_of(period: Period) -> Span:
    return Span(
        starts_on=period.starts_on.isoformat(),
        before=period.ends_on.isoformat(),
        last=period.last_seq or 0,
    )


def officer_mark(vault: Vault, civil_servant_id: str) -> str:
    """How the public log tells officers apart without naming one: complaints of the same officer
    can be counted, and who it is needs the vault's key."""
    return vault.person("officer", civil_servant_id)[:16]


async def count_complaints(tx: Transaction, index: SatisfactionIndex, period: Period) -> None:
    """Of the unit and the units below it, and of each officer they are about."""
    found: dict[str, Complaint] = {}
    within: list[list[Condition]] = [
        [Gte(path, period.starts_on.isoformat()), Lt(path, period.ends_on.isoformat())]
        for path in ("filed_on", "answer_by", "closed_on")
    ]
    within[2].append(Eq("basis", ClosingBasis.DECISION))
    for conditions in within:
        for complaint in await _all(tx, [Eq("unit_path", index.unit_id), *conditions]):
            found[complaint.id] = complaint
    cases, span = [_case(each) for each in found.values()], span_of(period)
    index.complaints = count_cases(cases, span)
    index.officers = tuple(
        OfficerComplaints(civil_servant_id=id, **asdict(figures))
        for id, figures in by_officer(cases, span).items()
    )


async def _all(tx: Transaction, conditions: Sequence[Condition]) -> list[Complaint]:
    found: list[Complaint] = []
    after: str | None = None
    while True:
        page = await tx.store(COMPLAINTS).page(*conditions, first=PAGE, after=after)
        found += page.items
        if not page.has_next:
            return found
        after = page.cursors[-1]


def _case(complaint: Complaint) -> Case:
    first = complaint.answers[0] if complaint.answers else None
    decision = complaint.decision
    return Case(
        filed=(complaint.log_sequence, complaint.filed_on.isoformat()),
        answer_by=complaint.answer_by.isoformat(),
        officers=tuple(sorted(complaint.officers)),
        answered=(first.log_sequence, first.on.isoformat()) if first else None,
        decided=(decision.reason.log_sequence, decision.reason.on.isoformat())
        if decision
        else None,
        verdict=decision.verdict if decision else "",
    )


def promises_of(made: Sequence[Commitment], period: Period) -> tuple[LeaderPromises, ...]:
    span = span_of(period)
    return count_promises(
        (
            Promise(
                leader_id=each.leader_id,
                due=each.due_as_of(span.last).isoformat(),
                assessed=(each.assessed_sequence, "") if each.assessed_sequence else None,
                outcome=each.state,
            )
            for each in made
            if each.versions[0].log_sequence <= span.last
        ),
        span,
    )
