"""Lists of what follows from a published period."""

import strawberry

from congvu_kit.graph import listing
from evaluation_service.adapters.graphql.consequences.types import PersonConsequences, UnitTraining
from evaluation_service.application.consequences import queries


@strawberry.type
class ConsequenceQuery:
    consequences = listing(
        queries.list_consequences,
        PersonConsequences,
        description="What follows from each result of a published period: headcount evidence, pay "
        "by band, proposals; each with its rule and source. Own, of led units, or of the province; "
        "`band` keeps one final band.",
    )
    training_needs = listing(
        queries.list_training_needs,
        UnitTraining,
        description="What each unit needs training in after a published period: weak criteria and "
        "products. Own, of led units, or of the province.",
    )
