"""What a superior does for a whole unit at once."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.desk.inputs import (
    AcceptAllButInput,
    AssignWorkBulkInput,
    ScoreGeneralCriteriaBulkInput,
)
from evaluation_service.adapters.graphql.desk.types import (
    AssignedReport,
    CheckedReport,
    RatedReport,
)
from evaluation_service.application.desk import assigning, checking, rating


@strawberry.type
class DeskMutation:
    assign_work_bulk = mutation(
        assigning.assign_work_bulk,
        AssignWorkBulkInput,
        AssignedReport,
        description="Give work to many: by rows, for everybody in a unit or position, or as in an"
        " earlier period; each on its own, one transaction. Role as in assignWork.",
    )
    accept_all_but = mutation(
        checking.accept_all_but,
        AcceptAllButInput,
        CheckedReport,
        description="Accept the reports that wait in a unit, as reported, but for those named. Up"
        " to 200 a call. Role as in acceptWork.",
    )
    score_general_criteria_bulk = mutation(
        rating.score_general_criteria_bulk,
        ScoreGeneralCriteriaBulkInput,
        RatedReport,
        description="Rate a unit: declared defaults for all whom nobody rated yet, and what "
        "differs. Role as in scoreGeneralCriteria.",
    )
