"""Every mutation with what it is about, who may, who may not, and what it tells the world."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from catalogue import inputs, people
from catalogue.inputs import Input
from catalogue_service.domain.adjustments.adjustments import AdjustmentApproved
from catalogue_service.domain.products.versions import (
    VersionApproved,
    VersionPublished,
    VersionRejected,
    VersionSubmitted,
)
from catalogue_service.domain.products.work_products import ProductRetired
from catalogue_service.domain.proposals.proposals import ProposalDecided
from catalogue_service.domain.releases.releases import ReleasePublished
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class Case:
    """`right` may, having one of `roles`; `elsewhere` has it too, but in another place.

    `refusals` are the codes that whoever lacks the role, and those elsewhere, get to hear.
    """

    mutation: str
    given: Callable[[MemoryUnitOfWork], Awaitable[Input]]
    right: Actor
    roles: frozenset[Role]
    elsewhere: tuple[Actor, ...]
    answer: str
    tells: tuple[type[Event], ...] = ()
    refusals: tuple[str, str] = ("FORBIDDEN", "FORBIDDEN")

    @property
    def name(self) -> str:
        return f"{self.mutation} by {self.right.subject}"

    @property
    def wrong_role(self) -> Actor:
        """In the right place, with every role but those that may."""
        others = frozenset(set(Role) - self.roles)
        return replace(self.right, subject="wrong-role", roles=others, officer=None)


def in_another_province(actor: Actor) -> Actor:
    return replace(actor, subject="another-province", province="01")


def in_another_unit(actor: Actor) -> Actor:
    return replace(actor, subject="another-unit", unit=people.OTHER_COMMUNE)


def of_province(
    mutation: str,
    given: Callable[[MemoryUnitOfWork], Awaitable[Input]],
    right: Actor,
    *roles: Role,
    answer: str,
    tells: tuple[type[Event], ...] = (),
    refusals: tuple[str, str] = ("FORBIDDEN", "FORBIDDEN"),
) -> Case:
    return Case(
        mutation=mutation,
        given=given,
        right=right,
        roles=frozenset(roles),
        elsewhere=(in_another_province(right),),
        answer=answer,
        tells=tells,
        refusals=refusals,
    )


def of_unit(
    mutation: str,
    given: Callable[[MemoryUnitOfWork], Awaitable[Input]],
    right: Actor,
    *roles: Role,
    answer: str,
    tells: tuple[type[Event], ...] = (),
) -> Case:
    case = of_province(mutation, given, right, *roles, answer=answer, tells=tells)
    return replace(case, elsewhere=(*case.elsewhere, in_another_unit(right)))


EDITOR, APPRAISER = Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPRAISER
HEAD, COMMITTEE = Role.UNIT_HEAD, Role.STEERING_COMMITTEE
READERS = (EDITOR, APPRAISER, COMMITTEE, HEAD, Role.AUDITOR, Role.MANAGER)
UNSEEN = ("NOT_FOUND", "NOT_FOUND")

VERSION, PRODUCT, RELEASE = "WorkProductVersion", "WorkProduct", "CatalogueRelease"
ADJUSTMENT, PROPOSAL = "LocalAdjustment", "ChangeProposal"
PUBLISHED = (VersionPublished, ReleasePublished)
REJECTED = (VersionRejected,)
APPROVED = (VersionApproved,)
RETIRED = (ProductRetired,)

CASES = [
    of_unit("draftWorkProduct", inputs.new_product, people.EDITOR, EDITOR, answer=VERSION),
    of_unit("reviseWorkProduct", inputs.revised, people.EDITOR, EDITOR, answer=VERSION),
    of_unit("submitVersion", inputs.drafted, people.EDITOR, EDITOR, answer=VERSION,
            tells=(VersionSubmitted,)),
    of_unit("withdrawVersion", inputs.submitted, people.EDITOR, EDITOR, answer=VERSION),
    of_province("appraiseVersion", inputs.submitted, people.APPRAISER, APPRAISER, answer=VERSION),
    of_province("requestChanges", inputs.submitted_with_reason, people.APPRAISER, APPRAISER, HEAD,
                answer=VERSION),
    of_unit("requestChanges", inputs.submitted_with_reason, people.HEAD, APPRAISER, HEAD,
            answer=VERSION),
    of_unit("approveVersion", inputs.appraised, people.HEAD, HEAD, answer=VERSION, tells=APPROVED),
    of_province("approveVersion", inputs.appraised_shared, people.COMMITTEE, COMMITTEE,
                answer=VERSION, tells=APPROVED),
    of_province("rejectVersion", inputs.submitted_with_reason, people.APPRAISER, APPRAISER, HEAD,
                answer=VERSION, tells=REJECTED),
    of_unit("rejectVersion", inputs.submitted_with_reason, people.HEAD, APPRAISER, HEAD,
            answer=VERSION, tells=REJECTED),
    of_province("rejectVersion", inputs.appraised_shared_with_reason, people.COMMITTEE, APPRAISER,
                COMMITTEE, answer=VERSION, tells=REJECTED),
    of_unit("publishRelease", inputs.approved, people.HEAD, HEAD, answer=RELEASE, tells=PUBLISHED),
    of_province("publishRelease", inputs.approved_shared, people.COMMITTEE, COMMITTEE,
                answer=RELEASE, tells=PUBLISHED),
    of_unit("retireWorkProduct", inputs.published, people.HEAD, HEAD, answer=PRODUCT,
            tells=RETIRED),
    of_province("retireWorkProduct", inputs.published_shared, people.COMMITTEE, COMMITTEE,
                answer=PRODUCT, tells=RETIRED),
    of_province("enactCataloguePolicy", inputs.policy, people.COMMITTEE, COMMITTEE,
                answer="CataloguePolicy"),
    of_unit("proposeLocalAdjustment", inputs.wished_norm, people.EDITOR, EDITOR, HEAD,
            answer=ADJUSTMENT),
    of_unit("proposeLocalAdjustment", inputs.wished_norm, people.HEAD, EDITOR, HEAD,
            answer=ADJUSTMENT),
    of_province("decideLocalAdjustment", inputs.proposed_norm, people.COMMITTEE, COMMITTEE,
                answer=ADJUSTMENT, tells=(AdjustmentApproved,)),
    of_unit("decideLocalAdjustment", inputs.proposed_norm_of_the_team, people.HEAD, HEAD,
            answer=ADJUSTMENT, tells=(AdjustmentApproved,)),
    of_province("proposeChange", inputs.wish, people.EDITOR, EDITOR, HEAD, Role.MANAGER,
                answer=PROPOSAL, refusals=("FORBIDDEN", "INVALID")),
    of_province("commentOnProposal", inputs.remark, people.HEAD, *READERS, answer=PROPOSAL,
                refusals=UNSEEN),
    of_province("decideProposal", inputs.proposal, people.COMMITTEE, COMMITTEE, answer=PROPOSAL,
                tells=(ProposalDecided,), refusals=("FORBIDDEN", "NOT_FOUND")),
    of_province("withdrawProposal", inputs.own_proposal, people.EDITOR, *READERS, answer=PROPOSAL,
                refusals=UNSEEN),
]  # fmt: skip
"""All but the two in bulk, which refuse item by item."""
