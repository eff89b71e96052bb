"""The feedback subgraph."""

import strawberry

from congvu_kit.graph import make_schema
from feedback_service.adapters.graphql import enums  # noqa: F401 - registers the enumerations
from feedback_service.adapters.graphql.commitment_types import CivilServant, Commitment
from feedback_service.adapters.graphql.complaint_types import Complaint
from feedback_service.adapters.graphql.context import OfficeExtension
from feedback_service.adapters.graphql.index_types import OrgUnit
from feedback_service.adapters.graphql.mutations import Mutation
from feedback_service.adapters.graphql.queries import Query
from feedback_service.application.office import Office


def bare_schema() -> strawberry.federation.Schema:
    """What the contract is written from; it cannot resolve without an office."""
    return make_schema(
        query=Query, mutation=Mutation, types=[OrgUnit, CivilServant, Complaint, Commitment]
    )


def schema_of(office: Office) -> strawberry.federation.Schema:
    schema = bare_schema()
    schema.extensions = (*schema.extensions, lambda: OfficeExtension(office))
    return schema
