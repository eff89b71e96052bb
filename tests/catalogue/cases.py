"""Every mutation with what it is about, who may, who may not, what is kept and what is told."""

from collections.abc import Awaitable, Callable

from catalogue import inputs, people
from catalogue.inputs import Input
from catalogue_service.application.collections import (
    ADJUSTMENTS,
    POLICIES,
    PRODUCTS,
    PROPOSALS,
    RELEASES,
    VERSIONS,
)
from catalogue_service.domain.adjustments.adjustments import AdjustmentApproved, AdjustmentState
from catalogue_service.domain.products.versions import (
    VersionApproved,
    VersionPublished,
    VersionRejected,
    VersionState,
    VersionSubmitted,
)
from catalogue_service.domain.products.work_products import ProductRetired, ProductState
from catalogue_service.domain.proposals.proposals import ProposalDecided, ProposalState
from catalogue_service.domain.releases.releases import ReleasePublished
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.aggregate import Event
from support import webhooks
from support.callers import Case, Elsewhere, Saved, Stage, elsewhere

Given = Callable[[MemoryUnitOfWork], Awaitable[Input]]

PROVINCE = (elsewhere(province="01"),)
UNIT = (*PROVINCE, elsewhere(unit=people.OTHER_COMMUNE), elsewhere(unit=None))
OF_EDITORS = (*PROVINCE, elsewhere(unit=people.OTHER_COMMUNE))
"""An editor without a unit writes every list of the province."""
UNSEEN = (elsewhere("NOT_FOUND", province="01"),)

EDITOR, APPRAISER = Role.CATALOGUE_EDITOR, Role.CATALOGUE_APPRAISER
HEAD, COMMITTEE = Role.UNIT_HEAD, Role.STEERING_COMMITTEE
READERS = (EDITOR, APPRAISER, COMMITTEE, HEAD, Role.AUDITOR, Role.MANAGER)

DRAFT = Saved(VERSIONS, {"state": VersionState.DRAFT, "number": 1})
EDITED = Saved(VERSIONS, {"state": VersionState.DRAFT, "content.points": 5})
SUBMITTED = Saved(VERSIONS, {"state": VersionState.SUBMITTED})
APPRAISED = Saved(VERSIONS, {"state": VersionState.IN_REVIEW})
SENT_BACK = Saved(VERSIONS, {"state": VersionState.CHANGES_REQUESTED})
APPROVED = Saved(VERSIONS, {"state": VersionState.APPROVED})
REJECTED = Saved(VERSIONS, {"state": VersionState.REJECTED})
RELEASED = Saved(RELEASES, {"decision_number": "283/QĐ-UBND"})
RETIRED = Saved(PRODUCTS, {"state": ProductState.RETIRED})
ENACTED = Saved(POLICIES, {"decision_number": "5/QĐ", "reference_points": 25, "revision": 2}, "56")
ASKED = Saved(ADJUSTMENTS, {"state": AdjustmentState.PROPOSED, "value": 3})
ADJUSTED = Saved(ADJUSTMENTS, {"state": AdjustmentState.APPROVED})
PROPOSED = Saved(PROPOSALS, {"state": ProposalState.OPEN, "unit_id": people.COMMUNE})
DISCUSSED = Saved(PROPOSALS, {"state": ProposalState.OPEN, "revision": 2})
ACCEPTED = Saved(PROPOSALS, {"state": ProposalState.ACCEPTED})
WITHDRAWN = Saved(PROPOSALS, {"state": ProposalState.WITHDRAWN})

VERSION, PRODUCT, RELEASE = "WorkProductVersion", "WorkProduct", "CatalogueRelease"
ADJUSTMENT, PROPOSAL = "LocalAdjustment", "ChangeProposal"
ISSUED = (VersionPublished, ReleasePublished)


def case(  # noqa: PLR0917 - one line of the table below
    mutation: str,
    given: Given,
    right: Actor,
    roles: tuple[Role, ...],
    places: tuple[Elsewhere, ...],
    returns: str,
    saved: Saved,
    *tells: type[Event],
    wrong_role: str = "FORBIDDEN",
) -> Case[Stage]:
    return Case(
        mutation=mutation,
        given=lambda stage: given(stage.uow),
        right=right,
        roles=roles,
        elsewhere=places,
        returns=returns,
        saved=saved,
        tells=tells,
        wrong_role=wrong_role,
    )


