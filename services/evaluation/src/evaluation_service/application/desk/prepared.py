"""What many pieces of work need, read once, and what they made, written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from congvu_kit.application.ports import In, Transaction
from congvu_kit.application.rows import Refusal
from congvu_kit.domain.actor import Actor, Participant
from congvu_kit.domain.clock import business_date
from congvu_kit.domain.errors import Conflict, Invalid, NotFound
from congvu_kit.domain.ids import new_id
from congvu_kit.domain.sizes import require_room
from congvu_scoring import CompiledPolicy
from evaluation_service.application.access import Post, post_at, require_superior
from evaluation_service.application.collections import (
    ADJUSTMENTS,
    ASSIGNMENTS,
    SERVANTS,
    TALLIES,
    UNITS,
    VERSIONS,
    WORK_GROUPS,
)
from evaluation_service.application.dossiers.seeking import seek_dossiers
from evaluation_service.application.policies.pins import compiled_pin
from evaluation_service.application.work.commands import (
    WorkRow,
    rated_in,
    require_covered,
    work_of,
)
from evaluation_service.application.work.lead_days import lead_term
from evaluation_service.application.work.pinning import pin
from evaluation_service.domain.copies.adjustments import LocalAdjustment
from evaluation_service.domain.copies.versions import WorkProductVersion
from evaluation_service.domain.periods.periods import EvaluationPeriod
from evaluation_service.domain.personnel.servants import AppointmentRole, CivilServant
from evaluation_service.domain.personnel.units import OrgUnit
from evaluation_service.domain.results.entries import check_work
from evaluation_service.domain.work.assignments import ASSIGNMENTS_MAX, Assignment
from evaluation_service.domain.work.groups import Division, GroupMember, GroupShare, WorkGroup
from evaluation_service.domain.work.tallies import WorkTally, new_tally, tally_id
from evaluation_service.domain.work.timed_work import LeadTerm

ADJUSTMENTS_MAX = 10_000

ROWS_MAX = 500
"""Pieces of work of one call: a unit of forty people with a dozen each."""


@dataclass(frozen=True, kw_only=True)
class Formed:
    """A group to form; its members are the rows that name it, the first leads."""

    quantity: Decimal
    shares: Sequence[Decimal]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`once` is work that nobody gets a second time by the same call made again, `within` where the
    person must be, `group` whose share it is."""

    source: str
    row: WorkRow | Refusal
    once: bool = False
    within: frozenset[str] | None = None
    group: Formed | None = None


