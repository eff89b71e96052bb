"""Results from before the platform (kết quả trước khi có hệ thống): entered, then confirmed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from congvu_kit.domain.actor import Participant
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.canonical import fingerprint
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.labels import capital
from congvu_kit.domain.times import PastDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.common.numbers import Done, Points
from evaluation_service.domain.periods.bounds import PERIOD_MAX_DAYS
from evaluation_service.domain.periods.imprints import record_of
from evaluation_service.domain.periods.states import PeriodKind

TEXT_MAX_CHARS = 300
HASH_CHARS = 64
"""Of a SHA-256 in hexadecimal."""


class PriorState(StrEnum):
    ENTERED = "ENTERED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, kw_only=True)
class PriorDocument:
    """The paper that says so; `hash` is of the file, so that it can be shown to be the one."""

    number: str
    issued_on: PastDate
    hash: str
    uri: str | None = None


@dataclass(frozen=True, kw_only=True)
class PriorFacts:
    """What the document says. `policy` is one of ours, or what else the rules are called: results
    count in the history of their own family only (E-I19). `result` is a ratio of the work
    `assigned`, in reference products."""

    kind: PeriodKind
    starts_on: PastDate
    ends_on: PastDate
    policy: str
    total: Points | None
    band: str | None
    document: PriorDocument
    unit_id: str | None = None
    unit_name: str | None = None
    general: Points | None = None
    result: Done | None = None
    assigned: Done | None = None

    def overlaps(self, other: "PriorFacts") -> bool:
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on

    @property
    def numbers(self) -> dict[str, Fraction]:
        """As far as the document says it, what a cumulated year adds up."""
        known: dict[str, Fraction] = {}
        if self.general is not None:
            known["general"] = Fraction(self.general)
        if self.result is not None and self.assigned is not None:
            result, assigned = Fraction(self.result), Fraction(self.assigned)
            known |= {"result": result, "numerator": result * assigned, "denominator": assigned}
        return known

    def check(self) -> None:
        if not self.starts_on < self.ends_on <= self.starts_on + timedelta(days=PERIOD_MAX_DAYS):
            raise _invalid(
                "endsOn",
                "endsOn must be after startsOn, by a year at most",
                "ngày kết thúc phải sau ngày bắt đầu, nhiều nhất một năm",
            )
        if self.total is None and self.band is None:
            raise _invalid("total", "a total or a band is needed", "cần có điểm hoặc mức xếp loại")
        if self.unit_id is None and self.unit_name is None:
            raise _invalid(
                "unitName",
                "the unit is needed, by id or by name",
                "cần nêu đơn vị, bằng mã hoặc bằng tên",
            )
        if (self.result is None) is not (self.assigned is None):
            raise _invalid(
                "assigned",
                "the result and the assigned work are given together",
                "kết quả và khối lượng được giao phải đi cùng nhau",
            )
        self._check_texts()

    def _check_texts(self) -> None:
        document = self.document
        for name, text in (
            ("policy", self.policy),
            ("band", self.band),
            ("unitName", self.unit_name),
            ("document.number", document.number),
            ("document.uri", document.uri),
        ):
            if text is not None and not 0 < len(text.strip()) <= TEXT_MAX_CHARS:
                raise _invalid(
                    name,
                    f"it must be 1 to {TEXT_MAX_CHARS} characters",
                    f"phải có 1 đến {TEXT_MAX_CHARS} ký tự",
                )
        if len(document.hash) != HASH_CHARS or set(document.hash) - set("0123456789abcdef"):
            raise _invalid(
                "document.hash",
                "the SHA-256 of the file, 64 lower hexadecimal digits",
                "phải là SHA-256 của tệp: 64 chữ số thập lục phân chữ thường",
            )


@dataclass(kw_only=True)
class PriorResult(Aggregate):
    """One of a person and a time. It counts once somebody else confirmed it."""

    civil_servant_id: str
    province: str
    period_label: str
    family: str
    facts: PriorFacts
    entered_by: Participant
    state: PriorState = PriorState.ENTERED
    decided_by: Participant | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    involved: list[Participant] = field(default_factory=list)

    @property
    def period_kind(self) -> PeriodKind:
        return self.facts.kind

    @property
    def total(self) -> Fraction | None:
        return None if self.facts.total is None else Fraction(self.facts.total)

    @property
    def hash(self) -> str:
        """Binds what the document says and which document it is."""
        return fingerprint(
            {
                "civil_servant_id": self.civil_servant_id,
                "period_label": self.period_label,
                "family": self.family,
                "facts": record_of(self.facts),
            }
        )

    def enter(self, facts: PriorFacts, family: str, by: Participant) -> bool:
        """Anew while nobody confirmed it; False when it is known already."""
        if self.revision and (facts, family) == (self.facts, self.family):
            return False
        if self.state is PriorState.CONFIRMED:
            raise Conflict(
                en=f"the result of {self.period_label} is confirmed; the board must withdraw it",
                vi=f"Kết quả kỳ {vi_text(self.period_label)} đã được xác nhận. Đề nghị Hội "
                "đồng đánh giá, xếp loại hủy xác nhận trước.",
                rule_id="E-I3",
            )
        self.facts, self.family, self.entered_by = facts, family, by
        self.state, self.decided_by, self.decided_at = PriorState.ENTERED, None, None
        self.reason = None
        if by not in self.involved:
            self.involved.append(by)
        return True

    def decide(self, *, confirmed: bool, reason: str, by: Participant, now: datetime) -> None:
        """Confirm or refuse what was entered, or withdraw what was confirmed."""
        allowed = (PriorState.ENTERED,) if confirmed else (PriorState.ENTERED, PriorState.CONFIRMED)
        if self.state not in allowed:
            raise Conflict(
                en=f"the result is {self.state} already",
                vi=f"Kết quả này đã xử lý: {vi_text(self.state)}.",
                rule_id="E-I10",
            )
        self.state = PriorState.CONFIRMED if confirmed else PriorState.REFUSED
        self.decided_by, self.decided_at, self.reason = by, now, reason


def prior_result_id(
    civil_servant_id: str, kind: PeriodKind, period_label: str, starts_on: date
) -> str:
    """Two agencies may each have rated some of the time."""
    return derived_id("prior", civil_servant_id, kind, period_label, starts_on.isoformat())


def _invalid(field_name: str, en: str, vi: str) -> Invalid:
    return Invalid(en=f"{field_name}: {en}", vi=f"{capital(vi)}.", field=f"facts.{field_name}")
