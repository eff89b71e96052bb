"""A province reads another's published lists and can change nothing of them, by any door."""

from collections.abc import Mapping
from typing import Any

import pytest

from catalogue import adjustment_steps, inputs, proposal_steps, scenes
from catalogue.facts import PROVINCE, UNIT, tell_units
from catalogue.people import COMMUNE, person
from catalogue_service.application import reactions
from congvu_kit.adapters.memory import MemoryUnitOfWork
from congvu_kit.domain.actor import Actor, Role
from congvu_kit.domain.errors import Conflict
from support.graph import Graph

INTRUDERS = [
    person("intruder", *Role, province="01"),
    person("intruder-unit", *Role, province="01", unit="unit_ha_noi"),
    person("intruder-named-unit", *Role, province="01", unit=COMMUNE),
    person("neighbour", *(set(Role) - {Role.CATALOGUE_APPRAISER}), unit="unit_nha_trang_2"),
]
"""Every role there is, but another place. The last is of the same province and another unit, and
no appraiser, since the Department of Home Affairs appraises for the whole province."""


async def stocked(uow: MemoryUnitOfWork) -> dict[str, Any]:
    """One of everything that could be moved, in province 56, group C and B."""
    await tell_units(uow, UNIT, PROVINCE)
    await scenes.published(uow, "C.56.1.PUB", scenes.named("Đã ban hành"))
    draft = await scenes.draft(uow, "C.56.1.DRAFT", scenes.named("Bản nháp"))
    waiting = await scenes.submit(
        uow, await scenes.draft(uow, "C.56.1.SUB", scenes.named("Chờ thẩm định"))
    )
    reviewed = await scenes.appraise(
        uow,
        await scenes.submit(uow, await scenes.draft(uow, "C.56.1.REV", scenes.named("Chờ duyệt"))),
    )
    ready = await scenes.approved(uow, "C.56.1.OK", scenes.named("Chờ ban hành"))
    shared = await scenes.published(uow, scenes.PLAN, scenes.named("Kế hoạch"))
    adjustment = await adjustment_steps.propose(uow)
    proposal = await proposal_steps.propose(uow, code="B.56.NEW")
    return {
        "draft": draft,
        "waiting": waiting,
        "reviewed": reviewed,
        "ready": ready,
        "shared": shared,
        "adjustment": adjustment,
        "proposal": proposal,
    }