@dataclass(kw_only=True)
class Prepared:
    """Assigns by the rules of `assignWork`, on copies of everything that it reads."""

    period: EvaluationPeriod
    today: date
    servants: Mapping[str, CivilServant]
    units: Mapping[str, OrgUnit]
    versions: Mapping[str, WorkProductVersion]
    adjustments: Mapping[str, Sequence[LocalAdjustment]]
    policies: Mapping[AppointmentRole, CompiledPolicy]
    tallies: dict[str, WorkTally]
    made: list[Assignment] = field(default_factory=list)
    groups: list[WorkGroup] = field(default_factory=list)
    leads: dict[tuple[str, str], LeadTerm] = field(default_factory=dict)

    async def new(self, row: WorkRow, wanted: Wanted, by: Actor, tx: Transaction) -> Assignment:
        """Not given yet."""
        post = self._post(row)
        if wanted.within is not None and wanted.within.isdisjoint(post.unit.path):
            raise Conflict(
                en="the person is not in the unit any more: give the work anew where it belongs",
                vi="Công chức này không còn ở đơn vị. Vui lòng giao việc cho người khác.",
                field="input.asIn.unitId",
            )
        require_superior(by, post)
        require_covered(post, self.period)
        version = pin(
            self.versions.get(row.version_id),
            self.period,
            post.unit.path,
            self.adjustments.get(row.version_id, ()),
            self.today,
        )
        policy = self.policies[post.appointment.role]
        check_work(version.kpi_kind, version.orientation, policy, "input.versionId")
        lead = None if row.due_on else await self._lead(row.version_id, post, tx)
        assignment = work_of(post, self.period, version, row, Participant.of(by), lead=lead)
        if wanted.once:
            self._require_first(assignment, again=wanted.within is not None)
        require_room(
            self._tally(assignment).lines,
            ASSIGNMENTS_MAX,
            en="pieces of work for one person in one period",
            vi="việc cho một người trong một kỳ",
        )
        if wanted.group is None:
            assignment.assign()
        return assignment

    def give(self, assignment: Assignment) -> None:
        tally = self._tally(assignment)
        tally.take(assignment)
        self.tallies[tally.id] = tally
        self.made.append(assignment)

    def form(self, formed: Formed, works: Sequence[Assignment], by: Actor, tx: Transaction) -> None:
        """Gives each its share."""
        group = WorkGroup(
            id=new_id("grp"),
            period_id=self.period.id,
            province=self.period.province,
            version_id=works[0].version.version_id,
        )
        members = []
        for work, share in zip(works, formed.shares, strict=True):
            work.group = GroupShare(group_id=group.id, share=share)
            work.assign()
            members.append(
                GroupMember(
                    civil_servant_id=work.civil_servant_id, assignment_id=work.id, share=share
                )
            )
        division = Division(
            quantity=formed.quantity,
            members=tuple(members),
            reason=None,
            decision=None,
            divided_by=Participant.of(by),
            divided_at=tx.now,
        )
        group.divide(division, begun=False)
        self.groups.append(group)

    def _tally(self, assignment: Assignment) -> WorkTally:
        id = tally_id(self.period.id, assignment.appointment_id)
        return self.tallies.get(id) or new_tally(assignment)

    def _require_first(self, assignment: Assignment, *, again: bool) -> None:
        """Refuse a product that the person has in this period already; what is given `again` was
        several pieces of it then."""
        made = {each.id for each in self.made} if again else set()
        known = self._tally(assignment).lines.items()
        code = assignment.version.code
        if any(id not in made and line.item.rpartition("@")[0] == code for id, line in known):
            raise Conflict(
                en="the person has this product in this period already",
                vi="Công chức này đã được giao sản phẩm/công việc này trong kỳ.",
                field="input.versionId",
            )

    async def _lead(self, version_id: str, post: Post, tx: Transaction) -> LeadTerm:
        key = (version_id, post.unit.id)
        if key not in self.leads:
            self.leads[key] = await lead_term(version_id, self.period, post, tx)
        return self.leads[key]

    def _post(self, row: WorkRow) -> Post:
        servant = self.servants.get(row.civil_servant_id)
        if servant is None:
            raise NotFound(
                en="no such civil servant",
                vi="Không tìm thấy công chức này.",
                field="input.civilServantId",
            )
        if row.appointment_id is None:
            appointment = rated_in(servant, self.period)
        else:
            named = servant.appointment(row.appointment_id)
            if named is None:
                raise Invalid(
                    en="this is no appointment of this person",
                    vi="Công chức này không có việc bố trí công tác đã nêu.",
                    field="input.appointmentId",
                )
            appointment = named
        return post_at(servant, appointment, self.units[appointment.unit_id], self.today)

    async def save(self, tx: Transaction) -> None:
        touched = {tally_id(each.period_id, each.appointment_id) for each in self.made}
        await seek_dossiers(tx, self.made)
        await tx.store(ASSIGNMENTS).save_many(self.made)
        await tx.store(WORK_GROUPS).save_many(self.groups)
        await tx.store(TALLIES).save_many([self.tallies[id] for id in sorted(touched)])


async def prepare(
    rows: Sequence[WorkRow | Refusal], period: EvaluationPeriod, tx: Transaction
) -> Prepared:
    given = [row for row in rows if not isinstance(row, Refusal)]
    people = sorted({row.civil_servant_id for row in given})
    servants = [each for each in await tx.store(SERVANTS).find_many(people) if each]
    posts = [post for servant in servants for post in servant.appointments]
    units = await tx.store(UNITS).find_many(sorted({post.unit_id for post in posts}))
    versions = await tx.store(VERSIONS).find_many(sorted({row.version_id for row in given}))
    known = {each.id: each for each in versions if each}
    paths = {id for unit in units if unit for id in unit.path}
    found = await tx.store(ADJUSTMENTS).select(
        In("version_id", sorted(known)), In("unit_id", sorted(paths)), limit=ADJUSTMENTS_MAX
    )
    adjustments: dict[str, list[LocalAdjustment]] = {}
    for each in found:
        adjustments.setdefault(each.version_id, []).append(each)
    ids = sorted({tally_id(period.id, post.appointment_id) for post in posts})
    tallies = await tx.store(TALLIES).find_many(ids)
    return Prepared(
        period=period,
        today=business_date(tx.now),
        servants={each.id: each for each in servants},
        units={unit.id: unit for unit in units if unit},
        versions=known,
        adjustments=adjustments,
        policies={
            role: await compiled_pin(tx, period.policies.of(role)) for role in AppointmentRole
        },
        tallies={each.id: each for each in tallies if each},
    )
