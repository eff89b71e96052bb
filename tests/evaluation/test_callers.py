"""Every mutation meets nobody, wrong roles, wrong places, the right caller, and a stale reader."""

import pytest

from congvu_kit.domain.actor import Role
from evaluation.callers import (
    agreements,
    calendar,
    desk,
    fairness,
    initiatives,
    leadership,
    objectives,
    organisations,
    periods,
    personnel,
    policies,
    review,
    stages,
    transfers,
    webhooks,
    work,
)
from evaluation_service.adapters.graphql.schema import schema
from support.callers import Case, Stage, meet_a_stale_revision, meet_callers, mutations

CASES: list[Case[Stage]] = [
    *personnel.CASES,
    *periods.CASES,
    *work.CASES,
    *review.CASES,
    *policies.CASES,
    *calendar.CASES,
    *transfers.CASES,
    *desk.CASES,
    *objectives.CASES,
    *initiatives.CASES,
    *fairness.CASES,
    *stages.CASES,
    *agreements.CASES,
    *leadership.CASES,
    *organisations.CASES,
    *webhooks.CASES,
]
REVISED = [case for case in CASES if "expectedRevision" in mutations(schema)[case.mutation].fields]
EACH_ROLE_ALONE = [
    pytest.param(case, role, id=f"{case.mutation}-{role}") for case in CASES for role in case.roles
]


def test_every_mutation_has_its_case() -> None:
    assert sorted(case.mutation for case in CASES) == sorted(mutations(schema))


@pytest.mark.parametrize(("case", "role"), EACH_ROLE_ALONE)
async def test_a_mutation_meets_its_callers(stage: Stage, case: Case[Stage], role: Role) -> None:
    await meet_callers(case, stage, role)


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("case", REVISED, ids=lambda case: case.mutation)
async def test_a_stale_revision_changes_nothing(stage: Stage, case: Case[Stage], step: int) -> None:
    await meet_a_stale_revision(case, stage, step)
