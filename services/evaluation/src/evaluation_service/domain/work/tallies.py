"""The running counters of one person in one period, kept as work is accepted.

Closing reads one tally a person and no work item.
"""

from dataclasses import dataclass, field

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.ids import derived_id
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.common.numbers import Count
from evaluation_service.domain.work.assignments import Assignment

EVIDENCE_SHOWN = 5
"""Newest pieces of evidence, and newest changes, that a line carries into the explanation; the
assignment keeps all."""


@dataclass(frozen=True, kw_only=True)
class TallyLine:
    """One assignment as the scoring snapshot wants it; numbers are exact texts.

    `unreviewed` was reported and nobody checked it; the policy says what becomes of it (E-I16).
    `changes` are how it came to be the person's and the decisions that moved what was assigned, in
    words.
    """

    item: str
    group: str
    orientation: str | None
    kind: str | None
    coefficient: str
    assigned: str
    completed: str
    quality_failures: Count
    quality_exempt: Count
    late: Count
    late_exempt: Count
    evidence: tuple[Evidence, ...]
    confirmed_by: str | None
    unreviewed: str = "0"
    unreviewed_late: Count = 0
    changes: tuple[str, ...] = ()


@dataclass(kw_only=True)
class WorkTally(Aggregate):
    period_id: str
    civil_servant_id: str
    appointment_id: str
    lines: dict[str, TallyLine] = field(default_factory=dict)
    involved: list[Participant] = field(default_factory=list)

    def take(self, assignment: Assignment) -> None:
        """Replace the assignment's line; taking it twice changes nothing more."""
        if assignment.counts:
            self.lines[assignment.id] = _line(assignment)
        else:
            self.lines.pop(assignment.id, None)
        self.involved.extend(each for each in assignment.involved if each not in self.involved)


def tally_id(period_id: str, appointment_id: str) -> str:
    return derived_id("tally", period_id, appointment_id)


def new_tally(assignment: Assignment) -> WorkTally:
    """Empty, of the person and the appointment that the work is given to."""
    return WorkTally(
        id=tally_id(assignment.period_id, assignment.appointment_id),
        period_id=assignment.period_id,
        civil_servant_id=assignment.civil_servant_id,
        appointment_id=assignment.appointment_id,
    )


def _line(assignment: Assignment) -> TallyLine:
    version = assignment.version
    evidence = [piece for report in assignment.reports for piece in report.evidence]
    checker = assignment.checks[-1].checked_by if assignment.checks else None
    return TallyLine(
        item=version.version_id,
        group=version.group,
        orientation=version.orientation,
        kind=version.kpi_kind,
        coefficient=str(version.coefficient),
        assigned=format(assignment.quantity, "f"),
        completed=format(assignment.completed, "f"),
        quality_failures=assignment.quality_failures,
        quality_exempt=assignment.quality_exempt,
        late=assignment.late,
        late_exempt=assignment.late_exempt,
        evidence=tuple(evidence[-EVIDENCE_SHOWN:]),
        confirmed_by=checker.subject if checker else None,
        unreviewed=format(assignment.deemed, "f"),
        unreviewed_late=assignment.deemed_late,
        changes=(
            *assignment.origin_in_words,
            *(each.in_words for each in assignment.changes[-EVIDENCE_SHOWN:]),
        ),
    )
