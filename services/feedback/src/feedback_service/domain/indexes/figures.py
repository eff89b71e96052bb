"""What citizens' complaints, answers and promises come to in a period: counts, and of whom. The
service counts rows by it, and whoever checks the public log counts its entries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback_service.domain.commitments.values import CommitmentOutcome
from feedback_service.domain.complaints.values import Verdict

Step = tuple[int, str]
"""Something that happened: the number of its entry in the public log, and the day."""

UPHELD = frozenset({Verdict.UPHELD.value, Verdict.PARTLY.value})


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days of a period, half-open, and the last entry of the public log that counts."""

    starts_on: str
    before: str
    last: int

    def day(self, on: str) -> bool:
        return self.starts_on <= on < self.before

    def done(self, step: Step | None) -> bool:
        """Whether it had happened when the counting ended."""
        return step is not None and step[0] <= self.last


@dataclass(frozen=True, kw_only=True)
class Case:
    """A complaint in dates; `officers` are those it is about, by any name that tells them apart."""

    filed: Step
    answer_by: str
    officers: tuple[str, ...] = ()
    answered: Step | None = None
    disputed: Step | None = None
    decided: Step | None = None
    verdict: str = ""


@dataclass(frozen=True, kw_only=True)
class ComplaintFigures:
    """Complaints `received` in the period; of those `due` in it how many were answered by their
    date; of those `decided` in it how many were upheld, in full or in part."""

    received: int = 0
    due: int = 0
    answered_in_time: int = 0
    decided: int = 0
    upheld: int = 0

    @property
    def told(self) -> str:
        counts = (self.received, self.due, self.answered_in_time, self.decided, self.upheld)
        return "/".join(map(str, counts))


@dataclass(frozen=True, kw_only=True)
class OfficerComplaints(ComplaintFigures):
    """The same of one officer whom complaints name, or whose work they are about."""

    civil_servant_id: str


@dataclass(frozen=True, kw_only=True)
class ProcedureAnswers:
    """Answers that count, of one administrative procedure."""

    procedure_code: str
    satisfied: int
    answers: int


@dataclass(frozen=True, kw_only=True)
class LeaderPromises:
    """Published promises of a leader that fell due in the period: kept in time, in part, missed;
    what is left was not assessed when the counting ended."""

    leader_id: str
    due: int
    kept: int
    partly: int
    missed: int

    @property
    def told(self) -> str:
        return f"{self.leader_id}={self.due}/{self.kept}/{self.partly}/{self.missed}"


@dataclass(frozen=True, kw_only=True)
class LeaderPublished:
    """How many commitments and key tasks a leader published in the period."""

    leader_id: str
    count: int

    @property
    def told(self) -> str:
        return f"{self.leader_id}={self.count}"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A commitment by its date; `outcome` is empty until it is assessed."""

    leader_id: str
    due: str
    published: Step | None = None
    assessed: Step | None = None
    outcome: str = ""


def count_cases(cases: Iterable[Case], span: Span) -> ComplaintFigures:
    known = [case for case in cases if span.done(case.filed)]
    decided = [
        case
        for case in known
        if case.decided and span.done(case.decided) and span.day(case.decided[1])
    ]
    return ComplaintFigures(
        received=sum(span.day(case.filed[1]) for case in known),
        due=sum(span.day(case.answer_by) for case in known),
        answered_in_time=len(_in_time(known, span)),
        decided=len(decided),
        upheld=sum(case.verdict in UPHELD for case in decided),
    )


def _in_time(known: Iterable[Case], span: Span) -> list[Case]:
    """Those due in the span that were answered by their date."""
    return [
        case
        for case in known
        if span.day(case.answer_by)
        and case.answered
        and span.done(case.answered)
        and case.answered[1] <= case.answer_by
    ]


def count_contented(cases: Iterable[Case], span: Span) -> int:
    """Complaints due in the span that were answered by their date and never disputed."""
    known = [case for case in cases if span.done(case.filed)]
    return sum(not span.done(case.disputed) for case in _in_time(known, span))


def by_officer(cases: Iterable[Case], span: Span) -> Mapping[str, ComplaintFigures]:
    """Of each whom a counted complaint is about."""
    of: dict[str, list[Case]] = {}
    for case in cases:
        for officer in case.officers:
            of.setdefault(officer, []).append(case)
    counted = {officer: count_cases(theirs, span) for officer, theirs in sorted(of.items())}
    return {name: each for name, each in counted.items() if each != ComplaintFigures()}


def count_promises(promises: Iterable[Promise], span: Span) -> tuple[LeaderPromises, ...]:
    of: dict[str, list[str]] = {}
    for each in promises:
        if span.day(each.due):
            outcome = each.outcome if span.done(each.assessed) else ""
            of.setdefault(each.leader_id, []).append(outcome)
    return tuple(
        LeaderPromises(
            leader_id=leader,
            due=len(outcomes),
            kept=outcomes.count(CommitmentOutcome.VERIFIED_MET),
            partly=outcomes.count(CommitmentOutcome.PARTLY),
            missed=outcomes.count(CommitmentOutcome.MISSED),
        )
        for leader, outcomes in sorted(of.items())
    )


def count_published(promises: Iterable[Promise], span: Span) -> tuple[LeaderPublished, ...]:
    """Nobody's is a row, and a leader without one has none."""
    of = Counter(
        each.leader_id
        for each in promises
        if each.published and span.done(each.published) and span.day(each.published[1])
    )
    return tuple(LeaderPublished(leader_id=id, count=of[id]) for id in sorted(of))


def told_published(found: Iterable[LeaderPublished]) -> str:
    """Also when nobody published: an index of before tells nothing of it."""
    return ",".join(each.told for each in found) or "0"
