"""What if another policy had rated a period: nothing is stored."""

from decimal import Decimal
from typing import Self

import strawberry

from congvu_kit.graph import Info
from evaluation_service.adapters.graphql.numbers import as_decimal
from evaluation_service.adapters.graphql.people import CivilServant, visible_servant
from evaluation_service.adapters.graphql.period_steps import PolicySwitchInput
from evaluation_service.adapters.graphql.periods import BandCount
from evaluation_service.application.periods.commands import SwitchChoice
from evaluation_service.application.results import simulation
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.results import simulation as rated
from evaluation_service.domain.results.evaluations import Evaluation, Outcome

MOVED_MAX = 500
"""People listed in one answer; `moved` counts all of them."""


@strawberry.input(description="A scored period, a part of it, and the policies to try.")
class SimulateScoreInput:
    period_id: strawberry.ID = strawberry.field(description="Frozen, published or closed.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only people of this unit and below; the quota stays whole."
    )
    civil_servant_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only this person."
    )
    staff_policy: str | None = strawberry.field(
        default=None, description="id or id@version; default the period's."
    )
    deputy_policy: str | None = strawberry.field(default=None, description="Likewise.")
    leader_policy: str | None = strawberry.field(default=None, description="Likewise.")
    switches: list[PolicySwitchInput] = strawberry.field(
        default_factory=list, description="Switches to try."
    )

    def to_domain(self) -> simulation.Simulation:
        named = {
            AppointmentRole.STAFF: self.staff_policy,
            AppointmentRole.DEPUTY: self.deputy_policy,
            AppointmentRole.HEAD: self.leader_policy,
        }
        return simulation.Simulation(
            period_id=self.period_id,
            unit_id=self.unit_id,
            servant_id=self.civil_servant_id,
            policies={role: policy for role, policy in named.items() if policy is not None},
            switches=tuple(
                SwitchChoice(policy=each.policy, name=each.name, value=each.value)
                for each in self.switches
            ),
        )


@strawberry.type(description="A result as it is, or as it would be.")
class SimulatedResult:
    outcome: Outcome = strawberry.field(description="Whether there is a score.")
    total: Decimal | None = strawberry.field(description="Total points.")
    band: str | None = strawberry.field(description="Final band, quota included.")
    reasons: list[str] = strawberry.field(description="Rules that changed the band.")

    @classmethod
    def of(cls, it: Evaluation) -> Self:
        sheet = it.sheets[-1]
        return cls(
            outcome=sheet.outcome,
            total=as_decimal(sheet.total),
            band=it.band,
            reasons=[*sheet.reasons, *it.rank_reasons],
        )


@strawberry.type(description="One person before and after.")
class SimulatedChange:
    it: strawberry.Private[rated.Change]
    before: SimulatedResult = strawberry.field(description="As it is.")
    after: SimulatedResult = strawberry.field(description="As it would be.")

    @classmethod
    def of(cls, it: rated.Change) -> Self:
        return cls(it=it, before=SimulatedResult.of(it.before), after=SimulatedResult.of(it.after))

    @strawberry.field(description="Who.")
    async def civil_servant(self, info: Info) -> CivilServant | None:
        servant = await visible_servant(info, self.it.before.servant_id)
        return CivilServant.of(servant) if servant else None


@strawberry.type(description="Who changes band, and the distribution before and after.")
class SimulationReport:
    people: int = strawberry.field(description="People rated again.")
    moved: int = strawberry.field(description="Of these, whose band changes.")
    before: list[BandCount] = strawberry.field(description="By band, as it is.")
    after: list[BandCount] = strawberry.field(description="By band, as it would be.")
    changes: list[SimulatedChange] = strawberry.field(
        description="Up to 500 people whose band changes; a single person asked for in any case."
    )

    @classmethod
    def of(cls, it: simulation.Simulated, *, single: bool) -> Self:
        moved = [change for change in it.changes if change.band_moved]
        shown = it.changes if single else moved
        return cls(
            people=len(it.changes),
            moved=len(moved),
            before=[BandCount(band=b, count=n) for b, n in sorted(it.before.items())],
            after=[BandCount(band=b, count=n) for b, n in sorted(it.after.items())],
            changes=[SimulatedChange.of(change) for change in shown[:MOVED_MAX]],
        )
