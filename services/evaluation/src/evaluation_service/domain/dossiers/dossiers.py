"""Dossiers (hồ sơ thủ tục hành chính) as the one-stop portal reports them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.dossiers.facts import DossierFacts, Handler

CODE_MAX_CHARS = 60
"""Longest code: 35 characters of agency id, a date, a running number (Circular 01/2018/TT-VPCP).
The agency's id is written from its own level up, 000.00.16.H32, or from the top down, H32.16."""

_CODE = re.compile(r"[A-Z0-9.]{1,35}-\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-\d{1,10}")


class DossierStanding(StrEnum):
    OPEN = "OPEN"
    COUNTED = "COUNTED"
    UNMATCHED = "UNMATCHED"
    AFTER_CUT_OFF = "AFTER_CUT_OFF"
    WITHDRAWN = "WITHDRAWN"


SETTLED = (DossierStanding.COUNTED, DossierStanding.WITHDRAWN)
"""Nothing is left to be joined."""

COUNTS_NOWHERE = (DossierStanding.UNMATCHED, DossierStanding.AFTER_CUT_OFF)


class UnmatchedReason(StrEnum):
    NO_ASSIGNMENT = "NO_ASSIGNMENT"
    NO_APPOINTMENT = "NO_APPOINTMENT"
    UNKNOWN_PROCEDURE = "UNKNOWN_PROCEDURE"
    OTHER_AGENCY_SUFFIX = "OTHER_AGENCY_SUFFIX"
    AFTER_CUT_OFF = "AFTER_CUT_OFF"


@dataclass(frozen=True, kw_only=True)
class DossierRecorded(Event):
    TYPE: ClassVar[str] = "congvu.evaluation.dossier.recorded.v1"

    dossier_id: str
    dossier_code: str
    procedure_code: str
    unit_id: str
    civil_servant_id: str
    province: str
    received_at: datetime
    due_at: datetime
    completed_at: datetime | None
    late: bool
    applicant_hash: str | None = None
    portal_id: str | None = None
    handlers: tuple[Handler, ...] = ()
    withdrawn: bool = False
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class DossierUnmatched(Event):
    """It is completed and counts for nobody's work, or not for everybody's."""

    TYPE: ClassVar[str] = "congvu.evaluation.dossier.unmatched.v1"

    dossier_id: str
    dossier_code: str
    unit_id: str
    province: str
    portal_id: str | None
    reason: UnmatchedReason