def doors(at: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each way in, with arguments as an intruder would choose them."""
    content = inputs.CONTENT

    def step(name: str) -> dict[str, Any]:
        return {"versionId": at[name].id, "expectedRevision": at[name].revision}

    place = {"province": "56", "unitId": COMMUNE}
    row = {"row": 2, "group": "C", "code": "C.56.1.PUB", "nameVi": "Chiếm", "points": "5",
           "unitOfMeasure": "việc"}  # fmt: skip
    return [
        ("draftWorkProduct", {"group": "C", "code": "C.56.1.NEW", "content": content, **place}),
        ("reviseWorkProduct", {"code": "C.56.1.PUB", "expectedRevision": 5, "content": content}),
        (
            "reviseWorkProduct",
            {
                "code": at["draft"].code,
                "expectedRevision": at["draft"].revision,
                "content": content,
            },
        ),
        ("submitVersion", step("draft")),
        ("withdrawVersion", step("waiting")),
        ("appraiseVersion", step("waiting")),
        ("requestChanges", {**step("waiting"), "reason": "x"}),
        ("approveVersion", step("reviewed")),
        ("rejectVersion", {**step("reviewed"), "reason": "x"}),
        (
            "publishRelease",
            {
                "decisionNumber": "1",
                "effectiveFrom": "2026-07-01",
                "versionIds": [at["ready"].id],
            },
        ),
        (
            "publishRelease",
            {
                "decisionNumber": "1",
                "effectiveFrom": "2026-07-01",
                "versionIds": [at["ready"].id],
                "province": "01",
                "unitId": "unit_ha_noi",
            },
        ),
        (
            "retireWorkProduct",
            {
                "code": "C.56.1.PUB",
                "expectedRevision": 2,
                "effectiveTo": "2026-08-01",
                "decisionNumber": "1",
                "reason": "x",
            },
        ),
        ("importWorkProducts", {"rows": [row], **place, "onError": "SKIP_BAD_ROWS"}),
        ("importWorkProducts", {"rows": [row], "onError": "SKIP_BAD_ROWS"}),
        (
            "proposeLocalAdjustment",
            {
                "versionId": at["shared"].id,
                "unitId": COMMUNE,
                "norm": "COEFFICIENT",
                "value": "3",
                "justification": "x",
                "validFrom": "2026-07-01",
                "validTo": "2027-07-01",
            },
        ),
        *(
            ("advanceVersions", {"step": name, **narrowed})
            for name in ("SUBMIT", "APPRAISE", "APPROVE")
            for narrowed in ({}, {"unitId": COMMUNE}, {"group": "C"})
        ),
    ]


@pytest.mark.parametrize("intruder", INTRUDERS, ids=lambda each: str(each.subject))
async def test_no_door_lets_another_place_change_a_unit_s_list(
    uow: MemoryUnitOfWork, graph: Graph, intruder: Actor
) -> None:
    at = await stocked(uow)
    unit_list = await _unit_list(uow)
    told = len(uow.outbox)

    for name, given in doors(at):
        if name == "advanceVersions":
            await inputs.advance(graph, intruder, given)
        else:
            await inputs.call(graph, name, intruder, given)

    assert await _unit_list(uow) == unit_list
    assert len(uow.outbox) == told


async def _unit_list(uow: MemoryUnitOfWork) -> list[Any]:
    """Everything of the commune's own list."""
    *kept, _ = await scenes.everything(uow)
    return [
        each
        for rows in kept
        if isinstance(rows, list)
        for each in rows
        if getattr(getattr(each, "catalogue", None), "unit_id", None) == COMMUNE
    ]


@pytest.mark.parametrize("intruder", INTRUDERS[:3], ids=lambda each: str(each.subject))
async def test_no_door_lets_another_province_decide_what_waits_above(
    uow: MemoryUnitOfWork, graph: Graph, intruder: Actor
) -> None:
    at = await stocked(uow)
    before = await scenes.everything(uow)
    adjustment, proposal = at["adjustment"], at["proposal"]
    decided = {
        "decideLocalAdjustment": {
            "adjustmentId": adjustment.id,
            "expectedRevision": adjustment.revision,
            "approve": True,
        },
        "decideProposal": {
            "proposalId": proposal.id,
            "expectedRevision": proposal.revision,
            "accept": True,
            "reason": "x",
        },
        "commentOnProposal": {"proposalId": proposal.id, "text": "x"},
        "withdrawProposal": {"proposalId": proposal.id, "expectedRevision": proposal.revision},
        "enactCataloguePolicy": {**inputs.POLICY, "province": "56"},
        "proposeChange": {
            "kind": "ADD",
            "group": "B",
            "province": "56",
            "code": "B.56.THEFT",
            "content": inputs.CONTENT,
            "justification": "x",
        },
    }

    answers = [await inputs.call(graph, name, intruder, given) for name, given in decided.items()]

    assert {each["__typename"] for each in answers} == {"Problem"}
    assert await scenes.everything(uow) == before


async def test_what_another_place_published_is_readable(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    await stocked(uow)

    seen = await graph.ask(
        """query($unit: ID!) { workProducts(filter: {unitId: $unit, asOf: "2026-07-01"}) {
          edges { node { code version { coefficient } latestVersion { state } } } } }""",
        INTRUDERS[0],
        unit=COMMUNE,
    )

    assert seen["workProducts"]["edges"] == [
        {
            "node": {
                "code": "C.56.1.PUB",
                "version": {"coefficient": "2.5"},
                "latestVersion": {"state": "PUBLISHED"},
            }
        }
    ]


async def test_an_event_cannot_move_a_unit_into_another_province_s_list(
    uow: MemoryUnitOfWork, graph: Graph
) -> None:
    """Even when the personnel system said so: units, codes and lists keep their province."""
    at = await stocked(uow)
    moved = reactions.OrgUnitSynced(
        unit_id=COMMUNE, code="H26.9", name="Phường", level="COMMUNE", province="01", revision=9
    )
    with pytest.raises(Conflict, match=r"province of .* never changes"):
        async with uow.begin() as tx:
            await reactions.keep_unit(moved, tx)
    thief = person("thief", *Role, province="01", unit=COMMUNE)

    answer = await inputs.call(
        graph,
        "approveVersion",
        thief,
        {"versionId": at["reviewed"].id, "expectedRevision": at["reviewed"].revision},
    )

    assert answer["code"] == "FORBIDDEN"
    assert await scenes.stored(uow, at["reviewed"].id) == at["reviewed"]
