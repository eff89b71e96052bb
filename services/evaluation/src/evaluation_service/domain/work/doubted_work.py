"""Doubts about a piece of work: noted at both places, decided by a superior."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.work.assigned_work import AssignedWork
from evaluation_service.domain.work.assignment_events import AssignmentReturned
from evaluation_service.domain.work.doubts import DOUBTS_MAX, Doubt, DoubtDecision, DoubtKind
from evaluation_service.domain.work.reports import COUNTING, UNDER_REVIEW, AssignmentState


@dataclass(kw_only=True)
class DoubtedWork(AssignedWork):
    def doubts_about(self, hashes: Collection[str], others: Iterable[AssignedWork]) -> list[Doubt]:
        """Where else this evidence stands, for the checker to see; raise `Invalid` where it is
        certain that the same work would count twice."""
        found = []
        for other in others:
            if other.group and self.group and other.group.group_id == self.group.group_id:
                continue
            twice = other.civil_servant_id == self.civil_servant_id and (
                other.version.code == self.version.code
            )
            for hash in sorted(other.evidence_hashes.intersection(hashes)):
                if twice:
                    raise Invalid(
                        en="this evidence already counts for the same product of yours",
                        vi="Minh chứng này đã được tính cho cùng sản phẩm của công chức này.",
                        field="input.evidence.hash",
                        rule_id="E-I17",
                    )
                found.append(
                    Doubt(kind=DoubtKind.SAME_EVIDENCE, assignment_id=other.id, evidence=hash)
                )
        return found

    def doubt(self, doubts: Iterable[Doubt], on: date) -> None:
        new = [each for each in dict.fromkeys(doubts) if each not in self.doubts]
        self.doubts = [*self.doubts, *new][:DOUBTS_MAX]
        if self.doubted and self.doubted_on is None:
            self.doubted_on = on

    def settle_doubts(self) -> None:
        self.doubts_seen, self.doubted_on = len(self.doubts), None

    @property
    def withdrawable(self) -> Decimal:
        """What was accepted by hand and stands; the portal corrects what it counted itself."""
        accepted = sum((each.accepted for each in self.checks), Decimal(0))
        return accepted - sum((each.withdrawn for each in self.doubt_decisions), Decimal(0))

    def require_doubt(self, withdrawn: Decimal) -> None:
        """Raise `Conflict` where nothing is to be decided, or by a check."""
        if self.state in UNDER_REVIEW:
            raise Conflict(
                en="a report waits: the check decides the doubt (acceptWork, returnWork)",
                vi="Đang có báo cáo chờ nghiệm thu; nghi vấn được xem xét khi nghiệm thu.",
                rule_id="E-I17",
            )
        if not self.doubted:
            raise Conflict(
                en="no doubt waits for a decision here",
                vi="Việc này không có nghi vấn nào chờ quyết định.",
                rule_id="E-I17",
            )
        if not 0 <= withdrawn <= self.withdrawable:
            raise Invalid(
                en=f"withdrawn must be 0 to the {self.withdrawable} that were accepted by hand",
                vi=f"Số rút lại phải từ 0 đến {vi_text(self.withdrawable)} (đã nghiệm thu "
                "theo báo cáo).",
                field="input.withdrawn",
            )

    def decide_doubts(self, decision: DoubtDecision) -> None:
        """What is withdrawn is done no more, and so was not late either; it may be done again."""
        self.note_doubt_decision(decision)
        if decision.withdrawn == 0:
            return
        self.completed -= decision.withdrawn
        self.late = min(self.late, self.completed)
        self.late_exempt = min(self.late_exempt, self.late)
        if self.state in (*COUNTING, AssignmentState.ACCEPTED_AS_DONE):
            self.state = AssignmentState.RETURNED
        self.record(self._told(AssignmentReturned))

    def note_doubt_decision(self, decision: DoubtDecision) -> None:
        """Without moving a count, which a result that is public rests on. Each settles a doubt at
        least, so that there are no more of them than doubts."""
        self.doubt_decisions.append(decision)
        self.settle_doubts()
