"""The evaluation subgraph: what can be asked, and what can be done."""

import strawberry

from congvu_kit.graph import make_schema
from evaluation_service.adapters.graphql.agreements.mutations import AgreementMutation
from evaluation_service.adapters.graphql.agreements.queries import AgreementQuery
from evaluation_service.adapters.graphql.calendar.mutations import CalendarMutation
from evaluation_service.adapters.graphql.calendar.queries import CalendarQuery
from evaluation_service.adapters.graphql.consequences.queries import ConsequenceQuery
from evaluation_service.adapters.graphql.desk.mutations import DeskMutation
from evaluation_service.adapters.graphql.desk.queries import DeskQuery
from evaluation_service.adapters.graphql.dossiers.mutations import DossierMutation
from evaluation_service.adapters.graphql.dossiers.queries import DossierQuery
from evaluation_service.adapters.graphql.fairness.mutations import FairnessMutation
from evaluation_service.adapters.graphql.fairness.queries import FairnessQuery
from evaluation_service.adapters.graphql.feed.queries import FeedQuery
from evaluation_service.adapters.graphql.imports.mutations import PersonnelMutation
from evaluation_service.adapters.graphql.imports.queries import ImportQuery
from evaluation_service.adapters.graphql.initiatives.mutations import InitiativeMutation
from evaluation_service.adapters.graphql.initiatives.queries import InitiativeQuery
from evaluation_service.adapters.graphql.integrity.mutations import IntegrityMutation
from evaluation_service.adapters.graphql.integrity.queries import IntegrityQuery
from evaluation_service.adapters.graphql.leadership.mutations import LeadershipMutation
from evaluation_service.adapters.graphql.leadership.queries import LeadershipQuery
from evaluation_service.adapters.graphql.leadership.types import Leader
from evaluation_service.adapters.graphql.objectives.mutations import ObjectiveMutation
from evaluation_service.adapters.graphql.objectives.queries import ObjectiveQuery
from evaluation_service.adapters.graphql.organisations.mutations import OrganisationMutation
from evaluation_service.adapters.graphql.organisations.queries import OrganisationQuery
from evaluation_service.adapters.graphql.oversight.mutations import OversightMutation
from evaluation_service.adapters.graphql.oversight.queries import OversightQuery
from evaluation_service.adapters.graphql.periods.mutations import PeriodMutation
from evaluation_service.adapters.graphql.periods.queries import PeriodQuery
from evaluation_service.adapters.graphql.personnel.queries import PersonnelQuery
from evaluation_service.adapters.graphql.policies.mutations import PolicyMutation
from evaluation_service.adapters.graphql.policies.queries import PolicyQuery
from evaluation_service.adapters.graphql.readiness.queries import ReadinessQuery
from evaluation_service.adapters.graphql.results.mutations import ResultMutation
from evaluation_service.adapters.graphql.results.queries import ResultQuery
from evaluation_service.adapters.graphql.review.mutations import ReviewMutation
from evaluation_service.adapters.graphql.review.queries import ReviewQuery
from evaluation_service.adapters.graphql.stages.mutations import StageMutation
from evaluation_service.adapters.graphql.stages.queries import StageQuery
from evaluation_service.adapters.graphql.transfers.mutations import TransferMutation
from evaluation_service.adapters.graphql.transfers.queries import TransferQuery
from evaluation_service.adapters.graphql.webhooks.mutations import WebhookMutation
from evaluation_service.adapters.graphql.webhooks.queries import WebhookQuery
from evaluation_service.adapters.graphql.work.mutations import WorkMutation
from evaluation_service.adapters.graphql.work.queries import WorkQuery


@strawberry.type(name="Query")
class EvaluationQuery(
    PersonnelQuery,
    ImportQuery,
    PeriodQuery,
    ReadinessQuery,
    WorkQuery,
    DossierQuery,
    ResultQuery,
    IntegrityQuery,
    ReviewQuery,
    OversightQuery,
    OrganisationQuery,
    PolicyQuery,
    CalendarQuery,
    TransferQuery,
    DeskQuery,
    ObjectiveQuery,
    ConsequenceQuery,
    FairnessQuery,
    InitiativeQuery,
    StageQuery,
    AgreementQuery,
    LeadershipQuery,
    FeedQuery,
    WebhookQuery,
):
    pass


@strawberry.type(name="Mutation")
class EvaluationMutation(
    PersonnelMutation,
    PeriodMutation,
    WorkMutation,
    DossierMutation,
    ResultMutation,
    IntegrityMutation,
    ReviewMutation,
    OversightMutation,
    OrganisationMutation,
    PolicyMutation,
    CalendarMutation,
    TransferMutation,
    DeskMutation,
    ObjectiveMutation,
    InitiativeMutation,
    FairnessMutation,
    StageMutation,
    AgreementMutation,
    LeadershipMutation,
    WebhookMutation,
):
    pass


ARGUMENTS = {
    "unitId": "The unit, by its id.",
    "periodId": "The evaluation period, by its id.",
    "civilServantId": "The person, by their id.",
    "evaluationId": "The evaluation, by its id.",
    "chainId": "The chain of reads, by its id.",
    "province": "Two digits; a ministry's code, as G09; 00 for the whole country.",
    "state": "Only those in this state.",
    "kind": "Of this kind.",
    "order": "In which order.",
    "band": "Only with this final band, such as HTXS.",
    "year": "The year, such as 2026.",
    "startsOn": "The first day.",
    "endsOn": "The day after the last.",
}
"""What an argument of this name means here."""

schema = make_schema(
    query=EvaluationQuery,
    mutation=EvaluationMutation,
    types=[Leader],
    arguments=ARGUMENTS,
    package=__package__,
)
