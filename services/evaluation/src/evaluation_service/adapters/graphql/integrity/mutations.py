"""What the board decides about events, cases and ties."""

import strawberry

from congvu_kit.graph import (
    mutation,
)
from evaluation_service.adapters.graphql.integrity.inputs import (
    DecideTiesInput,
    LiftVetoEventInput,
    RecordVetoEventInput,
    ResolveTriggerCaseInput,
)
from evaluation_service.adapters.graphql.integrity.types import RankingRun, TriggerCase, VetoEvent
from evaluation_service.application.integrity import commands


@strawberry.type
class IntegrityMutation:
    record_veto_event = mutation(
        commands.record_veto_event,
        RecordVetoEventInput,
        VetoEvent,
        description="Record a veto event with its decision. Role review-board.",
    )
    lift_veto_event = mutation(
        commands.lift_veto_event,
        LiftVetoEventInput,
        VetoEvent,
        description="Lift a veto by a new decision. Role review-board.",
    )
    resolve_trigger_case = mutation(
        commands.resolve_trigger_case,
        ResolveTriggerCaseInput,
        TriggerCase,
        description="Decide a case that a trigger raised. Role review-board.",
    )
    decide_ties = mutation(
        commands.decide_ties,
        DecideTiesInput,
        RankingRun,
        description="Decide who of the people tied at the cut keeps the top band, inside the "
        "quota (E-I8). In REVIEW. Role review-board.",
    )
