"""Provinces, ministries and the country: each decides its own lists, all inherit the country's."""

import itertools
from typing import Any

import pytest

from catalogue import adjustment_steps, facts, inputs, scenes
from catalogue.people import person
from catalogue_service.adapters.graphql.schema import schema
from catalogue_service.application.collections import VERSIONS
from catalogue_service.domain.common.kinds import Catalogue, Group
from catalogue_service.domain.products.versions import WorkProductVersion
from catalogue_service.domain.releases.releases import CatalogueRelease
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.application.ports import UnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Forbidden, Invalid
from support.callers import mutations
from support.graph import Graph

PLACES = ("56", "01", "G09", "G14", "00")
PAIRS = [pair for pair in itertools.product(PLACES, PLACES) if pair[0] != pair[1]]

STEPS = {
    "submitVersion": "draft",
    "withdrawVersion": "waiting",
    "appraiseVersion": "waiting",
    "requestChanges": "waiting",
    "approveVersion": "reviewed",
    "rejectVersion": "approved",
}
"""Every mutation that moves one version, and where it would be right for those of the place."""


def editor(place: str) -> Actor:
    return person(f"editor-{place}", Role.CATALOGUE_EDITOR, province=place)


def appraiser(place: str) -> Actor:
    return person(f"appraiser-{place}", Role.CATALOGUE_APPRAISER, province=place)


def committee(place: str) -> Actor:
    return person(f"committee-{place}", Role.STEERING_COMMITTEE, province=place)


async def version(uow: UnitOfWork, place: str, state: str) -> WorkProductVersion:
    """Of the place's own group-B list, as far as the state says."""
    name = scenes.named(f"Việc {state}")
    made = await scenes.draft(uow, f"B.{place}.{state.upper()}", name, editor(place))
    if state == "draft":
        return made
    made = await scenes.submit(uow, made, editor(place))
    if state == "waiting":
        return made
    made = await scenes.appraise(uow, made, appraiser(place))
    return made if state == "reviewed" else await scenes.approve(uow, made, committee(place))


async def published(uow: UnitOfWork, place: str) -> CatalogueRelease:
    made = await version(uow, place, "approved")
    return await scenes.publish(uow, [made], actor=committee(place))


def test_every_step_of_a_version_is_tried() -> None:
    stepping = {
        name
        for name, given in mutations(schema).items()
        if {"versionId", "expectedRevision"} <= set(given.fields)
    }

    assert stepping == set(STEPS)


@pytest.mark.parametrize(("mine", "theirs"), PAIRS)
async def test_nobody_of_another_place_moves_a_version(
    uow: MemoryUnitOfWork, graph: Graph, mine: str, theirs: str
) -> None:
    states = ("draft", "waiting", "reviewed", "approved")
    at = {state: await version(uow, mine, state) for state in states}
    before = await scenes.everything(uow)
    intruder = person("intruder", *Role, province=theirs)
    given: dict[str, Any] = {
        "requestChanges": {"reason": "x"},
        "rejectVersion": {"reason": "x"},
    }

    answers = [
        await inputs.call(
            graph,
            name,
            intruder,
            {
                "versionId": at[state].id,
                "expectedRevision": at[state].revision,
                **given.get(name, {}),
            },
        )
        for name, state in STEPS.items()
    ]

    assert {each["__typename"] for each in answers} == {"Problem"}
    assert await scenes.everything(uow) == before


@pytest.mark.parametrize(("mine", "theirs"), PAIRS)
async def test_nobody_of_another_place_publishes_or_writes_a_list(
    uow: MemoryUnitOfWork, mine: str, theirs: str
) -> None:
    approved = await version(uow, mine, "approved")
    everything = person("intruder", *Role, province=theirs)

    with pytest.raises(Forbidden):
        await scenes.publish(uow, [approved], actor=everything)
    with pytest.raises(Forbidden):
        await scenes.draft(uow, f"B.{mine}.NEW", actor=everything)

    assert (await uow.reading().store(VERSIONS).get(approved.id)).state == "APPROVED"


@pytest.mark.parametrize("place", PLACES)
async def test_a_place_publishes_its_own_list_by_three_people(
    uow: MemoryUnitOfWork, place: str
) -> None:
    release = await published(uow, place)

    assert (release.province, release.unit_id) == (place, None)


async def test_a_province_bends_a_national_norm_within_its_bounds_and_no_further(
    uow: MemoryUnitOfWork,
) -> None:
    await facts.tell_units(uow, facts.UNIT, facts.PROVINCE)
    await published(uow, "00")
    national = "B.00.APPROVED@1"

    bent = await adjustment_steps.propose(uow, "2.6", version_id=national)
    with pytest.raises(Invalid):
        await adjustment_steps.propose(uow, "9", version_id=national)

    kept = await uow.reading().store(VERSIONS).get(national)
    assert (bent.province, bent.version_id) == ("56", national)
    assert kept.catalogue.province == "00"


@pytest.mark.parametrize("place", ["H32", "G9", "G099", "g09", "5", "560", "", "56 ", "V56"])
def test_only_provinces_ministries_and_the_country_are_places(place: str) -> None:
    with pytest.raises(Invalid) as refused:
        Catalogue(group=Group.B, province=place)

    assert refused.value.field == "input.province"
