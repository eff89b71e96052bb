"""What the portal says of a dossier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.procedures import Procedure, procedure_in
from evaluation_service.domain.common.numbers import Part

HANDLERS_MAX = 10

WHOLE = Decimal(1)

_HASH = re.compile(r"[0-9a-f]{64}")


class DossierEnd(StrEnum):
    """How it ended. One that was refused to the citizen was handled, and is done."""

    DONE = "DONE"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, kw_only=True)
class Handler:
    """One of several officers, and the part of the dossier that was theirs."""

    civil_servant_id: str
    part: Part


@dataclass(frozen=True, kw_only=True)
class DossierFacts:
    """`civil_servant_id` handled it, alone unless there are `handlers`, the first of whom it then
    is. `applicant_hash` binds to who handed it in and to the rating code that they alone hold; it
    tells neither (F-I10)."""

    procedure_code: str
    unit_id: str
    civil_servant_id: str
    received_at: datetime
    due_at: datetime
    completed_at: datetime | None
    applicant_hash: str | None = None
    handlers: tuple[Handler, ...] = ()
    withdrawn: bool = False

    @property
    def done(self) -> bool:
        return self.completed_at is not None and not self.withdrawn

    @property
    def late(self) -> bool:
        return self.done and self.completed_at is not None and self.completed_at > self.due_at

    @property
    def procedure(self) -> Procedure:
        return procedure_in(self.procedure_code)

    @property
    def canonical(self) -> Self:
        """With the procedure's code in its one form."""
        found = Procedure.of(self.procedure_code)
        return replace(self, procedure_code=found.code if found else self.procedure_code)

    @property
    def parts(self) -> Mapping[str, Decimal]:
        """What each officer handled of it; they sum to 1."""
        if not self.handlers:
            return {self.civil_servant_id: WHOLE}
        return {each.civil_servant_id: each.part for each in self.handlers}

    def check(self) -> None:
        procedure_in(self.procedure_code)
        self._check_handlers()
        self._check_order()
        if self.applicant_hash is not None and not _HASH.fullmatch(self.applicant_hash):
            raise Invalid(
                en="must be a SHA-256: 64 lower-case hexadecimal digits",
                vi="Phải là SHA-256: 64 chữ số thập lục phân chữ thường.",
                field="applicantHash",
            )

    def _check_handlers(self) -> None:
        if not self.handlers:
            return
        twice = len(self.parts) < len(self.handlers)
        if twice or len(self.handlers) > HANDLERS_MAX or sum(self.parts.values()) != WHOLE:
            raise Invalid(
                en=f"handlers are up to {HANDLERS_MAX} different officers whose parts sum to "
                "exactly 1",
                vi=f"Tối đa {HANDLERS_MAX} công chức khác nhau cùng xử lý, tổng các phần đúng "
                "bằng 1.",
                field="handlers",
                rule_id="E-I17",
            )

    def _check_order(self) -> None:
        ends = [self.due_at] if self.completed_at is None else [self.due_at, self.completed_at]
        if any(end < self.received_at for end in ends):
            raise Invalid(
                en="a dossier is due and completed after it was received",
                vi="Hạn trả và ngày hoàn thành phải sau ngày tiếp nhận.",
                field="receivedAt",
            )
        if self.withdrawn and self.completed_at is None:
            raise Invalid(
                en="a dossier that was withdrawn has the time of that as completedAt",
                vi="Hồ sơ đã rút phải ghi thời điểm rút làm thời điểm hoàn thành.",
                field="completedAt",
            )
