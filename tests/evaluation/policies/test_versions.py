"""A shipped policy in a new version: who is rated by the one before stays so, to the same hash."""

import asyncio
import json
from collections.abc import Mapping
from datetime import date

import pytest

from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_scoring import Policy, read_policy
from congvu_scoring.documents.policy_files import shipped_policies
from evaluation import scenes
from evaluation.gateway import InProcess
from evaluation.people import LAN_ID, MINH, MINH_ID
from evaluation_service.adapters.cli import sealed_periods
from evaluation_service.application.policies.commands import keep_shipped
from evaluation_service.application.results.queries import recompute
from evaluation_service.domain.periods.periods import EvaluationPeriod
from support.graph import Graph


def in_other_words(policy: Policy) -> Policy:
    """The next version, of the same numbers."""
    document = json.loads(policy.text)
    document["version"] += 1
    document["title"] = {"vi": "Quy chế viết lại", "en": "The same in other words"}
    return read_policy(document)


async def upgrade(uow: MemoryUnitOfWork) -> Mapping[str, Policy]:
    newer = {each.id: in_other_words(each) for each in shipped_policies().values()}
    for policy in newer.values():
        async with uow.begin() as tx:
            await keep_shipped(policy, tx)
    return newer


async def closed_after_an_upgrade(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    await scenes.commune(uow)
    period = await scenes.open_period(uow)
    await scenes.do_all(uow, period, MINH, done="4", assigned="7")
    for civil_servant_id in (LAN_ID, MINH_ID):
        await scenes.rate(uow, period, civil_servant_id)
    await upgrade(uow)
    await scenes.reviewed(uow, period)
    await scenes.move(uow, period, "publish")
    return await scenes.move(uow, period, "close")


@pytest.fixture
def closed(uow: MemoryUnitOfWork) -> EvaluationPeriod:
    return asyncio.run(closed_after_an_upgrade(uow))


def test_a_period_ends_with_the_versions_that_it_was_opened_with(
    uow: MemoryUnitOfWork, closed: EvaluationPeriod
) -> None:
    evaluation = asyncio.run(scenes.evaluation_of(uow, closed, MINH_ID))
    assert evaluation.sheet is not None
    again = asyncio.run(recompute(uow.reading(), evaluation.sheet))

    assert closed.policies.staff.reference == shipped_policies()["ND335-2025-STAFF"].ref
    assert {each.policy.reference for each in evaluation.sheets} == {
        closed.policies.staff.reference
    }
    assert again.identical


def test_its_seal_is_recomputed_to_the_same_hash(graph: Graph, closed: EvaluationPeriod) -> None:
    with InProcess(graph) as gateway:
        sealed = sealed_periods.fetch(gateway, closed.id, lambda _: None)

    assert closed.seal is not None
    assert sealed.findings() == []
    assert sealed.seal_hash == closed.seal.hash
    assert closed.policies.staff.reference in sealed.document["policies"]


async def test_the_next_period_takes_the_new_version(uow: MemoryUnitOfWork) -> None:
    await scenes.commune(uow)
    newer = await upgrade(uow)

    period = await scenes.open_period(uow, starts_on=scenes.OCTOBER, ends_on=date(2027, 1, 1))

    assert period.policies.staff.reference == newer["ND335-2025-STAFF"].ref
