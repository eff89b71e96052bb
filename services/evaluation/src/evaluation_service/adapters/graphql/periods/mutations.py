"""Opening, freezing, publishing and closing a period."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.periods.inputs import OpenPeriodInput, PeriodStepInput
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod
from evaluation_service.application.periods import commands


@strawberry.type
class PeriodMutation:
    open_period = mutation(
        commands.open_period,
        OpenPeriodInput,
        EvaluationPeriod,
        description="Open a period (mở kỳ). Role period-admin of the province. UNAVAILABLE while "
        "versions of a release are still arriving.",
    )
    freeze_period = mutation(
        commands.freeze_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Fix the inputs (chốt số liệu). Scoring starts when the citizens' indexes are "
        "in; the period reaches REVIEW by itself. Role period-admin.",
    )
    publish_period = mutation(
        commands.publish_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Publish the results of a period in REVIEW (công bố). Role period-admin.",
    )
    close_period = mutation(
        commands.close_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Close and seal a published period once appeals are over (khóa, niêm phong). "
        "Role period-admin.",
    )
