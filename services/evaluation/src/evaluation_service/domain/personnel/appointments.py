"""Appointments (bố trí) and leaves of a civil servant, and what holds among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.times import ValidityDate
from congvu_kit.domain.vietnamese import vi_text
from evaluation_service.domain.personnel.lives import Life

APPOINTMENTS_MAX = 50
LEAVES_MAX = 200
FIELD_UNITS_MAX = 20


class AppointmentRole(StrEnum):
    STAFF = "STAFF"
    HEAD = "HEAD"
    DEPUTY = "DEPUTY"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A person in a position of a unit, valid [from, to).

    `field_unit_ids` are the units a deputy is in charge of (lĩnh vực phụ trách). With `acting_for`,
    which names the post or the person stood in for, it is an acting post (quyền, phụ trách): `role`
    is the one acted in, with all its rights and duties from the first day to the last.
    """

    appointment_id: str
    unit_id: str
    position_code: str
    duty_group: str
    role: AppointmentRole
    acting_for: str | None
    field_unit_ids: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    province: str | None = None
    """The unit's."""

    @property
    def life(self) -> Life:
        return Life(self.valid_from, self.valid_to)

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        return self.valid_from < ends_on and (self.valid_to is None or self.valid_to > starts_on)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def days_in(self, starts_on: date, ends_on: date) -> int:
        """Days of [starts_on, ends_on) in which it is in force."""
        last = min(self.valid_to or ends_on, ends_on)
        return max(0, (last - max(self.valid_from, starts_on)).days)


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Time not worked (ốm đau, thai sản ...), [from, to); it does not count as working time."""

    kind: str
    valid_from: ValidityDate
    valid_to: ValidityDate

    @property
    def life(self) -> Life:
        return Life(self.valid_from, self.valid_to)


def by_time(appointment: Appointment) -> tuple[date, str]:
    return (appointment.valid_from, appointment.appointment_id)


def check_sizes(appointments: Sequence[Appointment]) -> None:
    most_fields = max((len(each.field_unit_ids) for each in appointments), default=0)
    if len(appointments) > APPOINTMENTS_MAX or most_fields > FIELD_UNITS_MAX:
        raise Invalid(
            en=f"a person has at most {APPOINTMENTS_MAX} appointments, each in charge of at most "
            f"{FIELD_UNITS_MAX} units",
            vi=f"Mỗi người có tối đa {APPOINTMENTS_MAX} việc bố trí, mỗi việc bố trí phụ "
            f"trách tối đa {FIELD_UNITS_MAX} đơn vị.",
            field="appointments",
        )


def refuse_twice_in_a_post(appointments: Iterable[Appointment]) -> None:
    seen: dict[tuple[str, str, AppointmentRole], list[Appointment]] = {}
    for each in appointments:
        each.life.require_order("appointments.validTo", "APPOINTMENT-LIFE")
        post = seen.setdefault((each.unit_id, each.position_code, each.role), [])
        if any(other.life.meets(each.life) for other in post):
            raise Invalid(
                en=f"twice in one post at a time: from {each.valid_from}",
                vi="Trùng một việc bố trí trong cùng thời gian, từ ngày "
                f"{vi_text(each.valid_from)}.",
                field="appointments",
                rule_id="E-I10",
            )
        post.append(each)


def check_leaves(leaves: Sequence[Leave]) -> None:
    for each in leaves:
        each.life.require_order("leaves.validTo", "LEAVE-LIFE")
    if len(leaves) > LEAVES_MAX:
        raise Invalid(
            en=f"a person has at most {LEAVES_MAX} leaves",
            vi=f"Mỗi người có tối đa {LEAVES_MAX} lần nghỉ.",
            field="leaves",
        )


def appointment_id(
    civil_servant_id: str, unit_id: str, position_code: str, role: AppointmentRole, valid_from: date
) -> str:
    return derived_id("apt", civil_servant_id, unit_id, position_code, role, valid_from.isoformat())
