"""The cases of every room."""

from feedback.commitments.cases import CASES as COMMITMENTS
from feedback.complaints.cases import CASES as COMPLAINTS
from feedback.data_requests.cases import CASES as DATA_REQUESTS
from feedback.log.cases import CASES as LOG
from feedback.reviews.cases import CASES as REVIEWS
from feedback.submissions.cases import CASES as SUBMISSIONS
from feedback.surveys.cases import CASES as SURVEYS
from feedback.verdicts.cases import CASES as VERDICTS
from feedback.webhooks.cases import CASES as WEBHOOKS

CASES = [
    *SUBMISSIONS,
    *SURVEYS,
    *REVIEWS,
    *COMPLAINTS,
    *VERDICTS,
    *DATA_REQUESTS,
    *COMMITMENTS,
    *LOG,
    *WEBHOOKS,
]
