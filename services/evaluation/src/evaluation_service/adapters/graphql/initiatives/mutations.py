"""The life of an initiative."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.initiatives.inputs import (
    CheckInitiativeInput,
    DecideInitiativeInput,
    ProposeInitiativeInput,
)
from evaluation_service.adapters.graphql.initiatives.types import Initiative
from evaluation_service.application.initiatives import commands


@strawberry.type
class InitiativeMutation:
    propose_initiative = mutation(
        commands.propose_initiative,
        ProposeInitiativeInput,
        Initiative,
        description="Propose an initiative of one's own, where the policy counts them. Role "
        "officer.",
    )
    decide_initiative = mutation(
        commands.decide_initiative,
        DecideInitiativeInput,
        Initiative,
        description="Give provisional points and the days of later checks, or refuse; never one's"
        " own (E-I4). Role review-board.",
    )
    check_initiative = mutation(
        commands.check_initiative,
        CheckInitiativeInput,
        Initiative,
        description="Look again whether it lasted, by another than before; the last check makes "
        "the points final, as a further sheet where there is a result. Role review-"
        "board.",
    )
