"""Complaints, promises and their ratings of a unit and period, counted from what is stored."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from congvu_kit.application.ports import Condition, Eq, Gte, In, Lt, Transaction
from feedback_service.application.collections import (
    COMMITMENT_RATINGS,
    COMMITMENTS,
    COMPLAINTS,
    LOG_ENTRIES,
)
from feedback_service.application.indexes.evidence import until, within
from feedback_service.application.needs import Vault
from feedback_service.domain.commitments.commitment import Commitment
from feedback_service.domain.commitments.values import (
    CONTENTED_FROM,
    SCORE_MAX,
    SCORE_MIN,
)
from feedback_service.domain.complaints.complaint import Complaint
from feedback_service.domain.complaints.values import ClosingBasis
from feedback_service.domain.copies.period import Period
from feedback_service.domain.indexes.figures import (
    Case,
    LeaderPromises,
    LeaderPublished,
    OfficerComplaints,
    Promise,
    Span,
    Step,
    by_officer,
    count_cases,
    count_contented,
    count_promises,
    count_published,
)
from feedback_service.domain.indexes.satisfaction_index import (
    LeaderRating,
    SatisfactionIndex,
    rating_of,
)
from feedback_service.domain.log.entry import EntryType

COMMITMENTS_MAX = 1_000
"""Commitments of the leaders of one unit, of all years."""

PAGE = 500

CONTESTED = (EntryType.COMPLAINT_DISPUTED, EntryType.COMPLAINT_REOPENED)
"""Whichever comes first: what ended in silence is reopened without a dispute before."""

AT_ONCE = 100
"""Complaints whose disputes are looked up together."""


def span_of(period: Period) -> Span:
    """Of a period that still runs, all that there is."""
    return Span(
        starts_on=period.starts_on.isoformat(),
        before=period.ends_on.isoformat(),
        last=sys.maxsize if period.last_seq is None else period.last_seq,
    )


def officer_mark(vault: Vault, civil_servant_id: str) -> str:
    """How the public log tells officers apart without naming one: complaints of the same officer
    can be counted, and who it is needs the vault's key."""
    return vault.person("officer", civil_servant_id)[:16]


async def count_complaints(tx: Transaction, index: SatisfactionIndex, period: Period) -> int:
    """Of the unit and the units below it, and of each officer they are about; return how many of
    those due were answered by their date and never disputed."""
    found: dict[str, Complaint] = {}
    filed, due, closed = (
        within(index.unit_id, period, path) for path in ("filed_on", "answer_by", "closed_on")
    )
    for conditions in (filed, due, [*closed, Eq("basis", ClosingBasis.DECISION)]):
        for complaint in await _all(tx, conditions):
            found[complaint.id] = complaint
    cases, span = await _cases(tx, found.values()), span_of(period)
    index.complaints = count_cases(cases, span)
    index.officers = tuple(
        OfficerComplaints(civil_servant_id=id, **asdict(figures))
        for id, figures in by_officer(cases, span).items()
    )
    return count_contented(cases, span)


async def content_now(tx: Transaction, unit_id: str, period: Period) -> int:
    """Of a period that still runs: complaints due in it, answered by their date and not disputed
    so far."""
    return await tx.store(COMPLAINTS).count(
        *within(unit_id, period, "answer_by"),
        Eq("extra.answered_in_time", True),
        Eq("disputes", 0),
    )


async def _cases(tx: Transaction, complaints: Iterable[Complaint]) -> list[Case]:
    found = [*complaints]
    disputed = await _disputed(tx, sorted(each.id for each in found if each.disputes))
    return [_case(each, disputed.get(each.id)) for each in found]


async def _disputed(tx: Transaction, ids: Sequence[str]) -> Mapping[str, Step]:
    """When each was disputed first, as the public log tells it."""
    first: dict[str, Step] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = In("subject", ids[start : start + AT_ONCE])
        for entry in await tx.store(LOG_ENTRIES).select(
            some, In("type", CONTESTED), order=["number"]
        ):
            first.setdefault(entry.subject, (entry.number, ""))
    return first


async def _all(tx: Transaction, conditions: Sequence[Condition]) -> list[Complaint]:
    found: list[Complaint] = []
    after: str | None = None
    while True:
        page = await tx.store(COMPLAINTS).page(*conditions, first=PAGE, after=after)
        found += page.items
        if not page.has_next:
            return found
        after = page.cursors[-1]


def _case(complaint: Complaint, disputed: Step | None) -> Case:
    first = complaint.answers[0] if complaint.answers else None
    decision = complaint.decision
    return Case(
        filed=(complaint.log_sequence, complaint.filed_on.isoformat()),
        answer_by=complaint.answer_by.isoformat(),
        officers=tuple(sorted(complaint.officers)),
        answered=(first.log_sequence, first.on.isoformat()) if first else None,
        disputed=disputed,
        decided=(decision.reason.log_sequence, decision.reason.on.isoformat())
        if decision
        else None,
        verdict=decision.verdict if decision else "",
    )


def promises_of(
    made: Sequence[Commitment], period: Period
) -> tuple[tuple[LeaderPromises, ...], tuple[LeaderPublished, ...]]:
    """What fell due in the period, and what was published in it."""
    span = span_of(period)
    promises = [
        Promise(
            leader_id=each.leader_id,
            due=each.due_as_of(span.last).isoformat(),
            published=(each.versions[0].log_sequence, each.versions[0].published_on.isoformat()),
            assessed=(each.assessed_sequence, "") if each.assessed_sequence else None,
            outcome=each.state,
        )
        for each in made
        if each.versions[0].log_sequence <= span.last
    ]
    return count_promises(promises, span), count_published(promises, span)


async def commitments_of(tx: Transaction, unit_id: str) -> list[Commitment]:
    """Those that leaders made in the unit itself."""
    return await tx.store(COMMITMENTS).select(Eq("unit_id", unit_id), limit=COMMITMENTS_MAX)


async def rated_leaders(
    tx: Transaction, made: Sequence[Commitment], period: Period
) -> tuple[LeaderRating, ...]:
    """Every rating that citizens gave in the period, whatever became of the commitment."""
    ratings, sums, satisfied = Counter[str](), Counter[str](), Counter[str]()
    for commitment in made:
        for score in range(SCORE_MIN, SCORE_MAX + 1):
            count = await tx.store(COMMITMENT_RATINGS).count(
                Eq("commitment_id", commitment.id),
                Eq("score", score),
                Gte("on", period.starts_on.isoformat()),
                Lt("on", period.ends_on.isoformat()),
                *until(period, "log_sequence"),
            )
            ratings[commitment.leader_id] += count
            sums[commitment.leader_id] += score * count
            satisfied[commitment.leader_id] += count if score >= CONTENTED_FROM else 0
    return tuple(
        rating_of(id, ratings[id], sums[id], satisfied[id]) for id in sorted(ratings) if ratings[id]
    )