@dataclass(frozen=True, kw_only=True)
class DossierMatched(Event):
    """One that was told as unmatched counts after all."""

    TYPE: ClassVar[str] = "congvu.evaluation.dossier.matched.v1"

    dossier_id: str
    dossier_code: str
    unit_id: str
    province: str
    portal_id: str | None
    assignment_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What one officer's part counts for: `due_for` is the work whose quantity it belongs to, where
    that is taken from the dossiers, `done_for` the work that its completion was added to."""

    due_for: str | None = None
    done_for: str | None = None


@dataclass(kw_only=True)
class Dossier(Aggregate):
    """`portal_id` is the account that told of it first, and alone tells more; `counted` is what
    each officer's part counts for. `assignment_id` is what the only officer's dossier counted for
    in the documents of before: it still counts."""

    code: str
    province: str
    facts: DossierFacts | None = None
    assignment_id: str | None = None
    portal_id: str | None = None
    unit_path: tuple[str, ...] = ()
    counted: dict[str, Counted] = field(default_factory=dict)
    standing: DossierStanding = DossierStanding.OPEN
    reason: UnmatchedReason | None = None

    @property
    def completed(self) -> bool:
        return self.facts is not None and self.facts.completed_at is not None

    @property
    def settled(self) -> bool:
        return self.standing in SETTLED

    @property
    def parts(self) -> Mapping[str, Decimal]:
        return self.facts.parts if self.facts is not None else {}

    @property
    def done_on(self) -> date | None:
        """The day of the completion, in Vietnam."""
        ended = self.facts.completed_at if self.facts is not None else None
        return business_date(ended) if ended is not None else None

    @property
    def assignment_ids(self) -> tuple[str, ...]:
        """The work its completion was added to, in the order of the officers."""
        found = (self.counted_of(officer).done_for for officer in self.parts)
        return tuple(each for each in found if each is not None)

    def counted_of(self, officer: str) -> Counted:
        before = self.assignment_id if officer in self.parts and len(self.parts) == 1 else None
        return self.counted.get(officer, Counted(done_for=before))

    def count(
        self, officer: str, *, due_for: str | None = None, done_for: str | None = None
    ) -> None:
        known = self.counted_of(officer)
        if known.done_for is not None:
            raise Conflict(
                en="this dossier is counted already",
                vi="Hồ sơ này đã được tính.",
                rule_id="E-I17",
            )
        self.counted[officer] = Counted(due_for=due_for or known.due_for, done_for=done_for)

    def uncount(self, officer: str) -> None:
        """Its part is due in no work any more."""
        self.counted.pop(officer, None)

    def stand(self, standing: DossierStanding, reason: UnmatchedReason | None = None) -> None:
        """Told when it begins to count nowhere, when the reason changes, and when that is over."""
        before, self.standing, self.reason = (self.standing, self.reason), standing, reason
        if reason is not None and before != (standing, reason):
            self.record(
                DossierUnmatched(
                    dossier_id=self.id,
                    dossier_code=self.code,
                    unit_id=self.unit_path[-1],
                    province=self.province,
                    portal_id=self.portal_id,
                    reason=reason,
                )
            )
        elif standing is DossierStanding.COUNTED and before[0] in COUNTS_NOWHERE:
            self.record(
                DossierMatched(
                    dossier_id=self.id,
                    dossier_code=self.code,
                    unit_id=self.unit_path[-1],
                    province=self.province,
                    portal_id=self.portal_id,
                    assignment_ids=self.assignment_ids,
                )
            )

    def require_own(self, portal_id: str, province: str) -> None:
        """Another portal's dossier is not one's own to tell of (F-I10)."""
        if province != self.province or self.portal_id not in (None, portal_id):
            raise Forbidden(
                en="this dossier is told of by another portal",
                vi="Hồ sơ này do Cổng Dịch vụ công khác báo cáo.",
                field="dossierCode",
                rule_id="F-I10",
            )

    def take(self, facts: DossierFacts, portal_id: str) -> bool:
        """Take over what the portal says; False when that is known already. What is completed
        stays, except that its applicant may still be told, once."""
        facts.check()
        earlier = self.facts.canonical if self.facts is not None else None
        known = earlier.applicant_hash if earlier is not None else None
        facts = replace(facts.canonical, applicant_hash=facts.applicant_hash or known)
        if (facts, portal_id) == (earlier, self.portal_id):
            return False
        rewritten = known not in (None, facts.applicant_hash)
        if self.completed and (rewritten or replace(facts, applicant_hash=known) != earlier):
            raise Conflict(
                en=f"dossier {self.code!r} is completed: it was counted and stays as it is",
                vi=f"Hồ sơ {vi_text(self.code)} đã hoàn thành và đã được tính, không thay đổi nữa.",
                field="completedAt",
            )
        self.facts, self.portal_id = facts, portal_id
        self.record(
            DossierRecorded(
                dossier_id=self.id,
                dossier_code=self.code,
                procedure_code=facts.procedure_code,
                unit_id=facts.unit_id,
                civil_servant_id=facts.civil_servant_id,
                province=self.province,
                received_at=facts.received_at,
                due_at=facts.due_at,
                completed_at=facts.completed_at,
                late=facts.late,
                applicant_hash=facts.applicant_hash,
                portal_id=portal_id,
                handlers=facts.handlers,
                withdrawn=facts.withdrawn,
                revision=self.revision + 1,
            )
        )
        return True


def dossier_id(code: str) -> str:
    """Raise `Invalid` for a code that no one-stop system issues."""
    if len(code) > CODE_MAX_CHARS or not _CODE.fullmatch(code):
        raise Invalid(
            en="a dossier code is the code of an agency, a day and a number, such as "
            "H32.10.05-261122-0001 or 000.00.18.G12-261122-0001",
            vi="Mã hồ sơ gồm mã định danh cơ quan, ngày tiếp nhận (năm, tháng, ngày) và số thứ "
            "tự, ví dụ H32.10.05-261122-0001 hoặc 000.00.18.G12-261122-0001.",
            field="dossierCode",
        )
    return derived_id("dos", code)


def codes_in(text: str) -> list[str]:
    """The dossier codes that stand in a text, such as the address of a piece of evidence."""
    return [found.group() for found in _CODE.finditer(text)]
