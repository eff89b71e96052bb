"""What feedback promises is what is committed, and it reads what evaluation promises."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.adapters.subscriptions import Subscription
from congvu_kit.application.commands import Turns
from congvu_kit.application.documents import adapter
from congvu_kit.tools.contracts import Published, stale
from feedback.scenes import all_of, make_needs
from feedback_service.adapters.contracts import CONTRACTS
from feedback_service.adapters.subscriptions import REACTIONS
from feedback_service.application import collections
from feedback_service.application.indexes.computation import compute_pending
from support.clock import FixedClock

ROOT = Path(__file__).parents[2]
EVALUATION = ROOT / "services" / "evaluation" / "events"


def test_the_committed_contracts_are_those_of_the_code() -> None:
    assert list(stale(ROOT, dict(CONTRACTS.files()))) == []


@pytest.mark.parametrize("event", CONTRACTS.events, ids=lambda event: event.name)
def test_every_example_is_valid_and_every_event_explains_itself(event: Published) -> None:
    jsonschema.validate(event.example_data(), event.schema())

    assert event.kind.__doc__
    assert event.name.startswith("congvu.feedback.")


@pytest.mark.parametrize("event", CONTRACTS.events, ids=lambda event: event.name)
def test_F_I2_no_event_has_room_for_personal_data(event: Published) -> None:
    names = set(event.example_data())

    assert names.isdisjoint({"name", "contact", "comment", "submitter", "person", "token"})


def example_of(subscription: Subscription[Any]) -> dict[str, Any]:
    path = EVALUATION / f"{subscription.event_type}.example.json"
    example: dict[str, Any] = json.loads(path.read_text())
    return example


@pytest.mark.parametrize("subscription", REACTIONS, ids=lambda each: each.event_type)
def test_evaluations_examples_can_be_read(subscription: Subscription[Any]) -> None:
    example = example_of(subscription)

    fact = adapter(subscription.fact).validate_python(example)

    read = {name: value for name, value in vars(fact).items() if isinstance(value, str | int)}
    assert read
    assert {name: example[name] for name in read} == read


async def test_what_evaluation_tells_is_kept_and_answered(clock: FixedClock) -> None:
    """Its own examples, in an order in which they may come."""
    uow = MemoryUnitOfWork(clock)
    told = {".".join(each.event_type.split(".")[2:4]): each for each in REACTIONS}
    unit = example_of(told["org_unit.synced"])
    above = {**unit, "unit_id": unit["parent_id"], "parent_id": None}

    async def tell(name: str, example: dict[str, Any]) -> None:
        async with uow.begin() as tx:
            subscription = told[name]
            await subscription.reaction(adapter(subscription.fact).validate_python(example), tx)

    await tell("org_unit.synced", unit)
    await tell("org_unit.synced", above)
    for name in ("civil_servant.synced", "dossier.recorded", "period.opened", "period.frozen"):
        await tell(name, example_of(told[name]))
    await compute_pending(uow, Turns(), make_needs().vault)

    [dossier] = await all_of(uow, collections.DOSSIERS)
    assert dossier.unit_path == (unit["unit_id"], unit["parent_id"])
    assert dossier.code == example_of(told["dossier.recorded"])["dossier_code"]
    [index] = await all_of(uow, collections.INDEXES)
    assert (index.unit_id, index.state) == (unit["unit_id"], "INSUFFICIENT")
    assert index.minimum_answers == example_of(told["period.opened"])["minimum_answers"]
    [servant] = await all_of(uow, collections.CIVIL_SERVANTS)
    assert unit["unit_id"] in servant.unit_ids
