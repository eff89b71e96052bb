"""Evaluation's facts by the hundred: what they cost does not grow with how many there are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from catalogue.facts import UNIT, WORK
from catalogue_service.adapters.subscriptions import SUBSCRIPTIONS
from congvu_kit.adapters.mongo import MongoUnitOfWork
from support.sent import Sent, take_effect

UNITS = [replace(UNIT, unit_id=f"unit_{each}") for each in range(20)]
WORKS = [replace(WORK, assignment_id=f"asg_{each}") for each in range(20)]


@pytest.mark.parametrize(
    ("event_type", "facts"),
    [
        ("congvu.evaluation.org_unit.synced.v1", UNITS),
        ("congvu.evaluation.assignment.created.v1", WORKS),
        ("congvu.evaluation.assignment.completed.v1", WORKS),
    ],
)
@pytest.mark.mongo
async def test_units_and_work(
    heard_uow: MongoUnitOfWork, sent: Sent, event_type: str, facts: Sequence[object]
) -> None:
    for _ in range(2):
        sent.take()
        await take_effect(heard_uow, SUBSCRIPTIONS, event_type, facts)

        assert len(sent.take()) <= 3  # found, written, committed
