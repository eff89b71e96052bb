"""The province's catalogue policy: enacted by its steering committee, read by everybody."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue_service.application.collections import POLICIES
from catalogue_service.application.lookups import policy_of
from catalogue_service.domain.kinds import Catalogue, Group
from catalogue_service.domain.policy import Bounds, CataloguePolicy, Reach
from catalogue_service.domain.steps import Act
from congvu_kit.application.perform import Command
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role


@dataclass(frozen=True, kw_only=True)
class EnactCataloguePolicy(Command):
    province: str | None
    expected_revision: int
    decision_number: str
    reference_points: Decimal
    bounds: tuple[Bounds, ...]
    reaches: tuple[Reach, ...]
    unit_fields: tuple[str, ...]


async def enact_catalogue_policy(command: EnactCataloguePolicy, tx: Transaction) -> CataloguePolicy:
    """Binds what is written, submitted, approved and published from now on. `expected_revision`
    is 0 where the province has enacted none yet."""
    actor = command.actor
    actor.require(Role.STEERING_COMMITTEE)
    province = Catalogue(group=Group.A, province=command.province or actor.province or "").province
    actor.require_province(province)
    policy = await policy_of(tx, province)
    policy.expect_revision(command.expected_revision)
    act = Act.of(actor, tx.now, decision_number=command.decision_number)
    act.require_decision()
    policy.enact(
        reference_points=command.reference_points,
        bounds=command.bounds,
        reaches=command.reaches,
        unit_fields=command.unit_fields,
        act=act,
    )
    await tx.store(POLICIES).save(policy)
    return policy
