"""Every index can be computed anew from the public log, so a changed one is found (F-I12)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.commands import Turns
from congvu_kit.tools.log_verification import ExportedEntry, ExportedField
from feedback import people
from feedback.commitments import steps
from feedback.indexes.steps import four_ratings
from feedback.log.exports import exported
from feedback.reviews.steps import burst
from feedback.scenes import (
    NOW,
    PERIOD,
    answer,
    classify,
    decide,
    disputed,
    file,
    know_the_ward,
    make_needs,
    verdict,
)
from feedback_service.adapters.cli.recount import Recount, Recounted
from feedback_service.adapters.graphql.schema import schema
from feedback_service.application.indexes.computation import compute_pending
from feedback_service.application.reactions import PeriodFrozen, freeze_period
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
        promise = await steps.rate(uow, needs, steps.score(promise, given))
    await steps.assess(uow, needs, await steps.report(uow, needs, promise, done=True))
    await file(uow, needs)
    late = await classify(uow, needs, await file(uow, needs))
    await decide(uow, needs, verdict(await disputed(uow, needs)))
    async with uow.begin() as tx:
        units = people.COUNTER, people.WARD
        await freeze_period(PeriodFrozen(province="56", period_id=PERIOD, unit_ids=units), tx)
    await answer(uow, needs, late)  # after the cut: in no figure
    await steps.publish(uow, needs)
    await compute_pending(uow, Turns(), needs.vault)
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
        found = [set(each.differing) for each in recounted(changed)]
        others = {"promises", "published"}
        assert [each - others for each in found] == [set(), {"commitments", "rated"}]


@pytest.mark.parametrize(
    ("type", "field", "value", "found"),
    [
        ("SUBMISSION_RECEIVED", "channel", "KIOSK", "channels"),
        ("SUBMISSION_RECEIVED", "drivers", "COST", "drivers"),
        ("INDEX_COMPUTED", "channels", "APP=1/1", "channels"),
        ("INDEX_COMPUTED", "drivers", "COST=1/1", "drivers"),
        ("INDEX_COMPUTED", "contented", "7", "contented"),
    ],
)
async def test_a_changed_part_of_an_index_is_found(
    type: str, field: str, value: str, found: str
) -> None:
    entries = await log_with(odd=False)
    changed = [_with(each, field, value) if each.type == type else each for each in entries]

    assert [each.differing for each in recounted(changed)] == [[found], [found]]


async def test_a_dispute_that_was_taken_out_is_found() -> None:
    entries = await log_with(odd=False)
    kept = [each for each in entries if each.type != "COMPLAINT_DISPUTED"]

    assert [each.differing for each in recounted(kept)] == [["contented"], ["contented"]]


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


FIGURES: Mapping[str, tuple[str, str, str]] = {
    "complaints": ("COMPLAINT_FILED", "on", "2026-10-01"),
    "officers": ("COMPLAINT_FILED", "officers", "0" * 16),
    "procedures": ("SUBMISSION_RECEIVED", "procedure", "1.000000"),
    "promises": ("COMMITMENT_ASSESSED", "outcome", "MISSED"),
}
"""What an index tells besides answers, with a change of an entry that moves it."""


async def test_F_I12_complaints_procedures_and_promises_are_recounted() -> None:
    counter, ward = recounted(await log_with(odd=False))

    assert counter.counted["complaints"] == ward.counted["complaints"] == "3/3/1/1/1"
    [mark] = counter.counted["officers"].split(",")
    assert mark.partition("=")[2] == "3/3/1/1/1"
    assert counter.counted["procedures"] == "1.001193=3/4"
    assert ward.counted["promises"] == f"{people.CHAIR_ID}=2/1/0/0"
    assert "promises" not in counter.counted


@pytest.mark.parametrize("name", FIGURES)
async def test_F_I12_a_figure_of_complaints_or_promises_that_was_changed_is_found(
    name: str,
) -> None:
    entries = await log_with(odd=False)
    type, field, value = FIGURES[name]
    first = next(each for each in entries if each.type == type)
    moved = [_with(each, field, value) if each == first else each for each in entries]
    told = [_with(each, name, "9/9") if each.type == "INDEX_COMPUTED" else each for each in entries]

    for changed in (moved, told):
        assert any(name in each.differing for each in recounted(changed))


async def test_F_I12_a_log_of_before_is_recounted_by_what_it_tells() -> None:
    entries = [_without(each, *FIGURES, "path") for each in await log_with(odd=False)]

    assert [set(each.differing) & FIGURES.keys() for each in recounted(entries)] == [set(), set()]


def _without(entry: ExportedEntry, *names: str) -> ExportedEntry:
    return replace(entry, fields=tuple(each for each in entry.fields if each.name not in names))
