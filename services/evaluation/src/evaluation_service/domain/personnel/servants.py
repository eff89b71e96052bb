"""Civil servants (công chức) and their appointments (bố trí)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from congvu_kit.domain.errors import Invalid
from congvu_kit.domain.ids import derived_id
from congvu_kit.domain.times import ValidityDate
from evaluation_service.domain.personnel.lives import (
    EVER,
    ExternalRef,
    Life,
    SourceMark,
    canonical,
    new_life_id,
)

APPOINTMENTS_MAX = 50
LEAVES_MAX = 200
FIELD_UNITS_MAX = 20
REFS_MAX = 10
"""Source systems that know one person."""


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


@dataclass(frozen=True, kw_only=True)
class CivilServantSynced(Event):
    """No name in it: the public log and partners need none."""

    TYPE: ClassVar[str] = "congvu.evaluation.civil_servant.synced.v1"

    civil_servant_id: str
    province: str
    appointments: tuple[Appointment, ...]
    revision: int


@dataclass(kw_only=True)
class CivilServant(Aggregate):
    external_refs: tuple[ExternalRef, ...]
    full_name: str
    province: str
    appointments: tuple[Appointment, ...] = ()
    leaves: tuple[Leave, ...] = field(default=())
    source: SourceMark | None = None

    @property
    def life(self) -> Life:
        """From the first appointment to the end of the last."""
        ends = [each.valid_to for each in self.appointments]
        return Life(
            min((each.valid_from for each in self.appointments), default=EVER),
            None if None in ends else max((end for end in ends if end), default=EVER),
        )

    @property
    def runs(self) -> bool:
        """In some appointment without an end."""
        return any(each.valid_to is None for each in self.appointments)

    def sync(
        self, full_name: str, appointments: Iterable[Appointment], leaves: Iterable[Leave]
    ) -> bool:
        """Take over what the source says; False when that is what is known already."""
        said = (
            full_name,
            tuple(sorted(appointments, key=_by_time)),
            tuple(sorted(leaves, key=lambda each: (each.valid_from, each.valid_to, each.kind))),
        )
        known = canonical((self.full_name, self.appointments, self.leaves))
        if self.revision and known == said:
            return False
        _refuse_twice_in_a_post(said[1])
        _check_leaves(said[2])
        _check_sizes(said[1])
        self.full_name, self.appointments, self.leaves = said
        self.record(
            CivilServantSynced(
                civil_servant_id=self.id,
                province=self.province,
                appointments=self.appointments,
                revision=self.revision + 1,
            )
        )
        return True

    def appointment(self, appointment_id: str) -> Appointment | None:
        return next((a for a in self.appointments if a.appointment_id == appointment_id), None)

    def current(self, on: date) -> Appointment | None:
        """The one in force on that day, the newest when there are several; else the last one."""
        in_force = [a for a in self.appointments if a.in_force(on)]
        known = in_force or self.appointments
        return known[-1] if known else None

    def main_in(
        self, starts_on: date, ends_on: date, unit_ids: Collection[str] | None = None
    ) -> Appointment | None:
        """The one appointment of [starts_on, ends_on) that the person is rated in (E-I10).

        In force at the end before left meanwhile, leading before staff, then the newest; of those
        in `unit_ids` when given. Who stands in for somebody of a higher role beside the own post,
        for more than half of the period, is rated in the acting post.
        """
        during = self.during(starts_on, ends_on, unit_ids)
        own = _newest([a for a in during if not a.acting_for] or during, ends_on)
        acting = [
            a
            for a in during
            if own is not None
            and a.acting_for
            and _RANK[a.role] > _RANK[own.role]
            and a.overlaps(own.valid_from, own.valid_to or ends_on)
            and 2 * a.days_in(starts_on, ends_on) > (ends_on - starts_on).days
        ]
        return _newest(acting, ends_on) or own

    def heads(self, unit_id: str, on: date) -> bool:
        """Whether the person is the unit's head on that day, or acts as it."""
        return any(
            each.role is AppointmentRole.HEAD and each.unit_id == unit_id and each.in_force(on)
            for each in self.appointments
        )

    def during(
        self, starts_on: date, ends_on: date, unit_ids: Collection[str] | None = None
    ) -> list[Appointment]:
        """The appointments of [starts_on, ends_on), of those in `unit_ids` when given."""
        return [
            each
            for each in self.appointments
            if each.overlaps(starts_on, ends_on) and (unit_ids is None or each.unit_id in unit_ids)
        ]

    @property
    def two_posts_until(self) -> date | None:
        """When the last but one of the units ended for which the person had a post; None when
        there was one unit only. Whoever had posts in two units in some days did so in or after
        them."""
        ends: dict[str, date] = {}
        for each in self.appointments:
            until = each.valid_to or date.max
            ends[each.unit_id] = max(until, ends.get(each.unit_id, until))
        return sorted(ends.values())[-2] if len(ends) > 1 else None

    def working_days(
        self, days: Sequence[date], appointments: Collection[Appointment] | None = None
    ) -> int:
        """How many of these working days, in their order, are in an appointment (in one of those,
        when given) and not on leave."""
        held = self.appointments if appointments is None else appointments
        if days and not self.leaves:
            first, last = days[0], days[-1]
            if any(a.in_force(first) and a.in_force(last) for a in held):
                return len(days)
        return sum(
            any(a.in_force(day) for a in held)
            and not any(leave.valid_from <= day < leave.valid_to for leave in self.leaves)
            for day in days
        )


