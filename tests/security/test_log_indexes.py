"""Every index can be computed anew from the public log, so a changed one is found (F-I12)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.tools.log_verification import ExportedEntry, ExportedField
from feedback import people
from feedback.commitments import steps
from feedback.indexes.steps import four_ratings, freeze
from feedback.log.exports import exported
from feedback.reviews.steps import burst
from feedback.scenes import NOW, know_the_ward, make_needs
from feedback_service.adapters.cli.recount import Recount, Recounted
from feedback_service.adapters.graphql.schema import schema
from support.clock import FixedClock
from support.graph import Graph

COUNTED = ("answers", "satisfied", "state", "index", "interval_low", "interval_high")


async def log_with(*, odd: bool) -> Sequence[ExportedEntry]:
    """Two indexes, of a counter and of the ward above it."""
    uow, needs = MemoryUnitOfWork(FixedClock(NOW)), make_needs()
    await know_the_ward(uow)
    await four_ratings(uow, needs)
    if odd:
        await burst(uow, needs)
    for given in (2, 5):
        promise = await steps.publish(uow, needs)
        await steps.rate(uow, needs, steps.score(promise, given))
    await freeze(uow, people.COUNTER, people.WARD)
    export = await exported(Graph(schema, uow, needs=needs))
    return [*export.read_entries()]


def recounted(entries: Sequence[ExportedEntry]) -> list[Recounted]:
    return [*Recount().over(entries)]


@pytest.mark.parametrize("odd", [False, True])
async def test_every_index_is_what_its_answers_make_it(odd: bool) -> None:
    found = recounted(await log_with(odd=odd))

    assert [(each.told["unit"], each.differing) for each in found] == [
        (people.COUNTER, []),
        (people.WARD, []),
    ]
    assert ("under_review" in found[0].counted) is odd
    assert [each.counted.get("commitments") for each in found] == [None, f"{people.CHAIR_ID}=7/2"]


@pytest.mark.parametrize("name", COUNTED)
async def test_a_figure_that_the_answers_do_not_make_is_named(name: str) -> None:
    entries = await log_with(odd=False)
    forged = [_with(each, name, "9") if each.type == "INDEX_COMPUTED" else each for each in entries]

    assert [each.differing for each in recounted(forged)] == [[name], [name]]


async def test_a_rating_of_a_commitment_that_was_changed_or_taken_out_is_found() -> None:
    entries = await log_with(odd=False)
    rated = next(each for each in entries if each.type == "COMMITMENT_RATED")
    made = next(each for each in entries if each.type == "COMMITMENT_PUBLISHED")
    changes = [
        [_with(each, "score", "5") if each == rated else each for each in entries],
        [each for each in entries if each != rated],
        [_with(each, "on", "2026-10-01") if each == rated else each for each in entries],
        [_with(each, "leader", "cs_x") if each == made else each for each in entries],
    ]

    for changed in changes:
        assert [each.differing for each in recounted(changed)] == [[], ["commitments"]]


async def test_an_answer_that_was_changed_taken_out_or_doubted_is_found() -> None:
    entries = await log_with(odd=False)
    rated = next(each for each in entries if each.type == "SUBMISSION_RECEIVED")
    changes = [
        [_with(each, "answer", "VERY_DISSATISFIED") if each == rated else each for each in entries],
        [each for each in entries if each != rated],
        [_with(each, "review", "rev_x") if each == rated else each for each in entries],
        [_with(each, "path", "unit_x") if each == rated else each for each in entries],
        [_with(each, "on", "2026-10-01") if each == rated else each for each in entries],
    ]

    for changed in changes:
        assert all(each.differing for each in recounted(changed))


def _with(entry: ExportedEntry, name: str, value: str) -> ExportedEntry:
    others = tuple(each for each in entry.fields if each.name != name)
    new = ExportedField(name=name, commitment="", value=value, salt="")
    return replace(entry, fields=(*others, new))
