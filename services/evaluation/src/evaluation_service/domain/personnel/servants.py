"""Civil servants (công chức) and their appointments (bố trí)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import ClassVar

from congvu_kit.domain.aggregate import Aggregate, Event
from evaluation_service.domain.personnel.appointments import (
    APPOINTMENTS_MAX,
    FIELD_UNITS_MAX,
    LEAVES_MAX,
    Appointment,
    AppointmentRole,
    Leave,
    appointment_id,
    by_time,
    check_leaves,
    check_sizes,
    refuse_twice_in_a_post,
)
from evaluation_service.domain.personnel.lives import (
    EVER,
    ExternalRef,
    Life,
    SourceMark,
    canonical,
    new_life_id,
)

__all__ = [
    "APPOINTMENTS_MAX",
    "FIELD_UNITS_MAX",
    "LEAVES_MAX",
    "REFS_MAX",
    "Appointment",
    "AppointmentRole",
    "CivilServant",
    "CivilServantSynced",
    "Leave",
    "appointment_id",
    "new_servant",
]

REFS_MAX = 10
"""Source systems that know one person."""


@dataclass(frozen=True, kw_only=True)
class CivilServantSynced(Event):
    """No name in it: the public log and partners need none. `external_refs` is how personnel
    systems call the person, so that whoever keeps these finds its own for every id; events of
    before tell none."""

    TYPE: ClassVar[str] = "congvu.evaluation.civil_servant.synced.v1"

    civil_servant_id: str
    province: str
    appointments: tuple[Appointment, ...]
    revision: int
    external_refs: tuple[ExternalRef, ...] = ()


@dataclass(kw_only=True)
class CivilServant(Aggregate):
    """`province` is that of the newest appointment: whose personnel system writes the person."""

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

    @property
    def provinces(self) -> frozenset[str]:
        """Where the person serves, will serve or served: each keeps what happened there."""
        return frozenset({self.province, *(self._place(each) for each in self.appointments)})

    def province_on(self, day: date) -> str:
        """Of the appointment in force."""
        current = self.current(day)
        return self._place(current) if current else self.province

    def posts_outside(self, province: str | None) -> list[Appointment]:
        """Those that a personnel system of the province does not speak for."""
        return [each for each in self.appointments if self._place(each) != province]

    @property
    def held(self) -> Sequence[Appointment]:
        """Each until the person went to another province: who takes them over leaves the posts of
        before as they are (E-I10)."""
        if len({self._place(each) for each in self.appointments}) < 2:  # noqa: PLR2004 - one place
            return self.appointments
        left = ((each, self._left(each)) for each in self.appointments)
        return [
            each
            if day is None or (each.valid_to and each.valid_to <= day)
            else replace(each, valid_to=day)
            for each, day in left
            if day is None or day > each.valid_from
        ]

    def _place(self, post: Appointment) -> str:
        return post.province or self.province

    def _left(self, post: Appointment) -> date | None:
        """When the next appointment in another province began; of two on one day the newest
        province's counts."""
        return min(
            (
                each.valid_from
                for each in self.appointments
                if self._place(each) != self._place(post)
                and (
                    each.valid_from > post.valid_from
                    or (each.valid_from == post.valid_from and self._place(each) == self.province)
                )
            ),
            default=None,
        )

    def sync(
        self,
        full_name: str,
        appointments: Iterable[Appointment],
        leaves: Iterable[Leave],
        by: str | None = None,
    ) -> bool:
        """Take over what the source says; False when that is what is known already. `by` is the
        province whose system says it: of two posts that begin on a day its own is the newer."""
        said = (
            full_name,
            tuple(sorted(appointments, key=by_time)),
            tuple(sorted(leaves, key=lambda each: (each.valid_from, each.valid_to, each.kind))),
        )
        known = canonical((self.full_name, self.appointments, self.leaves))
        if self.revision and known == said:
            return False
        refuse_twice_in_a_post(said[1])
        check_leaves(said[2])
        check_sizes(said[1])
        self.full_name, self.appointments, self.leaves = said
        newest = max(said[1], key=lambda a: (a.valid_from, a.province == by), default=None)
        self.province = self._place(newest) if newest else self.province
        self.record(
            CivilServantSynced(
                civil_servant_id=self.id,
                province=self.province,
                appointments=self.appointments,
                revision=self.revision + 1,
                external_refs=self.external_refs,
            )
        )
        return True

    def appointment(self, appointment_id: str) -> Appointment | None:
        return next((a for a in self.appointments if a.appointment_id == appointment_id), None)

    def current(self, on: date) -> Appointment | None:
        """The one in force on that day, the newest when there are several; else the last one."""
        in_force = [a for a in self.held if a.in_force(on)]
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
            for each in self.held
        )

    def during(
        self, starts_on: date, ends_on: date, unit_ids: Collection[str] | None = None
    ) -> list[Appointment]:
        """The appointments of [starts_on, ends_on), of those in `unit_ids` when given."""
        return [
            each
            for each in self.held
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
        held = self.held if appointments is None else appointments
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
