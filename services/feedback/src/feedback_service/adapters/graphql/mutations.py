"""What can be changed in feedback."""

import strawberry

from feedback_service.adapters.graphql.commitment_mutations import CommitmentMutations
from feedback_service.adapters.graphql.complaint_mutations import ComplaintMutations
from feedback_service.adapters.graphql.log_mutations import LogMutations
from feedback_service.adapters.graphql.submission_mutations import SubmissionMutations


@strawberry.type(description="Changes in the feedback service.")
class Mutation(SubmissionMutations, ComplaintMutations, CommitmentMutations, LogMutations):
    pass
