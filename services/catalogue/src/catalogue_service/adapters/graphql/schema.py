"""The catalogue's subgraph: what can be asked, and what can be done."""

import strawberry

from catalogue_service.adapters.graphql.adjustments.mutations import AdjustmentMutation
from catalogue_service.adapters.graphql.adjustments.queries import AdjustmentQuery
from catalogue_service.adapters.graphql.feed.queries import FeedQuery
from catalogue_service.adapters.graphql.imports.mutations import ImportMutation
from catalogue_service.adapters.graphql.imports.queries import ImportQuery
from catalogue_service.adapters.graphql.policy.mutations import PolicyMutation
from catalogue_service.adapters.graphql.policy.queries import PolicyQuery
from catalogue_service.adapters.graphql.products.mutations import ProductMutation
from catalogue_service.adapters.graphql.products.queries import ProductQuery
from catalogue_service.adapters.graphql.proposals.mutations import ProposalMutation
from catalogue_service.adapters.graphql.proposals.queries import ProposalQuery
from catalogue_service.adapters.graphql.releases.mutations import ReleaseMutation
from catalogue_service.adapters.graphql.releases.queries import ReleaseQuery
from catalogue_service.adapters.graphql.review.mutations import ReviewMutation
from catalogue_service.adapters.graphql.webhooks.mutations import WebhookMutation
from catalogue_service.adapters.graphql.webhooks.queries import WebhookQuery
from congvu_kit.graph import make_schema


@strawberry.type(name="Query")
class CatalogueQuery(
    ProductQuery,
    ReleaseQuery,
    FeedQuery,
    AdjustmentQuery,
    ProposalQuery,
    PolicyQuery,
    ImportQuery,
    WebhookQuery,
):
    pass


@strawberry.type(name="Mutation")
class CatalogueMutation(
    ProductMutation,
    ReviewMutation,
    ReleaseMutation,
    ImportMutation,
    AdjustmentMutation,
    ProposalMutation,
    PolicyMutation,
    WebhookMutation,
):
    pass


schema = make_schema(query=CatalogueQuery, mutation=CatalogueMutation, package=__package__)
