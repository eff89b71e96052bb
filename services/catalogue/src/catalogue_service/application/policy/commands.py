"""The province's catalogue policy, enacted by its steering committee."""

from dataclasses import dataclass
from typing import ClassVar

from catalogue_service.application.access import policy_of
from catalogue_service.application.collections import POLICIES
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.common.steps import Act
from catalogue_service.domain.policy.policy import Bounds, CataloguePolicy, Reach
from catalogue_service.domain.products.content import Points
from congvu_kit.application.commands import RevisedCommand
from congvu_kit.application.ports import Transaction
from congvu_kit.domain.actor import Role


@dataclass(frozen=True, kw_only=True)
class EnactCataloguePolicy(RevisedCommand):
    operation: ClassVar[str] = "enact_catalogue_policy"

    province: str | None
    decision_number: str
    reference_points: Points
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