JUDGES = (APPRAISER, HEAD)
CASES = [
    case("draftWorkProduct", inputs.new_product, people.EDITOR, (EDITOR,), OF_EDITORS, VERSION,
         DRAFT),
    case("reviseWorkProduct", inputs.revised, people.EDITOR, (EDITOR,), OF_EDITORS, VERSION,
         EDITED),
    case("submitVersion", inputs.drafted, people.EDITOR, (EDITOR,), OF_EDITORS, VERSION, SUBMITTED,
         VersionSubmitted),
    case("withdrawVersion", inputs.submitted, people.EDITOR, (EDITOR,), OF_EDITORS, VERSION,
         DRAFT),
    case("appraiseVersion", inputs.submitted, people.APPRAISER, (APPRAISER,), PROVINCE, VERSION,
         APPRAISED),
    case("requestChanges", inputs.submitted_with_reason, people.APPRAISER, (APPRAISER,), PROVINCE,
         VERSION, SENT_BACK),
    case("requestChanges", inputs.submitted_with_reason, people.HEAD, JUDGES, UNIT, VERSION,
         SENT_BACK),
    case("approveVersion", inputs.appraised, people.HEAD, (HEAD,), UNIT, VERSION, APPROVED,
         VersionApproved),
    case("approveVersion", inputs.appraised_shared, people.COMMITTEE, (COMMITTEE,), PROVINCE,
         VERSION, APPROVED, VersionApproved),
    case("rejectVersion", inputs.submitted_with_reason, people.APPRAISER, (APPRAISER,), PROVINCE,
         VERSION, REJECTED, VersionRejected),
    case("rejectVersion", inputs.submitted_with_reason, people.HEAD, JUDGES, UNIT, VERSION,
         REJECTED, VersionRejected),
    case("rejectVersion", inputs.appraised_shared_with_reason, people.COMMITTEE,
         (APPRAISER, COMMITTEE), PROVINCE, VERSION, REJECTED, VersionRejected),
    case("publishRelease", inputs.approved, people.HEAD, (HEAD,), UNIT, RELEASE, RELEASED,
         *ISSUED),
    case("publishRelease", inputs.approved_shared, people.COMMITTEE, (COMMITTEE,), PROVINCE,
         RELEASE, RELEASED, *ISSUED),
    case("retireWorkProduct", inputs.published, people.HEAD, (HEAD,), UNIT, PRODUCT, RETIRED,
         ProductRetired),
    case("retireWorkProduct", inputs.published_shared, people.COMMITTEE, (COMMITTEE,), PROVINCE,
         PRODUCT, RETIRED, ProductRetired),
    case("enactCataloguePolicy", inputs.policy, people.COMMITTEE, (COMMITTEE,), PROVINCE,
         "CataloguePolicy", ENACTED),
    case("proposeLocalAdjustment", inputs.wished_norm, people.EDITOR, (EDITOR, HEAD), UNIT,
         ADJUSTMENT, ASKED),
    case("decideLocalAdjustment", inputs.proposed_norm, people.COMMITTEE, (COMMITTEE,), PROVINCE,
         ADJUSTMENT, ADJUSTED, AdjustmentApproved),
    case("decideLocalAdjustment", inputs.proposed_norm_of_the_team, people.HEAD, (HEAD,), UNIT,
         ADJUSTMENT, ADJUSTED, AdjustmentApproved),
    case("proposeChange", inputs.wish, people.EDITOR, (EDITOR, HEAD, Role.MANAGER),
         (elsewhere("INVALID", province="01"), elsewhere(province=None), elsewhere(unit=None)),
         PROPOSAL, PROPOSED),
    case("commentOnProposal", inputs.remark, people.HEAD, READERS, UNSEEN, PROPOSAL, DISCUSSED,
         wrong_role="NOT_FOUND"),
    case("decideProposal", inputs.proposal, people.COMMITTEE, (COMMITTEE,), UNSEEN, PROPOSAL,
         ACCEPTED, ProposalDecided),
    case("withdrawProposal", inputs.own_proposal, people.EDITOR, READERS,
         (*UNSEEN, elsewhere(subject="colleague")), PROPOSAL, WITHDRAWN, wrong_role="NOT_FOUND"),
    *webhooks.cases("Catalogue", people.person("hrm", Role.PERSONNEL_SYNC)),
]  # fmt: skip
"""All but the two in bulk, which refuse item by item."""
