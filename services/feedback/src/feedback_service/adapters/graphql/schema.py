"""The feedback subgraph."""

import strawberry

from congvu_kit.graph import make_schema
from feedback_service.adapters.graphql.commitments.mutations import CommitmentMutation
from feedback_service.adapters.graphql.commitments.queries import CommitmentQuery
from feedback_service.adapters.graphql.commitments.types import Commitment
from feedback_service.adapters.graphql.common.types import CivilServant
from feedback_service.adapters.graphql.complaints.mutations import ComplaintMutation
from feedback_service.adapters.graphql.complaints.queries import ComplaintQuery
from feedback_service.adapters.graphql.complaints.types import Complaint
from feedback_service.adapters.graphql.data_requests.mutations import DataRequestMutation
from feedback_service.adapters.graphql.data_requests.queries import DataRequestQuery
from feedback_service.adapters.graphql.desk.types import Inbox
from feedback_service.adapters.graphql.feed.queries import FeedQuery
from feedback_service.adapters.graphql.indexes.queries import IndexQuery
from feedback_service.adapters.graphql.indexes.types import OrgUnit
from feedback_service.adapters.graphql.log.mutations import LogMutation
from feedback_service.adapters.graphql.log.queries import LogQuery
from feedback_service.adapters.graphql.reviews.mutations import ReviewMutation
from feedback_service.adapters.graphql.reviews.queries import ReviewQuery
from feedback_service.adapters.graphql.submissions.mutations import SubmissionMutation
from feedback_service.adapters.graphql.submissions.queries import SubmissionQuery
from feedback_service.adapters.graphql.surveys.mutations import SurveyMutation
from feedback_service.adapters.graphql.surveys.queries import SurveyQuery
from feedback_service.adapters.graphql.verdicts.mutations import VerdictMutation
from feedback_service.adapters.graphql.webhooks.mutations import WebhookMutation
from feedback_service.adapters.graphql.webhooks.queries import WebhookQuery


@strawberry.type
class Query(
    IndexQuery,
    SubmissionQuery,
    SurveyQuery,
    ReviewQuery,
    ComplaintQuery,
    DataRequestQuery,
    CommitmentQuery,
    LogQuery,
    FeedQuery,
    WebhookQuery,
):
    pass


@strawberry.type
class Mutation(
    SubmissionMutation,
    SurveyMutation,
    ReviewMutation,
    ComplaintMutation,
    VerdictMutation,
    DataRequestMutation,
    CommitmentMutation,
    LogMutation,
    WebhookMutation,
):
    pass


ARGUMENTS = {
    "unitId": "The unit, by its id.",
    "leaderId": "The leader, by the id of the person.",
    "periodId": "The evaluation period, by its id.",
    "ownerId": "The rating, suggestion or complaint of the submitter, by its id.",
    "chainId": "The chain of reads, by its id.",
    "state": "Only those in this state.",
    "task": "What is to be done with them.",
    "receipt": "What its sender was given: the whole text of the receipt.",
    "subject": "What the entries are about, by its id: a complaint, commitment or unit.",
    "sequence": "The number of the entry in the log; the first is 1.",
    "size": "Of the log when it had this many entries; where left out, of all it has.",
    "oldSize": "Also that the log of this many entries is the beginning of it.",
}
"""What an argument of this name means here."""

schema = make_schema(
    query=Query,
    mutation=Mutation,
    types=[OrgUnit, CivilServant, Complaint, Commitment, Inbox],
    arguments=ARGUMENTS,
    package=__package__,
)
