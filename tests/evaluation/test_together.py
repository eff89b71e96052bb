"""The catalogue's versions by the hundred: what they cost does not grow with how many there are."""

import pytest

from congvu_kit.adapters.mongo import MongoUnitOfWork
from congvu_kit.application.ports import Eq, UnitOfWork
from evaluation import scenes
from evaluation.dossier_scenes import event, record
from evaluation_service.adapters.subscriptions import SUBSCRIPTIONS
from evaluation_service.application.collections import MATCHINGS
from support.sent import Sent, take_effect

PUBLISHED = "congvu.catalogue.work_product.published.v1"
FACTS = [scenes.version_fact(f"C.56.{each}@1", procedure_code=f"1.{each:06}") for each in range(20)]


@pytest.mark.mongo
async def test_versions_that_no_dossier_waits_for(heard_uow: MongoUnitOfWork, sent: Sent) -> None:
    sent.take()
    await take_effect(heard_uow, SUBSCRIPTIONS, PUBLISHED, FACTS)

    assert len(sent.take()) == 4  # found, whether a dossier waits, written, committed


async def test_a_dossier_that_waits_for_one_of_them_is_looked_through(
    any_uow: UnitOfWork,
) -> None:
    await scenes.commune(any_uow)
    await record(any_uow, event(procedure_code="1.000007"))

    await take_effect(any_uow, SUBSCRIPTIONS, PUBLISHED, FACTS)

    asked = await any_uow.reading().store(MATCHINGS).select(Eq("procedure", "1.000007"))
    assert None in [each.civil_servant_id for each in asked]
