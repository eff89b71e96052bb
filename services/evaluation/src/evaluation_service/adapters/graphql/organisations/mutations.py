"""Rating units."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.organisations.inputs import ScoreUnitCriteriaInput
from evaluation_service.adapters.graphql.organisations.types import OrgEvaluation
from evaluation_service.application.organisations import commands


@strawberry.type
class OrganisationMutation:
    score_unit_criteria = mutation(
        commands.score_unit_criteria,
        ScoreUnitCriteriaInput,
        OrgEvaluation,
        description="Rate the general criteria of a unit from above it; nobody rates the unit "
        "they head (E-I4). Role unit-head.",
    )
