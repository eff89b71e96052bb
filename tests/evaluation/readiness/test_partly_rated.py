"""What a policy needs and was rated in part only is told before the freeze, by its key."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring import CompiledPolicy, compile_policy
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.engine.policy import Policy
from congvu_scoring.language.reading.policy import read_policy
from evaluation import review_scenes, scenes
from evaluation import specimens as a
from evaluation.people import DEPUTY_ID
from evaluation.readiness.test_gap_kinds import counted, listed, opened, rated, worked
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.domain.personnel.servants import AppointmentRole
from evaluation_service.domain.readiness.gaps import BLOCKING, GapKind, RefusedInputs
from evaluation_service.domain.results.inputs import GivenInputs, Rating
from evaluation_service.domain.results.refusals import refused_inputs

RATED = ("general", "elements")
COMPILED = {id: compile_policy(policy) for id, policy in shipped_policies().items()}
BY_CHOICE = {
    "PETITION-57": {"elements": "each criterion has a road of its own facts"},
    "ND335-2025-AGENCY": {"general": "a switch says what a criterion counts that nobody scored"},
    "US-SES": {"elements": "which elements there are is agreed with the person"},
    "ND335-2025-STAFF": {"general": "the policy says what a criterion counts that nobody scored"},
    "ND335-2025-DEPUTY": {"general": "the same"},
    "ND335-2025-LEADER": {"general": "the same"},
    "PUBLIC-COMMITMENT": {"general": "the same"},
}


def needed(policy: CompiledPolicy) -> list[str]:
    return sorted(path for path in policy.reads.needed if path.startswith(RATED))


def complete(policy: CompiledPolicy, but: str | None = None) -> GivenInputs:
    """Everything that the policy names, at its most."""
    given: dict[str, list[Rating]] = {name: [] for name in RATED}
    for path, (_, _, most) in sorted(policy.ranges.items()):
        name, _, key = path.partition(".")
        if name in given and key != "*" and path != but:
            given[name].append(Rating(key=key, points=Decimal(int(most or 1))))
    return GivenInputs(general=tuple(given["general"]), elements=tuple(given["elements"]))


def _at_any_time(id: str, called: str) -> Policy:
    """The same policy without its stages, under another name."""
    document = shipped_policies()[id].document
    return read_policy(
        {**{key: document[key] for key in document if key != "workflow"}, "id": called}
    )


def told(policy: CompiledPolicy, given: GivenInputs) -> RefusedInputs | None:
    role = next(each for each in AppointmentRole if str(each) in _roles(policy))
    return refused_inputs(policy, replace(a.evaluation(), role=role, given=given))


def _roles(policy: CompiledPolicy) -> set[str]:
    names = {"STAFF": "STAFF", "DEPUTY": "DEPUTY", "LEADER": "HEAD"}
    return {names[each] for each in policy.policy.subjects if each in names}


def cases() -> Iterator[tuple[str, str]]:
    for id, policy in COMPILED.items():
        for path in needed(policy):
            yield id, path


def test_every_rated_input_of_every_policy_is_needed_or_has_something_in_its_place() -> None:
    for id, policy in COMPILED.items():
        reads = {path for path in policy.reads.inputs if path.partition(".")[0] in RATED}
        rest = reads - set(needed(policy))
        excused = tuple(BY_CHOICE.get(id, {}))
        assert all(path.startswith(excused) for path in rest), (id, rest)
    assert {id for id, _ in cases()} == {"IN-SPARROW"}


@pytest.mark.parametrize(("id", "path"), list(cases()))
def test_E_I14_each_that_is_left_out_of_a_complete_rating_is_named(id: str, path: str) -> None:
    policy = COMPILED[id]

    whole, lacking = told(policy, complete(policy)), told(policy, complete(policy, but=path))

    assert whole is None
    assert lacking is not None
    assert lacking.kind is GapKind.INCOMPLETE_INPUTS
    key = path.partition(".")[2]
    assert lacking.vi.endswith(f": {key}.")
    assert lacking.en.endswith(f": {key}")


@pytest.mark.parametrize("id", sorted(set(COMPILED) & {"PETITION-57", "ND335-2025-LEADER"}))
def test_what_something_else_stands_in_for_is_no_gap(id: str) -> None:
    policy = COMPILED[id]
    for path in set(policy.ranges) - set(needed(policy)):
        assert told(policy, complete(policy, but=path)) is None


async def test_E_I14_a_partly_rated_leader_keeps_the_freeze_waiting(
    uow: MemoryUnitOfWork,
) -> None:
    async with uow.begin() as tx:
        await keep_shipped(_at_any_time("IN-SPARROW", "SPARROW-PILOT"), tx)
    period = await opened(uow, deputy_policy="SPARROW-PILOT")
    await rated(uow, period, DEPUTY_ID)
    await worked(uow, period)
    whole = complete(COMPILED["IN-SPARROW"])
    led = review_scenes.LED_WELL
    whole = replace(whole, organising=led.organising, unity=led.unity)
    part = replace(whole, elements=whole.elements[2:])

    given = await scenes.rate(uow, period, DEPUTY_ID, inputs=part)

    assert GapKind.INCOMPLETE_INPUTS in BLOCKING
    assert await counted(uow, period) == {GapKind.INCOMPLETE_INPUTS: 1}
    (gap,) = await listed(uow, period)
    left = ", ".join(each.key for each in whole.elements[:2])
    assert gap.refused is not None
    assert (gap.civil_servant_id, gap.refused.vi) == (DEPUTY_ID, f"Chưa chấm: {left}.")
    await scenes.rate(uow, period, DEPUTY_ID, inputs=whole, revision=given.revision)
    assert await counted(uow, period) == {}
