"""A local adjustment (điều chỉnh theo địa bàn): another norm for one unit, within bounds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, TypedDict

from catalogue_service.domain.common.kinds import LocalityType
from catalogue_service.domain.common.steps import Act, Step
from catalogue_service.domain.policy.policy import CataloguePolicy
from catalogue_service.domain.products.content import Content
from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.numbers import Bounded
from congvu_kit.domain.vietnamese import vi_text


class Norm(StrEnum):
    """What may differ from place to place."""

    COEFFICIENT = "COEFFICIENT"
    STANDARD_HOURS = "STANDARD_HOURS"
    LEAD_DAYS = "LEAD_DAYS"


class AdjustmentState(StrEnum):
    """`EXPIRED` came to the end of its validity."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


NORM = Bounded(least=Decimal(0), most=Decimal(10_000), strictly=True, rule_id="C-I7")
"""A coefficient, hours or days."""


@dataclass(frozen=True, kw_only=True)
class OfAdjustment(Event):
    """A local norm for one unit, inside `[valid_from, valid_to)`."""

    adjustment_id: str
    version_id: str
    code: str
    province: str
    unit_id: str
    norm: str
    value: Decimal
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class AdjustmentApproved(OfAdjustment):
    """The superior unit agreed to a local norm."""

    TYPE: ClassVar[str] = "congvu.catalogue.adjustment.approved.v1"


@dataclass(frozen=True, kw_only=True)
class AdjustmentExpired(OfAdjustment):
    """A local norm came to its end; the common norm holds again."""

    TYPE: ClassVar[str] = "congvu.catalogue.adjustment.expired.v1"


def norm_of(content: Content, norm: Norm) -> Decimal | None:
    """What the version itself says; None where it says nothing."""
    match norm:
        case Norm.COEFFICIENT:
            return content.coefficient
        case Norm.STANDARD_HOURS:
            return content.standard_hours
        case Norm.LEAD_DAYS:
            return None if content.lead_days is None else Decimal(content.lead_days)


class AdjustmentFields(TypedDict):
    """What every event about an adjustment carries."""

    adjustment_id: str
    version_id: str
    code: str
    province: str
    unit_id: str
    norm: str
    value: Decimal
    valid_from: date
    valid_to: date


@dataclass(kw_only=True)
class LocalAdjustment(Aggregate):
    """Holds for `unit_id`, and the units below it, on the days `[valid_from, valid_to)`."""

    version_id: str
    code: str
    province: str
    unit_id: str
    norm: Norm
    value: Decimal
    justification: str
    locality: LocalityType
    valid_from: date
    valid_to: date
    proposed_by: str
    state: AdjustmentState = AdjustmentState.PROPOSED
    steps: tuple[Step, ...] = ()

    @property
    def proposed(self) -> Step:
        return self.steps[0]

    def holds_on(self, day: date) -> bool:
        approved = self.state in (AdjustmentState.APPROVED, AdjustmentState.EXPIRED)
        return approved and self.valid_from <= day < self.valid_to

    def overlaps(self, other: "LocalAdjustment") -> bool:
        return self.valid_from < other.valid_to and other.valid_from < self.valid_to

    def approve(self, act: Act) -> None:
        self._decide(AdjustmentState.APPROVED, act)
        self.record(AdjustmentApproved(**self._fields()))

    def reject(self, act: Act) -> None:
        act.require_reason()
        self._decide(AdjustmentState.REJECTED, act)

    def expire(self, act: Act) -> None:
        self.state = AdjustmentState.EXPIRED
        self.steps = (*self.steps, act.step("EXPIRED"))
        self.record(AdjustmentExpired(**self._fields()))

    def _decide(self, state: AdjustmentState, act: Act) -> None:
        if self.state is not AdjustmentState.PROPOSED:
            raise Conflict(
                en=f"this adjustment is decided: {self.state}",
                vi=f"Điều chỉnh này {vi_text(self.state)}, không quyết định lại được.",
                field="input.adjustmentId",
            )
        act.require_other_than([self.proposed])
        self.state = state
        self.steps = (*self.steps, act.step(state.value))

    def _fields(self) -> AdjustmentFields:
        return {
            "adjustment_id": self.id,
            "version_id": self.version_id,
            "code": self.code,
            "province": self.province,
            "unit_id": self.unit_id,
            "norm": self.norm.value,
            "value": self.value,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }


def check_value(
    content: Content, norm: Norm, value: Decimal, locality: LocalityType, policy: CataloguePolicy
) -> None:
    """C-I7: within reach of the common norm, and a coefficient inside its complexity's bounds."""
    common = norm_of(content, norm)
    if common is None:
        raise _refused(
            f"the version says nothing about {norm}",
            f"Phiên bản này không quy định {vi_text(norm)}.",
        )
    percent = policy.reach_of(locality)
    least, most = common * (100 - percent) / 100, common * (100 + percent) / 100
    if not value.is_finite() or not least <= value <= most or value == common:
        raise _refused(
            f"{locality}: {norm} may be {least} to {most} instead of {common}, not {value}",
            (
                f"Địa bàn {vi_text(locality)}: {vi_text(norm)} được điều chỉnh từ "
                f"{vi_text(least)} đến "
                f"{vi_text(most)} (mức chung {vi_text(common)}); đã nhập {vi_text(value)}."
            ),
        )
    if norm is Norm.LEAD_DAYS and value != value.to_integral_value():
        raise _refused("days are whole", "Số ngày phải là số nguyên.")
    bounds = policy.bounds_of(content.complexity)
    inside = bounds.least_coefficient <= value <= bounds.most_coefficient
    if norm is Norm.COEFFICIENT and not inside:
        raise _refused(
            f"{content.complexity} allows {bounds.least_coefficient} to {bounds.most_coefficient}",
            (
                f"Nhóm {content.complexity.value}: hệ số quy đổi phải từ "
                f"{vi_text(bounds.least_coefficient)} "
                f"đến {vi_text(bounds.most_coefficient)}."
            ),
        )


def check_validity(valid_from: date, valid_to: date) -> None:
    if valid_to <= valid_from:
        raise Invalid(
            en=f"it ends on {valid_to}, not after it starts on {valid_from}",
            vi=f"Ngày hết hiệu lực {vi_text(valid_to)} phải sau ngày có hiệu lực "
            f"{vi_text(valid_from)}.",
            field="input.validTo",
        )


def _refused(en: str, vi: str) -> Invalid:
    return Invalid(en=en, vi=vi, field="input.value", rule_id="C-I7")
