"""Looking agreements up."""

import strawberry

from congvu_kit.graph import found, listing
from evaluation_service.adapters.graphql.agreements.inputs import AgreementFilter
from evaluation_service.adapters.graphql.agreements.types import Agreement, PublishedAgreement
from evaluation_service.application.agreements import queries


@strawberry.type
class AgreementQuery:
    agreement = found(
        queries.find_agreements,
        Agreement,
        description="An agreement by id; null when there is none, or not for you.",
    )
    agreements = listing(
        queries.list_agreements,
        Agreement,
        filter=AgreementFilter,
        description="Agreements: own ones, of led units, or of the province.",
    )
    published_agreements = listing(
        queries.list_published,
        PublishedAgreement,
        description="Published agreements, of a unit and all below it, if one is named; no login "
        "is needed.",
    )
