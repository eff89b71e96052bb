"""Opening, freezing, mending, publishing and closing a period."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.periods.inputs import (
    FreezePeriodInput,
    OpenPeriodInput,
    PeriodStepInput,
    RescoreInput,
    ScoreWithoutIndexesInput,
    UnfreezePeriodInput,
)
from evaluation_service.adapters.graphql.periods.types import EvaluationPeriod
from evaluation_service.application.periods import commands, repairs


@strawberry.type
class PeriodMutation:
    open_period = mutation(
        commands.open_period,
        OpenPeriodInput,
        EvaluationPeriod,
        description="Open a period. Role period-admin of the province. UNAVAILABLE while versions"
        " of a release are still arriving. Sent again with the same values it answers with the "
        "period that is there, as it is now.",
    )
    freeze_period = mutation(
        commands.freeze_period,
        FreezePeriodInput,
        EvaluationPeriod,
        description="Fix the inputs. Scoring starts when the citizens' indexes are in, or when "
        "scoreWithoutIndexes decides so; the period reaches REVIEW by itself, "
        "whatever is wrong with single people. CONFLICT, rule E-I14, before the last "
        "day is over without `early`, and while something blocks (periodReadiness) "
        "without `acceptGaps`. Role period-admin.",
    )
    unfreeze_period = mutation(
        repairs.unfreeze_period,
        UnfreezePeriodInput,
        EvaluationPeriod,
        description="Open the inputs again by a numbered decision, before the publication: "
        "results are laid aside, their sheets stay. Role period-admin.",
    )
    score_without_indexes = mutation(
        repairs.score_without_indexes,
        ScoreWithoutIndexesInput,
        EvaluationPeriod,
        description="Score an agency, or all that wait, though citizens' indexes have not come: "
        "missing evidence, never zero, and `acts` says who decided it and why. An "
        "index that comes before the publication has the agency scored once more. "
        "Role period-admin.",
    )
    rescore = mutation(
        repairs.rescore,
        RescoreInput,
        EvaluationPeriod,
        description="Score and rank an agency, or all of the period, once more after a repair of "
        "personnel, a late index or a lifted veto; a decision on ties is made anew. "
        "Between the freeze and the publication, up to six times an agency. Role "
        "period-admin.",
    )
    publish_period = mutation(
        commands.publish_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Publish the results of a period in REVIEW. Role period-admin.",
    )
    close_period = mutation(
        commands.close_period,
        PeriodStepInput,
        EvaluationPeriod,
        description="Close and seal a published period once appeals are over. Role period-admin.",
    )
