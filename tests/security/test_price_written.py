"""What is written keeps the sizes that the graph declares: a list that is full takes no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from catalogue_service.application import collections as catalogue
from catalogue_service.domain.common.steps import STEPS_MAX, STEPS_TO_DECIDE, Act
from catalogue_service.domain.products.versions import VersionState
from congvu_kit.application.ports import Collection
from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.errors import Conflict
from congvu_kit.domain.working_days import WorkingDays
from evaluation_service.application import collections as evaluation
from evaluation_service.domain.results.rated import KEPT_FREE, SHEETS_MAX
from evaluation_service.domain.results.states import EvaluationState
from evaluation_service.domain.work.assignments import REPORTS_MAX
from evaluation_service.domain.work.reports import AssignmentState
from feedback_service.application import collections as feedback
from feedback_service.domain.commitments.values import (
    PROGRESS_MAX,
    VERSIONS_MAX,
    CommitmentState,
)
from feedback_service.domain.complaints.values import DISPUTES_MAX, ComplaintState
from support.plenty import Plenty

DAY = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, tzinfo=UTC)

Step = Callable[[Any], object]


def edit(version: Any) -> None:
    version.state = VersionState.DRAFT
    version.edit(version.content, Act(by="editor", at=NOW))


def submit(version: Any) -> None:
    version.state = VersionState.DRAFT
    version.submit(Act(by="editor", at=NOW))


def report(assignment: Any) -> None:
    assignment.state = AssignmentState.IN_PROGRESS
    given = replace(assignment.reports[0], quantity=Decimal(1), evidence=())
    assignment.report(given, DAY)


def correct(result: Any) -> None:
    result.state = EvaluationState.PUBLISHED
    sheet = replace(result.sheets[0], basis="appeal-1")
    result.corrected(sheet, "HT", (), result.involved[0])


def score_again(result: Any) -> None:
    result.state = EvaluationState.MANAGER_SCORED
    result.scored(replace(result.sheets[0], basis=None, result_hash="another"))


def amend(commitment: Any) -> None:
    commitment.state = CommitmentState.PUBLISHED
    commitment.amend(commitment.versions[0], DAY)


def tell(commitment: Any) -> None:
    commitment.state = CommitmentState.PUBLISHED
    commitment.report(commitment.progress[0], done=False, today=DAY)


def dispute(complaint: Any) -> None:
    complaint.state, complaint.disputes = ComplaintState.ANSWERED, DISPUTES_MAX
    complaint.dispute_until = DAY
    complaint.dispute(DAY, WorkingDays())


FULL: dict[str, tuple[Collection[Any], dict[str, int], Step]] = {
    "edits": (catalogue.VERSIONS, {"steps": STEPS_MAX - STEPS_TO_DECIDE}, edit),
    "submissions": (catalogue.VERSIONS, {"steps": STEPS_MAX - STEPS_TO_DECIDE}, submit),
    "reports": (evaluation.ASSIGNMENTS, {"reports": REPORTS_MAX, "evidence": 1}, report),
    "decisions": (evaluation.EVALUATIONS, {"sheets": SHEETS_MAX - KEPT_FREE}, correct),
    "scorings": (evaluation.EVALUATIONS, {"sheets": SHEETS_MAX}, score_again),
    "versions": (feedback.COMMITMENTS, {"versions": VERSIONS_MAX}, amend),
    "progress": (feedback.COMMITMENTS, {"progress": PROGRESS_MAX}, tell),
    "disputes": (feedback.COMPLAINTS, {}, dispute),
}


@pytest.mark.parametrize("name", FULL)
async def test_a_full_list_takes_no_more(name: str) -> None:
    collection, sizes, step = FULL[name]
    aggregate: Aggregate = await Plenty(sizes).store(collection).get("x1@1")
    before = [*aggregate.pull_events()]

    with pytest.raises(Conflict, match=r"^at most \d+ "):
        step(aggregate)

    assert [*aggregate.pull_events()] == before == []


@pytest.mark.parametrize("name", [each for each in FULL if each != "disputes"])
async def test_one_that_is_not_full_takes_one_more(name: str) -> None:
    collection, sizes, step = FULL[name]
    [(field, most), *_] = sizes.items()
    aggregate: Any = await Plenty({**sizes, field: most - 1}).store(collection).get("x1@1")

    step(aggregate)

    assert len(getattr(aggregate, field)) == most
