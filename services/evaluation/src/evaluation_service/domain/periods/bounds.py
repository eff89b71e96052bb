"""What a period is and may be called, how long it may be, and where a step may not be taken."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from congvu_kit.domain.errors import Conflict, Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.periods.states import PeriodKind, PeriodState

NAME_MAX_CHARS = 120


DAYS: Mapping[str, tuple[int, int]] = {
    "MONTH": (20, 45),
    "QUARTER": (70, 115),
    "YEAR": (330, 366),
}
"""Fewest and most days of a period, by kind: closing days shift its edges by a week or so."""

PERIOD_MAX_DAYS = max(most for _, most in DAYS.values())


def period_id(scope_unit_id: str, kind: PeriodKind, starts_on: date) -> str:
    """Derived, so that two administrators who open it at once cannot make two of it (E-I10)."""
    return derived_id("period", scope_unit_id, kind, starts_on.isoformat())


def middle_of(starts_on: date, ends_on: date) -> date:
    return starts_on + timedelta(days=(ends_on - starts_on).days // 2)


def period_label(kind: PeriodKind, starts_on: date, ends_on: date) -> str:
    """2026, 2026-Q3 or 2026-07, by the middle day: cut-offs shift the edges by a week or so."""
    middle = middle_of(starts_on, ends_on)
    match kind:
        case PeriodKind.YEAR:
            return f"{middle.year}"
        case PeriodKind.QUARTER:
            return f"{middle.year}-Q{(middle.month + 2) // 3}"
        case PeriodKind.MONTH:
            return f"{middle.year}-{middle.month:02d}"


def check_name(name: str) -> None:
    if not (name.strip() and len(name) <= NAME_MAX_CHARS):
        raise Invalid(
            en=f"name must be 1 to {NAME_MAX_CHARS} characters",
            vi=f"Tên phải có 1 đến {NAME_MAX_CHARS} ký tự.",
            field="input.name",
        )


def check_between(field_name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise Invalid(
            en=f"{field_name} must be {low} to {high}, not {value}",
            vi=f"Phải từ {low} đến {high}.",
            field=f"input.{field_name}",
        )


def check_days(kind: str, starts_on: date, ends_on: date) -> None:
    low, high = DAYS[kind]
    days = (ends_on - starts_on).days
    if not low <= days <= high:
        raise Invalid(
            en=f"a {kind} has {low} to {high} days, not {days}",
            vi=f"Kỳ {vi_text(kind)} có từ {low} đến {high} ngày; đang nhập {days} ngày.",
            field="input.endsOn",
            rule_id="PERIOD-LENGTH",
        )


GRACE_DAYS = 10
"""Working days for objectives in a period that opens late."""


def last_day_for_objectives(
    given: date | None, starts_on: date, ends_on: date, soonest: date
) -> date:
    """A third of the period, and never before `soonest`, unless another day of it is given."""
    last_day = ends_on - timedelta(days=1)
    if given is None:
        third = starts_on + timedelta(days=(ends_on - starts_on).days // 3 - 1)
        return min(max(third, soonest), last_day)
    if not starts_on <= given <= last_day:
        raise Invalid(
            en="objectivesUntil must be a day of the period",
            vi="Hạn giao mục tiêu phải là một ngày trong kỳ.",
            field="input.objectivesUntil",
        )
    return given


def wrong_state(
    name: str, state: PeriodState, wanted: Iterable[str], *, step: str, vi: str
) -> Conflict:
    states = ", ".join(wanted)
    return Conflict(
        en=f"cannot {step}: period {name!r} is {state}, not {states}",
        vi=f"Chưa {vi} được kỳ {vi_text(name)}: kỳ {vi_text(state)}.",
        rule_id="E-I3",
    )
