"""Looking results of units up."""

import strawberry

from congvu_kit.graph import found, listing
from evaluation_service.adapters.graphql.organisations.inputs import OrgEvaluationFilter
from evaluation_service.adapters.graphql.organisations.types import OrgEvaluation
from evaluation_service.application.organisations import queries


@strawberry.type
class OrganisationQuery:
    org_evaluations = listing(
        queries.list_org_evaluations,
        OrgEvaluation,
        filter=OrgEvaluationFilter,
        description="Results of the units of a period: of a published one for everybody, before "
        "that for who leads above them and who looks after the period.",
    )

    org_evaluation = found(
        queries.find_org_evaluations,
        OrgEvaluation,
        description="The result of a unit by its id; null when there is none, or not for you yet.",
    )