_RANK = {AppointmentRole.STAFF: 0, AppointmentRole.DEPUTY: 1, AppointmentRole.HEAD: 2}


def _newest(appointments: Sequence[Appointment], ends_on: date) -> Appointment | None:
    """In force at the end before left meanwhile, leading before staff, then the newest."""
    last_day = ends_on - timedelta(days=1)
    return max(
        appointments,
        key=lambda a: (
            a.in_force(last_day),
            a.role is not AppointmentRole.STAFF,
            a.valid_from,
            a.appointment_id,
        ),
        default=None,
    )


def _by_time(appointment: Appointment) -> tuple[date, str]:
    return (appointment.valid_from, appointment.appointment_id)


def _check_sizes(appointments: Sequence[Appointment]) -> None:
    most_fields = max((len(each.field_unit_ids) for each in appointments), default=0)
    if len(appointments) > APPOINTMENTS_MAX or most_fields > FIELD_UNITS_MAX:
        raise Invalid(
            en=f"a person has at most {APPOINTMENTS_MAX} appointments, each in charge of at most "
            f"{FIELD_UNITS_MAX} units",
            vi=f"mỗi người có tối đa {APPOINTMENTS_MAX} bố trí, mỗi bố trí phụ trách tối đa "
            f"{FIELD_UNITS_MAX} đơn vị",
            field="appointments",
        )


def _refuse_twice_in_a_post(appointments: Iterable[Appointment]) -> None:
    seen: dict[tuple[str, str, AppointmentRole], list[Appointment]] = {}
    for each in appointments:
        each.life.require_order("appointments.validTo", "APPOINTMENT-LIFE")
        post = seen.setdefault((each.unit_id, each.position_code, each.role), [])
        if any(other.life.meets(each.life) for other in post):
            raise Invalid(
                en=f"twice in one post at a time: from {each.valid_from}",
                vi=f"trùng một bố trí trong cùng thời gian: từ {each.valid_from}",
                field="appointments",
                rule_id="E-I10",
            )
        post.append(each)


def _check_leaves(leaves: Sequence[Leave]) -> None:
    for each in leaves:
        each.life.require_order("leaves.validTo", "LEAVE-LIFE")
    if len(leaves) > LEAVES_MAX:
        raise Invalid(
            en=f"a person has at most {LEAVES_MAX} leaves",
            vi=f"mỗi người có tối đa {LEAVES_MAX} lần nghỉ",
            field="leaves",
        )


def new_servant(
    ref: ExternalRef,
    full_name: str,
    province: str,
    *,
    starts_on: date = EVER,
    lives: Sequence[CivilServant] = (),
) -> CivilServant:
    id = new_life_id("cs", lives, starts_on, ref.system, ref.id)
    return CivilServant(id=id, external_refs=(ref,), full_name=full_name, province=province)


def appointment_id(
    civil_servant_id: str, unit_id: str, position_code: str, role: AppointmentRole, valid_from: date
) -> str:
    return derived_id("apt", civil_servant_id, unit_id, position_code, role, valid_from.isoformat())
