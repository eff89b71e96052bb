"""Drafting, signing, amending and ending agreements."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.agreements.inputs import (
    AmendAgreementInput,
    DraftAgreementInput,
    SignAgreementInput,
    TerminateAgreementInput,
)
from evaluation_service.adapters.graphql.agreements.types import Agreement
from evaluation_service.application.agreements import commands


@strawberry.type
class AgreementMutation:
    draft_agreement = mutation(
        commands.draft_agreement,
        DraftAgreementInput,
        Agreement,
        description="Draft the agreement that the policy rates by: of elements, or of the "
        "person's objectives as they stand. Roles manager, unit-head for whom they "
        "lead, officer for themselves.",
    )
    amend_agreement = mutation(
        commands.amend_agreement,
        AmendAgreementInput,
        Agreement,
        description="Propose another version with a reason: it counts once both sides signed it, "
        "until then the signed one does. A locked plan takes none. Roles as in "
        "draftAgreement.",
    )
    sign_agreement = mutation(
        commands.sign_agreement,
        SignAgreementInput,
        Agreement,
        description="Sign the newest version by its hash, in the order of the policy; nobody "
        "signs for both sides (E-I4). Roles officer for the leader's side, manager, "
        "unit-head for the superior's.",
    )
    terminate_agreement = mutation(
        commands.terminate_agreement,
        TerminateAgreementInput,
        Agreement,
        description="End an agreement before its term is over, by a numbered decision. A locked "
        "plan is not ended that way. Roles manager, unit-head for whom they lead.",
    )
