"""Setting objectives, and the road of their figures."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.objectives.inputs import (
    ConfirmReadingInput,
    ConfirmReadingsInput,
    DefineObjectiveInput,
    DefineObjectivesInput,
    RecordReadingInput,
    RecordReadingsInput,
    ReviseObjectiveInput,
    WithdrawObjectiveInput,
)
from evaluation_service.adapters.graphql.objectives.types import (
    IndicatorReading,
    Objective,
    ReadingReport,
    SetReport,
)
from evaluation_service.application.objectives import bulk, commands, figures, readings


@strawberry.type
class ObjectiveMutation:
    define_objective = mutation(
        commands.define_objective,
        DefineObjectiveInput,
        Objective,
        description="Set an objective of an organisation, a unit below it, or a person; "
        "organisation first, where the policy asks for it (E-I13). What SMART asks "
        "for and is missing is told at once. Roles manager, unit-head; an "
        "organisation's: unit-head.",
    )
    define_objectives = mutation(
        bulk.define_objectives,
        DefineObjectivesInput,
        SetReport,
        description="Set objectives of many: by rows, or as in an earlier period; each on its "
        "own, one transaction. Role as in defineObjective.",
    )
    revise_objective = mutation(
        commands.revise_objective,
        ReviseObjectiveInput,
        Objective,
        description="Change an objective with a reason; the versions before stay. Target, "
        "baseline, direction, weight and perspective are changed by another person than set them, "
        "and never so that a figure that is known counts for more (E-I15). Roles manager, "
        "unit-head.",
    )
    withdraw_objective = mutation(
        commands.withdraw_objective,
        WithdrawObjectiveInput,
        Objective,
        description="Take an objective back that has no readings and none below it; by another "
        "person than set it. Roles manager, unit-head.",
    )
    record_reading = mutation(
        readings.record_reading,
        RecordReadingInput,
        IndicatorReading,
        description="Enter what was reached: the person, the unit, who leads there, or the system"
        " that the indicator names; never who set the target (E-I15). It counts once "
        "confirmed. Roles officer, manager, unit-head, service-portal, personnel-"
        "sync.",
    )
    confirm_reading = mutation(
        readings.confirm_reading,
        ConfirmReadingInput,
        IndicatorReading,
        description="Confirm or refuse a figure: who leads there, or the system that the "
        "indicator names; never who entered it (E-I15). Roles manager, unit-head, "
        "service-portal, personnel-sync.",
    )
    record_readings = mutation(
        figures.record_readings,
        RecordReadingsInput,
        ReadingReport,
        description="Enter what was reached of many objectives, as a system sends it; each on its"
        " own, one transaction. Roles as in recordReading.",
    )
    confirm_readings = mutation(
        figures.confirm_readings,
        ConfirmReadingsInput,
        ReadingReport,
        description="Confirm or refuse many figures; each on its own, one transaction. Roles as "
        "in confirmReading.",
    )
