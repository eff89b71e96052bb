"""A piece of assigned work as it stands, and what follows from where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict, Forbidden
from congvu_kit.domain.vietnamese import vi_text
from congvu_kit.domain.working_days import Term
from evaluation_service.domain.common.evidence import Evidence
from evaluation_service.domain.common.numbers import Count
from evaluation_service.domain.work.assignment_events import AssignmentEvent
from evaluation_service.domain.work.causes import ObjectiveCause
from evaluation_service.domain.work.changes import QuantityChange
from evaluation_service.domain.work.doubts import Doubt, DoubtDecision
from evaluation_service.domain.work.groups import GroupShare
from evaluation_service.domain.work.reports import (
    COUNTING,
    UNCOUNTED,
    UNDER_REVIEW,
    AssignmentState,
    PinnedVersion,
    Proposal,
    QualityCheck,
    QuantityFrom,
    WorkReport,
    WorkSource,
)


@dataclass(kw_only=True)
class AssignedWork(Aggregate):
    """Counts are of the product's own unit. `late` counts products delivered after `due_on`,
    `quality_failures` those that failed a check; the exempt ones have a confirmed cause.

    `continues` is the assignment whose remainder this one is, `continued_by` the one that goes on
    with ours. `dossiers` is how many of the portal were counted, `doubts_seen` how many doubts
    there were at the last check or decision, `doubted_on` since when one waits. In group work all
    of it is our share: of a product, and of a failure as well. `due_term` is what `due_on` was
    counted from, unless somebody named the day.
    """

    period_id: str
    civil_servant_id: str
    appointment_id: str
    unit_id: str
    unit_path: tuple[str, ...]
    province: str
    version: PinnedVersion
    quantity: Decimal
    due_on: date
    source: WorkSource
    assigned_by: Participant
    state: AssignmentState = AssignmentState.ASSIGNED
    completed: Decimal = Decimal(0)
    quality_failures: Count = 0
    quality_exempt: Count = 0
    late: Count = 0
    late_exempt: Count = 0
    reports: list[WorkReport] = field(default_factory=list)
    checks: list[QualityCheck] = field(default_factory=list)
    causes: list[ObjectiveCause] = field(default_factory=list)
    review_due_on: date | None = None
    review_due_provisional: bool = False
    changes: list[QuantityChange] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    doubts_seen: int = 0
    doubted_on: date | None = None
    doubt_decisions: list[DoubtDecision] = field(default_factory=list)
    proposal: Proposal | None = None
    continues: str | None = None
    continued_by: str | None = None
    dossiers: int = 0
    quantity_from: QuantityFrom = QuantityFrom.GIVEN
    group: GroupShare | None = None
    due_term: Term | None = None
    due_provisional: bool = False

    def require_owner(self, officer: str | None) -> None:
        if officer != self.civil_servant_id:
            raise Forbidden(
                en="this is another person's work",
                vi="Chỉ công chức được giao việc này được thực hiện.",
            )

    def require_alone(self) -> None:
        """Raise `Conflict` for a share: what one member does not do moves what others do."""
        if self.group is not None:
            raise Conflict(
                en="this is a share of group work: divide the group anew (divideGroupWork)",
                vi="Đây là phần của việc nhóm. Vui lòng chia lại tỷ lệ của cả nhóm.",
                rule_id="E-I6",
            )

    @property
    def involved(self) -> list[Participant]:
        deciders = [cause.decided_by for cause in self.causes if cause.decided_by]
        changers = [change.changed_by for change in self.changes]
        checkers = [check.checked_by for check in self.checks]
        doubters = [each.decided_by for each in self.doubt_decisions]
        return [self.assigned_by, *checkers, *deciders, *changers, *doubters]

    @property
    def by_dossiers(self) -> bool:
        return self.quantity_from is QuantityFrom.DOSSIERS

    @property
    def unit(self) -> Count:
        """What one product counts here: less than 1 in group work."""
        return self.group.unit if self.group else 1

    @property
    def begun(self) -> bool:
        return self.state is not AssignmentState.ASSIGNED or self.completed > 0

    @property
    def counts(self) -> bool:
        """Work that citizens ask for counts once there is any: nobody is rated on a guess."""
        return self.state not in UNCOUNTED and self.quantity > 0

    @property
    def origin_in_words(self) -> tuple[str, ...]:
        """How it came to be this person's, where a superior did not just give it whole."""
        said = []
        if self.group is not None:
            said.append(f"việc nhóm, tỷ lệ {vi_text(self.group.share)}%")
        if self.proposal is not None:
            said.append("việc đột xuất do công chức đề xuất, đã được duyệt")
        if self.continues is not None:
            said.append("phần còn lại của việc được chuyển đến")
        return tuple(said)

    @property
    def doubted(self) -> bool:
        """Whether there are doubts that nobody decided on, whether the work goes on or is done."""
        return self.counts and len(self.doubts) > self.doubts_seen

    @property
    def evidence_hashes(self) -> frozenset[str]:
        return frozenset(each.hash for each in self._standing_evidence() if each.hash)

    @property
    def evidence_uris(self) -> frozenset[str]:
        return frozenset(each.uri for each in self._standing_evidence())

    def _standing_evidence(self) -> list[Evidence]:
        """Of the reports that wait or were accepted, if only in part."""
        if not self.counts:
            return []
        return [
            piece
            for number, report in enumerate(self.reports)
            if number >= len(self.checks) or self.checks[number].accepted > 0
            for piece in report.evidence
        ]

    @property
    def remaining(self) -> Decimal:
        return max(Decimal(0), self.quantity - self.completed)

    @property
    def deemed(self) -> Decimal:
        """What waits for the check, as far as it was assigned: where nobody checks it, the freeze
        takes it as it was reported (E-I16)."""
        waiting = self.reports[-1].quantity if self.state in UNDER_REVIEW else Decimal(0)
        return min(waiting, self.remaining)

    @property
    def deemed_late(self) -> Count:
        return self._late_of(self.deemed, self.reports[-1]) if self.deemed else 0

    def _late_in(self, checked: Iterable[tuple[QualityCheck, WorkReport]]) -> Count:
        late = [self._late_of(check.accepted, report) for check, report in checked]
        return sum(late, start=0)

    def _late_of(self, quantity: Decimal, report: WorkReport) -> Count:
        """Whole products, or the share of them in group work."""
        late = quantity if report.completed_on > self.due_on else Decimal(0)
        return late if self.group else ceil(late)

    def _require(self, *states: AssignmentState, step: str, vi: str) -> None:
        if self.state not in states:
            wanted = ", ".join(states)
            raise Conflict(
                en=f"cannot {step}: the assignment is {self.state}, not {wanted}",
                vi=f"Chưa {vi} được: tình trạng của việc là «{vi_text(self.state)}».",
            )

    def _refuse_by_hand(self) -> None:
        if self.by_dossiers:
            raise Conflict(
                en="this work counts the portal's dossiers: it is not changed or reported by hand",
                vi="Việc này được tính theo hồ sơ của Cổng Dịch vụ công, không sửa, không "
                "báo cáo thủ công.",
                rule_id="E-I17",
            )

    def _told(self, kind: type[AssignmentEvent]) -> AssignmentEvent:
        return kind(
            assignment_id=self.id,
            civil_servant_id=self.civil_servant_id,
            unit_id=self.unit_id,
            province=self.province,
            period_id=self.period_id,
            version_id=self.version.version_id,
            quantity=self.quantity,
            completed=self.completed,
            open=self.state in COUNTING,
            continues=self.continues,
            group_id=self.group.group_id if self.group else None,
        )
