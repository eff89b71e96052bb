"""Crises, and ballots on leaders."""

import strawberry

from congvu_kit.graph import mutation
from evaluation_service.adapters.graphql.leadership.inputs import (
    ConfirmCrisisInput,
    RateCoordinationInput,
    RateLeaderInput,
    RecordCrisisInput,
)
from evaluation_service.adapters.graphql.leadership.types import Crisis, LeaderBallots
from evaluation_service.application.leadership import commands


@strawberry.type
class LeadershipMutation:
    record_crisis = mutation(
        commands.record_crisis,
        RecordCrisisInput,
        Crisis,
        description="Enter a crisis that a head or deputy handled: who works in the unit or leads"
        " there, or the person. It counts once confirmed. Roles officer, manager, "
        "unit-head.",
    )
    confirm_crisis = mutation(
        commands.confirm_crisis,
        ConfirmCrisisInput,
        Crisis,
        description="Confirm or refuse a crisis; never who entered it, or whose it is (E-I15). "
        "Role review-board.",
    )
    rate_leader = mutation(
        commands.rate_leader,
        RateLeaderInput,
        LeaderBallots,
        description="A secret ballot on the head or deputy who leads you, once a period; only "
        "sums are kept. Role officer.",
    )
    rate_coordination = mutation(
        commands.rate_coordination,
        RateCoordinationInput,
        LeaderBallots,
        description="How a head or deputy of another unit coordinates, once a unit and period; "
        "neither above nor below yours. Role unit-head.",
    )
