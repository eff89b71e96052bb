"""Dossiers (hồ sơ thủ tục hành chính) as the one-stop portal reports them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Forbidden, Invalid
from congvu_kit.domain.ids import derived_id

CODE_MAX_CHARS = 60
"""Longest code: 35 characters of agency id, a date, a running number (Circular 01/2018/TT-VPCP)."""

_CODE = re.compile(r"[A-Z0-9.]{1,35}-\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-\d{1,10}")

_HASH = re.compile(r"[0-9a-f]{64}")


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


@dataclass(frozen=True, kw_only=True)
class DossierFacts:
    """What the portal says of a dossier. `applicant_hash` binds to who handed it in and to the
    rating code that they alone hold; it tells neither (F-I10)."""

    procedure_code: str
    unit_id: str
    civil_servant_id: str
    received_at: datetime
    due_at: datetime
    completed_at: datetime | None
    applicant_hash: str | None = None

    @property
    def late(self) -> bool:
        return self.completed_at is not None and self.completed_at > self.due_at


@dataclass(kw_only=True)
class Dossier(Aggregate):
    """`assignment_id` is the work it counted for, None while nothing was assigned for it;
    `portal_id` the account that told of it first, and alone tells more."""

    code: str
    province: str
    facts: DossierFacts | None = None
    assignment_id: str | None = None
    portal_id: str | None = None

    @property
    def completed(self) -> bool:
        return self.facts is not None and self.facts.completed_at is not None

    def require_own(self, portal_id: str, province: str) -> None:
        """Another portal's dossier is not one's own to tell of (F-I10)."""
        if province != self.province or self.portal_id not in (None, portal_id):
            raise Forbidden(
                en="this dossier is told of by another portal",
                vi="hồ sơ này do cổng dịch vụ khác báo cáo",
                field="dossierCode",
                rule_id="F-I10",
            )

    def take(self, facts: DossierFacts, portal_id: str) -> bool:
        """Take over what the portal says; False when that is known already. What is completed
        stays, except that its applicant may still be told, once."""
        _check_applicant(facts.applicant_hash)
        known = self.facts.applicant_hash if self.facts is not None else None
        facts = replace(facts, applicant_hash=facts.applicant_hash or known)
        if (facts, portal_id) == (self.facts, self.portal_id):
            return False
        rewritten = known not in (None, facts.applicant_hash)
        if self.completed and (rewritten or replace(facts, applicant_hash=known) != self.facts):
            raise Conflict(
                en=f"dossier {self.code!r} is completed: it was counted and stays as it is",
                vi=f"hồ sơ {self.code!r} đã hoàn thành và đã được tính, không thay đổi nữa",
                field="completedAt",
            )
        _check_order(facts)
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
            )
        )
        return True


def dossier_id(code: str) -> str:
    """Raise `Invalid` for a code that no one-stop system issues."""
    if len(code) > CODE_MAX_CHARS or not _CODE.fullmatch(code):
        raise Invalid(
            en="this is no dossier code such as H56.10.05-261122-0001",
            vi="đây không phải mã hồ sơ như H56.10.05-261122-0001",
            field="dossierCode",
        )
    return derived_id("dos", code)


def codes_in(text: str) -> list[str]:
    """The dossier codes that stand in a text, such as the address of a piece of evidence."""
    return [found.group() for found in _CODE.finditer(text)]


def _check_applicant(applicant_hash: str | None) -> None:
    if applicant_hash is not None and not _HASH.fullmatch(applicant_hash):
        raise Invalid(
            en="must be a SHA-256: 64 lower-case hexadecimal digits",
            vi="phải là SHA-256: 64 chữ số thập lục phân viết thường",
            field="applicantHash",
        )


def _check_order(facts: DossierFacts) -> None:
    ends = [facts.due_at] if facts.completed_at is None else [facts.due_at, facts.completed_at]
    if any(end < facts.received_at for end in ends):
        raise Invalid(
            en="a dossier is due and completed after it was received",
            vi="hạn trả và ngày hoàn thành phải sau ngày tiếp nhận",
            field="receivedAt",
        )
